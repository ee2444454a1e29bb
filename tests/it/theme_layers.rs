//! Themes as layers of files: what wins, what is missing, what a site has replaced.

use glasshouse::base::text::Lang;
use glasshouse::theme::{
    DEFAULT, OverrideStatus, Theme, ThemeFile, language_tags, mark, overrides, shipped, unused_templates,
};

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

#[test]
fn copies_are_held_against_what_is_shipped() {
    let home = shipped("templates/home.html").unwrap();
    let marked = format!("{{# {} #}}", mark(home));
    let files = [
        file("templates/home.html", &marked),
        file("themes/mine/templates/form.html", "{# glasshouse-shipped: 0123456789abcdef #}"),
        file("themes/other/templates/form.html", "not in use"),
        file("templates/report.html", "mine"),
        file("templates/base.html", std::str::from_utf8(shipped("templates/base.html").unwrap()).unwrap()),
        file("static/css/site.css", "there to be replaced"),
        file("templates/own.html", "replaces nothing"),
    ];
    let found: Vec<(&str, OverrideStatus)> = overrides("mine", &files)
        .into_iter()
        .map(|found| match &*found.file {
            "templates/home.html" => ("home", found.status),
            "templates/report.html" => ("report", found.status),
            "themes/mine/templates/form.html" => ("form", found.status),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(
        found,
        [
            ("home", OverrideStatus::Unchanged),
            ("form", OverrideStatus::Changed),
            ("report", OverrideStatus::Unknown)
        ]
    );
}

#[test]
fn templates_that_nothing_uses_are_named() {
    let files = [
        file("templates/reprot.html", ""),
        file("templates/part.html", ""),
        file("templates/home.html", "{% include \"part.html\" %}"),
    ];
    let found = unused_templates("mine", &files);
    assert_eq!(found, [(&"templates/reprot.html".into(), Some("templates/report.html"))]);
}
