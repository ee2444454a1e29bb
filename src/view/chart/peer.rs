//! How agencies spread, where one stands among its peers, and several then and now.

use rust_decimal::Decimal;

use crate::chart::{self, Peer, SlopeChart, SlopeRow, StripPlot};
use crate::derive::{Area, Point, Ranked, Ranking, YearPoint};
use crate::figure::{grouped, percent};
use crate::form::{Series, SeriesIx};
use crate::model::AgencyId;
use crate::view::components::Cell;
use crate::view::context::Edition;
use crate::view::{cell, tables};

use super::figure::{ChartView, TableRow, Told, finish};
use super::finding::{Moves, certain_pair};
use super::{breaks_in_use, datum, named_with_unit, summary_of, unit_of, words};

/// Fewer figures than this are no company to be compared with.
const FEWEST: usize = 5;
/// Fewer figures than this make no spread: a few bars tell all.
const FEWEST_SPREAD: usize = 8;

/// Where an agency stands among its peers in the first of the main indicators in which enough of them
/// can be compared.
pub(crate) fn standing<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    (agency, year): (AgencyId, i16),
) -> Option<ChartView<'r>> {
    tables::headline(edition).find_map(|series| peers(edition, page, id, series, (agency, year)))
}

/// Where an agency stands among its peers, where enough of them can be compared.
pub(crate) fn peers<'r>(
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
    let rows = ranking.ranked.iter().map(|row| {
        TableRow::new(
            name(edition, row.agency),
            vec![cell::of_point(edition, &Point::Value(row.reading.clone()))],
        )
    });
    let told = Told {
        id: id.to_owned(),
        title,
        summary: summary(edition, series, year, &ranking),
        head: vec![
            edition.word("column-agency").to_owned(),
            named_with_unit(edition, series.title.get(&edition.locale.lang), unit_of(edition, series)),
        ],
        rows: rows.collect(),
    };
    draw(edition, page, told, series, &ranking, Some(agency))
}

/// How the figures of all agencies of a ranking spread, where there are enough: a point for each, and
/// as a table the ends, the middle half and the median. Shares of few cases are left out.
pub(crate) fn spread<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    (series, year): (&'r Series, i16),
    mut ranking: Ranking,
) -> Option<ChartView<'r>> {
    let all = ranking.ranked.len();
    ranking.ranked.retain(|row| !cell::is_share_of_few(&row.reading));
    let few = all - ranking.ranked.len();
    if ranking.ranked.len() < FEWEST_SPREAD {
        return None;
    }
    let figures: Vec<Decimal> = ranking.ranked.iter().map(|row| row.reading.amount).collect();
    let (low, high) = chart::middle_half(&figures)?;
    let ends = (figures.iter().min().copied()?, figures.iter().max().copied()?);
    let unit = unit_of(edition, series);
    let said = |figure: Decimal| match series.ratio {
        Some(_) => percent(figure),
        None => grouped(figure),
    };
    let title = edition.say(
        if low == high { "chart-spread-title-one" } else { "chart-spread-title" },
        &[
            ("series", series.title.get(&edition.locale.lang).into()),
            ("year", edition.year(year).into()),
            ("low", if low == high { edition.with_unit(&said(low), &series.unit) } else { said(low) }.into()),
            ("high", edition.with_unit(&said(high), &series.unit).into()),
        ],
    );
    let mut summary = summary(edition, series, year, &ranking);
    if few > 0 {
        summary.push_str(&edition.say("chart-spread-few", &[("count", few.into())]));
    }
    let rows = [
        ("spread-least", ends.0),
        ("spread-low", low),
        ("chart-median", chart::median(&figures)?),
        ("spread-high", high),
        ("spread-most", ends.1),
    ];
    let row = |(word, figure)| {
        let cell = Cell { state: "value", text: said(figure).into(), exact: Some(figure), ..Cell::default() };
        TableRow::new(edition.word(word), vec![cell])
    };
    let told = Told {
        id: id.to_owned(),
        title,
        summary,
        head: vec![
            edition.word("column-item").to_owned(),
            named_with_unit(edition, series.title.get(&edition.locale.lang), unit),
        ],
        rows: rows.into_iter().map(row).collect(),
    };
    draw(edition, page, told, series, &ranking, None)
}

