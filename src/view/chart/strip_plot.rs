//! Strip plots: how agencies spread, and where one stands among its peers.

use rust_decimal::Decimal;

use crate::chart::{self, Peer, StripPlot};
use crate::derive::{Area, Point, Ranked, Ranking};
use crate::figure::{grouped, percent};
use crate::form::{Series, SeriesIx};
use crate::model::AgencyId;
use crate::view::components::Cell;
use crate::view::local_portal::{FigureSources, LocalPortal};
use crate::view::{cell, tables};

use super::bar;
use super::chart_view::{Caption, ChartId, ChartView, TableRow, finish};
use super::over_years;
use super::points::{datum, named_with_unit, title_of, unit_of};
use super::request::Kind;
use super::words::words;

pub(super) const RANGE: Kind = Kind::of_series("range", |request| {
    let agencies = request.agencies()?;
    let [agency] = agencies.as_slice() else {
        return Ok(if agencies.is_empty() {
            over_years::of_one(request, &agencies, None)
        } else {
            bar::of_agencies(request, &agencies)
        });
    };
    let portal = LocalPortal { sources: FigureSources::Many, ..request.edition_of(&agencies) };
    let draw = |year| peers(&portal, request.chart(), request.ix, *agency, year);
    Ok(request.last_year().and_then(draw))
});

/// The minimum number of agencies to compare with.
const FEWEST: usize = 5;
/// The minimum number of figures of a spread.
const FEWEST_SPREAD: usize = 8;

/// Draws where an agency stands among its peers in the first of the main indicators in which enough of them
/// can be compared.
pub(crate) fn standing<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    agency: AgencyId,
    year: i16,
) -> Option<ChartView<'r>> {
    tables::headline(portal).find_map(|(ix, _)| peers(portal, chart, ix, agency, year))
}

/// Draws where an agency stands among its peers; `None` if too few can be compared.
fn peers<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    ix: SeriesIx,
    agency: AgencyId,
    year: i16,
) -> Option<ChartView<'r>> {
    let (site, series) = (portal.site, &portal.site.catalog[ix]);
    let subject = &site[agency];
    let area = portal.derived.peer_area(agency)?;
    let mut ranking = portal.derived.ranking(portal.site, area, ix, year);
    let is_peer = |id: AgencyId| site[id].level == subject.level;
    ranking.ranked.retain(|row| is_peer(row.agency));
    ranking.unranked.retain(|row| is_peer(row.agency));
    if ranking.ranked.len() < FEWEST {
        return None;
    }
    let own = ranking.ranked.iter().find(|row| row.agency == agency)?;
    let area_name = match area {
        Area::Region(id) => site[id].name.get(&portal.locale.lang),
        Area::Site => portal.word("chart-area-site"),
    };
    let before = ranking.ranked.iter().filter(|row| row.reading.amount > own.reading.amount).count();
    let tied = ranking.ranked.iter().filter(|row| row.reading.amount == own.reading.amount).count() > 1;
    let title = portal.say(
        if tied { "chart-peers-title-tied" } else { "chart-peers-title" },
        &[
            ("series", title_of(portal, series).into()),
            ("rank", (before + 1).into()),
            ("count", ranking.ranked.len().into()),
            ("area", area_name.into()),
            ("level", portal.level(subject).map(|level| level.text).unwrap_or_default().into()),
            ("year", portal.year(year).into()),
        ],
    );
    let rows = ranking.ranked.iter().map(|row| {
        TableRow::new(
            name(portal, row.agency),
            vec![cell::of_point(portal, &Point::Value(row.reading.clone()))],
        )
    });
    let caption = Caption {
        title,
        summary: summary(portal, series, year, &ranking),
        head: vec![
            portal.word("column-agency").to_owned(),
            named_with_unit(portal, title_of(portal, series), unit_of(portal, series)),
        ],
        rows: rows.collect(),
    };
    draw(portal, chart, caption, series, &ranking, Some(agency))
}

/// Draws how the figures of all agencies of a ranking spread, if there are enough: a dot for each, and
/// as a table the ends, the middle half and the median. Shares of few cases are left out.
pub(crate) fn spread<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    series: &'r Series,
    year: i16,
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
    let unit = unit_of(portal, series);
    let said = |figure: Decimal| match series.ratio {
        Some(_) => percent(figure),
        None => grouped(figure),
    };
    let title = portal.say(
        if low == high { "chart-spread-title-one" } else { "chart-spread-title" },
        &[
            ("series", title_of(portal, series).into()),
            ("year", portal.year(year).into()),
            ("low", if low == high { portal.with_unit(&said(low), &series.unit) } else { said(low) }.into()),
            ("high", portal.with_unit(&said(high), &series.unit).into()),
        ],
    );
    let mut summary = summary(portal, series, year, &ranking);
    if few > 0 {
        summary.push_str(&portal.say("chart-spread-few", &[("count", few.into())]));
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
        TableRow::new(portal.word(word), vec![cell])
    };
    let caption = Caption {
        title,
        summary,
        head: vec![
            portal.word("column-item").to_owned(),
            named_with_unit(portal, title_of(portal, series), unit),
        ],
        rows: rows.into_iter().map(row).collect(),
    };
    draw(portal, chart, caption, series, &ranking, None)
}

/// Says year and unit, how many agencies have a comparable figure, and how many of the others a report.
fn summary(portal: &LocalPortal<'_>, series: &Series, year: i16, ranking: &Ranking) -> String {
    let reported = ranking.unranked.iter().filter(|row| row.report.is_some()).count();
    let lead = portal.say("chart-year-lead", &[("year", portal.year(year).into())]);
    let counts = portal.say(
        "chart-ranking-summary",
        &[
            ("unit", unit_of(portal, series).into()),
            ("count", ranking.ranked.len().into()),
            ("without", reported.into()),
            ("missing", (ranking.unranked.len() - reported).into()),
        ],
    );
    lead + &counts
}

fn name(portal: &LocalPortal<'_>, id: AgencyId) -> String {
    portal.site[id].name.get(&portal.locale.lang).to_owned()
}

fn draw<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    caption: Caption<'r>,
    series: &Series,
    ranking: &Ranking,
    subject: Option<AgencyId>,
) -> Option<ChartView<'r>> {
    let peer = |row: &Ranked| Peer {
        name: name(portal, row.agency),
        datum: datum(portal, &Point::Value(row.reading.clone())),
        subject: Some(row.agency) == subject,
    };
    let peers: Vec<Peer> = ranking.ranked.iter().map(peer).collect();
    let plot = StripPlot { peers: &peers, unit: unit_of(portal, series) };
    finish(portal, chart, caption, &words(portal), |frame| chart::strip_plot(&plot, frame))
}
