//! What became of requests over the years: stacked columns, of one agency or of all.

use crate::chart::{self, Hue, Measure, StackChart};
use crate::derive::{Area, Gap, Point, YearPoint};
use crate::form::{Role, Series, SeriesIx};
use crate::view::cell;
use crate::view::context::{Edition, Sources};

use super::figure::{ChartView, TableRow, Told, finish};
use super::finding;
use super::outcome::{one_unit, outcomes};
use super::{breaks, datum, is_missing, summary, words, words_for_totals};

/// Over so few years columns tell nothing that the reports do not.
const FEWEST_YEARS: usize = 2;

/// Whether there is a figure, or there could have been one: an outcome that was never transcribed is
/// missing from its column, whose sum is then unknown.
const fn is_asked(point: &Point) -> bool {
    matches!(point, Point::Value(_) | Point::Gap(Gap::Blank | Gap::NotTranscribed | Gap::NoFigure))
}

/// What a series gives in a year.
fn at(points: &[YearPoint], year: i16) -> Point {
    let found = points.iter().find(|at| at.year == year);
    found.map_or(Point::Gap(Gap::NoReport), |at| at.point.clone())
}

/// Names the years in which some outcomes are known and others are missing.
fn incomplete(edition: &Edition<'_>, years: &[i16]) -> String {
    if years.is_empty() {
        return String::new();
    }
    let years = edition.locale.list(years.iter().map(i16::to_string));
    edition.say("chart-stack-partial", &[("years", years.into())])
}

/// How many agencies the sums of a year count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counted {
    year: i16,
    /// Of the sum that counts the fewest, and of the one that counts the most.
    least: u32,
    most: u32,
    /// How many agencies have a report on the year.
    reports: u32,
}

impl Counted {
    /// Finds it; `None` where there is no sum.
    fn find(edition: &Edition<'_>, outcomes: &[Outcome<'_>], year: i16) -> Option<Self> {
        let totals = outcomes.iter().map(|(ix, ..)| edition.derived.total(Area::Site, *ix, year));
        totals.filter(|total| total.sum.is_some()).fold(None, |found: Option<Self>, total| {
            let (counted, reports) = (total.counted, total.reports);
            let before = found.unwrap_or(Self { year, least: counted, most: counted, reports });
            let (least, most) = (before.least.min(counted), before.most.max(counted));
            Some(Self { least, most, ..before })
        })
    }

    /// Whether it stands for the agencies that reported.
    const fn is_enough(self) -> bool {
        self.most.saturating_mul(2) >= self.reports
    }

    fn said(self, edition: &Edition<'_>) -> String {
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
        edition.say("chart-stack-counted-year", &args)
    }
}

/// Names the agencies that each column counts, and the years that have none because too few are counted.
fn counts(edition: &Edition<'_>, drawn: &[Counted], left_out: &[Counted]) -> String {
    let sentence = |id, years: &[Counted]| {
        if years.is_empty() {
            return String::new();
        }
        let said = edition.locale.list(years.iter().map(|year| year.said(edition)));
        edition.say(id, &[("counts", said.into())])
    };
    sentence("chart-stack-counted", drawn) + &sentence("chart-stack-left-out", left_out)
}

/// An outcome: its series, its colour, its years.
type Outcome<'r> = (SeriesIx, &'r Series, Hue, Vec<YearPoint>);

