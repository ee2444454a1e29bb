//! The files that an import is given.

use std::io;
use std::path::{Path, PathBuf};

use crate::base::diagnostic::Message;

use super::failure::UsageError;

/// Deeper folders are not looked through.
const DEEPEST: usize = 16;

/// The files that are meant: each file, and for each folder the files below it, in order.
pub(crate) fn expand(typed: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in typed {
        if !path.try_exists()? {
            let message = Message::new("path-missing").arg("path", path.display().to_string());
            return Err(UsageError::new(message).into());
        }
        if path.is_dir() { walk(path, DEEPEST, &mut files)? } else { files.push(path.clone()) }
    }
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "foreign folders are no content of the site")]
fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type()?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && depth > 0 && !is_hidden {
            walk(&entry.path(), depth - 1, files)?;
        } else if kind.is_file() && !is_hidden {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// The size of a file in bytes.
pub(crate) fn size(path: &Path) -> io::Result<u64> {
    Ok(path.metadata()?.len())
}