/// Year and unit, how many agencies have a comparable figure, and how many of the others a report.
fn summary(edition: &Edition<'_>, series: &Series, year: i16, ranking: &Ranking) -> String {
    let reported = ranking.unranked.iter().filter(|row| row.report.is_some()).count();
    let lead = edition.say("chart-year-lead", &[("year", edition.year(year).into())]);
    let counts = edition.say(
        "chart-ranking-summary",
        &[
            ("unit", unit_of(edition, series).into()),
            ("count", ranking.ranked.len().into()),
            ("without", reported.into()),
            ("missing", (ranking.unranked.len() - reported).into()),
        ],
    );
    lead + &counts
}

fn name(edition: &Edition<'_>, id: AgencyId) -> String {
    edition.agency(id).map_or("", |agency| agency.name.get(&edition.locale.lang)).to_owned()
}

fn draw<'r>(
    edition: &Edition<'r>,
    page: &str,
    told: Told<'r>,
    series: &Series,
    ranking: &Ranking,
    subject: Option<AgencyId>,
) -> Option<ChartView<'r>> {
    let peer = |row: &Ranked| Peer {
        name: name(edition, row.agency),
        datum: datum(edition, &Point::Value(row.reading.clone())),
        subject: Some(row.agency) == subject,
    };
    let peers: Vec<Peer> = ranking.ranked.iter().map(peer).collect();
    let chart = StripPlot { peers: &peers, unit: unit_of(edition, series) };
    finish(edition, page, told, &words(edition), |frame| chart::strip_plot(&chart, frame))
}

/// An agency in two years.
pub(crate) struct Slope {
    pub(crate) name: String,
    pub(crate) points: [YearPoint; 2],
    /// Whether the page is about it.
    pub(crate) subject: bool,
}

/// Several agencies in two years; `None` where a change of definition lies between.
pub(crate) fn slopes<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    series: &Series,
    (first, last): (i16, i16),
    rows: &[Slope],
) -> Option<ChartView<'r>> {
    let is_cut = |at: &crate::form::Break| {
        at.kind == crate::form::BreakKind::Cut && (first + 1..=last).contains(&at.year)
    };
    if breaks_in_use(edition, series).any(is_cut) {
        return None;
    }
    let unit = unit_of(edition, series);
    let drawn: Vec<SlopeRow> = rows
        .iter()
        .map(|row| SlopeRow {
            name: row.name.clone(),
            data: row.points.each_ref().map(|at| datum(edition, &at.point)),
            subject: row.subject,
        })
        .collect();
    let title =
        edition.say("chart-slope-title", &[("series", series.title.get(&edition.locale.lang).into())]);
    let moves = Moves::of(rows.iter().filter_map(|row| {
        let [from, to] = &row.points;
        let (before, now) = certain_pair(edition, from, to)?;
        now.checked_sub(before)
    }));
    let points = rows.iter().flat_map(|row| &row.points).map(|at| &at.point);
    let told = Told {
        id: id.to_owned(),
        title: moves.after(edition, title, (first, last)),
        summary: summary_of(edition, edition.span(first, last), unit, points),
        head: vec![edition.word("column-agency").to_owned(), first.to_string(), last.to_string()],
        rows: rows
            .iter()
            .map(|row| {
                let cells = row.points.iter().map(|at| cell::of_point(edition, &at.point));
                TableRow::new(row.name.as_str(), cells.collect())
            })
            .collect(),
    };
    let periods = [first.to_string(), last.to_string()];
    let chart = SlopeChart { periods: [&periods[0], &periods[1]], rows: &drawn, unit };
    finish(edition, page, told, &words(edition), |frame| chart::slope_chart(&chart, frame))
}
