//! Tables and lists that several pages show: totals by year, rankings, regions, agencies.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::derive::{Area, Gap, Point, Ranking, Reading, Total, UnrankedReason, YearPoint};
use crate::figure;
use crate::form::{Series, SeriesIx};
use crate::model::{AgencyId, RegionId};
use crate::view::cell;
use crate::view::components::{Cell, Link, NamedLink, Text};
use crate::view::local_portal::LocalPortal;

/// The maximum number of agencies in a ranking; the data files have all.
pub(crate) const MOST_ROWS: usize = 100;

/// The maximum number of reports of an agency in a list of agencies.
const MOST_REPORTS: usize = 3;

/// The totals of the headline series by year, newest first.
#[derive(Debug, Serialize)]
pub(crate) struct TotalsView<'a> {
    pub(crate) columns: Vec<TotalsColumn<'a>>,
    pub(crate) rows: Vec<TotalsRow<'a>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct TotalsColumn<'a> {
    pub(crate) series: Link<'a>,
    pub(crate) unit: &'a str,
}

#[derive(Debug, Serialize)]
pub(crate) struct TotalsRow<'a> {
    pub(crate) year: NamedLink,
    pub(crate) reports: u32,
    pub(crate) agencies: u32,
    pub(crate) cells: Vec<TotalCell<'a>>,
}

/// A sum, and the number of agencies it is taken over.
#[derive(Debug, Serialize)]
pub(crate) struct TotalCell<'a> {
    pub(crate) cell: Cell<'a>,
    pub(crate) counted: u32,
}

/// Returns the headline series that can be added up.
pub(crate) fn headline<'a>(
    portal: &LocalPortal<'a>,
) -> impl Iterator<Item = (SeriesIx, &'a Series)> + use<'a> {
    let all = portal.derived.series(portal.site);
    all.filter(|(_, series)| series.headline && series.adds_up())
}

/// Returns the cell of a total.
pub(crate) fn total_cell<'a>(portal: &LocalPortal<'a>, total: &Total) -> TotalCell<'a> {
    let cell = match total.sum {
        Some(sum) => {
            Cell { state: "value", text: figure::grouped(sum).into(), exact: Some(sum), ..Cell::default() }
        }
        None if total.reports == 0 => cell::gap(portal, Gap::NoReport),
        None => Cell { state: "no-figure", text: portal.word("gap-no-figure").into(), ..Cell::default() },
    };
    TotalCell { cell, counted: total.counted }
}

/// Returns the totals of an area, without series that have no total in any year.
pub(crate) fn totals<'a>(portal: &LocalPortal<'a>, area: Area) -> TotalsView<'a> {
    let derived = portal.derived;
    let years: Vec<i16> =
        derived.years().iter().rev().copied().filter(|year| derived.reporting(area, *year) > 0).collect();
    let has_total = |ix: SeriesIx| years.iter().any(|year| derived.total(area, ix, *year).sum.is_some());
    let series: Vec<(SeriesIx, &Series)> = headline(portal).filter(|(ix, _)| has_total(*ix)).collect();
    let row = |year: &i16| TotalsRow {
        year: year_link(portal, *year),
        reports: derived.reporting(area, *year),
        agencies: derived.agencies(area),
        cells: series.iter().map(|(ix, _)| total_cell(portal, &derived.total(area, *ix, *year))).collect(),
    };
    let column = |series: &'a Series| TotalsColumn {
        series: portal.series_link(series),
        unit: portal.unit(&series.unit),
    };
    TotalsView {
        columns: series.iter().map(|(_, series)| column(series)).collect(),
        rows: years.iter().map(row).collect(),
    }
}

pub(crate) fn year_link(portal: &LocalPortal<'_>, year: i16) -> NamedLink {
    NamedLink { name: portal.year(year), url: portal.links().year(year) }
}

/// Agencies ranked by a figure.
#[derive(Debug, Serialize)]
pub(crate) struct RankingView<'a> {
    pub(crate) series: Link<'a>,
    pub(crate) unit: &'a str,
    pub(crate) rows: Vec<RankedView<'a>>,
    /// Agencies with a report but without a comparable figure.
    pub(crate) unranked: Vec<UnrankedView<'a>>,
    /// The number of agencies without a report for the year.
    pub(crate) without_report: usize,
    /// The number of ranked agencies that are not shown.
    pub(crate) omitted: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct RankedView<'a> {
    pub(crate) rank: u32,
    pub(crate) agency: Text<'a>,
    pub(crate) url: String,
    pub(crate) cell: Cell<'a>,
    /// The length of the bar in per cent of the longest; `None` below zero.
    pub(crate) bar: Option<u32>,
}

/// An agency without a rank.
#[derive(Debug, Serialize)]
pub(crate) struct UnrankedView<'a> {
    pub(crate) agency: Text<'a>,
    pub(crate) url: String,
    pub(crate) reason: &'a str,
}

