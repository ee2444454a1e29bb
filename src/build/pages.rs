//! Stages pages for publication: renders those that have changed, and keeps the others as they are published.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3Default;

use crate::base::artifact::{Artifact, SitePath};
use crate::base::diagnostic::Diagnostic;
use crate::plan::PageKey;
use crate::publish::disk;
use crate::render::{Rendered, Renderer};
use crate::state::{BuildState, PageCache, PublishedFile, PublishedPage};
use crate::view::TextFindings;

use super::search::{self, Indexes, SnapshotFiles};
use super::timing::timed;

/// The number of parts of a large file that are held at a time.
const PARTS_AT_ONCE: usize = 64;

/// The address of the search index in the page cache; no page has it.
pub(super) const INDEX: &str = "search index";

/// A page that is staged.
pub(super) struct StagedPage {
    pub(super) address: String,
    /// The fingerprint of everything it depends on.
    pub(super) fingerprint: u128,
    /// `None` if it has faults: it is then made again each time, so that they are reported again.
    pub(super) files: Option<Vec<PublishedFile>>,
    /// Whether it was made by this build.
    pub(super) is_new: bool,
    pub(super) faults: Vec<Diagnostic>,
    /// The template it was made with, and how long that took.
    pub(super) made: Option<(Option<&'static str>, Duration)>,
}

/// Stages pages. Without a publication, they are rendered for their faults only.
pub(super) struct PageBuilder<'b> {
    pub(super) renderer: &'b Renderer<'b>,
    pub(super) publication: Option<&'b disk::Publication>,
    /// The pages that earlier builds have published.
    pub(super) published: &'b PageCache,
    pub(super) indexes: Indexes,
}

impl PageBuilder<'_> {
    /// Stages every page of the plan.
    pub(super) fn pages(&self, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<StagedPage> {
        let plan = self.renderer.plan();
        let done = AtomicUsize::new(0);
        let make = |key: &PageKey| {
            let page = self.page(key);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, plan.len());
            page
        };
        let waits = Renderer::lists_text_findings;
        let pages = plan.par_iter().map(|key| (!waits(key)).then(|| make(key)));
        let pages: Vec<Option<StagedPage>> = pages.collect();
        self.renderer.texts(|| {
            // A page that was kept has no faults.
            let made = plan.iter().zip(&pages).filter_map(|(key, page)| Some((*key, page.as_ref()?)));
            TextFindings::new(
                made.flat_map(|(key, page)| page.faults.iter().map(move |fault| (key, fault.clone()))),
            )
        });
        plan.iter().zip(pages).map(|(key, page)| page.unwrap_or_else(|| make(key))).collect()
    }

    fn page(&self, key: &PageKey) -> StagedPage {
        let address = self.renderer.address(key);
        let fingerprint = self.renderer.fingerprint(key);
        let mut page =
            StagedPage { address, fingerprint, files: None, is_new: true, faults: Vec::new(), made: None };
        let is_right = |page: &&PublishedPage| page.fingerprint == fingerprint;
        if let Some(publication) = self.publication {
            if let Some(published) = self.published.get(&*page.address).filter(is_right)
                && publication.keep(&published.files)
            {
                return StagedPage { files: Some(published.files.clone()), is_new: false, ..page };
            }
            let (file, time) = timed(|| stage_parts(self.renderer, key, publication));
            if let Some(file) = file {
                return StagedPage { files: Some(vec![file]), made: Some((None, time)), ..page };
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

/// Stages the search index; `None` for a site without search.
///
/// If no page has changed, the published index is kept. Otherwise a new one is built from the documents of new
/// pages, which were added when those were rendered, and of all other pages: from the snapshot of the last
/// index, or if there is none, by making these documents again.
pub(super) fn stage_index(
    builder: PageBuilder<'_>,
    publication: &disk::Publication,
    pages: &[StagedPage],
    state: &BuildState,
) -> io::Result<Option<StagedPage>> {
    let PageBuilder { renderer, published, indexes, .. } = builder;
    if indexes.languages() == 0 {
        return Ok(None);
    }
    let fingerprint = fingerprint(pages);
    let page = |files, is_new| StagedPage {
        address: INDEX.into(),
        fingerprint,
        files: Some(files),
        is_new,
        faults: Vec::new(),
        made: None,
    };
    let before = published.get(INDEX);
    if let Some(index) = before.filter(|index| index.fingerprint == fingerprint)
        && publication.keep(&index.files)
    {
        return Ok(Some(page(index.files.clone(), false)));
    }
    let snapshots = state.snapshots();
    for lang in 0..indexes.languages() {
        let same = || {
            let pages = renderer.plan().iter().zip(pages);
            pages.filter(|(key, page)| key.lang == lang && !page.is_new).map(|(key, _)| key)
        };
        let resumed = before.filter(|_| same().next().is_some()).is_some_and(|index| {
            let same_paths: FxHashSet<String> = same().map(|key| renderer.path(key)).collect();
            let files = SnapshotFiles { prefix: &snapshots, name: index.fingerprint };
            indexes.resume(lang, files, &|path| same_paths.contains(path))
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
    let keep = SnapshotFiles { prefix: &ready, name: fingerprint };
    indexes.finish(Some(keep), &mut |path, bytes| {
        let hash = publication.stage(path.clone(), &bytes);
        files.push((path, hash));
    })?;
    for lang in 0..languages {
        // Losing it costs the next build time, and nothing else.
        let _ = BuildState::take(&search::file(&ready, lang), &search::file(&snapshots, lang));
    }
    Ok(Some(page(files, true)))
}

/// Returns the fingerprint of everything the search index is made from.
fn fingerprint(pages: &[StagedPage]) -> u128 {
    let mut hash = Xxh3Default::new();
    for page in pages {
        hash.update(page.address.as_bytes());
        hash.update(&page.fingerprint.to_le_bytes());
    }
    hash.digest128()
}

/// Stages a file that comes in parts: a batch is made in parallel, and written in order.
fn stage_parts(
    renderer: &Renderer<'_>,
    key: &PageKey,
    publication: &disk::Publication,
) -> Option<PublishedFile> {
    let (path, count) = renderer.parts(key)?;
    let path = SitePath::new(path).ok()?;
    let batches = (0..count).step_by(PARTS_AT_ONCE).map(|start| start..(start + PARTS_AT_ONCE).min(count));
    let parts = batches
        .flat_map(|batch| batch.into_par_iter().map(|at| renderer.part(key, at)).collect::<Vec<Vec<u8>>>());
    let hash = publication.stage_parts(path.clone(), parts);
    Some((path, hash))
}
