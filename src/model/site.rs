//! The site: everything that was loaded, in its final order.

use std::ops::Index;
use std::sync::Arc;

use crate::form::Catalog;

use super::{Agency, AgencyId, Asset, Body, Page, Region, RegionId, Report, ReportId};

/// Everything a site knows, as loaded.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Forms, units and series.
    pub catalog: Catalog,
    /// Regions; parents before children, siblings in reading order.
    pub regions: Vec<Region>,
    /// Agencies, in reading order.
    pub agencies: Vec<Agency>,
    /// Reports, by agency, then period, then scope; shared by clones of the site.
    pub reports: Vec<Arc<Report>>,
    /// The home page's text.
    pub home: Option<Page>,
    /// Free pages.
    pub pages: Vec<Page>,
    /// Files beside the content.
    pub assets: Vec<Asset>,
}

impl Site {
    /// Returns the body of every content file.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let home = self.home.iter().map(|page| &page.body);
        let places = self.regions.iter().map(|region| &region.body);
        let agencies = self.agencies.iter().map(|agency| &agency.body);
        let reports = self.reports.iter().map(|report| &report.body);
        home.chain(places).chain(agencies).chain(reports).chain(self.pages.iter().map(|page| &page.body))
    }

    /// Returns the reports of an agency, oldest first.
    pub fn reports_of(&self, agency: &Agency) -> &[Arc<Report>] {
        &self.reports[agency.reports.start as usize..agency.reports.end as usize]
    }

    /// Returns each agency with its id.
    pub fn agencies_with_ids(&self) -> impl Iterator<Item = (AgencyId, &Agency)> {
        self.agencies.iter().enumerate().map(|(at, agency)| (AgencyId(at as u32), agency))
    }

    /// Returns each report with its id.
    pub fn reports_with_ids(&self) -> impl Iterator<Item = (ReportId, &Report)> {
        self.reports.iter().enumerate().map(|(at, report)| (ReportId(at as u32), &**report))
    }

    /// Returns the report of the same agency and scope for the period directly before.
    pub fn report_before(&self, report: &Report) -> Option<&Report> {
        let before = report.period.previous();
        self.reports_of(&self[report.agency])
            .iter()
            .map(|other| &**other)
            .find(|other| other.period == before && other.scope == report.scope)
    }

    /// Returns the regions from the outermost down to `id`; none for `None`.
    pub fn region_chain(&self, id: Option<RegionId>) -> Vec<RegionId> {
        let mut chain = Vec::new();
        let mut next = id;
        while let Some(id) = next {
            chain.push(id);
            next = self[id].parent;
        }
        chain.reverse();
        chain
    }
}

// Ids are made by the loader of this very site. One that does not fit is a bug, and must panic.

impl Index<RegionId> for Site {
    type Output = Region;

    fn index(&self, id: RegionId) -> &Region {
        &self.regions[id.0 as usize]
    }
}

impl Index<AgencyId> for Site {
    type Output = Agency;

    fn index(&self, id: AgencyId) -> &Agency {
        &self.agencies[id.0 as usize]
    }
}

impl Index<ReportId> for Site {
    type Output = Report;

    fn index(&self, id: ReportId) -> &Report {
        &self.reports[id.0 as usize]
    }
}
