//! `glasshouse build`: publishes the portal of a site.

use std::io;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::base::diagnostic::{Diagnostic, FindingCounts, Message, Severity};
use crate::build::{self, BuildError, BuildOptions, Built, Overrides, TemplateTime, Timings};
use crate::config::FailOn;
use crate::publish::OutputRefused;

use super::args::{BuildArgs, BuildFormat};
use super::exit_codes::{self, Exit};
use super::failure::UsageError;
use super::options::Verbosity;
use super::report::{Format, Reported, count};
use super::terminal::{Progress, Stream, Terminal};

/// The size of the site.
struct SiteSize {
    reports: usize,
    agencies: usize,
}

/// Builds and publishes.
pub(crate) fn run(args: &BuildArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = &args.site.site;
    let progress = Progress::new(args.format == BuildFormat::Human && terminal.is_watched());
    let mut timings = Timings::default();
    let overrides = Overrides { base_url: args.base_url.clone(), drafts: args.drafts };
    let project = build::open(site, &overrides, &mut timings);
    terminal.use_strings(&project.theme.strings);
    let size = SiteSize { reports: project.site.reports.len(), agencies: project.site.agencies.len() };
    let options = BuildOptions { output: args.output.clone(), jobs: args.jobs, fresh: args.fresh };
    let outcome = build::build(project, &options, &mut timings, &|done, total| progress.at(done, total));
    progress.end();
    if args.profile {
        terminal.profile(&timings)?;
    } else {
        terminal.phases(&timings)?;
    }
    match outcome {
        Ok(built) => published(args, &size, &built, &timings, terminal),
        Err(BuildError::Content(diagnostics)) => refused(args, site, &diagnostics, &timings, terminal),
        Err(BuildError::Output(refused)) if !matches!(refused, OutputRefused::Unknown { .. }) => {
            let message = Message::new("output-refused").arg("detail", refused.to_string());
            Err(UsageError { message, help: Some(Message::new("help-output")) }.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Reports a build as two lines or one JSON object.
fn published(
    args: &BuildArgs,
    size: &SiteSize,
    built: &Built,
    timings: &Timings,
    terminal: &mut Terminal,
) -> anyhow::Result<Exit> {
    // Findings are only counted here; `check` reports them.
    let is_shown = |found: &&Diagnostic| {
        terminal.options.verbosity == Verbosity::Verbose
            || terminal.options.verbosity == Verbosity::Normal && found.severity >= Severity::Warning
    };
    let shown = Reported::all(built.diagnostics.iter().filter(is_shown));
    terminal.report(Stream::Err, &args.site.site, Format::Human, &shown)?;
    let counts = built.findings;
    match args.format {
        BuildFormat::Human => lines(size, built, counts, timings, terminal)?,
        BuildFormat::Json => {
            let object = json!({
                "version": 1,
                "published": true,
                "output": built.output.to_string_lossy(),
                "reports": size.reports,
                "agencies": size.agencies,
                "pages": built.pages,
                "made": built.made,
                "files": {
                    "created": built.files.created,
                    "replaced": built.files.replaced,
                    "unchanged": built.files.unchanged,
                    "removed": built.files.removed,
                    "kept": built.files.kept.iter().map(ToString::to_string).collect::<Vec<_>>(),
                },
                "findings": counts,
                "seconds": seconds(timings.total()),
                "phases": timed(timings),
                "templates": templates(timings),
            });
            writeln!(terminal.stream(Stream::Out), "{object:#}")?;
        }
    }
    Ok(Exit::Done)
}

fn lines(
    size: &SiteSize,
    built: &Built,
    counts: FindingCounts,
    timings: &Timings,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let done = Message::new("build-done")
        .arg("reports", size.reports)
        .arg("agencies", size.agencies)
        .arg("pages", built.pages)
        .arg("made", built.made)
        .arg("findings", counts.errors + counts.warnings + counts.notes)
        .arg("accepted", counts.accepted)
        .arg("seconds", format!("{:.2}", timings.total().as_secs_f64()));
    terminal.say(Stream::Out, &done)?;
    let files = Message::new("build-published")
        .arg("output", built.output.to_string_lossy().into_owned())
        .arg("created", built.files.created)
        .arg("replaced", built.files.replaced)
        .arg("removed", built.files.removed)
        .arg("unchanged", built.files.unchanged);
    terminal.say(Stream::Out, &files)?;
    for path in &built.files.kept {
        terminal.say(Stream::Err, &Message::new("build-kept").arg("path", path.as_str()))?;
    }
    Ok(())
}

/// Reports the errors because of which nothing was published.
fn refused(
    args: &BuildArgs,
    site: &Path,
    diagnostics: &[Diagnostic],
    timings: &Timings,
    terminal: &mut Terminal,
) -> anyhow::Result<Exit> {
    let reported = Reported::all(diagnostics);
    terminal.report(Stream::Err, site, Format::Human, &reported)?;
    match args.format {
        BuildFormat::Human => terminal.say(Stream::Err, &Message::new("build-nothing-published"))?,
        BuildFormat::Json => {
            let object = json!({
                "version": 1,
                "published": false,
                "findings": count(&reported),
                "seconds": seconds(timings.total()),
                "phases": timed(timings),
            });
            writeln!(terminal.stream(Stream::Out), "{object:#}")?;
        }
    }
    Ok(exit_codes::exit_for(&reported, FailOn::Never))
}

fn timed(timings: &Timings) -> Vec<Value> {
    let phases = timings.phases().iter();
    phases.map(|(phase, time)| json!({ "phase": phase.name(), "seconds": seconds(*time) })).collect()
}

fn templates(timings: &Timings) -> Vec<Value> {
    let template = |one: &TemplateTime| json!({ "template": one.template, "pages": one.pages, "seconds": seconds(one.time) });
    timings.templates().iter().map(template).collect()
}

/// Returns seconds, rounded to milliseconds.
fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000.0).round() / 1_000.0
}
