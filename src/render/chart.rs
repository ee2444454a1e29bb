//! Charts for pages: series of the site as drawings, each with its table and its picture file.

mod gallery;
mod grid;
mod heat;
mod outcome;
mod peer;
mod words;

pub(in crate::render) use gallery::{Exhibit, exhibits};
pub(in crate::render) use grid::{Panel, multiples};
pub(in crate::render) use heat::{HeatLine, HeatView, heat, heat_figure};
pub(in crate::render) use outcome::{Whose, flow, outcomes_group, stack, waffle};
pub(in crate::render) use peer::{peers, slopes};

use serde::Serialize;

use crate::chart::{
    self, BarChart, Base, Break, BreakKind, ColumnChart, Datum, Drawing, Flags, Frame, Hue, LineChart,
    Reported, Row, Words,
};
use crate::derive::{Gap, Point, Reading, YearPoint};
use crate::diagnostic::Arg;
use crate::form::{self, Series};

use self::words::words;
use super::edition::Edition;
use super::view::Cell;
use super::{cell, data};

/// From so many figures on a line tells more than columns.
const LINE_FROM: usize = 4;

/// A chart as a page shows it.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ChartView<'a> {
    pub(super) id: String,
    /// What it shows, as a finding.
    title: String,
    /// Measure, unit, period and missing years.
    summary: String,
    /// The drawing; empty where the figures are shown as their table alone.
    fluid: String,
    /// Whether the table stands open, because it says what no drawing would.
    only_table: bool,
    /// Whether the drawing is itself a table.
    heat: bool,
    key: Vec<KeyView>,
    /// The changes of form, numbered as in the drawing.
    breaks: Vec<String>,
    source: &'a str,
    /// The files that have its picture and its figures.
    downloads: Vec<Download>,
    /// The headings of its table.
    head: Vec<String>,
    rows: Vec<TableRow<'a>>,
    /// The picture itself, a file beside the page.
    #[serde(skip)]
    pub(super) file: Option<(String, String)>,
}

impl<'a> ChartView<'a> {
    /// Adds a sentence to what is said below the title.
    pub(in crate::render) fn remark(&mut self, sentence: &str) {
        self.summary.push_str(sentence);
    }

    /// Adds a file that has its figures.
    pub(in crate::render) fn add_download(&mut self, name: &'static str, url: String) {
        self.downloads.push(Download { name, url });
    }

    /// Says that its figures are in no file, and where they are from.
    fn made_up(mut self, source: &'a str) -> Self {
        self.downloads.retain(|file| file.name == PICTURE);
        Self { source, ..self }
    }
}

/// What the file of a chart's picture is called.
const PICTURE: &str = "SVG";

/// A file with the picture or the figures of a chart.
#[derive(Debug, Serialize)]
struct Download {
    /// What kind of file it is: `CSV`.
    name: &'static str,
    url: String,
}

/// What a colour or mark means.
#[derive(Debug, Serialize)]
struct KeyView {
    class: String,
    mark: String,
    label: String,
    value: Option<String>,
    /// Whether only narrow screens need it.
    narrow: bool,
}

/// A row of a chart's table.
#[derive(Debug, Serialize)]
struct TableRow<'a> {
    name: String,
    cells: Vec<Cell<'a>>,
}

/// What a chart is made of besides its drawing.
struct Told<'a> {
    id: String,
    title: String,
    summary: String,
    head: Vec<String>,
    rows: Vec<TableRow<'a>>,
}

impl Told<'_> {
    /// Puts the agency before the title, where the page is not its own.
    fn of_whom(self, edition: &Edition<'_>) -> Self {
        let Some(agency) = edition.whose else { return self };
        let title = edition
            .say("chart-title-of", &[("agency", agency.into()), ("title", self.title.as_str().into())]);
        Self { title, ..self }
    }
}

/// How a series over the years is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Shape {
    /// As a line.
    Line,
    /// As columns.
    Columns,
}

/// A series over the years, as a line or as columns; `None` where too little was reported.
pub(in crate::render) fn over_years<'a>(
    edition: &Edition<'a>,
    page: &str,
    id: &str,
    series: &'a Series,
    points: &[YearPoint],
) -> Option<ChartView<'a>> {
    over_years_as(edition, page, id, series, points, None)
}

