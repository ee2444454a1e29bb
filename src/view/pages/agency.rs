//! The page of an agency: who it is, its figures over the years, its reports and missing years.

use serde::Serialize;

use crate::chart::Measure;
use crate::derive::{Gap, Point, yearly_reports};
use crate::form::SeriesIx;
use crate::model::{Agency, AgencyId, ReportId, Scope};
use crate::search::Document;
use crate::view::body::{self, BodyView};
use crate::view::chart::{self, ChartId, ChartView, Panel};
use crate::view::components::{Cell, Link, NamedLink, Text, ending_here};
use crate::view::context::{Edition, Sources};
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::search_text::Lines;
use crate::view::shell::Head;
use crate::view::{cell, tables};

/// As many agencies of the same kind are listed.
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
    /// The reports of the year; none where it is missing.
    reports: Vec<ReportLink<'a>>,
    form: Option<NamedLink>,
    published: Option<String>,
    findings: usize,
}

/// A report of a year.
#[derive(Debug, Serialize)]
struct ReportLink<'a> {
    title: Text<'a>,
    /// What it covers, where that is not the agency's year.
    name: Option<String>,
    url: String,
}

/// Other agencies of its level.
#[derive(Debug, Serialize)]
struct PeersView<'a> {
    agencies: Vec<Link<'a>>,
    /// How many more there are.
    omitted: usize,
    /// Where they all lie.
    region: Link<'a>,
}

/// Series × years.
#[derive(Debug, Serialize)]
struct SeriesTable<'a> {
    /// The years that have a report.
    years: Vec<YearColumn>,
    /// The years between them that have none, in words; empty where each has one.
    missing: String,
    /// Whether any row has a sparkline.
    has_sparks: bool,
    rows: Vec<SeriesRow<'a>>,
}

/// A year as a column.
#[derive(Debug, Serialize)]
struct YearColumn {
    name: String,
    /// The report.
    url: String,
}

/// A series as a row.
#[derive(Debug, Serialize)]
struct SeriesRow<'a> {
    series: Link<'a>,
    unit: &'a str,
    /// Its shape over the years as a small drawing; empty where the figures are few.
    spark: String,
    cells: Vec<Cell<'a>>,
}

/// More series than this are small multiples.
const MOST_LINES: usize = 4;

/// The headline series that the agency gave in two years or more, what became of requests, and where it
/// stood among its peers in the latest year it reported on.
fn charts<'r>(desk: &PageContext<'r>, id: AgencyId, agency: &'r Agency) -> Vec<ChartView<'r>> {
    let edition = &desk.edition;
    let page = desk.path();
    let chart = |id| ChartId { page: &page, id };
    let own = &Edition { sources: Sources::Agency(agency), ..desk.edition };
    let points = |ix| edition.derived.agency_series(edition.site, agency, ix);
    let panels: Vec<Panel<'r>> = tables::headline(edition)
        .map(|(ix, series)| Panel {
            name: series.title.get(&edition.locale.lang),
            href: edition.links().indicator(series),
            series,
            points: points(ix),
        })
        .filter(|panel| panel.points.iter().filter(|at| at.point.reading().is_some()).count() > 1)
        .collect();
    let over_years: Vec<ChartView<'r>> = if panels.len() > MOST_LINES {
        let title = edition.say("chart-grid-title", &[("count", panels.len().into())]);
        chart::small_multiples(own, chart("chart-series"), title, &panels, false).into_iter().collect()
    } else {
        let draw = |panel: &Panel<'r>| {
            let id = format!("chart-{}", panel.series.id);
            chart::over_years(own, ChartId { page: &page, id: &id }, panel.series, &panel.points)
        };
        panels.iter().filter_map(draw).collect()
    };
    let outcomes = chart::stack(own, chart("chart-outcomes"), Measure::Count, points);
    let own = agency.reports.clone().rev().map(|at| &edition.site[ReportId(at)]);
    let latest = own.filter(|report| report.scope == Scope::Own && report.period.is_year());
    let latest = latest.map(|report| report.period.year).max();
    let peers = latest.and_then(|year| chart::standing(edition, chart("chart-peers"), id, year));
    over_years.into_iter().chain(outcomes).chain(peers).collect()
}

pub(crate) fn page<'r>(
    desk: &PageContext<'r>,
    id: AgencyId,
    output: &mut Output,
) -> (Head<'r>, AgencyView<'r>) {
    let edition = &desk.edition;
    let agency = &edition.site[id];
    let link = |id: AgencyId| edition.agency_link(&edition.site[id]);
    let open = |id| edition.findings.of(id).iter().filter(|finding| finding.is_open()).count();
    let view = AgencyView {
        name: edition.text(&agency.name),
        short_name: edition.some_text(&agency.short_name),
        other_names: agency.other_names.iter().map(|name| edition.quote(name, None)).collect(),
        level: edition.level(agency),
        region: agency.region.map(|id| edition.region_link(&edition.site[id])),
        parent: agency.parent.map(link),
        succeeds: agency.succeeds.iter().copied().map(link).collect(),
        url: agency.url.as_deref(),
        contact: agency.contact.as_deref().map(|contact| edition.quote(contact, None)),
        body: body::view(desk, &agency.body, None, None, output),
        reports: reports(edition, agency),
        charts: charts(desk, id, agency),
        table: table(edition, agency),
        peers: peers(edition, id, agency),
        open_findings: agency.reports.clone().map(|at| open(ReportId(at))).sum(),
    };
    let name = agency.name.get(&edition.locale.lang);
    let description = edition.say(
        "agency-description",
        &[("agency", name.into()), ("reports", edition.site.reports_of(agency).len().into())],
    );
    let way = ending_here(edition.way_to_agency(agency));
    let head = Head::new(name, way, "agencies").described(description).from(&agency.body.file);
    output.add_charts(&view.charts);
    output.document = Some(document(desk, id, &view));
    (head, view)
}

