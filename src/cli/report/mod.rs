//! Diagnostics as people and programs read them: on a terminal, as JSON, SARIF, GitHub annotations.
//!
//! All formats show the same diagnostics in the same order: by file, line and column. A diagnostic
//! knows only data paths and ids of strings; here they become lines, columns and sentences.

mod github;
mod human;
mod json;
mod located;
mod sarif;

use std::io::{self, Write};
use std::ops::Range;

use crate::diagnostic::{At, Diagnostic, Message, Severity};
use crate::source::{FilePath, Source};
use crate::text::Lang;
use crate::theme::Strings;

/// The formats of `check --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Source lines with carets, and a summary
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands that GitHub shows beside the lines of a pull request
    Github,
}

/// What rendering needs to know besides the diagnostics.
pub struct Reporter<'a> {
    /// The words.
    pub strings: &'a Strings,
    /// The language of the words, where a format has only one.
    pub lang: &'a Lang,
    /// The site's folder as typed, put before each path so that it can be clicked; empty or `.` for
    /// the working folder.
    pub site_dir: &'a str,
    /// The text of a file.
    pub source: &'a dyn Fn(&FilePath) -> Option<Source>,
    /// The bytes of a place given by its data path.
    pub locate: &'a dyn Fn(&Source, &At) -> Option<Range<usize>>,
}

/// How many diagnostics there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Counts {
    /// Counts diagnostics.
    pub fn of<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut counts = Self::default();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}

impl Reporter<'_> {
    /// Writes diagnostics in a format, sorted.
    pub fn write(&self, format: Format, diagnostics: &[Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        let found = located::locate(self, diagnostics);
        match format {
            Format::Human => human::write(self, &found, out),
            Format::Json => json::write(self, &found, out),
            Format::Sarif => sarif::write(self, &found, out),
            Format::Github => github::write(self, &found, out),
        }
    }

    /// A message in the reader's language.
    fn say(&self, message: &Message) -> String {
        self.strings.message(self.lang, message)
    }

    /// The word for a severity.
    fn severity(&self, severity: Severity) -> String {
        self.say(&Message::new(match severity {
            Severity::Error => "severity-error",
            Severity::Warning => "severity-warning",
            Severity::Note => "severity-note",
        }))
    }

    /// A file's path as the reader's shell and editor know it.
    fn shown_path(&self, file: &str) -> String {
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

#[cfg(test)]
mod fixture;
