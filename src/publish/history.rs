//! What is known of a published folder from earlier publications.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::collisions::folded;
use super::journal::Journal;
use super::manifest::{FileRecord, Manifest};
use super::plan::folders_of;
use crate::base::source::Stamp;

/// How a page says that Glasshouse has made it.
const MARK: &[u8] = b"<meta name=\"generator\" content=\"Glasshouse";

/// The manifest and the journal of a published folder, as far as they can be read.
#[derive(Debug, Default)]
pub(super) struct History {
    manifest: Option<Manifest>,
    /// The xxh3-64 of the manifest's text.
    sum: u64,
    /// When the manifest was written, in nanoseconds since 1970.
    written: u64,
    journal: Journal,
    /// Whether the folder carries our mark although its manifest is lost.
    marked: bool,
    /// History paths by the name that loose file systems find them under, where that is another one.
    spellings: BTreeMap<String, BTreeSet<String>>,
}

impl History {
    /// Reads what is known of a folder that exists. `relation` names it in its manifest.
    pub(super) fn read(manifest: &Path, journal: &Path, relation: &str, folder: &Path) -> Self {
        let (text, written) = read(manifest).unwrap_or_default();
        let manifest = Manifest::parse(&text).filter(|found| found.output == relation);
        let (claims, _) = read(journal).unwrap_or_default();
        let mut history = Self {
            marked: manifest.is_none() && is_marked(&folder.join("index.html")),
            manifest,
            sum: xxh3_64(text.as_bytes()),
            written,
            journal: Journal::parse(&claims, relation),
            spellings: BTreeMap::new(),
        };
        let mut spellings: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for path in history.paths() {
            let name = folded(path);
            if name != path {
                let same = spellings.entry(name.into_owned()).or_default();
                same.insert(path.to_owned());
            }
        }
        history.spellings = spellings;
        history
    }

    /// The manifest, unless it is lost.
    pub(super) fn manifest(&self) -> Option<&Manifest> {
        self.manifest.as_ref()
    }

    /// The xxh3-64 of the manifest.
    pub(super) fn sum(&self) -> u64 {
        self.sum
    }

    /// Whether an earlier publication was not finished.
    pub(super) fn is_unfinished(&self) -> bool {
        !self.journal.is_empty()
    }

    /// Whether any file may be replaced that is at a path of the site.
    pub(super) fn is_marked(&self) -> bool {
        self.marked
    }

    /// Every path that was or may have been written by us, some of them twice.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let recorded = self.manifest().map(|manifest| manifest.entries.keys());
        let claimed = self.journal.entries.keys();
        recorded.into_iter().flatten().chain(claimed).map(String::as_str)
    }

    /// Whether the last finished publication has written this path.
    pub(super) fn is_recorded(&self, path: &str) -> bool {
        self.manifest().is_some_and(|manifest| manifest.entries.contains_key(path))
    }

    /// Whether any publication may have written this path.
    pub(super) fn is_known(&self, path: &str) -> bool {
        self.is_recorded(path) || self.journal.entries.contains_key(path)
    }

    /// The hash of a file at a recorded path, if its stamp alone proves that it was not touched. A
    /// file as young as the manifest proves nothing: the clock of a file system is coarse, and a
    /// later change may bear the same time.
    pub(super) fn proven(&self, path: &str, stamp: Stamp) -> Option<u128> {
        let entry = self.manifest()?.entries.get(path)?;
        self.proves(entry, stamp).then_some(entry.hash)
    }

    fn proves(&self, entry: &FileRecord, stamp: Stamp) -> bool {
        (1..self.written).contains(&stamp.modified) && entry.stamp == stamp
    }

    /// How many files the folder holds of us, where the last publication was finished, has this xxh3-64
    /// of its manifest, and none of its files was touched since.
    pub(super) fn stands(&self, folder: &Path, sum: u64) -> Option<usize> {
        let manifest = self.manifest().filter(|_| self.sum == sum && !self.is_unfinished())?;
        let is_untouched = |(path, entry): (&String, &FileRecord)| {
            let found = folder.join(path).symlink_metadata();
            found.is_ok_and(|found| found.is_file() && self.proves(entry, Stamp::of(&found)))
        };
        // A link in place of a folder leads to files that are none of ours.
        let is_folder = |path: &&str| folder.join(path).symlink_metadata().is_ok_and(|found| found.is_dir());
        let folders = folders_of(manifest.entries.keys().map(String::as_str));
        let stands = folders.par_iter().all(is_folder) && manifest.entries.par_iter().all(is_untouched);
        stands.then_some(manifest.entries.len())
    }

    /// Whether we have written bytes of this hash to this path, or were about to.
    pub(super) fn wrote(&self, path: &str, hash: u128) -> bool {
        let recorded = self.manifest().and_then(|it| it.entries.get(path));
        let claimed = self.journal.entries.get(path).into_iter().flatten();
        recorded.into_iter().chain(claimed).any(|it| it.hash == hash)
    }

    /// Whether a folder is of our making: it may go when nothing is left in it.
    pub(super) fn made(&self, folder: &str) -> bool {
        let recorded = self.manifest().is_some_and(|manifest| {
            let inside = format!("{folder}/");
            let first = manifest.entries.range(inside.clone()..).next();
            first.is_some_and(|(path, _)| path.starts_with(&inside)) && !manifest.found.contains(folder)
        });
        recorded || self.journal.folders.contains(folder)
    }

    /// The other known paths that a loose file system takes for this one.
    pub(super) fn respelled(&self, path: &str) -> impl Iterator<Item = &str> {
        let name = folded(path);
        let recorded = self.manifest().and_then(|manifest| manifest.entries.get_key_value(&*name));
        let claimed = || self.journal.entries.get_key_value(&*name).map(|(path, _)| path);
        let plain = recorded.map(|(path, _)| path).or_else(claimed);
        let others = self.spellings.get(&*name).into_iter().flatten();
        plain.into_iter().chain(others).map(String::as_str).filter(move |other| *other != path)
    }
}

/// Whether bytes are a page of ours.
pub(super) fn carries_mark(bytes: &[u8]) -> bool {
    bytes.windows(MARK.len()).any(|window| window == MARK)
}

fn is_marked(index: &Path) -> bool {
    let is_file = index.symlink_metadata().is_ok_and(|found| found.is_file());
    is_file && fs::read(index).is_ok_and(|bytes| carries_mark(&bytes))
}

/// A file's text and time. What cannot be read is as good as lost.
fn read(path: &Path) -> Option<(String, u64)> {
    let text = fs::read_to_string(path).ok()?;
    let written = Stamp::of(&path.metadata().ok()?).modified;
    Some((text, written))
}
