//! The search index of a build: one a language, gathered while pages render.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::output::SitePath;
use crate::render::{PageKey, Renderer};
use crate::search::{Builder, Document, Options};
use crate::write::disk;

/// Indexes being built.
pub(super) struct Indexes {
    /// The folder of each in the portal, by language.
    languages: Vec<(String, Builder)>,
    /// The first thing that went wrong.
    fault: Mutex<Option<io::Error>>,
}

impl Indexes {
    /// Begins an index for every language that has a search. What does not fit in memory goes to files
    /// whose names begin as `scratch`; without it, all is kept in memory.
    pub(super) fn new(renderer: &Renderer<'_>, scratch: Option<&Path>) -> Self {
        let begin = |lang: u8| {
            let folder = renderer.search_folder(lang)?;
            let scratch = scratch.map(|scratch| {
                let mut name = scratch.as_os_str().to_owned();
                name.push(format!("-{lang}"));
                name.into()
            });
            Some((folder, Builder::new(Options { scratch, block: None })))
        };
        Self { languages: (0..u8::MAX).map_while(begin).collect(), fault: Mutex::default() }
    }

    /// Adds what search knows of a page. What goes wrong is told when the files are staged.
    pub(super) fn add(&self, key: &PageKey, document: &Document) {
        if let Some((_, builder)) = self.languages.get(usize::from(key.lang))
            && let Err(error) = builder.add(document)
        {
            self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    }

    /// Whether no language has a search.
    pub(super) fn is_empty(&self) -> bool {
        self.languages.is_empty()
    }

    /// Stages the files of all indexes, and returns them with the xxh3-128 of their bytes.
    pub(super) fn stage(self, publication: &disk::Publication) -> io::Result<Vec<(SitePath, u128)>> {
        let mut files = Vec::new();
        self.finish(&mut |path, bytes| {
            let hash = publication.stage(path.clone(), &bytes);
            files.push((path, hash));
        })?;
        Ok(files)
    }

    /// Builds all indexes and gives away their files.
    pub(super) fn finish(self, give: &mut dyn FnMut(SitePath, Vec<u8>)) -> io::Result<()> {
        let fault = self.fault.into_inner().unwrap_or_else(PoisonError::into_inner);
        fault.map_or(Ok(()), Err)?;
        for (folder, builder) in self.languages {
            builder.finish(&mut |path, bytes| {
                // The index names its files in letters, digits and hyphens.
                if let Ok(path) = SitePath::new(&format!("{folder}{path}")) {
                    give(path, bytes);
                }
            })?;
        }
        Ok(())
    }
}
