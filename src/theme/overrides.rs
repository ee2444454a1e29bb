//! Which of a site's files replace shipped ones, and whether the shipped ones have changed since.
//!
//! A file that was copied from the shipped theme says which version it was copied from, in a comment
//! anywhere in it: `glasshouse-shipped: 0123456789abcdef`.

use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::base::data::nearest;
use crate::base::source::FilePath;

use super::layer::{DEFAULT, EMBEDDED, ThemeFile};

/// Precedes the fingerprint in the comment.
const MARK: &str = "glasshouse-shipped:";

/// Files meant to be replaced.
const MEANT_TO_REPLACE: [&str; 2] = ["static/css/site.css", "theme.toml"];

/// A file of a site that replaces a shipped one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The site's file.
    pub file: FilePath,
    /// The comment that names the shipped file as it is now.
    pub mark: String,
    /// Whether the shipped file is still the one it was copied from.
    pub status: OverrideStatus,
}

/// Whether a shipped file has changed since it was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverrideStatus {
    /// It has not changed.
    Unchanged,
    /// It has changed.
    Changed,
    /// The copy does not name what it was copied from.
    Unknown,
}

/// Returns a shipped file by its path in the theme: `templates/report.html`.
pub fn shipped(path: &str) -> Option<&'static [u8]> {
    EMBEDDED.get_file(path).map(include_dir::File::contents)
}

/// Returns the comment by which a copy names the shipped file it was copied from.
pub fn mark(shipped: &[u8]) -> String {
    format!("{MARK} {:016x}", xxh3_64(shipped))
}

/// Returns the site's files that replace shipped ones. Identical copies do not count.
pub fn overrides(theme: &str, files: &[ThemeFile]) -> Vec<Override> {
    let view = |file: &ThemeFile| {
        let path = theme_path(theme, &file.path)?;
        let shipped = shipped(path).filter(|shipped| *shipped != file.bytes)?;
        // Strings are replaced one by one, not by file.
        if MEANT_TO_REPLACE.contains(&path) || path.starts_with("strings/") {
            return None;
        }
        let status = match named(&file.bytes) {
            Some(found) if mark(shipped).ends_with(&*found) => OverrideStatus::Unchanged,
            Some(_) => OverrideStatus::Changed,
            None => OverrideStatus::Unknown,
        };
        Some(Override { file: file.path.clone(), mark: mark(shipped), status })
    };
    files.iter().filter_map(view).collect()
}

/// Returns the site's templates that nothing uses, each with the shipped name most likely meant.
pub fn unused_templates<'f>(
    theme: &str,
    files: &'f [ThemeFile],
) -> Vec<(&'f FilePath, Option<&'static str>)> {
    let known: Vec<&'static str> = EMBEDDED
        .get_dir("templates")
        .into_iter()
        .flat_map(include_dir::Dir::files)
        .filter_map(|file| file.path().to_str())
        .collect();
    let is_named = |path: &str| {
        let name = path.strip_prefix("templates/").unwrap_or(path);
        let texts = files.iter().filter(|file| is_template(&file.path));
        texts.filter_map(|file| std::str::from_utf8(&file.bytes).ok()).any(|text| {
            text.contains(&format!("\"{name}\"")) || text.contains(&format!("\"{theme}/{name}\""))
        })
    };
    let view = |file: &'f ThemeFile| {
        let path = theme_path(theme, &file.path).filter(|path| path.starts_with("templates/"))?;
        let is_used = known.contains(&path) || is_named(path);
        (!is_used).then(|| (&file.path, nearest(path, known.iter().copied())))
    };
    files.iter().filter_map(view).collect()
}

/// Returns a file's path in its theme; `None` if that theme is not in use.
fn theme_path<'p>(theme: &str, path: &'p str) -> Option<&'p str> {
    match path.strip_prefix("themes/").and_then(|rest| rest.split_once('/')) {
        Some((name, path)) => (name == theme || name == DEFAULT).then_some(path),
        None => Some(path),
    }
}

fn is_template(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// Returns the fingerprint that a copy names.
fn named(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, rest) = text.split_once(MARK)?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
    rest.get(..end).filter(|hash| hash.len() == 16).map(str::to_owned)
}
