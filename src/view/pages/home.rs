//! The home page: an introduction, the latest year in figures, the latest reports, and ways to browse.

use std::sync::Arc;

use serde::Serialize;

use crate::derive::{self, Area};
use crate::form::{Series, SeriesIx};
use crate::model::Report;
use crate::view::body::{self, BodyView};
use crate::view::cell;
use crate::view::components::{Cell, Link, NamedLink, Text};
use crate::view::coverage::{self, CoverageView};
use crate::view::local_portal::LocalPortal;
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::shell::Head;
use crate::view::tables::{self, RegionItem, TotalCell};

/// The maximum number of latest reports listed.
const LATEST: usize = 10;

/// The maximum number of inner regions that are listed under their outer ones.
const MOST_REGIONS: usize = 120;

/// What the home page shows. Templates call it `home`.
#[derive(Debug, Serialize)]
pub(crate) struct HomeView<'a> {
    title: &'a str,
    description: &'a str,
    body: Option<BodyView>,
    agencies: usize,
    reports: usize,
    findings: usize,
    /// The latest year for which a good part of the agencies reported.
    latest: Option<LatestYear<'a>>,
    latest_reports: Vec<ReportItem<'a>>,
    regions: Vec<RegionItem<'a>>,
    years: Vec<YearItem>,
    indicators: Vec<Link<'a>>,
    /// By outermost region.
    coverage: CoverageView<'a>,
}

impl View for HomeView<'_> {
    const TEMPLATE: &'static str = "home.html";
    const NAME: &'static str = "home";
}

/// A year in a few figures.
#[derive(Debug, Serialize)]
struct LatestYear<'a> {
    year: NamedLink,
    reports: u32,
    agencies: u32,
    cards: Vec<TotalCard<'a>>,
}

/// The total of a headline series, and its change over the agencies that reported both years.
#[derive(Debug, Serialize)]
struct TotalCard<'a> {
    series: Link<'a>,
    cell: Cell<'a>,
    unit: &'a str,
    counted: u32,
    change: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct ReportItem<'a> {
    pub(crate) agency: Text<'a>,
    pub(crate) name: String,
    pub(crate) url: String,
    /// The day of publication, if known.
    pub(crate) date: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct YearItem {
    pub(crate) year: NamedLink,
    pub(crate) reports: u32,
    pub(crate) agencies: u32,
}

pub(crate) fn page<'r>(context: &PageContext<'r>, output: &mut Output) -> (Head<'r>, HomeView<'r>) {
    let portal = &context.portal;
    let site = portal.site;
    let body = site
        .home
        .as_ref()
        .and_then(|home| body::view(context, &home.body, None, home.lang.as_deref(), output));
    let title = site.home.as_ref().map(|home| home.title.get(&portal.locale.lang));
    let title = title.filter(|title| !title.is_empty());
    let outermost = tables::outermost_regions(portal);
    let inner: usize = outermost.iter().map(|id| portal.site[*id].regions.len()).sum();
    let depth = if inner > MOST_REGIONS { 1 } else { 2 };
    let view = HomeView {
        title: title.unwrap_or(portal.config.title.get(&portal.locale.lang)),
        description: portal.config.description.get(&portal.locale.lang),
        body,
        agencies: site.agencies.len(),
        reports: site.reports.len(),
        findings: portal.findings.counts().open(),
        latest: latest_year(portal),
        latest_reports: latest(portal, LATEST),
        regions: tables::regions(portal, None, depth),
        coverage: coverage::of_regions(portal, &outermost),
        years: years(portal),
        indicators: tables::headline(portal).map(|(_, series)| portal.series_link(series)).collect(),
    };
    let mut head = Head::new(view.title, Vec::new(), "home").described(view.description);
    head.file = site.home.as_ref().map(|home| &home.body.file);
    (head, view)
}

/// Returns the totals of the latest year that has at least half as many reports as the year with the most:
/// the reports of a year come in over many months, so the newest year is often too thin.
fn latest_year<'a>(portal: &LocalPortal<'a>) -> Option<LatestYear<'a>> {
    let derived = portal.derived;
    let reporting = |year: i16| derived.reporting(Area::Site, year);
    let most = derived.years().iter().map(|year| reporting(*year)).max()?;
    let year = *derived.years().iter().rev().find(|year| reporting(**year) * 2 >= most)?;
    let cards = tables::headline(portal).filter_map(|(ix, series)| {
        let total = derived.total(Area::Site, ix, year);
        let TotalCell { cell, counted } = tables::total_cell(portal, &total);
        cell.is_value().then(|| TotalCard {
            series: portal.series_link(series),
            unit: portal.unit_for(&cell.text, &series.unit),
            change: change(portal, ix, series, year),
            cell,
            counted,
        })
    });
    let cards: Vec<TotalCard<'a>> = cards.collect();
    (!cards.is_empty()).then(|| LatestYear {
        year: tables::year_link(portal, year),
        reports: reporting(year),
        agencies: derived.agencies(Area::Site),
        cards,
    })
}

/// Describes the change of a total on the year before, or says why it is unknown.
fn change<'a>(portal: &LocalPortal<'a>, ix: SeriesIx, series: &'a Series, year: i16) -> String {
    let of = derive::change_of_total(portal.derived, portal.site, ix, year);
    if of.agencies == 0 {
        let years = [("before", (year - 1).to_string().into()), ("year", year.to_string().into())];
        return portal.say("change-total-none", &years);
    }
    let change = cell::difference(portal, series, year - 1, of.difference);
    portal.say("change-total", &[("count", (of.agencies as usize).into()), ("change", change.into())])
}

/// Returns the reports published last. Those of unknown date follow those of the same year.
pub(crate) fn latest<'a>(portal: &LocalPortal<'a>, most: usize) -> Vec<ReportItem<'a>> {
    let mut reports: Vec<_> = portal.site.reports.iter().filter(|report| !report.unlisted).collect();
    // A report is published in the year after the one it covers; that stands in for an unknown date.
    let key = |report: &Report| {
        let year = report.published.map_or(report.period.end_year() + 1, jiff::civil::Date::year);
        (year, report.published)
    };
    reports.sort_by_key(|report| std::cmp::Reverse(key(report)));
    let item = |report: &&'a Arc<Report>| ReportItem {
        agency: portal.text(&portal.site[report.agency].name),
        name: portal.report_name(report),
        url: portal.links().report(report),
        date: report.published.map(|date| portal.locale.date(date)),
    };
    reports.iter().take(most).map(item).collect()
}

/// Returns every year, newest first.
pub(crate) fn years(portal: &LocalPortal<'_>) -> Vec<YearItem> {
    let item = |year: &i16| YearItem {
        year: tables::year_link(portal, *year),
        reports: portal.derived.reporting(Area::Site, *year),
        agencies: portal.derived.agencies(Area::Site),
    };
    portal.derived.years().iter().rev().map(item).collect()
}
