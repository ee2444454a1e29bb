//! Pages on their way to the published folder: as they are there already, or made anew.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3Default;

use crate::base::artifact::{Artifact, SitePath};
use crate::base::diagnostic::Diagnostic;
use crate::publish::{self, disk};
use crate::render::{PageKey, Rendered, Renderer, TextFindings};

use super::kept::{KeptPage, KeptPages};
use super::run::BuildError;
use super::search::{self, Indexes, KeepIn};
use super::timing::timed;

/// So many parts of a large file are held at a time.
const PARTS_AT_ONCE: usize = 64;

/// A page that is staged.
pub(super) struct Page {
    /// What tells it from all others.
    pub(super) address: String,
    /// The fingerprint of all it depends on.
    pub(super) fingerprint: u128,
    /// Its files; nothing where there is something to be said about it each time.
    pub(super) files: Option<Vec<(SitePath, u128)>>,
    /// Whether it was made now.
    pub(super) is_new: bool,
    pub(super) faults: Vec<Diagnostic>,
    /// The template it was made with, and how long that took.
    pub(super) made: Option<(Option<&'static str>, Duration)>,
}

/// What pages are staged with.
pub(super) struct Stage<'s> {
    pub(super) renderer: &'s Renderer<'s>,
    pub(super) publication: Option<&'s disk::Publication>,
    pub(super) known: &'s KeptPages,
    pub(super) indexes: Indexes,
}

impl Stage<'_> {
    /// Stages every page of the plan: as it is published, where it is known to be right, else made
    /// anew.
    pub(super) fn pages(&self, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<Page> {
        let plan = self.renderer.plan();
        let done = AtomicUsize::new(0);
        let make = |key: &PageKey| {
            let page = self.page(key);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, plan.len());
            page
        };
        let waits = Renderer::tells_of_texts;
        let pages = plan.par_iter().map(|key| (!waits(key)).then(|| make(key)));
        let pages: Vec<Option<Page>> = pages.collect();
        self.renderer.texts(|| {
            // A page that is kept has nothing wrong with it.
            let made = plan.iter().zip(&pages).filter_map(|(key, page)| Some((*key, page.as_ref()?)));
            TextFindings::new(
                made.flat_map(|(key, page)| page.faults.iter().map(move |fault| (key, fault.clone()))),
            )
        });
        plan.iter().zip(pages).map(|(key, page)| page.unwrap_or_else(|| make(key))).collect()
    }

    fn page(&self, key: &PageKey) -> Page {
        let address = self.renderer.address(key);
        let fingerprint = self.renderer.fingerprint(key);
        let mut page =
            Page { address, fingerprint, files: None, is_new: true, faults: Vec::new(), made: None };
        let is_right = |page: &&KeptPage| page.fingerprint == fingerprint;
        if let Some(publication) = self.publication {
            if let Some(known) = self.known.get(&*page.address).filter(is_right)
                && publication.keep(&known.files)
            {
                return Page { files: Some(known.files.clone()), is_new: false, ..page };
            }
            let (file, time) = timed(|| stage_parts(self.renderer, key, publication));
            if let Some(file) = file {
                return Page { files: Some(vec![file]), made: Some((None, time)), ..page };
            }
        }
        let (rendered, time) = timed(|| self.renderer.render(key));
        let Rendered { artifacts, document, template, faults } = rendered;
        page.faults = faults;
        page.made = Some((template, time));
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
pub(super) const INDEX: &str = "search index";

/// Stages the search index: as it is published, where every page is what it was; else made anew of the
/// documents of pages that were made now, which are in it already, and of those that were kept.
/// Nothing without search. `kept` begins the names of files in which indexes are kept.
pub(super) fn stage_index(
    stage: Stage<'_>,
    publication: &disk::Publication,
    pages: &[Page],
    kept: &Path,
) -> Result<Option<Page>, BuildError> {
    let Stage { renderer, known, indexes, .. } = stage;
    if indexes.languages() == 0 {
        return Ok(None);
    }
    let fingerprint = fingerprint(pages);
    let page = |files, is_new| Page {
        address: INDEX.into(),
        fingerprint,
        files: Some(files),
        is_new,
        faults: Vec::new(),
        made: None,
    };
    let before = known.get(INDEX);
    if let Some(index) = before.filter(|index| index.fingerprint == fingerprint)
        && publication.keep(&index.files)
    {
        return Ok(Some(page(index.files.clone(), false)));
    }
    for lang in 0..indexes.languages() {
        let same = || {
            let pages = renderer.plan().iter().zip(pages);
            pages.filter(|(key, page)| key.lang == lang && !page.is_new).map(|(key, _)| key)
        };
        let resumed = before.filter(|_| same().next().is_some()).is_some_and(|index| {
            let same_paths: FxHashSet<String> = same().map(|key| renderer.path(key)).collect();
            let kept = KeepIn { prefix: kept, name: index.fingerprint };
            indexes.resume(lang, kept, &|path| same_paths.contains(path))
        });
        if !resumed {
            same().collect::<Vec<_>>().into_par_iter().for_each(|key| {
                renderer.document(key).iter().for_each(|document| indexes.add(key, document));
            });
        }
    }
    let ready = publication.scratch().join("kept");
    let languages = usize::from(indexes.languages());
    let mut files = Vec::new();
    let keep = KeepIn { prefix: &ready, name: fingerprint };
    indexes
        .finish(Some(keep), &mut |path, bytes| {
            let hash = publication.stage(path.clone(), &bytes);
            files.push((path, hash));
        })
        .map_err(BuildError::Index)?;
    for lang in 0..languages {
        // Losing it costs the next build time, and nothing else.
        let _ = publish::keep_file(&search::file(&ready, lang), &search::file(kept, lang));
    }
    Ok(Some(page(files, true)))
}

/// The fingerprint of all that the search index is made of.
fn fingerprint(pages: &[Page]) -> u128 {
    let mut hash = Xxh3Default::new();
    for page in pages {
        hash.update(page.address.as_bytes());
        hash.update(&page.fingerprint.to_le_bytes());
    }
    hash.digest128()
}

/// Stages a file that comes in parts; some are made at a time, in parallel, and written in order.
fn stage_parts(
    renderer: &Renderer<'_>,
    key: &PageKey,
    publication: &disk::Publication,
) -> Option<(SitePath, u128)> {
    let (path, count) = renderer.parts(key)?;
    let path = SitePath::new(path).ok()?;
    let batches = (0..count).step_by(PARTS_AT_ONCE).map(|start| start..(start + PARTS_AT_ONCE).min(count));
    let parts = batches
        .flat_map(|batch| batch.into_par_iter().map(|at| renderer.part(key, at)).collect::<Vec<Vec<u8>>>());
    let hash = publication.stage_parts(path.clone(), parts);
    Some((path, hash))
}
