//! The theme: templates, styles, scripts and words; the embedded one, and a site's own above it.
//!
//! A theme is made of layers: what is embedded in the program, `themes/NAME` of the site, and the
//! site's own `templates/`, `static/` and `strings/`. A file of a higher layer replaces the file at the
//! same path in those below. The theme does no I/O: it is given the site's files.

mod language;
mod layer;
mod overrides;
mod static_files;
mod strings;

pub use language::{language_tags, nearest_language, starter_files, starter_words};
pub use layer::{DEFAULT, Template, ThemeFile};
pub use overrides::{Override, OverrideStatus, mark, overrides, shipped, unused_templates};
pub use static_files::{StaticFile, StaticFiles};
pub use strings::{Strings, message_ids as string_ids};

use std::sync::Arc;

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::text::Lang;

use layer::Layers;

/// How a site looks, and the words of its interface.
pub struct Theme {
    /// The name.
    pub name: Box<str>,
    /// The version in its `theme.toml`.
    pub version: Box<str>,
    /// The templates of all layers.
    pub templates: Vec<Template>,
    /// The prefixes of the layers below the site's own, the uppermost first: `mine/`, `default/`.
    pub prefixes: Vec<Box<str>>,
    /// The files published under `/static/`.
    pub assets: Arc<StaticFiles>,
    /// The words, per language.
    pub strings: Arc<Strings>,
}

impl Theme {
    /// Lays the site's files over the embedded theme. `files` may be anything below `themes/`,
    /// `templates/`, `static/` and `strings/`; themes other than `name` are ignored. Strings fall back to the
    /// first of `languages`.
    pub fn new(name: &str, languages: &[Lang], files: &[ThemeFile]) -> (Self, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let layers = Layers::new(name, files);
        if name != DEFAULT && !layers.has(name) {
            faults.push(
                Diagnostic::error("unknown-theme").arg("theme", name).at(&"site.toml".into(), At::File),
            );
        }
        let manifest = layers.manifest(&mut faults);
        let assets = StaticFiles::new(&layers, &manifest, &mut faults);
        let strings = read_strings(&layers, languages, &mut faults);
        let theme = Self {
            name: name.into(),
            version: manifest.version,
            templates: layers.templates(&mut faults),
            prefixes: layers.prefixes(),
            assets: Arc::new(assets),
            strings: Arc::new(strings),
        };
        (theme, faults)
    }

    /// Returns the embedded theme alone, in all languages of the program.
    pub fn embedded() -> Self {
        let languages: Vec<Lang> = language_tags().into_iter().map(Lang::new).collect();
        Self::new(DEFAULT, &languages, &[]).0
    }
}

/// Reads the strings of the site's languages, in their order, then those of all others.
fn read_strings(layers: &Layers<'_>, languages: &[Lang], faults: &mut Vec<Diagnostic>) -> Strings {
    let mut strings = Strings::default();
    let files = layers.strings(faults);
    let mut order: Vec<Lang> = languages.to_vec();
    for (tag, ..) in &files {
        let lang = Lang::new(tag);
        if !order.contains(&lang) {
            order.push(lang);
        }
    }
    for lang in &order {
        for (_, file, text) in files.iter().filter(|(tag, ..)| *tag == lang.tag()) {
            faults.extend(strings.add(lang, file, text));
        }
    }
    faults.extend(languages.iter().filter_map(|lang| untranslated(&strings, lang)));
    strings
}

/// Warns of a language of the site that lacks strings: they appear in another language instead.
fn untranslated(strings: &Strings, lang: &Lang) -> Option<Diagnostic> {
    /// The maximum number of ids that the warning names.
    const MAX_NAMED: usize = 5;
    let missing: Vec<&str> = strings.ids().filter(|id| !strings.has(lang, id)).collect();
    let named: Vec<&str> = missing.iter().copied().take(MAX_NAMED).collect();
    (!missing.is_empty()).then(|| {
        Diagnostic::warning("strings-untranslated")
            .arg("language", lang.tag())
            .arg("count", missing.len())
            .arg("ids", named.join(", "))
            .at(&"site.toml".into(), At::File)
            .help(Message::new("help-strings-untranslated").arg("language", lang.tag()))
    })
}
