//! Points of series as the data of charts, and what is said about them below every title.

use crate::base::diagnostic::Arg;
use crate::chart::{Datum, Flags, GapReason, Observation, PlottedBreak};
use crate::derive::{Gap, Point, YearPoint};
use crate::figure;
use crate::form::{self, Series};
use crate::view::cell;
use crate::view::local_portal::LocalPortal;

/// Returns a point as a chart draws it.
pub(super) fn datum(portal: &LocalPortal<'_>, point: &Point) -> Datum {
    let reading = match point {
        Point::Gap(gap) => return Datum::Gap(gap_reason(*gap)),
        Point::Value(reading) => reading,
    };
    let mut flags = Flags::default();
    for (holds, flag) in [
        (reading.bound.is_some(), Flags::APPROXIMATE),
        (reading.revised, Flags::REVISED),
        (reading.questioned, Flags::QUESTIONED),
    ] {
        flags = if holds { flags | flag } else { flags };
    }
    let value = match reading.fraction {
        Some(_) => figure::rounded(reading.amount),
        None => reading.amount,
    };
    // What is no exact number, and a share of few, is written as in tables: at least 680, 3/4.
    let in_words = reading.bound.is_some() || cell::is_share_of_few(reading);
    let written = in_words.then(|| cell::number(portal, reading));
    Datum::Reported(Observation { value, flags, written })
}

/// Returns the reason of a gap, as coarse as charts mark it.
const fn gap_reason(gap: Gap) -> GapReason {
    match gap {
        Gap::NoReport => GapReason::NoReport,
        Gap::Blank => GapReason::Blank,
        Gap::NotTranscribed | Gap::NoFigure => GapReason::NotTranscribed,
        Gap::NotAsked | Gap::NotApplicable | Gap::Cumulative | Gap::NoDenominator => GapReason::NotApplicable,
    }
}

/// Whether a figure is missing that could have been there.
pub(super) const fn is_missing(point: &Point) -> bool {
    matches!(point, Point::Gap(gap) if gap_reason(*gap).is_missing())
}

/// Returns the point of a year; a year that is not among the points has no report.
pub(super) fn at(points: &[YearPoint], year: i16) -> Point {
    let found = points.iter().find(|at| at.year == year);
    found.map_or(Point::Gap(Gap::NoReport), |at| at.point.clone())
}

/// Returns the breaks of a series that lie between two of the years shown.
pub(super) fn breaks(portal: &LocalPortal<'_>, series: &Series, points: &[YearPoint]) -> Vec<PlottedBreak> {
    let place = |at: &form::Break| {
        let after = points.iter().position(|point| point.year == at.year)?.checked_sub(1)?;
        Some(PlottedBreak { after, kind: at.kind, text: at.text.get(&portal.locale.lang).to_owned() })
    };
    breaks_in_use(portal, series).filter_map(place).collect()
}

/// Returns the breaks of a series that concern a form of some report.
pub(crate) fn breaks_in_use<'s>(
    portal: &LocalPortal<'_>,
    series: &'s Series,
) -> impl Iterator<Item = &'s form::Break> {
    let catalog = &portal.site.catalog;
    let forms: Vec<&str> = portal.derived.forms().iter().map(|ix| &*catalog[*ix].id).collect();
    series.breaks.iter().filter(move |at| forms.iter().any(|form| at.concerns(form)))
}

/// Says period, unit, and how many figures are missing.
pub(super) fn summary_of<'p>(
    portal: &LocalPortal<'_>,
    period: String,
    unit: &str,
    points: impl Iterator<Item = &'p Point>,
) -> String {
    let missing = points.filter(|point| is_missing(point)).count();
    let args = [("period", period.into()), ("unit", unit.into()), ("missing", missing.into())];
    portal.say(if missing == 0 { "chart-group-summary" } else { "chart-group-summary-missing" }, &args)
}

/// Says unit, years, and the years without a figure.
pub(super) fn summary(portal: &LocalPortal<'_>, unit: &str, points: &[YearPoint]) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let missing = points.iter().filter(|at| is_missing(&at.point));
    let missing = portal.locale.list(portal.spans(missing.map(|at| at.year)));
    let args: Vec<(&'static str, Arg)> = vec![
        ("first", first.year.to_string().into()),
        ("last", last.year.to_string().into()),
        ("unit", unit.into()),
        ("missing", missing.as_str().into()),
    ];
    portal.say(if missing.is_empty() { "chart-summary" } else { "chart-summary-missing" }, &args)
}

/// Returns the title of a series.
pub(super) fn title_of<'a>(portal: &LocalPortal<'a>, series: &'a Series) -> &'a str {
    series.title.get(&portal.locale.lang)
}

/// Returns the unit of a series as readers see it.
pub(super) fn unit_of<'a>(portal: &LocalPortal<'a>, series: &'a Series) -> &'a str {
    portal.unit(&series.unit)
}

/// Returns the unit of several series; `None` if they have more than one.
pub(super) fn one_unit<'r>(
    portal: &LocalPortal<'r>,
    series: impl IntoIterator<Item = &'r Series>,
) -> Option<&'r str> {
    let mut units = series.into_iter().map(|series| unit_of(portal, series));
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first)
}

pub(super) fn named_with_unit(portal: &LocalPortal<'_>, name: &str, unit: &str) -> String {
    portal.say("name-with-unit", &[("name", name.into()), ("unit", unit.into())])
}
