//! The table agency × year of a series, its cells shaded by size.

use crate::chart::{self, Heatmap, HeatmapRow};
use crate::derive::{Gap, Point, YearPoint};
use crate::form::Series;
use crate::view::cell;
use crate::view::context::Edition;

use super::figure::{ChartView, TableRow, Told, finish};
use super::finding::Moves;
use super::{datum, unit_of, words};

/// A row: the agency's name, where it leads, its years.
pub(crate) struct HeatLine {
    /// The agency.
    pub(crate) name: String,
    /// Its page.
    pub(crate) href: String,
    /// Its years.
    pub(crate) points: Vec<YearPoint>,
}

/// The table over all years that any row has a figure for, the newest first, so that it is in sight where
/// the table has to be moved sideways; `None` under two rows or two years. `omitted` tells how many more
/// agencies there are.
pub(crate) fn heat<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    series: &'r Series,
    lines: &[HeatLine],
    omitted: usize,
) -> Option<ChartView<'r>> {
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
    let points = |line: &HeatLine| -> Vec<Point> {
        let at = |year| line.points.iter().find(|at| at.year == year).map(|at| at.point.clone());
        (first..=last).rev().map(|year| at(year).unwrap_or(Point::Gap(Gap::NoReport))).collect()
    };
    let rows: Vec<HeatmapRow> = lines
        .iter()
        .map(|line| HeatmapRow {
            name: line.name.clone(),
            href: line.href.clone(),
            data: points(line).iter().map(|point| datum(edition, point)).collect(),
        })
        .collect();
    let columns: Vec<String> = (first..=last).rev().map(|year| year.to_string()).collect();
    let title = edition.say(
        "heat-title",
        &[
            ("series", series.title.get(&edition.locale.lang).into()),
            ("agencies", rows.len().into()),
            ("first", first.to_string().into()),
            ("last", last.to_string().into()),
        ],
    );
    let all = lines.iter().map(|line| (series, &*line.points));
    let moves = Moves::between(edition, (last - 1, last), all);
    let mut summary = edition.say("heat-summary", &[("unit", unit_of(edition, series).into())]);
    if omitted > 0 {
        summary.push_str(&edition.say("heat-omitted", &[("count", omitted.into())]));
    }
    let head = edition.word("column-agency");
    let table = |line: &&HeatLine| {
        TableRow::new(
            line.name.as_str(),
            points(line).iter().map(|point| cell::of_point(edition, point)).collect(),
        )
    };
    let told = Told {
        id: id.to_owned(),
        title: moves.after(edition, title, (last - 1, last)),
        summary,
        head: std::iter::once(head.to_owned()).chain(columns.iter().cloned()).collect(),
        rows: lines.iter().map(table).collect(),
    };
    let table = Heatmap { head, columns: &columns, rows: &rows, share: series.ratio.is_some() };
    let drawn = finish(edition, page, told, &words(edition), |frame| chart::heatmap(&table, frame));
    drawn.map(ChartView::shown_as_table)
}
