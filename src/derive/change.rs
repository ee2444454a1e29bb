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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{check, report, site};

    /// The change of a series from a report on 2018 to one on 2019 on the form that followed.
    fn change_to_2019(id: &str, then: (&str, &str), now: (&str, &str)) -> Change {
        let mut site = site();
        report(&mut site, 0, "gb-2014", "2018", &[then]);
        report(&mut site, 0, "gb-2019", "2019", &[now]);
        let derived = Derived::new(&site, &check(&site));
        let ix = site.catalog.find_series(id).unwrap();
        let of = |at: u32| derived.point(crate::model::ReportId(at), ix);
        change(&site.catalog[ix], 2019, Some(("gb-2014", of(0))), ("gb-2019", of(1)))
    }

    fn received(then: &str, now: &str) -> Change {
        change_to_2019("requests_received", ("req_received", then), ("req_new__total", now))
    }

    #[test]
    fn a_change_is_one_of_exact_numbers() {
        let known = |from: i64, difference: i64, percent: Option<i64>| Change::Known {
            from: from.into(),
            difference: difference.into(),
            percent: percent.map(Decimal::from),
        };
        assert_eq!(received("40", "50"), known(40, 10, Some(25)));
        assert_eq!(received("0", "3"), known(0, 3, None));
        assert_eq!(received("约40", "50"), Change::Unknown(UnknownChange::NoFigureBefore));
        assert_eq!(received("40", ""), Change::Unknown(UnknownChange::NoFigure));
    }

    #[test]
    fn there_is_no_change_across_a_break() {
        let decided = change_to_2019("requests_decided", ("req_answered", "40"), ("res_total__total", "50"));
        assert_eq!(decided, Change::Unknown(UnknownChange::Break));
    }

    #[test]
    fn the_change_of_a_total_compares_the_same_agencies() {
        let mut site = site();
        site.agencies.extend(["a/b", "a/c"].map(|path| crate::check::testing::agency(path, None)));
        for (agency, figures) in [(0, ["10", "14"]), (1, ["100", ""])] {
            report(&mut site, agency, "gb-2021", "2022", &[("req_new__total", figures[0])]);
            report(&mut site, agency, "gb-2021", "2023", &[("req_new__total", figures[1])]);
        }
        report(&mut site, 2, "gb-2021", "2023", &[("req_new__total", "500")]);
        let ix = site.catalog.find_series("requests_received").unwrap();
        let total = change_of_total(&Derived::new(&site, &check(&site)), &site, ix, 2023);
        assert_eq!(total, TotalChange { agencies: 1, difference: 4.into() });
    }
}
