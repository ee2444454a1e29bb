//! Workbooks that hold a report on each sheet.

use std::collections::BTreeSet;

use crate::import::choose::{self, Forms};
use crate::import::document::{Block, Document};

/// The documents in a file: one, unless it is a workbook with the same form on several sheets.
pub(super) fn parts(document: &Document, forms: &Forms<'_>) -> Vec<Document> {
    let sheets: Vec<usize> =
        choose::tables(document).filter(|(_, table, _)| table.name.is_some()).map(|(at, ..)| at).collect();
    let repeats = forms.all.iter().any(|(_, labels)| {
        let lines = |at: &usize| -> BTreeSet<usize> {
            let Some(Block::Table(table)) = document.blocks.get(*at) else { return BTreeSet::new() };
            let cells =
                table.rows.iter().take(400).flatten().filter(|cell| !cell.is_empty() && !cell.is_copy);
            let found = cells.filter_map(|cell| match labels.lines(&cell.text) {
                [line] => Some(*line),
                _ => None,
            });
            found.collect()
        };
        let sets: Vec<BTreeSet<usize>> = sheets.iter().map(lines).collect();
        sets.iter().enumerate().any(|(at, set)| {
            sets.iter().skip(at + 1).any(|other| set.intersection(other).count() * 2 > set.len().max(4))
        })
    });
    if !repeats {
        return vec![document.clone()];
    }
    let part = |at: &usize| Document {
        name: document.name.clone(),
        title: document.blocks.get(*at).and_then(|block| match block {
            Block::Table(table) => table.name.clone(),
            Block::Text(_) => None,
        }),
        url: document.url.clone(),
        blocks: document.blocks.get(*at).cloned().into_iter().collect(),
    };
    sheets.iter().map(part).collect()
}
