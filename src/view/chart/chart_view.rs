//! The HTML figure around a drawing: its caption, its table, and the files of both.

use serde::Serialize;

use crate::base::csv_writer::Csv;
use crate::chart::{Drawing, Frame, Words};
use crate::figure;
use crate::plan::FIGURES_CSV;
use crate::view::components::Cell;
use crate::view::local_portal::{LocalPortal, Sources};

/// A chart as a page shows it.
#[derive(Debug, Serialize)]
pub(crate) struct ChartView<'a> {
    id: String,
    /// What it shows, as a sentence.
    title: String,
    /// Measure, unit, period and missing years.
    summary: String,
    /// The drawing; empty if the figures are shown as a table alone.
    fluid: String,
    /// Whether the table is shown expanded, because there is no drawing.
    only_table: bool,
    /// Whether the drawing is itself a table.
    heat: bool,
    key: Vec<KeyView>,
    /// The changes of form, numbered as in the drawing.
    breaks: Vec<String>,
    source: String,
    /// The report itself, if the figures are from one.
    source_url: Option<&'a str>,
    /// The files of its picture and its figures.
    downloads: Vec<Download>,
    /// The headings of its table.
    head: Vec<String>,
    rows: Vec<TableRow<'a>>,
    /// The path and text of its picture, a file beside the page.
    #[serde(skip)]
    picture: Option<(String, String)>,
    /// The path of its table.
    #[serde(skip)]
    table: Option<String>,
}

impl ChartView<'_> {
    /// Adds a sentence to the summary.
    pub(crate) fn remark(&mut self, sentence: &str) {
        self.summary.push_str(sentence);
    }

    /// Names a file that has its figures, which replaces its own.
    pub(crate) fn figures_are_in(&mut self, portal: &LocalPortal<'_>, url: String) {
        self.table = None;
        self.downloads.retain(|file| file.name != TABLE);
        self.downloads.push(figures_file(portal));
        self.downloads.push(Download { name: "JSON", url });
    }

    /// Marks the drawing as a table, which needs no other.
    pub(super) fn shown_as_table(self) -> Self {
        Self { heat: true, ..self }
    }

    /// Returns the files beside the page: path and bytes.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, Vec<u8>)> {
        let picture = self.picture.iter().map(|(path, svg)| (path.as_str(), svg.clone().into_bytes()));
        picture.chain(self.table.iter().map(|path| (path.as_str(), csv(&self.head, &self.rows))))
    }
}

/// The names of the links to a chart's picture and table.
const PICTURE: &str = "SVG";
const TABLE: &str = "CSV";

#[derive(Debug, Serialize)]
struct Download {
    /// The kind of file: `CSV`.
    name: &'static str,
    url: String,
}

#[derive(Debug, Serialize)]
struct KeyView {
    class: String,
    mark: String,
    label: String,
    value: Option<String>,
    narrow: bool,
}

/// A row of a chart's table.
#[derive(Debug, Serialize)]
pub(super) struct TableRow<'a> {
    name: String,
    cells: Vec<Cell<'a>>,
    /// The year it is about, if any.
    #[serde(skip)]
    year: Option<i16>,
}

impl<'a> TableRow<'a> {
    /// Returns the row of an agency, an area or an indicator.
    pub(super) fn new(name: impl Into<String>, cells: Vec<Cell<'a>>) -> Self {
        Self { name: name.into(), cells, year: None }
    }

    /// Marks every figure with findings, by their numbers on the page.
    pub(super) fn flag(&mut self, findings: &[usize]) {
        for cell in &mut self.cells {
            cell.findings.extend(findings);
        }
    }

    /// Returns the row of a year.
    pub(super) fn of_year(portal: &LocalPortal<'_>, year: i16, cells: Vec<Cell<'a>>) -> Self {
        Self { name: portal.year(year), cells, year: Some(year) }
    }
}

/// Where a chart stands: the path of its page, and its id there.
#[derive(Clone, Copy)]
pub(crate) struct ChartId<'t> {
    pub(crate) page: &'t str,
    pub(crate) id: &'t str,
}

/// What is said around a drawing, and its table.
pub(super) struct Caption<'a> {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<TableRow<'a>>,
}

impl Caption<'_> {
    /// Puts the agency before the title, if the page is not its own.
    fn of_whom(self, portal: &LocalPortal<'_>) -> Self {
        let Some(agency) = portal.whose else { return self };
        let title =
            portal.say("chart-title-of", &[("agency", agency.into()), ("title", self.title.as_str().into())]);
        Self { title, ..self }
    }
}

/// Returns a figure without a drawing, as a table.
pub(super) fn table_only<'a>(
    portal: &LocalPortal<'a>,
    chart: ChartId<'_>,
    caption: Caption<'a>,
) -> ChartView<'a> {
    let caption = caption.of_whom(portal);
    ChartView {
        key: Vec::new(),
        breaks: Vec::new(),
        fluid: String::new(),
        only_table: true,
        heat: false,
        downloads: vec![figures_file(portal)],
        source: source(portal),
        source_url: source_url(portal),
        picture: None,
        table: None,
        id: chart.id.to_owned(),
        title: caption.title,
        summary: caption.summary,
        head: caption.head,
        rows: caption.rows,
    }
}

