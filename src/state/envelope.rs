//! The one way from values to files and back: a header, a checksum, and postcard's encoding.
//!
//! A file begins with a line that names what it holds and the build of the program that wrote it.
//! Types may therefore change from one version to the next; older files need no migration.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::base::source::Stamp;

/// The folder in a site's folder that holds the files of this module, and the manifests.
pub(super) const FOLDER: &str = ".glasshouse";

/// A file of the state folder that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}: {fault}", path.display())]
pub struct SaveError {
    /// What was tried: "create", "replace".
    pub action: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub fault: io::Error,
}

impl SaveError {
    fn at(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |fault| Self { action, path: path.to_owned(), fault }
    }
}

/// The first line of a file of a kind; a further `name` tells apart files of one kind.
pub(super) fn header(kind: &str, name: &str) -> String {
    format!("glasshouse-{kind} {}{name}\n", env!("GLASSHOUSE_BUILD"))
}

/// Puts a body that is encoded already into an envelope.
pub(super) fn seal(kind: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = header(kind, "").into_bytes();
    bytes.extend_from_slice(&xxh3_64(body).to_le_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// The body of an envelope; `None` if it is damaged, of another kind, or of another program.
pub(super) fn open<'b>(kind: &str, bytes: &'b [u8]) -> Option<&'b [u8]> {
    let rest = bytes.strip_prefix(header(kind, "").as_bytes())?;
    let (sum, body) = rest.split_first_chunk()?;
    (u64::from_le_bytes(*sum) == xxh3_64(body)).then_some(body)
}

/// Reads the value in a file; `None` if there is none that can be read.
pub(super) fn load<T: for<'b> Deserialize<'b>>(kind: &str, path: &Path) -> Option<T> {
    let (bytes, _) = read(path)?;
    postcard::from_bytes(open(kind, &bytes)?).ok()
}

/// Writes a value to a file, in one step.
pub(super) fn save(kind: &str, path: &Path, value: &impl Serialize) -> Result<(), SaveError> {
    let body = postcard::to_stdvec(value).map_err(io::Error::other).map_err(SaveError::at("write", path))?;
    replace(path, &seal(kind, &body))
}

/// The bytes of a file and when it was written, in nanoseconds since 1970.
pub(super) fn read(path: &Path) -> Option<(Vec<u8>, u64)> {
    let written = Stamp::of(&path.metadata().ok()?).modified;
    Some((fs::read(path).ok()?, written))
}

/// Writes a file in one step: whoever reads it sees the old bytes or the new ones.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    make_folder(path)?;
    let new = new_beside(path);
    fs::write(&new, bytes).map_err(SaveError::at("write", &new))?;
    fs::rename(&new, path).map_err(SaveError::at("replace", path))
}

/// Moves a finished file into place.
pub(super) fn move_here(ready: &Path, path: &Path) -> Result<(), SaveError> {
    make_folder(path)?;
    if fs::rename(ready, path).is_ok() {
        return Ok(());
    }
    // It lies on another file system.
    let new = new_beside(path);
    fs::copy(ready, &new).map_err(SaveError::at("write", &new))?;
    fs::rename(&new, path).map_err(SaveError::at("replace", path))
}

fn make_folder(path: &Path) -> Result<(), SaveError> {
    path.parent().map_or(Ok(()), |folder| fs::create_dir_all(folder).map_err(SaveError::at("create", folder)))
}

fn new_beside(path: &Path) -> PathBuf {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    new.into()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Asserts that a reader takes `bytes`, but not with a bit changed, cut short, or made longer.
    pub(in crate::state) fn assert_sealed(bytes: &[u8], is_read: impl Fn(&[u8]) -> bool) {
        assert!(is_read(bytes));
        for at in 0..bytes.len() {
            let mut damaged = bytes.to_owned();
            damaged[at] ^= 1 << (at % 8);
            assert!(!is_read(&damaged), "byte {at} was changed");
            assert!(!is_read(&bytes[..at]), "cut at {at}");
        }
        assert!(!is_read(&[bytes, b"x"].concat()), "made longer");
    }

    #[test]
    fn damaged_and_foreign_envelopes_are_refused() {
        let bytes = seal("kind", "text".as_bytes());
        assert_sealed(&bytes, |bytes| open("kind", bytes).is_some());
        assert_eq!(open("other", &bytes), None);
    }

    #[test]
    fn a_file_is_replaced_in_one_step() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/folder/file");
        assert_eq!(load::<u32>("number", &path), None);
        save("number", &path, &7_u32).unwrap();
        save("number", &path, &8_u32).unwrap();
        assert_eq!(load::<u32>("number", &path), Some(8));
        assert_eq!(load::<u32>("text", &path), None);
        let other = path.with_file_name("other");
        move_here(&path, &other).unwrap();
        assert_eq!(load::<u32>("number", &other), Some(8));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
