//! Points of series: a number with its qualifications, or the reason for a gap.

use rust_decimal::Decimal;

use crate::figure::Bound;
use crate::model::ReportId;

/// The value of a series in one report, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Point {
    /// A number.
    Value(Reading),
    /// No number, for a reason.
    Gap(Gap),
}

/// A number of a series, with its qualifications.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The number, in the unit of the series; a share in per cent.
    pub amount: Decimal,
    /// Its relation to the true number, where the source gives an approximation.
    pub bound: Option<Bound>,
    /// Whether an unexplained warning or error is about it.
    pub questioned: bool,
    /// Whether it was revised since it was first published here.
    pub revised: bool,
    /// Numerator and denominator of a share.
    pub fraction: Option<Box<(Decimal, Decimal)>>,
}

impl Reading {
    /// Returns a number without qualifications.
    pub fn exact(amount: Decimal) -> Self {
        Self { amount, bound: None, questioned: false, revised: false, fraction: None }
    }
}

/// Why a series has no number.
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
    /// The source counts from the beginning, not for the year.
    Cumulative,
    /// A share whose denominator is zero.
    NoDenominator,
    /// There are reports, but none gives an exact figure in the unit of the series.
    NoFigure,
}

/// A series in one year of an agency.
#[derive(Clone, Debug, PartialEq)]
pub struct YearPoint {
    /// The calendar year.
    pub year: i16,
    /// The report on that year, if any.
    pub report: Option<ReportId>,
    /// The value in it.
    pub point: Point,
}

impl Point {
    /// Returns the number, if there is one.
    pub fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Value(reading) => Some(reading),
            Self::Gap(_) => None,
        }
    }

    /// Returns the number if it is exact.
    pub fn exact(&self) -> Option<Decimal> {
        self.reading().filter(|reading| reading.bound.is_none()).map(|reading| reading.amount)
    }
}
