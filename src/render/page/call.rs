//! `{{ chart(…) }}` in a text: a series by its id, or a group of series, for the page's agency or report,
//! for agencies by their paths, or for the whole site.

use crate::derive::{Area, Point, YearPoint};
use crate::diagnostic::Message;
use crate::form::{Series, SeriesIx};
use crate::markdown::{Call, Value};
use crate::model::{Agency, AgencyId, ReportId};
use crate::render::chart::{self, Bar, ChartView, Comparison};
use crate::render::overview;
use crate::render::plan::PageKind;

use super::{Desk, report};

/// Draws what a call asks for, or says what is wrong with it.
pub(super) fn chart<'r>(desk: &Desk<'r>, id: &str, call: &Call) -> Result<ChartView<'r>, Message> {
    let edition = &desk.edition;
    let page = desk.renderer.path(&desk.key);
    let asked = (call.positional.as_slice(), call.get("series"));
    let (([Value::Text(name)], None) | ([], Some(Value::Text(name)))) = asked else {
        return Err(Message::new("call-chart-series"));
    };
    let empty = || Message::new("call-chart-empty").arg("series", &**name);
    let catalog = &edition.site.catalog;
    let Some(ix) = catalog.find_series(name) else {
        let is_group = catalog.series.iter().any(|series| *series.group == **name);
        return match (report_of(desk).filter(|_| is_group), is_group) {
            (Some(report_id), _) => {
                let of_page = edition.site.report(report_id).ok_or_else(empty)?;
                report::group_bars(edition, &page, id, name, (report_id, of_page)).ok_or_else(empty)
            }
            (None, true) => Err(Message::new("call-chart-group").arg("group", &**name)),
            (None, false) => Err(Message::new("call-unknown-series").arg("code", &**name)),
        };
    };
    let series = catalog.series(ix).ok_or_else(empty)?;
    let years = years(call)?;
    let in_years = |at: &YearPoint| years.is_none_or(|(first, last)| (first..=last).contains(&at.year));
    match agencies(desk, call)?.as_slice() {
        [] => {
            let points = overview::total_points(edition, Area::Site, ix);
            let points: Vec<YearPoint> = points.into_iter().filter(in_years).collect();
            chart::over_years(edition, &page, id, series, &points).ok_or_else(empty)
        }
        [agency] => {
            let points = edition.derived.agency_series(edition.site, agency, ix);
            let points: Vec<YearPoint> = points.into_iter().filter(in_years).collect();
            chart::over_years(edition, &page, id, series, &points).ok_or_else(empty)
        }
        several => compare(desk, &page, id, (ix, series), several, years).ok_or_else(empty),
    }
}

/// Several agencies side by side, in the last year asked for.
fn compare<'r>(
    desk: &Desk<'r>,
    page: &str,
    id: &str,
    (ix, series): (SeriesIx, &'r Series),
    agencies: &[&'r Agency],
    years: Option<(i16, i16)>,
) -> Option<ChartView<'r>> {
    let edition = &desk.edition;
    let year = years.map(|(_, last)| last).or_else(|| edition.derived.years().last().copied())?;
    let point = |agency: &Agency| {
        let points = edition.derived.agency_series(edition.site, agency, ix);
        let at = points.into_iter().find(|at| at.year == year);
        at.map_or(Point::Gap(crate::derive::Gap::NoReport), |at| at.point)
    };
    let bars: Vec<Bar> = agencies
        .iter()
        .map(|agency| Bar { name: agency.name.get(&edition.locale.lang).to_owned(), point: point(agency) })
        .collect();
    let unit = chart::unit_of(edition, series);
    let comparison = Comparison {
        id,
        title: edition.say(
            "chart-ranking-title",
            &[("series", series.title.get(&edition.locale.lang).into()), ("year", edition.year(year).into())],
        ),
        summary: edition.say("chart-group-summary", &[("unit", unit.into())]),
        head: edition.word("column-agency"),
        unit,
    };
    chart::bars(edition, page, comparison, &bars)
}

/// The agencies a call names, or the one the page is about.
fn agencies<'r>(desk: &Desk<'r>, call: &Call) -> Result<Vec<&'r Agency>, Message> {
    let site = desk.edition.site;
    let paths: Vec<&str> = match call.get("agencies") {
        None => return Ok(agency_of(desk).and_then(|id| site.agency(id)).into_iter().collect()),
        Some(Value::Text(path)) => vec![path],
        Some(Value::List(paths)) => paths.iter().map(|path| &**path).collect(),
        Some(_) => return Err(Message::new("call-chart-agencies")),
    };
    let find = |path: &str| {
        let path = path.trim_matches('/');
        let found = site.agencies.iter().find(|agency| *agency.path == *path);
        found.ok_or_else(|| Message::new("call-unknown-agency").arg("path", path))
    };
    paths.into_iter().map(find).collect()
}

/// `years="2012-2018"` or `years="2018"`.
fn years(call: &Call) -> Result<Option<(i16, i16)>, Message> {
    let text = match call.get("years") {
        None => return Ok(None),
        Some(Value::Text(text)) => &**text,
        Some(_) => return Err(Message::new("call-chart-years")),
    };
    let (first, last) = text.split_once(['-', '–', '—']).unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if first <= last => Ok(Some((first, last))),
        _ => Err(Message::new("call-chart-years")),
    }
}

fn agency_of(desk: &Desk<'_>) -> Option<AgencyId> {
    match desk.key.kind {
        PageKind::Agency(id) => Some(id),
        PageKind::Report(id) => Some(desk.edition.site.report(id)?.agency),
        _ => None,
    }
}

fn report_of(desk: &Desk<'_>) -> Option<ReportId> {
    match desk.key.kind {
        PageKind::Report(id) => Some(id),
        _ => None,
    }
}
