//! Bars: agencies in one year, or the series of a group in one report.

use crate::chart::{self, BarChart, Peer};
use crate::derive::{Gap, Point};
use crate::form::{Role, Series, SeriesIx};
use crate::model::{AgencyId, ReportId};
use crate::view::cell;
use crate::view::local_portal::LocalPortal;

use super::chart_view::{Caption, ChartId, ChartView, TableRow, finish};
use super::outcomes::outcomes_group;
use super::points::{datum, named_with_unit, summary_of, title_of, unit_of};
use super::request::{GroupRequest, Kind, Result, SeriesRequest, Shape};
use super::title;
use super::words::words;

pub(super) const BARS: Kind =
    Kind { group: Some(of_group), ..Kind::of_agencies("bars", of_agencies, Some(Shape::Columns)) };

/// Compares several agencies in the last year asked for.
pub(super) fn of_agencies<'r>(
    request: &SeriesRequest<'_, 'r>,
    agencies: &[AgencyId],
) -> Option<ChartView<'r>> {
    let portal = request.portal();
    let year = request.last_year()?;
    let bar = |id: &AgencyId| Bar {
        name: portal.site[*id].name.get(&portal.locale.lang).to_owned(),
        point: portal.derived.agency_point(portal.site, &portal.site[*id], request.ix, year),
    };
    let bars: Vec<Bar> = agencies.iter().map(bar).collect();
    let series = request.series;
    let comparison = Comparison {
        title: portal.say(
            "chart-ranking-title",
            &[("series", title_of(portal, series).into()), ("year", portal.year(year).into())],
        ),
        period: portal.year(year),
        head: portal.word("column-agency"),
        measure: title_of(portal, series),
        series,
        whole: None,
    };
    bars_of(portal, request.chart(), comparison, &bars)
}

/// Draws a group as one report gives it.
pub(super) fn of_group<'r>(request: &GroupRequest<'_, 'r>) -> Result<'r> {
    let (portal, report) = request.report()?;
    Ok(group_bars(&portal, request.chart(), request.name(), report))
}

/// Draws the series of a group as one report gives them; shares, which have another unit, are left out.
pub(crate) fn group_bars<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    group: &str,
    id: ReportId,
) -> Option<ChartView<'r>> {
    let report = &portal.site[id];
    let all = portal.site.catalog.series.iter().zip(0..).map(|(series, at)| (SeriesIx(at), series));
    let members: Vec<(&Point, &Series)> = all
        .filter(|(_, series)| &*series.group == group && series.ratio.is_none())
        .map(|(ix, series)| (portal.derived.point(id, ix), series))
        .filter(|(point, _)| **point != Point::Gap(Gap::NotAsked))
        .collect();
    let (_, first) = members.first()?;
    if members.iter().any(|(_, series)| series.unit != first.unit) {
        return None;
    }
    let bar = |(point, series): &(&Point, &'r Series)| Bar {
        name: title_of(portal, series).to_owned(),
        point: (*point).clone(),
    };
    let bars: Vec<Bar> = members.iter().map(bar).collect();
    let name = portal.group_name(group);
    let is_outcomes = group == outcomes_group(portal);
    let whole = portal.site.catalog.find_role(Role::Decided).filter(|_| is_outcomes);
    let comparison = Comparison {
        title: portal
            .say("chart-group-title", &[("group", name.into()), ("period", portal.period(report).into())]),
        period: portal.period(report),
        head: portal.word("column-indicator"),
        measure: portal.word("column-value"),
        series: first,
        whole: whole.map(|ix| portal.derived.point(id, ix).clone()),
    };
    bars_of(portal, chart, comparison, &bars)
}

struct Bar {
    name: String,
    point: Point,
}

/// What bars compare, and in which words.
struct Comparison<'a> {
    /// What is compared and when; the largest is added if it is beyond doubt.
    title: String,
    /// The time of the figures: `2024`.
    period: String,
    /// The heading of the names.
    head: &'a str,
    /// The heading of the figures.
    measure: &'a str,
    /// A series of them, which has the unit of all.
    series: &'a Series,
    /// The whole, if the bars are parts of one that may have others.
    whole: Option<Point>,
}

/// Draws sorted bars; `None` with fewer than two figures, and if all are zero, which takes no drawing.
fn bars_of<'a>(
    portal: &LocalPortal<'a>,
    chart: ChartId<'_>,
    comparison: Comparison<'a>,
    bars: &[Bar],
) -> Option<ChartView<'a>> {
    let figures = || bars.iter().filter_map(|bar| bar.point.reading());
    if figures().count() < 2 || figures().all(|reading| reading.amount.is_zero()) {
        return None;
    }
    let points = || bars.iter().map(|bar| &bar.point);
    let peer = |bar: &Bar| Peer { name: bar.name.clone(), datum: datum(portal, &bar.point), subject: false };
    let rows: Vec<Peer> = bars.iter().map(peer).collect();
    let table = |bar: &Bar| TableRow::new(bar.name.clone(), vec![cell::of_point(portal, &bar.point)]);
    let unit = unit_of(portal, comparison.series);
    let most = title::most(bars.iter().map(|bar| (&*bar.name, &bar.point)));
    let most = most.filter(|(_, amount)| {
        comparison.whole.as_ref().is_none_or(|whole| title::is_most_of(*amount, points(), whole))
    });
    let said = |amount| title::said(portal, comparison.series, amount);
    let caption = Caption {
        title: title::with_most(portal, comparison.title, most, said),
        summary: summary_of(portal, comparison.period, unit, points()),
        head: vec![comparison.head.to_owned(), named_with_unit(portal, comparison.measure, unit)],
        rows: bars.iter().map(table).collect(),
    };
    finish(portal, chart, caption, &words(portal), |frame| {
        chart::bars(&BarChart { rows: &rows, unit }, frame)
    })
}
