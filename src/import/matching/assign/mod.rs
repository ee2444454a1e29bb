//! From the rows of tables to figures: each label to one line of the form, each cell to one column.
//!
//! If several readings are possible, none is taken: the row is reported instead.

mod assigner;
mod column_choice;
mod extra_rows;
mod resolve;
mod table_rows;

use std::collections::{BTreeMap, BTreeSet};

use crate::form::{Catalog, IndicatorIx};
use crate::import::document::{FileLocator, GridCell, GridShape};
use crate::import::log::{LogEntry, LogKind};

use super::cell::TranscribedFigure;
use super::labels::{Labels, Slots};
use super::mapping::LabelMapping;
use super::rows::{LabelledRow, TableItem};

use self::assigner::Assigner;
use self::column_choice::{Picked, busy_columns, pick};
use self::resolve::{Resolved, resolve};

pub use self::assigner::ExtraFigure;
pub(crate) use self::assigner::{Assignment, ColumnChoice, ScannedTable};
pub(crate) use self::extra_rows::local_code;

/// A paragraph that is only the label of a row; its figures were lost.
pub(crate) struct StrayLabel {
    pub(crate) origin: FileLocator,
    pub(crate) text: String,
}

/// Assigns the rows of a document's tables to the lines of a form.
pub(crate) fn assign(
    tables: &[ScannedTable],
    labels: &Labels<'_>,
    catalog: &Catalog,
    mapping: &LabelMapping,
    choice: &ColumnChoice<'_>,
    stray: &[StrayLabel],
) -> Assignment {
    let mut assigner = Assigner { labels, catalog, mapping, choice, assignment: Assignment::default() };
    let mut lines = resolve(tables, labels, mapping).into_iter();
    for table in tables {
        let busy = busy_columns(table, labels);
        if has_lost_figures(table, labels, stray.len()) {
            if let Some(first) = table.rows().next() {
                assigner.note(LogKind::Lost, None, &first.label.text, "", table, &first.label);
            }
            lines.by_ref().take(table.rows().count()).for_each(drop);
            continue;
        }
        for item in &table.items {
            match item {
                TableItem::Section(_) => {}
                TableItem::Stray(cell) => assigner.note(LogKind::Text, None, &cell.text, "", table, cell),
                TableItem::Numbers(values, headings) => assigner.numbers(values, headings, table),
                TableItem::Row(row) => match lines.next().unwrap_or(Resolved::Unknown) {
                    Resolved::Line(line) => assigner.row(line, row, table, &busy),
                    Resolved::Several => assigner.ambiguous(row, table),
                    Resolved::Unknown => assigner.unknown(row, table, &busy),
                },
            }
        }
    }
    assigner.strays(stray);
    assigner.assignment
}

/// Returns whether the labels are there but the figures are not: the table was an image, or repeated
/// cells were merged. Only a table that keeps its empty cells can be called blank.
fn has_lost_figures(table: &ScannedTable, labels: &Labels<'_>, stray: usize) -> bool {
    let is_figure_row =
        |row: &&LabelledRow| row.lines.iter().any(|line| labels.lines[*line].slots != Slots::None);
    let known = table.rows().filter(is_figure_row).count();
    let figures = table.items.iter().map(|item| match item {
        TableItem::Row(row) => row.values.iter().filter(|value| !value.cell.is_empty()).count(),
        TableItem::Numbers(values, _) => values.len(),
        _ => 0,
    });
    table.shape == GridShape::Flat && known + stray >= 4 && figures.sum::<usize>() < 2
}

impl Assigner<'_, '_> {
    fn row(&mut self, line: usize, row: &LabelledRow, table: &ScannedTable, busy: &BTreeSet<usize>) {
        let labels = self.labels;
        let line = &labels.lines[line];
        match line.slots {
            Slots::None => {
                if row.values.iter().any(|value| !value.cell.is_empty()) {
                    self.local(row, table, busy);
                }
            }
            Slots::One(ix) => self.single(ix, row, table, busy),
            Slots::Row(first, count) => self.cells(line, first, count, row, table),
        }
    }

    /// Takes the one figure of a row from its column.
    fn single(&mut self, ix: IndicatorIx, row: &LabelledRow, table: &ScannedTable, busy: &BTreeSet<usize>) {
        let code = Some(&*self.form()[ix].code);
        if row.values.is_empty() {
            // Without cells, a flattened row is blank; in a table it is a heading.
            if table.shape == GridShape::Flat {
                let empty = GridCell { text: String::new(), ..row.label.clone() };
                self.put(ix, &empty, row, table, false);
            }
            return;
        }
        match pick(row, self.choice, busy) {
            Picked::One(value, is_cumulative) => {
                self.put(ix, &value.cell, row, table, is_cumulative);
                let others = row.values.iter().filter(|other| other.index != value.index);
                for other in others.filter(|other| !other.cell.is_empty()) {
                    self.note(LogKind::Unused, code, &row.label.text, &other.cell.text, table, &other.cell);
                }
            }
            Picked::Several => self.note_row(LogKind::Ambiguous, code, row, table),
        }
    }

    fn ambiguous(&mut self, row: &LabelledRow, table: &ScannedTable) {
        let meant: Vec<&str> = row.lines.iter().map(|line| &*self.labels.lines[*line].code).collect();
        self.note_row(LogKind::Ambiguous, None, row, table);
        if let Some(entry) = self.assignment.entries.last_mut() {
            entry.suggestion = Some(meant.join(", "));
        }
    }

    /// Reports labels outside of tables, of rows that no table has.
    fn strays(&mut self, strays: &[StrayLabel]) {
        let labels = self.labels;
        for stray in strays {
            let [line] = labels.lines(&stray.text) else { continue };
            let line = &labels.lines[*line];
            if !line.indicators().any(|ix| self.assignment.figures.contains_key(&ix)) {
                let origin = Some(stray.origin.clone());
                let entry = LogEntry::without_text(LogKind::Lost, &line.code, &stray.text, origin);
                self.assignment.entries.push(entry);
            }
        }
    }
}

/// Returns an entry for each line of a form that was not found.
pub(crate) fn missing(
    labels: &Labels<'_>,
    figures: &BTreeMap<IndicatorIx, TranscribedFigure>,
    entries: &[LogEntry],
) -> Vec<LogEntry> {
    let known: BTreeSet<&str> = entries.iter().filter_map(|entry| entry.code.as_deref()).collect();
    let mut missing = Vec::new();
    for line in &labels.lines {
        let Some(first) = line.indicators().next() else { continue };
        let is_there = line.indicators().any(|ix| figures.contains_key(&ix));
        if is_there || known.contains(&*line.code) {
            continue;
        }
        missing.push(LogEntry::without_text(LogKind::Missing, &line.code, labels.official(first), None));
    }
    missing
}
