//! The pages of years: totals, rankings, who reported and who did not.

use serde::Serialize;

use crate::derive::{Area, own_report};
use crate::form::{Series, SeriesIx};
use crate::model::AgencyId;
use crate::render::Output;
use crate::render::chart::{self, ChartView};
use crate::render::edition::Edition;
use crate::render::overview::{self, RankingView, TotalCell, TotalsView};
use crate::render::view::{Link, NamedLink, Text, ending_here};

use super::home::{self, YearItem};
use super::{Desk, Head, add_pictures};

/// A ranking on a year's page has at most so many rows; the indicator's page has more.
const RANKED: usize = 10;

/// What the list of years shows. Templates call it `years`.
#[derive(Debug, Serialize)]
struct YearsView<'a> {
    years: Vec<YearItem>,
    totals: TotalsView<'a>,
}

/// What a year's page shows. Templates call it `year`.
#[derive(Debug, Serialize)]
struct YearView<'a> {
    name: String,
    reports: u32,
    agencies: u32,
    totals: Vec<TotalRow<'a>>,
    charts: Vec<ChartView<'a>>,
    rankings: Vec<RankingView<'a>>,
    /// The reports of the year, by region.
    regions: Vec<RegionReports<'a>>,
    /// Agencies that reported for another year but not this one.
    missing: Vec<Link<'a>>,
    missing_omitted: usize,
    previous: Option<NamedLink>,
    next: Option<NamedLink>,
}

/// The total of a series.
#[derive(Debug, Serialize)]
struct TotalRow<'a> {
    series: Link<'a>,
    unit: &'a str,
    total: TotalCell<'a>,
}

/// The reports of a region's agencies.
#[derive(Debug, Serialize)]
struct RegionReports<'a> {
    region: Option<Link<'a>>,
    reports: Vec<ReportLine<'a>>,
}

/// A report in the list.
#[derive(Debug, Serialize)]
struct ReportLine<'a> {
    agency: Text<'a>,
    name: String,
    url: String,
    findings: usize,
}

pub(super) fn render_all(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let view = YearsView { years: home::years(edition), totals: overview::totals(edition, Area::Site) };
    let way = ending_here(edition.way_to("nav-years", "years/"));
    let head =
        Head::new(edition.word("nav-years"), way, "years").described(edition.word("years-description"));
    desk.publish("years.html", head, "years", &view, output);
}

/// The outcomes of so many years, the page's the last, stand side by side.
const YEARS: i16 = 8;
/// So many comparisons stand on a year's page at most.
const MOST_CHARTS: usize = 2;

/// The headline series that two agencies or more gave for the year.
fn charts<'r>(desk: &Desk<'r>, year: i16) -> Vec<ChartView<'r>> {
    let edition = &desk.edition;
    let page = desk.renderer.path(&desk.key);
    let draw = |(ix, series): (SeriesIx, &'r Series)| {
        let ranking = edition.derived.ranking(edition.site, Area::Site, ix, year);
        overview::ranking_chart(edition, &page, &format!("chart-{}", series.id), (series, year), &ranking)
    };
    let up_to = |ix| {
        let points = overview::total_points(edition, Area::Site, ix).into_iter();
        points.filter(|at| at.year <= year && year - at.year < YEARS).collect()
    };
    let outcomes = chart::stack(edition, &page, "chart-outcomes", up_to).map(|mut outcomes| {
        outcomes.remark(edition.word("chart-totals-vary"));
        outcomes
    });
    let rankings = overview::headline(edition).filter_map(draw).take(MOST_CHARTS);
    outcomes.into_iter().chain(rankings).collect()
}

pub(super) fn render(desk: &Desk<'_>, year: i16, output: &mut Output) {
    let edition = &desk.edition;
    let derived = edition.derived;
    let total = |(ix, series)| TotalRow {
        series: edition.series_link(series),
        unit: edition.unit(&series.unit),
        total: overview::total_cell(edition, &derived.total(Area::Site, ix, year)),
    };
    let ranking = |(ix, _)| {
        let ranking = derived.ranking(edition.site, Area::Site, ix, year);
        overview::ranking(edition, ix, &ranking, RANKED).filter(|view| !view.rows.is_empty())
    };
    let missing = missing(edition, year);
    let at = derived.years().iter().position(|known| *known == year);
    let beside = |step: isize| {
        let year = derived.years().get(at?.checked_add_signed(step)?)?;
        Some(overview::year_link(edition, *year))
    };
    let view = YearView {
        name: edition.year(year),
        reports: derived.reporting(Area::Site, year),
        agencies: derived.agencies(Area::Site),
        totals: overview::headline(edition).map(total).collect(),
        charts: charts(desk, year),
        rankings: overview::headline(edition).filter_map(ranking).collect(),
        regions: by_region(edition, year),
        missing_omitted: missing.len().saturating_sub(overview::MOST_ROWS),
        missing: missing
            .into_iter()
            .take(overview::MOST_ROWS)
            .filter_map(|id| edition.agency(id))
            .map(|agency| edition.agency_link(agency))
            .collect(),
        previous: beside(-1),
        next: beside(1),
    };
    let mut way = edition.way_to("nav-years", "years/");
    way.push(crate::render::view::Crumb::here(view.name.clone()));
    let description = edition.say(
        "year-description",
        &[("year", view.name.clone().into()), ("reports", (view.reports as usize).into())],
    );
    let head = Head::new(view.name.clone(), way, "years").described(description);
    add_pictures(&view.charts, output);
    desk.publish("year.html", head, "year", &view, output);
}

/// Agencies that have reports, but none of their own for the year.
fn missing(edition: &Edition<'_>, year: i16) -> Vec<AgencyId> {
    (0..edition.site.agencies.len() as u32)
        .map(AgencyId)
        .filter(|id| {
            let has_reports = edition.agency(*id).is_some_and(|agency| !agency.reports.is_empty());
            has_reports && own_report(edition.site, *id, year).is_none()
        })
        .collect()
}

/// Every report that covers the year or begins in it, by the outermost region of its agency.
fn by_region<'a>(edition: &Edition<'a>, year: i16) -> Vec<RegionReports<'a>> {
    let mut groups: Vec<(Option<crate::model::RegionId>, Vec<ReportLine<'a>>)> = Vec::new();
    for (id, report) in edition.site.reports_with_ids().filter(|(_, report)| report.period.year == year) {
        let Some(agency) = edition.agency(report.agency) else { continue };
        let outermost = edition.site.region_chain(agency.region).first().copied();
        let line = ReportLine {
            agency: edition.text(&agency.name),
            name: edition.report_name(report),
            url: edition.links().report(report),
            findings: edition.findings.of(id).iter().filter(|finding| finding.is_open()).count(),
        };
        match groups.iter_mut().find(|(region, _)| *region == outermost) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((outermost, vec![line])),
        }
    }
    groups
        .into_iter()
        .map(|(region, reports)| RegionReports {
            region: region.and_then(|id| edition.site.region(id)).map(|region| edition.region_link(region)),
            reports,
        })
        .collect()
}
