//! The site as facts: regions, agencies, reports, free pages. Immutable once loaded.
//!
//! The model knows nothing of YAML, HTML or disks. Bodies are not kept: a [`Body`] says where the
//! text is, and rendering reads it again.

mod agency;
mod period;
mod region;
mod report;

pub use agency::{Agency, AgencyId};
pub use period::{Period, PeriodError, Span};
pub use region::{Region, RegionId, Tile};
pub use report::{
    Acceptance, Change, Mention, Origin, OtherFigure, Prose, Report, ReportId, Revision, Scope,
    SourceDocument,
};

use std::ops::Index;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::source::FilePath;
use crate::base::text::Localized;
use crate::form::Catalog;

/// Everything a site knows.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Forms, units and series.
    pub catalog: Catalog,
    /// Regions; parents before children, siblings in reading order.
    pub regions: Vec<Region>,
    /// Agencies, in reading order.
    pub agencies: Vec<Agency>,
    /// Reports, by agency, then period, then scope; a copy of the site shares them.
    pub reports: Vec<Arc<Report>>,
    /// The home page's text.
    pub home: Option<Page>,
    /// Free pages.
    pub pages: Vec<Page>,
    /// Files beside the content that pages may show: pictures, attachments.
    pub assets: Vec<Asset>,
}

/// A free page: the home page's text, `about.md` and the like.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path in the portal: `about`; empty for the home page.
    pub path: Box<str>,
    /// Its title.
    pub title: Localized,
    /// The language its text is written in; `None` for the site's first.
    pub lang: Option<Box<str>>,
    /// Addresses that lead to it.
    pub aliases: Vec<Box<str>>,
    /// Whether search leaves it out.
    pub unlisted: bool,
    /// Its text.
    pub body: Body,
}

/// Where the text behind a file's front matter is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The file.
    pub file: FilePath,
    /// The byte at which the text begins.
    pub offset: usize,
    /// Whether there is nothing but white space.
    pub is_empty: bool,
}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The file: `content/zhejiang/map.png`.
    pub file: FilePath,
    /// Its path in the portal: `zhejiang/map.png`.
    pub path: Box<str>,
}

impl Site {
    /// Where the text of each content file is.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let home = self.home.iter().map(|page| &page.body);
        let places = self.regions.iter().map(|region| &region.body);
        let agencies = self.agencies.iter().map(|agency| &agency.body);
        let reports = self.reports.iter().map(|report| &report.body);
        home.chain(places).chain(agencies).chain(reports).chain(self.pages.iter().map(|page| &page.body))
    }

    /// The region at an id.
    pub fn region(&self, id: RegionId) -> Option<&Region> {
        self.regions.get(id.0 as usize)
    }

    /// The agency at an id.
    pub fn agency(&self, id: AgencyId) -> Option<&Agency> {
        self.agencies.get(id.0 as usize)
    }

    /// The report at an id.
    pub fn report(&self, id: ReportId) -> Option<&Report> {
        self.reports.get(id.0 as usize).map(|report| &**report)
    }

    /// The reports of an agency, oldest first.
    pub fn reports_of(&self, agency: &Agency) -> &[Arc<Report>] {
        self.reports.get(agency.reports.start as usize..agency.reports.end as usize).unwrap_or(&[])
    }

    /// Each report with its id.
    pub fn reports_with_ids(&self) -> impl Iterator<Item = (ReportId, &Report)> {
        self.reports.iter().enumerate().map(|(at, report)| (ReportId(at as u32), &**report))
    }

    /// The report of the same agency and scope for the period directly before.
    pub fn report_before(&self, report: &Report) -> Option<&Report> {
        let before = report.period.previous();
        let agency = self.agency(report.agency)?;
        self.reports_of(agency)
            .iter()
            .map(|other| &**other)
            .find(|other| other.period == before && other.scope == report.scope)
    }

    /// The chain of regions from the outermost to `id`.
    pub fn region_chain(&self, id: Option<RegionId>) -> Vec<RegionId> {
        let mut chain = Vec::new();
        let mut next = id;
        while let Some(id) = next {
            chain.push(id);
            next = self.region(id).and_then(|region| region.parent);
        }
        chain.reverse();
        chain
    }
}

// An id is made by the loader of this very site: one that does not fit is a bug, and must be loud.

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
