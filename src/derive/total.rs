//! Sums over areas: what the agencies that reported add up to, and how many those are.

use rust_decimal::Decimal;

use crate::form::{Series, SeriesIx};
use crate::model::{AgencyId, RegionId, ReportId, Scope, Site};

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
    /// How many agencies have a report on the year, their own or a consolidated one.
    pub reports: u32,
    /// How many agencies the area has.
    pub agencies: u32,
}

/// The areas an agency belongs to, the site last.
pub(super) fn areas_of(site: &Site, agency: AgencyId) -> impl Iterator<Item = Area> {
    let region = site.agency(agency).and_then(|agency| agency.region);
    site.region_chain(region).into_iter().map(Area::Region).chain(std::iter::once(Area::Site))
}

/// The totals of every area, series and year, side by side: looked up by place.
#[derive(Debug, Default)]
pub(super) struct Totals {
    years: Vec<i16>,
    series: usize,
    /// The site's, then each region's, in the order of years.
    sums: Vec<(Option<Decimal>, u32)>,
    reporting: Vec<u32>,
    agencies: Vec<u32>,
}

impl Totals {
    /// Adds up every report that speaks for one agency and a whole year; a consolidated one only shows
    /// that the agency reported. `exact` gives the exact figure of a report in a series.
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
        for (at, agency) in site.agencies.iter().enumerate() {
            let places: Vec<usize> = areas_of(site, AgencyId(at as u32)).map(place).collect();
            for area in &places {
                add(&mut totals.agencies, Some(*area));
            }
            let (mut reported, mut counted) = (None, None);
            for id in agency.reports.clone().map(ReportId) {
                let Some(report) = site.report(id).filter(|report| report.period.is_year()) else { continue };
                let year = report.period.year;
                if reported != Some(year) {
                    reported = Some(year);
                    for area in &places {
                        let row = totals.row(*area, year);
                        add(&mut totals.reporting, row);
                    }
                }
                // A calendar and a fiscal year that begin in one year count once, as in rankings.
                if report.scope != Scope::Own || counted == Some(year) {
                    continue;
                }
                counted = Some(year);
                let figures: Vec<Option<Decimal>> = (0..series.len())
                    .map(|at| exact(id, SeriesIx(at as u16)).filter(|_| series.get(at) == Some(&true)))
                    .collect();
                for area in &places {
                    totals.add_row(totals.row(*area, year), &figures);
                }
            }
        }
        totals
    }

    fn add_row(&mut self, row: Option<usize>, figures: &[Option<Decimal>]) {
        let start = row.map(|row| row * self.series);
        let Some(sums) = start.and_then(|start| self.sums.get_mut(start..start + figures.len())) else {
            return;
        };
        for ((sum, counted), figure) in sums.iter_mut().zip(figures) {
            if let Some(figure) = figure {
                *sum = Some(sum.unwrap_or_default() + figure);
                *counted += 1;
            }
        }
    }

    /// The place of an area and year among rows.
    fn row(&self, area: usize, year: i16) -> Option<usize> {
        Some(area * self.years.len() + self.years.binary_search(&year).ok()?)
    }

    /// A series over an area in a year.
    pub(super) fn total(&self, area: Area, series: SeriesIx, year: i16) -> Total {
        let sum =
            self.row(place(area), year).and_then(|row| self.sums.get(row * self.series + series.0 as usize));
        let (sum, counted) = sum.copied().unwrap_or_default();
        Total { sum, counted, reports: self.reporting(area, year), agencies: self.agencies(area) }
    }

    /// How many agencies of an area have a report on a year.
    pub(super) fn reporting(&self, area: Area, year: i16) -> u32 {
        self.row(place(area), year).and_then(|row| self.reporting.get(row)).copied().unwrap_or(0)
    }

    /// How many agencies an area has.
    pub(super) fn agencies(&self, area: Area) -> u32 {
        self.agencies.get(place(area)).copied().unwrap_or(0)
    }
}

fn place(area: Area) -> usize {
    match area {
        Area::Site => 0,
        Area::Region(region) => region.0 as usize + 1,
    }
}

fn add(counts: &mut [u32], at: Option<usize>) {
    if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
        *count += 1;
    }
}
