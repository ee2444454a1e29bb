//! Fingerprints of what was read: pages whose fingerprints are equal need not be made again.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use crate::base::source::FilePath;
use crate::model::Mention;

/// The fingerprint of one Markdown file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Of its facts: the front matter, and the figures its text mentions.
    pub facts: u128,
    /// Of its text.
    pub text: u128,
    /// Whether its text may refer to other content: it has a shortcode, a link or HTML.
    pub refers_elsewhere: bool,
}

/// The fingerprints of a site's content.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    /// Of all that is no report: forms, regions, agencies, free pages, the names of published files.
    pub frame: u128,
    /// Of each report, in the site's order.
    pub reports: Vec<Fingerprint>,
    /// Of the other files that have a text.
    pub texts: FxHashMap<FilePath, Fingerprint>,
}

impl Fingerprint {
    /// The fingerprint of a file's front matter and body.
    pub(super) fn of(front: &str, text: &str) -> Self {
        Self {
            facts: xxh3_128(front.as_bytes()),
            text: xxh3_128(text.as_bytes()),
            refers_elsewhere: text.contains("{{") || text.contains(['[', '<']),
        }
    }

    /// Adds the figures that a report's text mentions: other pages show findings about them.
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

/// Incremental fingerprint of everything that is not a report.
pub(super) struct FrameHasher {
    hash: Xxh3Default,
    texts: FxHashMap<FilePath, Fingerprint>,
}

impl FrameHasher {
    pub(super) fn new(context: u64) -> Self {
        let mut hash = Xxh3Default::new();
        hash.update(&context.to_le_bytes());
        Self { hash, texts: FxHashMap::default() }
    }

    /// Adds a file that is no report, by its facts.
    pub(super) fn add(&mut self, file: &FilePath, fingerprint: Fingerprint) {
        self.hash.update(file.as_bytes());
        self.hash.update(&[0]);
        self.hash.update(&fingerprint.facts.to_le_bytes());
        self.texts.insert(file.clone(), fingerprint);
    }

    /// Adds a file that is published as it is, by its name, which is all that pages know of it.
    pub(super) fn add_asset(&mut self, file: &FilePath) {
        self.hash.update(file.as_bytes());
        self.hash.update(&[1]);
    }

    /// The fingerprints of the whole site.
    pub(super) fn finish(self, reports: Vec<Fingerprint>) -> Fingerprints {
        Fingerprints { frame: self.hash.digest128(), reports, texts: self.texts }
    }
}
