//! The plan of a portal: every page and file in every language, and the redirects to them.

use rustc_hash::FxHashMap;

use crate::base::diagnostic::{At, DataPath, Diagnostic};
use crate::base::source::FilePath;
use crate::base::text::Lang;
use crate::check::Findings;
use crate::config::Config;
use crate::derive::Derived;
use crate::model::{AgencyId, RegionId, Site};

use super::letter_index::LetterIndex;
use super::links::Roots;
use super::page_kind::{PageKey, PageKind};

/// A redirect from an alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// The folder of the alias, with a trailing `/`.
    pub(crate) from: Box<str>,
    pub(crate) to: PageKey,
}

/// Every page and file of a portal, in a fixed order.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) keys: Vec<PageKey>,
    pub(crate) redirects: Vec<Redirect>,
    /// The agencies by their first letter, language by language.
    pub(crate) letters: Vec<LetterIndex>,
    /// The folder of each language's pages: empty for the first, `en/`.
    pub(crate) prefixes: Vec<Box<str>>,
    pub(crate) roots: Roots,
}

impl Plan {
    /// Plans a site in its languages, each with the folder of its pages. Returns an error for each alias that
    /// cannot be used.
    pub(crate) fn new(
        site: &Site,
        findings: &Findings,
        derived: &Derived,
        config: &Config,
        languages: &[(Lang, Box<str>)],
    ) -> (Self, Vec<Diagnostic>) {
        let mut plan = Self { roots: Roots::new(&config.base_url), ..Self::default() };
        for (at, (lang, prefix)) in languages.iter().enumerate() {
            let letters = LetterIndex::new(site, lang);
            let kinds = PageKind::pages(site, findings, derived, &letters).into_iter();
            let kinds = kinds.filter(|kind| config.search || *kind != PageKind::Search);
            plan.keys.extend(kinds.map(|kind| PageKey { lang: at as u8, kind }));
            plan.letters.push(letters);
            plan.prefixes.push(prefix.clone());
        }
        let faults = plan.add_redirects(site);
        plan.keys.extend(PageKind::FILES.map(|kind| PageKey { lang: 0, kind }));
        (plan, faults)
    }

    /// Returns the path of a page within the portal: `years/2012/`; empty for the home page.
    pub(crate) fn path(&self, site: &Site, key: PageKey) -> String {
        match key.kind {
            PageKind::Redirect(at) => self.redirects[at as usize].from.to_string(),
            kind => format!("{}{}", self.prefixes[usize::from(key.lang)], kind.path(site)),
        }
    }

    fn add_redirects(&mut self, site: &Site) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let mut taken: FxHashMap<String, Option<FilePath>> = FxHashMap::default();
        for key in &self.keys {
            taken.insert(self.path(site, *key), None);
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
