//! The search indexes of a build: one for each language, gathered while pages are rendered.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::base::artifact::SitePath;
use crate::plan::PageKey;
use crate::publish::ScratchFile;
use crate::render::Renderer;
use crate::search::{Document, IndexBuilder, IndexOptions, Keep, NewStorage};

/// Indexes under construction.
pub(super) struct Indexes {
    languages: Vec<Language>,
    /// The first error.
    fault: Mutex<Option<io::Error>>,
}

struct Language {
    /// The folder of its index in the portal.
    folder: String,
    builder: IndexBuilder,
}

/// The files of index snapshots, one for each language.
#[derive(Clone, Copy)]
pub(super) struct SnapshotFiles<'k> {
    /// What the paths begin with.
    pub(super) prefix: &'k Path,
    /// The fingerprint of what the indexes are made from.
    pub(super) name: u128,
}

impl Indexes {
    /// Starts an index for every language with a search. What does not fit in memory goes to files in
    /// `scratch`, if there is such a folder.
    pub(super) fn new(renderer: &Renderer<'_>, scratch: Option<&Path>) -> Self {
        let begin = |lang: u8| {
            let folder = renderer.search_folder(lang)?;
            let scratch = scratch.map(|scratch| scratch_files(file(&scratch.join("run"), usize::from(lang))));
            Some(Language { folder, builder: IndexBuilder::new(IndexOptions { scratch, block: None }) })
        };
        Self { languages: (0..u8::MAX).map_while(begin).collect(), fault: Mutex::default() }
    }

    /// Adds the document of a page. Errors are reported by [`Indexes::finish`].
    pub(super) fn add(&self, key: &PageKey, document: &Document) {
        if let Some(Language { builder, .. }) = self.languages.get(usize::from(key.lang))
            && let Err(error) = builder.add(document)
        {
            self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    }

    /// Takes over from the snapshot of a language the documents that `is_same` accepts by their
    /// addresses. Returns whether there is such a snapshot.
    pub(super) fn resume(
        &self,
        lang: u8,
        snapshots: SnapshotFiles<'_>,
        is_same: &dyn Fn(&str) -> bool,
    ) -> bool {
        let path = file(snapshots.prefix, usize::from(lang));
        let language = self.languages.get(usize::from(lang));
        language.is_some_and(|language| {
            language.builder.resume(Keep { path: &path, name: snapshots.name }, is_same)
        })
    }

    /// The number of languages that have a search: the first ones of the site.
    pub(super) fn languages(&self) -> u8 {
        self.languages.len() as u8
    }

    /// Builds all indexes and passes their files to `give`. Snapshots go to `keep`.
    pub(super) fn finish(
        self,
        keep: Option<SnapshotFiles<'_>>,
        give: &mut dyn FnMut(SitePath, Vec<u8>),
    ) -> io::Result<()> {
        let fault = self.fault.into_inner().unwrap_or_else(PoisonError::into_inner);
        fault.map_or(Ok(()), Err)?;
        for (lang, Language { folder, builder }) in self.languages.into_iter().enumerate() {
            let path = keep.map(|keep| file(keep.prefix, lang));
            let keep = keep.zip(path.as_deref()).map(|(keep, path)| Keep { path, name: keep.name });
            builder.finish(keep, &mut |path, bytes| {
                // The index names its files in letters, digits and hyphens.
                if let Ok(path) = SitePath::new(&format!("{folder}{path}")) {
                    give(path, bytes);
                }
            })?;
        }
        Ok(())
    }
}

/// Makes temporary files whose names begin with `prefix`.
fn scratch_files(prefix: PathBuf) -> Box<NewStorage> {
    Box::new(move |number| Ok(Box::new(ScratchFile::create(file(&prefix, number))?)))
}

/// Returns the snapshot file of a language.
pub(super) fn file(prefix: &Path, lang: usize) -> PathBuf {
    let mut path = prefix.as_os_str().to_owned();
    path.push(format!("-{lang}"));
    path.into()
}
