//! Files kept from one build for the next. Losing one costs time, never anything else.

use std::fs;
use std::path::Path;

use crate::base::source::Stamp;

use super::error::WriteError;
use super::manifest::beside;

/// The bytes of a kept file and when it was written, in nanoseconds since 1970; `None` where there
/// is none that can be read.
pub fn recall(path: &Path) -> Option<(Vec<u8>, u64)> {
    let written = Stamp::of(&path.metadata().ok()?).modified;
    Some((fs::read(path).ok()?, written))
}

/// Keeps bytes in a file, in one step.
pub fn keep(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(WriteError::io("create", folder))?;
    }
    let new = beside(path, "", ".new");
    fs::write(&new, bytes).map_err(WriteError::io("write", &new))?;
    fs::rename(&new, path).map_err(WriteError::io("replace", path))
}

/// Keeps a file that is ready, in place of the one before.
pub fn keep_file(ready: &Path, path: &Path) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(WriteError::io("create", folder))?;
    }
    if fs::rename(ready, path).is_ok() {
        return Ok(());
    }
    // It lies on another file system.
    let new = beside(path, "", ".new");
    fs::copy(ready, &new).map_err(WriteError::io("write", &new))?;
    fs::rename(&new, path).map_err(WriteError::io("replace", path))
}
