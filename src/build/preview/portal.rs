//! The pages of a site in one state of its files, rendered when they are asked for.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::artifact::{MediaType, SitePath};
use crate::base::diagnostic::Diagnostic;
use crate::base::source::FilePath;
use crate::build::Project;
use crate::build::search::Indexes;
use crate::check::Findings;
use crate::derive::Derived;
use crate::load;
use crate::model::{Body, ReportId};
use crate::render::{Bodies, Inputs, PageKey, PageKind, Prepared, Renderer, TextFindings, file};

use super::cache::{Cache, Rendered};

/// How many bytes of rendered pages are kept.
const ROOM: usize = 32 << 20;

/// The files of a page that stands in no folder of its own are looked for here last.
const SCATTERED: [PageKind; 2] = [PageKind::Static, PageKind::Sitemap];

/// A site without errors, and the pages made of it so far.
pub struct Portal {
    project: Project,
    findings: Arc<Findings>,
    derived: Arc<Derived>,
    prepared: Arc<Prepared>,
    places: Arc<Places>,
    cache: Cache,
    index: OnceLock<Index>,
    texts: Arc<OnceLock<TextFindings>>,
}

/// The files of the search index.
type Index = FxHashMap<SitePath, Arc<[u8]>>;

/// Where everything is found.
#[derive(Default)]
struct Places {
    /// Pages by the file they are published as.
    pages: FxHashMap<Box<str>, PageKey>,
    /// Files of the content that are published as they are, by where: their place in the site.
    assets: FxHashMap<Box<str>, usize>,
    /// Reports by their file.
    reports: FxHashMap<FilePath, ReportId>,
}

/// A file of the portal.
#[derive(Clone)]
pub struct Page {
    /// What it is.
    pub media: MediaType,
    /// What is published; `None` where that cannot be made, and the faults say why.
    pub bytes: Option<Arc<[u8]>>,
    /// What is wrong with it, or worth knowing about it.
    pub faults: Arc<[Diagnostic]>,
}

impl Portal {
    pub(super) fn new(project: Project, findings: Findings, derived: Derived, prepared: Prepared) -> Self {
        let site = project.site.clone();
        let assets = site.assets.iter().enumerate().map(|(at, asset)| (asset.path.clone(), at));
        let reports = site.reports_with_ids().map(|(id, report)| (report.file().clone(), id));
        let mut places =
            Places { pages: FxHashMap::default(), assets: assets.collect(), reports: reports.collect() };
        let mut portal = Self {
            project,
            findings: Arc::new(findings),
            derived: Arc::new(derived),
            prepared: Arc::new(prepared),
            places: Arc::new(Places::default()),
            cache: Cache::new(ROOM),
            index: OnceLock::new(),
            texts: Arc::default(),
        };
        places.pages = portal.with_renderer(|renderer| {
            let own = renderer.plan().iter().filter(|key| key.kind != PageKind::Static);
            own.map(|key| (file(&renderer.path(key)).into(), *key)).collect()
        });
        portal.places = Arc::new(places);
        portal
    }

    /// The same portal over other facts, of which the same pages come; `None` for the same facts.
    pub(super) fn renewed(&self, project: Project, facts: Option<(Findings, Derived)>) -> Self {
        let (findings, derived) = match facts {
            Some((findings, derived)) => (Arc::new(findings), Arc::new(derived)),
            None => (self.findings.clone(), self.derived.clone()),
        };
        Self {
            project,
            findings,
            derived,
            prepared: self.prepared.clone(),
            places: self.places.clone(),
            cache: Cache::new(ROOM),
            index: OnceLock::new(),
            texts: Arc::default(),
        }
    }

    pub(super) fn project(&self) -> &Project {
        &self.project
    }

    pub(super) fn findings(&self) -> &Findings {
        &self.findings
    }

    pub(super) fn derived(&self) -> &Derived {
        &self.derived
    }

    /// The report of a file.
    pub(super) fn report(&self, file: &FilePath) -> Option<ReportId> {
        self.places.reports.get(file).copied()
    }

    /// The file at a path of the portal, such as `data/figures.csv`; a path that ends with `/`, and
    /// the empty one, are a folder's page. `None` where nothing is published.
    pub fn page(&self, path: &str) -> Option<Page> {
        let path = SitePath::new(&file(path)).ok()?;
        if let Some(asset) =
            self.places.assets.get(path.as_str()).and_then(|at| self.project.site.assets.get(*at))
        {
            let read = load::bytes(&self.project.root, &asset.file);
            let (bytes, fault) = match read {
                Ok(bytes) => (Some(bytes.into()), None),
                Err(fault) => (None, Some(*fault)),
            };
            return Some(Page { media: path.media(), bytes, faults: fault.into_iter().collect() });
        }
        let made = self.candidates(path.as_str()).find_map(|(key, is_own)| self.file_of(key, &path, is_own));
        made.or_else(|| self.index_file(&path))
    }

