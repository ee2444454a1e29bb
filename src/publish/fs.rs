//! Single files and folders: made, copied, removed.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::base::source::Stamp;

pub(super) fn tolerate(done: io::Result<()>, kinds: &[ErrorKind]) -> io::Result<()> {
    match done {
        Err(fault) if kinds.contains(&fault.kind()) => Ok(()),
        done => done,
    }
}

/// Creates a staged file, and its folder if it is the first in it.
pub(super) fn create(place: &Path, bytes: &[u8], folders: &mut HashSet<PathBuf>) -> io::Result<Stamp> {
    if let Some(folder) = place.parent()
        && !folders.contains(folder)
    {
        fs::create_dir_all(folder)?;
        folders.insert(folder.to_owned());
    }
    let mut file = File::create_new(place)?;
    file.write_all(bytes)?;
    Ok(Stamp::of(&file.metadata()?))
}

/// Creates a staged file of parts, and its folder if it is the first in it. A part is not asked for
/// before the one before it is written.
pub(super) fn create_of_parts(place: &Path, parts: impl Iterator<Item = Vec<u8>>) -> io::Result<Stamp> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(place)?;
    for part in parts {
        file.write_all(&part)?;
    }
    Ok(Stamp::of(&file.metadata()?))
}

/// Copies a staged file into the file system of the output folder, with its time.
pub(super) fn copy(staged: &Path, near: &Path) -> io::Result<()> {
    tolerate(fs::remove_file(near), &[ErrorKind::NotFound])?;
    let mut from = File::open(staged)?;
    let mut to = File::create_new(near)?;
    io::copy(&mut from, &mut to)?;
    to.set_modified(from.metadata()?.modified()?)
}
