//! Small multiples of several series of one agency, or of one series of several.

use crate::chart::{self, Hue, PanelSeries, SmallMultiples};
use crate::derive::YearPoint;
use crate::form::Series;
use crate::model::AgencyId;
use crate::view::cell;
use crate::view::local_portal::LocalPortal;

use super::chart_view::{Caption, ChartId, ChartView, TableRow, finish};
use super::points::{at, breaks, datum, is_missing, named_with_unit, title_of, unit_of};
use super::request::{Kind, SeriesRequest};
use super::title::Moves;
use super::words::words;

pub(super) const MULTIPLES: Kind = Kind::of_agencies("multiples", of_agencies, None);

/// Draws a series of several agencies.
pub(super) fn of_agencies<'r>(
    request: &SeriesRequest<'_, 'r>,
    agencies: &[AgencyId],
) -> Option<ChartView<'r>> {
    let (portal, series) = (request.portal(), request.series);
    let panel = |id: &AgencyId| Panel {
        name: portal.site[*id].name.get(&portal.locale.lang),
        href: portal.links().agency(&portal.site[*id]),
        series,
        points: request.points(*id),
    };
    let panels: Vec<Panel<'r>> = agencies.iter().map(panel).collect();
    let title = portal.say(
        "chart-grid-agencies",
        &[("count", panels.len().into()), ("series", title_of(portal, series).into())],
    );
    small_multiples(portal, request.chart(), title, &panels, true)
}

/// A panel: its name, its series, its years.
pub(crate) struct Panel<'r> {
    pub(crate) name: &'r str,
    pub(crate) href: String,
    pub(crate) series: &'r Series,
    pub(crate) points: Vec<YearPoint>,
}

/// Draws a grid of small lines over the same years. With `shared` all have one scale.
pub(crate) fn small_multiples<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    title: String,
    panels: &[Panel<'r>],
    shared: bool,
) -> Option<ChartView<'r>> {
    let years = || panels.iter().flat_map(|panel| &panel.points).map(|at| at.year);
    let years: Vec<i16> = (years().min()?..=years().max()?).collect();
    let over = |panel: &Panel<'_>| -> Vec<YearPoint> {
        years
            .iter()
            .map(|year| YearPoint { year: *year, report: None, point: at(&panel.points, *year) })
            .collect()
    };
    let drawn: Vec<PanelSeries> = panels
        .iter()
        .map(|panel| PanelSeries {
            series: chart::DataSeries {
                name: panel.name.to_owned(),
                hue: Hue::SUBJECT,
                data: years.iter().map(|year| datum(portal, &at(&panel.points, *year))).collect(),
            },
            href: panel.href.clone(),
            unit: unit_of(portal, panel.series).to_owned(),
            breaks: breaks(portal, panel.series, &over(panel)),
        })
        .collect();
    let periods: Vec<String> = years.iter().map(i16::to_string).collect();
    let rows = years.iter().rev().map(|year| {
        let cells = panels.iter().map(|panel| cell::of_point(portal, &at(&panel.points, *year)));
        TableRow::of_year(portal, *year, cells.collect())
    });
    let head = panels.iter().map(|panel| named_with_unit(portal, panel.name, unit_of(portal, panel.series)));
    let missing =
        years.iter().filter(|year| panels.iter().any(|panel| is_missing(&at(&panel.points, **year))));
    let missing = portal.locale.list(portal.spans(missing.copied()));
    let scale = if shared { "chart-grid-shared" } else { "chart-grid-own" };
    let last = *years.last()?;
    let all = panels.iter().map(|panel| (panel.series, &*panel.points));
    let moves = Moves::between(portal, (last - 1, last), all);
    let caption = Caption {
        title: moves.after(portal, title, (last - 1, last)),
        summary: portal.say(
            if missing.is_empty() { "chart-grid-summary" } else { "chart-grid-summary-missing" },
            &[
                ("first", years.first()?.to_string().into()),
                ("last", last.to_string().into()),
                ("scale", portal.word(scale).into()),
                ("missing", missing.as_str().into()),
            ],
        ),
        head: std::iter::once(portal.word("column-year").to_owned()).chain(head).collect(),
        rows: rows.collect(),
    };
    let grid = SmallMultiples { periods: &periods, panels: &drawn, shared };
    finish(portal, chart, caption, &words(portal), |frame| chart::small_multiples(&grid, frame))
}
