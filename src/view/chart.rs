//! Charts for pages: series of the site as drawings, each with its table and its files.

mod figure;
mod finding;
mod gallery;
mod grid;
mod heat;
mod outcome;
mod peer;
mod place;
pub(crate) mod shortcode;
mod stack;
mod words;

pub(crate) use figure::ChartView;
pub(crate) use gallery::{Exhibit, exhibits};
pub(crate) use grid::{Panel, multiples};
pub(crate) use heat::{HeatLine, heat};
pub(crate) use outcome::{flow, outcomes_group, region_waffle, waffle};
pub(crate) use peer::{Slope, peers, slopes, spread, standing};
pub(crate) use place::{placed, tiles};
pub(crate) use stack::stack;

use crate::base::diagnostic::Arg;
use crate::chart::{
    self, BarChart, Base, ColumnChart, Datum, Flags, Hue, LineChart, Observation, Peer, PlottedBreak,
};
use crate::derive::{Gap, Point, YearPoint};
use crate::form::{self, BreakKind, Series};

use self::figure::{TableRow, Told, finish};
use self::words::{words, words_for_totals};
use crate::view::cell;
use crate::view::context::Edition;

/// From so many figures on a line tells more than columns.
const LINE_FROM: usize = 4;

/// How a series over the years is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// As a line.
    Line,
    /// As columns.
    Columns,
}

/// A series over the years, as a line or as columns; `None` where too little was reported.
pub(crate) fn over_years<'a>(
    edition: &Edition<'a>,
    page: &str,
    id: &str,
    series: &'a Series,
    points: &[YearPoint],
) -> Option<ChartView<'a>> {
    over_years_as(edition, page, id, series, points, None)
}

/// The same in a given shape; without one the number of figures decides.
pub(crate) fn over_years_as<'a>(
    edition: &Edition<'a>,
    page: &str,
    id: &str,
    series: &'a Series,
    points: &[YearPoint],
    shape: Option<Shape>,
) -> Option<ChartView<'a>> {
    let figures = || points.iter().filter_map(|at| at.point.reading());
    let known = figures().count();
    // A few zeros take no drawing; the tables have them.
    let says_nothing = shape.is_none() && known < LINE_FROM && figures().all(|at| at.amount.is_zero());
    if known < 2 || says_nothing {
        return None;
    }
    let unit = unit_of(edition, series);
    let name = series.title.get(&edition.locale.lang);
    let title = finding::latest(edition, series, points)?;
    let periods: Vec<String> = points.iter().map(|at| at.year.to_string()).collect();
    let breaks = breaks(edition, series, points);
    let data = chart::DataSeries {
        name: name.to_owned(),
        hue: Hue::SUBJECT,
        data: points.iter().map(|at| datum(edition, &at.point)).collect(),
    };
    let rows = points
        .iter()
        .rev()
        .map(|at| TableRow::of_year(edition, at.year, vec![cell::of_point(edition, &at.point)]));
    let told = Told {
        id: id.to_owned(),
        title,
        summary: summary(edition, unit, points),
        head: vec![edition.word("column-year").to_owned(), named_with_unit(edition, name, unit)],
        rows: rows.collect(),
    };
    let words = if points.iter().any(|at| at.point == Point::Gap(Gap::NoFigure)) {
        words_for_totals(edition)
    } else {
        words(edition)
    };
    let is_line = shape.map_or(known >= LINE_FROM, |shape| shape == Shape::Line);
    finish(edition, page, told, &words, |frame| {
        if is_line {
            let lines =
                LineChart { periods: &periods, series: &[data], breaks: &breaks, unit, base: Base::Zero };
            chart::lines(&lines, frame)
        } else {
            chart::columns(&ColumnChart { periods: &periods, series: &data, breaks: &breaks, unit }, frame)
        }
    })
}

/// The shape of a series over the years, for a row that has its figures; empty where a line would be
/// drawn of too few. No line goes across a change of definition.
pub(crate) fn spark(edition: &Edition<'_>, series: &Series, points: &[YearPoint]) -> String {
    if points.iter().filter(|at| at.point.reading().is_some()).count() < LINE_FROM {
        return String::new();
    }
    let mut data: Vec<Datum> = points.iter().map(|at| datum(edition, &at.point)).collect();
    let cuts = breaks(edition, series, points).into_iter().filter(|at| at.kind == BreakKind::Cut);
    let mut cuts: Vec<usize> = cuts.map(|at| at.after + 1).collect();
    cuts.sort_unstable();
    for at in cuts.into_iter().rev() {
        data.insert(at, Datum::Gap(chart::GapReason::NotApplicable));
    }
    chart::sparkline(&data)
}

/// One of those that bars compare.
pub(crate) struct Bar {
    /// Its name.
    pub(crate) name: String,
    /// Its figure, or why there is none.
    pub(crate) point: Point,
}

/// What bars compare, and in which words.
pub(crate) struct Comparison<'t, 'a> {
    /// The chart's id in its page.
    pub(crate) id: &'t str,
    /// What is compared and when; the one with the most is added where it is beyond doubt.
    pub(crate) title: String,
    /// What the figures are about: `2024`.
    pub(crate) period: String,
    /// The heading of the names.
    pub(crate) head: &'a str,
    /// The heading of the figures.
    pub(crate) measure: &'a str,
    /// A series of them, which has the unit of all.
    pub(crate) series: &'a Series,
    /// The whole, where they are parts of one that may have others.
    pub(crate) whole: Option<Point>,
}

