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
mod coverage;
mod data;
mod depend;
mod edition;
mod engine;
mod feed;
mod initial;
mod json_ld;
mod links;
mod locale;
mod missing;
mod mixed;
mod overview;
mod page;
mod paging;
mod plan;
mod repository;
mod search;
mod sections;
mod texts;
mod timely;
mod translation;
mod unbroken;
mod view;

pub use plan::{PageKey, PageKind, file};
pub use texts::TextFindings;
pub use translation::untranslated;

use std::sync::{Arc, OnceLock};

use crate::base::diagnostic::{At, Diagnostic, Place};
use crate::base::output::{Artifact, SitePath};
use crate::base::source::FilePath;
use crate::check::Findings;
use crate::config::Config;
use crate::derive::Derived;
use crate::load::Prints;
use crate::model::{Body, Site};
use crate::search::Document;
use crate::theme::Theme;

use content::ContentIndex;
use depend::Dependencies;
use edition::{Edition, Sources};
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
    prints: &'a Prints,
    base: u128,
    prepared: Arc<Prepared>,
    dependencies: OnceLock<Dependencies>,
    texts: Arc<OnceLock<TextFindings>>,
}

/// What is made once for all pages: the plan, the templates read, the index of links. It borrows
/// nothing, so that it can be kept between the pages that are asked for one at a time.
pub struct Prepared {
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
    /// The fingerprints of the facts and texts.
    pub prints: &'a Prints,
    /// The fingerprint of the settings, the theme and the program.
    pub base: u128,
}

impl Prepared {
    /// Whether the same pages come of other facts of the same regions, agencies and forms.
    pub fn fits(&self, inputs: &Inputs<'_>) -> bool {
        let Inputs { site, findings, derived, config, .. } = *inputs;
        let planned: Vec<_> =
            self.locales.iter().map(|locale| (locale.lang.clone(), locale.prefix.clone())).collect();
        let (plan, _) = Plan::new(site, findings, derived, config, &planned);
        plan.keys == self.plan.keys
    }

    /// Plans the portal and reads its templates; nothing where they cannot be read. The second part
    /// is everything that is wrong.
    pub fn new(inputs: &Inputs<'_>) -> (Option<Self>, Vec<Diagnostic>) {
        let Inputs { site, findings, derived, config, theme, .. } = *inputs;
        let roots = Roots::new(&config.base_url);
        let languages = config.languages.iter().enumerate();
        let locales: Vec<Locale> =
            languages.map(|(at, lang)| Locale::new(lang, at == 0, &theme.strings)).collect();
        let prefixes: Vec<Box<str>> = locales.iter().map(|locale| locale.prefix.clone()).collect();
        let planned: Vec<_> =
            locales.iter().map(|locale| (locale.lang.clone(), locale.prefix.clone())).collect();
        let (plan, mut faults) = Plan::new(site, findings, derived, config, &planned);
        let index = ContentIndex::new(site, &plan.keys);
        let mut engines = Vec::new();
        for locale in &locales {
            let edition = Edition {
                site,
                findings,
                derived,
                config,
                theme,
                roots: &roots,
                locale,
                whose: None,
                sources: Sources::Many,
            };
            match Engine::new(theme, locale, &roots, &page::shared(&edition)) {
                Ok(engine) => engines.push(engine),
                Err(found) => {
                    faults.extend(found);
                    return (None, faults);
                }
            }
        }
        (Some(Self { roots, locales, engines, prefixes, plan, index }), faults)
    }
}

impl<'a> Renderer<'a> {
    /// Plans the portal and reads its templates. Without templates that can be read there is no
    /// renderer; the second part is everything that is wrong.
    pub fn new(inputs: Inputs<'a>) -> (Option<Self>, Vec<Diagnostic>) {
        let (prepared, faults) = Prepared::new(&inputs);
        (prepared.map(|prepared| Self::with(inputs, Arc::new(prepared))), faults)
    }

    /// A renderer over what was prepared from the same inputs.
    pub fn with(inputs: Inputs<'a>, prepared: Arc<Prepared>) -> Self {
        let Inputs { site, findings, derived, config, theme, bodies, prints, base } = inputs;
        let dependencies = OnceLock::new();
        let texts = Arc::default();
        Self { site, findings, derived, config, theme, bodies, prints, base, prepared, dependencies, texts }
    }

    /// The same renderer, sharing what is known of texts with others over the same inputs.
    #[must_use]
    pub fn sharing(self, texts: &Arc<OnceLock<TextFindings>>) -> Self {
        Self { texts: texts.clone(), ..self }
    }

    /// Whether a page tells what is wrong with the texts of all others: it is made after them.
    pub fn tells_of_texts(key: &PageKey) -> bool {
        key.kind == PageKind::Quality
    }

