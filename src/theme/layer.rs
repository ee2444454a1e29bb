//! The layers of a theme, and the files found in them.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::base::diagnostic::{At, Diagnostic};
use crate::base::source::FilePath;

/// The name of the embedded theme, and the prefix under which its templates stay reachable.
pub const DEFAULT: &str = "default";
/// The folder in a language's folder of the embedded theme that holds what a new site begins with. It is
/// no part of the theme.
pub(super) const STARTER: &str = "starter";

pub(super) static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A file of the site that belongs to its theme.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// Its path in the site's folder: `templates/report.html`, `themes/mine/static/logo.svg`.
    pub path: FilePath,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A template.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name: `report.html` for the site's own, `default/report.html` in a theme.
    pub name: Box<str>,
    /// The file it is in.
    pub file: FilePath,
    /// The text.
    pub text: String,
}

#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) version: Box<str>,
    /// The style sheets that make up `site.css`, in order.
    pub(super) styles: Vec<Box<str>>,
    /// The scripts that make up `site.js`, in order.
    pub(super) scripts: Vec<Box<str>>,
}

/// One layer: its prefix for templates, and its files by their path in the theme.
struct Layer<'a> {
    prefix: Box<str>,
    files: BTreeMap<&'a str, (FilePath, &'a [u8])>,
}

/// The layers, the lowest first; the last is the site's own.
pub(super) struct Layers<'a>(Vec<Layer<'a>>);

impl<'a> Layers<'a> {
    pub(super) fn new(name: &str, files: &'a [ThemeFile]) -> Self {
        let mut default = Layer { prefix: format!("{DEFAULT}/").into(), files: BTreeMap::new() };
        embedded(&EMBEDDED, &mut default.files);
        let mut own = Layer { prefix: "".into(), files: BTreeMap::new() };
        let mut named = Layer { prefix: format!("{name}/").into(), files: BTreeMap::new() };
        for file in files {
            let at_path = (file.path.clone(), file.bytes.as_slice());
            match file.path.strip_prefix("themes/").and_then(|rest| rest.split_once('/')) {
                Some((DEFAULT, path)) => _ = default.files.insert(path, at_path),
                Some((theme, path)) if theme == name => _ = named.files.insert(path, at_path),
                Some(_) => {}
                None => _ = own.files.insert(&file.path, at_path),
            }
        }
        let mut layers = vec![default];
        if !named.files.is_empty() {
            layers.push(named);
        }
        layers.push(own);
        Self(layers)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|layer| layer.prefix.strip_suffix('/') == Some(name))
    }

    /// Returns the prefixes of the named layers, the uppermost first.
    pub(super) fn prefixes(&self) -> Vec<Box<str>> {
        self.0.iter().rev().map(|layer| layer.prefix.clone()).filter(|prefix| !prefix.is_empty()).collect()
    }

    /// Returns the uppermost file at each path below `folder`, by the rest of the path.
    pub(super) fn merged(&self, folder: &str) -> BTreeMap<&'a str, (&FilePath, &'a [u8])> {
        let mut merged = BTreeMap::new();
        for layer in &self.0 {
            for (path, (file, bytes)) in &layer.files {
                if let Some(path) = below(path, folder) {
                    merged.insert(path, (file, *bytes));
                }
            }
        }
        merged
    }

    pub(super) fn templates(&self, faults: &mut Vec<Diagnostic>) -> Vec<Template> {
        let mut templates = Vec::new();
        for layer in &self.0 {
            for (path, (file, bytes)) in &layer.files {
                let Some(path) = below(path, "templates") else { continue };
                if let Some(text) = utf8(file, bytes, faults) {
                    let name = format!("{}{path}", layer.prefix).into();
                    templates.push(Template { name, file: file.clone(), text: text.to_owned() });
                }
            }
        }
        templates
    }

    /// Returns the string files as language, file and text, the lowest layer first.
    pub(super) fn strings(&self, faults: &mut Vec<Diagnostic>) -> Vec<(&'a str, &FilePath, &'a str)> {
        let mut found = Vec::new();
        for layer in &self.0 {
            for (path, (file, bytes)) in &layer.files {
                let name = below(path, "strings")
                    .filter(|path| Path::new(path).extension().is_some_and(|extension| extension == "ftl"));
                let Some((tag, _)) = name.and_then(|name| name.split_once('/')) else { continue };
                if let Some(text) = utf8(file, bytes, faults) {
                    found.push((tag, file, text));
                }
            }
        }
        found
    }

    /// Reads `theme.toml`; each key counts in the uppermost file that has it.
    pub(super) fn manifest(&self, faults: &mut Vec<Diagnostic>) -> Manifest {
        let mut manifest = Manifest::default();
        for layer in &self.0 {
            let Some((file, bytes)) = layer.files.get("theme.toml") else { continue };
            let Some(text) = utf8(file, bytes, faults) else { continue };
            match text.parse::<toml::Table>() {
                Ok(table) => read_manifest(&table, &mut manifest),
                Err(error) => faults.push(
                    Diagnostic::error("toml-syntax")
                        .arg("detail", error.message())
                        .at(file, error.span().map_or(At::File, At::Span)),
                ),
            }
        }
        manifest
    }
}

fn read_manifest(table: &toml::Table, manifest: &mut Manifest) {
    let list = |key: &str| -> Option<Vec<Box<str>>> {
        let items = table.get(key)?.as_array()?;
        Some(items.iter().filter_map(toml::Value::as_str).map(Into::into).collect())
    };
    if let Some(version) = table.get("version").and_then(toml::Value::as_str) {
        manifest.version = version.into();
    }
    if let Some(styles) = list("styles") {
        manifest.styles = styles;
    }
    if let Some(scripts) = list("scripts") {
        manifest.scripts = scripts;
    }
}

/// Decodes a text file; reports one that is not UTF-8.
fn utf8<'a>(file: &FilePath, bytes: &'a [u8], faults: &mut Vec<Diagnostic>) -> Option<&'a str> {
    let text = std::str::from_utf8(bytes).ok();
    if text.is_none() {
        faults.push(Diagnostic::error("theme-not-utf8").at(file, At::File));
    }
    text.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Returns the rest of a path below a folder.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

fn embedded<'a>(dir: &'a Dir<'a>, files: &mut BTreeMap<&'a str, (FilePath, &'a [u8])>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path, (format!("themes/{DEFAULT}/{path}").into(), file.contents()));
        }
    }
    for inner in dir.dirs().filter(|inner| !inner.path().ends_with(STARTER)) {
        embedded(inner, files);
    }
}