/// Sorted bars; `None` with fewer than two figures, and where all are zero, which takes no drawing.
pub(crate) fn bars<'a>(
    edition: &Edition<'a>,
    page: &str,
    comparison: Comparison<'_, 'a>,
    bars: &[Bar],
) -> Option<ChartView<'a>> {
    let figures = || bars.iter().filter_map(|bar| bar.point.reading());
    if figures().count() < 2 || figures().all(|reading| reading.amount.is_zero()) {
        return None;
    }
    let rows: Vec<Peer> = bars
        .iter()
        .map(|bar| Peer { name: bar.name.clone(), datum: datum(edition, &bar.point), subject: false })
        .collect();
    let table =
        bars.iter().map(|bar| TableRow::new(bar.name.clone(), vec![cell::of_point(edition, &bar.point)]));
    let unit = unit_of(edition, comparison.series);
    let most = finding::most(bars.iter().map(|bar| (&*bar.name, &bar.point)));
    let most = most.filter(|(_, amount)| {
        let points = || bars.iter().map(|bar| &bar.point);
        comparison.whole.as_ref().is_none_or(|whole| finding::is_most_of(*amount, points(), whole))
    });
    let said = |amount| finding::said(edition, comparison.series, amount);
    let told = Told {
        id: comparison.id.to_owned(),
        title: finding::with_most(edition, comparison.title, most, said),
        summary: summary_of(edition, comparison.period, unit, bars.iter().map(|bar| &bar.point)),
        head: vec![comparison.head.to_owned(), named_with_unit(edition, comparison.measure, unit)],
        rows: table.collect(),
    };
    let words = words(edition);
    finish(edition, page, told, &words, |frame| chart::bars(&BarChart { rows: &rows, unit }, frame))
}

fn datum(edition: &Edition<'_>, point: &Point) -> Datum {
    match point {
        Point::Gap(gap) => Datum::Gap(drawn_gap(*gap)),
        Point::Value(reading) => {
            let mut flags = Flags::default();
            for (holds, flag) in [
                (reading.bound.is_some(), Flags::APPROXIMATE),
                (reading.revised, Flags::REVISED),
                (reading.questioned, Flags::QUESTIONED),
            ] {
                flags = if holds { flags | flag } else { flags };
            }
            let value = match reading.fraction {
                Some(_) => crate::figure::rounded(reading.amount),
                None => reading.amount,
            };
            // What is no exact number, and a share of few, is written as in tables: at least 680, 3/4.
            let in_words = reading.bound.is_some() || cell::is_share_of_few(reading);
            let written = in_words.then(|| cell::number(edition, reading));
            Datum::Reported(Observation { value, flags, written })
        }
    }
}

/// The reason of a gap as charts tell it.
const fn drawn_gap(gap: Gap) -> chart::GapReason {
    match gap {
        Gap::NoReport => chart::GapReason::NoReport,
        Gap::Blank => chart::GapReason::Blank,
        Gap::NotTranscribed | Gap::NoFigure => chart::GapReason::NotTranscribed,
        Gap::NotAsked | Gap::NotApplicable | Gap::Cumulative | Gap::NoDenominator => {
            chart::GapReason::NotApplicable
        }
    }
}

/// Whether a figure is missing that could have been there.
const fn is_missing(point: &Point) -> bool {
    matches!(point, Point::Gap(gap) if drawn_gap(*gap).is_missing())
}

/// The breaks of a series that lie between two of the years shown.
fn breaks(edition: &Edition<'_>, series: &Series, points: &[YearPoint]) -> Vec<PlottedBreak> {
    let place = |at: &form::Break| {
        let after = points.iter().position(|point| point.year == at.year)?.checked_sub(1)?;
        Some(PlottedBreak { after, kind: at.kind, text: at.text.get(&edition.locale.lang).to_owned() })
    };
    breaks_in_use(edition, series).filter_map(place).collect()
}

/// The breaks of a series that concern a form of some report.
pub(crate) fn breaks_in_use<'s>(
    edition: &Edition<'_>,
    series: &'s Series,
) -> impl Iterator<Item = &'s form::Break> {
    let in_use = edition.derived.forms().iter().filter_map(|ix| edition.site.catalog.form(*ix));
    let forms: Vec<&str> = in_use.map(|form| &*form.id).collect();
    series.breaks.iter().filter(move |at| forms.iter().any(|form| at.concerns(form)))
}

/// Period, unit, and how many figures are missing.
fn summary_of<'p>(
    edition: &Edition<'_>,
    period: String,
    unit: &str,
    points: impl Iterator<Item = &'p Point>,
) -> String {
    let missing = points.filter(|point| is_missing(point)).count();
    let args = [("period", period.into()), ("unit", unit.into()), ("missing", missing.into())];
    edition.say(if missing == 0 { "chart-group-summary" } else { "chart-group-summary-missing" }, &args)
}

/// Unit, years, and the years without a figure.
fn summary(edition: &Edition<'_>, unit: &str, points: &[YearPoint]) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let missing = points.iter().filter(|at| is_missing(&at.point));
    let missing = edition.locale.list(edition.spans(missing.map(|at| at.year)));
    let args: Vec<(&'static str, Arg)> = vec![
        ("first", first.year.to_string().into()),
        ("last", last.year.to_string().into()),
        ("unit", unit.into()),
        ("missing", missing.as_str().into()),
    ];
    edition.say(if missing.is_empty() { "chart-summary" } else { "chart-summary-missing" }, &args)
}

/// The unit of a series as readers see it.
pub(crate) fn unit_of<'a>(edition: &Edition<'a>, series: &'a Series) -> &'a str {
    edition.unit(&series.unit)
}

fn named_with_unit(edition: &Edition<'_>, name: &str, unit: &str) -> String {
    edition.say("name-with-unit", &[("name", name.into()), ("unit", unit.into())])
}
