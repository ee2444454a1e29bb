//! Sums over areas: what the agencies that reported add up to, and how many those are.

use rust_decimal::Decimal;

use crate::form::SeriesIx;
use crate::model::{AgencyId, RegionId, Report, ReportId, Scope, Site};

use super::Derived;

/// What a total is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Every agency of the site.
    Site,
    /// The agencies of a region and of those within it.
    Region(RegionId),
}

/// A sum over the agencies that gave an exact figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum; `None` where no agency gave a figure, or the series cannot be added.
    pub sum: Option<Decimal>,
    /// How many agencies it is taken over.
    pub counted: u32,
    /// How many agencies reported for the year.
    pub reports: u32,
    /// How many agencies the area has.
    pub agencies: u32,
}

/// The areas an agency belongs to, the site last.
pub(super) fn areas(site: &Site, agency: AgencyId) -> impl Iterator<Item = Area> {
    let region = site.agency(agency).and_then(|agency| agency.region);
    site.region_chain(region).into_iter().map(Area::Region).chain(std::iter::once(Area::Site))
}

/// Adds up every report that speaks for one agency and a whole year.
pub(super) fn fill(derived: &mut Derived, site: &Site) {
    for at in 0..site.agencies.len() {
        for area in areas(site, AgencyId(at as u32)) {
            *derived.agencies.entry(area).or_default() += 1;
        }
    }
    let is_counted =
        |report: &&(ReportId, &Report)| report.1.scope == Scope::Own && report.1.period.is_year();
    let reports: Vec<(ReportId, &Report)> = site.reports_with_ids().collect();
    let mut last = None;
    for (id, report) in reports.iter().filter(is_counted) {
        // A calendar and a fiscal year that begin in one year count once, as in rankings.
        let year_of_agency = Some((report.agency, report.period.year));
        if last == year_of_agency {
            continue;
        }
        last = year_of_agency;
        let areas: Vec<Area> = areas(site, report.agency).collect();
        for area in &areas {
            *derived.reporting.entry((*area, report.period.year)).or_default() += 1;
        }
        for (at, series) in site.catalog.series.iter().enumerate() {
            let ix = SeriesIx(at as u16);
            let Some(amount) = derived.point(*id, ix).exact().filter(|_| series.adds_up()) else {
                continue;
            };
            for area in &areas {
                let total = derived.totals.entry((*area, ix, report.period.year)).or_default();
                total.sum = Some(total.sum.unwrap_or_default() + amount);
                total.counted += 1;
            }
        }
    }
}
