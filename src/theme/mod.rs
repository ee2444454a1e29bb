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

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> ThemeFile {
        ThemeFile { path: path.into(), bytes: text.as_bytes().to_vec() }
    }

    fn languages() -> Vec<Lang> {
        language_tags().into_iter().map(Lang::new).collect()
    }

    #[test]
    fn the_embedded_theme_has_no_fault() {
        let (theme, faults) = Theme::new(DEFAULT, &languages(), &[]);
        assert_eq!(faults, []);
        assert!(theme.templates.iter().any(|template| &*template.name == "default/report.html"));
        assert!(theme.assets.url("site.css").is_some());
        assert!(!theme.version.is_empty());
    }

    #[test]
    fn a_language_without_strings_is_found() {
        let languages = [Lang::new("zh-CN"), Lang::new("en"), Lang::new("bo")];
        let own = file("strings/bo/pages.ftl", "nav-home = གཙོ་ངོས།\n");
        let (theme, faults) = Theme::new(DEFAULT, &languages, &[own]);
        let [fault] = &*faults else { panic!("{faults:?}") };
        assert_eq!(fault.code, "strings-untranslated");
        assert_eq!(theme.strings.text(&languages[2], "nav-home"), "གཙོ་ངོས།");
        assert_eq!(theme.strings.text(&languages[2], "nav-years"), "年份", "never a blank");
    }

    #[test]
    fn layers_win_path_by_path() {
        let files = [
            file("templates/report.html", "site"),
            file("themes/mine/templates/home.html", "mine"),
            file("themes/other/templates/home.html", "other"),
            file("themes/default/templates/form.html", "edited"),
            file("strings/en/site.ftl", "nav-home = Start\n"),
        ];
        let (theme, faults) = Theme::new("mine", &languages(), &files);
        assert_eq!(faults, []);
        let names = |text: &str| -> Vec<&str> {
            theme.templates.iter().filter(|t| t.text == text).map(|t| &*t.name).collect()
        };
        assert_eq!(names("site"), ["report.html"]);
        assert_eq!(names("mine"), ["mine/home.html"]);
        assert_eq!(names("edited"), ["default/form.html"]);
        assert!(names("other").is_empty());
        assert_eq!(theme.prefixes, ["mine/".into(), "default/".into()]);
        assert_eq!(theme.strings.text(&Lang::new("en"), "nav-home"), "Start");
    }

    #[test]
    fn a_theme_that_is_not_there_is_named() {
        let (_, faults) = Theme::new("lost", &languages(), &[]);
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["unknown-theme"]);
    }

    #[test]
    fn a_changed_style_has_another_address() {
        let (plain, _) = Theme::new(DEFAULT, &languages(), &[]);
        let (own, _) = Theme::new(DEFAULT, &languages(), &[file("static/css/site.css", "body{color:red}")]);
        assert_ne!(plain.assets.url("site.css"), own.assets.url("site.css"));
        let published = own.assets.iter().find(|(name, _)| *name == "site.css").unwrap().1;
        assert!(String::from_utf8_lossy(&published.bytes).ends_with("body{color:red}\n"));
    }
}
