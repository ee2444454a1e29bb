//! Coverage tables: agencies or regions × years, with the reports of each.

use serde::Serialize;

use crate::derive::{Area, yearly_reports};
use crate::model::{Agency, AgencyId, RegionId};
use crate::plan::AGENCIES_ON_ONE_PAGE;
use crate::view::components::{Link, NamedLink};
use crate::view::local_portal::LocalPortal;
use crate::view::non_reporting;
use crate::view::tables::year_link;

/// Which agencies reported for which year, or how many agencies of each region.
#[derive(Debug, Serialize)]
pub(crate) struct CoverageView<'a> {
    pub(crate) years: Vec<NamedLink>,
    /// The agencies, if they are few.
    pub(crate) rows: Vec<CoverageRow<'a>>,
    /// The regions, if the agencies are many.
    pub(crate) areas: Vec<AreaRow<'a>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct CoverageRow<'a> {
    pub(crate) agency: Link<'a>,
    /// The address of each year's report; `None` if there is none.
    pub(crate) reports: Vec<Option<String>>,
}

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
    /// The shade, from 0 (no agency reported) to 5 (all did).
    pub(crate) step: u32,
    /// The list of agencies without a report; `None` for a year without any report on the site.
    pub(crate) url: Option<String>,
}

/// Returns the coverage of a region by agency; by inner region if it has too many agencies.
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

/// Returns the coverage of some regions.
pub(crate) fn of_regions<'a>(portal: &LocalPortal<'a>, regions: &[RegionId]) -> CoverageView<'a> {
    let years = span(portal);
    let row = |id: &RegionId| {
        let region = &portal.site[*id];
        let agencies = portal.derived.agencies(Area::Region(*id));
        let cell = |year: i16| {
            let reports = portal.derived.reporting(Area::Region(*id), year);
            let step = (reports * 5).div_ceil(agencies.max(1)).min(5);
            let is_known = portal.derived.years().binary_search(&year).is_ok();
            AreaCell { reports, step, url: is_known.then(|| non_reporting::list_url(portal, *id, year)) }
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

/// Returns the heading of a year, which has no link if there is no report for it.
fn column(portal: &LocalPortal<'_>, year: i16) -> NamedLink {
    match portal.derived.years().binary_search(&year) {
        Ok(_) => NamedLink { name: year.to_string(), ..year_link(portal, year) },
        Err(_) => NamedLink { name: year.to_string(), url: String::new() },
    }
}

/// Returns every year from the last report of the site to the first.
fn span(portal: &LocalPortal<'_>) -> Vec<i16> {
    match portal.derived.years() {
        [first, .., last] => (*first..=*last).rev().collect(),
        years => years.to_vec(),
    }
}
