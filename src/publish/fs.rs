//! Creates and copies single files.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::base::source::Stamp;

/// The path beside `path` whose name has something before and after it.
pub(super) fn beside(path: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(before);
    name.push(path.file_name().unwrap_or_default());
    name.push(after);
    path.with_file_name(name)
}

/// Takes errors of some kinds for success.
pub(super) fn tolerate(done: io::Result<()>, kinds: &[ErrorKind]) -> io::Result<()> {
    match done {
        Err(fault) if kinds.contains(&fault.kind()) => Ok(()),
        done => done,
    }
}

/// Creates a staged file, and its folder unless that is among `folders`, those that were made before.
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

/// Creates a staged file of parts, and its folder. Asks for a part only when the one before is written.
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

/// Copies a staged file and its time into the file system of the output folder.
pub(super) fn copy(staged: &Path, near: &Path) -> io::Result<()> {
    tolerate(fs::remove_file(near), &[ErrorKind::NotFound])?;
    let mut from = File::open(staged)?;
    let mut to = File::create_new(near)?;
    io::copy(&mut from, &mut to)?;
    to.set_modified(from.metadata()?.modified()?)
}
