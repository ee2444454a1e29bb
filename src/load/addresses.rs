//! Refuses names of files and folders that cannot become addresses, or that the portal takes itself.

use crate::base::artifact::SitePath;
use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::model::Asset;

use super::content_file::below_content;

/// Checks the names of content files. `reserved` are the first parts that the portal needs for itself.
pub(super) fn check<'f>(
    files: impl Iterator<Item = &'f FilePath>,
    reserved: &[&str],
    faults: &mut Vec<Diagnostic>,
) {
    for file in files {
        let path = below_content(file);
        let first = path.split(['/', '.']).next().unwrap_or("");
        if reserved.contains(&first) || matches!(path, "404.md" | "index.md") {
            faults.push(Diagnostic::error("name-reserved").arg("name", first).at(file, At::File));
        }
        let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if let Some(bad) = path.chars().find(|c| !is_safe(*c)) {
            let fault = Diagnostic::error("name-not-address").arg("character", bad.to_string());
            faults.push(fault.at(file, At::File).help(Message::new("help-name-address")));
        }
    }
}

/// A file that is published as it is, at its own path.
pub(super) fn asset(file: FilePath, faults: &mut Vec<Diagnostic>) -> Option<Asset> {
    let path = file.strip_prefix("content/")?;
    if let Err(error) = SitePath::new(path) {
        let fault = Diagnostic::error("unusable-path").arg("path", path).arg("detail", error.reason);
        faults.push(fault.at(&file, At::File).help(Message::new("help-name-address")));
        return None;
    }
    let path = path.into();
    Some(Asset { file, path })
}
