//! Changes of series from one year to the next, or why they are unknown.

use rust_decimal::Decimal;

use crate::form::{Series, SeriesIx};
use crate::model::Site;

use super::derived::Derived;
use super::point::Point;
use super::yearly::own_report;

/// The change of a figure from the year before.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// From a number to a number.
    Known {
        /// The number of the year before.
        from: Decimal,
        /// New minus old.
        difference: Decimal,
        /// The difference in per cent of the old number; `None` where that was zero.
        percent: Option<Decimal>,
    },
    /// The change is not known.
    Unknown(UnknownChange),
}

/// Why a change is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownChange {
    /// There is no report for the year before.
    NoReportBefore,
    /// The report of the year before has no exact figure.
    NoFigureBefore,
    /// This report has no exact figure.
    NoFigure,
    /// The definition changed in between.
    Break,
}

/// Returns the change from the year before to `year`. Each point comes with the id of its report's form;
/// `before` is `None` where no report covers that year.
pub fn change(series: &Series, year: i16, before: Option<(&str, &Point)>, now: (&str, &Point)) -> Change {
    let (form, now) = now;
    let Some(now) = now.exact() else { return Change::Unknown(UnknownChange::NoFigure) };
    let Some((form_before, before)) = before else { return Change::Unknown(UnknownChange::NoReportBefore) };
    let Some(from) = before.exact() else { return Change::Unknown(UnknownChange::NoFigureBefore) };
    if series.is_cut_between((year - 1, form_before), (year, form)) {
        return Change::Unknown(UnknownChange::Break);
    }
    let difference = now - from;
    let percent = (difference * Decimal::ONE_HUNDRED).checked_div(from);
    Change::Known { from, difference, percent }
}

/// The change of a total over the agencies whose change is known, so that like is compared with like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TotalChange {
    /// How many agencies gave an exact figure in both years, on the same definition.
    pub agencies: u32,
    /// New minus old, summed over these.
    pub difference: Decimal,
}

/// Returns the change of a series over the whole site from the year before to `year`.
pub fn change_of_total(derived: &Derived, site: &Site, ix: SeriesIx, year: i16) -> TotalChange {
    let mut total = TotalChange::default();
    for (agency, _) in site.agencies_with_ids() {
        let in_year = |year: i16| {
            let (id, report) = own_report(site, agency, year)?;
            Some((&*site.catalog[report.form].id, derived.point(id, ix)))
        };
        let Some(now) = in_year(year) else { continue };
        if let Change::Known { difference, .. } = change(&site.catalog[ix], year, in_year(year - 1), now)
            && let Some(sum) = total.difference.checked_add(difference)
        {
            total = TotalChange { agencies: total.agencies + 1, difference: sum };
        }
    }
    total
}
