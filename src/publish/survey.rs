//! What is in a published folder now, seen without following links.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

use super::error::{Found, WriteError};
use super::known::{Known, carries_mark};
use super::names::folders;
use crate::base::artifact::MediaType;
use crate::base::source::Stamp;

/// Looks at a published folder, and remembers what its folders are.
pub(super) struct Survey<'a> {
    output: &'a Path,
    known: &'a Known,
    seen: HashMap<String, Option<Found>>,
}

impl<'a> Survey<'a> {
    /// A survey of the folder `output`, which exists.
    pub(super) fn new(output: &'a Path, known: &'a Known) -> Self {
        Self { output, known, seen: HashMap::new() }
    }

    /// Where a path of the site is on disk.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.output.join(path)
    }

    /// What is at a path; nothing if one of its folders is anything but a folder.
    pub(super) fn look(&mut self, path: &str) -> Result<Option<Found>, WriteError> {
        if let Some(found) = self.seen.get(path) {
            return Ok(*found);
        }
        let reachable = match folders(path).next_back() {
            Some(folder) => self.look(folder)? == Some(Found::Folder),
            None => true,
        };
        let found = if reachable { look(&self.place(path))? } else { None };
        self.seen.insert(path.to_owned(), found);
        Ok(found)
    }

    /// The outermost folder of a path that is something else, if any.
    pub(super) fn obstacle<'p>(&mut self, path: &'p str) -> Result<Option<(&'p str, Found)>, WriteError> {
        for folder in folders(path) {
            match self.look(folder)? {
                Some(Found::Folder) => {}
                Some(found) => return Ok(Some((folder, found))),
                None => break,
            }
        }
        Ok(None)
    }

    /// Whether the regular file at a known path is one that we wrote: by its stamp, else by its
    /// bytes. A page that somebody worked over after us is still ours.
    pub(super) fn is_ours(&self, path: &str) -> Result<bool, WriteError> {
        if !self.known.is_known(path) {
            return Ok(false);
        }
        let place = self.place(path);
        let metadata = place.symlink_metadata().map_err(WriteError::io("look up", &place))?;
        if self.known.proven(path, Stamp::of(&metadata)).is_some() {
            return Ok(true);
        }
        let bytes = fs::read(&place).map_err(WriteError::io("read", &place))?;
        let is_page = MediaType::of(path) == MediaType::HTML && carries_mark(&bytes);
        Ok(is_page || self.known.wrote(path, xxh3_128(&bytes)))
    }

    /// Whether a path is on disk under exactly this name, and not only under one that the file
    /// system takes for the same.
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

    /// The names in a folder of the site, sorted, each with its path in the site; no path where the
    /// name is no text.
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

/// What is at a path on disk. Links in its folders are followed; a link at its end is not.
pub(super) fn look(place: &Path) -> Result<Option<Found>, WriteError> {
    match place.symlink_metadata() {
        Ok(metadata) => {
            let kind = metadata.file_type();
            Ok(Some(if kind.is_file() {
                Found::File
            } else if kind.is_dir() {
                Found::Folder
            } else if kind.is_symlink() {
                Found::Link
            } else {
                Found::Special
            }))
        }
        Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(fault) => Err(WriteError::io("look up", place)(fault)),
    }
}
