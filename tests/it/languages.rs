//! Texts of one language on pages of another, and languages that the theme does not come with.

use crate::site::Site;

const SETTINGS: &str = "title = {zh = \"年报\", en = \"Reports\"}\nlanguages = [\"zh-CN\", \"en\"]\nbase_url = \"https://example.org/\"\n";

#[track_caller]
fn page(site: &Site, path: &str) -> String {
    site.read(&format!("public/{path}index.html")).unwrap_or_else(|| panic!("there is no page {path}"))
}

#[track_caller]
fn holds(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

#[test]
fn what_a_report_says_keeps_its_language() {
    let report = "---
title: 某局年报
form: zj-2012
source: {title: 某局2012年年报, issuer: 某局, number: '2013-4'}
statistics:
  proactive_total: 289
  proactive_web: 298
  enquiries: {value: 680余, note: 见正文}
  budget: 5
accept:
- {check: part-exceeds-whole, why: 原文如此}
revisions:
- {date: 2014-03-01, why: 录入错误, changes: {budget: {from: 5, to: 6}}}
---
## 甲

## 乙

## 丙

经费{{ figure(\"budget\") }}，网站{{ figure(\"proactive_web\") }}。

{{ chart(\"proactive_items\") }}

| 一 |
|---|
| 二 |
";
    let site = Site::new()
        .file("site.toml", SETTINGS)
        .file("content/county/office/2012.md", report)
        .report("content/county/office/2013.md", "proactive_total: 280");
    let site = site.file(
        "content/county/office/_index.md",
        "---\nkind: agency\nname: {zh: 某局, en: An office}\nother_names: [老局]\ncontact: 某路1号\n---\n",
    );
    site.run(&["build"]).ends(0);
    let english = page(&site, "en/county/office/2012/");
    holds(
        &english,
        &[
            "in the source: <span lang=\"zh-CN\">680余</span>",
            ": <span lang=\"zh-CN\">见正文</span>",
            "<dd><span lang=\"zh-CN\">某局2012年年报</span></dd>",
            "<dd>2013-4</dd>",
            "<span lang=\"zh-CN\">原文如此</span>",
            "<span lang=\"zh-CN\">录入错误</span>",
            "</a>: 5 → 6",
            "<ol lang=\"zh-CN\">\n<li class=\"level-3\"><a href=\"#甲\">",
            "<a class=\"figure\" href=\"#f-proactive_web\" lang=\"en\">298 items</a>",
            "<div lang=\"en\"><figure class=\"figure-chart\"",
            "aria-label=\"表格1\"",
            "This text is in its own language: <span lang=\"zh-CN\">中文</span>",
            "<meta name=\"description\" content=\"Report of An office for 2012 ",
            "<span lang=\"zh-CN\">某局</span>: <span lang=\"zh-CN\">某局2012年年报</span>. Reports, https://example.org/en/county/office/2012/</p>",
        ],
    );
    let chinese = page(&site, "county/office/2012/");
    assert_eq!(
        chinese.matches(" lang=\"").count(),
        2,
        "the page itself and the switch to English: {chinese}"
    );
    let agency = page(&site, "en/county/office/");
    holds(
        &agency,
        &[
            "<span lang=\"zh-CN\">老局</span>",
            "<span lang=\"zh-CN\">某路1号</span>",
            "<span lang=\"zh-CN\">某局年报</span></a>",
        ],
    );
    holds(&page(&site, "en/quality/"), &["<span lang=\"zh-CN\">原文如此</span>"]);
    holds(&page(&site, "en/quality/revisions/"), &["<span lang=\"zh-CN\">录入错误</span>"]);
}

#[test]
fn a_third_language_is_a_folder_of_strings() {
    let site = Site::new()
        .file("site.toml", "title = {zh = \"年报\", en = \"Reports\", fr = \"Rapports\"}\nlanguages = [\"zh-CN\", \"en\", \"fr\"]\n")
        .file("strings/fr/portal.ftl", "language-name = Français\nskip = Aller au contenu\nnav-years = Années\n")
        .file("content/county/_index.md", "---\nkind: region\nname: {zh: 某县, en: A county, fr: Un comté}\n---\n")
        .report("content/county/office/2012.md", "proactive_total: 289\nrequests_total:");
    let run = site.run(&["build"]).ends(0);
    assert!(run.all().contains("strings-untranslated") && run.all().contains("fr"), "{}", run.all());
    let checked = site.run(&["check"]);
    let note = |name: &str| checked.all().lines().any(|line| line.contains(name) && line.contains("fr"));
    assert!(checked.all().contains("name-untranslated") && note("某局"), "{}", checked.all());
    assert!(!note("某县"), "a name that is given in French is said not to be: {}", checked.all());

    let french = page(&site, "fr/county/office/2012/");
    holds(
        &french,
        &[
            "<html lang=\"fr\">",
            "Aller au contenu</a>",
            "href=\"/fr/years/\">Années</a>",
            "href=\"/fr/county/\">Un comté</a>",
            "lang=\"zh\">某局</a>",
            "<a href=\"/en/county/office/2012/\" lang=\"en\" hreflang=\"en\">English</a>",
        ],
    );
    holds(
        &page(&site, "county/office/2012/"),
        &["<a href=\"/fr/county/office/2012/\" lang=\"fr\" hreflang=\"fr\">Français</a>"],
    );
    for path in [
        "fr/",
        "fr/years/2012/",
        "fr/indicators/",
        "fr/forms/zj-2012/",
        "fr/quality/",
        "fr/data/",
        "fr/search/",
    ] {
        let html = page(&site, path);
        assert!(!html.contains("{$") && !html.contains(">nav-"), "{path} shows the name of a string");
    }
}
