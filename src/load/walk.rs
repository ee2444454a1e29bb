//! Lists the files of a site, in a fixed order.

use std::path::Path;

use walkdir::WalkDir;

use crate::base::diagnostic::{At, Diagnostic};
use crate::base::source::FilePath;

/// The deepest level of folders that is walked.
const MAX_DEPTH: usize = 40;

/// The files below `folder`, named relative to `root` with `/`, sorted; hidden ones left out.
pub(super) fn files(root: &Path, folder: &str, faults: &mut Vec<Diagnostic>) -> Vec<FilePath> {
    let start = root.join(folder);
    let mut files = Vec::new();
    let walk = WalkDir::new(&start).max_depth(MAX_DEPTH).sort_by_file_name().into_iter();
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    for entry in walk.filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match relative(root, entry.path()) {
                Some(path) => files.push(path),
                None => {
                    let shown = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy();
                    faults.push(Diagnostic::error("name-not-utf8").at(&shown.as_ref().into(), At::File));
                }
            },
            Ok(entry) if entry.path_is_symlink() => {
                let shown = relative(root, entry.path()).unwrap_or_else(|| folder.into());
                faults.push(Diagnostic::warning("symlink-ignored").at(&shown, At::File));
            }
            Ok(_) => {}
            Err(error) => {
                let missing = error.depth() == 0
                    && error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound);
                if missing {
                    continue;
                }
                let shown =
                    error.path().and_then(|path| relative(root, path)).unwrap_or_else(|| folder.into());
                let detail = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                faults.push(Diagnostic::error("unreadable").arg("detail", detail).at(&shown, At::File));
            }
        }
    }
    files
}

fn relative(root: &Path, path: &Path) -> Option<FilePath> {
    let path = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/").into())
}
