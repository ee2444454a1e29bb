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
    /// whose names begin as `scratch`.
    pub(super) fn new(renderer: &Renderer<'_>, scratch: &Path) -> Self {
        let begin = |lang: u8| {
            let folder = renderer.search_folder(lang)?;
            let mut name = scratch.as_os_str().to_owned();
            name.push(format!("-{lang}"));
            Some((folder, Builder::new(Options { scratch: Some(name.into()), block: None })))
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

    /// Stages the files of all indexes.
    pub(super) fn stage(self, publication: &disk::Publication) -> io::Result<()> {
        let fault = self.fault.into_inner().unwrap_or_else(PoisonError::into_inner);
        fault.map_or(Ok(()), Err)?;
        for (folder, builder) in self.languages {
            builder.finish(&mut |path, bytes| {
                // The index names its files in letters, digits and hyphens.
                if let Ok(path) = SitePath::new(&format!("{folder}{path}")) {
                    publication.stage(path, &bytes);
                }
            })?;
        }
        Ok(())
    }
}
