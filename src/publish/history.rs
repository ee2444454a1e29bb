//! What earlier publications have left in a folder, as its manifest and journal say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::collisions::{folded, folders_of};
use super::journal::Journal;
use super::manifest::{FileRecord, Manifest};
use crate::base::source::Stamp;

/// The mark that the theme puts into every page.
const MARK: &[u8] = b"<meta name=\"generator\" content=\"Glasshouse";

/// The manifest and the journal of a published folder, as far as they can be read.
#[derive(Debug, Default)]
pub(super) struct History {
    manifest: Option<Manifest>,
    /// The xxh3-64 of the manifest's text.
    pub(super) checksum: u64,
    /// When the manifest was written, in nanoseconds since 1970.
    written: u64,
    journal: Journal,
    /// Whether the manifest is lost, but the home page carries our mark: files of unknown origin may then
    /// be replaced by those of the site.
    pub(super) is_marked: bool,
    /// Known paths by the key that loose file systems look them up under, unless path and key are equal.
    spellings: BTreeMap<String, BTreeSet<String>>,
}

impl History {
    /// Reads the history of an existing folder, which its manifest calls `relation`.
    pub(super) fn read(manifest: &Path, journal: &Path, relation: &str, folder: &Path) -> Self {
        let (text, written) = read(manifest).unwrap_or_default();
        let manifest = Manifest::parse(&text).filter(|found| found.output == relation);
        let (claims, _) = read(journal).unwrap_or_default();
        let mut history = Self {
            is_marked: manifest.is_none() && is_marked(&folder.join("index.html")),
            manifest,
            checksum: xxh3_64(text.as_bytes()),
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

    pub(super) fn manifest(&self) -> Option<&Manifest> {
        self.manifest.as_ref()
    }

    /// Whether an earlier publication has not finished.
    pub(super) fn is_unfinished(&self) -> bool {
        !self.journal.is_empty()
    }

    /// All paths that we have, or may have, written; some of them twice.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let recorded = self.manifest().map(|manifest| manifest.files.keys());
        let claimed = self.journal.files.keys();
        recorded.into_iter().flatten().chain(claimed).map(String::as_str)
    }

    /// Whether the last finished publication has written a path.
    pub(super) fn is_recorded(&self, path: &str) -> bool {
        self.manifest().is_some_and(|manifest| manifest.files.contains_key(path))
    }

    /// Whether any publication may have written a path.
    pub(super) fn is_known(&self, path: &str) -> bool {
        self.is_recorded(path) || self.journal.files.contains_key(path)
    }

    /// The hash of the file at a recorded path, if its stamp proves that nobody has touched it. A file as
    /// young as the manifest proves nothing: clocks of file systems are coarse, and a later change may
    /// bear the same time.
    pub(super) fn proven(&self, path: &str, stamp: Stamp) -> Option<u128> {
        let record = self.manifest()?.files.get(path)?;
        self.proves(record, stamp).then_some(record.hash)
    }

    fn proves(&self, record: &FileRecord, stamp: Stamp) -> bool {
        (1..self.written).contains(&stamp.modified) && record.stamp == stamp
    }

    /// The number of our files in the folder, if the last publication has finished, its manifest has this
    /// checksum, and nobody has touched its files since.
    pub(super) fn untouched(&self, folder: &Path, checksum: u64) -> Option<usize> {
        let manifest = self.manifest().filter(|_| self.checksum == checksum && !self.is_unfinished())?;
        let is_untouched = |(path, record): (&String, &FileRecord)| {
            let found = folder.join(path).symlink_metadata();
            found.is_ok_and(|found| found.is_file() && self.proves(record, Stamp::of(&found)))
        };
        // A link in place of a folder leads to files that are not ours.
        let is_folder = |path: &&str| folder.join(path).symlink_metadata().is_ok_and(|found| found.is_dir());
        let folders = folders_of(manifest.files.keys().map(String::as_str));
        let is_whole = folders.par_iter().all(is_folder) && manifest.files.par_iter().all(is_untouched);
        is_whole.then_some(manifest.files.len())
    }

    /// Whether we have written, or were about to write, bytes of this hash to this path.
    pub(super) fn wrote(&self, path: &str, hash: u128) -> bool {
        let recorded = self.manifest().and_then(|it| it.files.get(path));
        let claimed = self.journal.files.get(path).into_iter().flatten();
        recorded.into_iter().chain(claimed).any(|it| it.hash == hash)
    }

    /// Whether we have made a folder: then it may go when it is empty.
    pub(super) fn made_folder(&self, folder: &str) -> bool {
        let recorded = self.manifest().is_some_and(|manifest| {
            let inside = format!("{folder}/");
            let first = manifest.files.range(inside.clone()..).next();
            first.is_some_and(|(path, _)| path.starts_with(&inside))
                && !manifest.found_folders.contains(folder)
        });
        recorded || self.journal.folders.contains(folder)
    }

    /// The other known paths that a loose file system takes for this one.
    pub(super) fn respelled(&self, path: &str) -> impl Iterator<Item = &str> {
        let name = folded(path);
        let recorded = self.manifest().and_then(|manifest| manifest.files.get_key_value(&*name));
        let claimed = || self.journal.files.get_key_value(&*name).map(|(path, _)| path);
        let plain = recorded.map(|(path, _)| path).or_else(claimed);
        let others = self.spellings.get(&*name).into_iter().flatten();
        plain.into_iter().chain(others).map(String::as_str).filter(move |other| *other != path)
    }
}

/// Whether bytes are a page made by Glasshouse.
pub(super) fn carries_mark(bytes: &[u8]) -> bool {
    bytes.windows(MARK.len()).any(|window| window == MARK)
}

fn is_marked(index: &Path) -> bool {
    let is_file = index.symlink_metadata().is_ok_and(|found| found.is_file());
    is_file && fs::read(index).is_ok_and(|bytes| carries_mark(&bytes))
}

/// A file's text and time. What cannot be read counts as lost.
fn read(path: &Path) -> Option<(String, u64)> {
    let text = fs::read_to_string(path).ok()?;
    let written = Stamp::of(&path.metadata().ok()?).modified;
    Some((text, written))
}
