//! The change of a series from one year to the next, or why there is none to show.

use rust_decimal::Decimal;

use crate::form::{Series, SeriesIx};
use crate::model::{AgencyId, Site};

use super::series::Point;
use super::{Derived, own_report};

/// A change on the year before.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// From a number to a number.
    Known {
        /// The year before.
        from: Decimal,
        /// New minus old.
        difference: Decimal,
        /// The difference in per cent of the old number; `None` where that was zero.
        percent: Option<Decimal>,
    },
    /// No change can be told.
    Unknown(NoChange),
}

/// Why no change can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoChange {
    /// There is no report for the year before.
    NoReportBefore,
    /// The report of the year before has no exact figure.
    NoFigureBefore,
    /// This report has no exact figure.
    NoFigure,
    /// The definition changed in between.
    Break,
}

/// The change from the year before to `year`, each point with the id of its report's form. `before` is
/// `None` where no report covers that year.
pub fn change(series: &Series, year: i16, before: Option<(&str, &Point)>, now: (&str, &Point)) -> Change {
    let (form, now) = now;
    let Some(now) = now.exact() else { return Change::Unknown(NoChange::NoFigure) };
    let Some((form_before, before)) = before else { return Change::Unknown(NoChange::NoReportBefore) };
    let Some(from) = before.exact() else { return Change::Unknown(NoChange::NoFigureBefore) };
    if series.is_cut_between((year - 1, form_before), (year, form)) {
        return Change::Unknown(NoChange::Break);
    }
    let difference = now - from;
    let percent = (difference * Decimal::ONE_HUNDRED).checked_div(from);
    Change::Known { from, difference, percent }
}

/// The change of a total, over the agencies that tell one: like compared with like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TotalChange {
    /// How many agencies gave an exact figure in both years, with nothing changed in between.
    pub agencies: u32,
    /// New minus old, over these.
    pub difference: Decimal,
}

/// The change of a series over the whole site from the year before to `year`.
pub fn change_of_total(derived: &Derived, site: &Site, ix: SeriesIx, year: i16) -> TotalChange {
    let mut total = TotalChange::default();
    let Some(series) = site.catalog.series(ix) else { return total };
    for agency in (0..site.agencies.len() as u32).map(AgencyId) {
        let in_year = |year: i16| {
            let (id, report) = own_report(site, agency, year)?;
            Some((&*site.catalog.form(report.form)?.id, derived.point(id, ix)))
        };
        let Some(now) = in_year(year) else { continue };
        if let Change::Known { difference, .. } = change(series, year, in_year(year - 1), now) {
            let Some(sum) = total.difference.checked_add(difference) else { continue };
            total = TotalChange { agencies: total.agencies + 1, difference: sum };
        }
    }
    total
}
