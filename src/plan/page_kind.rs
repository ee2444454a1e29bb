//! The kinds of pages and files of a portal: which of each a site has, where each lies, what it is made
//! from, and which searches know it.
//!
//! A new kind of page is a variant here with its path and its place in [`PageKind::pages`]; a file in
//! `view/pages/` with its view, and two lines in `view/pages/mod.rs`; a template of the theme; and its
//! words in `pages.ftl` of each language. The compiler and the tests name what is missing.

use crate::base::source::FilePath;
use crate::check::{CHECKS, Findings};
use crate::derive::{Area, Derived};
use crate::form::{FormIx, SeriesIx};
use crate::model::{AgencyId, Body, RegionId, ReportId, Site};

use super::letter_index::{self, LetterIndex};
use super::{links, paging};

/// The file of all figures, one a row.
pub(crate) const FIGURES_CSV: &str = "data/figures.csv";

/// The feed of revisions.
pub(crate) const REVISIONS_FEED: &str = "quality/revisions/feed.xml";

/// The folder of the search page and the index.
pub(crate) const SEARCH_FOLDER: &str = "search/";

/// First parts of addresses that the portal needs for itself; no content may take them.
pub const RESERVED: [&str; 9] =
    ["agencies", "years", "indicators", "forms", "glossary", "quality", "data", "search", "static"];

/// Regions with at most this many agencies list those that did not report on their own page; larger
/// ones have a page for each year.
pub(crate) const AGENCIES_ON_ONE_PAGE: usize = 60;

/// Returns whether a region lists the agencies that did not report on a page for each year.
pub(crate) fn has_year_pages(agencies_within: u32) -> bool {
    agencies_within as usize > AGENCIES_ON_ONE_PAGE
}

/// One page or file of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageKey {
    /// The index of its language among those of the site; 0 for files without a language.
    pub lang: u8,
    /// What it shows.
    pub kind: PageKind,
}

/// What a page or file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// The home page.
    Home,
    /// A region.
    Region(RegionId),
    /// A further part of the list of a region's agencies, from 2.
    RegionPart(RegionId, u16),
    /// The agencies of a large region that have no report for a year.
    RegionYear(RegionId, i16),
    /// All agencies, or their first letters.
    Agencies,
    /// The agencies that begin with a letter, and the part of the list, from 1.
    Letter(u8, u16),
    /// An agency.
    Agency(AgencyId),
    /// A report.
    Report(ReportId),
    /// All years.
    Years,
    /// A year.
    Year(i16),
    /// A further part of the list of a year's reports, from 2.
    YearPart(i16, u16),
    /// All indicators.
    Indicators,
    /// An indicator: a series over the years.
    Indicator(SeriesIx),
    /// All forms.
    Forms,
    /// A form.
    Form(FormIx),
    /// The terms of the forms, explained.
    Glossary,
    /// Every check, with some of its findings.
    Quality,
    /// The findings of a check, by its index in the table of checks, and the part of the list, from 1.
    Check(u16, u16),
    /// The completeness and punctuality of every report, and the part of the list, from 1.
    Completeness(u16),
    /// Every revision, and the part of the list, from 1.
    Revisions(u16),
    /// The downloads.
    Data,
    /// The search page.
    Search,
    /// A free page, by its index in the site.
    Free(u32),
    /// The 404 page.
    NotFound,
    /// A redirect, by its index in the plan.
    Redirect(u32),
    /// The feed of reports.
    Feed,
    /// The feed of revisions.
    RevisionsFeed,
    /// Every figure, one a row.
    FiguresCsv,
    /// Every report, one a row.
    ReportsCsv,
    /// The description of the data files.
    DataPackage,
    /// The list of all pages for search engines.
    Sitemap,
    /// The rules for search engines.
    Robots,
    /// The theme's static files.
    Static,
}

impl PageKind {
    /// The files that all languages share.
    pub(super) const FILES: [Self; 6] =
        [Self::FiguresCsv, Self::ReportsCsv, Self::DataPackage, Self::Sitemap, Self::Robots, Self::Static];

