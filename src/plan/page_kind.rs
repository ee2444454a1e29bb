//! The kinds of pages and files of a portal, and for each its path, its source, and whether search and the
//! sitemap list it. A new kind begins here: the compiler then names every place that has to know it.

use crate::base::source::FilePath;
use crate::check::CHECKS;
use crate::form::{FormIx, SeriesIx};
use crate::model::{AgencyId, Body, RegionId, ReportId, Site};

use super::{letter_index, links, paging};

/// The file of all figures, one a row.
pub(crate) const FIGURES_CSV: &str = "data/figures.csv";

/// The feed of revisions.
pub(crate) const REVISIONS_FEED: &str = "quality/revisions/feed.xml";

/// The folder of the search page and the index.
pub(crate) const SEARCH_FOLDER: &str = "search/";

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
    /// Returns the path without the language: a folder with a trailing `/`, or a file. It is empty for the home
    /// page, for redirects, and for the static files.
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