/// What search knows of an agency's page.
fn document(desk: &PageContext<'_>, id: AgencyId, view: &AgencyView<'_>) -> Document {
    let mut lines = Lines::default();
    lines.add(view.body.as_ref().map_or("", |body| &body.plain));
    view.parent.iter().chain(&view.succeeds).for_each(|other| lines.add(other.name.text));
    lines.add(view.contact.map_or("", |contact| contact.text));
    let document = desk.edition.agency_document(id, desk.path());
    Document { text: lines.finish(), ..document }
}

/// Every year from the first report to the last, with the years that have none.
fn reports<'a>(edition: &Edition<'a>, agency: &Agency) -> Vec<ReportRow<'a>> {
    let all = edition.site.reports_of(agency);
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Vec::new() };
    let row = |year: i16| {
        let of_year: Vec<_> = all.iter().filter(|report| report.period.year == year).collect();
        let form = of_year.first().map(|report| &edition.site.catalog[report.form]);
        let findings = agency
            .reports
            .clone()
            .map(crate::model::ReportId)
            .filter(|id| edition.site[*id].period.year == year);
        ReportRow {
            year: edition.year(year),
            reports: of_year
                .iter()
                .map(|report| ReportLink {
                    title: edition.quote(&report.title, report.lang.as_deref()),
                    name: (report.scope != Scope::Own || !report.period.is_year())
                        .then(|| edition.report_name(report)),
                    url: edition.links().report(report),
                })
                .collect(),
            form: form.map(|form| NamedLink {
                name: form.title.get(&edition.locale.lang).to_owned(),
                url: edition.links().form(form),
            }),
            published: of_year
                .first()
                .and_then(|report| report.published)
                .map(|date| edition.locale.date(date)),
            findings: findings
                .map(|id| edition.findings.of(id).iter().filter(|finding| finding.is_open()).count())
                .sum(),
        }
    };
    let has_report = |year: &i16| all.iter().any(|report| report.period.year == *year);
    let years: Vec<i16> = (first.period.year..=last.period.year).rev().collect();
    let mut rows = Vec::new();
    for run in years.chunk_by(|one, next| !has_report(one) && !has_report(next)) {
        match run {
            // Newest first.
            [last, .., first] => rows.push(ReportRow { year: edition.years(*first, *last), ..row(*last) }),
            _ => rows.extend(run.iter().copied().map(row)),
        }
    }
    rows
}

/// The series that some report of the agency has something to say about.
fn table<'a>(edition: &Edition<'a>, agency: &'a Agency) -> SeriesTable<'a> {
    let yearly = yearly_reports(edition.site, agency);
    let mut years: Vec<YearColumn> = Vec::new();
    let mut missing = Vec::new();
    let mut before: Option<i16> = None;
    for (_, report) in &yearly {
        let year = report.period.year;
        // The first of several reports on a year stands for it.
        if before == Some(year) {
            continue;
        }
        missing.extend(before.into_iter().flat_map(|before| before + 1..year));
        before = Some(year);
        years.push(YearColumn { name: year.to_string(), url: edition.links().report(report) });
    }
    let says_something =
        |point: &Point| !matches!(point, Point::Gap(Gap::NoReport | Gap::NotAsked | Gap::NotTranscribed));
    let rows = edition.site.catalog.series.iter().enumerate().filter_map(|(at, series)| {
        let points = edition.derived.agency_series(edition.site, agency, SeriesIx(at as u16));
        points.iter().any(|at| says_something(&at.point)).then(|| SeriesRow {
            series: edition.series_link(series),
            unit: if series.ratio.is_some() { "" } else { edition.unit(&series.unit) },
            spark: chart::sparkline(edition, series, &points),
            cells: points
                .iter()
                .filter(|at| at.report.is_some())
                .map(|at| cell::of_point(edition, &at.point))
                .collect(),
        })
    });
    let rows: Vec<SeriesRow<'a>> = rows.collect();
    let has_sparks = rows.iter().any(|row| !row.spark.is_empty());
    let missing = edition.locale.list(edition.spans(missing.into_iter()));
    SeriesTable { years, missing, has_sparks, rows }
}

/// Other agencies of its level in its region; where there are none, in the region around it.
fn peers<'a>(edition: &Edition<'a>, id: AgencyId, agency: &'a Agency) -> Option<PeersView<'a>> {
    let mut chain = edition.site.region_chain(agency.region);
    chain.reverse();
    for region in chain {
        let within = crate::view::tables::agencies_within(edition, region);
        let same = within.into_iter().filter(|other| *other != id).map(|other| &edition.site[other]);
        let same: Vec<&'a Agency> = same.filter(|other| other.level == agency.level).collect();
        if !same.is_empty() {
            return Some(PeersView {
                agencies: same.iter().take(PEERS).map(|other| edition.agency_link(other)).collect(),
                omitted: same.len().saturating_sub(PEERS),
                region: edition.region_link(&edition.site[region]),
            });
        }
    }
    None
}
