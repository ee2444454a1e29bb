//! Reads files of a site: their bytes, their texts, the bodies behind their front matter.

use std::path::Path;

use crate::base::diagnostic::{At, Diagnostic};
use crate::base::source::{FilePath, Source, Stamp};
use crate::form;
use crate::model::Body;

use super::{front_matter, walk};

/// The largest file that is read, in bytes.
const MAX_SIZE: u64 = 64 << 20;

/// The stamp of a file of the site; `None` where it cannot be looked up.
pub(super) fn stamp(root: &Path, file: &FilePath) -> Option<Stamp> {
    root.join(&**file).metadata().ok().map(|metadata| Stamp::of(&metadata))
}

/// The text of a file of the site, without byte order mark.
pub fn text(root: &Path, file: &FilePath) -> Result<String, Box<Diagnostic>> {
    front_matter::decode(file, bytes(root, file)?)
}

/// The bytes of a file of the site.
#[expect(clippy::disallowed_methods, reason = "files are read here")]
pub fn bytes(root: &Path, file: &FilePath) -> Result<Vec<u8>, Box<Diagnostic>> {
    let path = root.join(&**file);
    let unreadable = |error: std::io::Error| {
        Box::new(Diagnostic::error("unreadable").arg("detail", error.to_string()).at(file, At::File))
    };
    let size = path.metadata().map_err(unreadable)?.len();
    if size > MAX_SIZE {
        return Err(Box::new(
            Diagnostic::error("file-too-large").arg("limit", MAX_SIZE.to_string()).at(file, At::File),
        ));
    }
    std::fs::read(&path).map_err(unreadable)
}

/// A file of the site with its lines, for showing diagnostics. Built-in forms are found too.
pub fn source(root: &Path, file: &FilePath) -> Result<Source, Box<Diagnostic>> {
    if let Some(builtin) = form::EMBEDDED.files().find(|builtin| *builtin.name == **file) {
        return Ok(Source::new(file.clone(), builtin.text.to_owned()));
    }
    Ok(Source::new(file.clone(), text(root, file)?))
}

/// The text behind a file's front matter.
pub fn body(root: &Path, body: &Body) -> Result<String, Box<Diagnostic>> {
    let mut text = text(root, &body.file)?;
    // A file that was edited since may be shorter, or cut inside a character.
    let start = if text.is_char_boundary(body.offset) { body.offset } else { text.len() };
    text.drain(..start);
    Ok(text)
}

/// The text behind a file's front matter as it is now, wherever it began when the file was loaded.
pub fn body_as_it_is(root: &Path, body: &Body) -> Result<String, Box<Diagnostic>> {
    let mut text = text(root, &body.file)?;
    let start = front_matter::split(&body.file, &text)?.body;
    text.drain(..start);
    Ok(text)
}

/// Every file below a folder of the site, with its bytes; none where the folder is missing.
pub fn folder(root: &Path, folder: &str, faults: &mut Vec<Diagnostic>) -> Vec<(FilePath, Vec<u8>)> {
    let files = walk::files(root, folder, faults);
    let read = files.into_iter().filter_map(|file| match bytes(root, &file) {
        Ok(bytes) => Some((file, bytes)),
        Err(fault) => {
            faults.push(*fault);
            None
        }
    });
    read.collect()
}
