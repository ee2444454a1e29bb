//! The change of a series from one year to the next, or why there is none to show.

use rust_decimal::Decimal;

use crate::form::Series;

use super::series::Point;

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
