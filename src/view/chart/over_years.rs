//! One series over the years: as a line, as columns, as a sparkline.

use crate::chart::{self, Base, ColumnChart, DataSeries, Datum, GapReason, Hue, LineChart};
use crate::derive::{Area, Gap, Point, YearPoint};
use crate::form::{BreakKind, Series};
use crate::model::AgencyId;
use crate::view::cell;
use crate::view::local_portal::LocalPortal;
use crate::view::tables;

use super::bar;
use super::chart_view::{Caption, ChartId, ChartView, TableRow, finish};
use super::points::{breaks, datum, named_with_unit, summary, title_of, unit_of};
use super::request::{Kind, SeriesRequest, Shape};
use super::small_multiples;
use super::title;
use super::words::{words, words_for_totals};

pub(super) const LINE: Kind = Kind::of_agencies("line", small_multiples::of_agencies, Some(Shape::Line));
pub(super) const COLUMNS: Kind = Kind::of_agencies("columns", bar::of_agencies, Some(Shape::Columns));

/// The minimum number of figures that are drawn as a line by default.
const LINE_FROM: usize = 4;

/// Draws a series of one agency, or without one the totals of all.
pub(super) fn of_one<'r>(
    request: &SeriesRequest<'_, 'r>,
    agency: &[AgencyId],
    shape: Option<Shape>,
) -> Option<ChartView<'r>> {
    let portal = request.portal();
    let of_agency = |id: &AgencyId| (request.edition_of(agency), request.points(*id));
    let of_all = || {
        let points = tables::total_points(portal, Area::Site, request.ix).into_iter();
        (*portal, points.filter(|at| request.includes(at.year)).collect())
    };
    let (portal, points) = agency.first().map_or_else(of_all, of_agency);
    over_years_as(&portal, request.chart(), request.series, &points, shape)
}

/// Draws a series over the years, as a line or as columns; `None` if too little was reported.
pub(crate) fn over_years<'a>(
    portal: &LocalPortal<'a>,
    chart: ChartId<'_>,
    series: &'a Series,
    points: &[YearPoint],
) -> Option<ChartView<'a>> {
    over_years_as(portal, chart, series, points, None)
}

/// The same in a given shape; without one the number of figures decides.
fn over_years_as<'a>(
    portal: &LocalPortal<'a>,
    chart: ChartId<'_>,
    series: &'a Series,
    points: &[YearPoint],
    shape: Option<Shape>,
) -> Option<ChartView<'a>> {
    let figures = || points.iter().filter_map(|at| at.point.reading());
    let known = figures().count();
    // A few zeros take no drawing; the tables have them.
    let says_nothing = shape.is_none() && known < LINE_FROM && figures().all(|at| at.amount.is_zero());
    if known < 2 || says_nothing {
        return None;
    }
    let (unit, name) = (unit_of(portal, series), title_of(portal, series));
    let rows = points
        .iter()
        .rev()
        .map(|at| TableRow::of_year(portal, at.year, vec![cell::of_point(portal, &at.point)]));
    let caption = Caption {
        title: title::latest(portal, series, points)?,
        summary: summary(portal, unit, points),
        head: vec![portal.word("column-year").to_owned(), named_with_unit(portal, name, unit)],
        rows: rows.collect(),
    };
    let words = if points.iter().any(|at| at.point == Point::Gap(Gap::NoFigure)) {
        words_for_totals(portal)
    } else {
        words(portal)
    };
    let periods: Vec<String> = points.iter().map(|at| at.year.to_string()).collect();
    let breaks = breaks(portal, series, points);
    let data = DataSeries {
        name: name.to_owned(),
        hue: Hue::SUBJECT,
        data: points.iter().map(|at| datum(portal, &at.point)).collect(),
    };
    let is_line = shape.map_or(known >= LINE_FROM, |shape| shape == Shape::Line);
    finish(portal, chart, caption, &words, |frame| {
        if is_line {
            let lines =
                LineChart { periods: &periods, series: &[data], breaks: &breaks, unit, base: Base::Zero };
            chart::lines(&lines, frame)
        } else {
            chart::columns(&ColumnChart { periods: &periods, series: &data, breaks: &breaks, unit }, frame)
        }
    })
}

/// Draws the shape of a series over the years, for a row that has its figures; empty if there are too
/// few for a line. No line goes across a change of definition.
pub(crate) fn sparkline(portal: &LocalPortal<'_>, series: &Series, points: &[YearPoint]) -> String {
    if points.iter().filter(|at| at.point.reading().is_some()).count() < LINE_FROM {
        return String::new();
    }
    let mut data: Vec<Datum> = points.iter().map(|at| datum(portal, &at.point)).collect();
    let cuts = breaks(portal, series, points).into_iter().filter(|at| at.kind == BreakKind::Cut);
    let mut cuts: Vec<usize> = cuts.map(|at| at.after + 1).collect();
    cuts.sort_unstable();
    for at in cuts.into_iter().rev() {
        data.insert(at, Datum::Gap(GapReason::NotApplicable));
    }
    chart::sparkline(&data)
}
