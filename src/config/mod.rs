//! The site's settings: `site.toml`, parsed and checked.
//!
//! Every fault is reported at its place, and the setting then has its default, so that a mistake in
//! the settings hides none in the content. Neither files nor the environment are read here.

mod base_url;
mod checks;
mod tree;

pub use base_url::{BaseUrl, BaseUrlError};
pub use checks::{CheckConfig, CheckLevel, FailOn, contains};

use std::ops::Range;

use serde_json::{Map, Value};

use crate::base::data::{Entry, Faults, Fields, NodeKind, localized, mark};
use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::base::text::{Lang, Localized};

/// The name of the settings file, in the site's folder.
pub const FILE_NAME: &str = "site.toml";

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// The portal's name.
    pub title: Localized,
    /// A sentence about it, for search engines and feeds; may be empty.
    pub description: Localized,
    /// The address it is published at.
    pub base_url: BaseUrl,
    /// The languages it is published in; the first is the main one. Never empty.
    pub languages: Vec<Lang>,
    /// A folder in the site's `themes/`; `None` for the built-in theme alone.
    pub theme: Option<Box<str>>,
    /// The folder to publish to: absolute, or relative to the site's folder.
    pub output: Box<str>,
    /// Whether the portal has a search.
    pub search: bool,
    /// Whether drafts are published.
    pub drafts: bool,
    /// The levels of agencies, highest first.
    pub levels: Vec<Level>,
    /// The web address of the site's git repository, for links to a file's history.
    pub repository: Option<Box<str>>,
    /// The licence of the data.
    pub license: Option<License>,
    /// Which checks report, and how severely.
    pub check: CheckConfig,
    /// Anything for the site's own templates.
    pub extra: Map<String, Value>,
}

/// A level of agencies: `county-department`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The id by which agencies name it.
    pub id: Box<str>,
    /// The name that readers see.
    pub name: Localized,
}

/// The licence of the published data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct License {
    /// Its name.
    pub name: Localized,
    /// Its text.
    pub url: Option<Box<str>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: Localized::default(),
            description: Localized::default(),
            base_url: BaseUrl::default(),
            languages: vec![Lang::new("zh-CN")],
            theme: None,
            output: "public".into(),
            search: true,
            drafts: false,
            levels: Vec::new(),
            repository: None,
            license: None,
            check: CheckConfig::default(),
            extra: Map::new(),
        }
    }
}

impl Config {
    /// Parses `site.toml`. `checks` are the names of the checks that can be configured.
    pub fn parse(file: &FilePath, text: &str, checks: &[&str]) -> (Self, Vec<Diagnostic>) {
        let mut faults = Faults::new(file);
        let tree = tree::parse(text, &mut faults);
        let is_broken = !faults.is_empty();
        let mut fields = Fields::new(&tree.root, &mut faults);
        let defaults = Self::default();
        let config = Self {
            title: title(&mut fields, is_broken),
            description: fields.localized("description").unwrap_or_default(),
            base_url: base_url(&mut fields),
            languages: languages(&mut fields).unwrap_or(defaults.languages),
            theme: theme(&mut fields),
            output: output(&mut fields).unwrap_or(defaults.output),
            search: switch(&mut fields, "search").unwrap_or(defaults.search),
            drafts: switch(&mut fields, "drafts").unwrap_or(defaults.drafts),
            levels: levels(&mut fields),
            repository: web_address(&mut fields, "repository"),
            license: license(&mut fields),
            check: match fields.map("check") {
                Some(entries) => checks::read(fields.nested(entries), checks),
                None => defaults.check,
            },
            extra: match fields.map("extra") {
                Some(_) => tree.extra,
                None => defaults.extra,
            },
        };
        fields.finish();
        (config, faults.into_vec())
    }

    /// Returns the language that pages are in unless they say otherwise.
    pub fn main_language(&self) -> &Lang {
        &self.languages[0]
    }

    /// Returns the level of an id with its rank, from 0 for the highest.
    pub fn level(&self, id: &str) -> Option<(usize, &Level)> {
        self.levels.iter().enumerate().find(|(_, level)| &*level.id == id)
    }
}

fn fault(fields: &mut Fields<'_, '_>, code: &'static str, found: &str, span: Range<usize>) {
    fields.faults.add(Diagnostic::error(code).arg("found", found), span);
}

/// A missing title is not reported in a file that is broken: it may be in the broken part.
fn title(fields: &mut Fields<'_, '_>, is_broken: bool) -> Localized {
    let entry = fields.entry("title");
    let before = fields.faults.len();
    let title = fields.localized("title");
    match title {
        Some(title) if title.iter().any(|(_, text)| !text.trim().is_empty()) => return title,
        None if is_broken || fields.faults.len() > before => {}
        _ => {
            let fault = Diagnostic::error("missing-key").arg("key", "title");
            let at = entry.map_or(At::File, |entry| At::Span(mark(entry)));
            fields.faults.add(fault.help(Message::new("help-site-title")), at);
        }
    }
    Localized::default()
}