/// Returns a ranking of at most `most` rows.
pub(crate) fn ranking<'a>(
    portal: &LocalPortal<'a>,
    ix: SeriesIx,
    ranking: &Ranking,
    most: usize,
) -> RankingView<'a> {
    let series = &portal.site.catalog[ix];
    let place = |agency: AgencyId, report| {
        let agency = &portal.site[agency];
        let report = &portal.site[report];
        (portal.text(&agency.name), portal.links().report(report))
    };
    let longest = ranking.ranked.iter().map(|row| row.reading.amount).max().unwrap_or_default();
    let rows = ranking.ranked.iter().take(most).map(|row| {
        let (agency, url) = place(row.agency, row.report);
        let cell = cell::of_reading(portal, &row.reading);
        RankedView { rank: row.rank, agency, url, cell, bar: bar(row.reading.amount, longest) }
    });
    let unranked = ranking.unranked.iter().filter_map(|row| {
        let (agency, url) = place(row.agency, row.report?);
        let reason = match row.reason {
            UnrankedReason::Gap(gap) => cell::gap_word(gap),
            UnrankedReason::OtherForm => "gap-other-form",
            UnrankedReason::Consolidated => "gap-consolidated",
        };
        Some(UnrankedView { agency, url, reason: portal.word(reason) })
    });
    RankingView {
        series: portal.series_link(series),
        unit: if series.ratio.is_some() { "" } else { portal.unit(&series.unit) },
        rows: rows.collect(),
        unranked: unranked.take(most).collect(),
        without_report: ranking.unranked.iter().filter(|row| row.report.is_none()).count(),
        omitted: ranking.ranked.len().saturating_sub(most),
    }
}

/// Returns an amount in whole per cent of the longest bar.
fn bar(amount: Decimal, longest: Decimal) -> Option<u32> {
    let share = (amount * Decimal::ONE_HUNDRED).checked_div(longest)?;
    share.round().to_u32().filter(|share| *share <= 100)
}

/// A region in a list, with its inner regions.
#[derive(Debug, Serialize)]
pub(crate) struct RegionItem<'a> {
    pub(crate) region: Link<'a>,
    pub(crate) agencies: u32,
    pub(crate) regions: Vec<RegionItem<'a>>,
}

/// Returns the regions that lie in no other.
pub(crate) fn outermost_regions(portal: &LocalPortal<'_>) -> Vec<RegionId> {
    let all = (0..portal.site.regions.len() as u32).map(RegionId);
    all.filter(|id| portal.site[*id].parent.is_none()).collect()
}

/// Returns the regions directly in one, or the outermost ones, each with its inner regions down to `depth`.
pub(crate) fn regions<'a>(
    portal: &LocalPortal<'a>,
    parent: Option<RegionId>,
    depth: usize,
) -> Vec<RegionItem<'a>> {
    let ids: Vec<RegionId> = match parent {
        Some(id) => portal.site[id].regions.clone(),
        None => outermost_regions(portal),
    };
    let item = |id: &RegionId| {
        let region = &portal.site[*id];
        RegionItem {
            region: portal.region_link(region),
            agencies: portal.derived.agencies(Area::Region(*id)),
            regions: if depth > 1 { regions(portal, Some(*id), depth - 1) } else { Vec::new() },
        }
    };
    ids.iter().map(item).collect()
}

/// An agency in a list.
#[derive(Debug, Serialize)]
pub(crate) struct AgencyItem<'a> {
    pub(crate) agency: Link<'a>,
    pub(crate) level: Option<Text<'a>>,
    pub(crate) region: Option<Link<'a>>,
    /// The latest reports, newest first.
    pub(crate) reports: Vec<NamedLink>,
    /// The number of earlier reports.
    pub(crate) more: usize,
}

/// Returns the item of an agency.
pub(crate) fn agency_item<'a>(portal: &LocalPortal<'a>, id: AgencyId) -> AgencyItem<'a> {
    let agency = &portal.site[id];
    let reports = portal.site.reports_of(agency);
    let region = agency.region.map(|id| &portal.site[id]);
    AgencyItem {
        agency: portal.agency_link(agency),
        level: portal.level(agency),
        region: region.map(|region| portal.region_link(region)),
        more: reports.len().saturating_sub(MOST_REPORTS),
        reports: reports.iter().rev().take(MOST_REPORTS).map(|report| portal.report_link(report)).collect(),
    }
}

/// Returns every agency in a region and its inner regions, in reading order.
pub(crate) fn agencies_within(portal: &LocalPortal<'_>, region: RegionId) -> Vec<AgencyId> {
    let mut found = Vec::new();
    let mut open = vec![region];
    while let Some(id) = open.pop() {
        let region = &portal.site[id];
        found.extend(&region.agencies);
        open.extend(&region.regions);
    }
    found.sort_unstable();
    found
}

/// Returns the total of a series over an area in a year, as a point.
pub(crate) fn total_point(portal: &LocalPortal<'_>, area: Area, series: SeriesIx, year: i16) -> Point {
    let total = portal.derived.total(area, series, year);
    match total.sum {
        Some(amount) => Point::Value(Reading::exact(amount)),
        None if total.reports == 0 => Point::Gap(Gap::NoReport),
        None if portal.derived.is_asked(series, year) => Point::Gap(Gap::NoFigure),
        None => Point::Gap(Gap::NotAsked),
    }
}

/// Returns the totals of a series over an area, for every year from the site's first report to its last.
pub(crate) fn every_total(portal: &LocalPortal<'_>, area: Area, series: SeriesIx) -> Vec<YearPoint> {
    let years = portal.derived.years();
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return Vec::new() };
    let point = |year| YearPoint { year, report: None, point: total_point(portal, area, series, year) };
    (*first..=*last).map(point).collect()
}

/// Returns the same, from the first known total to the last.
pub(crate) fn total_points(portal: &LocalPortal<'_>, area: Area, series: SeriesIx) -> Vec<YearPoint> {
    let points = every_total(portal, area, series);
    let is_known = |at: &YearPoint| at.point.reading().is_some();
    let begin = points.iter().position(is_known).unwrap_or(points.len());
    let end = points.iter().rposition(is_known).map_or(begin, |at| at + 1);
    points.get(begin..end).unwrap_or(&[]).to_vec()
}
