//! Small multiples of several series of one agency, or of one series of several.

use crate::chart::{self, Hue, PanelSeries, SmallMultiples};
use crate::derive::{Gap, Point, YearPoint};
use crate::form::Series;
use crate::view::cell;
use crate::view::context::Edition;

use super::figure::{ChartView, TableRow, Told, finish};
use super::finding::Moves;
use super::{breaks, datum, is_missing, named_with_unit, unit_of, words};

/// One cell of a grid: its name, its series, its years.
pub(crate) struct Panel<'r> {
    /// What it is called.
    pub(crate) name: &'r str,
    /// Its page.
    pub(crate) href: String,
    /// The series.
    pub(crate) series: &'r Series,
    /// Its years.
    pub(crate) points: Vec<YearPoint>,
}

/// A grid of small lines over the same years. With `shared` all have one scale.
pub(crate) fn multiples<'r>(
    edition: &Edition<'r>,
    page: &str,
    (id, title): (&str, String),
    panels: &[Panel<'r>],
    shared: bool,
) -> Option<ChartView<'r>> {
    let years = || panels.iter().flat_map(|panel| &panel.points).map(|at| at.year);
    let years: Vec<i16> = (years().min()?..=years().max()?).collect();
    let at = |panel: &Panel<'_>, year: i16| {
        let found = panel.points.iter().find(|at| at.year == year);
        found.map_or(Point::Gap(Gap::NoReport), |at| at.point.clone())
    };
    let over = |panel: &Panel<'_>| -> Vec<YearPoint> {
        years.iter().map(|year| YearPoint { year: *year, report: None, point: at(panel, *year) }).collect()
    };
    let drawn: Vec<PanelSeries> = panels
        .iter()
        .map(|panel| PanelSeries {
            series: chart::DataSeries {
                name: panel.name.to_owned(),
                hue: Hue::SUBJECT,
                data: years.iter().map(|year| datum(edition, &at(panel, *year))).collect(),
            },
            href: panel.href.clone(),
            unit: unit_of(edition, panel.series).to_owned(),
            breaks: breaks(edition, panel.series, &over(panel)),
        })
        .collect();
    let periods: Vec<String> = years.iter().map(i16::to_string).collect();
    let rows = years.iter().rev().map(|year| {
        let cells = panels.iter().map(|panel| cell::of_point(edition, &at(panel, *year)));
        TableRow::of_year(edition, *year, cells.collect())
    });
    let head =
        panels.iter().map(|panel| named_with_unit(edition, panel.name, unit_of(edition, panel.series)));
    let missing = years.iter().filter(|year| panels.iter().any(|panel| is_missing(&at(panel, **year))));
    let missing = edition.locale.list(edition.spans(missing.copied()));
    let scale = if shared { "chart-grid-shared" } else { "chart-grid-own" };
    let last = *years.last()?;
    let all = panels.iter().map(|panel| (panel.series, &*panel.points));
    let moves = Moves::between(edition, (last - 1, last), all);
    let told = Told {
        id: id.to_owned(),
        title: moves.after(edition, title, (last - 1, last)),
        summary: edition.say(
            if missing.is_empty() { "chart-grid-summary" } else { "chart-grid-summary-missing" },
            &[
                ("first", years.first()?.to_string().into()),
                ("last", last.to_string().into()),
                ("scale", edition.word(scale).into()),
                ("missing", missing.as_str().into()),
            ],
        ),
        head: std::iter::once(edition.word("column-year").to_owned()).chain(head).collect(),
        rows: rows.collect(),
    };
    let chart = SmallMultiples { periods: &periods, panels: &drawn, shared };
    finish(edition, page, told, &words(edition), |frame| chart::small_multiples(&chart, frame))
}
