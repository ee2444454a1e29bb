//! Markdown files of the content folder, their front matter parsed into a data tree.

use std::path::Path;

use rayon::prelude::*;

use crate::base::data::{Entry, Faults, NodeKind};
use crate::base::diagnostic::{At, Diagnostic};
use crate::base::source::FilePath;
use crate::model::Body;

use super::file::text;
use super::fingerprint::Fingerprint;
use super::{front_matter, yaml};

/// A Markdown file with its front matter parsed.
pub(super) struct ContentFile {
    pub(super) file: FilePath,
    pub(super) fields: Vec<Entry>,
    pub(super) body: Body,
    pub(super) text: String,
    pub(super) fingerprint: Fingerprint,
}

impl ContentFile {
    /// The folder below the content: `zhejiang/wenzhou`; empty for the root.
    pub(super) fn folder(&self) -> &str {
        folder_of(&self.file)
    }

    /// The file's name without `.md`.
    pub(super) fn stem(&self) -> &str {
        let path = self.path();
        path.rsplit_once('/').map_or(path, |(_, name)| name)
    }

    /// The path below the content without `.md`: `zhejiang/wenzhou/2012`.
    pub(super) fn path(&self) -> &str {
        let path = below_content(&self.file);
        path.strip_suffix(".md").unwrap_or(path)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|entry| &*entry.key == key)
    }
}

/// The path of a file below the content folder.
pub(super) fn below_content(file: &str) -> &str {
    file.strip_prefix("content/").unwrap_or(file)
}

/// The folder of a content file, below the content.
pub(super) fn folder_of(file: &FilePath) -> &str {
    below_content(file).rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Reads files in parallel; what is wrong with them comes in their order.
pub(super) fn read_all(root: &Path, files: &[FilePath], faults: &mut Vec<Diagnostic>) -> Vec<ContentFile> {
    let each = |file| {
        let mut faults = Faults::new(file);
        (read(root, &mut faults), faults)
    };
    let read: Vec<_> = files.par_iter().map(each).collect();
    let kept = read.into_iter().filter_map(|(content, found)| {
        faults.extend(found.into_vec());
        content
    });
    kept.collect()
}

/// Reads the file that `faults` is about.
pub(super) fn read(root: &Path, faults: &mut Faults) -> Option<ContentFile> {
    parse(text(root, faults.file()), faults)
}

/// Parses a file's text: its front matter, and where its body begins. An error goes to `faults`.
pub(super) fn parse(text: Result<String, Box<Diagnostic>>, faults: &mut Faults) -> Option<ContentFile> {
    text.and_then(|text| parse_text(&text, faults)).map_err(|fault| faults.push(*fault)).ok()
}

fn parse_text(text: &str, faults: &mut Faults) -> Result<ContentFile, Box<Diagnostic>> {
    let file = faults.file().clone();
    let parts = front_matter::split(&file, text)?;
    let node = parts.front.map(|(front, offset)| yaml::parse(front, offset, faults)).transpose()?;
    let fields = match node.map(|node| (node.kind, node.span)) {
        None | Some((NodeKind::Null, _)) => Vec::new(),
        Some((NodeKind::Map(entries), _)) => entries,
        Some((_, span)) => {
            return Err(Box::new(Diagnostic::error("front-matter-not-mapping").at(&file, At::Span(span))));
        }
    };
    let offset = parts.body;
    let (front, text) = text.split_at_checked(offset).unwrap_or((text, ""));
    let body = Body { file: file.clone(), offset, is_empty: text.trim().is_empty() };
    let fingerprint = Fingerprint::of(front, text);
    Ok(ContentFile { file, fields, body, text: text.to_owned(), fingerprint })
}
