//! The files of a built site, and which file of one is which of the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// A built site: its folder and the size of each file by its path, with `/` between folders.
#[derive(Debug)]
pub(crate) struct Site {
    folder: PathBuf,
    pub(crate) files: BTreeMap<String, u64>,
}

impl Site {
    pub(crate) fn walk(folder: &Path) -> Result<Self, String> {
        if !folder.is_dir() {
            return Err(format!("{} is no folder", folder.display()));
        }
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(folder) {
            let entry = entry.map_err(|error| error.to_string())?;
            if entry.file_type().is_dir() {
                continue;
            }
            let size = entry.metadata().map_err(|error| error.to_string())?.len();
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            files.insert(parts.join("/"), size);
        }
        Ok(Self { folder: folder.to_owned(), files })
    }

    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let file = self.folder.join(path);
        std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))
    }
}

/// A file of either site, or the same file of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pair {
    Both { old: String, new: String },
    Old(String),
    New(String),
}

impl Pair {
    /// The path that the file is named by: the new one, if there is one.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Both { new: path, .. } | Self::Old(path) | Self::New(path) => path,
        }
    }
}

/// All files of both sites, in the order of their paths.
pub(crate) fn pair(old: &Site, new: &Site) -> Vec<Pair> {
    let mut renamed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in old.files.keys().filter(|path| !new.files.contains_key(*path)) {
        if let Some(stem) = without_fingerprint(path) {
            renamed.entry(stem).or_default().push(path);
        }
    }
    let mut taken = Vec::new();
    let mut pairs: Vec<Pair> = Vec::with_capacity(new.files.len());
    for path in new.files.keys() {
        if old.files.contains_key(path) {
            pairs.push(Pair::Both { old: path.clone(), new: path.clone() });
            continue;
        }
        let before = without_fingerprint(path).and_then(|stem| renamed.get_mut(&stem)).and_then(Vec::pop);
        pairs.push(match before {
            Some(before) => {
                taken.push(before);
                Pair::Both { old: before.to_owned(), new: path.clone() }
            }
            None => Pair::New(path.clone()),
        });
    }
    let gone =
        old.files.keys().filter(|path| !new.files.contains_key(*path) && !taken.contains(&path.as_str()));
    pairs.extend(gone.map(|path| Pair::Old(path.clone())));
    pairs.sort_by(|left, right| left.path().cmp(right.path()));
    pairs
}

/// A path whose name has a fingerprint of eight or more hexadecimal digits between dots, without it.
fn without_fingerprint(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut parts: Vec<&str> = name.split('.').collect();
    let is_print =
        |part: &&str| part.len() >= 8 && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let at = parts.iter().position(is_print).filter(|at| *at > 0 && *at + 1 < parts.len())?;
    parts[at] = "*";
    Some(format!("{folder}/{}", parts.join(".")))
}
