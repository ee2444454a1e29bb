//! Static files, published under names that change with their content, so that browsers may cache them
//! forever.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::base::artifact::SitePath;
use crate::base::diagnostic::{At, Diagnostic};

use super::layer::{Layers, Manifest};

/// The files that all styles, and all scripts, of a theme are joined into.
const BUNDLES: [&str; 2] = ["site.css", "site.js"];

/// A file published under `/static/`.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// Where it is published: `static/site.3f2a9c01.css`.
    pub path: SitePath,
    /// The content.
    pub bytes: Vec<u8>,
}

/// All static files, by name in the theme: `site.css`, `favicon.svg`.
#[derive(Debug, Default)]
pub struct StaticFiles(BTreeMap<Box<str>, StaticFile>);

impl StaticFiles {
    pub(super) fn new(layers: &Layers<'_>, manifest: &Manifest, faults: &mut Vec<Diagnostic>) -> Self {
        let files = layers.merged("static");
        let mut assets = Self::default();
        for (bundle, parts) in BUNDLES.iter().zip([&manifest.styles, &manifest.scripts]) {
            let mut joined = Vec::new();
            for part in parts {
                match files.get(&**part) {
                    Some((_, bytes)) => {
                        joined.extend_from_slice(bytes);
                        joined.push(b'\n');
                    }
                    None => faults.push(
                        Diagnostic::error("theme-file-missing")
                            .arg("path", format!("static/{part}"))
                            .at(&"theme.toml".into(), At::File),
                    ),
                }
            }
            assets.insert(bundle, joined, faults);
        }
        let bundled =
            |path: &str| manifest.styles.iter().chain(&manifest.scripts).any(|part| **part == *path);
        for (path, (_, bytes)) in &files {
            if !bundled(path) && !BUNDLES.contains(path) {
                assets.insert(path, bytes.to_vec(), faults);
            }
        }
        assets
    }

    fn insert(&mut self, name: &str, bytes: Vec<u8>, faults: &mut Vec<Diagnostic>) {
        match SitePath::new(&published(name, &bytes)) {
            Ok(path) => _ = self.0.insert(name.into(), StaticFile { path, bytes }),
            Err(error) => faults.push(
                Diagnostic::error("unusable-path")
                    .arg("path", error.path)
                    .arg("detail", error.reason)
                    .at(&format!("static/{name}").into(), At::File),
            ),
        }
    }

    /// Returns where a static file is published, relative to the portal: `static/site.3f2a9c01.css`.
    pub fn url(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|asset| asset.path.as_str())
    }

    /// Returns every file with its name in the theme.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &StaticFile)> {
        self.0.iter().map(|(name, asset)| (&**name, asset))
    }
}

fn published(name: &str, bytes: &[u8]) -> String {
    let hash = xxh3_64(bytes) as u32;
    match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => {
            format!("static/{stem}.{hash:08x}.{extension}")
        }
        _ => format!("static/{name}.{hash:08x}"),
    }
}
