//! The renderer: makes the files of every page from the portal, its plan and its templates.

use std::sync::{Arc, OnceLock};

use crate::base::artifact::Artifact;
use crate::base::diagnostic::{At, Diagnostic, Place};
use crate::base::source::FilePath;
use crate::plan::link_resolver::LinkResolver;
use crate::plan::{self, Dependencies, PageKey, PageKind, Plan, SEARCH_FOLDER};
use crate::search::Document;
use crate::view::local_portal::{FigureSources, LocalPortal};
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

/// What all pages share: the plan, the templates, the index of links. It borrows nothing, so the preview can
/// keep it between requests for single pages.
pub struct Prepared {
    plan: Plan,
    links: LinkResolver,
    locales: Vec<Locale>,
    engines: Vec<Engine>,
}

/// A rendered page.
#[derive(Debug)]
pub struct Rendered {
    /// The files.
    pub artifacts: Vec<Artifact>,
    /// The search document; `None` if search leaves the page out.
    pub document: Option<Document>,
    /// The template it was made with; `None` for a file that is not a page.
    pub template: Option<&'static str>,
    /// Errors and warnings.
    pub faults: Vec<Diagnostic>,
}

impl Prepared {
    /// Plans the portal and parses its templates. Returns `None` if a template is wrong, and all errors and
    /// warnings.
    pub fn new(portal: &Portal<'_>) -> (Option<Self>, Vec<Diagnostic>) {
        let languages = portal.config.languages.iter().enumerate();
        let locales: Vec<Locale> =
            languages.map(|(at, lang)| Locale::new(lang, at, &portal.theme.strings)).collect();
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

    /// Returns whether a portal with the same regions, agencies and forms has the same pages.
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
    LocalPortal {
        portal: *portal,
        roots: &plan.roots,
        locale,
        chart_agency: None,
        sources: FigureSources::Many,
    }
}

impl<'a> Renderer<'a> {
    /// Plans the portal and parses its templates. Returns `None` if a template is wrong, and all errors and
    /// warnings.
    pub fn new(portal: Portal<'a>) -> (Option<Self>, Vec<Diagnostic>) {
        let (prepared, faults) = Prepared::new(&portal);
        (prepared.map(|prepared| Self::with(portal, Arc::new(prepared))), faults)
    }

    /// Creates a renderer from what was prepared for the same portal.
    pub fn with(portal: Portal<'a>, prepared: Arc<Prepared>) -> Self {
        Self { portal, prepared, dependencies: OnceLock::new(), texts: Arc::default() }
    }

    /// Shares the findings about texts with other renderers of the same portal.
    #[must_use]
    pub fn sharing(self, texts: &Arc<OnceLock<TextFindings>>) -> Self {
        Self { texts: texts.clone(), ..self }
    }

    /// Returns whether a page lists the findings about all texts, and so must be made last.
    pub fn lists_text_findings(key: &PageKey) -> bool {
        key.kind == PageKind::Quality
    }

    /// Returns the findings about all texts; calls `find` the first time.
    pub fn texts(&self, find: impl FnOnce() -> TextFindings) -> &TextFindings {
        self.texts.get_or_init(find)
    }

    /// Returns the findings about all texts; renders one text after the other the first time.
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

    /// Returns the path of a page within the portal: `years/2012/`; empty for the home page.
    pub fn path(&self, key: &PageKey) -> String {
        self.prepared.plan.path(self.portal.site, *key)
    }

    /// Returns the file that a page is published as, and its content file; `None` for the static files, which
    /// are many.
    pub fn published(&self, key: &PageKey) -> Option<(String, Option<FilePath>)> {
        let source = key.kind.source(self.portal.site).cloned();
        (key.kind != PageKind::Static).then(|| (plan::file(&self.path(key)), source))
    }

    /// Returns the faults of a page's text: broken links, missing images, headings out of order. All languages
    /// share the text, so only the first one reports them.
    pub fn lint(&self, key: &PageKey) -> Vec<Diagnostic> {
        if key.lang > 0 { Vec::new() } else { self.in_context(*key, body::lint) }
    }

    /// Returns an identity for a page that is the same in every build: its file.
    pub fn address(&self, key: &PageKey) -> String {
        match key.kind {
            PageKind::Static => "static".into(),
            _ => plan::file(&self.path(key)),
        }
    }

    /// Returns the fingerprint of everything a page depends on. While it stays the same, so do the files.
    pub fn fingerprint(&self, key: &PageKey) -> u128 {
        let Portal { site, derived, theme, fingerprints, base, .. } = self.portal;
        let dependencies = self.dependencies.get_or_init(|| {
            Dependencies::new(site, derived, fingerprints, base, engine::draw_charts(&theme.templates))
        });
        let fingerprint = dependencies.fingerprint(site, fingerprints, *key, &self.path(key));
        if Self::lists_text_findings(key) {
            fingerprint ^ self.text_findings().fingerprint()
        } else {
            fingerprint
        }
    }

    /// Returns path and number of parts, if the file may be too large to be in memory as a whole.
    pub fn parts(&self, key: &PageKey) -> Option<(&'static str, usize)> {
        (key.kind == PageKind::FiguresCsv).then(|| (plan::FIGURES_CSV, self.portal.site.agencies.len() + 1))
    }

    /// Makes one part of such a file.
    pub fn part(&self, key: &PageKey, at: usize) -> Vec<u8> {
        data::figures(&self.local(key.lang), at)
    }

    /// Renders a page.
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
            // The faults of the text are those of the first language.
            faults.retain(|fault| fault.code.starts_with("template"));
        }
        let document = document.filter(|_| self.portal.config.search);
        Rendered { artifacts, document, template, faults }
    }

    /// Returns the search document of a page, without its files.
    pub fn document(&self, key: &PageKey) -> Option<Document> {
        if !key.kind.is_searched() {
            return None;
        }
        let mut output = Output { only_document: true, ..Output::default() };
        self.make(*key, &mut output);
        output.document.filter(|_| self.portal.config.search)
    }

    /// Returns the folder of a language's search index within the portal; `None` if there is none.
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
