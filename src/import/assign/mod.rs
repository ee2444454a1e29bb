//! From the rows of tables to figures: each label to one line of the form, each cell to one column.
//!
//! Where several readings are possible, none is taken: the row is reported instead.

mod columns;
mod local;
mod matrix;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::figure::Units;
use crate::form::{Catalog, IndicatorIx};

use super::document::{Cell, Layout, Origin};
use super::fold;
use super::labels::{Labels, Line, Scope, Takes};
use super::mapping::Mapping;
use super::outcome::{Entry, EntryKind};
use super::scan::{Event, Group};
use super::value::{self, Written};

use self::columns::{Picked, busy_columns, pick, texts};
use self::resolve::{Resolved, resolve, rows};

pub(super) use self::local::local_code;

/// A table as scanned, with what is known about it as a whole.
pub(super) struct Scanned {
    /// The file it stands in.
    pub(super) file: Arc<str>,
    /// The part of the form it is about.
    pub(super) scope: Scope,
    /// What is left of its rows.
    pub(super) layout: Layout,
    /// The unit that stands above it for all figures that can have it.
    pub(super) unit: Option<String>,
    /// What it says.
    pub(super) events: Vec<Event>,
}

/// A paragraph that is nothing but the label of a row: what stood beside it was lost.
pub(super) struct Stray {
    /// Where it stands.
    pub(super) origin: Origin,
    /// The label.
    pub(super) text: String,
}

/// Which column of a list to take.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice<'a> {
    /// The heading somebody asked for.
    pub(super) heading: Option<&'a str>,
    /// The year that heads it.
    pub(super) year: Option<i16>,
}

/// A figure that the form does not ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// Its code: `x_…`, or one of another form.
    pub code: String,
    /// Its label, for a local one.
    pub label: Option<String>,
    /// Its unit, for a local one.
    pub unit: Option<String>,
    /// What it says.
    pub written: Written,
}

/// What could be taken from tables.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// Figures of the form.
    pub(super) figures: BTreeMap<IndicatorIx, Written>,
    /// The others, in the order read.
    pub(super) extras: Vec<Extra>,
    /// What became of each row and cell.
    pub(super) entries: Vec<Entry>,
}

/// Assigns the rows of a document's tables to the lines of a form.
pub(super) fn assign(
    tables: &[Scanned],
    labels: &Labels<'_>,
    catalog: &Catalog,
    mapping: &Mapping,
    choice: &Choice<'_>,
    stray: &[Stray],
) -> Taken {
    let mut assigner = Assigner { labels, catalog, mapping, choice, taken: Taken::default() };
    let lines = resolve(tables, labels, mapping);
    let mut lines = lines.into_iter();
    for table in tables {
        let busy = busy_columns(table, labels);
        if is_gone(table, labels, stray.len()) {
            assigner.gone(table);
            lines.by_ref().take(rows(table).count()).for_each(drop);
            continue;
        }
        for event in &table.events {
            match event {
                Event::Section(_) => {}
                Event::Stray(cell) => assigner.note(EntryKind::Text, None, &cell.text, "", table, cell),
                Event::Numbers(values, header) => assigner.numbers(values, header, table),
                Event::Row(group) => match lines.next().unwrap_or(Resolved::Unknown) {
                    Resolved::Line(line) => assigner.row(line, group, table, &busy),
                    Resolved::Several => assigner.ambiguous(group, table),
                    Resolved::Unknown => assigner.unknown(group, table, &busy),
                },
            }
        }
    }
    assigner.strays(stray);
    assigner.taken
}

