//! Totals over areas: the sum over the agencies that reported, and how many those are.

use rust_decimal::Decimal;

use crate::form::{Series, SeriesIx};
use crate::model::{AgencyId, RegionId, ReportId, Scope, Site};

/// A set of agencies over which totals are taken.
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
    /// The sum; `None` where no agency gave a figure, or figures of the series cannot be added.
    pub sum: Option<Decimal>,
    /// How many agencies the sum is taken over.
    pub counted: u32,
    /// How many agencies have a report on the year, their own or a consolidated one.
    pub reports: u32,
    /// How many agencies the area has.
    pub agencies: u32,
}

/// Returns the areas an agency belongs to, the site last.
pub(super) fn areas_of(site: &Site, agency: AgencyId) -> impl Iterator<Item = Area> {
    regions_of(site, agency).chain(std::iter::once(Area::Site))
}

/// Returns the regions an agency lies in, from the outermost inwards.
pub(super) fn regions_of(site: &Site, agency: AgencyId) -> impl Iterator<Item = Area> {
    site.region_chain(site[agency].region).into_iter().map(Area::Region)
}

/// The totals of every area, series and year in flat tables.
#[derive(Debug, Default)]
pub(super) struct Totals {
    years: Vec<i16>,
    series: usize,
    /// Sum and number of addends; by area, then year, then series.
    sums: Vec<(Option<Decimal>, u32)>,
    /// By area, then year.
    reporting: Vec<u32>,
    agencies: Vec<u32>,
}

impl Totals {
    /// Adds up every report on one agency and a whole year; a consolidated one only shows that the agency
    /// reported. `exact` returns the exact figure of a report in a series.
    pub(super) fn new(
        site: &Site,
        years: &[i16],
        exact: impl Fn(ReportId, SeriesIx) -> Option<Decimal>,
    ) -> Self {
        let areas = site.regions.len() + 1;
        let series: Vec<bool> = site.catalog.series.iter().map(Series::adds_up).collect();
        let mut totals = Self {
            years: years.to_owned(),
            series: series.len(),
            sums: vec![(None, 0); areas * series.len() * years.len()],
            reporting: vec![0; areas * years.len()],
            agencies: vec![0; areas],
        };
        for (id, agency) in site.agencies_with_ids() {
            let areas: Vec<usize> = areas_of(site, id).map(position).collect();
            for area in &areas {
                totals.agencies[*area] += 1;
            }
            let (mut reported, mut counted) = (None, None);
            let reports = agency.reports.clone().map(ReportId).map(|id| (id, &site[id]));
            for (id, report) in reports.filter(|(_, report)| report.period.is_year()) {
                let year = report.period.year;
                let rows = areas.iter().filter_map(|area| totals.row(*area, year));
                let rows: Vec<usize> = rows.collect();
                if reported != Some(year) {
                    reported = Some(year);
                    for row in &rows {
                        totals.reporting[*row] += 1;
                    }
                }
                // A calendar and a fiscal year that begin in one year count once, as in rankings.
                if report.scope != Scope::Own || counted == Some(year) {
                    continue;
                }
                counted = Some(year);
                let figures: Vec<Option<Decimal>> = (0..series.len())
                    .map(|at| exact(id, SeriesIx(at as u16)).filter(|_| series[at]))
                    .collect();
                for row in &rows {
                    totals.add_row(*row, &figures);
                }
            }
        }
        totals
    }

    fn add_row(&mut self, row: usize, figures: &[Option<Decimal>]) {
        let sums = &mut self.sums[row * self.series..][..figures.len()];
        for ((sum, counted), figure) in sums.iter_mut().zip(figures) {
            if let Some(figure) = figure {
                *sum = Some(sum.unwrap_or_default() + figure);
                *counted += 1;
            }
        }
    }

    /// Returns the row of an area and year; `None` for a year without any report.
    fn row(&self, area: usize, year: i16) -> Option<usize> {
        Some(area * self.years.len() + self.years.binary_search(&year).ok()?)
    }

    /// Returns the sum of a series over an area in a year.
    pub(super) fn total(&self, area: Area, series: SeriesIx, year: i16) -> Total {
        let row = self.row(position(area), year);
        let (sum, counted) =
            row.map(|row| self.sums[row * self.series + series.0 as usize]).unwrap_or_default();
        Total { sum, counted, reports: self.reporting(area, year), agencies: self.agencies(area) }
    }

    /// Returns how many agencies of an area have a report on a year.
    pub(super) fn reporting(&self, area: Area, year: i16) -> u32 {
        self.row(position(area), year).map_or(0, |row| self.reporting[row])
    }

    /// Returns how many agencies an area has.
    pub(super) fn agencies(&self, area: Area) -> u32 {
        self.agencies[position(area)]
    }
}

/// Returns the position of an area: the site's, then each region's.
fn position(area: Area) -> usize {
    match area {
        Area::Site => 0,
        Area::Region(region) => region.0 as usize + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{agency, check, report, site};
    use crate::derive::Derived;

    #[test]
    fn a_total_says_over_how_many_of_how_many_agencies_it_is_taken() {
        let mut site = site();
        site.agencies.extend(["a/b", "a/c", "a/d"].map(|path| agency(path, None)));
        report(&mut site, 0, "gb-2021", "2023", &[("req_new__total", "5")]);
        report(&mut site, 1, "gb-2021", "2023", &[("req_new__total", "")]);
        report(&mut site, 2, "gb-2021", "2023", &[("req_new__total", "90")]).scope = Scope::Consolidated;
        let ix = site.catalog.find_series("requests_received").unwrap();
        let derived = Derived::new(&site, &check(&site));
        let total = |year| derived.total(Area::Site, ix, year);
        assert_eq!(total(2023), Total { sum: Some(5.into()), counted: 1, reports: 3, agencies: 4 });
        assert_eq!(total(2022), Total { sum: None, counted: 0, reports: 0, agencies: 4 });
    }
}
