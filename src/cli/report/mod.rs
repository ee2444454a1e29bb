//! Diagnostics as people and programs read them: on a terminal, as JSON, SARIF, GitHub annotations.
//!
//! All formats show the same diagnostics in the same order: by file, line and column. A diagnostic
//! knows only data paths and ids of strings; here they become lines, columns and sentences.

mod github;
mod human;
mod json;
mod located;
mod reported;
mod reporter;
mod sarif;

use std::io::{self, Write};

pub(crate) use reported::{Reported, count};
pub(crate) use reporter::Reporter;

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

/// Writes diagnostics in a format, sorted. Formats that only serve to act on them omit accepted ones.
pub(crate) fn write(
    reporter: &Reporter<'_>,
    format: Format,
    reported: &[Reported],
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = located::locate(reporter, reported);
    match format {
        Format::Human => human::write(reporter, &found, out),
        Format::Json => json::write(reporter, &found, out),
        Format::Sarif => sarif::write(reporter, &found, out),
        Format::Github => github::write(reporter, &found, out),
    }
}

#[cfg(test)]
mod fixture;
