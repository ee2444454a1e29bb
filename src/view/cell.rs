//! Table cells: a figure as readers see it, or the word for why there is none.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::derive::{Change, Gap, Point, Reading, UnknownChange};
use crate::figure::{self, Bound, Figure, Value};
use crate::form::Series;
use crate::view::components::Cell;
use crate::view::local_portal::LocalPortal;

/// Shares with a smaller denominator than this are shown as fractions only.
pub(crate) const FEWEST_FOR_PERCENT: Decimal = Decimal::TEN;

/// Returns the cell of a figure as a report gives it. A `figure` of `None` is one that was not transcribed;
/// `lang` is the language of the report.
pub(crate) fn of_figure<'a>(
    portal: &LocalPortal<'a>,
    figure: Option<&'a Figure>,
    lang: Option<&'a str>,
) -> Cell<'a> {
    let Some(figure) = figure else { return gap(portal, Gap::NotTranscribed) };
    let written = figure.written().map(|written| portal.quote(written, lang));
    let mut cell = match figure.value {
        Value::Blank => gap(portal, Gap::Blank),
        Value::NotApplicable => Cell { written, ..gap(portal, Gap::NotApplicable) },
        Value::Number(number) => {
            let text = figure::grouped(number);
            let written =
                written.filter(|written| *written.text != *text && *written.text != number.to_string());
            Cell { state: "value", text: Cow::Owned(text), written, ..Cell::default() }
        }
        Value::Approximate(bound, number) => Cell {
            state: "value",
            text: Cow::Owned(bounded(portal, bound, number)),
            written,
            ..Cell::default()
        },
    };
    if figure.is_cumulative() {
        cell.tags.push(portal.word("tag-cumulative"));
    }
    cell
}

/// Returns the cell of a point of a series.
pub(crate) fn of_point<'a>(portal: &LocalPortal<'a>, point: &Point) -> Cell<'a> {
    match point {
        Point::Gap(reason) => gap(portal, *reason),
        Point::Value(reading) => of_reading(portal, reading),
    }
}

/// Returns the cell of a value of a series.
pub(crate) fn of_reading<'a>(portal: &LocalPortal<'a>, reading: &Reading) -> Cell<'a> {
    let mut tags = Vec::new();
    if reading.questioned {
        tags.push(portal.word("tag-questioned"));
    }
    if reading.revised {
        tags.push(portal.word("tag-revised"));
    }
    let exact = Some(reading.amount);
    Cell { state: "value", text: Cow::Owned(number(portal, reading)), exact, tags, ..Cell::default() }
}

/// Returns the cell of a gap: a word in place of a figure.
pub(crate) fn gap<'a>(portal: &LocalPortal<'a>, reason: Gap) -> Cell<'a> {
    let word = gap_word(reason);
    let state = word.trim_start_matches("gap-");
    Cell { state, text: Cow::Borrowed(portal.word(word)), ..Cell::default() }
}

/// Returns the id of the string that names a gap.
pub(crate) fn gap_word(reason: Gap) -> &'static str {
    match reason {
        Gap::NoReport => "gap-no-report",
        Gap::NotAsked => "gap-not-asked",
        Gap::NotTranscribed => "gap-not-transcribed",
        Gap::Blank => "gap-blank",
        Gap::NotApplicable => "gap-not-applicable",
        Gap::Cumulative => "gap-cumulative",
        Gap::NoDenominator => "gap-no-denominator",
        Gap::NoFigure => "gap-no-figure",
    }
}

/// Returns whether a share has too small a denominator for a percentage.
pub(crate) fn is_share_of_few(reading: &Reading) -> bool {
    reading.fraction.as_ref().is_some_and(|of| of.1 < FEWEST_FOR_PERCENT)
}

/// Formats a value of a series. A share with a small denominator becomes a fraction.
pub(crate) fn number(portal: &LocalPortal<'_>, reading: &Reading) -> String {
    match reading.fraction.as_deref() {
        Some((above, below)) if is_share_of_few(reading) => {
            format!("{}/{}", figure::grouped(above.normalize()), figure::grouped(below.normalize()))
        }
        Some(_) => figure::percent(reading.amount),
        None => match reading.bound {
            Some(bound) => bounded(portal, bound, reading.amount),
            None => figure::grouped(reading.amount),
        },
    }
}

/// Returns numerator and denominator in words, for a share that is shown in per cent.
pub(crate) fn fraction(portal: &LocalPortal<'_>, point: &Point) -> Option<String> {
    let (above, below) =
        point.reading()?.fraction.as_deref().filter(|(_, below)| *below >= FEWEST_FOR_PERCENT)?;
    Some(portal.say("fraction", &[("above", (*above).into()), ("below", (*below).into())]))
}

/// Formats an inexact number with its bound: `at least 5`.
fn bounded(portal: &LocalPortal<'_>, bound: Bound, number: Decimal) -> String {
    let id = match bound {
        Bound::AtLeast => "bound-at-least",
        Bound::MoreThan => "bound-more-than",
        Bound::About => "bound-about",
        Bound::Nearly => "bound-nearly",
        Bound::AtMost => "bound-at-most",
        Bound::LessThan => "bound-less-than",
    };
    portal.say(id, &[("number", number.into())])
}

/// Returns a sentence about the change on the year before.
pub(crate) fn change<'a>(
    portal: &LocalPortal<'a>,
    series: &'a Series,
    before: i16,
    change: &Change,
) -> String {
    let year = || ("year", before.to_string().into());
    match change {
        Change::Unknown(reason) => {
            let id = match reason {
                UnknownChange::NoReportBefore => "change-no-report",
                UnknownChange::NoFigureBefore => "change-no-figure-before",
                UnknownChange::NoFigure => "change-no-figure",
                UnknownChange::Break => "change-break",
            };
            portal.say(id, &[year()])
        }
        Change::Known { difference, percent: relative, .. } => {
            let sentence = self::difference(portal, series, before, *difference);
            match relative.filter(|_| series.ratio.is_none() && !difference.is_zero()) {
                Some(relative) => {
                    let sign = if relative.is_sign_negative() { "" } else { "+" };
                    let share = format!("{sign}{}", figure::percent(relative));
                    portal.say("change-relative", &[("change", sentence.into()), ("percent", share.into())])
                }
                None => sentence,
            }
        }
    }
}

/// Returns a sentence about a difference to the year before.
pub(crate) fn difference<'a>(
    portal: &LocalPortal<'a>,
    series: &'a Series,
    before: i16,
    difference: Decimal,
) -> String {
    let year = || ("year", before.to_string().into());
    if difference.is_zero() {
        return portal.say("change-none", &[year()]);
    }
    let id = if difference.is_sign_negative() { "change-down" } else { "change-up" };
    let amount = if series.ratio.is_some() {
        let points = figure::percent(difference.abs());
        let points = points.trim_end_matches('%');
        let number = match points {
            "0.0" => format!("{}0.1", portal.word("chart-below")),
            _ => points.to_owned(),
        };
        portal.say("change-points", &[("number", number.into())])
    } else {
        portal.with_unit(&figure::grouped(difference.abs()), &series.unit)
    };
    portal.say(id, &[year(), ("amount", amount.into())])
}