    /// Lists the pages of a language, and its feeds, in the order of the plan.
    pub(super) fn pages(
        site: &Site,
        findings: &Findings,
        derived: &Derived,
        letters: &LetterIndex,
    ) -> Vec<Self> {
        let mut kinds = vec![Self::Home];
        kinds.extend((0..site.pages.len()).map(|at| Self::Free(at as u32)));
        for (at, region) in site.regions.iter().enumerate() {
            let id = RegionId(at as u32);
            kinds.push(Self::Region(id));
            let parts = 2..=paging::parts(region.agencies.len());
            kinds.extend(parts.map(|part| Self::RegionPart(id, part)));
            if has_year_pages(derived.agencies(Area::Region(id))) {
                kinds.extend(derived.years().iter().map(|year| Self::RegionYear(id, *year)));
            }
        }
        kinds.push(Self::Agencies);
        kinds.extend(letters.parts().map(|(letter, part)| Self::Letter(letter, part)));
        kinds.extend((0..site.agencies.len()).map(|at| Self::Agency(AgencyId(at as u32))));
        kinds.extend(site.reports_with_ids().map(|(id, _)| Self::Report(id)));
        kinds.push(Self::Years);
        for year in derived.years() {
            kinds.push(Self::Year(*year));
            let reports = site.reports.iter().filter(|report| report.period.year == *year).count();
            kinds.extend((2..=paging::parts(reports)).map(|part| Self::YearPart(*year, part)));
        }
        kinds.push(Self::Indicators);
        kinds.extend(derived.series(site).map(|(ix, _)| Self::Indicator(ix)));
        kinds.push(Self::Forms);
        kinds.extend(derived.forms().iter().map(|ix| Self::Form(*ix)));
        kinds.extend([Self::Glossary, Self::Quality]);
        for (at, check) in CHECKS.iter().enumerate() {
            let found = findings.all().filter(|finding| finding.check == check.name).count();
            kinds.extend((1..=paging::parts(found)).map(|part| Self::Check(at as u16, part)));
        }
        kinds.extend((1..=paging::parts(site.reports.len()).max(1)).map(Self::Completeness));
        let revisions = site.reports.iter().map(|report| report.revisions.len()).sum();
        kinds.extend((1..=paging::parts(revisions).max(1)).map(Self::Revisions));
        kinds.extend([Self::Data, Self::Search, Self::NotFound, Self::Feed]);
        kinds.push(Self::RevisionsFeed);
        kinds
    }

    /// Returns the address without the language: a folder with `/` at its end, or a file; empty for the
    /// home page, and for what is not one file.
    pub(crate) fn path(self, site: &Site) -> String {
        match self {
            Self::Home | Self::Redirect(_) | Self::Static => String::new(),
            Self::Region(id) => format!("{}/", site[id].path),
            Self::RegionPart(id, part) => paging::path(&format!("{}/", site[id].path), part),
            Self::RegionYear(id, year) => format!("{}/years/{year}/", site[id].path),
            Self::Agencies => "agencies/".into(),
            Self::Letter(letter, part) => {
                paging::path(&format!("agencies/{}/", letter_index::slug(letter)), part)
            }
            Self::Agency(id) => format!("{}/", site[id].path),
            Self::Report(id) => links::report_path(site, &site[id]),
            Self::Years => "years/".into(),
            Self::Year(year) => format!("years/{year}/"),
            Self::YearPart(year, part) => paging::path(&format!("years/{year}/"), part),
            Self::Indicators => "indicators/".into(),
            Self::Indicator(ix) => format!("indicators/{}/", site.catalog[ix].id),
            Self::Forms => "forms/".into(),
            Self::Form(ix) => format!("forms/{}/", site.catalog[ix].id),
            Self::Glossary => "glossary/".into(),
            Self::Quality => "quality/".into(),
            Self::Check(at, part) => {
                paging::path(&format!("quality/{}/", CHECKS[usize::from(at)].name), part)
            }
            Self::Completeness(part) => paging::path("quality/completeness/", part),
            Self::Revisions(part) => paging::path("quality/revisions/", part),
            Self::Data => "data/".into(),
            Self::Search => SEARCH_FOLDER.into(),
            Self::Free(at) => format!("{}/", site.pages[at as usize].path),
            Self::NotFound => "404.html".into(),
            Self::Feed => "feed.xml".into(),
            Self::RevisionsFeed => REVISIONS_FEED.into(),
            Self::FiguresCsv => FIGURES_CSV.into(),
            Self::ReportsCsv => "data/reports.csv".into(),
            Self::DataPackage => "data/datapackage.json".into(),
            Self::Sitemap => "sitemap.xml".into(),
            Self::Robots => "robots.txt".into(),
        }
    }

    /// Returns the content file whose text the page shows.
    pub(crate) fn body(self, site: &Site) -> Option<&Body> {
        match self {
            Self::Home => site.home.as_ref().map(|home| &home.body),
            Self::Region(id) => Some(&site[id].body),
            Self::Agency(id) => Some(&site[id].body),
            Self::Report(id) => Some(&site[id].body),
            Self::Free(at) => Some(&site.pages[at as usize].body),
            _ => None,
        }
    }

    /// Returns the content file the page is made from.
    pub fn source(self, site: &Site) -> Option<&FilePath> {
        self.body(site).map(|body| &body.file)
    }

    /// Returns whether the portal's own search may list the page.
    pub(crate) fn is_searched(self) -> bool {
        matches!(
            self,
            Self::Region(_)
                | Self::Agency(_)
                | Self::Report(_)
                | Self::Indicator(_)
                | Self::Form(_)
                | Self::Glossary
                | Self::Free(_)
        )
    }

    /// Returns whether the sitemap lists the page.
    pub(crate) fn is_in_sitemap(self, site: &Site) -> bool {
        match self {
            Self::Report(id) => !site[id].unlisted,
            Self::Free(at) => !site.pages[at as usize].unlisted,
            Self::NotFound
            | Self::Redirect(_)
            | Self::Feed
            | Self::RevisionsFeed
            | Self::FiguresCsv
            | Self::ReportsCsv
            | Self::DataPackage
            | Self::Sitemap
            | Self::Robots
            | Self::Static => false,
            _ => true,
        }
    }
}

/// Returns the file a page is published as: `years/2012/index.html`.
pub fn file(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
