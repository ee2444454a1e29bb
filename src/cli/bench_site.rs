//! `glasshouse bench-site`: a made-up site of any size, to try the scale.

use crate::base::diagnostic::Message;
use crate::load;
use crate::publish::content::{self, ContentFile};
use crate::scaffold::sample::{Sample, SampleFile};

use super::args::BenchSite;
use super::failure::UsageError;
use super::names::Exit;
use super::terminal::{Stream, Terminal};

/// Writes the site, agency by agency.
pub(crate) fn run(args: &BenchSite, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let (catalog, _) = load::catalog(&[]);
    let form = args.form.as_deref().map(|id| catalog.find_form(id).ok_or_else(|| unknown(id))).transpose()?;
    let sample = Sample { reports: args.reports, form, seed: args.seed };
    content::put(&args.out, &files(sample.places()))?;
    for at in 0..sample.agencies() {
        content::put(&args.out, &files(sample.agency(at, &catalog)))?;
    }
    let done = Message::new("bench-site-done")
        .arg("dir", args.out.display().to_string())
        .arg("reports", args.reports as usize)
        .arg("agencies", sample.agencies() as usize);
    terminal.say(Stream::Out, &done)?;
    Ok(Exit::Done)
}

fn unknown(id: &str) -> UsageError {
    UsageError { message: Message::new("form-unknown").arg("value", id), help: None }
}

fn files(files: Vec<SampleFile>) -> Vec<ContentFile> {
    files.into_iter().map(|file| ContentFile { path: file.path, text: file.text, replaces: false }).collect()
}
