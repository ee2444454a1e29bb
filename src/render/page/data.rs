//! The page of downloads: every data file with what its columns mean.

use serde::Serialize;

use crate::render::Output;
use crate::render::data::{FIGURE_COLUMNS, REPORT_COLUMNS};
use crate::render::edition::Edition;
use crate::render::links::report_data_path;
use crate::render::view::ending_here;

use super::{Desk, Head};

/// What the page of downloads shows. Templates call it `data`.
#[derive(Debug, Serialize)]
struct DataView<'a> {
    files: Vec<FileView<'a>>,
    package: String,
    /// The data of one report, as an example.
    example: Option<String>,
    states: Vec<StateView<'a>>,
}

/// A data file.
#[derive(Debug, Serialize)]
struct FileView<'a> {
    name: &'static str,
    url: String,
    about: &'a str,
    rows: usize,
    columns: Vec<ColumnView<'a>>,
}

/// A column of a data file.
#[derive(Debug, Serialize)]
struct ColumnView<'a> {
    name: &'static str,
    about: &'a str,
}

/// What a state in the data files means.
#[derive(Debug, Serialize)]
struct StateView<'a> {
    id: &'static str,
    word: &'a str,
    about: &'a str,
}

/// The states of figures in the data files, with the strings that name and explain them.
const STATES: [(&str, &str, &str); 4] = [
    ("reported", "state-reported", "state-reported-about"),
    ("approximate", "state-approximate", "state-approximate-about"),
    ("blank", "gap-blank", "state-blank-about"),
    ("not_applicable", "gap-not-applicable", "state-not-applicable-about"),
];

pub(super) fn render(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let columns = |columns: &[(&'static str, &'static str)]| {
        columns.iter().map(|(name, about)| ColumnView { name, about: edition.word(about) }).collect()
    };
    let figures = edition.site.reports.iter().map(|report| report.figures.len() + report.others.len()).sum();
    let file = |name, about, rows, columns| FileView {
        name,
        url: edition.roots.href(&format!("data/{name}")),
        about: edition.word(about),
        rows,
        columns,
    };
    let view = DataView {
        files: vec![
            file("figures.csv", "data-figures", figures, columns(FIGURE_COLUMNS)),
            file("reports.csv", "data-reports", edition.site.reports.len(), columns(REPORT_COLUMNS)),
        ],
        package: edition.roots.href("data/datapackage.json"),
        example: example(edition),
        states: STATES
            .iter()
            .map(|(id, word, about)| StateView { id, word: edition.word(word), about: edition.word(about) })
            .collect(),
    };
    let way = ending_here(edition.way_to("nav-data", "data/"));
    let mut head =
        Head::new(edition.word("nav-data"), way, "data").described(edition.word("data-description"));
    head.json_ld = crate::render::json_ld::all(edition);
    desk.publish("data.html", head, "data", &view, output);
}

fn example(edition: &Edition<'_>) -> Option<String> {
    let report = edition.site.reports.first()?;
    Some(edition.roots.href(&report_data_path(edition.site, report)))
}
