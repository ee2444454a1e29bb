//! What is in a published folder now, without following links.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

use super::collisions::folders;
use super::error::{FileType, WriteError};
use super::history::{History, carries_mark};
use crate::base::artifact::MediaType;
use crate::base::source::Stamp;

/// Looks at the paths of a published folder, each once.
pub(super) struct Inventory<'a> {
    output: &'a Path,
    history: &'a History,
    seen: HashMap<String, Option<FileType>>,
}

impl<'a> Inventory<'a> {
    pub(super) fn new(output: &'a Path, history: &'a History) -> Self {
        Self { output, history, seen: HashMap::new() }
    }

    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.output.join(path)
    }

    /// What is at a path; `None` if one of its folders is anything but a folder.
    pub(super) fn look(&mut self, path: &str) -> Result<Option<FileType>, WriteError> {
        if let Some(found) = self.seen.get(path) {
            return Ok(*found);
        }
        let reachable = match folders(path).next_back() {
            Some(folder) => self.look(folder)? == Some(FileType::Folder),
            None => true,
        };
        let found = if reachable { look(&self.place(path))? } else { None };
        self.seen.insert(path.to_owned(), found);
        Ok(found)
    }

    /// The outermost folder of a path that is not a folder, if any.
    pub(super) fn obstacle<'p>(&mut self, path: &'p str) -> Result<Option<(&'p str, FileType)>, WriteError> {
        for folder in folders(path) {
            match self.look(folder)? {
                Some(FileType::Folder) => {}
                Some(found) => return Ok(Some((folder, found))),
                None => break,
            }
        }
        Ok(None)
    }

    /// Whether we have written the regular file at a path, judging by its stamp or else by its bytes. A
    /// page that somebody has edited since is still ours.
    pub(super) fn is_ours(&self, path: &str) -> Result<bool, WriteError> {
        if !self.history.is_known(path) {
            return Ok(false);
        }
        let place = self.place(path);
        let metadata = place.symlink_metadata().map_err(WriteError::io("look up", &place))?;
        if self.history.proven(path, Stamp::of(&metadata)).is_some() {
            return Ok(true);
        }
        let bytes = fs::read(&place).map_err(WriteError::io("read", &place))?;
        let is_page = MediaType::of(path) == MediaType::HTML && carries_mark(&bytes);
        Ok(is_page || self.history.wrote(path, xxh3_128(&bytes)))
    }

    /// Whether a path is on disk under exactly this name, not only under one that the file system takes
    /// for the same.
    pub(super) fn is_spelled(&self, path: &str) -> Result<bool, WriteError> {
        for step in folders(path).chain([path]) {
            let place = self.place(step);
            let folder = place.parent().unwrap_or(&place);
            if !names(folder)?.iter().any(|name| place.ends_with(name)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The entries of a folder, sorted, each with its path in the site; `None` if its name is not UTF-8.
    pub(super) fn inside(&self, folder: &str) -> Result<Vec<(PathBuf, Option<String>)>, WriteError> {
        let place = self.place(folder);
        let names = names(&place)?.into_iter();
        Ok(names
            .map(|name| {
                let path = name.to_str().map(|name| format!("{folder}/{name}"));
                (place.join(name), path)
            })
            .collect())
    }
}

fn names(folder: &Path) -> Result<Vec<OsString>, WriteError> {
    let list = || -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.push(entry?.file_name());
        }
        names.sort();
        Ok(names)
    };
    list().map_err(WriteError::io("list", folder))
}

/// What is at a path on disk. Follows links in its folders, but not at its end.
pub(super) fn look(place: &Path) -> Result<Option<FileType>, WriteError> {
    match place.symlink_metadata() {
        Ok(metadata) => {
            let kind = metadata.file_type();
            Ok(Some(if kind.is_file() {
                FileType::File
            } else if kind.is_dir() {
                FileType::Folder
            } else if kind.is_symlink() {
                FileType::Link
            } else {
                FileType::Special
            }))
        }
        Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(fault) => Err(WriteError::io("look up", place)(fault)),
    }
}
