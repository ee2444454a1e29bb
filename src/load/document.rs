//! Markdown files with their front matter read.

use std::path::Path;

use rayon::prelude::*;

use crate::base::data::{Entry, Kind};
use crate::base::diagnostic::{At, Diagnostic};
use crate::base::source::FilePath;
use crate::model::Body;

use super::file::text;
use super::prints::Print;
use super::{split, yaml};

/// A Markdown file, its front matter read.
pub(super) struct Document {
    pub(super) file: FilePath,
    pub(super) fields: Vec<Entry>,
    pub(super) body: Body,
    /// The text of the body.
    pub(super) text: String,
    pub(super) print: Print,
}

impl Document {
    /// The folder below the content: `zhejiang/wenzhou`; empty for the root.
    pub(super) fn folder(&self) -> &str {
        folder_of(&self.file)
    }

    /// The file's name without `.md`.
    pub(super) fn stem(&self) -> &str {
        let path = self.path();
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        name.strip_suffix(".md").unwrap_or(name)
    }

    pub(super) fn path(&self) -> &str {
        self.file.strip_prefix("content/").unwrap_or(&self.file)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|entry| &*entry.key == key)
    }
}

/// The folder of a content file, below the content.
pub(super) fn folder_of(file: &FilePath) -> &str {
    let path = file.strip_prefix("content/").unwrap_or(file);
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

pub(super) fn collect(
    read: Vec<(Vec<Diagnostic>, Option<Document>)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let mut documents = Vec::new();
    for (faults, document) in read {
        diagnostics.extend(faults);
        documents.extend(document);
    }
    documents
}

pub(super) fn read_all(root: &Path, files: &[FilePath]) -> Vec<(Vec<Diagnostic>, Option<Document>)> {
    let each = |file| {
        let mut faults = Vec::new();
        let document = read(root, file, &mut faults);
        (faults, document)
    };
    files.par_iter().map(each).collect()
}

pub(super) fn read(root: &Path, file: &FilePath, faults: &mut Vec<Diagnostic>) -> Option<Document> {
    let parsed = text(root, file).and_then(|text| parse(file, &text, faults));
    parsed.map_err(|fault| faults.push(*fault)).ok()
}

/// Reads a file's text: its front matter, and where its body begins.
pub(super) fn parse(
    file: &FilePath,
    text: &str,
    faults: &mut Vec<Diagnostic>,
) -> Result<Document, Box<Diagnostic>> {
    let parts = split::split(file, text)?;
    let mut found = Vec::new();
    let node = parts.front.map(|(front, offset)| yaml::parse(file, front, offset, &mut found)).transpose();
    faults.extend(found);
    let fields = match node?.map(|node| (node.kind, node.span)) {
        None | Some((Kind::Null, _)) => Vec::new(),
        Some((Kind::Map(entries), _)) => entries,
        Some((_, span)) => {
            return Err(Box::new(Diagnostic::error("front-matter-not-mapping").at(file, At::Span(span))));
        }
    };
    let offset = parts.body;
    let (front, text) = text.split_at_checked(offset).unwrap_or((text, ""));
    let body = Body { file: file.clone(), offset, is_empty: text.trim().is_empty() };
    let print = Print::of(front, text);
    Ok(Document { file: file.clone(), fields, body, text: text.to_owned(), print })
}
