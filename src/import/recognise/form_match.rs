//! Which form a document fills in: the one with most of its labels in the document.

use std::collections::BTreeSet;

use crate::form::{Catalog, FormIx, IndicatorIx};
use crate::import::document::{DocumentBlock, InputDocument, TableGrid};
use crate::import::matching::cell;
use crate::import::matching::labels::{ColumnAt, FormPart, Labels};
use crate::import::matching::mapping::LabelMapping;
use crate::import::matching::wide_table;

/// The number of cells that are looked at; a form has some hundred.
const MAX_CELLS: usize = 4_000;
/// Fewer labels of a form are chance.
const MIN_LINES: usize = 3;
/// The form without a table: any text would match it.
const WITHOUT_TABLE: &str = "prose";

/// The forms of a catalogue, ready to be compared with documents.
pub(crate) struct CandidateForms<'c> {
    pub(crate) all: Vec<(FormIx, Labels<'c>)>,
}

/// The form of a document, or why it is unknown.
pub(crate) enum FormMatch<'f> {
    One(FormIx, &'f Labels<'f>),
    /// Several match equally well: their ids.
    Several(Vec<String>),
    None,
}

impl<'c> CandidateForms<'c> {
    /// Takes every form that has a table, or only the one asked for.
    pub(crate) fn new(catalog: &'c Catalog, asked: Option<&str>) -> Self {
        let wanted = |id: &str| asked.map_or(id != WITHOUT_TABLE, |asked| asked == id);
        let forms = catalog.forms.iter().enumerate().filter(|(_, form)| wanted(&form.id));
        Self { all: forms.map(|(at, form)| (FormIx(at as u16), Labels::new(form))).collect() }
    }

    /// Returns the form with most labels in the document; of equals, the one in use in that year.
    pub(crate) fn find(
        &self,
        document: &InputDocument,
        year: Option<i16>,
        mapping: &LabelMapping,
    ) -> FormMatch<'_> {
        // If the form was asked for, one label of it is enough.
        let fewest = if self.all.len() == 1 { 1 } else { MIN_LINES };
        let scores: Vec<usize> =
            self.all.iter().map(|(_, labels)| score(document, labels, mapping, fewest)).collect();
        let best = scores.iter().copied().max().unwrap_or(0);
        if best == 0 {
            return FormMatch::None;
        }
        let is_in_use = |labels: &Labels<'_>| year.is_some_and(|year| labels.form.covers(year));
        let best_forms = || {
            let scored = self.all.iter().zip(&scores);
            scored.filter(|(_, score)| **score == best).map(|(found, _)| found)
        };
        let mut left: Vec<&(FormIx, Labels<'_>)> =
            best_forms().filter(|(_, labels)| is_in_use(labels)).collect();
        if left.is_empty() {
            left = best_forms().collect();
        }
        match left.as_slice() {
            [(ix, labels)] => FormMatch::One(*ix, labels),
            several => {
                FormMatch::Several(several.iter().map(|(_, labels)| labels.form.id.to_string()).collect())
            }
        }
    }
}

/// Iterates over the tables of a document with the titles that say what each is about.
pub(crate) fn tables(document: &InputDocument) -> impl Iterator<Item = (usize, &TableGrid, Vec<&str>)> {
    document.tables().map(|(at, table)| {
        let above = document.blocks.get(..at).unwrap_or(&[]).iter().rev().map_while(|block| match block {
            DocumentBlock::Text(paragraph) => Some(&*paragraph.plain),
            DocumentBlock::Table(_) => None,
        });
        let titles = table.name.as_deref().into_iter().chain(above.take(3)).chain([document.stem()]);
        (at, table, titles.collect())
    })
}

/// Counts the lines and columns of a form in a document; 0 if they may be chance.
fn score(document: &InputDocument, labels: &Labels<'_>, mapping: &LabelMapping, fewest: usize) -> usize {
    let mut lines: BTreeSet<usize> = BTreeSet::new();
    let mut columns: BTreeSet<ColumnAt> = BTreeSet::new();
    let mut headings: BTreeSet<IndicatorIx> = BTreeSet::new();
    let mut names_part = false;
    let mut left = MAX_CELLS;
    for (_, table, titles) in tables(document) {
        let part = labels.part_named(titles);
        if let Some(layout) = wide_table::layout(table, labels, &part, mapping) {
            names_part |= part != FormPart::default();
            headings.extend(layout.figures.iter().map(|(_, ix)| *ix));
            continue;
        }
        for cell in table.rows.iter().flatten().filter(|cell| !cell.is_copy && !cell.is_empty()) {
            if left == 0 {
                break;
            }
            left -= 1;
            if cell::is_figure(&cell.text) {
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
    let is_chance = found < fewest && headings.len() < MIN_LINES && !names_part;
    if is_chance { 0 } else { found }
}
