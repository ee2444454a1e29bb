//! What the index keeps of a document beside its terms.

use serde::{Deserialize, Serialize};

use super::document::{Document, DocumentKind};
use super::facet_values::ValueNumbers;
use super::tokenize;

/// The facts of a document that the index shows or sorts by.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) kind: DocumentKind,
    /// [`i16::MAX`] for none.
    pub(super) year: i16,
    pub(super) url: Box<str>,
    pub(super) title: Box<str>,
    pub(super) note: Box<str>,
    /// The names of an agency and their pinyin, separated by `|`.
    pub(super) names: Box<str>,
    /// How many terms it has.
    pub(super) terms: u32,
    /// Its values by facet, as numbered while gathering.
    pub(super) values: ValueNumbers,
}

impl Record {
    pub(super) fn new(document: &Document, values: ValueNumbers) -> Self {
        let mut names: Vec<String> = document.names.clone();
        for name in &document.names {
            let (whole, initials) = tokenize::pinyin(name);
            names.extend([whole, initials]);
        }
        Self {
            kind: document.kind,
            // Documents without a year come last, where every new year changes the index anyway.
            year: document.year.unwrap_or(i16::MAX),
            url: document.url.as_str().into(),
            title: document.title.as_str().into(),
            note: document.note.as_str().into(),
            names: names.join("|").into(),
            terms: 0,
            values,
        }
    }
}
