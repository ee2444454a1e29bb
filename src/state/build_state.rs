//! What earlier builds into one output folder have left behind.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::base::artifact::SitePath;
use crate::base::diagnostic::FindingCounts;

use super::envelope::{self, FOLDER, SaveError};

const UP_TO_DATE: &str = "up-to-date";
const PAGES: &str = "pages";

/// The files that belong to an output folder: one site may be built into several.
#[derive(Clone, Debug)]
pub struct BuildState {
    folder: PathBuf,
    output: String,
    ignores_past: bool,
}

/// A note of a build after which nothing was left to do or to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpToDate {
    /// The fingerprint of everything that the pages were made of.
    pub sources: u128,
    /// The xxh3-64 of the manifest.
    pub manifest: u64,
    /// The number of pages.
    pub pages: usize,
    /// What the checks found, counted: where nothing has changed, they find the same.
    pub findings: FindingCounts,
}

/// A published file, and the xxh3-128 of its bytes.
pub type PublishedFile = (SitePath, u128);

/// A page as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedPage {
    /// The fingerprint of all it depends on.
    pub fingerprint: u128,
    /// Its files.
    pub files: Vec<PublishedFile>,
}

/// Pages by their address.
pub type PageCache = FxHashMap<Box<str>, PublishedPage>;

impl BuildState {
    /// The state of builds of the site in `root` into `output`: relative to the root where it lies in it,
    /// so that both can move together. `ignores_past` hides what earlier builds have left.
    pub fn new(root: &Path, output: &Path, ignores_past: bool) -> Self {
        let output = format!("{:016x}", xxh3_64(output.as_os_str().as_encoded_bytes()));
        Self { folder: root.join(FOLDER), output, ignores_past }
    }

    /// Where the manifest of the output folder is.
    pub fn manifest(&self) -> PathBuf {
        self.file("manifest")
    }

    /// How the paths of the snapshots of search indexes begin.
    pub fn snapshots(&self) -> PathBuf {
        self.file("search")
    }

    /// Moves a finished file to its path among those of the state.
    pub fn take(ready: &Path, path: &Path) -> Result<(), SaveError> {
        envelope::move_here(ready, path)
    }

    /// The note of the last build after which nothing was left to do.
    pub fn up_to_date(&self) -> Option<UpToDate> {
        self.load(UP_TO_DATE)
    }

    /// The pages that earlier builds have published.
    pub fn pages(&self) -> PageCache {
        let pages: Option<Vec<(Box<str>, PublishedPage)>> = self.load(PAGES);
        pages.into_iter().flatten().collect()
    }

    /// Notes that nothing is left to do.
    pub fn save_up_to_date(&self, note: UpToDate) -> Result<(), SaveError> {
        envelope::save(UP_TO_DATE, &self.file(UP_TO_DATE), &note)
    }

    /// Saves pages: the address, fingerprint and files of each.
    pub fn save_pages(&self, pages: &[(&str, u128, &[PublishedFile])]) -> Result<(), SaveError> {
        envelope::save(PAGES, &self.file(PAGES), &pages)
    }

    fn load<T: for<'b> Deserialize<'b>>(&self, kind: &str) -> Option<T> {
        if self.ignores_past { None } else { envelope::load(kind, &self.file(kind)) }
    }

    fn file(&self, kind: &str) -> PathBuf {
        self.folder.join(format!("{kind}-{}", self.output))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::envelope::tests::assert_sealed;

    fn state(root: &Path) -> BuildState {
        BuildState::new(root, Path::new("public"), false)
    }

    #[test]
    fn what_is_saved_comes_back() {
        let root = tempfile::tempdir().unwrap();
        let state = state(root.path());
        assert_eq!((state.up_to_date(), state.pages().len()), (None, 0));
        let path = |path: &str| SitePath::new(path).unwrap();
        let files = [
            vec![(path("index.html"), u128::MAX)],
            vec![(path("浙江/a/index.html"), 1), (path("x.json"), 2)],
        ];
        state.save_pages(&[("", 7, &files[0]), ("浙江/a/", 0, &files[1])]).unwrap();
        let [home, other] = files;
        let pages = [
            ("".into(), PublishedPage { fingerprint: 7, files: home }),
            ("浙江/a/".into(), PublishedPage { fingerprint: 0, files: other }),
        ];
        assert_eq!(state.pages(), PageCache::from_iter(pages));
        let note = UpToDate {
            sources: u128::MAX - 1,
            manifest: 7,
            pages: 11_162,
            findings: FindingCounts { notes: 3, ..FindingCounts::default() },
        };
        state.save_up_to_date(note).unwrap();
        assert_eq!(state.up_to_date(), Some(note));

        let other = BuildState::new(root.path(), Path::new("elsewhere"), false);
        assert_eq!((other.up_to_date(), other.pages().len()), (None, 0));
        let fresh = BuildState::new(root.path(), Path::new("public"), true);
        assert_eq!((fresh.up_to_date(), fresh.pages().len()), (None, 0));
    }

    #[test]
    fn damage_is_noticed() {
        let root = tempfile::tempdir().unwrap();
        let state = state(root.path());
        let files = [(SitePath::new("index.html").unwrap(), 3)];
        state.save_pages(&[("", 7, &files)]).unwrap();
        state
            .save_up_to_date(UpToDate {
                sources: 1,
                manifest: 7,
                pages: 2,
                findings: FindingCounts::default(),
            })
            .unwrap();
        let reads = |kind: &str, is_read: &dyn Fn() -> bool| {
            let file = state.file(kind);
            assert_sealed(&std::fs::read(&file).unwrap(), |bytes| {
                std::fs::write(&file, bytes).unwrap();
                is_read()
            });
        };
        reads(PAGES, &|| !state.pages().is_empty());
        reads(UP_TO_DATE, &|| state.up_to_date().is_some());
    }

    #[test]
    fn a_path_that_leads_out_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let state = state(root.path());
        envelope::save(PAGES, &state.file(PAGES), &[("", 7_u128, [("../index.html", 3_u128)].as_slice())])
            .unwrap();
        assert!(state.pages().is_empty());
    }
}
