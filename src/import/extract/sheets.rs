//! Splits workbooks that hold a report on each sheet.

use std::collections::BTreeSet;

use crate::import::document::{DocumentBlock, InputDocument, TableGrid};
use crate::import::recognise::form_match::CandidateForms;

/// The number of rows of a sheet that are compared.
const MAX_ROWS: usize = 400;

/// Returns the documents in a file: one, unless it is a workbook with the same form on several sheets.
pub(super) fn split(document: &InputDocument, forms: &CandidateForms<'_>) -> Vec<InputDocument> {
    let sheets: Vec<&TableGrid> =
        document.tables().map(|(_, table)| table).filter(|table| table.name.is_some()).collect();
    let repeats = forms.all.iter().any(|(_, labels)| {
        let lines = |table: &&TableGrid| -> BTreeSet<usize> {
            let cells = table.rows.iter().take(MAX_ROWS).flatten();
            let cells = cells.filter(|cell| !cell.is_empty() && !cell.is_copy);
            let line = |text: &str| match labels.lines(text) {
                [line] => Some(*line),
                _ => None,
            };
            cells.filter_map(|cell| line(&cell.text)).collect()
        };
        let sets: Vec<BTreeSet<usize>> = sheets.iter().map(lines).collect();
        sets.iter().enumerate().any(|(at, set)| {
            sets.iter().skip(at + 1).any(|other| set.intersection(other).count() * 2 > set.len().max(4))
        })
    });
    if !repeats {
        return vec![document.clone()];
    }
    let part = |sheet: &TableGrid| InputDocument {
        name: document.name.clone(),
        title: sheet.name.clone(),
        url: document.url.clone(),
        blocks: vec![DocumentBlock::Table(sheet.clone())],
    };
    sheets.into_iter().map(part).collect()
}