fn base_url(fields: &mut Fields<'_, '_>) -> BaseUrl {
    let entry = fields.entry("base_url");
    let Some(text) = fields.text("base_url") else { return BaseUrl::default() };
    match (BaseUrl::parse(text), entry) {
        (Ok(url), _) => url,
        (Err(error), entry) => {
            let at = entry.map_or(At::File, |entry| At::Span(mark(entry)));
            let fault = Diagnostic::error("bad-base-url").arg("found", text).arg("reason", error.name());
            fields.faults.add(fault.help(Message::new("help-base-url")), at);
            BaseUrl::default()
        }
    }
}

fn languages(fields: &mut Fields<'_, '_>) -> Option<Vec<Lang>> {
    let entry = fields.entry("languages")?;
    let before = fields.faults.len();
    fields.texts("languages");
    if fields.faults.len() > before {
        return None;
    }
    let items = entry.value.items().unwrap_or(std::slice::from_ref(&entry.value));
    let mut languages: Vec<Lang> = Vec::new();
    for item in items {
        let tag = item.scalar().unwrap_or("");
        if !is_language_tag(tag) {
            fault(fields, "bad-language", tag, item.span.clone());
        } else if languages.iter().any(|known| known.tag().eq_ignore_ascii_case(tag)) {
            fault(fields, "repeated-language", tag, item.span.clone());
        } else {
            languages.push(Lang::new(tag));
        }
    }
    if items.is_empty() {
        fault(fields, "no-language", "[]", mark(entry));
    }
    (!languages.is_empty()).then_some(languages)
}

fn theme(fields: &mut Fields<'_, '_>) -> Option<Box<str>> {
    let entry = fields.entry("theme")?;
    let name = fields.text("theme")?;
    if is_folder_name(name) {
        return Some(name.into());
    }
    fault(fields, "bad-theme-name", name, mark(entry));
    None
}

fn output(fields: &mut Fields<'_, '_>) -> Option<Box<str>> {
    let entry = fields.entry("output")?;
    let path = fields.text("output")?;
    if !path.trim().is_empty() && !path.chars().any(char::is_control) {
        return Some(path.into());
    }
    fault(fields, "bad-output", path, mark(entry));
    None
}

/// `true` and `false`, or `"on"` and `"off"`.
fn switch(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<bool> {
    let entry = fields.entry(key)?;
    match entry.value.scalar() {
        Some("on" | "true") => Some(true),
        Some("off" | "false") => Some(false),
        _ => {
            fields.faults.wrong_type(entry, "flag");
            None
        }
    }
}

fn levels(fields: &mut Fields<'_, '_>) -> Vec<Level> {
    let entries = fields.map("levels").unwrap_or_default();
    let mut levels = Vec::with_capacity(entries.len());
    for entry in entries {
        match localized(&entry.value) {
            Some(name) => levels.push(Level { id: entry.key.clone(), name }),
            None => fields.faults.wrong_type(entry, "localized"),
        }
    }
    levels
}

fn license(fields: &mut Fields<'_, '_>) -> Option<License> {
    let entry = fields.entry("license")?;
    match &entry.value.kind {
        NodeKind::Scalar(name) => Some(License { name: Localized::plain(name), url: None }),
        NodeKind::Map(entries) => license_table(fields, entry, entries),
        _ => {
            fields.faults.wrong_type(entry, "mapping");
            None
        }
    }
}

fn license_table(outer: &mut Fields<'_, '_>, entry: &Entry, entries: &[Entry]) -> Option<License> {
    let mut fields = outer.nested(entries);
    let before = fields.faults.len();
    let name = fields.localized("name");
    let url = web_address(&mut fields, "url");
    if name.is_none() && fields.faults.len() == before {
        let fault = Diagnostic::error("missing-key").arg("key", "name");
        fields.faults.add(fault, entry.key_span.clone());
    }
    fields.finish();
    Some(License { name: name?, url })
}

fn web_address(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Box<str>> {
    let entry = fields.entry(key)?;
    let text = fields.text(key)?;
    let plain = text.split(['?', '#']).next().unwrap_or(text);
    if BaseUrl::parse(plain).is_ok_and(|url| url.origin().is_some())
        && !text.contains([' ', '"', '<', '>'])
        && !text.chars().any(char::is_control)
    {
        return Some(text.into());
    }
    let fault = Diagnostic::error("url-scheme").arg("found", text);
    fields.faults.add(fault.help(Message::new("help-url")), mark(entry));
    None
}

/// Whether a text has the shape of a BCP 47 tag: `zh-CN`, `en`, `zh-Hans-CN`.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or("");
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (2..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Whether a text names one folder, and not a way out of it.
fn is_folder_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.trim() == name
        && !name.contains(['/', '\\', ':', '\0'])
        && !name.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::is_language_tag;

    #[test]
    fn language_tags_have_a_shape() {
        for good in ["en", "zh-CN", "zh-Hans-CN", "yue", "es-419"] {
            assert!(is_language_tag(good), "{good}");
        }
        for bad in ["", "e", "zh_CN", "中文", "zh-", "en-", "english", "zh-CN-toolongtag"] {
            assert!(!is_language_tag(bad), "{bad}");
        }
    }
}
