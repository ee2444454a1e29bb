//! Compares two built sites: what differs, where, and on how many pages it is the same change.
//!
//! ```text
//! cargo run --release --example compare-sites -- OLD NEW [--report FILE] [--ignore SELECTOR|text:TEXT …]
//! ```
//!
//! Files are paired by path, those with a fingerprint in their name (`site.6517f607.css`) by the rest of it.
//! Files with the same bytes are done with at once; of the others each kind is read as what it is:
//!
//! * HTML, feeds and other XML: element by element, with a path as CSS selectors have it;
//! * drawings (`<svg>` in a page or a file of its own): one difference for each, with what differs inside;
//! * JSON: by path, numbers as they are written;
//! * CSV: rows by their key columns, cells by the name of their column;
//! * other text: line by line; anything else: by its bytes.
//!
//! The same change on a thousand pages is one group. `--report` writes one self-contained page with all
//! groups, old and new drawings side by side. `--ignore` sets aside elements of HTML and SVG (a CSS selector)
//! or a text wherever it stands (`text:` before it).
//!
//! Exit codes: 0 nothing differs, 1 something does, 2 wrong usage or a file cannot be read or written.
#![expect(
    clippy::disallowed_methods,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::print_stderr,
    reason = "a command for development reads sites, writes its report and prints, and may take its time over it"
)]

mod align;
mod compare;
mod difference;
mod elements;
mod groups;
mod ignore;
mod json;
mod lines;
mod markup;
mod page;
mod rows;
mod terminal;
#[cfg(test)]
mod tests;
mod tree;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use rayon::prelude::*;

use compare::Outcome;
use groups::{Groups, Tally};
use ignore::Ignore;
use tree::Site;

/// Files that are compared before their differences are grouped: what bounds the memory taken.
const BATCH: usize = 512;

/// Compares two built sites.
#[derive(Debug, Parser)]
#[command(name = "compare-sites")]
struct Args {
    /// The folder of the site as it was
    old: PathBuf,
    /// The folder of the site as it is
    new: PathBuf,
    /// Writes a page of all differences to this file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Sets aside elements (a CSS selector) or a text (`text:` before it); may be given several times
    #[arg(long, value_name = "SELECTOR|text:TEXT")]
    ignore: Vec<String>,
}

fn main() -> ExitCode {
    match run(&Args::parse(), &mut std::io::stdout().lock()) {
        Ok(is_same) => ExitCode::from(u8::from(!is_same)),
        Err(error) => {
            eprintln!("compare-sites: {error}");
            ExitCode::from(2)
        }
    }
}

/// Compares, prints and reports; whether the sites are the same.
fn run(args: &Args, terminal: &mut impl Write) -> Result<bool, Box<dyn Error>> {
    let ignore = Ignore::new(&args.ignore)?;
    let (old, new) = (Site::walk(&args.old)?, Site::walk(&args.new)?);
    let (tally, groups) = compare_sites(&old, &new, &ignore)?;
    terminal::print(terminal, &tally, &groups)?;
    if let Some(file) = &args.report {
        std::fs::write(file, page::html(&old, &new, &tally, &groups)?)
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(tally.is_same())
}

fn compare_sites(
    old: &Site,
    new: &Site,
    ignore: &Ignore,
) -> Result<(Tally, Vec<groups::Group>), Box<dyn Error>> {
    let mut tally = Tally::default();
    let mut groups = Groups::default();
    for batch in tree::pair(old, new).chunks(BATCH) {
        let outcomes: Vec<Result<Outcome, String>> =
            batch.par_iter().map(|pair| compare::files(old, new, pair, ignore)).collect();
        for (pair, outcome) in batch.iter().zip(outcomes) {
            let outcome = outcome?;
            tally.count(pair, &outcome);
            if let Outcome::Different(differences) = outcome {
                groups.add(pair.path(), differences);
            }
        }
    }
    Ok((tally, groups.finish()))
}
