//! The page of downloads: the data files and the meaning of their columns.

use serde::Serialize;

use crate::plan::links::report_data_path;
use crate::view::components::ExplainedWord;
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View};
use crate::view::shell::Head;

/// The columns of `figures.csv`, each with the id of its explanation.
pub(crate) const FIGURE_COLUMNS: &[(&str, &str)] = &[
    ("agency", "column-agency"),
    ("agency_name", "column-agency-name"),
    ("region", "column-region"),
    ("level", "column-level"),
    ("period", "column-period"),
    ("scope", "column-scope"),
    ("form", "column-form"),
    ("indicator", "column-indicator"),
    ("label", "column-label"),
    ("value", "column-value"),
    ("state", "column-state"),
    ("bound", "column-bound"),
    ("cumulative", "column-cumulative"),
    ("unit", "column-unit"),
    ("written", "column-written"),
    ("note", "column-note"),
    ("source", "column-source"),
];

/// The columns of `reports.csv`, each with the id of its explanation.
pub(crate) const REPORT_COLUMNS: &[(&str, &str)] = &[
    ("agency", "column-agency"),
    ("agency_name", "column-agency-name"),
    ("region", "column-region"),
    ("level", "column-level"),
    ("period", "column-period"),
    ("scope", "column-scope"),
    ("form", "column-form"),
    ("title", "column-title"),
    ("published", "column-published"),
    ("given", "column-given"),
    ("blank", "column-blank"),
    ("not_applicable", "column-not-applicable"),
    ("not_transcribed", "column-not-transcribed"),
    ("findings", "column-findings"),
    ("page", "column-page"),
    ("source", "column-source"),
];

/// What the page of downloads shows. Templates call it `data`.
#[derive(Debug, Serialize)]
pub(crate) struct DataView<'a> {
    files: Vec<FileView<'a>>,
    package: String,
    /// The address of one report's data, as an example.
    example: Option<String>,
    states: Vec<ExplainedWord<'a>>,
}

impl View for DataView<'_> {
    const TEMPLATE: &'static str = "data.html";
    const NAME: &'static str = "data";
}

#[derive(Debug, Serialize)]
struct FileView<'a> {
    name: &'static str,
    url: String,
    about: &'a str,
    rows: usize,
    columns: Vec<DataColumn<'a>>,
}

#[derive(Debug, Serialize)]
struct DataColumn<'a> {
    name: &'static str,
    about: &'a str,
}

/// The states of figures in the data files, each with the ids of its name and its explanation.
const STATES: [(&str, &str, &str); 4] = [
    ("reported", "state-reported", "state-reported-about"),
    ("approximate", "state-approximate", "state-approximate-about"),
    ("blank", "gap-blank", "state-blank-about"),
    ("not_applicable", "gap-not-applicable", "state-not-applicable-about"),
];

pub(crate) fn page<'r>(context: &PageContext<'r>) -> (Head<'r>, DataView<'r>) {
    let portal = &context.portal;
    let columns = |columns: &[(&'static str, &'static str)]| {
        columns.iter().map(|(name, about)| DataColumn { name, about: portal.word(about) }).collect()
    };
    let figures = portal.site.reports.iter().map(|report| report.figures.len() + report.others.len()).sum();
    let file = |name, about, rows, columns| FileView {
        name,
        url: portal.roots.href(&format!("data/{name}")),
        about: portal.word(about),
        rows,
        columns,
    };
    let view = DataView {
        files: vec![
            file("figures.csv", "data-figures", figures, columns(FIGURE_COLUMNS)),
            file("reports.csv", "data-reports", portal.site.reports.len(), columns(REPORT_COLUMNS)),
        ],
        package: portal.roots.href("data/datapackage.json"),
        example: example(portal),
        states: portal.explained(&STATES),
    };
    let mut head =
        Head::of_list(portal, "nav-data", "data/", "data").described(portal.word("data-description"));
    head.json_ld = crate::view::json_ld::all(portal);
    (head, view)
}

fn example(portal: &LocalPortal<'_>) -> Option<String> {
    let report = portal.site.reports.first()?;
    Some(portal.roots.href(&report_data_path(portal.site, report)))
}
