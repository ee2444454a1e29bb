//! A build: everything rendered and staged first, then published in one go.

use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use crate::base::artifact::SitePath;
use crate::base::diagnostic::Diagnostic;
use crate::check::Findings;
use crate::derive::Derived;
use crate::load;
use crate::model::{Asset, Body};
use crate::publish::{self, OutputRefused, Summary, WriteError, WriteErrors, disk};
use crate::render::Renderer;

use super::kept::{self, KeptPage};
use super::search::Indexes;
use super::settled::{self, Settled};
use super::stage::{INDEX, Page, Stage, stage_index};
use super::texts::Texts;
use super::{Phase, Project, SOURCES, STATE, Timings, check, facts_file, has_errors};

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
        publish::refuse_output(&project.root, &project.root.join(folder), &output)?;
    }
    let mut diagnostics = std::mem::take(&mut project.diagnostics);
    let failed = has_errors(&diagnostics);
    let said = diagnostics.len();
    let findings = check(&project, timings);
    // A site with errors is rendered all the same, for what rendering has to say; nothing is kept.
    let manifest = state(&project, "manifest", &output);
    let publication = if failed { None } else { Some(disk::Publication::begin(&output, &manifest)?) };
    let settled_file = state(&project, "settled", &output);
    if let Some(publication) = publication.as_ref().filter(|_| !options.fresh)
        && let Some((pages, files)) = unchanged(&project, publication, &settled_file, timings)
    {
        keep_reading(&project)?;
        return Ok(Built { output, pages, made: 0, files, findings, diagnostics: sorted(diagnostics) });
    }
    let derived = timings.measure(Phase::Derive, || Derived::new(&project.site, &findings));
    let texts = Texts::new(&project);
    let body = |body: &Body| texts.read(body);
    let (renderer, faults) = Renderer::new(project.inputs(&findings, &derived, &body));
    diagnostics.extend(faults);
    let Some(renderer) = renderer else { return Err(BuildError::Content(sorted(diagnostics))) };
    let pages_file = state(&project, "pages", &output);
    let known = if options.fresh { None } else { publish::recall(&pages_file) };
    let known = known.map(|(bytes, _)| kept::parse(&bytes)).unwrap_or_default();
    let scratch = publication.as_ref().map(disk::Publication::scratch);
    let indexes = Indexes::new(&renderer, scratch.as_deref());
    let stage = Stage { renderer: &renderer, publication: publication.as_ref(), known: &known, indexes };
    let mut pages = timings.measure(Phase::Render, || stage.pages(progress));
    timings.note_pages(pages.iter().filter_map(|page| page.made));
    diagnostics.extend(pages.iter().flat_map(|page| page.faults.iter().cloned()));
    let mut assets = Vec::new();
    if let Some(publication) = publication.as_ref().filter(|_| !has_errors(&diagnostics)) {
        assets = stage_assets(&project, publication, &mut diagnostics);
        let kept = state(&project, "search", &output);
        let index = timings.measure(Phase::Index, || stage_index(stage, publication, &pages, &kept));
        pages.extend(index?);
    }
    let is_quiet = diagnostics.len() == said;
    let diagnostics = sorted(diagnostics);
    let Some(publication) = publication.filter(|_| !has_errors(&diagnostics)) else {
        return Err(BuildError::Content(diagnostics));
    };
    let (files, manifest) = timings.measure(Phase::Publish, || publication.commit_noting())?;
    let made = pages.iter().filter(|page| page.is_new && *page.address != *INDEX).count();
    let planned = renderer.plan().len();
    timings.measure(Phase::Keep, || -> Result<(), WriteError> {
        keep_reading(&project)?;
        // Of texts that were changed meanwhile nobody knows which pages show what.
        if texts.are_as_read() {
            keep_pages(&pages_file, &pages)?;
            let sources = settled::sources(&project, assets.into_iter()).filter(|_| is_quiet);
            let settled = sources.map(|sources| Settled { sources, manifest, pages: planned }.print());
            settled.map_or(Ok(()), |text| publish::keep(&settled_file, text.as_bytes()))?;
        }
        Ok(())
    })?;
    Ok(Built { output, pages: planned, made, files, findings, diagnostics })
}

/// The pages and files of the last build, where nothing has changed since.
fn unchanged(
    project: &Project,
    publication: &disk::Publication,
    settled_file: &Path,
    timings: &mut Timings,
) -> Option<(usize, Summary)> {
    let (bytes, _) = publish::recall(settled_file)?;
    let settled = Settled::parse(&bytes)?;
    if settled::sources(project, settled::assets(project)) != Some(settled.sources) {
        return None;
    }
    let unchanged = timings.measure(Phase::Publish, || publication.stands(settled.manifest))?;
    Some((settled.pages, Summary { unchanged, ..Summary::default() }))
}

/// Keeps for the next build what this one has published.
fn keep_pages(pages_file: &Path, pages: &[Page]) -> Result<(), WriteError> {
    if !pages.iter().any(|page| page.is_new) {
        return Ok(());
    }
    let known: Vec<(&str, KeptPage)> = pages
        .iter()
        .filter_map(|page| {
            let files = page.files.clone()?;
            Some((&*page.address, KeptPage { fingerprint: page.fingerprint, files }))
        })
        .collect();
    publish::keep(pages_file, &kept::print(known.iter().map(|(address, page)| (*address, page))))
}

/// Keeps for the next build what this one has read.
fn keep_reading(project: &Project) -> Result<(), WriteError> {
    if !project.reading.has_news() {
        return Ok(());
    }
    let memory = project.reading.memory(&project.site, &project.prints);
    publish::keep(&facts_file(&project.root), &memory)
}

/// Stages the files that lie beside the content; returns the xxh3-128 of each.
fn stage_assets(
    project: &Project,
    publication: &disk::Publication,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<u128>> {
    let mut stage =
        |asset: &Asset| match (SitePath::new(&asset.path), load::bytes(&project.root, &asset.file)) {
            (Ok(path), Ok(bytes)) => Some(publication.stage(path, &bytes)),
            (_, Err(fault)) => {
                diagnostics.push(*fault);
                None
            }
            // Names that cannot be addresses are reported where they are loaded.
            (Err(_), _) => None,
        };
    project.site.assets.iter().map(&mut stage).collect()
}

fn output_folder(project: &Project, options: &BuildOptions) -> PathBuf {
    options.output.clone().unwrap_or_else(|| project.root.join(&*project.config.output))
}

/// What is remembered of an output folder: one site may be built into several.
fn state(project: &Project, kind: &str, output: &Path) -> PathBuf {
    // However the folder is spelled, it is the same one.
    let resolved = |path: &Path| publish::resolve(path).unwrap_or_else(|_| path.to_owned());
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
