//! One agency among its peers, and several agencies then and now.

use crate::chart::{self, RangeChart, Row, SlopeChart, SlopeRow};
use crate::derive::{Area, Point, Ranked, Ranking};
use crate::form::{Series, SeriesIx};
use crate::model::AgencyId;
use crate::render::cell;
use crate::render::edition::Edition;

use super::{ChartView, TableRow, Told, datum, finish, named_with_unit, unit_of, words};

/// Fewer figures than this make no distribution.
const FEWEST: usize = 5;

/// Where an agency stands among its peers, where enough of them can be compared.
pub(in crate::render) fn peers<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    (ix, series): (SeriesIx, &'r Series),
    (agency, year): (AgencyId, i16),
) -> Option<ChartView<'r>> {
    let subject = edition.agency(agency)?;
    let area = edition.derived.peer_area(agency)?;
    let mut ranking = edition.derived.ranking(edition.site, area, ix, year);
    let is_peer = |id: AgencyId| edition.agency(id).is_some_and(|other| other.level == subject.level);
    ranking.ranked.retain(|row| is_peer(row.agency));
    ranking.unranked.retain(|row| is_peer(row.agency));
    if ranking.ranked.len() < FEWEST {
        return None;
    }
    let own = ranking.ranked.iter().find(|row| row.agency == agency)?;
    let area_name = match area {
        Area::Region(id) => edition.site.region(id)?.name.get(&edition.locale.lang),
        Area::Site => edition.word("chart-area-site"),
    };
    let before = ranking.ranked.iter().filter(|row| row.reading.amount > own.reading.amount).count();
    let tied = ranking.ranked.iter().filter(|row| row.reading.amount == own.reading.amount).count() > 1;
    let title = edition.say(
        if tied { "chart-peers-title-tied" } else { "chart-peers-title" },
        &[
            ("series", series.title.get(&edition.locale.lang).into()),
            ("rank", (before + 1).into()),
            ("count", ranking.ranked.len().into()),
            ("area", area_name.into()),
            ("level", edition.level(subject).map(|level| level.text).unwrap_or_default().into()),
            ("year", edition.year(year).into()),
        ],
    );
    let unit = unit_of(edition, series);
    let summary = edition.say(
        "chart-ranking-summary",
        &[
            ("unit", unit.into()),
            ("count", ranking.ranked.len().into()),
            ("without", ranking.unranked.len().into()),
        ],
    );
    let summary =
        format!("{}{summary}", edition.say("chart-year-lead", &[("year", edition.year(year).into())]));
    draw(edition, page, id, (title, summary), series, &ranking, Some(agency))
}

fn draw<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    (title, summary): (String, String),
    series: &Series,
    ranking: &Ranking,
    subject: Option<AgencyId>,
) -> Option<ChartView<'r>> {
    let unit = unit_of(edition, series);
    let name = |id: AgencyId| {
        edition.agency(id).map_or("", |agency| agency.name.get(&edition.locale.lang)).to_owned()
    };
    let point = |row: &Ranked| Point::Value(row.reading.clone());
    let peers: Vec<Row> = ranking
        .ranked
        .iter()
        .map(|row| Row {
            name: name(row.agency),
            datum: datum(&point(row)),
            subject: Some(row.agency) == subject,
        })
        .collect();
    let told = Told {
        id: id.to_owned(),
        title,
        summary,
        head: vec![
            edition.word("column-agency").to_owned(),
            named_with_unit(edition, series.title.get(&edition.locale.lang), unit),
        ],
        rows: ranking
            .ranked
            .iter()
            .map(|row| TableRow { name: name(row.agency), cells: vec![cell::of_point(edition, &point(row))] })
            .collect(),
    };
    let chart = RangeChart { peers: &peers, unit };
    finish(edition, page, told, &words(edition.locale), |frame| chart::range(&chart, frame))
}

/// Several agencies in two years; `None` where a change of definition lies between.
pub(in crate::render) fn slopes<'r>(
    edition: &Edition<'r>,
    page: &str,
    (id, title): (&str, String),
    series: &Series,
    (first, last): (i16, i16),
    rows: &[(String, [Point; 2])],
) -> Option<ChartView<'r>> {
    let is_cut = |at: &crate::form::Break| {
        at.kind == crate::form::BreakKind::Cut && (first + 1..=last).contains(&at.year)
    };
    if series.breaks.iter().any(is_cut) {
        return None;
    }
    let unit = unit_of(edition, series);
    let drawn: Vec<SlopeRow> = rows
        .iter()
        .map(|(name, points)| SlopeRow {
            name: name.clone(),
            data: [datum(&points[0]), datum(&points[1])],
            subject: false,
        })
        .collect();
    let told = Told {
        id: id.to_owned(),
        title,
        summary: edition.say("chart-group-summary", &[("unit", unit.into())]),
        head: vec![edition.word("column-agency").to_owned(), first.to_string(), last.to_string()],
        rows: rows
            .iter()
            .map(|(name, points)| TableRow {
                name: name.clone(),
                cells: points.iter().map(|point| cell::of_point(edition, point)).collect(),
            })
            .collect(),
    };
    let periods = [first.to_string(), last.to_string()];
    let chart = SlopeChart { periods: [&periods[0], &periods[1]], rows: &drawn, unit };
    finish(edition, page, told, &words(edition.locale), |frame| chart::slope(&chart, frame))
}
