//! From a table's cells to its rows: which cell is a label, which a unit, which a figure.
//!
//! A row of a table may hold one label with its figures, several side by side, or figures alone under
//! a heading; a flattened table is one long row. All are read by the same steps, cell by cell.

mod columns;

use std::rc::Rc;

use crate::figure::{self, Units};

use super::document::{Cell, Layout, Table};
use super::fold;
use super::labels::{ColumnAt, Labels};

pub(super) use self::columns::year;
use self::columns::{Role, is_header, parts, roles};

/// What a table says, in reading order.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// The title of a section.
    Section(usize),
    /// A label with what stands behind it.
    Row(Box<Group>),
    /// Figures without a label.
    Numbers(Vec<Value>, Rc<Header>),
    /// A text that is no label of the form, without figures.
    Stray(Cell),
}

/// A label with what stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The label.
    pub(super) label: Cell,
    /// An unknown text before it in its row, as of a merged cell.
    pub(super) before: Option<String>,
    /// The lines of the form it may mean.
    pub(super) lines: Vec<usize>,
    /// The unit of measure.
    pub(super) unit: Option<String>,
    /// The cells with figures, empty ones included.
    pub(super) values: Vec<Value>,
    /// A remark in a column of its own.
    pub(super) note: Option<String>,
    /// The headings above.
    pub(super) header: Rc<Header>,
}

/// A cell that should hold a figure, and its position in the row.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// The cell.
    pub(super) cell: Cell,
    /// Its position in the row, from 0.
    pub(super) index: usize,
}

/// The headings of a table's columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// For each position in a row, the headings from top to bottom.
    pub(super) texts: Vec<Vec<String>>,
    /// The columns of the form that the headings may mean, in reading order.
    pub(super) columns: Vec<Vec<ColumnAt>>,
}

/// Reads a table against the labels of a form.
pub(super) fn scan(table: &Table, labels: &Labels<'_>, units: &Units) -> Vec<Event> {
    let mut scanner = Scanner {
        labels,
        units,
        is_flat: table.layout == Layout::Flat,
        events: Vec::new(),
        pending: None,
        numbers: Vec::new(),
        header: Rc::default(),
        in_header: false,
    };
    for part in parts(table, labels) {
        let roles = roles(part, table.layout, labels, units);
        for row in part {
            scanner.row(row, &roles);
        }
    }
    scanner.flush();
    scanner.events
}

struct Scanner<'a, 'f> {
    labels: &'a Labels<'f>,
    units: &'a Units,
    is_flat: bool,
    events: Vec<Event>,
    pending: Option<Box<Group>>,
    numbers: Vec<Value>,
    header: Rc<Header>,
    /// Whether the last row was one of headings, so that another one adds to it.
    in_header: bool,
}

impl Scanner<'_, '_> {
    fn row(&mut self, row: &[Cell], roles: &[Option<Role>]) {
        if row.iter().all(Cell::is_empty) {
            return;
        }
        if !self.is_flat && is_header(row, self.labels) {
            self.take_header(row);
            return;
        }
        self.in_header = false;
        // Where merged cells are missing, positions say nothing.
        let is_whole = row.len() == roles.len();
        for (index, cell) in row.iter().enumerate() {
            let role = roles.get(index).copied().flatten().filter(|_| is_whole);
            self.cell(cell, index, role);
        }
        if !self.is_flat {
            self.flush();
        }
    }

    fn take_header(&mut self, row: &[Cell]) {
        let mut header = if self.in_header { (*self.header).clone() } else { Header::default() };
        header.texts.resize(header.texts.len().max(row.len()), Vec::new());
        for (texts, cell) in header.texts.iter_mut().zip(row) {
            if !cell.is_empty() && texts.last() != Some(&cell.text) {
                texts.push(cell.text.clone());
            }
        }
        let found =
            row.iter().filter(|cell| !cell.is_copy).map(|cell| self.labels.columns(&cell.text).to_vec());
        header.columns.extend(found.filter(|found| !found.is_empty()));
        self.header = Rc::new(header);
        self.in_header = true;
    }

