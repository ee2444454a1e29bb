//! The renderer: a portal's facts, its plan and its templates, and the files each page becomes.

use std::sync::{Arc, OnceLock};

use crate::base::artifact::Artifact;
use crate::base::diagnostic::{At, Diagnostic, Place};
use crate::base::source::FilePath;
use crate::plan::link_resolver::LinkResolver;
use crate::plan::{self, Dependencies, PageKey, PageKind, Plan, SEARCH_FOLDER};
use crate::search::Document;
use crate::view::local_portal::{LocalPortal, Sources};
use crate::view::locale::Locale;
use crate::view::output::Output;
use crate::view::page::PageContext;
use crate::view::{Portal, TextFindings, body, shell};

use super::engine::{self, Engine};
use super::{data, files};

/// Makes the files of a portal.
pub struct Renderer<'a> {
    portal: Portal<'a>,
    prepared: Arc<Prepared>,
    dependencies: OnceLock<Dependencies>,
    texts: Arc<OnceLock<TextFindings>>,
}

/// What all pages share: the plan, the templates, the index of links. It borrows nothing, so that the
/// preview can keep it between pages that are asked for one at a time.
pub struct Prepared {
    plan: Plan,
    links: LinkResolver,
    locales: Vec<Locale>,
    engines: Vec<Engine>,
}

/// A page, made.
#[derive(Debug)]
pub struct Rendered {
    /// Its files.
    pub artifacts: Vec<Artifact>,
    /// What search knows of it; `None` where search leaves it out.
    pub document: Option<Document>,
    /// The template it was made with; `None` for what is no page.
    pub template: Option<&'static str>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
}

impl Prepared {
    /// Plans the portal and reads its templates; `None` where they cannot be read. The second part is
    /// everything that is wrong.
    pub fn new(portal: &Portal<'_>) -> (Option<Self>, Vec<Diagnostic>) {
        let languages = portal.config.languages.iter().enumerate();
        let locales: Vec<Locale> =
            languages.map(|(at, lang)| Locale::new(lang, at == 0, &portal.theme.strings)).collect();
        let (plan, mut faults) = plan(portal, &locales);
        let links = LinkResolver::new(portal.site, &plan.keys);
        let mut engines = Vec::new();
        for locale in &locales {
            let local = local(portal, &plan, locale);
            match Engine::new(portal.theme, locale, &plan.roots, &shell::shared(&local)) {
                Ok(engine) => engines.push(engine),
                Err(found) => {
                    faults.extend(found);
                    return (None, faults);
                }
            }
        }
        (Some(Self { plan, links, locales, engines }), faults)
    }

    /// Returns whether other facts of the same regions, agencies and forms give the same pages.
    pub fn fits(&self, portal: &Portal<'_>) -> bool {
        plan(portal, &self.locales).0.keys == self.plan.keys
    }
}

fn plan(portal: &Portal<'_>, locales: &[Locale]) -> (Plan, Vec<Diagnostic>) {
    let languages: Vec<_> =
        locales.iter().map(|locale| (locale.lang.clone(), locale.prefix.clone())).collect();
    Plan::new(portal.site, portal.findings, portal.derived, portal.config, &languages)
}

fn local<'p>(portal: &Portal<'p>, plan: &'p Plan, locale: &'p Locale) -> LocalPortal<'p> {
    LocalPortal { portal: *portal, roots: &plan.roots, locale, whose: None, sources: Sources::Many }
}

impl<'a> Renderer<'a> {
    /// Plans the portal and reads its templates. Without templates that can be read there is no
    /// renderer; the second part is everything that is wrong.
    pub fn new(portal: Portal<'a>) -> (Option<Self>, Vec<Diagnostic>) {
        let (prepared, faults) = Prepared::new(&portal);
        (prepared.map(|prepared| Self::with(portal, Arc::new(prepared))), faults)
    }

    /// Makes a renderer over what was prepared from the same portal.
    pub fn with(portal: Portal<'a>, prepared: Arc<Prepared>) -> Self {
        Self { portal, prepared, dependencies: OnceLock::new(), texts: Arc::default() }
    }

    /// Shares what is known of texts with other renderers over the same portal.
    #[must_use]
    pub fn sharing(self, texts: &Arc<OnceLock<TextFindings>>) -> Self {
        Self { texts: texts.clone(), ..self }
    }

    /// Returns whether a page tells what is wrong with the texts of all others: it is made after them.
    pub fn lists_text_findings(key: &PageKey) -> bool {
        key.kind == PageKind::Quality
    }

    /// Returns what is wrong with the texts of all pages, found by `find` unless it is known.
    pub fn texts(&self, find: impl FnOnce() -> TextFindings) -> &TextFindings {
        self.texts.get_or_init(find)
    }

    /// Returns the same, found by reading one text after the other.
    fn text_findings(&self) -> &TextFindings {
        self.texts(|| {
            let read = self.plan().iter().map(|key| (*key, self.lint(key)));
            TextFindings::new(
                read.flat_map(|(key, faults)| faults.into_iter().map(move |fault| (key, fault))),
            )
        })
    }