/// What is known of a year: the figure of an outcome, or else why there is none.
fn known_in(outcomes: &[Outcome<'_>], year: i16) -> YearPoint {
    let each = || outcomes.iter().map(|(.., points)| at(points, year));
    let known = each().find(|point| point.reading().is_some());
    let point = known.or_else(|| each().next()).unwrap_or(Point::Gap(Gap::NoReport));
    YearPoint { year, report: None, point }
}

/// What the stack is of, and the most frequent outcome in a year of which all are known, with all that were
/// decided in it. Some forms ask for more than the outcomes that are series: those together must be fewer.
fn title(
    edition: &Edition<'_>,
    outcomes: &[Outcome<'_>],
    years: &[i16],
    whole: Option<(i16, &Point)>,
) -> String {
    let title = edition.say(
        "chart-stack-title",
        &[
            ("first", years.first().copied().unwrap_or_default().to_string().into()),
            ("last", years.last().copied().unwrap_or_default().to_string().into()),
        ],
    );
    let Some(((year, decided), (_, first, ..))) = whole.zip(outcomes.first()) else { return title };
    let figures: Vec<(&str, Point)> = outcomes
        .iter()
        .map(|(_, series, _, points)| (series.title.get(&edition.locale.lang), at(points, year)))
        .collect();
    match finding::most(figures.iter().map(|(name, point)| (*name, point))) {
        Some((name, amount))
            if finding::is_most_of(amount, figures.iter().map(|(_, point)| point), decided) =>
        {
            finding::with_most_in(edition, title, year, name, finding::said(edition, first, amount))
        }
        _ => title,
    }
}

/// The breaks of all outcomes, each once.
fn changes(edition: &Edition<'_>, outcomes: &[Outcome<'_>], span: &[YearPoint]) -> Vec<chart::PlottedBreak> {
    let mut changes: Vec<chart::PlottedBreak> = Vec::new();
    for change in outcomes.iter().flat_map(|(_, series, ..)| breaks(edition, series, span)) {
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}

/// Outcomes as stacked columns over the years: of one agency, whose outcomes add up to what it decided, or
/// sums over many, by the edition's sources; `points` gives the years of a series. `None` where fewer than
/// two years give any.
pub(crate) fn stack<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    measure: Measure,
    points: impl Fn(SeriesIx) -> Vec<YearPoint>,
) -> Option<ChartView<'r>> {
    let all: Vec<Outcome<'r>> = outcomes(edition, |_| true)
        .into_iter()
        .map(|(ix, series, hue)| (ix, series, hue, points(ix)))
        .filter(|(.., points)| points.iter().any(|at| is_asked(&at.point)))
        .collect();
    let is_of_many = matches!(edition.sources, Sources::Many);
    let unit = one_unit(edition, all.iter().map(|(_, series, ..)| *series))?;
    let counted = |year: i16| Counted::find(edition, &all, year).filter(|_| is_of_many);
    let is_left_out = |year: i16| counted(year).is_some_and(|counted| !counted.is_enough());
    // What is drawn of a year.
    let shown = |points: &[YearPoint], year: i16| {
        if is_left_out(year) { Point::Gap(Gap::NotApplicable) } else { at(points, year) }
    };
    let known = |year: i16| {
        !is_left_out(year)
            && all
                .iter()
                .any(|(.., points)| points.iter().any(|at| at.year == year && at.point.reading().is_some()))
    };
    let mut years: Vec<i16> = all.iter().flat_map(|(.., points)| points).map(|at| at.year).collect();
    years.sort_unstable();
    years.dedup();
    // To the newest year that has a report at all, so that a year without outcomes is seen to have none.
    let has_any = |year: &i16| {
        let points = all.iter().flat_map(|(.., points)| points);
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
        .map(|(_, series, hue, points)| chart::DataSeries {
            name: series.title.get(&edition.locale.lang).to_owned(),
            hue: *hue,
            data: years.iter().map(|year| datum(edition, &shown(points, *year))).collect(),
        })
        .collect();
    let lacks_part = |year: &i16| all.iter().any(|(.., points)| is_missing(&at(points, *year)));
    let (partial, whole): (Vec<i16>, Vec<i16>) =
        years.iter().copied().filter(|year| known(*year)).partition(lacks_part);
    if measure == Measure::Share && whole.is_empty() {
        return None;
    }
    // Each sum over many counts those agencies that have a figure, which differ: no sum is another's whole.
    let (decided, caveat) = if is_of_many {
        let counted = years.iter().filter_map(|year| counted(*year));
        let (drawn, left_out): (Vec<Counted>, Vec<Counted>) =
            counted.partition(|counted| counted.is_enough());
        (Some(Vec::new()), counts(edition, &drawn, &left_out))
    } else {
        (edition.site.catalog.find_role(Role::Decided).map(&points), String::new())
    };
    let complete = whole.last().and_then(|year| Some((*year, at(decided.as_ref()?, *year))));
    let totals = decided.as_ref().map(|points| chart::DataSeries {
        name: String::new(),
        hue: Hue::CONTEXT,
        data: years.iter().map(|year| datum(edition, &at(points, *year))).collect(),
    });
    let span: Vec<YearPoint> = years.iter().map(|year| known_in(&all, *year)).collect();
    let periods: Vec<String> = years.iter().map(i16::to_string).collect();
    let changes = changes(edition, &all, &span);
    let shares = if measure == Measure::Share { edition.word("chart-stack-shares") } else { "" };
    let rows = years.iter().rev().map(|year| {
        let cells = all.iter().map(|(.., points)| cell::of_point(edition, &at(points, *year)));
        TableRow::of_year(edition, *year, cells.collect())
    });
    let told = Told {
        id: id.to_owned(),
        title: title(edition, &all, &years, complete.as_ref().map(|(year, decided)| (*year, decided))),
        summary: summary(edition, unit, &span) + &incomplete(edition, &partial) + &caveat + shares,
        head: std::iter::once(edition.word("column-year").to_owned())
            .chain(all.iter().map(|(_, series, ..)| series.title.get(&edition.locale.lang).to_owned()))
            .collect(),
        rows: rows.collect(),
    };
    let chart = StackChart {
        periods: &periods,
        parts: &parts,
        totals: totals.as_ref(),
        breaks: &changes,
        unit,
        measure,
    };
    let words = if is_of_many { words_for_totals(edition) } else { words(edition) };
    finish(edition, page, told, &words, |frame| chart::stack(&chart, frame))
}
