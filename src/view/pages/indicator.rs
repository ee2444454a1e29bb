//! The pages of indicators: the meaning of a series, its breaks, totals and ranking.

use serde::Serialize;

use crate::derive::Area;
use crate::form::{BreakKind, Series, SeriesIx, TEXT_FIGURES};
use crate::search::{Document, DocumentKind};
use crate::view::chart::{self, ChartId, ChartView};
use crate::view::components::{Link, NamedLink, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::output::Output;
use crate::view::page::{PageContext, View};
use crate::view::search_text::SearchText;
use crate::view::shell::Head;
use crate::view::tables::{self, RankingView, TotalCell};

/// What the list of indicators shows. Templates call it `indicators`.
#[derive(Debug, Serialize)]
pub(crate) struct IndicatorsView<'a> {
    groups: Vec<IndicatorGroup<'a>>,
    /// Indicators without a figure in any report.
    unused: Vec<SeriesItem<'a>>,
}

impl View for IndicatorsView<'_> {
    const TEMPLATE: &'static str = "indicators.html";
    const NAME: &'static str = "indicators";
}

#[derive(Debug, Serialize)]
struct IndicatorGroup<'a> {
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
    /// The number of reports that give a figure.
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
    /// The number of reports that give a figure.
    reports: usize,
    numerator: Vec<Link<'a>>,
    denominator: Option<Link<'a>>,
    breaks: Vec<BreakView<'a>>,
    terms: Vec<TermView<'a>>,
    charts: Vec<ChartView<'a>>,
    /// The heatmap of agencies × years.
    heat: Option<ChartView<'a>>,
    totals: Vec<YearTotal<'a>>,
    ranking_year: Option<NamedLink>,
    ranking: Option<RankingView<'a>>,
}

impl View for IndicatorView<'_> {
    const TEMPLATE: &'static str = "indicator.html";
    const NAME: &'static str = "indicator";
}

/// A break: a year in which the meaning of the series changes.
#[derive(Debug, Serialize)]
struct BreakView<'a> {
    year: String,
    is_cut: bool,
    text: Text<'a>,
}

/// The figures of a form that make up the series.
#[derive(Debug, Serialize)]
struct TermView<'a> {
    form: Link<'a>,
    figures: Vec<FigureRef>,
}

#[derive(Debug, Serialize)]
struct FigureRef {
    code: String,
    label: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct YearTotal<'a> {
    year: NamedLink,
    total: TotalCell<'a>,
    reports: u32,
    agencies: u32,
}

pub(crate) fn index_page<'r>(context: &PageContext<'r>) -> (Head<'r>, IndicatorsView<'r>) {
    let portal = &context.portal;
    let item = |(ix, series)| SeriesItem {
        series: portal.series_link(series),
        definition: portal.text(&series.definition),
        unit: portal.unit(&series.unit),
        reports: reports_with(portal, ix),
    };
    let mut unused = Vec::new();
    let mut groups = Vec::new();
    for (id, series) in portal.series_groups() {
        let (given, none): (Vec<_>, Vec<_>) = series.into_iter().map(item).partition(|item| item.reports > 0);
        unused.extend(none);
        if !given.is_empty() {
            groups.push(IndicatorGroup { id, name: portal.group_name(id), series: given });
        }
    }
    let head = Head::of_list(portal, "nav-indicators", "indicators/", "indicators")
        .described(portal.word("indicators-description"));
    (head, IndicatorsView { groups, unused })
}

/// Draws the totals over the years, and the spread of the agencies in the latest year with enough figures.
/// The ranking is a table with bars instead of a chart.
fn charts<'r>(context: &PageContext<'r>, ix: SeriesIx, series: &'r Series) -> Vec<ChartView<'r>> {
    let portal = &context.portal;
    let page = context.path();
    let chart = |id| ChartId { page: &page, id };
    let totals = tables::total_points(portal, Area::Site, ix);
    let mut over_years = chart::over_years(portal, chart("chart-totals"), series, &totals);
    if let Some(chart) = &mut over_years {
        chart.remark(portal.word("chart-totals-vary"));
    }
    let spread = portal.derived.years().iter().rev().find_map(|year| {
        let ranking = portal.derived.ranking(portal.site, Area::Site, ix, *year);
        chart::spread(portal, chart("chart-spread"), series, *year, ranking)
    });
    over_years.into_iter().chain(spread).collect()
}

/// Draws the heatmap of the agencies that gave a figure in some year, in reading order.
fn heat<'r>(context: &PageContext<'r>, ix: SeriesIx, series: &'r Series) -> Option<ChartView<'r>> {
    let portal = &context.portal;
    let points = |agency| (agency, portal.derived.agency_series(portal.site, agency, ix));
    let agencies = portal.site.agencies.iter().map(points);
    let page = context.path();
    chart::agency_heatmap(portal, ChartId { page: &page, id: "chart-agencies" }, series, agencies)
}

