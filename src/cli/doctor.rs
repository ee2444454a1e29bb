//! `glasshouse doctor`: finds what works, but perhaps not as intended.

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::data;
use crate::base::diagnostic::{At, Diagnostic, Message, Severity};
use crate::base::source::FilePath;
use crate::build::{self, Overrides, Project, Timings};
use crate::config::{FILE_NAME, FailOn};
use crate::model::Site;
use crate::theme::{self, OverrideStatus, Theme, ThemeFile};

use super::args::DoctorArgs;
use super::exit_codes::{self, Exit};
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};

/// Inspects the settings, the overrides of theme files, and content that no link reaches.
pub(crate) fn run(args: &DoctorArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = &args.site.site;
    let mut timings = Timings::default();
    let project = terminal.open(site, false, &mut timings);
    let is_of_settings = |fault: &&Diagnostic| {
        fault.severity == Severity::Error || fault.places.iter().any(|place| &*place.file == FILE_NAME)
    };
    let mut found: Vec<Diagnostic> = project.diagnostics.iter().filter(is_of_settings).cloned().collect();
    found.extend(overridden(site, &project));
    found.extend(drafts(site, &project, &mut timings));
    found.extend(unreached(&project, &mut timings));
    let reported = Reported::all(&found);
    terminal.report(Stream::Out, site, args.format, &reported)?;
    if args.format == Format::Human && reported.is_empty() {
        terminal.say(Stream::Out, &Message::new("doctor-clean"))?;
    }
    Ok(exit_codes::exit_for(&reported, args.fail_on.unwrap_or(FailOn::At(Severity::Error))))
}

/// Reports overrides of theme files, and files that override nothing.
fn overridden(site: &Path, project: &Project) -> Vec<Diagnostic> {
    let files = build::theme_files(site, &project.theme.name, &mut Vec::new());
    let mut found = Vec::new();
    for over in theme::overrides(&project.theme.name, &files) {
        let fault = match over.status {
            OverrideStatus::Unchanged => Diagnostic::note("doctor-override-unchanged"),
            OverrideStatus::Changed => Diagnostic::warning("doctor-override-changed")
                .help(Message::new("help-doctor-changed").arg("mark", over.mark)),
            OverrideStatus::Unknown => Diagnostic::note("doctor-override-unmarked")
                .help(Message::new("help-doctor-unmarked").arg("mark", over.mark)),
        };
        found.push(fault.at(&over.file, At::File));
    }
    for (file, near) in theme::unused_templates(&project.theme.name, &files) {
        let mut fault = Diagnostic::warning("doctor-template-unused").at(file, At::File);
        fault.help.extend(near.map(|near| Message::new("help-did-you-mean").arg("name", near)));
        found.push(fault);
    }
    found.extend(unknown_strings(&files));
    found
}

/// Reports strings of the site that neither the program nor a template of the site uses.
fn unknown_strings(files: &[ThemeFile]) -> Vec<Diagnostic> {
    let shipped = Theme::embedded().strings;
    let known: Vec<&str> = shipped.ids().collect();
    let texts = || files.iter().filter_map(|file| Some((&file.path, std::str::from_utf8(&file.bytes).ok()?)));
    let is_used = |id: &str| {
        let quoted = format!("\"{id}\"");
        texts().any(|(path, text)| path.contains("templates/") && text.contains(&quoted))
    };
    let mut found = Vec::new();
    for (file, text) in texts().filter(|(path, _)| path.contains("strings/")) {
        for (id, span) in theme::string_ids(text) {
            if !shipped.contains(id) && !is_used(id) {
                let mut fault =
                    Diagnostic::warning("doctor-string-unused").arg("id", id).at(file, At::Span(span));
                fault.help.extend(data::did_you_mean(id, known.iter().copied()));
                found.push(fault);
            }
        }
    }
    found
}

/// Reports drafts, unless they are published.
fn drafts(root: &Path, project: &Project, timings: &mut Timings) -> Vec<Diagnostic> {
    if project.config.drafts {
        return Vec::new();
    }
    let all = build::open(root, &Overrides { drafts: true, ..Overrides::default() }, timings);
    let published = content(&project.site);
    let drafts = content(&all.site).into_iter().filter(|file| !published.contains(file));
    drafts.map(|file| Diagnostic::note("doctor-draft").at(&file, At::File)).collect()
}

fn content(site: &Site) -> BTreeSet<FilePath> {
    let reports = site.reports.iter().map(|report| report.file().clone());
    reports.chain(site.pages.iter().map(|page| page.body.file.clone())).collect()
}

/// Reports pages and files that no path of links from the home page reaches.
fn unreached(project: &Project, timings: &mut Timings) -> Vec<Diagnostic> {
    let findings = build::check(project, timings);
    match build::orphans(project, &findings) {
        Err(faults) => faults,
        Ok(files) => {
            let lost = |file: &FilePath| Diagnostic::warning("doctor-unreached").at(file, At::File);
            files.iter().map(lost).collect()
        }
    }
}
