//! The report against its form's years and its neighbours.

use crate::check::Context;
use crate::diagnostic::{At, DataPath, Message, Place, Severity};
use crate::model::Scope;

/// A form used outside its years, and years missing between two reports.
pub(in crate::check) fn run(context: &mut Context<'_>) {
    form_outside_years(context);
    year_missing(context);
}

fn form_outside_years(context: &mut Context<'_>) {
    let report = context.report;
    let site = context.site;
    let year = report.period.year;
    let Some(form) = site.catalog.form(report.form).filter(|form| !form.covers(year)) else { return };
    let expected: Vec<&str> = site
        .catalog
        .forms
        .iter()
        .filter(|other| other.years != (None, None) && other.covers(year))
        .map(|other| &*other.id)
        .collect();
    let place = Place { file: report.file().clone(), at: At::Value(DataPath::keys(&["form"])), label: None };
    context.add("form-outside-years", Severity::Note, "form", |finding| {
        finding.message = Message::new("form-outside-years")
            .arg("form", form.title.clone())
            .arg("id", &*form.id)
            .arg("year", year.to_string());
        finding.places = vec![place];
        if !expected.is_empty() {
            finding.help = vec![Message::new("help-form-expected").arg("forms", expected.join(", "))];
        }
    });
}

fn year_missing(context: &mut Context<'_>) {
    let report = context.report;
    let site = context.site;
    if !report.period.is_year() || report.scope != Scope::Own {
        return;
    }
    let Some(agency) = site.agency(report.agency) else { return };
    let earlier = site.reports_of(agency).iter().filter(|other| {
        other.scope == report.scope && other.period.span == report.period.span && other.period < report.period
    });
    let Some(last) = earlier.max_by_key(|other| other.period) else { return };
    let gap = report.period.year - last.period.year - 1;
    if gap < 1 {
        return;
    }
    let (from, to) = (last.period.year + 1, report.period.year - 1);
    let place = Place { file: report.file().clone(), at: At::Key(DataPath::keys(&["period"])), label: None };
    context.add("year-missing", Severity::Note, "period", |finding| {
        finding.message = Message::new("year-missing")
            .arg("count", usize::try_from(gap).unwrap_or(0))
            .arg("from", from.to_string())
            .arg("to", to.to_string());
        finding.places = vec![place];
    });
}
