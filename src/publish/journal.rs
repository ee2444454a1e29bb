//! The journal: what a publication is about to write, noted before it changes anything.
//!
//! The manifest is written last. A build may be killed between the two, and the next one must know
//! which of the files it finds are ours. The notes of several killed builds add up; a publication that
//! finishes removes them all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use super::error::WriteError;
use super::fs::tolerate;
use super::manifest::{FileRecord, checked};

/// The claims of unfinished publications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    /// The files that we may have written, by path; they are ours if the bytes agree.
    pub(super) files: BTreeMap<String, Vec<FileRecord>>,
    /// The folders that we may have made.
    pub(super) folders: BTreeSet<String>,
}

impl Journal {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    pub(super) fn claim(&mut self, path: &str, record: FileRecord) {
        let claims = self.files.entry(path.to_owned()).or_default();
        claims.push(record);
    }

    /// Parses the claims about `output`; skips lines that are torn or about another folder.
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
            } else if let Some((path, record)) = FileRecord::parse(line) {
                journal.claim(path, record);
            }
        }
        journal
    }

    /// Appends the claims to the file at `path`.
    pub(super) fn append(&self, path: &Path, output: &str) -> Result<(), WriteError> {
        // The first line break ends the line that a killed build may have left torn.
        let mut text = format!("\noutput {output}\n");
        for folder in &self.folders {
            text.push_str("d ");
            text.push_str(folder);
            text.push('\n');
        }
        for (name, records) in &self.files {
            for record in records {
                record.encode(name, &mut text);
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
        tolerate(fs::remove_file(path), &[ErrorKind::NotFound]).map_err(WriteError::io("remove", path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::source::Stamp;

    fn record(hash: u128) -> FileRecord {
        let stamp = Stamp { size: 1, modified: 2 };
        FileRecord { hash, stamp }
    }

    #[test]
    fn claims_add_up_and_torn_lines_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let first =
            Journal { files: [("a/x".to_owned(), vec![record(1)])].into(), folders: ["a".to_owned()].into() };
        first.append(&path, "../public").unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}f 0000")).unwrap();
        let second =
            Journal { files: [("a/x".to_owned(), vec![record(2)])].into(), folders: BTreeSet::new() };
        second.append(&path, "../public").unwrap();
        first.append(&path, "../elsewhere").unwrap();

        let text = fs::read_to_string(&path).unwrap();
        let read = Journal::parse(&text, "../public");
        assert_eq!(read.files["a/x"], [record(1), record(2)]);
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
