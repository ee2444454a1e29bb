//! The pages of years: totals, rankings, reports, and who did not report.

use serde::Serialize;

use crate::chart::Measure;
use crate::derive::Area;
use crate::model::{RegionId, Report, ReportId};
use crate::plan::paging::{self, Pager};
use crate::view::chart::{self, ChartId, ChartView};
use crate::view::components::{Crumb, Link, NamedLink, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::non_reporting::{self, MissingRegion};
use crate::view::output::Output;
use crate::view::page::{PageContext, View, part_title};
use crate::view::shell::Head;
use crate::view::tables::{self, RankingView, TotalCell, TotalsView};

/// The maximum number of rows of a ranking; the page of the indicator has more.
const RANKED: usize = 10;

/// What the list of years shows. Templates call it `years`.
#[derive(Debug, Serialize)]
pub(crate) struct YearsView<'a> {
    totals: TotalsView<'a>,
}

impl View for YearsView<'_> {
    const TEMPLATE: &'static str = "years.html";
    const NAME: &'static str = "years";
}

/// What a year's page shows. Templates call it `year`.
#[derive(Debug, Serialize)]
pub(crate) struct YearView<'a> {
    name: String,
    reports: u32,
    agencies: u32,
    totals: Vec<TotalRow<'a>>,
    charts: Vec<ChartView<'a>>,
    rankings: Vec<RankingView<'a>>,
    /// The first of the year's reports, by region.
    regions: Vec<RegionReports<'a>>,
    pager: Option<Pager>,
    /// The numbers of agencies without a report, by region.
    missing: Vec<MissingRegion<'a>>,
    /// The agencies without a report that are in no region.
    missing_outside: Vec<Link<'a>>,
    /// Every year of the site.
    years: Vec<NamedLink>,
    previous: Option<NamedLink>,
    next: Option<NamedLink>,
}

impl View for YearView<'_> {
    const TEMPLATE: &'static str = "year.html";
    const NAME: &'static str = "year";
}

/// What a further part of a year's reports shows. Templates call it `year_part`.
#[derive(Debug, Serialize)]
pub(crate) struct YearPartView<'a> {
    regions: Vec<RegionReports<'a>>,
    pager: Option<Pager>,
}

impl View for YearPartView<'_> {
    const TEMPLATE: &'static str = "year-part.html";
    const NAME: &'static str = "year_part";
}

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

#[derive(Debug, Serialize)]
struct ReportLine<'a> {
    agency: Text<'a>,
    name: String,
    url: String,
    findings: usize,
}

pub(crate) fn index_page<'r>(context: &PageContext<'r>) -> (Head<'r>, YearsView<'r>) {
    let portal = &context.portal;
    let view = YearsView { totals: tables::totals(portal, Area::Site) };
    let head =
        Head::of_list(portal, "nav-years", "years/", "years").described(portal.word("years-description"));
    (head, view)
}

/// The number of years whose outcomes are side by side; the year of the page is the last.
const YEARS: i16 = 8;

/// Draws the outcomes of requests in the year and those before it. Rankings are tables with bars.
fn charts<'r>(context: &PageContext<'r>, year: i16) -> Vec<ChartView<'r>> {
    let portal = &context.portal;
    let page = context.path();
    let up_to = |ix| {
        let points = tables::every_total(portal, Area::Site, ix).into_iter();
        points.filter(|at| at.year <= year && year - at.year < YEARS).collect()
    };
    chart::stack(portal, ChartId { page: &page, id: "chart-outcomes" }, Measure::Count, up_to)
        .into_iter()
        .collect()
}

