//! Cuts a table into labelled rows: which cell is a label, which a unit, which a figure.
//!
//! A row of a table may hold one label with its figures, several side by side, or figures alone under
//! a heading; a flattened table is one long row. All are read by the same steps, cell by cell.

use std::rc::Rc;

use crate::figure::Units;
use crate::import::document::{GridCell, GridShape, TableGrid};
use crate::import::label_key;

use super::cell::is_figure;
use super::column_roles::{ColumnRole, is_header, parts, roles};
use super::labels::{ColumnAt, Labels};

/// What a table contains, in reading order.
#[derive(Clone, Debug)]
pub(crate) enum TableItem {
    Section(usize),
    Row(Box<LabelledRow>),
    /// Figures without a label.
    Numbers(Vec<ValueCell>, Rc<ColumnHeadings>),
    /// A text that is no label of the form, without figures.
    Stray(GridCell),
}

/// A label with what follows it.
#[derive(Clone, Debug)]
pub(crate) struct LabelledRow {
    pub(crate) label: GridCell,
    /// An unknown text before it in its row, such as that of a merged cell.
    pub(crate) before: Option<String>,
    /// The lines of the form it may mean.
    pub(crate) lines: Vec<usize>,
    pub(crate) unit: Option<String>,
    /// The cells with figures, empty ones included.
    pub(crate) values: Vec<ValueCell>,
    /// A remark in a column of its own.
    pub(crate) note: Option<String>,
    pub(crate) headings: Rc<ColumnHeadings>,
}

impl LabelledRow {
    pub(crate) fn new(label: GridCell, lines: Vec<usize>, headings: Rc<ColumnHeadings>) -> Self {
        Self { label, before: None, lines, unit: None, values: Vec::new(), note: None, headings }
    }
}

/// A cell that should hold a figure.
#[derive(Clone, Debug)]
pub(crate) struct ValueCell {
    pub(crate) cell: GridCell,
    /// Its position in the row, from 0.
    pub(crate) index: usize,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct ColumnHeadings {
    /// For each position in a row, the headings from top to bottom.
    texts: Vec<Vec<String>>,
    /// The columns of the form that the headings may mean, in reading order.
    pub(crate) columns: Vec<Vec<ColumnAt>>,
}

impl ColumnHeadings {
    /// Returns the headings above a position in a row, from top to bottom.
    pub(crate) fn above(&self, index: usize) -> &[String] {
        self.texts.get(index).map_or(&[], Vec::as_slice)
    }
}

/// Reads a table against the labels of a form.
pub(crate) fn scan(table: &TableGrid, labels: &Labels<'_>, units: &Units) -> Vec<TableItem> {
    let mut scanner = RowScanner {
        labels,
        units,
        is_flat: table.shape == GridShape::Flat,
        items: Vec::new(),
        pending: None,
        numbers: Vec::new(),
        headings: Rc::default(),
        in_headings: false,
    };
    for part in parts(table, labels) {
        let roles = roles(part, table.shape, labels, units);
        for row in part {
            scanner.row(row, &roles);
        }
    }
    scanner.flush();
    scanner.items
}

struct RowScanner<'a, 'f> {
    labels: &'a Labels<'f>,
    units: &'a Units,
    is_flat: bool,
    items: Vec<TableItem>,
    pending: Option<Box<LabelledRow>>,
    /// Figures that no label precedes.
    numbers: Vec<ValueCell>,
    headings: Rc<ColumnHeadings>,
    /// Whether the last row was one of headings, so that the next one may add to it.
    in_headings: bool,
}

impl RowScanner<'_, '_> {
    fn row(&mut self, row: &[GridCell], roles: &[Option<ColumnRole>]) {
        if row.iter().all(GridCell::is_empty) {
            return;
        }
        if !self.is_flat && is_header(row, self.labels) {
            self.take_header(row);
            return;
        }
        self.in_headings = false;
        // If merged cells are missing, positions say nothing.
        let is_whole = row.len() == roles.len();
        for (index, cell) in row.iter().enumerate() {
            let role = roles.get(index).copied().flatten().filter(|_| is_whole);
            self.cell(cell, index, role);
        }
        if !self.is_flat {
            self.flush();
        }
    }