/// Whether the labels are there but the figures are not: the table was an image, or repeated cells
/// were merged. Only a table with its empty cells can be called blank.
fn is_gone(table: &Scanned, labels: &Labels<'_>, stray: usize) -> bool {
    let is_figure_row = |group: &&Group| {
        group
            .lines
            .iter()
            .filter_map(|line| labels.lines.get(*line))
            .any(|line: &Line| line.takes != Takes::Nothing)
    };
    let known = rows(table).filter(is_figure_row).count();
    let figures = table.events.iter().map(|event| match event {
        Event::Row(group) => group.values.iter().filter(|value| !value.cell.is_empty()).count(),
        Event::Numbers(values, _) => values.len(),
        _ => 0,
    });
    table.layout == Layout::Flat && known + stray >= 4 && figures.sum::<usize>() < 2
}

struct Assigner<'a, 'f> {
    labels: &'a Labels<'f>,
    catalog: &'a Catalog,
    mapping: &'a Mapping,
    choice: &'a Choice<'a>,
    taken: Taken,
}

impl Assigner<'_, '_> {
    fn note(
        &mut self,
        kind: EntryKind,
        code: Option<&str>,
        label: &str,
        text: &str,
        table: &Scanned,
        cell: &Cell,
    ) {
        self.taken.entries.push(Entry {
            kind,
            code: code.map(Into::into),
            label: label.to_owned(),
            text: text.to_owned(),
            origin: Some(Origin { file: table.file.clone(), place: cell.place.clone() }),
            suggestion: None,
        });
    }

    fn row(&mut self, line: usize, group: &Group, table: &Scanned, busy: &BTreeSet<usize>) {
        let labels = self.labels;
        let Some(line) = labels.lines.get(line) else { return };
        match line.takes {
            Takes::Nothing => {
                if group.values.iter().any(|value| !value.cell.is_empty()) {
                    self.local(group, table, busy);
                }
            }
            Takes::Figure(ix) => self.single(ix, group, table, busy),
            Takes::Cells(first, count) => self.cells(line, first, count, group, table),
        }
    }

    /// A row with one figure: finds its column.
    fn single(&mut self, ix: IndicatorIx, group: &Group, table: &Scanned, busy: &BTreeSet<usize>) {
        let code = self.labels.form.indicator(ix).map_or("", |indicator| &indicator.code).to_owned();
        if group.values.is_empty() {
            // Without cells, a flattened row is blank; in a table it is a heading.
            if table.layout == Layout::Flat {
                let empty = Cell { text: String::new(), ..group.label.clone() };
                self.put(ix, &empty, group, table, None);
            }
            return;
        }
        match pick(group, self.choice, busy) {
            Picked::One(value, is_cumulative) => {
                self.put(ix, &value.cell, group, table, Some(is_cumulative));
                for other in
                    group.values.iter().filter(|other| other.index != value.index && !other.cell.is_empty())
                {
                    let text = other.cell.text.clone();
                    self.note(EntryKind::Unused, Some(&code), &group.label.text, &text, table, &other.cell);
                }
            }
            Picked::Several => {
                let text = texts(&group.values);
                self.note(EntryKind::Ambiguous, Some(&code), &group.label.text, &text, table, &group.label);
            }
        }
    }

    /// Takes a figure, unless another one is there already.
    fn put(
        &mut self,
        ix: IndicatorIx,
        cell: &Cell,
        group: &Group,
        table: &Scanned,
        cumulative: Option<bool>,
    ) {
        let form = self.labels.form;
        let Some(indicator) = form.indicator(ix) else { return };
        let code = indicator.code.to_string();
        let label = group.label.text.clone();
        let common = || common_unit(table, indicator.unit.as_deref(), &self.catalog.units);
        let unit = self.unit(group, cell).or_else(common);
        let written =
            value::written(&cell.text, unit.as_deref(), indicator.unit.as_deref(), &self.catalog.units);
        let Some(mut written) = written else {
            self.note(EntryKind::Unreadable, Some(&code), &label, &cell.text, table, cell);
            return;
        };
        written.cumulative = cumulative == Some(true);
        written.note = match (group.note.clone(), written.note.take()) {
            (Some(note), Some(more)) => Some(format!("{note}；{more}")),
            (note, more) => note.or(more),
        };
        match self.taken.figures.get(&ix) {
            Some(known) if known.text == written.text => {}
            Some(_) => self.note(EntryKind::Twice, Some(&code), &label, &cell.text, table, cell),
            None => {
                let kind = if written.text.is_empty() { EntryKind::Blank } else { EntryKind::Matched };
                self.taken.figures.insert(ix, written);
                self.note(kind, Some(&code), &label, &cell.text, table, cell);
            }
        }
    }

