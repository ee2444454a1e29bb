//! The pages of indicators: what a series means, where it breaks, its totals and its ranking.

use serde::Serialize;

use crate::derive::Area;
use crate::form::{BreakKind, Series, SeriesIx, TEXT_FIGURES};
use crate::search::{Document, DocumentKind};
use crate::view::chart::{self, ChartId, ChartView};
use crate::view::components::{Crumb, Link, NamedLink, Text, ending_here};
use crate::view::context::Edition;
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::search_text::Lines;
use crate::view::shell::Head;
use crate::view::tables::{self, RankingView, TotalCell};

/// What the list of indicators shows. Templates call it `indicators`.
#[derive(Debug, Serialize)]
pub(crate) struct IndicatorsView<'a> {
    groups: Vec<GroupView<'a>>,
    /// Those that no report gives a figure for.
    unused: Vec<SeriesItem<'a>>,
}

impl View for IndicatorsView<'_> {
    const TEMPLATE: &'static str = "indicators.html";
    const NAME: &'static str = "indicators";
}

/// Indicators of one part of the overview.
#[derive(Debug, Serialize)]
struct GroupView<'a> {
    id: &'a str,
    name: &'a str,
    series: Vec<SeriesItem<'a>>,
}

/// An indicator in the list.
#[derive(Debug, Serialize)]
struct SeriesItem<'a> {
    series: Link<'a>,
    definition: Text<'a>,
    unit: &'a str,
    /// How many reports give a figure.
    reports: usize,
}

/// What an indicator's page shows. Templates call it `indicator`.
#[derive(Debug, Serialize)]
pub(crate) struct IndicatorView<'a> {
    title: Text<'a>,
    definition: Text<'a>,
    comparability: Option<Text<'a>>,
    unit: &'a str,
    is_share: bool,
    /// How many reports give a figure.
    reports: usize,
    numerator: Vec<Link<'a>>,
    denominator: Option<Link<'a>>,
    breaks: Vec<BreakView<'a>>,
    terms: Vec<TermView<'a>>,
    charts: Vec<ChartView<'a>>,
    /// The table agency × year.
    heat: Option<ChartView<'a>>,
    totals: Vec<YearTotal<'a>>,
    /// The year of the ranking.
    ranking_year: Option<NamedLink>,
    ranking: Option<RankingView<'a>>,
}

impl View for IndicatorView<'_> {
    const TEMPLATE: &'static str = "indicator.html";
    const NAME: &'static str = "indicator";
}

/// Where the meaning changes.
#[derive(Debug, Serialize)]
struct BreakView<'a> {
    year: String,
    is_cut: bool,
    text: Text<'a>,
}

/// The figures of a form that give the series.
#[derive(Debug, Serialize)]
struct TermView<'a> {
    form: Link<'a>,
    figures: Vec<FigureRef>,
}

/// A figure of a form.
#[derive(Debug, Serialize)]
struct FigureRef {
    code: String,
    label: String,
    url: String,
}

/// The total of a year.
#[derive(Debug, Serialize)]
struct YearTotal<'a> {
    year: NamedLink,
    total: TotalCell<'a>,
    reports: u32,
    agencies: u32,
}

pub(crate) fn index_page<'r>(desk: &PageContext<'r>) -> (Head<'r>, IndicatorsView<'r>) {
    let edition = &desk.edition;
    let item = |(ix, series)| SeriesItem {
        series: edition.series_link(series),
        definition: edition.text(&series.definition),
        unit: edition.unit(&series.unit),
        reports: reports_with(edition, ix),
    };
    let mut unused = Vec::new();
    let mut groups = Vec::new();
    for (id, series) in edition.series_groups() {
        let (given, none): (Vec<_>, Vec<_>) = series.into_iter().map(item).partition(|item| item.reports > 0);
        unused.extend(none);
        if !given.is_empty() {
            groups.push(GroupView { id, name: edition.group_name(id), series: given });
        }
    }
    let way = ending_here(edition.way_to("nav-indicators", "indicators/"));
    let head = Head::new(edition.word("nav-indicators"), way, "indicators")
        .described(edition.word("indicators-description"));
    (head, IndicatorsView { groups, unused })
}

/// The totals of the series over the years, and how the agencies spread in the latest year in which enough
/// of them gave a figure. Its ranking is a table with bars.
fn charts<'r>(desk: &PageContext<'r>, ix: SeriesIx, series: &'r Series) -> Vec<ChartView<'r>> {
    let edition = &desk.edition;
    let page = desk.path();
    let chart = |id| ChartId { page: &page, id };
    let totals = tables::total_points(edition, Area::Site, ix);
    let mut over_years = chart::over_years(edition, chart("chart-totals"), series, &totals);
    if let Some(chart) = &mut over_years {
        chart.remark(edition.word("chart-totals-vary"));
    }
    let spread = edition.derived.years().iter().rev().find_map(|year| {
        let ranking = edition.derived.ranking(edition.site, Area::Site, ix, *year);
        chart::spread(edition, chart("chart-spread"), series, *year, ranking)
    });
    over_years.into_iter().chain(spread).collect()
}

/// The table of the agencies that gave a figure in some year, in reading order.
fn heat<'r>(desk: &PageContext<'r>, ix: SeriesIx, series: &'r Series) -> Option<ChartView<'r>> {
    let edition = &desk.edition;
    let points = |agency| (agency, edition.derived.agency_series(edition.site, agency, ix));
    let agencies = edition.site.agencies.iter().map(points);
    let page = desk.path();
    chart::agency_heatmap(edition, ChartId { page: &page, id: "chart-agencies" }, series, agencies)
}