    /// What is wrong with the texts of all pages, found by `find` unless it is known.
    pub fn texts(&self, find: impl FnOnce() -> TextFindings) -> &TextFindings {
        self.texts.get_or_init(find)
    }

    /// The same, found by reading one text after the other.
    fn all_texts(&self) -> &TextFindings {
        self.texts(|| {
            let read = self.plan().iter().map(|key| (*key, self.proofread(key)));
            TextFindings::new(
                read.flat_map(|(key, faults)| faults.into_iter().map(move |fault| (key, fault))),
            )
        })
    }

    /// Every page and file of the portal, in a fixed order.
    pub fn plan(&self) -> &[PageKey] {
        &self.prepared.plan.keys
    }

    /// Where a page is published, within the portal: `years/2012/`; empty for the home page.
    pub fn path(&self, key: &PageKey) -> String {
        match key.kind {
            PageKind::Redirect(at) => {
                self.prepared.plan.redirects.get(at as usize).map(|redirect| redirect.from.to_string())
            }
            _ => None,
        }
        .unwrap_or_else(|| plan::path(self.site, *key, &self.prepared.prefixes))
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

    /// What tells a page from all others, in every build: its path, or what it is.
    pub fn address(&self, key: &PageKey) -> String {
        match key.kind {
            PageKind::Static => "static".into(),
            _ => plan::file(&self.path(key)),
        }
    }

    /// A fingerprint of all that a page depends on: while it stays, so do the page's files.
    pub fn fingerprint(&self, key: &PageKey) -> u128 {
        let dependencies = self.dependencies.get_or_init(|| {
            let reaches = engine::ask_for_charts(&self.theme.templates);
            Dependencies::new(self.site, self.derived, self.prints, self.base, reaches)
        });
        let print = dependencies.fingerprint(self.site, self.prints, *key, &self.path(key));
        if Self::tells_of_texts(key) { print ^ self.all_texts().print() } else { print }
    }

    /// For a file that may be too large to be held whole: its path, and of how many parts it is made.
    pub fn parts(&self, key: &PageKey) -> Option<(&'static str, usize)> {
        (key.kind == PageKind::FiguresCsv).then(|| (data::FIGURES, self.site.agencies.len() + 1))
    }

    /// One of the parts of a file that comes in parts.
    pub fn part(&self, key: &PageKey, at: usize) -> Vec<u8> {
        self.edition(key.lang).map(|edition| data::figures(&edition, at)).unwrap_or_default()
    }

    /// The files of a page, what search knows of it, and what is wrong with it.
    pub fn render(&self, key: &PageKey) -> Rendered {
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
        let document = output.document.filter(|_| self.config.search);
        let Output { artifacts, template, faults, .. } = output;
        Rendered { artifacts, document, template, faults }
    }

    /// What search knows of a page, without making the page.
    pub fn document(&self, key: &PageKey) -> Option<Document> {
        let mut output = Output { only_document: true, ..Output::default() };
        page::render(self, *key, &mut output);
        output.document.filter(|_| self.config.search)
    }

    /// The folder of a language's search index within the portal; `None` where there is no search.
    pub fn search_folder(&self, lang: u8) -> Option<String> {
        let prefix = self.prepared.prefixes.get(usize::from(lang)).filter(|_| self.config.search)?;
        Some(format!("{prefix}{}", search::FOLDER))
    }

    fn edition(&self, lang: u8) -> Option<Edition<'_>> {
        Some(Edition {
            site: self.site,
            findings: self.findings,
            derived: self.derived,
            config: self.config,
            theme: self.theme,
            roots: &self.prepared.roots,
            locale: self.prepared.locales.get(usize::from(lang))?,
            whose: None,
            sources: Sources::Many,
        })
    }
}

/// A page, made.
#[derive(Debug)]
pub struct Rendered {
    /// Its files.
    pub artifacts: Vec<Artifact>,
    /// What search knows of it; nothing where search leaves it out.
    pub document: Option<Document>,
    /// The template it was made with; none for what is no page.
    pub template: Option<&'static str>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
}

/// The files of a page as they come about, and what is wrong.
#[derive(Default)]
struct Output {
    artifacts: Vec<Artifact>,
    document: Option<Document>,
    template: Option<&'static str>,
    faults: Vec<Diagnostic>,
    /// Whether nothing but the document is wanted.
    only_document: bool,
}

impl Output {
    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        if self.only_document {
            return;
        }
        match SitePath::new(path) {
            Ok(path) => self.artifacts.push(Artifact { path, bytes }),
            Err(error) => self
                .faults
                .push(Diagnostic::error("unusable-path").arg("path", error.path).arg("detail", error.reason)),
        }
    }
}
