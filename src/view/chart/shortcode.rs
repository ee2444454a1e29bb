//! `{{ chart(…) }}` in a text or a template: a series by its id, or a group of series, for the page's
//! agency or report, for agencies by their paths, or for the whole site.

mod args;

use crate::base::diagnostic::Message;
use crate::chart::Measure;
use crate::derive::{self, Area, Gap, Point, YearPoint};
use crate::form::{Series, SeriesIx};
use crate::markdown::{Call, Value};
use crate::model::{Agency, AgencyId, ReportId, Scope};
use crate::plan::PageKind;
use crate::view::chart::{self, Bar, ChartView, Comparison, HeatLine, Panel, Slope};
use crate::view::context::{Edition, Sources};
use crate::view::tables;

use self::args::{Kind, OF_OUTCOMES};
use crate::view::page::PageContext;
use crate::view::pages::report;

/// Draws what a call asks for, or says what is wrong with it.
pub(crate) fn chart<'r>(desk: &PageContext<'r>, id: &str, call: &Call) -> Result<ChartView<'r>, Message> {
    let edition = &desk.edition;
    let page = desk.path();
    args::check(call)?;
    let kind = args::kind(call)?;
    let asked = (call.positional.as_slice(), call.get("series"));
    let (([Value::Text(name)], None) | ([], Some(Value::Text(name)))) = asked else {
        return Err(Message::new("call-chart-series"));
    };
    let empty = || Message::new("call-chart-empty").arg("series", &**name);
    let catalog = &edition.site.catalog;
    let Some(ix) = catalog.find_series(name) else {
        let is_group = catalog.series.iter().any(|series| *series.group == **name);
        if !is_group {
            return Err(args::unknown("call-unknown-series", "code", name, || {
                catalog.series.iter().map(|series| &*series.id)
            }));
        }
        return group(desk, &page, (id, name), kind, call)?.ok_or_else(empty);
    };
    if let Some(kind @ (Kind::Flow | Kind::Stack | Kind::Shares | Kind::Waffle)) = kind {
        let message = Message::new("call-chart-kind-group").arg("kind", kind.name());
        return Err(message.arg("group", chart::outcomes_group(edition)));
    }
    let series = catalog.series(ix).ok_or_else(empty)?;
    let years = args::years(call)?;
    let in_years = |at: &YearPoint| years.is_none_or(|(first, last)| (first..=last).contains(&at.year));
    if kind == Some(Kind::Tiles) {
        return tiles(desk, &page, id, (ix, series), call)?.ok_or_else(empty);
    }
    let several = args::agencies(desk, call)?;
    if kind == Some(Kind::Heat) {
        let all = || edition.site.agencies.iter().collect();
        let agencies = if call.get("agencies").is_none() { all() } else { several };
        return heat(desk, (&page, id), (ix, series), &agencies, &in_years).ok_or_else(empty);
    }
    let sources = match several.as_slice() {
        [agency] => Sources::Agency(agency),
        _ => Sources::Many,
    };
    let of_one = &Edition { whose: whose(desk, &several), sources, ..desk.edition };
    let points = |agency: &Agency| -> Vec<YearPoint> {
        let points = edition.derived.agency_series(edition.site, agency, ix);
        points.into_iter().filter(in_years).collect()
    };
    let drawn = match (several.as_slice(), kind) {
        ([_, _, ..], Some(Kind::Multiples | Kind::Line)) => {
            let panels: Vec<Panel<'r>> = several
                .iter()
                .map(|agency| Panel {
                    name: agency.name.get(&edition.locale.lang),
                    href: edition.links().agency(agency),
                    series,
                    points: points(agency),
                })
                .collect();
            let title = edition.say(
                "chart-grid-agencies",
                &[("count", panels.len().into()), ("series", series.title.get(&edition.locale.lang).into())],
            );
            chart::multiples(edition, &page, (id, title), &panels, true)
        }
        ([_, _, ..], Some(Kind::Slope)) => slope(desk, &page, id, (ix, series), &several, years),
        ([_, _, ..], _) => compare(desk, &page, id, (ix, series), &several, years),
        ([agency], Some(Kind::Range)) => {
            let year = years.map(|(_, last)| last).or_else(|| edition.derived.years().last().copied());
            let of_agency = |known: &&Agency| std::ptr::eq(*known, *agency);
            let at = edition.site.agencies.iter().position(|known| of_agency(&known));
            let subject = at.map(|at| AgencyId(at as u32)).zip(year);
            let of_many = &Edition { sources: Sources::Many, ..*of_one };
            subject.and_then(|subject| chart::peers(of_many, &page, id, (ix, series), subject))
        }
        ([agency], _) => chart::over_years_as(of_one, &page, id, series, &points(agency), args::shape(kind)),
        ([], _) => {
            let points = tables::total_points(edition, Area::Site, ix);
            let points: Vec<YearPoint> = points.into_iter().filter(in_years).collect();
            chart::over_years_as(edition, &page, id, series, &points, args::shape(kind))
        }
    };
    drawn.ok_or_else(empty)
}

