//! `glasshouse check`: reports what is wrong with a site, or explains a check.

use crate::base::diagnostic::{Message, Severity};
use crate::build::{self, Timings};
use crate::check;

use super::args::CheckArgs;
use super::exit_codes::{self, Exit};
use super::failure::UsageError;
use super::paths::Selection;
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};

/// Checks a site, including drafts, and reports on the selected files and checks.
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
    let project = terminal.open(site, true, &mut timings);
    let findings = build::check(&project, &mut timings);

    let mut reported = Reported::all(&project.diagnostics);
    reported.extend(findings.all().map(Reported::from));
    reported.extend(Reported::all(&build::lint(&project, &findings, &mut timings)));
    reported.retain(|reported| is_selected(args, &selection, reported));
    let exit = exit_codes::exit_for(&reported, args.fail_on.unwrap_or(project.config.check.fail_on));

    terminal.report(Stream::Out, site, args.format, &reported)?;
    if args.format == Format::Human && !reported.iter().any(Reported::is_open) {
        let clean = Message::new("check-clean")
            .arg("reports", project.site.reports.len())
            .arg("accepted", reported.len());
        terminal.say(Stream::Out, &clean)?;
    }
    terminal.phases(&timings)?;
    Ok(exit)
}

/// Whether a diagnostic is of the selected files and checks. Those of the settings always are; so are
/// errors, whatever the checks, because what cannot be read is not checked.
fn is_selected(args: &CheckArgs, selection: &Selection, reported: &Reported) -> bool {
    let diagnostic = &reported.diagnostic;
    let by_check = match check::info(diagnostic.code) {
        _ if args.only.is_empty() => true,
        Some(_) => args.only.iter().any(|only| only == diagnostic.code),
        None => diagnostic.severity == Severity::Error,
    };
    let file = diagnostic.places.first().map(|place| &*place.file);
    let by_file = file.is_none_or(|file| file == crate::config::FILE_NAME || selection.includes(file));
    by_check && by_file
}

fn known(name: &str) -> Result<&'static check::Check, UsageError> {
    check::info(name).ok_or_else(|| {
        let help = Message::new("help-known-checks").arg("names", check::names().join(", "));
        UsageError::unknown(Message::new("unknown-check").arg("found", name), name, check::names(), help)
    })
}

fn explain(info: &check::Check, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let severity = terminal.text(&format!("severity-{}", info.severity.name()));
    let group = terminal.text(&format!("check-group-{}", info.group.id()));
    let text = terminal.text(&format!("explain-{}", info.name));
    let out = terminal.stream(Stream::Out);
    writeln!(out, "{} ({severity}; {group})\n{text}", info.name)?;
    Ok(Exit::Done)
}
