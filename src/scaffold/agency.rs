//! An agency's `_index.md`.

use std::fmt::Write as _;

use super::scalar::{Style, scalar};

/// The facts of a new agency.
#[derive(Clone, Debug, Default)]
pub struct NewAgency<'a> {
    /// The official name.
    pub name: &'a str,
    /// The short name.
    pub short_name: Option<&'a str>,
    /// Other names that documents use for it.
    pub other_names: Vec<&'a str>,
    /// The level: an id in `site.toml`.
    pub level: Option<&'a str>,
    /// The address of its own site.
    pub url: Option<&'a str>,
}

/// Returns the `_index.md` of an agency.
pub fn agency(new: &NewAgency<'_>) -> String {
    let mut text = String::from("---\nkind: agency\n");
    let fields =
        [("name", Some(new.name)), ("short_name", new.short_name), ("level", new.level), ("url", new.url)];
    for (key, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(text, "{key}: {}", scalar(value, Style::Block));
        }
    }
    if !new.other_names.is_empty() {
        let names: Vec<_> = new.other_names.iter().map(|name| scalar(name, Style::Flow)).collect();
        let _ = writeln!(text, "other_names: [{}]", names.join(", "));
    }
    text.push_str("---\n");
    text
}