/// The same in a given shape; without one the number of figures decides.
pub(in crate::render) fn over_years_as<'a>(
    edition: &Edition<'a>,
    page: &str,
    id: &str,
    series: &'a Series,
    points: &[YearPoint],
    shape: Option<Shape>,
) -> Option<ChartView<'a>> {
    let known: Vec<(i16, &Reading)> =
        points.iter().filter_map(|at| Some((at.year, at.point.reading()?))).collect();
    let ((year, last), true) = (*known.last()?, known.len() > 1) else { return None };
    let unit = unit_of(edition, series);
    let name = series.title.get(&edition.locale.lang);
    let amount = with_unit(edition, &cell::of_reading(edition, last).text, unit);
    let title = edition.say(
        "chart-title",
        &[("series", name.into()), ("year", edition.year(year).into()), ("amount", amount.into())],
    );
    let periods: Vec<String> = points.iter().map(|at| at.year.to_string()).collect();
    let breaks = breaks(edition, series, points);
    let data = chart::Series {
        name: name.to_owned(),
        hue: Hue::SUBJECT,
        data: points.iter().map(|at| datum(&at.point)).collect(),
    };
    let rows = points
        .iter()
        .rev()
        .map(|at| TableRow { name: edition.year(at.year), cells: vec![cell::of_point(edition, &at.point)] });
    let told = Told {
        id: id.to_owned(),
        title,
        summary: summary(edition, unit, points),
        head: vec![edition.word("column-year").to_owned(), named_with_unit(edition, name, unit)],
        rows: rows.collect(),
    };
    let mut words = words(edition.locale);
    if points.iter().any(|at| at.point == Point::Gap(Gap::NoFigure)) {
        edition.word("gap-no-figure").clone_into(&mut words.not_transcribed.text);
    }
    let is_line = shape.map_or(known.len() >= LINE_FROM, |shape| shape == Shape::Line);
    finish(edition, page, told, &words, |frame| {
        if is_line {
            let lines =
                LineChart { periods: &periods, series: &[data], breaks: &breaks, unit, base: Base::Zero };
            chart::lines(&lines, frame)
        } else {
            chart::columns(&ColumnChart { periods: &periods, series: &data, breaks: &breaks, unit }, frame)
        }
    })
}

/// One of those that bars compare.
pub(in crate::render) struct Bar {
    /// Its name.
    pub(in crate::render) name: String,
    /// Its figure, or why there is none.
    pub(in crate::render) point: Point,
}

/// What bars compare, and in which words.
pub(in crate::render) struct Comparison<'t> {
    /// The chart's id in its page.
    pub(in crate::render) id: &'t str,
    /// The finding.
    pub(in crate::render) title: String,
    /// Measure and period.
    pub(in crate::render) summary: String,
    /// The heading of the names.
    pub(in crate::render) head: &'t str,
    /// The unit of all figures.
    pub(in crate::render) unit: &'t str,
}

/// Sorted bars; `None` with fewer than two figures.
pub(in crate::render) fn bars<'a>(
    edition: &Edition<'a>,
    page: &str,
    comparison: Comparison<'_>,
    bars: &[Bar],
) -> Option<ChartView<'a>> {
    if bars.iter().filter(|bar| bar.point.reading().is_some()).count() < 2 {
        return None;
    }
    let rows: Vec<Row> = bars
        .iter()
        .map(|bar| Row { name: bar.name.clone(), datum: datum(&bar.point), subject: false })
        .collect();
    let table = bars
        .iter()
        .map(|bar| TableRow { name: bar.name.clone(), cells: vec![cell::of_point(edition, &bar.point)] });
    let told = Told {
        id: comparison.id.to_owned(),
        title: comparison.title,
        summary: comparison.summary,
        head: vec![
            comparison.head.to_owned(),
            named_with_unit(edition, edition.word("column-value"), comparison.unit),
        ],
        rows: table.collect(),
    };
    let words = words(edition.locale);
    finish(edition, page, told, &words, |frame| {
        chart::bars(&BarChart { rows: &rows, unit: comparison.unit }, frame)
    })
}

/// A figure that is a table and no drawing.
fn table_only<'a>(edition: &Edition<'a>, told: Told<'a>) -> ChartView<'a> {
    let told = told.of_whom(edition);
    ChartView {
        key: Vec::new(),
        breaks: Vec::new(),
        fluid: String::new(),
        only_table: true,
        heat: false,
        downloads: vec![figures_file(edition)],
        source: edition.word("chart-source"),
        file: None,
        id: told.id,
        title: told.title,
        summary: told.summary,
        head: told.head,
        rows: told.rows,
    }
}

