//! Fingerprints of what was read: equal prints, equal facts. Pages that depend on nothing else are equal too.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use crate::base::source::FilePath;
use crate::model::Mention;

/// The fingerprint of one Markdown file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// Of its facts: the front matter, and the figures its text mentions.
    pub facts: u128,
    /// Of its text.
    pub text: u128,
    /// Whether its text may show or lead to something else of the site: it has a call, a link or HTML.
    pub reaches: bool,
}

/// The fingerprints of a site's content.
#[derive(Clone, Debug, Default)]
pub struct Prints {
    /// Of all that is no report: forms, regions, agencies, free pages, the names of published files.
    pub frame: u128,
    /// Of each report, in the site's order.
    pub reports: Vec<Print>,
    /// Of the other files that have a text.
    pub texts: FxHashMap<FilePath, Print>,
}

impl Print {
    /// The print of a file's two parts.
    pub(super) fn of(front: &str, text: &str) -> Self {
        Self {
            facts: xxh3_128(front.as_bytes()),
            text: xxh3_128(text.as_bytes()),
            reaches: text.contains("{{") || text.contains(['[', '<']),
        }
    }

    /// Adds what a report's text says of its figures: other pages show findings about it.
    pub(super) fn with_mentions(mut self, mentions: &[Mention], is_empty: bool) -> Self {
        let mut hash = Xxh3Default::new();
        hash.update(&self.facts.to_le_bytes());
        hash.update(&[u8::from(is_empty)]);
        for mention in mentions {
            hash.update(&mention.indicator.0.to_le_bytes());
            hash.update(&mention.number.serialize());
            hash.update(&(mention.span.start as u64).to_le_bytes());
        }
        self.facts = hash.digest128();
        self
    }
}

/// The print of what frames the reports, as it comes about.
pub(super) struct Frame {
    pub(super) context: u64,
    hash: Xxh3Default,
    texts: FxHashMap<FilePath, Print>,
}

impl Frame {
    pub(super) fn new(context: u64) -> Self {
        let mut hash = Xxh3Default::new();
        hash.update(&context.to_le_bytes());
        Self { context, hash, texts: FxHashMap::default() }
    }

    /// Adds a file that is no report, by its facts.
    pub(super) fn add(&mut self, file: &FilePath, print: Print) {
        self.hash.update(file.as_bytes());
        self.hash.update(&[0]);
        self.hash.update(&print.facts.to_le_bytes());
        self.texts.insert(file.clone(), print);
    }

    /// Adds a file that is published as it is: pages know its name.
    pub(super) fn add_asset(&mut self, file: &FilePath) {
        self.hash.update(file.as_bytes());
        self.hash.update(&[1]);
    }

    /// The prints of the whole site.
    pub(super) fn finish(self, reports: Vec<Print>) -> Prints {
        Prints { frame: self.hash.digest128(), reports, texts: self.texts }
    }
}
