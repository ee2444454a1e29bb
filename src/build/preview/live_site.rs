//! The pages of a site in one state of its files, rendered on request.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::artifact::{MediaType, SitePath};
use crate::base::diagnostic::Diagnostic;
use crate::base::source::FilePath;
use crate::build::project::Project;
use crate::build::search::Indexes;
use crate::check::Findings;
use crate::derive::Derived;
use crate::load;
use crate::model::{Body, ReportId};
use crate::plan::{PageKey, PageKind, file};
use crate::render::{Prepared, Renderer};
use crate::view::{Bodies, Portal, TextFindings};

use super::render_cache::{CachedPage, RenderCache};

/// The size of the cache of rendered pages in bytes.
const ROOM: usize = 32 << 20;

/// Page kinds whose files may be anywhere, so they are tried last.
const SCATTERED: [PageKind; 2] = [PageKind::Static, PageKind::Sitemap];

/// A site without errors, and the pages rendered so far.
pub struct LiveSite {
    project: Project,
    findings: Arc<Findings>,
    derived: Arc<Derived>,
    prepared: Arc<Prepared>,
    addresses: Arc<Addresses>,
    cache: RenderCache,
    index: OnceLock<IndexFiles>,
    texts: Arc<OnceLock<TextFindings>>,
}

/// The files of the search index.
type IndexFiles = FxHashMap<SitePath, Arc<[u8]>>;

/// Pages, assets and reports by address.
#[derive(Default)]
struct Addresses {
    /// Pages by the file they are published as.
    pages: FxHashMap<Box<str>, PageKey>,
    /// Indices of the assets, by the path they are published at.
    assets: FxHashMap<Box<str>, usize>,
    /// Reports by their file.
    reports: FxHashMap<FilePath, ReportId>,
}

/// A file of the portal.
#[derive(Clone)]
pub struct PortalFile {
    /// The media type.
    pub media: MediaType,
    /// The bytes; `None` if they cannot be made, and the faults say why.
    pub bytes: Option<Arc<[u8]>>,
    /// Errors and warnings about it.
    pub faults: Arc<[Diagnostic]>,
}

impl LiveSite {
    pub(super) fn new(project: Project, findings: Findings, derived: Derived, prepared: Prepared) -> Self {
        let site = project.site.clone();
        let assets = site.assets.iter().enumerate().map(|(at, asset)| (asset.path.clone(), at));
        let reports = site.reports_with_ids().map(|(id, report)| (report.file().clone(), id));
        let mut addresses =
            Addresses { pages: FxHashMap::default(), assets: assets.collect(), reports: reports.collect() };
        let mut portal = Self {
            project,
            findings: Arc::new(findings),
            derived: Arc::new(derived),
            prepared: Arc::new(prepared),
            addresses: Arc::new(Addresses::default()),
            cache: RenderCache::new(ROOM),
            index: OnceLock::new(),
            texts: Arc::default(),
        };
        addresses.pages = portal.with_renderer(|renderer| {
            let own = renderer.plan().iter().filter(|key| key.kind != PageKind::Static);
            own.map(|key| (file(&renderer.path(key)).into(), *key)).collect()
        });
        portal.addresses = Arc::new(addresses);
        portal
    }

    /// Returns the same pages made from another project. `facts` are `None` if only texts have changed.
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
            addresses: self.addresses.clone(),
            cache: RenderCache::new(ROOM),
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

    pub(super) fn report(&self, file: &FilePath) -> Option<ReportId> {
        self.addresses.reports.get(file).copied()
    }

    /// Returns the file at a path of the portal, such as `data/figures.csv`. The empty path and paths that end
    /// with `/` are those of folders, and mean their page. `None` if nothing is published there.
    pub fn page(&self, path: &str) -> Option<PortalFile> {
        let path = SitePath::new(&file(path)).ok()?;
        if let Some(asset) =
            self.addresses.assets.get(path.as_str()).and_then(|at| self.project.site.assets.get(*at))
        {
            let read = load::bytes(&self.project.root, &asset.file);
            let (bytes, fault) = match read {
                Ok(bytes) => (Some(bytes.into()), None),
                Err(fault) => (None, Some(*fault)),
            };
            return Some(PortalFile { media: path.media(), bytes, faults: fault.into_iter().collect() });
        }
        let made = self.candidates(path.as_str()).find_map(|(key, is_own)| self.file_of(key, &path, is_own));
        made.or_else(|| self.index_file(&path))
    }

