//! What commands are given to work on: files and folders to import, folders of the content.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Message;
use crate::load;

use super::failure::UsageError;

/// Deeper folders are not looked through.
const DEEPEST: usize = 16;

/// A folder below the content as typed, `content/` before it or not.
pub(crate) fn content_folder(typed: &str) -> anyhow::Result<String> {
    let path = typed.replace('\\', "/");
    let path = path.trim_start_matches("./").trim_end_matches('/');
    let path = path.strip_prefix("content/").unwrap_or(path);
    let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_part = |part: &str| !part.is_empty() && part.chars().all(is_safe) && !part.starts_with(['.', '_']);
    let first = path.split('/').next().unwrap_or("");
    if path.split('/').all(is_part) && !load::is_reserved(first) {
        return Ok(path.to_owned());
    }
    let message = Message::new("path-not-content").arg("path", typed);
    Err(UsageError { message, help: Some(Message::new("help-path-content")) }.into())
}

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

/// The bytes of a file that is no part of the site.
#[expect(clippy::disallowed_methods, reason = "foreign files are no content of the site")]
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_the_content_are_addresses() {
        for (typed, folder) in [
            ("zhejiang/wenzhou", "zhejiang/wenzhou"),
            ("content/zhejiang/", "zhejiang"),
            ("./content/示例县/office", "示例县/office"),
        ] {
            assert_eq!(content_folder(typed).unwrap(), folder, "{typed}");
        }
        for typed in ["", "../x", "a//b", "/etc", "a b", "_forms", "years/x", "a/.b", "content"] {
            let refused = content_folder(typed).is_err();
            assert!(refused || typed == "content", "{typed}");
        }
    }
}
