//! The data files: all figures and all reports as CSV, each report as JSON, and a data package that describes
//! them.

mod report;

use serde::Serialize;

use crate::base::csv_writer::Csv;
use crate::base::text::Lang;
use crate::figure::{Bound, Figure, Value};
use crate::form::Form;
use crate::model::{Agency, Origin, Report};
use crate::plan::links::report_path;
use crate::view::local_portal::LocalPortal;
use crate::view::output::Output;
use crate::view::pages::data::{FIGURE_COLUMNS, REPORT_COLUMNS};

pub(crate) use self::report::report;

/// A figure in the data files.
#[derive(Debug, Serialize)]
struct FigureData<'a> {
    indicator: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    /// The exact decimal as text, so that no program rounds it; `None` without a number.
    value: Option<String>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cumulative: bool,
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'static str>,
}

fn figure<'a>(
    code: &'a str,
    label: &'a str,
    column: &'a str,
    unit: Option<&'a str>,
    figure: &'a Figure,
    origin: Option<&'static str>,
) -> FigureData<'a> {
    let (state, bound) = match &figure.value {
        Value::Number(_) => ("reported", None),
        Value::Approximate(bound, _) => ("approximate", Some(bound_name(*bound))),
        Value::Blank => ("blank", None),
        Value::NotApplicable => ("not_applicable", None),
    };
    FigureData {
        indicator: code,
        label,
        column: (!column.is_empty()).then_some(column),
        value: figure.amount().map(|amount| amount.to_string()),
        state,
        bound,
        cumulative: figure.is_cumulative(),
        unit,
        written: figure.written(),
        note: figure.note(),
        origin,
    }
}

/// Returns the name of a bound in the data files.
fn bound_name(bound: Bound) -> &'static str {
    match bound {
        Bound::AtLeast => "at_least",
        Bound::MoreThan => "more_than",
        Bound::About => "about",
        Bound::Nearly => "nearly",
        Bound::AtMost => "at_most",
        Bound::LessThan => "less_than",
    }
}

/// Returns every figure of a report: those of its form in order, then the others.
fn figures_of<'a>(lang: &Lang, form: &'a Form, report: &'a Report) -> impl Iterator<Item = FigureData<'a>> {
    let own = report.figures.iter().map(move |(ix, value)| {
        let indicator = &form[*ix];
        let (label, column) = (indicator.label.get(lang), indicator.column.get(lang));
        figure(&indicator.code, label, column, indicator.unit.as_deref(), value, None)
    });
    let others = report.others.iter().map(move |other| {
        let origin = match other.origin {
            Origin::Local => "local",
            Origin::Text => "text",
            Origin::Form(_) => "other_form",
        };
        figure(&other.code, other.label.get(lang), "", other.unit.as_deref(), &other.figure, Some(origin))
    });
    own.chain(others)
}

fn region<'a>(portal: &LocalPortal<'a>, agency: &Agency) -> Option<&'a str> {
    agency.region.map(|id| &*portal.site[id].path)
}

/// Writes the columns that both tables begin with: agency to form.
fn identify(csv: &mut Csv, portal: &LocalPortal<'_>, report: &Report, period: &str) {
    let agency = &portal.site[report.agency];
    csv.field(&agency.path);
    csv.field(agency.name.get(&portal.locale.lang));
    csv.field(region(portal, agency).unwrap_or(""));
    csv.field(agency.level.as_deref().unwrap_or(""));
    csv.field(period);
    csv.field(report.scope.name());
    csv.field(&portal.site.catalog[report.form].id);
}

/// Makes a part of `figures.csv`: part 0 is the heading, and each further part the figures of an agency.
pub(crate) fn figures(portal: &LocalPortal<'_>, part: usize) -> Vec<u8> {
    let lang = &portal.locale.lang;
    let columns = FIGURE_COLUMNS.iter().map(|(column, _)| *column);
    let Some(at) = part.checked_sub(1) else { return Csv::new(columns).into_bytes() };
    let mut csv = Csv::default();
    let Some(agency) = portal.site.agencies.get(at) else { return Vec::new() };
    for report in portal.site.reports_of(agency) {
        let form = &portal.site.catalog[report.form];
        let period = report.period.to_string();
        for figure in figures_of(lang, form, report) {
            identify(&mut csv, portal, report, &period);
            csv.field(figure.indicator);
            match figure.column {
                Some(column) => csv.field(&format!("{} · {column}", figure.label)),
                None => csv.field(figure.label),
            }
            csv.field(figure.value.as_deref().unwrap_or(""));
            csv.field(figure.state);
            csv.field(figure.bound.unwrap_or(""));
            csv.field(if figure.cumulative { "true" } else { "" });
            csv.field(figure.unit.unwrap_or(""));
            csv.field(figure.written.unwrap_or(""));
            csv.field(figure.note.unwrap_or(""));
            csv.field(report.source.url.as_deref().unwrap_or(""));
            csv.end();
        }
    }
    csv.into_bytes()
}

/// Writes `reports.csv`.
pub(crate) fn reports(portal: &LocalPortal<'_>, output: &mut Output) {
    let mut csv = Csv::new(REPORT_COLUMNS.iter().map(|(column, _)| *column));
    for (id, report) in portal.site.reports_with_ids() {
        let counts = crate::derive::completeness(&portal.site.catalog[report.form], report);
        let findings = portal.open_findings(id);
        let page = report_path(portal.site, report);
        identify(&mut csv, portal, report, &report.period.to_string());
        csv.field(&report.title);
        csv.field(&report.published.map(|date| date.to_string()).unwrap_or_default());
        for count in [counts.given, counts.blank, counts.not_applicable, counts.not_transcribed] {
            csv.field(&count.to_string());
        }
        csv.field(&findings.to_string());
        csv.field(&portal.roots.absolute(&page).unwrap_or_else(|| portal.roots.href(&page)));
        csv.field(report.source.url.as_deref().unwrap_or(""));
        csv.end();
    }
    output.add("data/reports.csv", csv.into_bytes());
}

/// Writes `datapackage.json`: a Frictionless Data Package of the two tables.
pub(crate) fn package(portal: &LocalPortal<'_>, output: &mut Output) {
    let kind = |column: &str| match column {
        "value" | "given" | "blank" | "not_applicable" | "not_transcribed" | "findings" => "number",
        "cumulative" => "boolean",
        "published" => "date",
        _ => "string",
    };
    let resource = |name: &str, about: &'static str, columns: &[(&str, &'static str)]| {
        let fields: Vec<serde_json::Value> = columns
            .iter()
            .map(|(column, about)| {
                serde_json::json!({"name": column, "type": kind(column), "description": portal.word(about)})
            })
            .collect();
        serde_json::json!({
            "name": name,
            "path": format!("{name}.csv"),
            "description": portal.word(about),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": fields, "missingValues": [""]},
        })
    };
    let mut package = serde_json::json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "disclosure-reports",
        "title": portal.config.title.get(&portal.locale.lang),
        "description": portal.config.description.get(&portal.locale.lang),
        "resources": [
            resource("figures", "data-figures", FIGURE_COLUMNS),
            resource("reports", "data-reports", REPORT_COLUMNS),
        ],
    });
    if let Some(license) = &portal.config.license {
        let mut entry = serde_json::json!({"title": license.name.get(&portal.locale.lang)});
        if let Some(url) = &license.url {
            entry["path"] = (&**url).into();
        }
        package["licenses"] = vec![entry].into();
    }
    let mut bytes = serde_json::to_vec_pretty(&package).unwrap_or_default();
    bytes.push(b'\n');
    output.add("data/datapackage.json", bytes);
}