    /// The unit that the table gives a figure: in a cell of its own, in the label, in the heading.
    fn unit(&self, group: &Group, cell: &Cell) -> Option<String> {
        let units = &self.catalog.units;
        let known = |text: &str| fold::remark(text).filter(|unit| units.get(unit).is_some());
        let index = group.values.iter().find(|value| value.cell == *cell).map(|value| value.index);
        let heads = index.and_then(|index| group.header.texts.get(index));
        group
            .unit
            .clone()
            .or_else(|| known(&group.label.text))
            .or_else(|| heads.and_then(|heads| heads.iter().rev().find_map(|head| known(head))))
    }

    fn ambiguous(&mut self, group: &Group, table: &Scanned) {
        let labels = self.labels;
        let meant: Vec<&str> =
            group.lines.iter().filter_map(|line| labels.lines.get(*line)).map(|line| &*line.code).collect();
        let text = texts(&group.values);
        self.note(EntryKind::Ambiguous, None, &group.label.text, &text, table, &group.label);
        if let Some(entry) = self.taken.entries.last_mut() {
            entry.suggestion = Some(meant.join(", "));
        }
    }

    /// Labels outside of tables, of rows that nothing else was said about.
    fn strays(&mut self, strays: &[Stray]) {
        let labels = self.labels;
        for stray in strays {
            let [line] = labels.lines(&stray.text) else { continue };
            let Some(line) = labels.lines.get(*line) else { continue };
            if !line.figures().any(|ix| self.taken.figures.contains_key(&ix)) {
                self.taken.entries.push(Entry {
                    kind: EntryKind::Lost,
                    code: Some(line.code.clone()),
                    label: stray.text.clone(),
                    text: String::new(),
                    origin: Some(stray.origin.clone()),
                    suggestion: None,
                });
            }
        }
    }

    /// A table whose figures were lost on the way.
    fn gone(&mut self, table: &Scanned) {
        let Some(first) = rows(table).next() else { return };
        let (label, cell) = (first.label.text.clone(), first.label.clone());
        self.note(EntryKind::Lost, None, &label, "", table, &cell);
    }
}

/// The lines of a form that nothing was said about.
pub(super) fn missing(
    labels: &Labels<'_>,
    figures: &BTreeMap<IndicatorIx, Written>,
    entries: &[Entry],
) -> Vec<Entry> {
    let form = labels.form;
    let known: BTreeSet<&str> = entries.iter().filter_map(|entry| entry.code.as_deref()).collect();
    let mut missing = Vec::new();
    for line in &labels.lines {
        let Some(first) = line.figures().next() else { continue };
        let is_there = line.figures().any(|ix| figures.contains_key(&ix));
        if is_there || known.contains(&*line.code) {
            continue;
        }
        let label =
            form.indicator(first).and_then(|indicator| indicator.label.iter().next().map(|(_, label)| label));
        missing.push(Entry {
            kind: EntryKind::Missing,
            code: Some(line.code.clone()),
            label: label.unwrap_or("").to_owned(),
            text: String::new(),
            origin: None,
            suggestion: None,
        });
    }
    missing
}

/// The unit above the table, for an indicator that measures the same thing.
fn common_unit(table: &Scanned, asked: Option<&str>, units: &Units) -> Option<String> {
    let given = table.unit.as_deref()?;
    units.convert(Decimal::ONE, asked?, given).is_ok().then(|| given.to_owned())
}
