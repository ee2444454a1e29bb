//! `glasshouse build`: the portal, published to a folder.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use crate::diagnostic::{Message, Severity};
use crate::pipeline::{self, BuildError, BuildOptions, Built, Overrides, Timings};

use super::args::{Build, BuildFormat};
use super::failure::{self, UsageError};
use super::names::Exit;
use super::options::Talk;
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};

/// Pages from which on a bar is worth drawing.
const MANY_PAGES: usize = 2_000;

/// Builds a site and says in two lines what was done.
pub(crate) fn run(args: &Build, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = &args.site.site;
    let mut timings = Timings::default();
    let overrides = Overrides { base_url: args.base_url.clone(), drafts: args.drafts };
    let project = pipeline::open(site, &overrides, &mut timings);
    terminal.speak_with(&project.theme.strings);
    let (reports, agencies) = (project.site.reports.len(), project.site.agencies.len());
    let options = BuildOptions { output: args.output.clone(), jobs: args.jobs };
    let bar = bar(terminal);
    let progress = |done: usize, of: usize| {
        if of >= MANY_PAGES && (done.is_multiple_of(64) || done == of) {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }
    };
    let outcome = pipeline::build(project, &options, &mut timings, &progress);
    bar.finish_and_clear();
    match outcome {
        Ok(built) => {
            let notes: Vec<Reported> = worth_saying(&built, terminal);
            terminal.report(Stream::Err, site, Format::Human, &notes)?;
            terminal.phases(&timings)?;
            match args.format {
                BuildFormat::Json => {
                    let summary = json(&built, reports, agencies, &timings);
                    writeln!(terminal.stream(Stream::Out), "{summary}")?;
                }
                BuildFormat::Human => say(&built, reports, agencies, &timings, terminal)?,
            }
            Ok(Exit::Done)
        }
        Err(BuildError::Content(diagnostics)) => {
            let reported: Vec<Reported> = diagnostics.into_iter().map(Reported::from).collect();
            terminal.report(Stream::Err, site, Format::Human, &reported)?;
            terminal.say(Stream::Err, &Message::new("build-nothing-published"))?;
            Ok(failure::exit(&reported, crate::config::FailOn::Never))
        }
        Err(BuildError::Output(refused)) => {
            let message = Message::new("output-refused").arg("detail", refused.to_string());
            Err(UsageError { message, help: Some(Message::new("help-output")) }.into())
        }
        Err(other) => Err(other.into()),
    }
}

/// Warnings of the files themselves; what the checks found is counted, and told by `check`.
fn worth_saying(built: &Built, terminal: &Terminal) -> Vec<Reported> {
    if terminal.options.talk == Talk::Quiet {
        return Vec::new();
    }
    built
        .diagnostics
        .iter()
        .filter(|found| found.severity >= Severity::Warning)
        .cloned()
        .map(Reported::from)
        .collect()
}

fn bar(terminal: &Terminal) -> ProgressBar {
    let is_wanted = terminal.options.talk != Talk::Quiet && std::io::stderr().is_terminal();
    let target = if is_wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}

fn say(
    built: &Built,
    reports: usize,
    agencies: usize,
    timings: &Timings,
    terminal: &mut Terminal,
) -> anyhow::Result<()> {
    let seconds = format!("{:.2}", timings.total().as_secs_f64());
    let files = &built.files;
    let done = Message::new("build-done")
        .arg("reports", reports)
        .arg("agencies", agencies)
        .arg("pages", built.pages)
        .arg("findings", built.findings.open())
        .arg("seconds", seconds);
    let published = Message::new("build-published")
        .arg("output", built.output.display().to_string())
        .arg("created", files.created)
        .arg("replaced", files.replaced)
        .arg("unchanged", files.unchanged)
        .arg("removed", files.removed);
    terminal.say(Stream::Out, &done)?;
    terminal.say(Stream::Out, &published)?;
    for path in &files.kept {
        terminal.say(Stream::Err, &Message::new("build-kept").arg("path", path.as_str()))?;
    }
    Ok(())
}

fn json(built: &Built, reports: usize, agencies: usize, timings: &Timings) -> serde_json::Value {
    let findings = |severity| {
        let found =
            built.findings.all.iter().filter(|finding| finding.is_open() && finding.severity == severity);
        found.count()
    };
    let phases: serde_json::Map<String, serde_json::Value> = timings
        .phases()
        .iter()
        .map(|(phase, time)| (phase.name().to_owned(), json!(time.as_secs_f64())))
        .collect();
    json!({
        "version": 1,
        "output": built.output.display().to_string(),
        "reports": reports,
        "agencies": agencies,
        "pages": built.pages,
        "findings": {
            "error": findings(Severity::Error),
            "warning": findings(Severity::Warning),
            "note": findings(Severity::Note),
        },
        "files": {
            "created": built.files.created,
            "replaced": built.files.replaced,
            "unchanged": built.files.unchanged,
            "removed": built.files.removed,
        },
        "seconds": timings.total().as_secs_f64(),
        "phases": phases,
    })
}