fn finish<'a>(
    edition: &Edition<'a>,
    page: &str,
    told: Told<'a>,
    words: &Words,
    draw: impl FnOnce(&Frame<'_>) -> Drawing,
) -> Option<ChartView<'a>> {
    let source = edition.word("chart-source");
    let told = told.of_whom(edition);
    let frame = Frame {
        id: &told.id,
        title: &told.title,
        summary: &told.summary,
        source,
        lang: &edition.locale.lang,
        words,
    };
    let drawing = draw(&frame);
    if drawing.is_empty() {
        return None;
    }
    let path = picture_path(page, &told.id);
    let downloads = vec![Download { name: PICTURE, url: edition.roots.href(&path) }, figures_file(edition)];
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
        file: Some((path, drawing.fixed)),
        only_table: false,
        heat: false,
        downloads,
        id: told.id,
        title: told.title,
        summary: told.summary,
        head: told.head,
        rows: told.rows,
    })
}

/// The file of a chart's picture: beside its page, and with the page's name in its own where the page
/// is a file in a folder that has another page.
fn picture_path(page: &str, id: &str) -> String {
    let (folder, file) = page.split_at(page.rfind('/').map_or(0, |at| at + 1));
    match file.split('.').next().unwrap_or_default() {
        "" => format!("{folder}{id}.svg"),
        name => format!("{folder}{name}-{id}.svg"),
    }
}

/// The file that all figures are in.
fn figures_file(edition: &Edition<'_>) -> Download {
    Download { name: "CSV", url: edition.roots.href(data::FIGURES) }
}

fn datum(point: &Point) -> Datum {
    match point {
        Point::Gap(gap) => Datum::Gap(match gap {
            Gap::NoReport => chart::Gap::NoReport,
            Gap::Blank => chart::Gap::Blank,
            Gap::NotTranscribed | Gap::NoFigure => chart::Gap::NotTranscribed,
            Gap::NotAsked | Gap::NotApplicable | Gap::Cumulative | Gap::NoDenominator => {
                chart::Gap::NotApplicable
            }
        }),
        Point::Value(reading) => {
            let mut flags = Flags::default();
            for (holds, flag) in [
                (reading.bound.is_some(), Flags::APPROXIMATE),
                (reading.revised, Flags::REVISED),
                (reading.questioned, Flags::QUESTIONED),
            ] {
                flags = if holds { flags | flag } else { flags };
            }
            let value = if reading.fraction.is_some() { reading.amount.round_dp(1) } else { reading.amount };
            Datum::Reported(Reported { value, flags, written: None })
        }
    }
}

/// The breaks of a series that lie between two of the years shown.
fn breaks(edition: &Edition<'_>, series: &Series, points: &[YearPoint]) -> Vec<Break> {
    let place = |at: &form::Break| {
        let after = points.iter().position(|point| point.year == at.year)?.checked_sub(1)?;
        Some(Break {
            after,
            kind: match at.kind {
                form::BreakKind::Cut => BreakKind::Cut,
                form::BreakKind::Mark => BreakKind::Mark,
            },
            text: at.text.get(&edition.locale.lang).to_owned(),
        })
    };
    let in_use = edition.derived.forms().iter().filter_map(|ix| edition.site.catalog.form(*ix));
    let forms: Vec<&str> = in_use.map(|form| &*form.id).collect();
    let concerns = |at: &&form::Break| forms.iter().any(|form| at.concerns(form));
    series.breaks.iter().filter(concerns).filter_map(place).collect()
}

/// Unit, years, and the years without a figure.
fn summary(edition: &Edition<'_>, unit: &str, points: &[YearPoint]) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let missing = points.iter().filter(|at| datum(&at.point).gap().is_some_and(chart::Gap::is_missing));
    let missing = edition.locale.list(missing.map(|at| at.year.to_string()));
    let args: Vec<(&'static str, Arg)> = vec![
        ("first", first.year.to_string().into()),
        ("last", last.year.to_string().into()),
        ("unit", unit.into()),
        ("missing", missing.as_str().into()),
    ];
    edition.say(if missing.is_empty() { "chart-summary" } else { "chart-summary-missing" }, &args)
}

/// The unit of a series as readers see it.
pub(in crate::render) fn unit_of<'a>(edition: &Edition<'a>, series: &'a Series) -> &'a str {
    edition.unit(&series.unit)
}

/// A figure with its unit behind it.
pub(in crate::render) fn with_unit(edition: &Edition<'_>, figure: &str, unit: &str) -> String {
    if figure.ends_with('%') || unit == "%" || unit.is_empty() {
        return figure.to_owned();
    }
    format!("{figure}{}{unit}", edition.locale.unit_gap())
}

fn named_with_unit(edition: &Edition<'_>, name: &str, unit: &str) -> String {
    edition.say("name-with-unit", &[("name", name.into()), ("unit", unit.into())])
}