/// A group of series: of one report, or over the years of an agency or of the whole site.
fn group<'r>(
    desk: &PageContext<'r>,
    page: &str,
    (id, name): (&str, &str),
    kind: Option<Kind>,
    call: &Call,
) -> Result<Option<ChartView<'r>>, Message> {
    let outcomes = chart::outcomes_group(&desk.edition);
    match kind {
        None | Some(Kind::Bars) => {}
        Some(Kind::Flow | Kind::Stack | Kind::Shares | Kind::Waffle) if name == outcomes => {}
        Some(kind @ (Kind::Flow | Kind::Stack | Kind::Shares | Kind::Waffle)) => {
            let message = Message::new("call-chart-kind-group").arg("kind", kind.name());
            return Err(message.arg("group", outcomes));
        }
        Some(kind) => {
            let fit: &[Kind] = if name == outcomes { &OF_OUTCOMES } else { &[Kind::Bars] };
            let fit: Vec<&str> = fit.iter().map(|kind| kind.name()).collect();
            let message = Message::new("call-chart-kind-series").arg("kind", kind.name());
            return Err(message.arg("group", name).arg("kinds", fit.join(", ")));
        }
    }
    let years = args::years(call)?;
    let asked = args::agencies(desk, call)?;
    let agency = match asked.as_slice() {
        [] => None,
        [agency] => Some(*agency),
        _ => return Err(Message::new("call-chart-one-agency").arg("group", name)),
    };
    let sources = agency.map_or(Sources::Many, Sources::Agency);
    let edition = &Edition { whose: whose(desk, &asked), sources, ..desk.edition };
    let measure = match kind {
        Some(Kind::Stack) => Some(Measure::Count),
        Some(Kind::Shares) => Some(Measure::Share),
        _ => None,
    };
    if let Some(measure) = measure {
        let in_years = |at: &YearPoint| years.is_none_or(|(first, last)| (first..=last).contains(&at.year));
        let points = |ix| match agency {
            None => tables::every_total(edition, Area::Site, ix),
            Some(agency) => edition.derived.agency_series(edition.site, agency, ix),
        };
        if measure == Measure::Share && agency.is_none() {
            return Err(Message::new("call-chart-group").arg("group", name));
        }
        let points = |ix| points(ix).into_iter().filter(in_years).collect();
        return Ok(chart::stack(edition, page, id, measure, points));
    }
    let report_id = match call.get("agencies") {
        None => report_of(desk),
        Some(_) => agency.and_then(|agency| report_in(desk, agency, years.map(|(_, last)| last))),
    };
    let report_id = report_id.ok_or(Message::new("call-chart-group").arg("group", name))?;
    let Some(report) = edition.site.report(report_id) else { return Ok(None) };
    let edition = &Edition { sources: Sources::Report(report), ..*edition };
    Ok(match kind {
        Some(Kind::Flow) => chart::flow(edition, page, id, report_id, &edition.period(report)),
        Some(Kind::Waffle) => chart::waffle(edition, page, id, report_id, &edition.period(report)),
        _ => report::group_bars(edition, page, id, name, (report_id, report)),
    })
}

/// The name of the one agency that is drawn, unless the page is about it.
fn whose<'r>(desk: &PageContext<'r>, agencies: &[&'r Agency]) -> Option<&'r str> {
    let [agency] = agencies else { return None };
    let own = agency_of(desk).and_then(|id| desk.edition.site.agency(id));
    let is_own = own.is_some_and(|own| std::ptr::eq(own, *agency));
    (!is_own).then(|| agency.name.get(&desk.edition.locale.lang))
}

/// An agency's own report on a whole year, the latest unless a year is asked for.
fn report_in(desk: &PageContext<'_>, agency: &Agency, year: Option<i16>) -> Option<ReportId> {
    let reports = derive::yearly_reports(desk.edition.site, agency).into_iter();
    let mut fit = reports.filter(|(_, report)| {
        report.scope == Scope::Own && year.is_none_or(|year| report.period.year == year)
    });
    fit.next_back().map(|(id, _)| id)
}

/// The regions directly in the page's, or the outermost, as tiles, in the last year asked for.
fn tiles<'r>(
    desk: &PageContext<'r>,
    page: &str,
    id: &str,
    series: (SeriesIx, &'r Series),
    call: &Call,
) -> Result<Option<ChartView<'r>>, Message> {
    if call.get("agencies").is_some() {
        return Err(Message::new("call-chart-tiles-agencies"));
    }
    let edition = &desk.edition;
    let parent = match desk.key.kind {
        PageKind::Region(id) => Some(id),
        _ => None,
    };
    let regions = chart::placed(edition, parent);
    if regions.is_empty() {
        return Err(Message::new("call-chart-tiles"));
    }
    let asked = args::years(call)?;
    let years = edition.derived.years().iter().copied();
    let years: Vec<i16> =
        years.filter(|year| asked.is_none_or(|(first, last)| (first..=last).contains(year))).collect();
    Ok(chart::tiles(edition, page, id, series, &regions, &years))
}

