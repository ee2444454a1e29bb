//! Reads what each report says in each series: a figure or a sum of figures, a quotient, or a gap.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::base::diagnostic::Severity;
use crate::check::Findings;
use crate::figure::{Bound, Figure, Value};
use crate::form::{Catalog, Form, FormIx, IndicatorIx, Ratio, Series, SeriesIx};
use crate::model::{Report, ReportId, Site};

use super::point::{Gap, Point, Reading};

/// What a report says in the series that its form asks for, in the order of series.
#[derive(Clone, Debug, Default)]
pub(super) struct ReportPoints {
    pub(super) series: Arc<[SeriesIx]>,
    pub(super) points: Arc<[Point]>,
}

impl ReportPoints {
    /// Returns the point in a series; `None` where the form does not ask for it.
    pub(super) fn get(&self, series: SeriesIx) -> Option<&Point> {
        self.series.binary_search(&series).ok().map(|at| &self.points[at])
    }
}

/// The figures that each series is the sum of, in every form; found once for all reports.
struct Components {
    forms: usize,
    /// Series by series, form by form; `None` where the form does not ask for the series.
    components: Vec<Option<Vec<Component>>>,
}

/// A figure that a series takes from a form.
struct Component {
    code: Box<str>,
    /// Its place in the form; `None` for a figure of the report's text.
    indicator: Option<IndicatorIx>,
}

impl Components {
    fn new(catalog: &Catalog) -> Self {
        let of = |series: &Series, form: &Form| {
            let codes = series.codes(&form.id)?;
            let component = |code: &str| Component { code: code.into(), indicator: form.find(code) };
            Some(codes.iter().map(|code| component(code)).collect())
        };
        let pairs =
            catalog.series.iter().flat_map(|series| catalog.forms.iter().map(move |form| of(series, form)));
        Self { forms: catalog.forms.len(), components: pairs.collect() }
    }

    /// Returns the series that a form asks for, wholly or in part, in the catalogue's order.
    fn asked(&self, catalog: &Catalog, form: FormIx) -> Arc<[SeriesIx]> {
        let is_sum = |ix: SeriesIx| self.get(ix, form).is_some();
        let is_asked = |ix: &SeriesIx| match &catalog[*ix].ratio {
            None => is_sum(*ix),
            Some(ratio) => parts(ratio).any(|part| catalog.find_series(part).is_some_and(is_sum)),
        };
        (0..catalog.series.len()).map(|at| SeriesIx(at as u16)).filter(is_asked).collect()
    }

    fn get(&self, series: SeriesIx, form: FormIx) -> Option<&[Component]> {
        self.components[series.0 as usize * self.forms + form.0 as usize].as_deref()
    }
}

fn parts(ratio: &Ratio) -> impl Iterator<Item = &str> {
    ratio.numerator.iter().chain([&ratio.denominator]).map(|part| &**part)
}

/// Reads what reports say in the series of their forms.
pub(super) struct SeriesReader<'a> {
    site: &'a Site,
    findings: &'a Findings,
    components: Components,
    /// For each form the series that it asks for.
    asked: Vec<Arc<[SeriesIx]>>,
}

impl<'a> SeriesReader<'a> {
    pub(super) fn new(site: &'a Site, findings: &'a Findings) -> Self {
        let catalog = &site.catalog;
        let components = Components::new(catalog);
        let forms = (0..catalog.forms.len()).map(|at| FormIx(at as u16));
        let asked = forms.map(|form| components.asked(catalog, form)).collect();
        Self { site, findings, components, asked }
    }

    pub(super) fn read(&self, id: ReportId) -> ReportPoints {
        let series = &self.asked[self.site[id].form.0 as usize];
        let points = series.iter().map(|ix| self.point(id, *ix)).collect();
        ReportPoints { series: series.clone(), points }
    }

    fn point(&self, id: ReportId, ix: SeriesIx) -> Point {
        let catalog = &self.site.catalog;
        let Some(ratio) = &catalog[ix].ratio else { return self.sum(id, ix) };
        let part = |name: &str| {
            catalog.find_series(name).map_or(Point::Gap(Gap::NotAsked), |part| self.sum(id, part))
        };
        let numerator: Vec<Point> = ratio.numerator.iter().map(|name| part(name)).collect();
        share(&numerator, &part(&ratio.denominator))
    }

    fn sum(&self, id: ReportId, ix: SeriesIx) -> Point {
        let report = &self.site[id];
        let Some(components) = self.components.get(ix, report.form) else {
            return Point::Gap(Gap::NotAsked);
        };
        let series = &self.site.catalog[ix];
        let mut amount = Decimal::ZERO;
        let mut bound = None;
        for component in components {
            let Some((figure, unit)) = self.figure(report, component) else {
                return Point::Gap(Gap::NotTranscribed);
            };
            match convert(self.site, figure, unit, series) {
                Ok((number, inexact)) => {
                    amount += number;
                    bound = bound.or(inexact);
                }
                Err(gap) => return Point::Gap(gap),
            }
        }
        let asks_for = |code: &str| components.iter().any(|component| *component.code == *code);
        let questioned = self.findings.of(id).iter().any(|finding| {
            finding.is_open()
                && finding.severity > Severity::Note
                && finding.codes.iter().any(|code| asks_for(code))
        });
        let mut changes = report.revisions.iter().flat_map(|revision| &revision.changes);
        let revised = changes.any(|change| asks_for(&change.code));
        let bound = if components.len() > 1 { bound.map(|_| Bound::About) } else { bound };
        Point::Value(Reading { amount, bound, questioned, revised, fraction: None })
    }

    /// Returns a component's figure and its unit, from the form or else from beside it.
    fn figure<'r>(
        &'r self,
        report: &'r Report,
        component: &Component,
    ) -> Option<(&'r Figure, Option<&'r str>)> {
        let form = &self.site.catalog[report.form];
        let own = component.indicator.and_then(|ix| Some((report.figure(ix)?, form[ix].unit.as_deref())));
        own.or_else(|| report.other(&component.code).map(|other| (&other.figure, other.unit.as_deref())))
    }
}

/// Returns a quotient of sums in per cent. A gap in the numerator or the denominator is a gap of the share.
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

/// Returns a figure in the unit of a series.
fn convert(
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
        Point::Value(Reading::exact(amount.into()))
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
