//! Writes a synthetic site of any size, to see how builds scale:
//!
//! ```text
//! cargo run --release --example synthetic-site -- --reports 10000 --out site
//! ```

mod site;

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Parser;
use glasshouse::load;
use glasshouse::publish::content::{self, ContentFile};

use site::{SourceFile, SyntheticSite};

/// Writes a synthetic site of any size
#[derive(Debug, Parser)]
#[command(name = "synthetic-site")]
struct Args {
    /// How many reports
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    reports: u64,
    /// The folder to make it in
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The form of all reports, instead of the one of each year
    #[arg(long, value_name = "ID")]
    form: Option<String>,
    /// Another number, another site
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let (catalog, _) = load::catalog(&[]);
    let find = |id: &str| catalog.find_form(id).ok_or_else(|| format!("there is no form {id}"));
    let form = args.form.as_deref().map(find).transpose()?;
    let site = SyntheticSite { reports: args.reports, form, seed: args.seed };
    content::put(&args.out, &files(site.places()))?;
    for at in 0..site.agencies() {
        content::put(&args.out, &files(site.agency(at, &catalog)))?;
    }
    let (out, agencies) = (args.out.display(), site.agencies());
    writeln!(io::stdout(), "made a site in {out}: {} reports of {agencies} agencies", args.reports)?;
    Ok(())
}

fn files(files: Vec<SourceFile>) -> Vec<ContentFile> {
    files.into_iter().map(|file| ContentFile { path: file.path, text: file.text, replaces: false }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_as_many_reports_as_asked_for_and_is_the_same_each_time() {
        let (catalog, _) = load::catalog(&[]);
        let site = SyntheticSite { reports: 37, form: None, seed: 7 };
        let all = || -> Vec<SourceFile> {
            let agencies = (0..site.agencies()).flat_map(|at| site.agency(at, &catalog));
            site.places().into_iter().chain(agencies).collect()
        };
        let files = all();
        let reports = files.iter().filter(|file| file.text.contains("\nstatistics:\n")).count();
        assert_eq!(reports, 37);
        assert_eq!(files, all());
        let other = SyntheticSite { seed: 8, ..site.clone() }.agency(0, &catalog);
        assert_ne!(other, site.agency(0, &catalog));
    }
}
