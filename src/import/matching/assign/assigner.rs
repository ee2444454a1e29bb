//! The state of an assignment: the figures taken so far and the log.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::figure::Units;
use crate::form::{Catalog, Form, IndicatorIx};
use crate::import::document::{GridCell, GridShape};
use crate::import::label_key;
use crate::import::log::{LogEntry, LogKind};
use crate::import::matching::cell::{self, TranscribedFigure};
use crate::import::matching::labels::{FormPart, Labels};
use crate::import::matching::mapping::LabelMapping;
use crate::import::matching::rows::{LabelledRow, TableItem, ValueCell};

/// A table read as rows, with what is known about it as a whole.
pub(crate) struct ScannedTable {
    pub(crate) file: Arc<str>,
    /// The part of the form it is about.
    pub(crate) part: FormPart,
    pub(crate) shape: GridShape,
    /// The unit printed above it, for every figure that can have it.
    pub(crate) unit: Option<String>,
    pub(crate) items: Vec<TableItem>,
}

impl ScannedTable {
    pub(super) fn rows(&self) -> impl Iterator<Item = &LabelledRow> {
        self.items.iter().filter_map(|item| match item {
            TableItem::Row(row) => Some(&**row),
            _ => None,
        })
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct ColumnChoice<'a> {
    /// The heading asked for on the command line.
    pub(crate) heading: Option<&'a str>,
    /// The year that heads the column.
    pub(crate) year: Option<i16>,
}

/// A figure that the form does not ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraFigure {
    /// Its code: `x_…`, or one of another form.
    pub code: String,
    /// Its label, for a local one.
    pub label: Option<String>,
    /// Its unit, for a local one.
    pub unit: Option<String>,
    /// The figure.
    pub written: TranscribedFigure,
}

/// What could be taken from tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assignment {
    pub(crate) figures: BTreeMap<IndicatorIx, TranscribedFigure>,
    /// All other figures, in the order read.
    pub(crate) extras: Vec<ExtraFigure>,
    pub(crate) entries: Vec<LogEntry>,
}

pub(super) struct Assigner<'a, 'f> {
    pub(super) labels: &'a Labels<'f>,
    pub(super) catalog: &'a Catalog,
    pub(super) mapping: &'a LabelMapping,
    pub(super) choice: &'a ColumnChoice<'a>,
    pub(super) assignment: Assignment,
}

impl<'f> Assigner<'_, 'f> {
    pub(super) fn form(&self) -> &'f Form {
        self.labels.form
    }

    pub(super) fn note(
        &mut self,
        kind: LogKind,
        code: Option<&str>,
        label: &str,
        text: &str,
        table: &ScannedTable,
        cell: &GridCell,
    ) {
        let entry = LogEntry::at(kind, label, text, &table.file, cell);
        self.assignment.entries.push(LogEntry { code: code.map(Into::into), ..entry });
    }

    /// Logs what became of a row with all its cells.
    pub(super) fn note_row(
        &mut self,
        kind: LogKind,
        code: Option<&str>,
        row: &LabelledRow,
        table: &ScannedTable,
    ) {
        self.note(kind, code, &row.label.text, &texts(&row.values), table, &row.label);
    }

    /// Takes a figure, unless another one is there already.
    pub(super) fn put(
        &mut self,
        ix: IndicatorIx,
        cell: &GridCell,
        row: &LabelledRow,
        table: &ScannedTable,
        is_cumulative: bool,
    ) {
        let indicator = &self.form()[ix];
        let code = Some(&*indicator.code);
        let label = &row.label.text;
        let units = &self.catalog.units;
        let asked = indicator.unit.as_deref();
        let unit = self.unit(row, cell).or_else(|| common_unit(table, asked, units));
        let Some(mut written) = cell::transcribe(&cell.text, unit.as_deref(), asked, units) else {
            self.note(LogKind::Unreadable, code, label, &cell.text, table, cell);
            return;
        };
        written.cumulative = is_cumulative;
        written.note = match (row.note.clone(), written.note.take()) {
            (Some(note), Some(more)) => Some(format!("{note}；{more}")),
            (note, more) => note.or(more),
        };
        match self.assignment.figures.get(&ix) {
            Some(known) if known.text == written.text => {}
            Some(_) => self.note(LogKind::Twice, code, label, &cell.text, table, cell),
            None => {
                let kind = if written.text.is_empty() { LogKind::Blank } else { LogKind::Matched };
                self.assignment.figures.insert(ix, written);
                self.note(kind, code, label, &cell.text, table, cell);
            }
        }
    }

    /// Returns the unit that the table gives a figure: in a cell of its own, in the label, or in the
    /// heading.
    pub(super) fn unit(&self, row: &LabelledRow, cell: &GridCell) -> Option<String> {
        let units = &self.catalog.units;
        let known = |text: &str| label_key::remark(text).filter(|unit| units.get(unit).is_some());
        let value = row.values.iter().find(|value| value.cell == *cell);
        row.unit.clone().or_else(|| known(&row.label.text)).or_else(|| {
            value.and_then(|value| row.headings.above(value.index).iter().rev().find_map(|head| known(head)))
        })
    }
}

/// The unit printed above the table, for an indicator that measures the same thing.
fn common_unit(table: &ScannedTable, asked: Option<&str>, units: &Units) -> Option<String> {
    let given = table.unit.as_deref()?;
    units.convert(Decimal::ONE, asked?, given).is_ok().then(|| given.to_owned())
}

/// The cells of a row in one line, `·` for an empty one.
pub(super) fn texts(values: &[ValueCell]) -> String {
    let texts = values.iter().map(|value| if value.cell.is_empty() { "·" } else { &*value.cell.text });
    texts.collect::<Vec<_>>().join(" | ")
}
