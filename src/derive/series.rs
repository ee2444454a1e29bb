//! One report's value in a series: a figure or a sum of figures, a quotient, or the reason for a gap.

use rust_decimal::Decimal;

use crate::check::Findings;
use crate::figure::{Bound, Figure, Value};
use crate::form::{Series, SeriesIx};
use crate::model::{Report, ReportId, Site};

/// A series at one report.
#[derive(Clone, Debug, PartialEq)]
pub enum Point {
    /// A number.
    Value(Reading),
    /// No number, and why.
    Gap(Gap),
}

/// A number of a series, with what must be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The number, in the series' unit; for a share in per cent.
    pub amount: Decimal,
    /// How it stands to the true number, where a source calls it inexact.
    pub bound: Option<Bound>,
    /// Whether an unexplained finding is about it.
    pub questioned: bool,
    /// Whether it was revised since it was first published here.
    pub revised: bool,
    /// For a share, what is over what.
    pub fraction: Option<(Decimal, Decimal)>,
}

/// Why a series has no number at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// There is no report.
    NoReport,
    /// The report's form does not ask for it.
    NotAsked,
    /// It was not transcribed.
    NotTranscribed,
    /// The cell is blank in the source.
    Blank,
    /// The source says it does not apply.
    NotApplicable,
    /// The source counts since the beginning and not for the year.
    Cumulative,
    /// A share of nothing.
    NoDenominator,
    /// There are reports, but none gives an exact figure in the unit of the series.
    NoFigure,
}

/// A series in one year of an agency.
#[derive(Clone, Debug, PartialEq)]
pub struct YearPoint {
    /// The year.
    pub year: i16,
    /// The report, where there is one.
    pub report: Option<ReportId>,
    /// What it says.
    pub point: Point,
}

impl Point {
    /// The number, where there is one.
    pub fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Value(reading) => Some(reading),
            Self::Gap(_) => None,
        }
    }

    /// The number, where it is exact.
    pub fn exact(&self) -> Option<Decimal> {
        self.reading().filter(|reading| reading.bound.is_none()).map(|reading| reading.amount)
    }
}

/// What a report says in a series.
pub(super) fn point(site: &Site, findings: &Findings, id: ReportId, report: &Report, ix: SeriesIx) -> Point {
    let Some(series) = site.catalog.series(ix) else { return Point::Gap(Gap::NotAsked) };
    match &series.ratio {
        None => sum(site, findings, id, report, series),
        Some(ratio) => {
            let part = |name: &str| {
                let series = site.catalog.find_series(name).and_then(|ix| site.catalog.series(ix));
                series.map_or(Point::Gap(Gap::NotAsked), |series| sum(site, findings, id, report, series))
            };
            let parts: Vec<Point> = ratio.numerator.iter().map(|name| part(name)).collect();
            share(&parts, &part(&ratio.denominator))
        }
    }
}

/// The quotient of sums in per cent. Any gap above or below the line is a gap of the share.
fn share(above: &[Point], below: &Point) -> Point {
    let mut numerator = Decimal::ZERO;
    let mut questioned = false;
    let mut bound = None;
    let mut revised = false;
    let mut note = |reading: &Reading| {
        questioned |= reading.questioned;
        revised |= reading.revised;
        bound = bound.or(reading.bound.map(|_| Bound::About));
    };
    for point in above {
        match point {
            Point::Gap(gap) => return Point::Gap(*gap),
            Point::Value(reading) => {
                numerator += reading.amount;
                note(reading);
            }
        }
    }
    let denominator = match below {
        Point::Gap(gap) => return Point::Gap(*gap),
        Point::Value(reading) => {
            note(reading);
            reading.amount
        }
    };
    let Some(quotient) = (numerator * Decimal::ONE_HUNDRED).checked_div(denominator) else {
        return Point::Gap(Gap::NoDenominator);
    };
    Point::Value(Reading {
        amount: quotient,
        bound,
        questioned,
        revised,
        fraction: Some((numerator, denominator)),
    })
}

fn sum(site: &Site, findings: &Findings, id: ReportId, report: &Report, series: &Series) -> Point {
    let Some(form) = site.catalog.form(report.form) else { return Point::Gap(Gap::NotAsked) };
    let Some(codes) = series.codes(&form.id) else { return Point::Gap(Gap::NotAsked) };
    let mut amount = Decimal::ZERO;
    let mut bound = None;
    for code in codes {
        let own =
            form.find(code).and_then(|ix| Some((report.figure(ix)?, form.indicator(ix)?.unit.as_deref())));
        let found = own.or_else(|| report.other(code).map(|other| (&other.figure, other.unit.as_deref())));
        let Some((figure, unit)) = found else { return Point::Gap(Gap::NotTranscribed) };
        match term(site, figure, unit, series) {
            Ok((number, inexact)) => {
                amount += number;
                bound = bound.or(inexact);
            }
            Err(gap) => return Point::Gap(gap),
        }
    }
    let questioned = findings.of(id).iter().any(|finding| {
        finding.is_open()
            && finding.severity > crate::diagnostic::Severity::Note
            && codes.iter().any(|code| finding.codes.contains(code))
    });
    let revised = report
        .revisions
        .iter()
        .any(|revision| revision.changes.iter().any(|change| codes.contains(&change.code)));
    let bound = if codes.len() > 1 { bound.map(|_| Bound::About) } else { bound };
    Point::Value(Reading { amount, bound, questioned, revised, fraction: None })
}

fn term(
    site: &Site,
    figure: &Figure,
    unit: Option<&str>,
    series: &Series,
) -> Result<(Decimal, Option<Bound>), Gap> {
    if figure.is_cumulative() {
        return Err(Gap::Cumulative);
    }
    let (number, bound) = match figure.value {
        Value::Number(number) => (number, None),
        Value::Approximate(bound, number) => (number, Some(bound)),
        Value::Blank => return Err(Gap::Blank),
        Value::NotApplicable => return Err(Gap::NotApplicable),
    };
    match unit {
        Some(unit) => {
            let converted = site.catalog.units.convert(number, unit, &series.unit);
            converted.map(|number| (number, bound)).map_err(|_| Gap::NoFigure)
        }
        None => Ok((number, bound)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(amount: i64) -> Point {
        Point::Value(Reading {
            amount: amount.into(),
            bound: None,
            questioned: false,
            revised: false,
            fraction: None,
        })
    }

    #[test]
    fn a_share_needs_everything_it_is_made_of() {
        let half = share(&[value(1), value(2)], &value(6));
        assert_eq!(half.exact(), Some(50.into()));
        assert_eq!(half.reading().unwrap().fraction, Some((3.into(), 6.into())));
        assert_eq!(share(&[value(1), Point::Gap(Gap::Blank)], &value(6)), Point::Gap(Gap::Blank));
        assert_eq!(share(&[value(0)], &value(0)), Point::Gap(Gap::NoDenominator));
    }
}
