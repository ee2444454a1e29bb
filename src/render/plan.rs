//! Which pages and files there are, and where each lies.

use rustc_hash::FxHashMap;

use crate::base::diagnostic::{At, DataPath, Diagnostic};
use crate::base::source::FilePath;
use crate::base::text::Lang;
use crate::check::{CHECKS, Findings};
use crate::config::Config;
use crate::derive::{Area, Derived};
use crate::form::{FormIx, SeriesIx};
use crate::model::{AgencyId, Page, RegionId, ReportId, Site};

use super::initial::Initials;
use super::links::report_path;
use super::{missing, paging};

/// One page or file of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageKey {
    /// Its language, as a place in the site's languages; 0 for files that have none.
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
    /// The agencies of a region of many that have no report for a year.
    RegionYear(RegionId, i16),
    /// All agencies, or the letters they begin with.
    Agencies,
    /// The agencies that begin with a letter, and the part of the list, from 1.
    Initial(u8, u16),
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
    /// What the words of the forms mean.
    Glossary,
    /// Every check, and what it found.
    Quality,
    /// The findings of a check, by its place in the table of checks, and the part of the list, from 1.
    Check(u16, u16),
    /// How complete and how timely each report is, and the part of the list, from 1.
    Completeness(u16),
    /// Every revision, and the part of the list, from 1.
    Revisions(u16),
    /// The downloads.
    Data,
    /// Search, and ways to browse.
    Search,
    /// A free page, by its place in the site.
    Free(u32),
    /// Every kind of chart, to look at.
    Gallery,
    /// What stands in for a page that is not there.
    NotFound,
    /// A redirect, by its place in the plan.
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
    /// What search engines may read.
    Robots,
    /// The theme's static files.
    Static,
}

/// An address that leads to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Redirect {
    /// The folder it lies in, with `/` at its end.
    pub(super) from: Box<str>,
    /// The page it leads to.
    pub(super) to: PageKey,
}

/// Every page and file, in the order they are listed, and the redirects among them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) keys: Vec<PageKey>,
    pub(super) redirects: Vec<Redirect>,
    /// The agencies by their first letter, language by language.
    pub(super) initials: Vec<Initials>,
}

impl Plan {
    /// Plans a site in its languages, each with the folder its pages lie in. An alias that is taken is
    /// reported.
    pub(super) fn new(
        site: &Site,
        findings: &Findings,
        derived: &Derived,
        config: &Config,
        languages: &[(Lang, Box<str>)],
    ) -> (Self, Vec<Diagnostic>) {
        let mut plan = Self::default();
        let prefixes: Vec<Box<str>> = languages.iter().map(|(_, prefix)| prefix.clone()).collect();
        let prefixes = &*prefixes;
        for (at, (lang, _)) in languages.iter().enumerate() {
            let initials = Initials::new(site, lang);
            let kinds = pages(site, findings, derived, &initials).into_iter();
            let kinds = kinds.filter(|kind| match kind {
                PageKind::Search => config.search,
                PageKind::Gallery => config.extra.get("gallery") == Some(&true.into()),
                _ => true,
            });
            plan.keys.extend(kinds.map(|kind| PageKey { lang: at as u8, kind }));
            plan.initials.push(initials);
        }
        let mut faults = plan.add_redirects(site, prefixes);
        if let Some(gallery) = plan.keys.iter().find(|key| key.kind == PageKind::Gallery) {
            let address = path(site, *gallery, prefixes);
            let taken = site.pages.iter().filter(|page| *page.path == *address.trim_end_matches('/'));
            let report = |page: &Page| {
                let fault = Diagnostic::error("gallery-taken").arg("path", &*address);
                fault.at(&page.body.file, At::File)
            };
            faults.extend(taken.map(report));
        }
        let files = [
            PageKind::FiguresCsv,
            PageKind::ReportsCsv,
            PageKind::DataPackage,
            PageKind::Sitemap,
            PageKind::Robots,
            PageKind::Static,
        ];
        plan.keys.extend(files.map(|kind| PageKey { lang: 0, kind }));
        (plan, faults)
    }

