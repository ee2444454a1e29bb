//! Stacked columns: what became of requests over the years, of one agency or of all.

use crate::chart::{self, Hue, Measure, StackChart};
use crate::derive::{Area, Gap, Point, YearPoint};
use crate::form::{Role, Series, SeriesIx};
use crate::view::cell;
use crate::view::local_portal::{FigureSources, LocalPortal};
use crate::view::tables;

use super::chart_view::{Caption, ChartId, ChartView, TableRow, finish};
use super::outcomes::outcomes;
use super::points::{at, breaks, datum, is_missing, one_unit, summary, title_of};
use super::request::{GroupRequest, Kind};
use super::title;
use super::words::{words, words_for_totals};

pub(super) const STACK: Kind = Kind::of_outcomes("stack", |request| Ok(of_group(request, Measure::Count)));

pub(super) const SHARES: Kind = Kind::of_outcomes("shares", |request| {
    // Sums over many agencies are not shares of one whole.
    if request.agency.is_none() {
        return Err(request.nothing_here());
    }
    Ok(of_group(request, Measure::Share))
});

fn of_group<'r>(request: &GroupRequest<'_, 'r>, measure: Measure) -> Option<ChartView<'r>> {
    let portal = &request.portal;
    let points = |ix| match request.agency {
        None => tables::every_total(portal, Area::Site, ix),
        Some(agency) => portal.derived.agency_series(portal.site, &portal.site[agency], ix),
    };
    let points = |ix| points(ix).into_iter().filter(|at| request.includes(at.year)).collect();
    stack(portal, request.chart(), measure, points)
}

/// Fewer years than this make no stack.
const FEWEST_YEARS: usize = 2;

/// Whether there is a figure, or could have been: an outcome that was never transcribed is
/// missing from its column, whose sum is then unknown.
const fn is_asked(point: &Point) -> bool {
    matches!(point, Point::Value(_) | Point::Gap(Gap::Blank | Gap::NotTranscribed | Gap::NoFigure))
}

/// Names the years in which some outcomes are known and others are missing.
fn incomplete(portal: &LocalPortal<'_>, years: &[i16]) -> String {
    if years.is_empty() {
        return String::new();
    }
    let years = portal.locale.list(years.iter().map(i16::to_string));
    portal.say("chart-stack-partial", &[("years", years.into())])
}

/// The number of agencies that the sums of a year count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counted {
    year: i16,
    /// Of the sum that counts the fewest, and of the one that counts the most.
    least: u32,
    most: u32,
    /// The number of agencies that have a report on the year.
    reports: u32,
}

impl Counted {
    /// Returns `None` if there is no sum.
    fn find(portal: &LocalPortal<'_>, outcomes: &[Outcome<'_>], year: i16) -> Option<Self> {
        let totals = outcomes.iter().map(|outcome| portal.derived.total(Area::Site, outcome.ix, year));
        totals.filter(|total| total.sum.is_some()).fold(None, |found: Option<Self>, total| {
            let (counted, reports) = (total.counted, total.reports);
            let before = found.unwrap_or(Self { year, least: counted, most: counted, reports });
            let (least, most) = (before.least.min(counted), before.most.max(counted));
            Some(Self { least, most, ..before })
        })
    }

    /// Whether the sums count at least half of the agencies that reported.
    const fn is_enough(self) -> bool {
        self.most.saturating_mul(2) >= self.reports
    }

    fn said(self, portal: &LocalPortal<'_>) -> String {
        let counted = if self.least == self.most {
            self.most.to_string()
        } else {
            format!("{}–{}", self.least, self.most)
        };
        let args = [
            ("year", self.year.to_string().into()),
            ("counted", counted.into()),
            ("reports", self.reports.to_string().into()),
        ];
        portal.say("chart-stack-counted-year", &args)
    }
}

/// Names the agencies that each column counts, and the years that have none because too few are counted.
fn counts(portal: &LocalPortal<'_>, drawn: &[Counted], left_out: &[Counted]) -> String {
    let sentence = |id, years: &[Counted]| {
        if years.is_empty() {
            return String::new();
        }
        let said = portal.locale.list(years.iter().map(|year| year.said(portal)));
        portal.say(id, &[("counts", said.into())])
    };
    sentence("chart-stack-counted", drawn) + &sentence("chart-stack-left-out", left_out)
}

/// An outcome with its years.
struct Outcome<'r> {
    ix: SeriesIx,
    series: &'r Series,
    hue: Hue,
    points: Vec<YearPoint>,
}