    /// Returns every page and file of the portal, in a fixed order.
    pub fn plan(&self) -> &[PageKey] {
        &self.prepared.plan.keys
    }

    /// Returns where a page is published within the portal: `years/2012/`; empty for the home page.
    pub fn path(&self, key: &PageKey) -> String {
        self.prepared.plan.path(self.portal.site, *key)
    }

    /// Returns the file a page is published as, within the portal, and the content it is made of; `None`
    /// for what is not one file.
    pub fn published(&self, key: &PageKey) -> Option<(String, Option<FilePath>)> {
        let source = key.kind.source(self.portal.site).cloned();
        (key.kind != PageKind::Static).then(|| (plan::file(&self.path(key)), source))
    }

    /// Returns what is wrong with the text of a page: broken links, missing pictures, headings out of
    /// order. A text that every language shares is read once.
    pub fn lint(&self, key: &PageKey) -> Vec<Diagnostic> {
        if key.lang > 0 { Vec::new() } else { self.in_context(*key, body::lint) }
    }

    /// Returns what tells a page from all others, in every build: its path, or what it is.
    pub fn address(&self, key: &PageKey) -> String {
        match key.kind {
            PageKind::Static => "static".into(),
            _ => plan::file(&self.path(key)),
        }
    }

    /// Returns a fingerprint of all that a page depends on: while it stays, so do the page's files.
    pub fn fingerprint(&self, key: &PageKey) -> u128 {
        let Portal { site, derived, theme, fingerprints, base, .. } = self.portal;
        let dependencies = self.dependencies.get_or_init(|| {
            Dependencies::new(site, derived, fingerprints, base, engine::ask_for_charts(&theme.templates))
        });
        let print = dependencies.fingerprint(site, fingerprints, *key, &self.path(key));
        if Self::lists_text_findings(key) { print ^ self.text_findings().print() } else { print }
    }

    /// Returns, for a file that may be too large to be held whole, its path and how many parts it has.
    pub fn parts(&self, key: &PageKey) -> Option<(&'static str, usize)> {
        (key.kind == PageKind::FiguresCsv).then(|| (plan::FIGURES_CSV, self.portal.site.agencies.len() + 1))
    }

    /// Makes one of the parts of a file that comes in parts.
    pub fn part(&self, key: &PageKey, at: usize) -> Vec<u8> {
        data::figures(&self.local(key.lang), at)
    }

    /// Makes the files of a page, what search knows of it, and what is wrong with it.
    pub fn render(&self, key: &PageKey) -> Rendered {
        let mut output = Output::default();
        let template = self.make(*key, &mut output);
        let Output { artifacts, document, mut faults, .. } = output;
        if let Some(file) = key.kind.source(self.portal.site) {
            for fault in faults.iter_mut().filter(|fault| fault.places.is_empty()) {
                fault.places.push(Place { file: file.clone(), at: At::File, label: None });
            }
        }
        if key.lang > 0 {
            // The same texts were rendered for the first language; their faults are known.
            faults.retain(|fault| fault.code.starts_with("template"));
        }
        let document = document.filter(|_| self.portal.config.search);
        Rendered { artifacts, document, template, faults }
    }

    /// Returns what search knows of a page, without making its files.
    pub fn document(&self, key: &PageKey) -> Option<Document> {
        if !key.kind.is_searched() {
            return None;
        }
        let mut output = Output { only_document: true, ..Output::default() };
        self.make(*key, &mut output);
        output.document.filter(|_| self.portal.config.search)
    }

    /// Returns the folder of a language's search index within the portal; `None` where there is none.
    pub fn search_folder(&self, lang: u8) -> Option<String> {
        let prefix =
            self.prepared.plan.prefixes.get(usize::from(lang)).filter(|_| self.portal.config.search)?;
        Some(format!("{prefix}{SEARCH_FOLDER}"))
    }

    fn make(&self, key: PageKey, output: &mut Output) -> Option<&'static str> {
        let engine = self.engine(key.lang);
        self.in_context(key, |page| files::make(page, engine, &|| self.text_findings(), output))
    }

    fn in_context<T>(&self, key: PageKey, work: impl FnOnce(&PageContext<'_>) -> T) -> T {
        let engine = self.engine(key.lang);
        work(&PageContext {
            portal: self.local(key.lang),
            key,
            plan: &self.prepared.plan,
            locales: &self.prepared.locales,
            links: &self.prepared.links,
            bodies: self.portal.bodies,
            chart_template: &|chart, slot| engine.chart(chart, slot, &self.portal.theme.templates),
        })
    }

    fn engine(&self, lang: u8) -> &Engine {
        &self.prepared.engines[usize::from(lang)]
    }

    fn local(&self, lang: u8) -> LocalPortal<'_> {
        local(&self.portal, &self.prepared.plan, &self.prepared.locales[usize::from(lang)])
    }
}
