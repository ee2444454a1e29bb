//! Which agencies have no report for a year, by region.
//!
//! A region with few agencies lists them on its own page, year by year. A larger one has a page for each
//! year, which counts them for each inner region and names those that are in none.

use serde::Serialize;

use crate::derive::{Area, yearly_report};
use crate::model::{AgencyId, RegionId, Site};
use crate::plan::has_year_pages;
use crate::view::components::Link;
use crate::view::local_portal::LocalPortal;
use crate::view::tables;

/// The agencies of a region without a report for a year.
#[derive(Debug, Serialize)]
pub(crate) struct MissingView<'a> {
    pub(crate) year: String,
    /// The HTML id of the list.
    pub(crate) id: String,
    pub(crate) missing: usize,
    pub(crate) agencies: usize,
    /// The inner regions, if these have lists of their own.
    pub(crate) regions: Vec<MissingRegion<'a>>,
    pub(crate) names: Vec<Link<'a>>,
}

/// How many agencies of a region have no report for a year.
#[derive(Debug, Serialize)]
pub(crate) struct MissingRegion<'a> {
    pub(crate) region: Link<'a>,
    /// The list that names them.
    pub(crate) url: String,
    pub(crate) missing: usize,
    pub(crate) agencies: usize,
    pub(crate) regions: Vec<MissingRegion<'a>>,
}

/// Returns the address of the list of a region's agencies without a report for a year.
pub(crate) fn list_url(portal: &LocalPortal<'_>, region: RegionId, year: i16) -> String {
    let place = &portal.site[region];
    let page = portal.links().region(place);
    if has_year_pages(portal.derived.agencies(Area::Region(region))) {
        format!("{page}years/{year}/")
    } else {
        format!("{page}#missing-{year}")
    }
}

/// Returns the lists of all years for a region with few agencies, newest first.
pub(crate) fn every_year<'a>(portal: &LocalPortal<'a>, within: &[AgencyId]) -> Vec<MissingView<'a>> {
    portal.derived.years().iter().rev().map(|year| named(portal, within, *year)).collect()
}

/// Returns the list of a year for a region with many agencies.
pub(crate) fn of_year<'a>(portal: &LocalPortal<'a>, region: RegionId, year: i16) -> MissingView<'a> {
    let place = &portal.site[region];
    let within = tables::agencies_within(portal, region);
    MissingView {
        regions: regions(portal, &place.regions, year, 1),
        names: links(portal, without(portal.site, &place.agencies, year)),
        ..named(portal, &within, year)
    }
}

/// Counts the missing reports of each region that has any, and of inner regions down to `depth`.
pub(crate) fn regions<'a>(
    portal: &LocalPortal<'a>,
    regions: &[RegionId],
    year: i16,
    depth: usize,
) -> Vec<MissingRegion<'a>> {
    let view = |id: &RegionId| {
        let region = &portal.site[*id];
        let within = tables::agencies_within(portal, *id);
        let missing = without(portal.site, &within, year).count();
        (missing > 0).then(|| MissingRegion {
            region: portal.region_link(region),
            url: list_url(portal, *id, year),
            missing,
            agencies: within.len(),
            regions: if depth > 1 {
                self::regions(portal, &region.regions, year, depth - 1)
            } else {
                Vec::new()
            },
        })
    };
    regions.iter().filter_map(view).collect()
}

/// Returns the agencies outside all regions that have no report for a year.
pub(crate) fn outside<'a>(portal: &LocalPortal<'a>, year: i16) -> Vec<Link<'a>> {
    let all = portal.site.agencies.iter().enumerate();
    let outside: Vec<AgencyId> =
        all.filter(|(_, agency)| agency.region.is_none()).map(|(at, _)| AgencyId(at as u32)).collect();
    links(portal, without(portal.site, &outside, year))
}

fn named<'a>(portal: &LocalPortal<'a>, within: &[AgencyId], year: i16) -> MissingView<'a> {
    let names = links(portal, without(portal.site, within, year));
    MissingView {
        year: portal.year(year),
        id: format!("missing-{year}"),
        missing: names.len(),
        agencies: within.len(),
        regions: Vec::new(),
        names,
    }
}

fn links<'a>(portal: &LocalPortal<'a>, agencies: impl Iterator<Item = AgencyId>) -> Vec<Link<'a>> {
    agencies.map(|id| portal.agency_link(&portal.site[id])).collect()
}

/// Returns the agencies without a report for the year.
fn without(site: &Site, agencies: &[AgencyId], year: i16) -> impl Iterator<Item = AgencyId> {
    let reported = move |id: &AgencyId| yearly_report(site, &site[*id], year).is_some();
    agencies.iter().copied().filter(move |id| !reported(id))
}
