//! `glasshouse check`: everything that is wrong with a site, or what a check is about.

use crate::base::data::nearest;
use crate::base::diagnostic::{Message, Severity};
use crate::build::{self, Overrides, Timings};
use crate::check;

use super::args::CheckArgs;
use super::exit_codes::{self, Exit};
use super::failure::UsageError;
use super::paths::Selection;
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};

/// Checks a site, drafts included, and reports on what was asked about.
pub(crate) fn run(args: &CheckArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    if let Some(name) = &args.explain {
        return explain(known(name)?, terminal);
    }
    for name in &args.only {
        known(name)?;
    }
    let site = &args.site.site;
    let selection = Selection::new(site, &args.paths)?;
    let mut timings = Timings::default();
    let project = build::open(site, &Overrides { drafts: true, ..Overrides::default() }, &mut timings);
    terminal.speak_with(&project.theme.strings);
    let findings = build::check(&project, &mut timings);

    let mut reported: Vec<Reported> = project.diagnostics.iter().cloned().map(Reported::from).collect();
    reported.extend(findings.all().map(Reported::from));
    reported.extend(build::lint(&project, &findings, &mut timings).into_iter().map(Reported::from));
    reported.retain(|reported| is_asked_for(args, &selection, reported));
    let exit = exit_codes::exit_for(&reported, args.fail_on.unwrap_or(project.config.check.fail_on));

    terminal.report(Stream::Out, site, args.format, &reported)?;
    if args.format == Format::Human && reported.iter().all(|reported| reported.accepted.is_some()) {
        let clean = Message::new("check-clean")
            .arg("reports", project.site.reports.len())
            .arg("accepted", reported.len());
        terminal.say(Stream::Out, &clean)?;
    }
    terminal.phases(&timings)?;
    Ok(exit)
}

/// Settings always matter; so do errors where single checks are asked for, for what cannot be read
/// is not checked.
fn is_asked_for(args: &CheckArgs, selection: &Selection, reported: &Reported) -> bool {
    let diagnostic = &reported.diagnostic;
    let is_check = check::info(diagnostic.code).is_some();
    let by_check = match is_check {
        _ if args.only.is_empty() => true,
        true => args.only.iter().any(|only| only == diagnostic.code),
        false => diagnostic.severity == Severity::Error,
    };
    let file = diagnostic.places.first().map(|place| &*place.file);
    let by_file = file.is_none_or(|file| file == crate::config::FILE_NAME || selection.includes(file));
    by_check && by_file
}

fn known(name: &str) -> Result<&'static check::Check, UsageError> {
    check::info(name).ok_or_else(|| UsageError {
        message: Message::new("unknown-check").arg("found", name),
        help: Some(match nearest(name, check::names()) {
            Some(near) => Message::new("help-did-you-mean").arg("name", near),
            None => Message::new("help-known-checks").arg("names", check::names().join(", ")),
        }),
    })
}

fn explain(info: &check::Check, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let severity = match info.severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Note => "severity-note",
    };
    let severity = terminal.text(severity);
    let group = terminal.text(&format!("check-group-{}", info.group.id()));
    let text = terminal.text(&format!("explain-{}", info.name));
    let out = terminal.stream(Stream::Out);
    writeln!(out, "{} ({severity}; {group})\n{text}", info.name)?;
    Ok(Exit::Done)
}
