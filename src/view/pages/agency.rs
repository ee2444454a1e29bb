//! The page of an agency: what it is, its reports and missing years, its figures over the years.

use serde::Serialize;

use crate::chart::Measure;
use crate::derive::{Gap, Point, yearly_reports};
use crate::form::SeriesIx;
use crate::model::{Agency, AgencyId, ReportId, Scope};
use crate::search::Document;
use crate::view::body::{self, BodyView};
use crate::view::chart::{self, ChartId, ChartView, Panel};
use crate::view::components::{Cell, Link, NamedLink, Text};
use crate::view::local_portal::{FigureSources, LocalPortal};
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::search_text::SearchText;
use crate::view::shell::Head;
use crate::view::{cell, tables};

/// The maximum number of peers listed.
const PEERS: usize = 30;

/// What an agency's page shows. Templates call it `agency`.
#[derive(Debug, Serialize)]
pub(crate) struct AgencyView<'a> {
    name: Text<'a>,
    short_name: Option<Text<'a>>,
    other_names: Vec<Text<'a>>,
    level: Option<Text<'a>>,
    region: Option<Link<'a>>,
    parent: Option<Link<'a>>,
    succeeds: Vec<Link<'a>>,
    url: Option<&'a str>,
    contact: Option<Text<'a>>,
    body: Option<BodyView>,
    /// Every year from the first report to the last, newest first.
    reports: Vec<ReportRow<'a>>,
    charts: Vec<ChartView<'a>>,
    table: SeriesTable<'a>,
    peers: Option<PeersView<'a>>,
    open_findings: usize,
}

impl View for AgencyView<'_> {
    const TEMPLATE: &'static str = "agency.html";
    const NAME: &'static str = "agency";
}

/// A year of the list of reports.
#[derive(Debug, Serialize)]
struct ReportRow<'a> {
    year: String,
    /// Empty for a year without a report.
    reports: Vec<ReportLink<'a>>,
    form: Option<NamedLink>,
    published: Option<String>,
    findings: usize,
}

#[derive(Debug, Serialize)]
struct ReportLink<'a> {
    title: Text<'a>,
    /// What it covers, if that is not the agency's own year.
    name: Option<String>,
    url: String,
}

/// Other agencies of the same level.
#[derive(Debug, Serialize)]
struct PeersView<'a> {
    agencies: Vec<Link<'a>>,
    /// The number of those that are not listed.
    omitted: usize,
    /// The region they are in.
    region: Link<'a>,
}

/// Series × years.
#[derive(Debug, Serialize)]
struct SeriesTable<'a> {
    /// The years with a report.
    years: Vec<YearColumn>,
    /// The years between them without a report, in words; may be empty.
    missing: String,
    has_sparks: bool,
    rows: Vec<SeriesRow<'a>>,
}

#[derive(Debug, Serialize)]
struct YearColumn {
    name: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct SeriesRow<'a> {
    series: Link<'a>,
    unit: &'a str,
    /// A sparkline as SVG; empty if there are too few figures.
    spark: String,
    cells: Vec<Cell<'a>>,
}

/// The maximum number of series with a chart each; more become small multiples.
const MOST_LINES: usize = 4;