/// The table of agencies and years, the first of the agencies where there are many.
fn heat<'r>(
    desk: &PageContext<'r>,
    (page, id): (&str, &str),
    (ix, series): (SeriesIx, &'r Series),
    agencies: &[&Agency],
    in_years: &dyn Fn(&YearPoint) -> bool,
) -> Option<ChartView<'r>> {
    let edition = &desk.edition;
    let line = |agency: &&Agency| {
        let points = edition.derived.agency_series(edition.site, agency, ix);
        let points: Vec<YearPoint> = points.into_iter().filter(in_years).collect();
        points.iter().any(|at| at.point.reading().is_some()).then(|| HeatLine {
            name: agency.name.get(&edition.locale.lang).to_owned(),
            href: edition.links().agency(agency),
            points,
        })
    };
    let mut lines: Vec<HeatLine> = agencies.iter().filter_map(line).collect();
    let omitted = lines.len().saturating_sub(tables::MOST_ROWS);
    lines.truncate(tables::MOST_ROWS);
    chart::heat(edition, page, id, series, &lines, omitted)
}

/// Several agencies in the first and the last of the years asked for.
fn slope<'r>(
    desk: &PageContext<'r>,
    page: &str,
    id: &str,
    (ix, series): (SeriesIx, &'r Series),
    agencies: &[&'r Agency],
    years: Option<(i16, i16)>,
) -> Option<ChartView<'r>> {
    let edition = &desk.edition;
    let all = edition.derived.years();
    let (first, last) = years.or(Some((*all.first()?, *all.last()?)))?;
    let own = agency_of(desk).and_then(|id| edition.agency(id));
    let rows: Vec<Slope> = agencies
        .iter()
        .map(|agency| {
            let points = edition.derived.agency_series(edition.site, agency, ix);
            let at = |year| {
                let none = YearPoint { year, report: None, point: Point::Gap(Gap::NoReport) };
                points.iter().find(|at| at.year == year).cloned().unwrap_or(none)
            };
            Slope {
                name: agency.name.get(&edition.locale.lang).to_owned(),
                points: [at(first), at(last)],
                subject: own.is_some_and(|own| std::ptr::eq(own, *agency)),
            }
        })
        .collect();
    chart::slopes(edition, page, id, series, (first, last), &rows)
}

/// Several agencies side by side, in the last year asked for.
fn compare<'r>(
    desk: &PageContext<'r>,
    page: &str,
    id: &str,
    (ix, series): (SeriesIx, &'r Series),
    agencies: &[&'r Agency],
    years: Option<(i16, i16)>,
) -> Option<ChartView<'r>> {
    let edition = &desk.edition;
    let year = years.map(|(_, last)| last).or_else(|| edition.derived.years().last().copied())?;
    let point = |agency: &Agency| edition.derived.agency_point(edition.site, agency, ix, year);
    let bars: Vec<Bar> = agencies
        .iter()
        .map(|agency| Bar { name: agency.name.get(&edition.locale.lang).to_owned(), point: point(agency) })
        .collect();
    let comparison = Comparison {
        id,
        title: edition.say(
            "chart-ranking-title",
            &[("series", series.title.get(&edition.locale.lang).into()), ("year", edition.year(year).into())],
        ),
        period: edition.year(year),
        head: edition.word("column-agency"),
        measure: series.title.get(&edition.locale.lang),
        series,
        whole: None,
    };
    chart::bars(edition, page, comparison, &bars)
}

fn agency_of(desk: &PageContext<'_>) -> Option<AgencyId> {
    match desk.key.kind {
        PageKind::Agency(id) => Some(id),
        PageKind::Report(id) => Some(desk.edition.site.report(id)?.agency),
        _ => None,
    }
}

fn report_of(desk: &PageContext<'_>) -> Option<ReportId> {
    match desk.key.kind {
        PageKind::Report(id) => Some(id),
        _ => None,
    }
}