    fn add_redirects(&mut self, site: &Site, prefixes: &[Box<str>]) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let mut taken: FxHashMap<String, Option<FilePath>> = FxHashMap::default();
        for key in &self.keys {
            taken.insert(path(site, *key, prefixes), None);
        }
        for (nth, alias, file, kind) in aliases(site) {
            let from = format!("{}/", alias.trim_matches('/'));
            let refuse = |reason: &'static str| {
                Diagnostic::error("alias-unusable")
                    .arg("alias", alias)
                    .arg("reason", reason)
                    .at(file, At::Value(DataPath::keys(&["aliases"]).index(nth)))
            };
            if crate::base::artifact::SitePath::new(&format!("{from}index.html")).is_err() {
                faults.push(refuse("path"));
            } else if taken.insert(from.clone(), Some(file.clone())).is_some() {
                faults.push(refuse("taken"));
            } else {
                let at = self.redirects.len() as u32;
                self.redirects.push(Redirect { from: from.into(), to: PageKey { lang: 0, kind } });
                self.keys.push(PageKey { lang: 0, kind: PageKind::Redirect(at) });
            }
        }
        faults
    }
}

fn pages(site: &Site, findings: &Findings, derived: &Derived, initials: &Initials) -> Vec<PageKind> {
    let mut kinds = vec![PageKind::Home];
    kinds.extend((0..site.pages.len()).map(|at| PageKind::Free(at as u32)));
    for (at, region) in site.regions.iter().enumerate() {
        let id = RegionId(at as u32);
        kinds.push(PageKind::Region(id));
        let parts = 2..=paging::parts(region.agencies.len());
        kinds.extend(parts.map(|part| PageKind::RegionPart(id, part)));
        if missing::has_pages(derived.agencies(Area::Region(id))) {
            kinds.extend(derived.years().iter().map(|year| PageKind::RegionYear(id, *year)));
        }
    }
    kinds.push(PageKind::Agencies);
    kinds.extend(initials.parts().map(|(letter, part)| PageKind::Initial(letter, part)));
    kinds.extend((0..site.agencies.len()).map(|at| PageKind::Agency(AgencyId(at as u32))));
    kinds.extend(site.reports_with_ids().map(|(id, _)| PageKind::Report(id)));
    kinds.push(PageKind::Years);
    for year in derived.years() {
        kinds.push(PageKind::Year(*year));
        let reports = site.reports.iter().filter(|report| report.period.year == *year).count();
        kinds.extend((2..=paging::parts(reports)).map(|part| PageKind::YearPart(*year, part)));
    }
    kinds.push(PageKind::Indicators);
    kinds.extend(derived.series(site).map(|(ix, _)| PageKind::Indicator(ix)));
    kinds.push(PageKind::Forms);
    kinds.extend(derived.forms().iter().map(|ix| PageKind::Form(*ix)));
    kinds.extend([PageKind::Glossary, PageKind::Quality]);
    for (at, check) in CHECKS.iter().enumerate() {
        let found = findings.all().filter(|finding| finding.check == check.name).count();
        kinds.extend((1..=paging::parts(found)).map(|part| PageKind::Check(at as u16, part)));
    }
    kinds.extend((1..=paging::parts(site.reports.len()).max(1)).map(PageKind::Completeness));
    let revisions = site.reports.iter().map(|report| report.revisions.len()).sum();
    kinds.extend((1..=paging::parts(revisions).max(1)).map(PageKind::Revisions));
    kinds.extend([PageKind::Data, PageKind::Search, PageKind::Gallery, PageKind::NotFound, PageKind::Feed]);
    kinds.push(PageKind::RevisionsFeed);
    kinds
}