/// Returns a known outcome of a year, or else why there is none.
fn known_in(outcomes: &[Outcome<'_>], year: i16) -> YearPoint {
    let each = || outcomes.iter().map(|outcome| at(&outcome.points, year));
    let known = each().find(|point| point.reading().is_some());
    let point = known.or_else(|| each().next()).unwrap_or(Point::Gap(Gap::NoReport));
    YearPoint { year, report: None, point }
}

/// States the years, and the most frequent outcome in a year of which all are known, with all that were
/// decided in it. Some forms ask for outcomes that are no series: those together must be fewer.
fn title_with_most(
    portal: &LocalPortal<'_>,
    outcomes: &[Outcome<'_>],
    years: &[i16],
    whole: Option<(i16, &Point)>,
) -> String {
    let title = portal.say(
        "chart-stack-title",
        &[
            ("first", years.first().copied().unwrap_or_default().to_string().into()),
            ("last", years.last().copied().unwrap_or_default().to_string().into()),
        ],
    );
    let Some(((year, decided), first)) = whole.zip(outcomes.first()) else { return title };
    let figures: Vec<(&str, Point)> = outcomes
        .iter()
        .map(|outcome| (title_of(portal, outcome.series), at(&outcome.points, year)))
        .collect();
    match title::most(figures.iter().map(|(name, point)| (*name, point))) {
        Some((name, amount))
            if title::is_most_of(amount, figures.iter().map(|(_, point)| point), decided) =>
        {
            title::with_most_in(portal, title, year, name, title::said(portal, first.series, amount))
        }
        _ => title,
    }
}

/// Returns the breaks of all outcomes, each once.
fn changes(
    portal: &LocalPortal<'_>,
    outcomes: &[Outcome<'_>],
    span: &[YearPoint],
) -> Vec<chart::PlottedBreak> {
    let mut changes: Vec<chart::PlottedBreak> = Vec::new();
    for change in outcomes.iter().flat_map(|outcome| breaks(portal, outcome.series, span)) {
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}

/// Draws outcomes over the years: of one agency, whose outcomes add up to what it decided, or
/// sums over many, by the portal's sources; `points` gives the years of a series. `None` if fewer than
/// two years give any.
pub(crate) fn stack<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    measure: Measure,
    points: impl Fn(SeriesIx) -> Vec<YearPoint>,
) -> Option<ChartView<'r>> {
    let all: Vec<Outcome<'r>> = outcomes(portal, |_| true)
        .into_iter()
        .map(|of| Outcome { ix: of.ix, series: of.series, hue: of.hue, points: points(of.ix) })
        .filter(|outcome| outcome.points.iter().any(|at| is_asked(&at.point)))
        .collect();
    let is_of_many = matches!(portal.sources, FigureSources::Many);
    let unit = one_unit(portal, all.iter().map(|outcome| outcome.series))?;
    let counted = |year: i16| Counted::find(portal, &all, year).filter(|_| is_of_many);
    let is_left_out = |year: i16| counted(year).is_some_and(|counted| !counted.is_enough());
    let shown = |points: &[YearPoint], year: i16| {
        if is_left_out(year) { Point::Gap(Gap::NotApplicable) } else { at(points, year) }
    };
    let known = |year: i16| {
        !is_left_out(year)
            && all
                .iter()
                .flat_map(|outcome| &outcome.points)
                .any(|at| at.year == year && at.point.reading().is_some())
    };
    let mut years: Vec<i16> = all.iter().flat_map(|outcome| &outcome.points).map(|at| at.year).collect();
    years.sort_unstable();
    years.dedup();
    // Up to the newest year with any report, so that a year without outcomes is shown as such.
    let has_any = |year: &i16| {
        let points = all.iter().flat_map(|outcome| &outcome.points);
        points.filter(|at| at.year == *year).any(|at| at.point != Point::Gap(Gap::NoReport))
    };
    let begin = years.iter().position(|year| known(*year))?;
    let end = years.iter().rposition(has_any)?;
    let years: Vec<i16> = (*years.get(begin)?..=*years.get(end)?).collect();
    if years.iter().filter(|year| known(**year)).count() < FEWEST_YEARS {
        return None;
    }
    let parts: Vec<chart::DataSeries> = all
        .iter()
        .map(|outcome| chart::DataSeries {
            name: title_of(portal, outcome.series).to_owned(),
            hue: outcome.hue,
            data: years.iter().map(|year| datum(portal, &shown(&outcome.points, *year))).collect(),
        })
        .collect();
    let lacks_part = |year: &i16| all.iter().any(|outcome| is_missing(&at(&outcome.points, *year)));
    let (partial, whole): (Vec<i16>, Vec<i16>) =
        years.iter().copied().filter(|year| known(*year)).partition(lacks_part);
    if measure == Measure::Share && whole.is_empty() {
        return None;
    }
    // Each sum over many agencies counts those that have the figure, so no sum is another's whole.
    let (decided, caveat) = if is_of_many {
        let counted = years.iter().filter_map(|year| counted(*year));
        let (drawn, left_out): (Vec<Counted>, Vec<Counted>) =
            counted.partition(|counted| counted.is_enough());
        (Some(Vec::new()), counts(portal, &drawn, &left_out))
    } else {
        (portal.site.catalog.find_role(Role::Decided).map(&points), String::new())
    };
    let complete = whole.last().and_then(|year| Some((*year, at(decided.as_ref()?, *year))));
    let totals = decided.as_ref().map(|points| chart::DataSeries {
        name: String::new(),
        hue: Hue::CONTEXT,
        data: years.iter().map(|year| datum(portal, &at(points, *year))).collect(),
    });
    let span: Vec<YearPoint> = years.iter().map(|year| known_in(&all, *year)).collect();
    let periods: Vec<String> = years.iter().map(i16::to_string).collect();
    let changes = changes(portal, &all, &span);
    let shares = if measure == Measure::Share { portal.word("chart-stack-shares") } else { "" };
    let rows = years.iter().rev().map(|year| {
        let cells = all.iter().map(|outcome| cell::of_point(portal, &at(&outcome.points, *year)));
        TableRow::of_year(portal, *year, cells.collect())
    });
    let caption = Caption {
        title: title_with_most(
            portal,
            &all,
            &years,
            complete.as_ref().map(|(year, decided)| (*year, decided)),
        ),
        summary: summary(portal, unit, &span) + &incomplete(portal, &partial) + &caveat + shares,
        head: std::iter::once(portal.word("column-year").to_owned())
            .chain(all.iter().map(|outcome| title_of(portal, outcome.series).to_owned()))
            .collect(),
        rows: rows.collect(),
    };
    let columns = StackChart {
        periods: &periods,
        parts: &parts,
        totals: totals.as_ref(),
        breaks: &changes,
        unit,
        measure,
    };
    let words = if is_of_many { words_for_totals(portal) } else { words(portal) };
    finish(portal, chart, caption, &words, |frame| chart::stack(&columns, frame))
}
