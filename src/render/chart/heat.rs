//! The table agency × year of a series, its cells shaded by size.

use serde::Serialize;

use crate::chart::{self, HeatRow, HeatTable};
use crate::derive::YearPoint;
use crate::form::Series;
use crate::render::edition::Edition;

use super::figure::{ChartView, Told, table_figure};
use super::{datum, unit_of, words};

/// A heat table as a page shows it.
#[derive(Debug, Serialize)]
pub(in crate::render) struct HeatView {
    title: String,
    summary: String,
    html: String,
    omitted: usize,
}

/// A row: the agency's name, where it leads, its years.
pub(in crate::render) struct HeatLine {
    /// The agency.
    pub(in crate::render) name: String,
    /// Its page.
    pub(in crate::render) href: String,
    /// Its years.
    pub(in crate::render) points: Vec<YearPoint>,
}

/// The same as a figure in a text.
pub(in crate::render) fn heat_figure<'r>(
    edition: &Edition<'r>,
    id: &str,
    series: &Series,
    lines: &[HeatLine],
    omitted: usize,
) -> Option<ChartView<'r>> {
    let HeatView { title, mut summary, html, omitted } = heat(edition, series, lines, omitted)?;
    if omitted > 0 {
        summary.push_str(&edition.say("coverage-omitted", &[("count", omitted.into())]));
    }
    let told = Told { id: id.to_owned(), title, summary, head: Vec::new(), rows: Vec::new() };
    Some(table_figure(edition, told, html))
}

/// The table over all years that any row has a figure for; `None` under two rows or two years.
pub(in crate::render) fn heat(
    edition: &Edition<'_>,
    series: &Series,
    lines: &[HeatLine],
    omitted: usize,
) -> Option<HeatView> {
    let known = |line: &HeatLine| line.points.iter().any(|at| at.point.reading().is_some());
    let lines: Vec<&HeatLine> = lines.iter().filter(|line| known(line)).collect();
    let years = || {
        let points = lines.iter().flat_map(|line| &line.points);
        points.filter(|at| at.point.reading().is_some()).map(|at| at.year)
    };
    let (first, last) = (years().min()?, years().max()?);
    if lines.len() < 2 || first == last {
        return None;
    }
    let rows: Vec<HeatRow> = lines
        .iter()
        .map(|line| HeatRow {
            name: line.name.clone(),
            href: line.href.clone(),
            data: (first..=last)
                .map(|year| {
                    let at = line.points.iter().find(|at| at.year == year);
                    at.map_or(chart::Datum::Gap(chart::Gap::NoReport), |at| datum(edition, &at.point))
                })
                .collect(),
        })
        .collect();
    let columns: Vec<String> = (first..=last).map(|year| year.to_string()).collect();
    let title = edition.say(
        "heat-title",
        &[
            ("series", series.title.get(&edition.locale.lang).into()),
            ("agencies", rows.len().into()),
            ("first", first.to_string().into()),
            ("last", last.to_string().into()),
        ],
    );
    let share = series.ratio.is_some();
    let table = HeatTable {
        caption: &title,
        head: edition.word("column-agency"),
        columns: &columns,
        rows: &rows,
        share,
    };
    let html = chart::heat(&table, &words(edition.locale));
    let summary = edition.say("heat-summary", &[("unit", unit_of(edition, series).into())]);
    Some(HeatView { title, summary, html, omitted })
}
