//! The search index of a build: one a language, gathered while pages render.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::base::artifact::SitePath;
use crate::publish::ScratchFile;
use crate::render::{PageKey, Renderer};
use crate::search::{Document, IndexBuilder, IndexOptions, Keep, NewStorage};

/// Indexes being built.
pub(super) struct Indexes {
    languages: Vec<Language>,
    /// The first thing that went wrong.
    fault: Mutex<Option<io::Error>>,
}

/// The index of a language.
struct Language {
    /// Its folder in the portal.
    folder: String,
    builder: IndexBuilder,
}

/// Where indexes keep what they are made of, a file a language.
#[derive(Clone, Copy)]
pub(super) struct KeepIn<'k> {
    /// How their names begin.
    pub(super) prefix: &'k Path,
    /// What tells these indexes from others.
    pub(super) name: u128,
}

impl Indexes {
    /// Begins an index for every language that has a search. What does not fit in memory goes to files
    /// in `scratch`; without it, all is kept in memory.
    pub(super) fn new(renderer: &Renderer<'_>, scratch: Option<&Path>) -> Self {
        let begin = |lang: u8| {
            let folder = renderer.search_folder(lang)?;
            let scratch = scratch.map(|scratch| scratch_files(file(&scratch.join("run"), usize::from(lang))));
            Some(Language { folder, builder: IndexBuilder::new(IndexOptions { scratch, block: None }) })
        };
        Self { languages: (0..u8::MAX).map_while(begin).collect(), fault: Mutex::default() }
    }

    /// Adds what search knows of a page. What goes wrong is told when the index is finished.
    pub(super) fn add(&self, key: &PageKey, document: &Document) {
        if let Some(Language { builder, .. }) = self.languages.get(usize::from(key.lang))
            && let Err(error) = builder.add(document)
        {
            self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    }

    /// Takes over from the index of a language that was kept what it knows of pages that
    /// `is_same` knows by their addresses. Says whether there was such an index.
    pub(super) fn resume(&self, lang: u8, kept: KeepIn<'_>, is_same: &dyn Fn(&str) -> bool) -> bool {
        let path = file(kept.prefix, usize::from(lang));
        let language = self.languages.get(usize::from(lang));
        language
            .is_some_and(|language| language.builder.resume(Keep { path: &path, name: kept.name }, is_same))
    }

    /// How many languages have a search: the first ones of the site.
    pub(super) fn languages(&self) -> u8 {
        self.languages.len() as u8
    }

    /// Builds all indexes and gives away their files. What they are made of goes to `keep`.
    pub(super) fn finish(
        self,
        keep: Option<KeepIn<'_>>,
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

/// The file in which the index of a language is kept.
pub(super) fn file(prefix: &Path, lang: usize) -> PathBuf {
    let mut path = prefix.as_os_str().to_owned();
    path.push(format!("-{lang}"));
    path.into()
}