    /// A file of the search index, which is built when the first of its files is asked for.
    fn index_file(&self, path: &SitePath) -> Option<Page> {
        let is_inside = |folder: &String| path.as_str().starts_with(folder.as_str());
        if !self.with_renderer(|renderer| {
            (0..).map_while(|lang| renderer.search_folder(lang)).any(|f| is_inside(&f))
        }) {
            return None;
        }
        let index = self.index.get_or_init(|| self.with_renderer(search_index));
        let bytes = index.get(path)?.clone();
        Some(Page { media: path.media(), bytes: Some(bytes), faults: Arc::new([]) })
    }

    /// Whether a path, with or without `/` at its end, is a folder with a page.
    pub fn has_folder(&self, path: &str) -> bool {
        self.places.pages.contains_key(&*format!("{}/index.html", path.trim_end_matches('/')))
    }

    /// Where the pages and files of the plan lie, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.places.pages.keys().map(|path| &**path)
    }

    /// The pages that may make a file, the likeliest first: the one that is it, those of the folders
    /// above it, those without a folder. `true` for the first.
    fn candidates<'p>(&'p self, path: &'p str) -> impl Iterator<Item = (PageKey, bool)> + 'p {
        let own = self.places.pages.get(path).map(|key| (*key, true));
        let mut rest = Some(path);
        let folders = std::iter::from_fn(move || {
            let folder = rest?.rsplit_once('/').map(|(folder, _)| folder);
            rest = folder;
            Some(folder.map_or_else(|| "index.html".to_owned(), |folder| format!("{folder}/index.html")))
        });
        let above = folders.filter_map(|index| self.places.pages.get(&*index)).map(|key| (*key, false));
        let scattered = SCATTERED.into_iter().map(|kind| (PageKey { lang: 0, kind }, false));
        own.into_iter().chain(above).chain(scattered)
    }

    /// A file of a page. A page that should be the file and is not made has faults instead.
    fn file_of(&self, key: PageKey, path: &SitePath, is_own: bool) -> Option<Page> {
        let render = || {
            let made = self.with_renderer(|renderer| {
                if Renderer::tells_of_texts(&key) {
                    renderer.texts(|| read_texts(renderer));
                }
                renderer.render(&key)
            });
            let files = made.artifacts.into_iter().map(|artifact| (artifact.path, artifact.bytes.into()));
            Rendered { files: files.collect(), faults: made.faults.into() }
        };
        self.cache.with(key, render, |rendered| {
            let bytes =
                rendered.files.iter().find(|(found, _)| found == path).map(|(_, bytes)| bytes.clone());
            let is_it = bytes.is_some() || is_own && !rendered.faults.is_empty();
            is_it.then(|| Page { media: path.media(), bytes, faults: rendered.faults.clone() })
        })
    }

    /// Whether the pages that were planned are those of the facts.
    pub(super) fn is_planned(&self) -> bool {
        self.prepared.fits(&self.inputs(&|_| Ok(String::new())))
    }

    fn with_renderer<T>(&self, work: impl FnOnce(&Renderer<'_>) -> T) -> T {
        // The file may have changed since; what is wrong with it will be told when it is loaded.
        let bodies = |body: &Body| Ok(load::body_as_it_is(&self.project.root, body).unwrap_or_default());
        work(&Renderer::with(self.inputs(&bodies), self.prepared.clone()).sharing(&self.texts))
    }

    fn inputs<'p>(&'p self, bodies: &'p Bodies<'p>) -> Inputs<'p> {
        self.project.inputs(&self.findings, &self.derived, bodies)
    }
}

/// Reads the text of every page.
fn read_texts(renderer: &Renderer<'_>) -> TextFindings {
    let read = |key: &PageKey| renderer.proofread(key).into_iter().map(|fault| (*key, fault)).collect();
    let found: Vec<Vec<(PageKey, Diagnostic)>> = renderer.plan().par_iter().map(read).collect();
    TextFindings::new(found.into_iter().flatten())
}

/// Builds the search index in memory. One that cannot be built is empty: the search page says so.
fn search_index(renderer: &Renderer<'_>) -> Index {
    let indexes = Indexes::new(renderer, None);
    renderer.plan().par_iter().for_each(|key| {
        if let Some(document) = renderer.document(key) {
            indexes.add(key, &document);
        }
    });
    let mut files = Index::default();
    match indexes.finish(None, &mut |path, bytes| _ = files.insert(path, bytes.into())) {
        Ok(()) => files,
        Err(_) => Index::default(),
    }
}
