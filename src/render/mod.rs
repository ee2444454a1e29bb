//! From facts to files: which pages there are, what each shows, and how templates say it.
//!
//! [`Renderer::plan`] lists every page and file as a key; [`Renderer::render`] makes the files of one
//! key, from any thread. Each kind of page has a view struct that holds all it shows, and a template
//! that sees nothing else. Nothing here touches disk, network or clock.

mod body;
mod cell;
mod chart;
mod cite;
mod content;
mod data;
mod edition;
mod engine;
mod feed;
mod links;
mod locale;
mod overview;
mod page;
mod plan;
mod sections;
mod view;

pub use plan::{PageKey, PageKind};

use crate::check::Findings;
use crate::config::Config;
use crate::derive::Derived;
use crate::diagnostic::{At, Diagnostic, Place};
use crate::model::{Body, Site};
use crate::output::{Artifact, SitePath};
use crate::source::FilePath;
use crate::theme::Theme;

use content::ContentIndex;
use edition::Edition;
use engine::Engine;
use links::Roots;
use locale::Locale;
use plan::Plan;

/// How the text behind a file's front matter is had.
pub type Bodies<'a> = dyn Fn(&Body) -> Result<String, Box<Diagnostic>> + Sync + 'a;

/// Makes the files of a portal.
pub struct Renderer<'a> {
    site: &'a Site,
    findings: &'a Findings,
    derived: &'a Derived,
    config: &'a Config,
    theme: &'a Theme,
    bodies: &'a Bodies<'a>,
    roots: Roots,
    locales: Vec<Locale>,
    engines: Vec<Engine>,
    prefixes: Vec<Box<str>>,
    plan: Plan,
    index: ContentIndex,
}

/// What a portal is made of.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The facts.
    pub site: &'a Site,
    /// What does not agree in them.
    pub findings: &'a Findings,
    /// What follows from them.
    pub derived: &'a Derived,
    /// The settings.
    pub config: &'a Config,
    /// What it looks like.
    pub theme: &'a Theme,
    /// The texts.
    pub bodies: &'a Bodies<'a>,
}

impl<'a> Renderer<'a> {
    /// Plans the portal and reads its templates. Without templates that can be read there is no
    /// renderer; the second part is everything that is wrong.
    pub fn new(inputs: Inputs<'a>) -> (Option<Self>, Vec<Diagnostic>) {
        let Inputs { site, findings, derived, config, theme, bodies } = inputs;
        let roots = Roots::new(&config.base_url);
        let languages = config.languages.iter().enumerate();
        let locales: Vec<Locale> =
            languages.map(|(at, lang)| Locale::new(lang, at == 0, &theme.strings)).collect();
        let prefixes: Vec<Box<str>> = locales.iter().map(|locale| locale.prefix.clone()).collect();
        let (plan, mut faults) = Plan::new(site, derived, &prefixes);
        let index = ContentIndex::new(site, &plan.keys);
        let mut engines = Vec::new();
        for locale in &locales {
            let edition = Edition { site, findings, derived, config, theme, roots: &roots, locale };
            match Engine::new(theme, locale, &roots, &page::shared(&edition)) {
                Ok(engine) => engines.push(engine),
                Err(found) => {
                    faults.extend(found);
                    return (None, faults);
                }
            }
        }
        let renderer = Self {
            site,
            findings,
            derived,
            config,
            theme,
            bodies,
            roots,
            locales,
            engines,
            prefixes,
            plan,
            index,
        };
        (Some(renderer), faults)
    }

    /// Every page and file of the portal, in a fixed order.
    pub fn plan(&self) -> &[PageKey] {
        &self.plan.keys
    }

    /// Where a page is published, within the portal: `years/2012/`; empty for the home page.
    pub fn path(&self, key: &PageKey) -> String {
        match key.kind {
            PageKind::Redirect(at) => {
                self.plan.redirects.get(at as usize).map(|redirect| redirect.from.to_string())
            }
            _ => None,
        }
        .unwrap_or_else(|| plan::path(self.site, *key, &self.prefixes))
    }

    /// The file a page is published as, within the portal, and the content it is made of; `None` for
    /// what is not one file.
    pub fn published(&self, key: &PageKey) -> Option<(String, Option<FilePath>)> {
        let source = content::source_of(self.site, key.kind).cloned();
        (key.kind != PageKind::Static).then(|| (plan::file(&self.path(key)), source))
    }

    /// What is wrong with the text of a page: broken links, missing pictures, headings out of order.
    /// A text that every language shares is read once.
    pub fn proofread(&self, key: &PageKey) -> Vec<Diagnostic> {
        if key.lang > 0 { Vec::new() } else { page::proofread(self, *key) }
    }

    /// The files of a page, and what is wrong with it.
    pub fn render(&self, key: &PageKey) -> (Vec<Artifact>, Vec<Diagnostic>) {
        let mut output = Output::default();
        page::render(self, *key, &mut output);
        if let Some(file) = content::source_of(self.site, key.kind) {
            for fault in output.faults.iter_mut().filter(|fault| fault.places.is_empty()) {
                fault.places.push(Place { file: file.clone(), at: At::File, label: None });
            }
        }
        if key.lang > 0 {
            // The same texts were rendered for the first language; their faults are known.
            output.faults.retain(|fault| fault.code.starts_with("template"));
        }
        (output.artifacts, output.faults)
    }

    fn edition(&self, lang: u8) -> Option<Edition<'_>> {
        Some(Edition {
            site: self.site,
            findings: self.findings,
            derived: self.derived,
            config: self.config,
            theme: self.theme,
            roots: &self.roots,
            locale: self.locales.get(usize::from(lang))?,
        })
    }
}

/// The files of a page as they come about, and what is wrong.
#[derive(Default)]
struct Output {
    artifacts: Vec<Artifact>,
    faults: Vec<Diagnostic>,
}

impl Output {
    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        match SitePath::new(path) {
            Ok(path) => self.artifacts.push(Artifact { path, bytes }),
            Err(error) => self
                .faults
                .push(Diagnostic::error("unusable-path").arg("path", error.path).arg("detail", error.reason)),
        }
    }
}