    fn cell(&mut self, cell: &Cell, index: usize, role: Option<Role>) {
        if cell.is_copy || role == Some(Role::Serial) {
            return;
        }
        let value = || Value { cell: cell.clone(), index };
        if cell.is_empty() {
            let is_value = !matches!(role, Some(Role::Label | Role::Unit | Role::Note));
            match &mut self.pending {
                Some(group) if is_value => group.values.push(value()),
                None if is_value && !self.numbers.is_empty() => self.numbers.push(value()),
                _ => {}
            }
            return;
        }
        if role == Some(Role::Note) {
            if let Some(group) = &mut self.pending {
                group.note = Some(cell.text.clone());
            }
            return;
        }
        let lines = self.labels.lines(&cell.text);
        if lines.is_empty()
            && self.units.get(fold::normalise(&cell.text).trim()).is_some()
            && let Some(group) = self.pending.as_mut().filter(|group| group.unit.is_none())
        {
            group.unit = Some(fold::normalise(&cell.text).trim().to_owned());
            return;
        }
        let is_column = !self.labels.columns(&cell.text).is_empty();
        if self.is_flat && is_column && (lines.is_empty() || !self.labels.is_numbered_line(&cell.text)) {
            self.flat_header(cell);
        } else if !lines.is_empty() {
            let lines = lines.to_vec();
            self.label(cell, lines);
        } else if is_figure(&cell.text) {
            match &mut self.pending {
                Some(group) => group.values.push(value()),
                None => {
                    self.numbers.push(value());
                }
            }
        } else if let [section] = self.labels.sections(&cell.text) {
            self.flush();
            self.events.push(Event::Section(*section));
        } else {
            self.unknown(cell, index);
        }
    }

    /// A heading in a table without rows. It ends what came before.
    fn flat_header(&mut self, cell: &Cell) {
        let follows = self.pending.is_none() && self.numbers.is_empty() && self.in_header;
        self.flush();
        let mut header = if follows { (*self.header).clone() } else { Header::default() };
        header.columns.push(self.labels.columns(&cell.text).to_vec());
        self.header = Rc::new(header);
        self.in_header = true;
    }

    fn label(&mut self, cell: &Cell, lines: Vec<usize>) {
        // A number before a label is its serial number.
        if self.pending.is_none() && self.numbers.len() == 1 && !self.is_flat {
            self.numbers.clear();
        }
        self.flush();
        self.start(cell, lines);
    }

    fn start(&mut self, cell: &Cell, lines: Vec<usize>) {
        self.pending = Some(Box::new(Group {
            label: cell.clone(),
            before: None,
            lines,
            unit: None,
            values: Vec::new(),
            note: None,
            header: self.header.clone(),
        }));
    }

    /// A text that is neither label nor figure: an answer in words, or the label of a row that the
    /// form does not have.
    fn unknown(&mut self, cell: &Cell, index: usize) {
        match &mut self.pending {
            Some(group) if !self.is_flat && !group.lines.is_empty() => {
                group.values.push(Value { cell: cell.clone(), index });
            }
            Some(group) if !self.is_flat && group.values.is_empty() => {
                // `类别 | 新的一行 | 3`: the last text before the figures is the row's own.
                let before = group.before.take().map_or(String::new(), |before| format!("{before} "));
                group.before = Some(format!("{before}{}", group.label.text));
                group.label = cell.clone();
            }
            Some(group) if !self.is_flat => group.values.push(Value { cell: cell.clone(), index }),
            _ => {
                if self.pending.is_none() && self.numbers.len() == 1 && !self.is_flat {
                    self.numbers.clear();
                }
                self.flush();
                self.start(cell, Vec::new());
            }
        }
    }

    fn flush(&mut self) {
        if !self.numbers.is_empty() {
            let numbers = std::mem::take(&mut self.numbers);
            self.events.push(Event::Numbers(numbers, self.header.clone()));
        }
        let Some(group) = self.pending.take() else { return };
        if group.lines.is_empty() && group.values.is_empty() {
            let mut label = group.label;
            if let Some(before) = group.before {
                label.text = format!("{before} {}", label.text);
            }
            self.events.push(Event::Stray(label));
        } else {
            if self.is_flat {
                self.in_header = false;
            }
            self.events.push(Event::Row(group));
        }
    }
}

/// Whether a text is a figure: a number, or a word that says there is none.
pub(super) fn is_figure(text: &str) -> bool {
    figure::parse(text).is_ok()
}