/// Draws a chart and puts its figure around it; `None` if there is nothing to draw.
pub(super) fn finish<'a>(
    portal: &LocalPortal<'a>,
    chart: ChartId<'_>,
    caption: Caption<'a>,
    words: &Words,
    draw: impl FnOnce(&Frame<'_>) -> Drawing,
) -> Option<ChartView<'a>> {
    let source = source(portal);
    let caption = caption.of_whom(portal);
    let frame = Frame {
        id: chart.id,
        title: &caption.title,
        summary: &caption.summary,
        source: &source,
        lang: &portal.locale.lang,
        words,
    };
    let drawing = draw(&frame);
    if drawing.is_empty() {
        return None;
    }
    let [picture, table] = ["svg", "csv"].map(|kind| file_path(chart.page, chart.id, kind));
    let files = [(PICTURE, &picture), (TABLE, &table)];
    let downloads = files.map(|(name, path)| Download { name, url: portal.roots.href(path) }).into();
    let key = drawing.key.iter().map(|entry| KeyView {
        class: entry.class(),
        mark: entry.mark.clone(),
        label: entry.label.clone(),
        value: entry.value.clone(),
        narrow: entry.narrow_only,
    });
    Some(ChartView {
        key: key.collect(),
        breaks: drawing.breaks.into_iter().map(|at| at.text).collect(),
        fluid: drawing.fluid,
        source,
        source_url: source_url(portal),
        picture: Some((picture, drawing.fixed)),
        table: Some(table),
        only_table: false,
        heat: false,
        downloads,
        id: chart.id.to_owned(),
        title: caption.title,
        summary: caption.summary,
        head: caption.head,
        rows: caption.rows,
    })
}

/// Says where the figures are from and under which licence, so that a picture on its own does too.
fn source(portal: &LocalPortal<'_>) -> String {
    let lang = &portal.locale.lang;
    let mut source = match portal.sources {
        Sources::Many => portal.word("chart-source").to_owned(),
        Sources::Agency(agency) => {
            portal.say("chart-source-agency", &[("agency", agency.name.get(lang).into())])
        }
        Sources::Report(report) => {
            let agency = portal.site[report.agency].name.get(lang);
            portal.say(
                "chart-source-report",
                &[("agency", agency.into()), ("report", portal.report_name(report).into())],
            )
        }
    };
    if let Some(license) = &portal.config.license {
        source.push(' ');
        source.push_str(license.name.get(lang));
    }
    source
}

fn source_url<'a>(portal: &LocalPortal<'a>) -> Option<&'a str> {
    match portal.sources {
        Sources::Report(report) => report.source.url.as_deref(),
        Sources::Many | Sources::Agency(_) => None,
    }
}

/// Returns the path of a chart's file: beside its page, with the page's name in its own if the page is a file
/// in a folder that has another page.
fn file_path(page: &str, id: &str, kind: &str) -> String {
    let (folder, file) = page.split_at(page.rfind('/').map_or(0, |at| at + 1));
    match file.split('.').next().unwrap_or_default() {
        "" => format!("{folder}{id}.{kind}"),
        name => format!("{folder}{name}-{id}.{kind}"),
    }
}

/// Returns the link to the file of all figures.
fn figures_file(portal: &LocalPortal<'_>) -> Download {
    Download { name: TABLE, url: portal.roots.href(FIGURES_CSV) }
}

/// The columns of a chart's table as a file: one figure a line.
const COLUMNS: [&str; 5] = ["name", "series", "value", "state", "note"];
/// The maximum number of decimals of a share there.
const DECIMALS: u32 = 4;

/// Writes the table of a chart as CSV.
fn csv(head: &[String], rows: &[TableRow<'_>]) -> Vec<u8> {
    let mut csv = Csv::new(COLUMNS);
    for row in rows {
        for (series, cell) in head.iter().skip(1).zip(&row.cells) {
            match row.year {
                Some(year) => csv.field(&year.to_string()),
                None => csv.field(&row.name),
            }
            csv.field(series);
            let exact = cell.exact.map(|exact| exact.round_dp(DECIMALS).normalize());
            csv.field(&exact.map(|exact| exact.to_string()).unwrap_or_default());
            csv.field(cell.state);
            // As the page writes it, if that is no plain number: a bound, a fraction.
            let is_plain = |exact| *cell.text == *figure::grouped(exact) || cell.text.ends_with('%');
            let written = exact.filter(|exact| !is_plain(*exact)).map(|_| &*cell.text);
            let note: Vec<&str> = written.into_iter().chain(cell.tags.iter().copied()).collect();
            csv.field(&note.join("; "));
            csv.end();
        }
    }
    csv.into_bytes()
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn a_table_in_a_file_has_plain_numbers_and_says_why_there_is_none() {
        let value = |text: &'static str, exact: Decimal, tags: Vec<&'static str>| Cell {
            state: "value",
            text: text.into(),
            exact: Some(exact),
            tags,
            ..Cell::default()
        };
        let blank = Cell { state: "blank", text: "[未填报]".into(), ..Cell::default() };
        let rows = [
            TableRow { name: "2012年".into(), cells: vec![blank.clone()], year: Some(2012) },
            TableRow::new("甲,乙局", vec![value("1,289", Decimal::from(1289), vec!["存疑", "已修订"])]),
            TableRow::new("丙局", vec![value("约680", Decimal::from(680), Vec::new())]),
            TableRow::new("丁局", vec![value("66.7%", Decimal::from(200) / Decimal::from(3), Vec::new())]),
        ];
        let head = ["单位".to_owned(), "主动公开(条)".to_owned()];
        let text = String::from_utf8(csv(&head, &rows)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "name,series,value,state,note",
                "2012,主动公开(条),,blank,",
                "\"甲,乙局\",主动公开(条),1289,value,存疑; 已修订",
                "丙局,主动公开(条),680,value,约680",
                "丁局,主动公开(条),66.6667,value,",
            ]
        );
    }

    #[test]
    fn files_of_two_pages_in_one_folder_differ() {
        assert_eq!(file_path("years/2012/", "chart-outcomes", "svg"), "years/2012/chart-outcomes.svg");
        assert_eq!(file_path("404.html", "chart-asked-1", "csv"), "404-chart-asked-1.csv");
    }
}