    /// Returns a file of the search index, which is built when the first of its files is requested.
    fn index_file(&self, path: &SitePath) -> Option<PortalFile> {
        let is_inside = |folder: &String| path.as_str().starts_with(folder.as_str());
        if !self.with_renderer(|renderer| {
            (0..).map_while(|lang| renderer.search_folder(lang)).any(|f| is_inside(&f))
        }) {
            return None;
        }
        let index = self.index.get_or_init(|| self.with_renderer(search_index));
        let bytes = index.get(path)?.clone();
        Some(PortalFile { media: path.media(), bytes: Some(bytes), faults: Arc::new([]) })
    }

    /// Returns whether a path, with or without a trailing `/`, is a folder with a page.
    pub fn has_folder(&self, path: &str) -> bool {
        self.addresses.pages.contains_key(&*format!("{}/index.html", path.trim_end_matches('/')))
    }

    /// Returns the paths of the planned pages and files, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.addresses.pages.keys().map(|path| &**path)
    }

    /// Returns the pages that may make a file, the likeliest first: the page at that path (with `true`), those
    /// of the folders above it, and those whose files may be anywhere.
    fn candidates<'p>(&'p self, path: &'p str) -> impl Iterator<Item = (PageKey, bool)> + 'p {
        let own = self.addresses.pages.get(path).map(|key| (*key, true));
        let mut rest = Some(path);
        let folders = std::iter::from_fn(move || {
            let folder = rest?.rsplit_once('/').map(|(folder, _)| folder);
            rest = folder;
            Some(folder.map_or_else(|| "index.html".to_owned(), |folder| format!("{folder}/index.html")))
        });
        let above = folders.filter_map(|index| self.addresses.pages.get(&*index)).map(|key| (*key, false));
        let scattered = SCATTERED.into_iter().map(|kind| (PageKey { lang: 0, kind }, false));
        own.into_iter().chain(above).chain(scattered)
    }

    /// Returns a file of a page. If the page at that path cannot be made, the faults come instead of the bytes.
    fn file_of(&self, key: PageKey, path: &SitePath, is_own: bool) -> Option<PortalFile> {
        let render = || {
            let made = self.with_renderer(|renderer| {
                if Renderer::lists_text_findings(&key) {
                    renderer.texts(|| read_texts(renderer));
                }
                renderer.render(&key)
            });
            let files = made.artifacts.into_iter().map(|artifact| (artifact.path, artifact.bytes.into()));
            CachedPage { files: files.collect(), faults: made.faults.into() }
        };
        self.cache.with(key, render, |rendered| {
            let bytes =
                rendered.files.iter().find(|(found, _)| found == path).map(|(_, bytes)| bytes.clone());
            let is_it = bytes.is_some() || is_own && !rendered.faults.is_empty();
            is_it.then(|| PortalFile { media: path.media(), bytes, faults: rendered.faults.clone() })
        })
    }

    /// Returns whether the plan still fits the facts.
    pub(super) fn is_planned(&self) -> bool {
        self.prepared.fits(&self.portal(&|_| Ok(String::new())))
    }

    fn with_renderer<T>(&self, work: impl FnOnce(&Renderer<'_>) -> T) -> T {
        // The file may have changed since; faults are reported when it is loaded again.
        let bodies = |body: &Body| Ok(load::body_as_it_is(&self.project.root, body).unwrap_or_default());
        work(&Renderer::with(self.portal(&bodies), self.prepared.clone()).sharing(&self.texts))
    }

    fn portal<'p>(&'p self, bodies: &'p Bodies<'p>) -> Portal<'p> {
        self.project.portal(&self.findings, &self.derived, bodies)
    }
}

/// Finds the faults of every text.
fn read_texts(renderer: &Renderer<'_>) -> TextFindings {
    let read = |key: &PageKey| renderer.lint(key).into_iter().map(|fault| (*key, fault)).collect();
    let found: Vec<Vec<(PageKey, Diagnostic)>> = renderer.plan().par_iter().map(read).collect();
    TextFindings::new(found.into_iter().flatten())
}

/// Builds the search index in memory. One that cannot be built is empty, and the search page says so.
fn search_index(renderer: &Renderer<'_>) -> IndexFiles {
    let indexes = Indexes::new(renderer, None);
    renderer.plan().par_iter().for_each(|key| {
        if let Some(document) = renderer.document(key) {
            indexes.add(key, &document);
        }
    });
    let mut files = IndexFiles::default();
    match indexes.finish(None, &mut |path, bytes| _ = files.insert(path, bytes.into())) {
        Ok(()) => files,
        Err(_) => IndexFiles::default(),
    }
}