pub(crate) fn page<'r>(
    context: &PageContext<'r>,
    ix: SeriesIx,
    output: &mut Output,
) -> (Head<'r>, IndicatorView<'r>) {
    let portal = &context.portal;
    let series = &portal.site.catalog[ix];
    let by_id = |id: &str| {
        let series = portal.site.catalog.find_series(id).map(|ix| &portal.site.catalog[ix])?;
        Some(portal.series_link(series))
    };
    let ratio = series.ratio.as_ref();
    let ranking = latest_ranking(portal, ix);
    let reports = reports_with(portal, ix);
    let view = IndicatorView {
        title: portal.text(&series.title),
        definition: portal.text(&series.definition),
        comparability: portal.some_text(&series.comparability),
        unit: portal.unit(&series.unit),
        is_share: ratio.is_some(),
        reports,
        numerator: ratio.iter().flat_map(|ratio| &ratio.numerator).filter_map(|id| by_id(id)).collect(),
        denominator: ratio.and_then(|ratio| by_id(&ratio.denominator)),
        breaks: breaks(portal, series),
        terms: terms(portal, series),
        charts: charts(context, ix, series),
        heat: heat(context, ix, series),
        totals: if ratio.is_some() || reports == 0 { Vec::new() } else { totals(portal, ix) },
        ranking_year: ranking.as_ref().map(|(year, _)| tables::year_link(portal, *year)),
        ranking: ranking.map(|(_, ranking)| ranking),
    };
    let parents = portal.list_crumbs("nav-indicators", "indicators/");
    let head =
        Head::below(parents, view.title, view.title.text, "indicators").described(view.definition.text);
    output.add_charts(&view.charts);
    output.add_charts(view.heat.as_slice());
    let mut text = SearchText::default();
    text.add(view.comparability.map_or("", |text| text.text));
    view.breaks.iter().for_each(|at| text.add(at.text.text));
    output.document = Some(Document {
        kind: DocumentKind::Indicator,
        url: context.path(),
        title: view.title.text.to_owned(),
        note: view.definition.text.to_owned(),
        text: text.finish(),
        ..Document::default()
    });
    (head, view)
}

/// Counts the reports that give a figure for a series.
fn reports_with(portal: &LocalPortal<'_>, ix: SeriesIx) -> usize {
    let reports = portal.site.reports_with_ids();
    reports.filter(|(id, _)| portal.derived.point(*id, ix).reading().is_some()).count()
}

fn breaks<'a>(portal: &LocalPortal<'a>, series: &'a Series) -> Vec<BreakView<'a>> {
    let view = |at: &'a crate::form::Break| BreakView {
        year: portal.year(at.year),
        is_cut: at.kind == BreakKind::Cut,
        text: portal.text(&at.text),
    };
    chart::breaks_in_use(portal, series).map(view).collect()
}

fn terms<'a>(portal: &LocalPortal<'a>, series: &'a Series) -> Vec<TermView<'a>> {
    let catalog = &portal.site.catalog;
    let texts = catalog.find_form(TEXT_FIGURES).filter(|ix| portal.derived.forms().contains(ix));
    let texts = texts.map(|ix| &catalog[ix]);
    let view = |terms: &'a crate::form::SeriesTerms| {
        let ix = catalog.find_form(&terms.form)?;
        let form = portal.derived.forms().contains(&ix).then(|| &catalog[ix])?;
        let figure = |code: &str| {
            let owner = if form.find(code).is_some() { form } else { texts? };
            let indicator = &owner[owner.find(code)?];
            let label = portal.label(indicator);
            Some(FigureRef {
                code: code.to_owned(),
                label,
                url: format!("{}#i-{code}", portal.links().form(owner)),
            })
        };
        Some(TermView {
            form: portal.form_link(form),
            figures: terms.codes.iter().filter_map(|code| figure(code)).collect(),
        })
    };
    series.terms.iter().filter_map(view).collect()
}

/// Returns the totals of the years that have any report, newest first.
fn totals<'a>(portal: &LocalPortal<'a>, ix: SeriesIx) -> Vec<YearTotal<'a>> {
    let view = |year: &i16| {
        let total = portal.derived.total(Area::Site, ix, *year);
        YearTotal {
            year: tables::year_link(portal, *year),
            reports: total.reports,
            agencies: total.agencies,
            total: tables::total_cell(portal, &total),
        }
    };
    portal.derived.years().iter().rev().map(view).collect()
}

/// Returns the ranking of the latest year in which at least two agencies are comparable, or else in which one
/// has a figure.
fn latest_ranking<'a>(portal: &LocalPortal<'a>, ix: SeriesIx) -> Option<(i16, RankingView<'a>)> {
    let mut lonely = None;
    for year in portal.derived.years().iter().rev() {
        let ranking = portal.derived.ranking(portal.site, Area::Site, ix, *year);
        match ranking.ranked.len() {
            0 => {}
            1 => lonely = lonely.or(Some((*year, ranking))),
            _ => {
                let view = tables::ranking(portal, ix, &ranking, tables::MOST_ROWS);
                return Some((*year, view));
            }
        }
    }
    let (year, ranking) = lonely?;
    Some((year, tables::ranking(portal, ix, &ranking, tables::MOST_ROWS)))
}
