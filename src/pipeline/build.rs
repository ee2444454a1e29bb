//! A build: everything rendered and staged first, then published in one go.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::check::Findings;
use crate::derive::Derived;
use crate::diagnostic::Diagnostic;
use crate::load;
use crate::output::{Artifact, SitePath};
use crate::render::{PageKey, Rendered, Renderer};
use crate::write::{self, OutputRefused, Summary, WriteError, WriteErrors, disk};

use super::kept::{self, KeptPage, KeptPages};
use super::search::Indexes;
use super::{Phase, Project, SOURCES, STATE, Timings, check, facts_file, has_errors};

/// So many parts of a large file are held at a time.
const PARTS_AT_ONCE: usize = 64;

/// How to build.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// The folder to publish to, instead of the one in the settings; relative to the working folder.
    pub output: Option<PathBuf>,
    /// How many threads to use; `None` for one a core.
    pub jobs: Option<usize>,
    /// Whether to make every page anew, whatever earlier builds have kept.
    pub fresh: bool,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// Where the portal is.
    pub output: PathBuf,
    /// How many pages it has.
    pub pages: usize,
    /// How many of them were made now; the others were as they should be.
    pub made: usize,
    /// What happened to its files.
    pub files: Summary,
    /// What the checks found.
    pub findings: Findings,
    /// What is worth knowing about the site's files; no errors among them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why nothing was published. The site that was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The site's files have errors.
    #[error("the site has errors")]
    Content(Vec<Diagnostic>),
    /// The output folder is one that must not be written.
    #[error(transparent)]
    Output(#[from] OutputRefused),
    /// The output folder could not be written.
    #[error(transparent)]
    Begin(#[from] WriteError),
    /// Publishing failed.
    #[error(transparent)]
    Write(#[from] WriteErrors),
    /// The search index could not be gathered.
    #[error("cannot build the search index: {0}")]
    Index(#[source] std::io::Error),
    /// The threads could not be started.
    #[error("cannot start {jobs} threads: {detail}")]
    Threads {
        /// How many were asked for.
        jobs: usize,
        /// What the system says.
        detail: String,
    },
}

/// Builds a project. `progress` is told how many of how many pages are rendered.
pub fn build(
    project: Project,
    options: &BuildOptions,
    timings: &mut Timings,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Built, BuildError> {
    match options.jobs {
        None => run(project, options, timings, progress),
        Some(jobs) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
            let pool = pool.map_err(|error| BuildError::Threads { jobs, detail: error.to_string() })?;
            pool.install(|| run(project, options, timings, progress))
        }
    }
}

fn run(
    mut project: Project,
    options: &BuildOptions,
    timings: &mut Timings,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Built, BuildError> {
    let output = output_folder(&project, options);
    for folder in SOURCES {
        write::refuse_output(&project.root, &project.root.join(folder), &output)?;
    }
    let mut diagnostics = std::mem::take(&mut project.diagnostics);
    let failed = has_errors(&diagnostics);
    let findings = check(&project, timings);
    let derived = timings.measure(Phase::Derive, || Derived::new(&project.site, &findings));
    let body = |body: &crate::model::Body| load::body(&project.root, body);
    let (renderer, faults) = Renderer::new(project.inputs(&findings, &derived, &body));
    diagnostics.extend(faults);
    let Some(renderer) = renderer else { return Err(BuildError::Content(sorted(diagnostics))) };
    // A site with errors is rendered all the same, for what rendering has to say; nothing is kept.
    let publication = if failed {
        None
    } else {
        Some(disk::Publication::begin(&output, &state(&project, "manifest", &output))?)
    };
    let pages_file = state(&project, "pages", &output);
    let known = if options.fresh { None } else { write::recall(&pages_file) };
    let known = known.map(|(bytes, _)| kept::parse(&bytes)).unwrap_or_default();
    let indexes = Indexes::new(&renderer, Some(&state(&project, "index", &output)));
    let stage =
        Stage { renderer: &renderer, publication: publication.as_ref(), known: &known, indexes: &indexes };
    let mut pages = timings.measure(Phase::Render, || stage.pages(progress));
    diagnostics.extend(pages.iter().flat_map(|page| page.faults.iter().cloned()));
    if let Some(publication) = &publication {
        diagnostics.extend(stage_files(&project, publication));
        let index =
            timings.measure(Phase::Index, || stage_index(&renderer, publication, &known, &pages, indexes));
        pages.extend(index.map_err(BuildError::Index)?);
    }
    let diagnostics = sorted(diagnostics);
    match publication.filter(|_| !has_errors(&diagnostics)) {
        None => Err(BuildError::Content(diagnostics)),
        Some(publication) => {
            let files = timings.measure(Phase::Publish, || publication.commit())?;
            timings.measure(Phase::Keep, || keep(&project, &pages_file, &pages))?;
            let made = pages.iter().filter(|page| page.is_new && *page.address != *INDEX).count();
            let pages = renderer.plan().len();
            Ok(Built { output, pages, made, files, findings, diagnostics })
        }
    }
}

/// A page that is staged.
struct Page {
    /// What tells it from all others.
    address: String,
    /// The fingerprint of all it depends on.
    fingerprint: u128,
    /// Its files; nothing where there is something to be said about it each time.
    files: Option<Vec<(SitePath, u128)>>,
    /// Whether it was made now.
    is_new: bool,
    faults: Vec<Diagnostic>,
}

/// What pages are staged with.
struct Stage<'s> {
    renderer: &'s Renderer<'s>,
    publication: Option<&'s disk::Publication>,
    known: &'s KeptPages,
    indexes: &'s Indexes,
}

impl Stage<'_> {
    /// Stages every page of the plan: as it is published, where it is known to be right, else made
    /// anew.
    fn pages(&self, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<Page> {
        let plan = self.renderer.plan();
        let done = AtomicUsize::new(0);
        let pages = plan.par_iter().map(|key| {
            let page = self.page(key);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, plan.len());
            page
        });
        pages.collect()
    }

    fn page(&self, key: &PageKey) -> Page {
        let address = self.renderer.address(key);
        let fingerprint = self.renderer.fingerprint(key);
        let mut page = Page { address, fingerprint, files: None, is_new: true, faults: Vec::new() };
        let is_right = |page: &&KeptPage| page.fingerprint == fingerprint;
        if let Some(publication) = self.publication {
            if let Some(known) = self.known.get(&*page.address).filter(is_right)
                && publication.keep(&known.files)
            {
                return Page { files: Some(known.files.clone()), is_new: false, ..page };
            }
            if let Some((path, count)) = self.renderer.parts(key) {
                match stage_parts(self.renderer, key, publication, path, count) {
                    Ok(files) => page.files = Some(files),
                    Err(fault) => page.faults.push(fault),
                }
                return page;
            }
        }
        let Rendered { artifacts, document, faults } = self.renderer.render(key);
        page.faults = faults;
        let Some(publication) = self.publication else { return page };
        let stage = |artifact: Artifact| {
            let hash = publication.stage(artifact.path.clone(), &artifact.bytes);
            (artifact.path, hash)
        };
        let files = artifacts.into_iter().map(stage).collect();
        page.files = Some(files).filter(|_| page.faults.is_empty());
        if let Some(document) = document {
            self.indexes.add(key, &document);
        }
        page
    }
}

/// The address under which the search index is kept: that of no page.
const INDEX: &str = "search index";

/// Stages the search index: as it is published, where every page is what it was; else built from the
/// documents of all pages. Those that were made now are in it already. Nothing without search.
fn stage_index(
    renderer: &Renderer<'_>,
    publication: &disk::Publication,
    known: &KeptPages,
    pages: &[Page],
    indexes: Indexes,
) -> io::Result<Option<Page>> {
    if indexes.is_empty() {
        return Ok(None);
    }
    let mut hash = Xxh3Default::new();
    for page in pages {
        hash.update(page.address.as_bytes());
        hash.update(&page.fingerprint.to_le_bytes());
    }
    let fingerprint = hash.digest128();
    let page = |files, is_new| Page {
        address: INDEX.into(),
        fingerprint,
        files: Some(files),
        is_new,
        faults: Vec::new(),
    };
    if let Some(index) = known.get(INDEX).filter(|index| index.fingerprint == fingerprint)
        && publication.keep(&index.files)
    {
        return Ok(Some(page(index.files.clone(), false)));
    }
    let kept = renderer.plan().par_iter().zip(pages).filter(|(_, page)| !page.is_new);
    kept.for_each(|(key, _)| renderer.document(key).iter().for_each(|document| indexes.add(key, document)));
    Ok(Some(page(indexes.stage(publication)?, true)))
}

/// Stages a file that comes in parts; some are made at a time, in parallel, and written in order.
fn stage_parts(
    renderer: &Renderer<'_>,
    key: &PageKey,
    publication: &disk::Publication,
    path: &str,
    count: usize,
) -> Result<Vec<(SitePath, u128)>, Diagnostic> {
    let fault = |detail: String| Diagnostic::error("unusable-path").arg("path", path).arg("detail", detail);
    let site_path = SitePath::new(path).map_err(|error| fault(error.reason.into()))?;
    let mut stream = publication.stream(site_path.clone()).map_err(|error| fault(error.to_string()))?;
    for start in (0..count).step_by(PARTS_AT_ONCE) {
        let batch = start..(start + PARTS_AT_ONCE).min(count);
        let parts: Vec<Vec<u8>> = batch.into_par_iter().map(|at| renderer.part(key, at)).collect();
        for part in parts {
            stream.add(&part).map_err(|error| fault(error.to_string()))?;
        }
    }
    let hash = publication.stage_stream(stream).map_err(|error| fault(error.to_string()))?;
    Ok(vec![(site_path, hash)])
}

/// Keeps for the next build what this one has read and published.
fn keep(project: &Project, pages_file: &Path, pages: &[Page]) -> Result<(), WriteError> {
    if pages.iter().any(|page| page.is_new) {
        let known: Vec<(&str, KeptPage)> = pages
            .iter()
            .filter_map(|page| {
                let files = page.files.clone()?;
                Some((&*page.address, KeptPage { fingerprint: page.fingerprint, files }))
            })
            .collect();
        write::keep(pages_file, &kept::print(known.iter().map(|(address, page)| (*address, page))))?;
    }
    if project.reading.has_news() {
        let memory = project.reading.memory(&project.site, &project.prints);
        write::keep(&facts_file(&project.root), &memory)?;
    }
    Ok(())
}

/// Stages the files that lie beside the content.
fn stage_files(project: &Project, publication: &disk::Publication) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for asset in &project.site.assets {
        match (SitePath::new(&asset.path), load::bytes(&project.root, &asset.file)) {
            (Ok(path), Ok(bytes)) => _ = publication.stage(path, &bytes),
            (_, Err(fault)) => faults.push(*fault),
            // Names that cannot be addresses are reported where they are loaded.
            (Err(_), _) => {}
        }
    }
    faults
}

fn output_folder(project: &Project, options: &BuildOptions) -> PathBuf {
    options.output.clone().unwrap_or_else(|| project.root.join(&*project.config.output))
}

/// What is remembered of an output folder: one site may be built into several.
fn state(project: &Project, kind: &str, output: &Path) -> PathBuf {
    // However the folder is spelled, it is the same one.
    let resolved = |path: &Path| write::resolve(path).unwrap_or_else(|_| path.to_owned());
    let (root, output) = (resolved(&project.root), resolved(output));
    let relative = output.strip_prefix(&root).unwrap_or(&output);
    let name = xxh3_64(relative.as_os_str().as_encoded_bytes());
    project.root.join(STATE).join(format!("{kind}-{name:016x}"))
}

/// Sorted by file, each once.
pub(super) fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let file = |diagnostic: &Diagnostic| diagnostic.places.first().map(|place| place.file.clone());
    diagnostics.sort_by_key(file);
    let mut seen: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let same_file = seen.iter().rev().take_while(|known| file(known) == file(&diagnostic));
        if !same_file.into_iter().any(|known| *known == diagnostic) {
            seen.push(diagnostic);
        }
    }
    seen
}
