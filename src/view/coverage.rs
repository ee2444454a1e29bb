//! Who reported when: agencies or regions × years.

use serde::Serialize;

use crate::derive::{Area, yearly_reports};
use crate::model::{Agency, AgencyId, RegionId};
use crate::plan::AGENCIES_ON_ONE_PAGE;
use crate::view::components::{Link, NamedLink};
use crate::view::local_portal::LocalPortal;
use crate::view::non_reporting;
use crate::view::tables::year_link;

/// Which agency, or how many of a region's, reported for which year.
#[derive(Debug, Serialize)]
pub(crate) struct CoverageView<'a> {
    pub(crate) years: Vec<NamedLink>,
    /// Agencies, where they are few.
    pub(crate) rows: Vec<CoverageRow<'a>>,
    /// Regions, where the agencies are many.
    pub(crate) areas: Vec<AreaRow<'a>>,
}

/// An agency's reports.
#[derive(Debug, Serialize)]
pub(crate) struct CoverageRow<'a> {
    pub(crate) agency: Link<'a>,
    /// The report of each year; `None` where there is none.
    pub(crate) reports: Vec<Option<String>>,
}

/// How many agencies of a region reported.
#[derive(Debug, Serialize)]
pub(crate) struct AreaRow<'a> {
    pub(crate) region: Link<'a>,
    pub(crate) agencies: u32,
    pub(crate) years: Vec<AreaCell>,
}

/// How many agencies of a region reported for a year.
#[derive(Debug, Serialize)]
pub(crate) struct AreaCell {
    pub(crate) reports: u32,
    /// The step of its colour, 0 for none to 5 for all.
    pub(crate) step: u32,
    /// Where the agencies without a report are named; `None` for a year of which the site has no report.
    pub(crate) url: Option<String>,
}

/// The agencies of a region and of those in it over the years of the site; where they are many, its regions.
pub(crate) fn of_region<'a>(
    portal: &LocalPortal<'a>,
    region: RegionId,
    agencies: &[AgencyId],
) -> CoverageView<'a> {
    let inner = &*portal.site[region].regions;
    if agencies.len() > AGENCIES_ON_ONE_PAGE && !inner.is_empty() {
        return of_regions(portal, inner);
    }
    let most = 2 * AGENCIES_ON_ONE_PAGE;
    let shown: Vec<&Agency> = agencies.iter().take(most).map(|id| &portal.site[*id]).collect();
    let reports: Vec<_> = shown.iter().map(|agency| yearly_reports(portal.site, agency)).collect();
    let years = span(portal);
    let row = |(agency, reports): (&&'a Agency, &Vec<(_, &'a crate::model::Report)>)| CoverageRow {
        agency: portal.agency_link(agency),
        reports: years
            .iter()
            .map(|&year| {
                let report = reports.iter().find(|(_, report)| report.period.year == year);
                report.map(|(_, report)| portal.links().report(report))
            })
            .collect(),
    };
    CoverageView {
        rows: shown.iter().zip(&reports).map(row).collect(),
        areas: Vec::new(),
        years: years.iter().map(|year| column(portal, *year)).collect(),
    }
}

/// Some regions over the years of the site.
pub(crate) fn of_regions<'a>(portal: &LocalPortal<'a>, regions: &[RegionId]) -> CoverageView<'a> {
    let years = span(portal);
    let row = |id: &RegionId| {
        let region = &portal.site[*id];
        let agencies = portal.derived.agencies(Area::Region(*id));
        let cell = |year: i16| {
            let reports = portal.derived.reporting(Area::Region(*id), year);
            let step = (reports * 5).div_ceil(agencies.max(1)).min(5);
            let is_known = portal.derived.years().binary_search(&year).is_ok();
            AreaCell { reports, step, url: is_known.then(|| non_reporting::way(portal, *id, year)) }
        };
        let years = years.iter().copied().map(cell).collect();
        AreaRow { region: portal.region_link(region), agencies, years }
    };
    CoverageView {
        rows: Vec::new(),
        areas: regions.iter().map(row).collect(),
        years: years.iter().map(|year| column(portal, *year)).collect(),
    }
}

/// A year as a heading; one without any report has no page.
fn column(portal: &LocalPortal<'_>, year: i16) -> NamedLink {
    match portal.derived.years().binary_search(&year) {
        Ok(_) => NamedLink { name: year.to_string(), ..year_link(portal, year) },
        Err(_) => NamedLink { name: year.to_string(), url: String::new() },
    }
}

/// The years of the site from the last to the first, those without any report among them.
fn span(portal: &LocalPortal<'_>) -> Vec<i16> {
    match portal.derived.years() {
        [first, .., last] => (*first..=*last).rev().collect(),
        years => years.to_vec(),
    }
}