/// Draws the headline series with figures for at least two years, the outcomes of requests, and the agency
/// among its peers in the latest year it reported on.
fn charts<'r>(context: &PageContext<'r>, id: AgencyId, agency: &'r Agency) -> Vec<ChartView<'r>> {
    let portal = &context.portal;
    let page = context.path();
    let chart = |id| ChartId { page: &page, id };
    let own = &LocalPortal { sources: FigureSources::Agency(agency), ..context.portal };
    let points = |ix| portal.derived.agency_series(portal.site, agency, ix);
    let panels: Vec<Panel<'r>> = tables::headline(portal)
        .map(|(ix, series)| Panel {
            name: series.title.get(&portal.locale.lang),
            href: portal.links().indicator(series),
            series,
            points: points(ix),
        })
        .filter(|panel| panel.points.iter().filter(|at| at.point.reading().is_some()).count() > 1)
        .collect();
    let over_years: Vec<ChartView<'r>> = if panels.len() > MOST_LINES {
        let title = portal.say("chart-grid-title", &[("count", panels.len().into())]);
        chart::small_multiples(own, chart("chart-series"), title, &panels, false).into_iter().collect()
    } else {
        let draw = |panel: &Panel<'r>| {
            let id = format!("chart-{}", panel.series.id);
            chart::over_years(own, ChartId { page: &page, id: &id }, panel.series, &panel.points)
        };
        panels.iter().filter_map(draw).collect()
    };
    let outcomes = chart::stack(own, chart("chart-outcomes"), Measure::Count, points);
    let own = agency.reports.clone().rev().map(|at| &portal.site[ReportId(at)]);
    let latest = own.filter(|report| report.scope == Scope::Own && report.period.is_year());
    let latest = latest.map(|report| report.period.year).max();
    let peers = latest.and_then(|year| chart::standing(portal, chart("chart-peers"), id, year));
    over_years.into_iter().chain(outcomes).chain(peers).collect()
}

pub(crate) fn page<'r>(
    context: &PageContext<'r>,
    id: AgencyId,
    output: &mut Output,
) -> (Head<'r>, AgencyView<'r>) {
    let portal = &context.portal;
    let agency = &portal.site[id];
    let link = |id: AgencyId| portal.agency_link(&portal.site[id]);
    let view = AgencyView {
        name: portal.text(&agency.name),
        short_name: portal.some_text(&agency.short_name),
        other_names: agency.other_names.iter().map(|name| portal.quote(name, None)).collect(),
        level: portal.level(agency),
        region: agency.region.map(|id| portal.region_link(&portal.site[id])),
        parent: agency.parent.map(link),
        succeeds: agency.succeeds.iter().copied().map(link).collect(),
        url: agency.url.as_deref(),
        contact: agency.contact.as_deref().map(|contact| portal.quote(contact, None)),
        body: body::view(context, &agency.body, None, None, output),
        reports: reports(portal, agency),
        charts: charts(context, id, agency),
        table: table(portal, agency),
        peers: peers(portal, id, agency),
        open_findings: agency.reports.clone().map(|at| portal.open_findings(ReportId(at))).sum(),
    };
    let name = agency.name.get(&portal.locale.lang);
    let description = portal.say(
        "agency-description",
        &[("agency", name.into()), ("reports", portal.site.reports_of(agency).len().into())],
    );
    let crumbs = portal.agency_crumbs(agency);
    let head = Head::new(name, crumbs, "agencies").described(description).from(&agency.body.file);
    output.add_charts(&view.charts);
    output.document = Some(document(context, id, &view));
    (head, view)
}

/// Makes the search document of the page.
fn document(context: &PageContext<'_>, id: AgencyId, view: &AgencyView<'_>) -> Document {
    let mut text = SearchText::default();
    text.add(view.body.as_ref().map_or("", |body| &body.plain));
    view.parent.iter().chain(&view.succeeds).for_each(|other| text.add(other.name.text));
    text.add(view.contact.map_or("", |contact| contact.text));
    let document = context.portal.agency_document(id, context.path());
    Document { text: text.finish(), ..document }
}

