//! `glasshouse list`: every report of a site.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::build::Timings;
use crate::config::FailOn;
use crate::figure::{Figure, Value as FigureValue};
use crate::model::{Report, Site};

use super::args::{ListArgs, ListFormat};
use super::exit_codes::{self, Exit};
use super::forms::by_language;
use super::report::{Format, Reported};
use super::terminal::{Stream, Terminal};

/// Lists reports, including drafts; errors are reported on standard error.
pub(crate) fn run(args: &ListArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let site = &args.site.site;
    let project = terminal.open(site, true, &mut Timings::default());
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    let errors = Reported::all(project.diagnostics.iter().filter(is_error));
    match args.format {
        ListFormat::Table => table(&project.site, terminal)?,
        ListFormat::Json => {
            let rows: Vec<Value> =
                project.site.reports.iter().map(|report| row(&project.site, report)).collect();
            writeln!(terminal.stream(Stream::Out), "{:#}", json!({ "version": 1, "reports": rows }))?;
        }
    }
    terminal.report(Stream::Err, site, Format::Human, &errors)?;
    Ok(exit_codes::exit_for(&errors, FailOn::Never))
}

/// Returns how many figures of a report are numbers, exact or not, and how many were transcribed.
fn figures(report: &Report) -> (usize, usize) {
    let own = report.figures.iter().map(|(_, figure)| figure);
    let all = || own.clone().chain(report.others.iter().map(|other| &other.figure));
    let is_number =
        |figure: &&Figure| matches!(figure.value, FigureValue::Number(_) | FigureValue::Approximate(..));
    (all().filter(is_number).count(), all().count())
}

/// Writes the ASCII columns first, because the width of Chinese names depends on the terminal.
fn table(site: &Site, terminal: &mut Terminal) -> io::Result<()> {
    let lang = terminal.options.lang.clone();
    let form_width = site.catalog.forms.iter().map(|form| form.id.chars().count()).max().unwrap_or(0);
    let width = site.agencies.iter().map(|agency| agency.path.chars().count()).max().unwrap_or(0);
    let mut out = io::BufWriter::new(terminal.stream(Stream::Out));
    for report in &site.reports {
        let agency = &site[report.agency];
        let form = &site.catalog[report.form].id;
        let (given, transcribed) = figures(report);
        writeln!(
            out,
            "{:<width$}  {:<7}  {form:<form_width$}  {given:>3}/{transcribed:<3}  {}",
            agency.path,
            report.period.to_string(),
            agency.name.get(&lang),
        )?;
    }
    out.flush()
}

fn row(site: &Site, report: &Report) -> Value {
    let agency = &site[report.agency];
    let (given, transcribed) = figures(report);
    json!({
        "agency": &*agency.path,
        "name": by_language(&agency.name),
        "level": agency.level.as_deref(),
        "period": report.period.to_string(),
        "scope": report.scope.name(),
        "form": &*site.catalog[report.form].id,
        "title": &*report.title,
        "published": report.published.map(|date| date.to_string()),
        "figures": { "given": given, "transcribed": transcribed },
        "file": &**report.file(),
    })
}
