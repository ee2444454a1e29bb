//! Slopes: several agencies then and now.

use crate::chart::{self, SlopeRow};
use crate::derive::{Gap, Point, YearPoint};
use crate::form::BreakKind;
use crate::model::AgencyId;
use crate::view::cell;

use super::chart_view::{Caption, ChartView, TableRow, finish};
use super::points::{breaks_in_use, datum, summary_of, title_of, unit_of};
use super::request::{Kind, SeriesRequest};
use super::title::{Moves, certain_pair};
use super::words::words;

pub(super) const SLOPE: Kind = Kind::of_agencies("slope", of_agencies, None);

/// Draws several agencies in the first and the last of the years asked for; `None` if a change of
/// definition lies between.
fn of_agencies<'r>(request: &SeriesRequest<'_, 'r>, agencies: &[AgencyId]) -> Option<ChartView<'r>> {
    let (portal, series) = (request.portal(), request.series);
    let all = portal.derived.years();
    let all = || Some((*all.first()?, *all.last()?));
    let (first, last) = request.years.or_else(all)?;
    let is_cut = |at: &crate::form::Break| at.kind == BreakKind::Cut && (first + 1..=last).contains(&at.year);
    if breaks_in_use(portal, series).any(is_cut) {
        return None;
    }
    let own = request.own_agency();
    let points_of = |id: &AgencyId| {
        let points = portal.derived.agency_series(portal.site, &portal.site[*id], request.ix);
        [first, last].map(|year| {
            let none = YearPoint { year, report: None, point: Point::Gap(Gap::NoReport) };
            points.iter().find(|at| at.year == year).cloned().unwrap_or(none)
        })
    };
    let points: Vec<[YearPoint; 2]> = agencies.iter().map(points_of).collect();
    let row = |(id, points): (&AgencyId, &[YearPoint; 2])| SlopeRow {
        name: portal.site[*id].name.get(&portal.locale.lang).to_owned(),
        data: points.each_ref().map(|at| datum(portal, &at.point)),
        subject: own == Some(*id),
    };
    let rows: Vec<SlopeRow> = agencies.iter().zip(&points).map(row).collect();
    let unit = unit_of(portal, series);
    let title = portal.say("chart-slope-title", &[("series", title_of(portal, series).into())]);
    let moves = Moves::of(points.iter().filter_map(|[from, to]| {
        let (before, now) = certain_pair(portal, from, to)?;
        now.checked_sub(before)
    }));
    let table = |(row, points): (&SlopeRow, &[YearPoint; 2])| {
        let cells = points.iter().map(|at| cell::of_point(portal, &at.point));
        TableRow::new(row.name.as_str(), cells.collect())
    };
    let caption = Caption {
        title: moves.after(portal, title, (first, last)),
        summary: summary_of(
            portal,
            portal.span(first, last),
            unit,
            points.iter().flatten().map(|at| &at.point),
        ),
        head: vec![portal.word("column-agency").to_owned(), first.to_string(), last.to_string()],
        rows: rows.iter().zip(&points).map(table).collect(),
    };
    let periods = [first.to_string(), last.to_string()];
    let chart = chart::SlopeChart { periods: [&periods[0], &periods[1]], rows: &rows, unit };
    let words = words(portal);
    finish(portal, request.chart(), caption, &words, |frame| chart::slope_chart(&chart, frame))
}