/// Lists every year from the first report to the last. Runs of years without a report share a row.
fn reports<'a>(portal: &LocalPortal<'a>, agency: &Agency) -> Vec<ReportRow<'a>> {
    let all = portal.site.reports_of(agency);
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Vec::new() };
    let row = |year: i16| {
        let ids = agency.reports.clone().map(ReportId);
        let ids: Vec<ReportId> = ids.filter(|id| portal.site[*id].period.year == year).collect();
        let of_year = ids.iter().map(|id| &portal.site[*id]);
        let first = of_year.clone().next();
        let form = first.map(|report| &portal.site.catalog[report.form]);
        ReportRow {
            year: portal.year(year),
            reports: of_year
                .map(|report| ReportLink {
                    title: portal.quote(&report.title, report.lang.as_deref()),
                    name: (report.scope != Scope::Own || !report.period.is_year())
                        .then(|| portal.report_name(report)),
                    url: portal.links().report(report),
                })
                .collect(),
            form: form.map(|form| NamedLink {
                name: form.title.get(&portal.locale.lang).to_owned(),
                url: portal.links().form(form),
            }),
            published: first.and_then(|report| report.published).map(|date| portal.locale.date(date)),
            findings: ids.iter().map(|id| portal.open_findings(*id)).sum(),
        }
    };
    let has_report = |year: &i16| all.iter().any(|report| report.period.year == *year);
    let years: Vec<i16> = (first.period.year..=last.period.year).rev().collect();
    let mut rows = Vec::new();
    for run in years.chunk_by(|one, next| !has_report(one) && !has_report(next)) {
        match run {
            // Newest first.
            [last, .., first] => rows.push(ReportRow { year: portal.years(*first, *last), ..row(*last) }),
            _ => rows.extend(run.iter().copied().map(row)),
        }
    }
    rows
}

/// Returns the series for which some report of the agency has a figure or says why not.
fn table<'a>(portal: &LocalPortal<'a>, agency: &'a Agency) -> SeriesTable<'a> {
    let yearly = yearly_reports(portal.site, agency);
    let mut years: Vec<YearColumn> = Vec::new();
    let mut missing = Vec::new();
    let mut before: Option<i16> = None;
    for (_, report) in &yearly {
        let year = report.period.year;
        // The first of several reports for a year represents it.
        if before == Some(year) {
            continue;
        }
        missing.extend(before.into_iter().flat_map(|before| before + 1..year));
        before = Some(year);
        years.push(YearColumn { name: year.to_string(), url: portal.links().report(report) });
    }
    let says_something =
        |point: &Point| !matches!(point, Point::Gap(Gap::NoReport | Gap::NotAsked | Gap::NotTranscribed));
    let rows = portal.site.catalog.series.iter().enumerate().filter_map(|(at, series)| {
        let points = portal.derived.agency_series(portal.site, agency, SeriesIx(at as u16));
        points.iter().any(|at| says_something(&at.point)).then(|| SeriesRow {
            series: portal.series_link(series),
            unit: if series.ratio.is_some() { "" } else { portal.unit(&series.unit) },
            spark: chart::sparkline(portal, series, &points),
            cells: points
                .iter()
                .filter(|at| at.report.is_some())
                .map(|at| cell::of_point(portal, &at.point))
                .collect(),
        })
    });
    let rows: Vec<SeriesRow<'a>> = rows.collect();
    let has_sparks = rows.iter().any(|row| !row.spark.is_empty());
    let missing = portal.locale.list(portal.spans(missing.into_iter()));
    SeriesTable { years, missing, has_sparks, rows }
}

/// Returns the other agencies of its level in the smallest region around it that has any.
fn peers<'a>(portal: &LocalPortal<'a>, id: AgencyId, agency: &'a Agency) -> Option<PeersView<'a>> {
    let mut chain = portal.site.region_chain(agency.region);
    chain.reverse();
    for region in chain {
        let within = tables::agencies_within(portal, region);
        let same = within.into_iter().filter(|other| *other != id).map(|other| &portal.site[other]);
        let same: Vec<&'a Agency> = same.filter(|other| other.level == agency.level).collect();
        if !same.is_empty() {
            return Some(PeersView {
                agencies: same.iter().take(PEERS).map(|other| portal.agency_link(other)).collect(),
                omitted: same.len().saturating_sub(PEERS),
                region: portal.region_link(&portal.site[region]),
            });
        }
    }
    None
}
