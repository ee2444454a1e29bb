//! Themes as layers of files and strings: what wins, what is missing, what a site has replaced.

use glasshouse::base::diagnostic::Message;
use glasshouse::base::source::FilePath;
use glasshouse::base::text::Lang;
use glasshouse::theme::{
    DEFAULT, OverrideStatus, Strings, Theme, ThemeFile, language_tags, mark, nearest_language, overrides,
    shipped, starter_files, starter_words, unused_templates,
};
use rust_decimal::Decimal;

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

#[test]
fn long_texts_are_cut() {
    let en = Lang::new("en");
    let mut strings = Strings::default();
    strings.add(&en, &"strings.ftl".into(), "asks = Hello { $name }!\n");
    let message = Message::new("asks").arg("name", "数".repeat(3000));
    assert_eq!(strings.message(&en, &message), format!("Hello {}…!", "数".repeat(1000)));
}

#[test]
fn a_site_overrides_and_falls_back() {
    let (zh, en) = (Lang::new("zh-CN"), Lang::new("en"));
    let mut strings = Strings::default();
    let file: FilePath = "strings.ftl".into();
    assert_eq!(strings.add(&zh, &file, "hello = 你好\nonly = 仅中文\n"), []);
    strings.add(&en, &file, "hello = Hello\n");
    strings.add(&en, &file, "hello = Welcome\n");
    assert_eq!(strings.text(&en, "hello"), "Welcome");
    assert_eq!(strings.text(&en, "only"), "仅中文");
    assert_eq!(strings.text(&en, "nothing"), "nothing");
    assert!(!strings.has(&en, "only"));
    strings.add(&en, &file, "asks = Hello { $name }\n");
    assert_eq!(strings.ids().collect::<Vec<_>>(), ["asks", "hello", "only"]);
    assert_eq!(strings.plain(&en, "only").as_deref(), Some("仅中文"));
    assert_eq!(strings.plain(&en, "asks"), None);
}

#[test]
fn numbers_are_grouped_and_plural() {
    let en = Lang::new("en");
    let mut strings = Strings::default();
    strings.add(
        &en,
        &"a.ftl".into(),
        "n = { $count-number ->\n    [one] { $count } report\n   *[other] { $count } reports\n }\n",
    );
    let message = |count: i64| Message::new("n").arg("count", Decimal::from(count));
    assert_eq!(strings.message(&en, &message(1)), "1 report");
    assert_eq!(strings.message(&en, &message(1234)), "1,234 reports");
}

#[test]
fn a_broken_file_is_reported_at_its_place() {
    let faults = Strings::default().add(&Lang::new("en"), &"bad.ftl".into(), "ok = fine\n= broken\n");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].code, "strings-syntax");
}

#[test]
fn readers_get_their_own_language_or_english() {
    let nearest = |tag: &str| nearest_language(&Lang::new(tag)).tag().to_owned();
    assert_eq!(
        ["zh-CN", "zh-Hant", "zh", "en", "en-GB", "bo", ""].map(nearest),
        ["zh-CN", "zh-CN", "zh-CN", "en", "en", "en", "en"]
    );
    assert_eq!(language_tags().first(), Some(&"zh-CN"));
}

#[test]
fn every_language_begins_a_site_with_the_same_files_and_words() {
    let main = Lang::new("zh-CN");
    let expected = starter_files(&main);
    assert!(expected.len() >= 8);
    for tag in language_tags() {
        let lang = Lang::new(tag);
        let files = starter_files(&lang);
        let has = |path: &str| files.iter().any(|(found, text)| *found == path && !text.is_empty());
        let missing: Vec<_> = expected.iter().filter(|(path, _)| !has(path)).collect();
        assert!(missing.is_empty(), "{tag} lacks {missing:?}");
        let (words, _) = starter_words(&lang);
        let (main_words, _) = starter_words(&main);
        let missing: Vec<_> = main_words.ids().filter(|id| !words.contains(id)).collect();
        assert!(missing.is_empty(), "{tag} lacks {missing:?}");
    }
}