    fn take_header(&mut self, row: &[GridCell]) {
        let mut header = if self.in_headings { (*self.headings).clone() } else { ColumnHeadings::default() };
        header.texts.resize(header.texts.len().max(row.len()), Vec::new());
        for (texts, cell) in header.texts.iter_mut().zip(row) {
            if !cell.is_empty() && texts.last() != Some(&cell.text) {
                texts.push(cell.text.clone());
            }
        }
        let found =
            row.iter().filter(|cell| !cell.is_copy).map(|cell| self.labels.columns(&cell.text).to_vec());
        header.columns.extend(found.filter(|found| !found.is_empty()));
        self.headings = Rc::new(header);
        self.in_headings = true;
    }

    fn cell(&mut self, cell: &GridCell, index: usize, role: Option<ColumnRole>) {
        if cell.is_copy || role == Some(ColumnRole::Serial) {
            return;
        }
        let value = || ValueCell { cell: cell.clone(), index };
        if cell.is_empty() {
            let is_value = !matches!(role, Some(ColumnRole::Label | ColumnRole::Unit | ColumnRole::Note));
            match &mut self.pending {
                Some(pending) if is_value => pending.values.push(value()),
                None if is_value && !self.numbers.is_empty() => self.numbers.push(value()),
                _ => {}
            }
            return;
        }
        if role == Some(ColumnRole::Note) {
            if let Some(pending) = &mut self.pending {
                pending.note = Some(cell.text.clone());
            }
            return;
        }
        let lines = self.labels.lines(&cell.text);
        if lines.is_empty()
            && self.units.get(label_key::normalise(&cell.text).trim()).is_some()
            && let Some(pending) = self.pending.as_mut().filter(|pending| pending.unit.is_none())
        {
            pending.unit = Some(label_key::normalise(&cell.text).trim().to_owned());
            return;
        }
        let is_column = !self.labels.columns(&cell.text).is_empty();
        if self.is_flat && is_column && (lines.is_empty() || !self.labels.is_numbered_line(&cell.text)) {
            self.flat_header(cell);
        } else if !lines.is_empty() {
            self.label(cell, lines.to_vec());
        } else if is_figure(&cell.text) {
            match &mut self.pending {
                Some(pending) => pending.values.push(value()),
                None => self.numbers.push(value()),
            }
        } else if let [section] = self.labels.sections(&cell.text) {
            self.flush();
            self.items.push(TableItem::Section(*section));
        } else {
            self.unknown(cell, index);
        }
    }

    /// Handles a heading in a table without rows, which ends the row before it.
    fn flat_header(&mut self, cell: &GridCell) {
        let follows = self.pending.is_none() && self.numbers.is_empty() && self.in_headings;
        self.flush();
        let mut header = if follows { (*self.headings).clone() } else { ColumnHeadings::default() };
        header.columns.push(self.labels.columns(&cell.text).to_vec());
        self.headings = Rc::new(header);
        self.in_headings = true;
    }

    fn label(&mut self, cell: &GridCell, lines: Vec<usize>) {
        // A number before a label is its serial number.
        if self.pending.is_none() && self.numbers.len() == 1 && !self.is_flat {
            self.numbers.clear();
        }
        self.flush();
        self.pending = Some(Box::new(LabelledRow::new(cell.clone(), lines, self.headings.clone())));
    }

    /// Handles a text that is neither label nor figure: an answer in words, or the label of a row that
    /// the form does not have.
    fn unknown(&mut self, cell: &GridCell, index: usize) {
        match &mut self.pending {
            Some(pending) if !self.is_flat && !pending.lines.is_empty() => {
                pending.values.push(ValueCell { cell: cell.clone(), index });
            }
            Some(pending) if !self.is_flat && pending.values.is_empty() => {
                // `类别 | 新的一行 | 3`: the last text before the figures is the row's own.
                let before = pending.before.take().map_or(String::new(), |before| format!("{before} "));
                pending.before = Some(format!("{before}{}", pending.label.text));
                pending.label = cell.clone();
            }
            Some(pending) if !self.is_flat => pending.values.push(ValueCell { cell: cell.clone(), index }),
            _ => self.label(cell, Vec::new()),
        }
    }

    fn flush(&mut self) {
        if !self.numbers.is_empty() {
            let numbers = std::mem::take(&mut self.numbers);
            self.items.push(TableItem::Numbers(numbers, self.headings.clone()));
        }
        let Some(pending) = self.pending.take() else { return };
        if pending.lines.is_empty() && pending.values.is_empty() {
            let mut label = pending.label;
            if let Some(before) = pending.before {
                label.text = format!("{before} {}", label.text);
            }
            self.items.push(TableItem::Stray(label));
        } else {
            if self.is_flat {
                self.in_headings = false;
            }
            self.items.push(TableItem::Row(pending));
        }
    }
}
