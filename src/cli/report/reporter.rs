//! What all formats share: the words, and how files are found and shown.

use std::iter;
use std::ops::Range;

use crate::base::diagnostic::{At, Diagnostic, Message, Severity};
use crate::base::source::{FilePath, Source};
use crate::base::text::Lang;
use crate::theme::Strings;

/// What the formats need besides the diagnostics.
pub(crate) struct Reporter<'a> {
    pub(crate) strings: &'a Strings,
    /// The language of formats that have only one.
    pub(crate) lang: &'a Lang,
    /// The site's folder as typed, which precedes each path so that it can be clicked; empty or `.`
    /// for the working folder.
    pub(crate) site_dir: &'a str,
    /// Reads a file.
    pub(crate) source: &'a dyn Fn(&FilePath) -> Option<Source>,
    /// Finds the bytes of a place given by its data path.
    pub(crate) locate: &'a dyn Fn(&Source, &At) -> Option<Range<usize>>,
}

impl Reporter<'_> {
    /// Returns a message in the reader's language.
    pub(super) fn say(&self, message: &Message) -> String {
        self.strings.message(self.lang, message)
    }

    /// Returns a diagnostic's message and, on lines of their own, its help.
    pub(super) fn text(&self, diagnostic: &Diagnostic) -> String {
        let lines: Vec<String> = iter::once(&diagnostic.message)
            .chain(&diagnostic.help)
            .map(|message| self.say(message))
            .collect();
        lines.join("\n")
    }

    /// Returns the word for a severity.
    pub(super) fn severity(&self, severity: Severity) -> String {
        self.strings.text(self.lang, &format!("severity-{}", severity.name()))
    }

    /// Returns a file's path as the reader's shell and editor know it.
    pub(super) fn shown_path(&self, file: &str) -> String {
        let folder = self.site_dir.trim_end_matches('/');
        let is_built_in = file.starts_with("built-in/");
        match folder {
            "" if self.site_dir.starts_with('/') && !is_built_in => format!("/{file}"),
            "" | "." => file.to_owned(),
            _ if is_built_in => file.to_owned(),
            _ => format!("{}/{file}", folder.strip_prefix("./").unwrap_or(folder)),
        }
    }
}