/// Every alias with its place among those of its file.
fn aliases(site: &Site) -> Vec<(usize, &str, &FilePath, PageKind)> {
    let mut list = Vec::new();
    let mut add = |aliases, file, kind| {
        let aliases: &[Box<str>] = aliases;
        list.extend(aliases.iter().enumerate().map(|(nth, alias)| (nth, &**alias, file, kind)));
    };
    for (at, region) in site.regions.iter().enumerate() {
        add(&region.aliases, &region.body.file, PageKind::Region(RegionId(at as u32)));
    }
    for (at, agency) in site.agencies.iter().enumerate() {
        add(&agency.aliases, &agency.body.file, PageKind::Agency(AgencyId(at as u32)));
    }
    for (id, report) in site.reports_with_ids() {
        add(&report.aliases, report.file(), PageKind::Report(id));
    }
    for (at, page) in site.pages.iter().enumerate() {
        add(&page.aliases, &page.body.file, PageKind::Free(at as u32));
    }
    list
}

/// The address of a page within the portal: a folder with `/` at its end, or a file. Empty for the
/// first language's home page.
pub(super) fn path(site: &Site, key: PageKey, prefixes: &[Box<str>]) -> String {
    let prefix = prefixes.get(usize::from(key.lang)).map_or("", |prefix| &**prefix);
    let id = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let path = match key.kind {
        PageKind::Home | PageKind::Redirect(_) | PageKind::Static => String::new(),
        PageKind::Region(at) => format!("{}/", id(site.region(at).map(|region| &*region.path))),
        PageKind::RegionPart(at, part) => {
            paging::path(&format!("{}/", id(site.region(at).map(|region| &*region.path))), part)
        }
        PageKind::RegionYear(at, year) => {
            format!("{}/years/{year}/", id(site.region(at).map(|region| &*region.path)))
        }
        PageKind::Agencies => "agencies/".into(),
        PageKind::Initial(letter, part) => {
            paging::path(&format!("agencies/{}/", super::initial::slug(letter)), part)
        }
        PageKind::Agency(at) => format!("{}/", id(site.agency(at).map(|agency| &*agency.path))),
        PageKind::Report(at) => site.report(at).map(|report| report_path(site, report)).unwrap_or_default(),
        PageKind::Years => "years/".into(),
        PageKind::Year(year) => format!("years/{year}/"),
        PageKind::YearPart(year, part) => paging::path(&format!("years/{year}/"), part),
        PageKind::Indicators => "indicators/".into(),
        PageKind::Indicator(at) => {
            format!("indicators/{}/", id(site.catalog.series(at).map(|series| &*series.id)))
        }
        PageKind::Forms => "forms/".into(),
        PageKind::Form(at) => format!("forms/{}/", id(site.catalog.form(at).map(|form| &*form.id))),
        PageKind::Glossary => "glossary/".into(),
        PageKind::Quality => "quality/".into(),
        PageKind::Check(at, part) => {
            let check = CHECKS.get(usize::from(at)).map_or("", |check| check.name);
            paging::path(&format!("quality/{check}/"), part)
        }
        PageKind::Completeness(part) => paging::path("quality/completeness/", part),
        PageKind::Revisions(part) => paging::path("quality/revisions/", part),
        PageKind::Data => "data/".into(),
        PageKind::Search => "search/".into(),
        PageKind::Free(at) => format!("{}/", id(site.pages.get(at as usize).map(|page| &*page.path))),
        PageKind::Gallery => "about/charts/".into(),
        PageKind::NotFound => "404.html".into(),
        PageKind::Feed => "feed.xml".into(),
        PageKind::RevisionsFeed => super::feed::REVISIONS.into(),
        PageKind::FiguresCsv => "data/figures.csv".into(),
        PageKind::ReportsCsv => "data/reports.csv".into(),
        PageKind::DataPackage => "data/datapackage.json".into(),
        PageKind::Sitemap => "sitemap.xml".into(),
        PageKind::Robots => "robots.txt".into(),
    };
    format!("{prefix}{path}")
}

/// The file a page is published as.
pub fn file(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