pub(crate) fn page<'r>(
    desk: &PageContext<'r>,
    ix: SeriesIx,
    output: &mut Output,
) -> (Head<'r>, IndicatorView<'r>) {
    let edition = &desk.edition;
    let series = &edition.site.catalog[ix];
    let by_id = |id: &str| {
        let series = edition.site.catalog.find_series(id).map(|ix| &edition.site.catalog[ix])?;
        Some(edition.series_link(series))
    };
    let ratio = series.ratio.as_ref();
    let ranking = latest_ranking(edition, ix);
    let reports = reports_with(edition, ix);
    let view = IndicatorView {
        title: edition.text(&series.title),
        definition: edition.text(&series.definition),
        comparability: edition.some_text(&series.comparability),
        unit: edition.unit(&series.unit),
        is_share: ratio.is_some(),
        reports,
        numerator: ratio.iter().flat_map(|ratio| &ratio.numerator).filter_map(|id| by_id(id)).collect(),
        denominator: ratio.and_then(|ratio| by_id(&ratio.denominator)),
        breaks: breaks(edition, series),
        terms: terms(edition, series),
        charts: charts(desk, ix, series),
        heat: heat(desk, ix, series),
        totals: if ratio.is_some() || reports == 0 { Vec::new() } else { totals(edition, ix) },
        ranking_year: ranking.as_ref().map(|(year, _)| tables::year_link(edition, *year)),
        ranking: ranking.map(|(_, ranking)| ranking),
    };
    let mut way = edition.way_to("nav-indicators", "indicators/");
    way.push(Crumb { url: None, ..Crumb::to(view.title, String::new()) });
    let head = Head::new(view.title.text, way, "indicators").described(view.definition.text);
    output.add_charts(&view.charts);
    output.add_charts(view.heat.as_slice());
    let mut lines = Lines::default();
    lines.add(view.comparability.map_or("", |text| text.text));
    view.breaks.iter().for_each(|at| lines.add(at.text.text));
    output.document = Some(Document {
        kind: DocumentKind::Indicator,
        url: desk.path(),
        title: view.title.text.to_owned(),
        note: view.definition.text.to_owned(),
        text: lines.finish(),
        ..Document::default()
    });
    (head, view)
}

/// How many reports give a figure for a series.
fn reports_with(edition: &Edition<'_>, ix: SeriesIx) -> usize {
    let reports = edition.site.reports_with_ids();
    reports.filter(|(id, _)| edition.derived.point(*id, ix).reading().is_some()).count()
}

fn breaks<'a>(edition: &Edition<'a>, series: &'a Series) -> Vec<BreakView<'a>> {
    let view = |at: &'a crate::form::Break| BreakView {
        year: edition.year(at.year),
        is_cut: at.kind == BreakKind::Cut,
        text: edition.text(&at.text),
    };
    chart::breaks_in_use(edition, series).map(view).collect()
}

fn terms<'a>(edition: &Edition<'a>, series: &'a Series) -> Vec<TermView<'a>> {
    let catalog = &edition.site.catalog;
    let texts = catalog.find_form(TEXT_FIGURES).filter(|ix| edition.derived.forms().contains(ix));
    let texts = texts.map(|ix| &catalog[ix]);
    let view = |terms: &'a crate::form::SeriesTerms| {
        let ix = catalog.find_form(&terms.form)?;
        let form = edition.derived.forms().contains(&ix).then(|| &catalog[ix])?;
        let figure = |code: &str| {
            let owner = if form.find(code).is_some() { form } else { texts? };
            let indicator = &owner[owner.find(code)?];
            let label = edition.label(indicator);
            Some(FigureRef {
                code: code.to_owned(),
                label,
                url: format!("{}#i-{code}", edition.links().form(owner)),
            })
        };
        Some(TermView {
            form: Link { name: edition.text(&form.title), url: edition.links().form(form) },
            figures: terms.codes.iter().filter_map(|code| figure(code)).collect(),
        })
    };
    series.terms.iter().filter_map(view).collect()
}

/// Totals of the years that have any report, newest first.
fn totals<'a>(edition: &Edition<'a>, ix: SeriesIx) -> Vec<YearTotal<'a>> {
    let view = |year: &i16| {
        let total = edition.derived.total(Area::Site, ix, *year);
        YearTotal {
            year: tables::year_link(edition, *year),
            reports: total.reports,
            agencies: total.agencies,
            total: tables::total_cell(edition, &total),
        }
    };
    edition.derived.years().iter().rev().map(view).collect()
}

/// The ranking of the latest year in which at least two agencies can be compared, else in which any
/// has a figure.
fn latest_ranking<'a>(edition: &Edition<'a>, ix: SeriesIx) -> Option<(i16, RankingView<'a>)> {
    let mut lonely = None;
    for year in edition.derived.years().iter().rev() {
        let ranking = edition.derived.ranking(edition.site, Area::Site, ix, *year);
        match ranking.ranked.len() {
            0 => {}
            1 => lonely = lonely.or(Some((*year, ranking))),
            _ => {
                let view = tables::ranking(edition, ix, &ranking, tables::MOST_ROWS);
                return Some((*year, view));
            }
        }
    }
    let (year, ranking) = lonely?;
    Some((year, tables::ranking(edition, ix, &ranking, tables::MOST_ROWS)))
}
