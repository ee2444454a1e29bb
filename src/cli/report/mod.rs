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

use crate::base::diagnostic::{At, Diagnostic, Message, Severity};
use crate::base::source::{FilePath, Source};
use crate::base::text::Lang;
use crate::check::Finding;
use crate::theme::Strings;

/// The formats of `check --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
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
pub(crate) struct Reporter<'a> {
    /// The words.
    pub(crate) strings: &'a Strings,
    /// The language of the words, where a format has only one.
    pub(crate) lang: &'a Lang,
    /// The site's folder as typed, put before each path so that it can be clicked; empty or `.` for
    /// the working folder.
    pub(crate) site_dir: &'a str,
    /// The text of a file.
    pub(crate) source: &'a dyn Fn(&FilePath) -> Option<Source>,
    /// The bytes of a place given by its data path.
    pub(crate) locate: &'a dyn Fn(&Source, &At) -> Option<Range<usize>>,
}

/// Something to be reported: a fault of a file, or what a check found.
#[derive(Clone, Debug)]
pub(crate) struct Reported {
    /// What is said.
    pub(crate) diagnostic: Diagnostic,
    /// A name that stays the same as long as the finding does, where its check gives one.
    pub(crate) fingerprint: Option<u64>,
    /// Why an editor lets it stand.
    pub(crate) accepted: Option<Box<str>>,
}

impl From<Diagnostic> for Reported {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, fingerprint: None, accepted: None }
    }
}

impl From<&Finding> for Reported {
    fn from(finding: &Finding) -> Self {
        Self {
            diagnostic: finding.diagnostic(),
            fingerprint: Some(finding.fingerprint),
            accepted: finding.accepted.clone(),
        }
    }
}

/// How many diagnostics there are of each severity, not counting accepted ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Errors.
    pub(crate) errors: usize,
    /// Warnings.
    pub(crate) warnings: usize,
    /// Notes.
    pub(crate) notes: usize,
    /// Findings that an editor has explained.
    pub(crate) accepted: usize,
}

impl Counts {
    /// Counts what is reported.
    pub(crate) fn of<'r>(reported: impl IntoIterator<Item = &'r Reported>) -> Self {
        let mut counts = Self::default();
        for reported in reported {
            match reported.diagnostic.severity {
                _ if reported.accepted.is_some() => counts.accepted += 1,
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}

impl Reporter<'_> {
    /// Writes all in a format, sorted. Accepted findings are left out where nobody needs to act.
    pub(crate) fn write(&self, format: Format, reported: &[Reported], out: &mut dyn Write) -> io::Result<()> {
        let found = located::locate(self, reported);
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
