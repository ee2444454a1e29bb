//! What a publication is about to write, noted before it changes anything.
//!
//! The manifest is written last. Between the two a build can be killed, and the next one must know
//! which of the files it finds are ours. Notes of several killed builds add up; a publication that
//! is done removes them all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use super::error::WriteError;
use super::manifest::{FileRecord, checked};

/// Claims of publications that were not finished.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    /// What may be at a path by our doing, if the bytes there agree.
    pub(super) entries: BTreeMap<String, Vec<FileRecord>>,
    /// Folders that may be of our making.
    pub(super) folders: BTreeSet<String>,
}

impl Journal {
    /// Whether nothing is claimed.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.folders.is_empty()
    }

    /// Adds a claim on a file.
    pub(super) fn claim(&mut self, path: &str, entry: FileRecord) {
        let claims = self.entries.entry(path.to_owned()).or_default();
        claims.push(entry);
    }

    /// Reads all claims about `output`, leaving out lines that are torn or about another folder.
    pub(super) fn parse(text: &str, output: &str) -> Self {
        let mut journal = Self::default();
        let mut about_us = false;
        for line in text.lines() {
            if let Some(other) = line.strip_prefix("output ") {
                about_us = other == output;
            }
            if !about_us {
                continue;
            }
            if let Some(folder) = line.strip_prefix("d ").and_then(checked) {
                journal.folders.insert(folder.to_owned());
            } else if let Some((path, entry)) = FileRecord::parse(line) {
                journal.claim(path, entry);
            }
        }
        journal
    }

    /// Adds these claims to the file at `path`.
    pub(super) fn append(&self, path: &Path, output: &str) -> Result<(), WriteError> {
        // The first line break ends a line that a killed build may have left torn.
        let mut text = format!("\noutput {output}\n");
        for folder in &self.folders {
            text.push_str("d ");
            text.push_str(folder);
            text.push('\n');
        }
        for (name, entries) in &self.entries {
            for entry in entries {
                entry.print(name, &mut text);
            }
        }
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(WriteError::io("write", path))
    }

    /// Removes the file at `path`: what it claims is in the manifest now, or gone.
    pub(super) fn discard(path: &Path) -> Result<(), WriteError> {
        match fs::remove_file(path) {
            Err(fault) if fault.kind() != ErrorKind::NotFound => Err(WriteError::io("remove", path)(fault)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::source::Stamp;

    fn entry(hash: u128) -> FileRecord {
        let stamp = Stamp { size: 1, modified: 2 };
        FileRecord { hash, stamp }
    }

    #[test]
    fn claims_add_up_and_torn_lines_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let first = Journal {
            entries: [("a/x".to_owned(), vec![entry(1)])].into(),
            folders: ["a".to_owned()].into(),
        };
        first.append(&path, "../public").unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}f 0000")).unwrap();
        let second =
            Journal { entries: [("a/x".to_owned(), vec![entry(2)])].into(), folders: BTreeSet::new() };
        second.append(&path, "../public").unwrap();
        first.append(&path, "../elsewhere").unwrap();

        let text = fs::read_to_string(&path).unwrap();
        let read = Journal::parse(&text, "../public");
        assert_eq!(read.entries["a/x"], [entry(1), entry(2)]);
        assert_eq!(read.folders, first.folders);
        assert_eq!(Journal::parse(&text, "../elsewhere"), first);
        assert!(Journal::parse(&text, "../other").is_empty());
        assert!(Journal::parse("f 0 1 2 a", "../public").is_empty());
        assert!(Journal::parse("output o\nf 0 1 2 ../a\nd ..", "o").is_empty());
        Journal::discard(&path).unwrap();
        Journal::discard(&path).unwrap();
        assert!(!path.exists());
    }
}
