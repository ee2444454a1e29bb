//! Which form a document fills in, and how.

use std::collections::BTreeSet;

use crate::form::{Catalog, FormIx};

use super::document::{Block, Document, Table};
use super::labels::{Labels, Scope};
use super::mapping::Mapping;
use super::scan;
use super::wide;

/// Cells that are looked at to know a form; a form has some hundred.
const MOST_CELLS: usize = 4_000;
/// Fewer labels of a form are chance.
const FEWEST_LINES: usize = 3;
/// The form without a table: any text would do.
const WITHOUT_TABLE: &str = "prose";

/// The forms of a catalogue, ready to be compared with documents.
pub(super) struct Forms<'c> {
    pub(super) all: Vec<(FormIx, Labels<'c>)>,
}

/// The form of a document, or what is in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The place of the form among [`Forms::all`].
    One(usize),
    /// Several fit equally well: their ids.
    Several(Vec<String>),
    /// None fits.
    None,
}

impl<'c> Forms<'c> {
    /// Takes every form that has a table, or the one asked for.
    pub(super) fn new(catalog: &'c Catalog, asked: Option<&str>) -> Self {
        let wanted = |id: &str| asked.map_or(id != WITHOUT_TABLE, |asked| asked == id);
        let forms = catalog.forms.iter().enumerate().filter(|(_, form)| wanted(&form.id));
        Self { all: forms.map(|(at, form)| (FormIx(at as u16), Labels::new(form))).collect() }
    }

    /// The form with most labels in the document; of equals, the one in use in that year.
    pub(super) fn choose(&self, document: &Document, year: Option<i16>, mapping: &Mapping) -> Choice {
        // Where somebody named the form, one label of it is enough.
        let fewest = if self.all.len() == 1 { 1 } else { FEWEST_LINES };
        let scores: Vec<usize> =
            self.all.iter().map(|(_, labels)| score(document, labels, mapping, fewest)).collect();
        let best = scores.iter().copied().max().unwrap_or(0);
        if best == 0 {
            return Choice::None;
        }
        let mut left: Vec<usize> = (0..scores.len()).filter(|at| scores.get(*at) == Some(&best)).collect();
        if left.len() > 1 {
            let covers = |at: &&usize| {
                let form = self.all.get(**at).map(|(_, labels)| labels.form);
                year.is_some_and(|year| form.is_some_and(|form| form.covers(year)))
            };
            let in_use: Vec<usize> = left.iter().filter(covers).copied().collect();
            if !in_use.is_empty() {
                left = in_use;
            }
        }
        match left.as_slice() {
            [one] => Choice::One(*one),
            several => {
                let ids = several
                    .iter()
                    .filter_map(|at| self.all.get(*at))
                    .map(|(_, labels)| labels.form.id.to_string());
                Choice::Several(ids.collect())
            }
        }
    }
}

/// The tables of a document with the titles that say what each is about.
pub(super) fn tables(document: &Document) -> impl Iterator<Item = (usize, &Table, Vec<&str>)> {
    document.blocks.iter().enumerate().filter_map(|(at, block)| match block {
        Block::Table(table) => {
            let above =
                document.blocks.get(..at).unwrap_or(&[]).iter().rev().map_while(|block| match block {
                    Block::Text(paragraph) => Some(&*paragraph.plain),
                    Block::Table(_) => None,
                });
            let stem = document.stem();
            let titles = table.name.as_deref().into_iter().chain(above.take(3)).chain([stem]);
            Some((at, table, titles.collect()))
        }
        Block::Text(_) => None,
    })
}

/// How many lines and columns of a form a document has.
fn score(document: &Document, labels: &Labels<'_>, mapping: &Mapping, fewest: usize) -> usize {
    let mut lines: BTreeSet<usize> = BTreeSet::new();
    let mut columns: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut headings = BTreeSet::new();
    let mut scoped = false;
    let mut left = MOST_CELLS;
    for (_, table, titles) in tables(document) {
        let scope = labels.scope(titles);
        if let Some(layout) = wide::layout(table, labels, &scope, mapping) {
            scoped |= scope != Scope::default();
            headings.extend(layout.figures.iter().map(|(_, ix)| *ix));
            continue;
        }
        for cell in table.rows.iter().flatten().filter(|cell| !cell.is_copy && !cell.is_empty()) {
            if left == 0 {
                break;
            }
            left -= 1;
            if scan::is_figure(&cell.text) {
                continue;
            }
            if let Some(line) = labels.lines(&cell.text).iter().find(|line| !lines.contains(line)) {
                lines.insert(*line);
            } else if let Some(column) = labels.columns(&cell.text).first() {
                columns.insert(*column);
            }
        }
    }
    let found = lines.len() + columns.len() + headings.len();
    let is_chance = found < fewest && headings.len() < FEWEST_LINES && !scoped;
    if is_chance { 0 } else { found }
}
