//! `glasshouse doctor` and `init --theme`: a site's own theme, and what about it works otherwise than
//! its editors may think.

use serde_json::Value;

use crate::site::Site;

fn site() -> Site {
    Site::new().report("content/county/office/2012.md", "budget: 6")
}

/// What the doctor says: code, file with line, and help of each finding. A key that settings do not have
/// ends it with 2.
fn findings(site: &Site, code: i32) -> Vec<(String, String, String)> {
    let run = site.run(&["doctor", "--format", "json", "--fail-on", "never"]).ends(code);
    let said: Value = serde_json::from_str(&run.out).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let finding = |found: &Value| {
        let place = format!("{}:{}", text(&found["file"]), found["line"].as_u64().unwrap_or(0));
        (text(&found["code"]), place, found["help"].to_string())
    };
    said["diagnostics"].as_array().unwrap().iter().map(finding).collect()
}

/// The codes of what the doctor finds in a file.
fn codes(site: &Site, file: &str) -> Vec<String> {
    let of_file =
        |(code, place, _): (String, String, String)| place.starts_with(&format!("{file}:")).then_some(code);
    findings(site, 0).into_iter().filter_map(of_file).collect()
}

#[test]
fn a_sound_site_is_said_to_be_one() {
    let site = site();
    site.run(&["doctor"]).ends(0).says("Nothing found.");
    assert_eq!(findings(&site, 0), []);
}

#[test]
fn a_copied_file_is_known_to_be_as_shipped_until_one_of_both_changes() {
    const COPY: &str = "themes/county/templates/report.html";
    let site = site().file("site.toml", "title = \"年报\"\ntheme = \"county\"\n");
    site.run(&["init", ".", "--theme", "county", "--copy", "templates/report.html"]).ends(0).says("county");
    let copy = site.read(COPY).unwrap();
    assert!(copy.contains("{% extends \"base.html\" %}"), "{copy}");
    assert_eq!(codes(&site, COPY), ["doctor-override-unchanged"]);

    let (_, rest) = copy.split_once("glasshouse-shipped: ").unwrap();
    let mark = &rest[..16];
    site.write(COPY, copy.replace(mark, "0123456789abcdef").as_bytes());
    assert_eq!(codes(&site, COPY), ["doctor-override-changed"]);
    let (_, _, help) =
        findings(&site, 0).into_iter().find(|(code, ..)| code == "doctor-override-changed").unwrap();
    assert!(help.contains(mark), "the help does not give the new mark: {help}");

    site.write(COPY, b"<title>{{ page.title }}</title>");
    assert_eq!(codes(&site, COPY), ["doctor-override-unmarked"]);
}

#[test]
fn a_begun_theme_builds_and_shows() {
    let site = site().file("site.toml", "title = \"年报\"\ntheme = \"county\"\n");
    site.run(&["init", ".", "--theme", "county"]).ends(0);
    site.run(&["build"]).ends(0);
    let page = site.read("public/county/office/2012/index.html").unwrap();
    assert!(page.contains("id=\"f-budget\""), "the rest of the theme is gone");
    let base = site.read("themes/county/templates/base.html").unwrap();
    let (_, footer) = base.split_once("<p>").unwrap();
    let (footer, _) = footer.split_once("</p>").unwrap();
    assert!(page.contains(footer), "{footer}");

    site.run(&["init", ".", "--theme", "county"]).ends(2).says("themes/county/");
    site.run(&["init", ".", "--theme", "a/b"]).ends(2).says("a/b");
    site.run(&["init", ".", "--theme", "town", "--copy", "templates/no.html"])
        .ends(2)
        .says("templates/no.html");
    assert_eq!(site.read("themes/town/theme.toml"), None, "half a theme was written");
}

#[test]
fn what_nothing_uses_is_named_with_what_may_be_meant() {
    let site = site()
        .file("site.toml", "title = \"年报\"\nlanguages = [\"zh-CN\"]\nlicence = \"CC0\"\n")
        .file("templates/reprot.html", "x")
        .file("strings/zh-CN/own.ftl", "nav-yaers = 年度\nnav-years = 年度\n");
    let found = findings(&site, 2);
    for (code, place, meant) in [
        ("unknown-key", "site.toml:3", "license"),
        ("doctor-template-unused", "templates/reprot.html:0", "templates/report.html"),
        ("doctor-string-unused", "strings/zh-CN/own.ftl:1", "nav-years"),
    ] {
        let hit = found.iter().find(|(found, at, _)| found == code && at == place);
        let (_, _, help) = hit.unwrap_or_else(|| panic!("no {code} at {place}: {found:?}"));
        assert!(help.contains(meant), "{code} does not think of {meant}: {help}");
    }
    assert_eq!(found.iter().filter(|(code, ..)| code == "doctor-string-unused").count(), 1);
}

#[test]
fn content_that_no_way_leads_to_is_named() {
    let site = site()
        .file("content/lost.md", "---\ntitle: 没有链接\n---\n正文\n")
        .file("content/found.md", "---\ntitle: 有链接\n---\n正文\n")
        .file("content/about.md", "---\ntitle: 关于\n---\n见[这里](found.md)。\n")
        .file(
            "content/county/office/2014.md",
            "---\ntitle: 草稿\nform: zj-2012\ndraft: true\nstatistics: {budget: 6}\n---\n正文\n",
        );
    let found = findings(&site, 0);
    let of = |code: &str| {
        let of_code = found.iter().filter(|(found, ..)| found == code);
        of_code.map(|(_, place, _)| place.split_once(':').unwrap().0).collect::<Vec<_>>()
    };
    assert_eq!(of("doctor-unreached"), ["content/lost.md"]);
    assert_eq!(of("doctor-draft"), ["content/county/office/2014.md"]);
    site.run(&["doctor", "--fail-on", "warning"]).ends(1).says("content/lost.md");
}
