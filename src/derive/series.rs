//! One report's value in a series: a figure or a sum of figures, a quotient, or the reason for a gap.

use rust_decimal::Decimal;

use crate::check::Findings;
use crate::figure::{Bound, Figure, Value};
use crate::form::{Catalog, Form, FormIx, IndicatorIx, Series, SeriesIx};
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
    pub fraction: Option<Box<(Decimal, Decimal)>>,
}

impl Reading {
    /// A number that nothing must be said about.
    pub fn exact(amount: Decimal) -> Self {
        Self { amount, bound: None, questioned: false, revised: false, fraction: None }
    }
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

/// What a series is made of in every form, found once for all reports.
pub(super) struct Terms {
    forms: usize,
    /// Series by series, form by form; `None` where the form does not ask for the series.
    terms: Vec<Option<Vec<TermOf>>>,
}

/// A figure that a series takes from a form.
struct TermOf {
    code: Box<str>,
    /// Where the form asks for it; nowhere for figures of texts.
    indicator: Option<IndicatorIx>,
}

impl Terms {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let of = |series: &Series, form: &Form| {
            let codes = series.codes(&form.id)?;
            let term = |code: &str| TermOf { code: code.into(), indicator: form.find(code) };
            Some(codes.iter().map(|code| term(code)).collect())
        };
        let pairs =
            catalog.series.iter().flat_map(|series| catalog.forms.iter().map(move |form| of(series, form)));
        Self { forms: catalog.forms.len(), terms: pairs.collect() }
    }

    /// The series that a form asks for, wholly or in part, in the catalogue's order.
    pub(super) fn asked<'c>(
        &'c self,
        catalog: &'c Catalog,
        form: FormIx,
    ) -> impl Iterator<Item = SeriesIx> + use<'c> {
        let is_sum = move |ix: SeriesIx| self.get(ix, form).is_some();
        let is_asked = move |(at, series): (usize, &Series)| match &series.ratio {
            None => is_sum(SeriesIx(at as u16)),
            Some(ratio) => {
                let mut parts = ratio.numerator.iter().chain([&ratio.denominator]);
                parts.any(|part| catalog.find_series(part).is_some_and(is_sum))
            }
        };
        let all = catalog.series.iter().enumerate();
        all.filter(move |found| is_asked(*found)).map(|(at, _)| SeriesIx(at as u16))
    }

    fn get(&self, series: SeriesIx, form: FormIx) -> Option<&[TermOf]> {
        self.terms.get(series.0 as usize * self.forms + form.0 as usize)?.as_deref()
    }
}

/// What it takes to know a report's value in a series.
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) findings: &'a Findings,
    pub(super) terms: &'a Terms,
}

/// What a report says in a series.
pub(super) fn point(context: &Context<'_>, id: ReportId, report: &Report, ix: SeriesIx) -> Point {
    let Some(series) = context.site.catalog.series(ix) else { return Point::Gap(Gap::NotAsked) };
    match &series.ratio {
        None => sum(context, id, report, ix, series),
        Some(ratio) => {
            let catalog = &context.site.catalog;
            let part = |name: &str| {
                let found = catalog.find_series(name).and_then(|ix| Some((ix, catalog.series(ix)?)));
                found.map_or(Point::Gap(Gap::NotAsked), |(ix, series)| sum(context, id, report, ix, series))
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
        fraction: Some(Box::new((numerator, denominator))),
    })
}

fn sum(context: &Context<'_>, id: ReportId, report: &Report, ix: SeriesIx, series: &Series) -> Point {
    let Some(terms) = context.terms.get(ix, report.form) else { return Point::Gap(Gap::NotAsked) };
    let form = context.site.catalog.form(report.form);
    let mut amount = Decimal::ZERO;
    let mut bound = None;
    for of in terms {
        let own =
            of.indicator.and_then(|ix| Some((report.figure(ix)?, form?.indicator(ix)?.unit.as_deref())));
        let found =
            own.or_else(|| report.other(&of.code).map(|other| (&other.figure, other.unit.as_deref())));
        let Some((figure, unit)) = found else { return Point::Gap(Gap::NotTranscribed) };
        match term(context.site, figure, unit, series) {
            Ok((number, inexact)) => {
                amount += number;
                bound = bound.or(inexact);
            }
            Err(gap) => return Point::Gap(gap),
        }
    }
    let asks_for = |code: &str| terms.iter().any(|of| *of.code == *code);
    let questioned = context.findings.of(id).iter().any(|finding| {
        finding.is_open()
            && finding.severity > crate::base::diagnostic::Severity::Note
            && finding.codes.iter().any(|code| asks_for(code))
    });
    let revised =
        report.revisions.iter().any(|revision| revision.changes.iter().any(|change| asks_for(&change.code)));
    let bound = if terms.len() > 1 { bound.map(|_| Bound::About) } else { bound };
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
        assert_eq!(half.reading().unwrap().fraction.as_deref(), Some(&(3.into(), 6.into())));
        assert_eq!(share(&[value(1), Point::Gap(Gap::Blank)], &value(6)), Point::Gap(Gap::Blank));
        assert_eq!(share(&[value(0)], &value(0)), Point::Gap(Gap::NoDenominator));
    }
}
