//! Heatmaps: the table agency × year of a series, its cells shaded by size.

use crate::chart::{self, Heatmap, HeatmapRow};
use crate::derive::{Point, YearPoint};
use crate::form::Series;
use crate::model::{Agency, AgencyId};
use crate::view::cell;
use crate::view::local_portal::LocalPortal;
use crate::view::tables;

use super::chart_view::{Caption, ChartId, ChartView, TableRow, finish};
use super::points::{at, datum, title_of, unit_of};
use super::request::Kind;
use super::title::Moves;
use super::words::words;

pub(super) const HEAT: Kind = Kind::of_series("heat", |request| {
    let agencies = request.agencies()?;
    let site = request.portal().site;
    let all = || (0..site.agencies.len()).map(|at| AgencyId(at as u32)).collect();
    let agencies = if request.names_agencies() { agencies } else { all() };
    let points = |id: &AgencyId| (&site[*id], request.points(*id));
    let rows = agencies.iter().map(points);
    Ok(agency_heatmap(request.portal(), request.chart(), request.series, rows))
});

/// An agency with its years.
struct Row {
    name: String,
    href: String,
    points: Vec<YearPoint>,
}

/// Draws the table of the agencies that gave a figure in some year, the first of them if they are many.
pub(crate) fn agency_heatmap<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    series: &'r Series,
    agencies: impl Iterator<Item = (&'r Agency, Vec<YearPoint>)>,
) -> Option<ChartView<'r>> {
    let known = agencies.filter(|(_, points)| points.iter().any(|at| at.point.reading().is_some()));
    let row = |(agency, points): (&Agency, Vec<YearPoint>)| Row {
        name: agency.name.get(&portal.locale.lang).to_owned(),
        href: portal.links().agency(agency),
        points,
    };
    let mut rows: Vec<Row> = known.map(row).collect();
    let omitted = rows.len().saturating_sub(tables::MOST_ROWS);
    rows.truncate(tables::MOST_ROWS);
    heatmap(portal, chart, series, &rows, omitted)
}

/// Draws the table over all years that any row has a figure for, the newest first, so that it is in sight if
/// the table has to be scrolled sideways; `None` under two rows or two years. `omitted` is the number of other
/// agencies.
fn heatmap<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    series: &'r Series,
    lines: &[Row],
    omitted: usize,
) -> Option<ChartView<'r>> {
    let years = || {
        let points = lines.iter().flat_map(|line| &line.points);
        points.filter(|at| at.point.reading().is_some()).map(|at| at.year)
    };
    let (first, last) = (years().min()?, years().max()?);
    if lines.len() < 2 || first == last {
        return None;
    }
    let points =
        |line: &Row| -> Vec<Point> { (first..=last).rev().map(|year| at(&line.points, year)).collect() };
    let rows: Vec<HeatmapRow> = lines
        .iter()
        .map(|line| HeatmapRow {
            name: line.name.clone(),
            href: line.href.clone(),
            data: points(line).iter().map(|point| datum(portal, point)).collect(),
        })
        .collect();
    let columns: Vec<String> = (first..=last).rev().map(|year| year.to_string()).collect();
    let title = portal.say(
        "heat-title",
        &[
            ("series", title_of(portal, series).into()),
            ("agencies", rows.len().into()),
            ("first", first.to_string().into()),
            ("last", last.to_string().into()),
        ],
    );
    let all = lines.iter().map(|line| (series, &*line.points));
    let moves = Moves::between(portal, (last - 1, last), all);
    let mut summary = portal.say("heat-summary", &[("unit", unit_of(portal, series).into())]);
    if omitted > 0 {
        summary.push_str(&portal.say("heat-omitted", &[("count", omitted.into())]));
    }
    let head = portal.word("column-agency");
    let table = |line: &Row| {
        TableRow::new(
            line.name.as_str(),
            points(line).iter().map(|point| cell::of_point(portal, point)).collect(),
        )
    };
    let caption = Caption {
        title: moves.after(portal, title, (last - 1, last)),
        summary,
        head: std::iter::once(head.to_owned()).chain(columns.iter().cloned()).collect(),
        rows: lines.iter().map(table).collect(),
    };
    let table = Heatmap { head, columns: &columns, rows: &rows, share: series.ratio.is_some() };
    let drawn = finish(portal, chart, caption, &words(portal), |frame| chart::heatmap(&table, frame));
    drawn.map(ChartView::shown_as_table)
}