pub(crate) fn page<'r>(
    context: &PageContext<'r>,
    year: i16,
    output: &mut Output,
) -> (Head<'r>, YearView<'r>) {
    let portal = &context.portal;
    let derived = portal.derived;
    let total = |(ix, series)| TotalRow {
        series: portal.series_link(series),
        unit: portal.unit(&series.unit),
        total: tables::total_cell(portal, &derived.total(Area::Site, ix, year)),
    };
    let ranking = |(ix, _)| {
        let ranking = derived.ranking(portal.site, Area::Site, ix, year);
        Some(tables::ranking(portal, ix, &ranking, RANKED)).filter(|view| view.rows.len() > 1)
    };
    let reports = reports_of(portal, year);
    let at = derived.years().iter().position(|known| *known == year);
    let beside = |step: isize| {
        let year = derived.years().get(at?.checked_add_signed(step)?)?;
        Some(tables::year_link(portal, *year))
    };
    let view = YearView {
        name: portal.year(year),
        reports: derived.reporting(Area::Site, year),
        agencies: derived.agencies(Area::Site),
        totals: tables::headline(portal).map(total).collect(),
        charts: charts(context, year),
        rankings: tables::headline(portal).filter_map(ranking).collect(),
        regions: by_region(portal, paging::part(&reports, 1)),
        pager: pager(portal, year, 1, reports.len()),
        missing: non_reporting::regions(portal, &tables::outermost_regions(portal), year, 2),
        missing_outside: non_reporting::outside(portal, year),
        years: derived.years().iter().map(|year| tables::year_link(portal, *year)).collect(),
        previous: beside(-1),
        next: beside(1),
    };
    let description = portal.say(
        "year-description",
        &[("year", view.name.clone().into()), ("reports", (view.reports as usize).into())],
    );
    let parents = portal.list_crumbs("nav-years", "years/");
    let head = Head::below(parents, view.name.clone(), view.name.clone(), "years").described(description);
    output.add_charts(&view.charts);
    (head, view)
}

/// Makes a further part of the list of a year's reports.
pub(crate) fn part_page<'r>(context: &PageContext<'r>, year: i16, part: u16) -> (Head<'r>, YearPartView<'r>) {
    let portal = &context.portal;
    let reports = reports_of(portal, year);
    let view = YearPartView {
        regions: by_region(portal, paging::part(&reports, part)),
        pager: pager(portal, year, part, reports.len()),
    };
    let name = portal.year(year);
    let mut crumbs = portal.list_crumbs("nav-years", "years/");
    crumbs.push(Crumb::to(Text::own(portal.word("year-reports")), portal.links().year(year)));
    crumbs.push(Crumb::here(portal.say("part", &[("part", usize::from(part).into())])));
    let head = Head::new(part_title(portal, &name, part), crumbs, "years");
    (head, view)
}

fn pager(portal: &LocalPortal<'_>, year: i16, at: u16, reports: usize) -> Option<Pager> {
    let folder = portal.links().year(year);
    Pager::new(at, reports, &folder)
}

/// Returns every report whose period begins in the year, ordered by the outermost region of its agency.
fn reports_of<'a>(portal: &LocalPortal<'a>, year: i16) -> Vec<(Option<RegionId>, ReportId, &'a Report)> {
    let outermost = |report: &Report| {
        let agency = &portal.site[report.agency];
        portal.site.region_chain(agency.region).first().copied()
    };
    let of_year = portal.site.reports_with_ids().filter(|(_, report)| report.period.year == year);
    let mut reports: Vec<_> = of_year.map(|(id, report)| (outermost(report), id, report)).collect();
    reports.sort_by_key(|(region, id, _)| (*region, *id));
    reports
}

fn by_region<'a>(
    portal: &LocalPortal<'a>,
    reports: &[(Option<RegionId>, ReportId, &'a Report)],
) -> Vec<RegionReports<'a>> {
    let mut groups: Vec<(Option<RegionId>, Vec<ReportLine<'a>>)> = Vec::new();
    for (outermost, id, report) in reports {
        let agency = &portal.site[report.agency];
        let line = ReportLine {
            agency: portal.text(&agency.name),
            name: portal.report_name(report),
            url: portal.links().report(report),
            findings: portal.open_findings(*id),
        };
        match groups.last_mut() {
            Some((region, lines)) if region == outermost => lines.push(line),
            _ => groups.push((*outermost, vec![line])),
        }
    }
    groups
        .into_iter()
        .map(|(region, reports)| RegionReports {
            region: region.map(|id| &portal.site[id]).map(|region| portal.region_link(region)),
            reports,
        })
        .collect()
}
