//! A build: renders and stages everything first, then publishes it at once.

use std::path::{Path, PathBuf};

use crate::base::artifact::SitePath;
use crate::base::diagnostic::{Diagnostic, FindingCounts};
use crate::derive::Derived;
use crate::load;
use crate::model::{Asset, Body};
use crate::publish::{self, OutputRefused, Summary, WriteError, WriteErrors, disk};
use crate::render::Renderer;
use crate::state::{BuildState, SaveError, UpToDate};

use super::bodies::BodyReader;
use super::pages::{INDEX, PageBuilder, StagedPage, stage_index};
use super::project::{Project, SOURCES, check, has_errors, sorted};
use super::search::Indexes;
use super::timing::{Phase, Timings};
use super::up_to_date;

/// How to build.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// The folder to publish to, instead of the one in the settings; relative to the working folder.
    pub output: Option<PathBuf>,
    /// The number of threads; `None` for one a core.
    pub jobs: Option<usize>,
    /// Whether to ignore the state that earlier builds have left.
    pub fresh: bool,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// The published folder.
    pub output: PathBuf,
    /// The number of pages.
    pub pages: usize,
    /// The number of pages that were made; the others were up to date.
    pub made: usize,
    /// What happened to the published files.
    pub files: Summary,
    /// What the checks found, counted.
    pub findings: FindingCounts,
    /// Warnings about the site's files; no errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why nothing was published. The published folder is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The site's files have errors.
    #[error("the site has errors")]
    Content(Vec<Diagnostic>),
    /// The output folder is one that must not be written to.
    #[error(transparent)]
    Output(#[from] OutputRefused),
    /// The output folder, or what the build leaves for the next one, could not be written.
    #[error(transparent)]
    Begin(#[from] WriteError),
    /// Publishing failed.
    #[error(transparent)]
    Write(#[from] WriteErrors),
    /// The search index could not be built.
    #[error("cannot build the search index: {0}")]
    Index(#[source] std::io::Error),
    /// The threads could not be started.
    #[error("cannot start {jobs} threads: {detail}")]
    Threads {
        /// The number of threads.
        jobs: usize,
        /// What the system said.
        detail: String,
    },
}

impl From<SaveError> for BuildError {
    fn from(error: SaveError) -> Self {
        Self::Begin(error.into())
    }
}

/// Builds a project. `progress` is called with the number of pages made so far and of all pages.
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
    let output = options.output.clone().unwrap_or_else(|| project.root.join(&*project.config.output));
    for folder in SOURCES {
        publish::refuse_output(&project.root, &project.root.join(folder), &output)?;
    }
    let state = BuildState::new(&project.root, &as_seen_from(&project.root, &output), options.fresh);
    let mut diagnostics = std::mem::take(&mut project.diagnostics);
    let before_rendering = diagnostics.len();
    // A site with errors is rendered all the same, to report the faults of texts and templates; nothing
    // is staged.
    let publication = if has_errors(&diagnostics) {
        None
    } else {
        Some(disk::Publication::begin(&output, &state.manifest())?)
    };
    if let Some(publication) = &publication
        && let Some((UpToDate { pages, findings, .. }, files)) =
            unchanged(&project, publication, &state, timings)
    {
        project.save_reading()?;
        return Ok(Built { output, pages, made: 0, files, findings, diagnostics: sorted(diagnostics) });
    }

    let findings = check(&project, timings);
    let derived = timings.measure(Phase::Derive, || Derived::new(&project.site, &findings));
    let bodies = BodyReader::new(&project);
    let read = |body: &Body| bodies.read(body);
    let (renderer, faults) = Renderer::new(project.portal(&findings, &derived, &read));
    diagnostics.extend(faults);
    let Some(renderer) = renderer else { return Err(BuildError::Content(sorted(diagnostics))) };
    let published = state.pages();
    let scratch = publication.as_ref().map(disk::Publication::scratch);
    let builder = PageBuilder {
        renderer: &renderer,
        publication: publication.as_ref(),
        published: &published,
        indexes: Indexes::new(&renderer, scratch.as_deref()),
    };
    let mut pages = timings.measure(Phase::Render, || builder.pages(progress));
    timings.note_pages(pages.iter().filter_map(|page| page.made));
    diagnostics.extend(pages.iter().flat_map(|page| page.faults.iter().cloned()));
    let mut assets = Vec::new();
    if let Some(publication) = publication.as_ref().filter(|_| !has_errors(&diagnostics)) {
        assets = stage_assets(&project, publication, &mut diagnostics);
        let index = timings.measure(Phase::Index, || stage_index(builder, publication, &pages, &state));
        pages.extend(index.map_err(BuildError::Index)?);
    }
    let is_quiet = diagnostics.len() == before_rendering;
    let diagnostics = sorted(diagnostics);
    let Some(publication) = publication.filter(|_| !has_errors(&diagnostics)) else {
        return Err(BuildError::Content(diagnostics));
    };

    let findings = findings.counts();
    let (files, manifest) = timings.measure(Phase::Publish, || publication.commit())?;
    let planned = renderer.plan().len();
    timings.measure(Phase::Keep, || {
        let sources = up_to_date::sources(&project, assets.into_iter()).filter(|_| is_quiet);
        let up_to_date = sources.map(|sources| UpToDate { sources, manifest, pages: planned, findings });
        save_state(&project, &bodies, &state, &pages, up_to_date)
    })?;
    let made = pages.iter().filter(|page| page.is_new && *page.address != *INDEX).count();
    Ok(Built { output, pages: planned, made, files, findings, diagnostics })
}

/// Returns the note of the last build and its files, if nothing has changed since.
fn unchanged(
    project: &Project,
    publication: &disk::Publication,
    state: &BuildState,
    timings: &mut Timings,
) -> Option<(UpToDate, Summary)> {
    let note = state.up_to_date()?;
    if up_to_date::sources(project, up_to_date::assets(project)) != Some(note.sources) {
        return None;
    }
    let unchanged = timings.measure(Phase::Publish, || publication.untouched(note.manifest))?;
    Some((note, Summary { unchanged, ..Summary::default() }))
}

/// Saves what the next build can build on.
fn save_state(
    project: &Project,
    bodies: &BodyReader<'_>,
    state: &BuildState,
    pages: &[StagedPage],
    up_to_date: Option<UpToDate>,
) -> Result<(), SaveError> {
    project.save_reading()?;
    // If a body has changed meanwhile, pages may show either version.
    if !bodies.are_as_loaded() {
        return Ok(());
    }
    if pages.iter().any(|page| page.is_new) {
        let published = pages
            .iter()
            .filter_map(|page| Some((page.address.as_str(), page.fingerprint, page.files.as_deref()?)));
        state.save_pages(&published.collect::<Vec<_>>())?;
    }
    up_to_date.map_or(Ok(()), |note| state.save_up_to_date(note))
}

/// Stages the files beside the content; returns the xxh3-128 of each.
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
            // Names that cannot be addresses are reported when they are loaded.
            (Err(_), _) => None,
        };
    project.site.assets.iter().map(&mut stage).collect()
}

/// Returns the output folder, relative to the site's root if it is inside. The same folder always gives the same
/// path, however the two are spelled.
fn as_seen_from(root: &Path, output: &Path) -> PathBuf {
    let resolved = |path: &Path| publish::resolve(path).unwrap_or_else(|_| path.to_owned());
    let output = resolved(output);
    output.strip_prefix(resolved(root)).map(Path::to_owned).unwrap_or(output)
}
