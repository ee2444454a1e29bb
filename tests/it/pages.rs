//! What readers get: pages, data files and addresses of small sites.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::site::Site;

const REPORT: &str = "county/office/2012/";

/// A report with a zero, a blank, a dash, an approximation, and most figures not transcribed.
fn site() -> Site {
    Site::new().file("site.toml", "title = {zh = \"年报\", en = \"Reports\"}\nlanguages = [\"zh-CN\", \"en\"]\nbase_url = \"https://example.org/portal/\"\n").report(
        "content/county/office/2012.md",
        "proactive_total: 289\nproactive_web: 298\npress_conferences: 0\nrequests_total:\ncomplaints: 无\nenquiries: 680余\nbudget: 59237.2449",
    )
}

/// The published page of a path, in HTML.
#[track_caller]
fn page(site: &Site, path: &str) -> String {
    site.read(&format!("public/{path}index.html")).unwrap_or_else(|| panic!("there is no page {path}"))
}

/// The row of a figure in a report's page, or its line among those folded away.
#[track_caller]
fn row<'h>(html: &'h str, code: &str) -> &'h str {
    let start = html.find(&format!("id=\"f-{code}\"")).unwrap_or_else(|| panic!("no figure {code}"));
    let row = &html[start..];
    &row[..row.find("</tr>").into_iter().chain(row.find("</li>")).min().unwrap()]
}

#[test]
fn each_state_of_a_figure_is_shown_in_its_own_words() {
    let site = site();
    site.run(&["build"]).ends(0);
    let html = page(&site, REPORT);
    for (code, shown, hidden) in [
        ("press_conferences", ">0<", "未"),
        ("requests_total", "未填报", ">0<"),
        ("complaints", "不适用", ">0<"),
        ("req_accepted", "未转录", ">0<"),
        ("enquiries", "至少680", "未"),
        ("enquiries", "680余", "未"),
        ("budget", "59,237.2449", "未"),
    ] {
        let row = row(&html, code);
        assert!(row.contains(shown), "{code} does not say {shown}: {row}");
        assert!(!row.contains(hidden), "{code} says {hidden}: {row}");
    }
}

#[test]
fn a_finding_stands_above_the_figures_and_beside_each() {
    let site = site();
    site.run(&["build"]).ends(0);
    let html = page(&site, REPORT);
    let finding = html.find("id=\"finding-1\"").expect("the finding");
    assert!(finding < html.find("id=\"f-proactive_total\"").unwrap(), "the finding comes after the table");
    let finding = &html[finding..];
    let finding = &finding[..finding.find("</li>").unwrap()];
    for code in ["proactive_web", "proactive_total"] {
        assert!(row(&html, code).contains("href=\"#finding-1\""), "{code} does not lead to the finding");
        assert!(finding.contains(&format!("href=\"#f-{code}\"")), "the finding does not lead to {code}");
    }
    assert!(finding.contains("298") && finding.contains("289"), "{finding}");
    assert!(!row(&html, "press_conferences").contains("#finding"), "a figure without a finding is marked");
}

#[test]
fn every_kind_of_page_is_there_in_each_language() {
    let site = site().file("content/about.md", "---\ntitle: {zh: 关于, en: About}\n---\n正文\n");
    site.run(&["build"]).ends(0);
    for prefix in ["", "en/"] {
        for path in [
            "",
            "county/",
            "county/office/",
            REPORT,
            "years/",
            "years/2012/",
            "indicators/",
            "indicators/proactive_items/",
            "forms/",
            "forms/zj-2012/",
            "glossary/",
            "quality/",
            "data/",
            "search/",
            "about/",
        ] {
            page(&site, &format!("{prefix}{path}"));
        }
        let missing = site.read(&format!("public/{prefix}404.html")).unwrap();
        assert_eq!(
            missing.contains("<section lang=\"en\">"),
            prefix.is_empty(),
            "hosts show the first to all"
        );
        assert!(site.read(&format!("public/{prefix}feed.xml")).is_some());
    }
    let english = page(&site, &format!("en/{REPORT}"));
    assert!(row(&english, "requests_total").contains("not reported"));
    assert!(english.contains("<html lang=\"en\">"));
    assert!(english.contains("href=\"/portal/county/office/2012/\""), "the switch leaves the page");
    let alternate =
        "<link rel=\"alternate\" hreflang=\"zh-CN\" href=\"https://example.org/portal/county/office/2012/\">";
    assert!(english.contains(alternate));
}

#[test]
fn every_link_and_anchor_leads_somewhere_and_titles_are_unique() {
    let site = site();
    site.run(&["build"]).ends(0);
    let files = published(&site);
    let mut titles: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (path, html) in pages(&files) {
        let (_, title) = html.split_once("<title>").unwrap();
        let (title, _) = title.split_once("</title>").unwrap();
        let language = if path.starts_with("en/") { "en" } else { "zh" };
        if let Some(other) = titles.insert((language, title), path) {
            panic!("{path} and {other} are both called {title}");
        }
        let ids: BTreeSet<&str> = attributes(html, "id").collect();
        assert_eq!(ids.len(), attributes(html, "id").count(), "{path} has an id twice");
        for link in attributes(html, "href").chain(attributes(html, "src")) {
            if let Some(id) = link.strip_prefix('#') {
                assert!(ids.contains(id), "{path}: {link} leads nowhere");
                continue;
            }
            let Some(inside) = link.strip_prefix("/portal/") else {
                assert!(link.starts_with("https://"), "{path}: {link} leaves the base path");
                continue;
            };
            let (target, anchor) = inside.split_once('#').unwrap_or((inside, ""));
            let file = if target.is_empty() || target.ends_with('/') {
                format!("{target}index.html")
            } else {
                target.to_owned()
            };
            let found = files.get(&file).unwrap_or_else(|| panic!("{path}: {link} leads nowhere"));
            assert!(
                anchor.is_empty() || found.contains(&format!("id=\"{anchor}\"")),
                "{path}: {link} has no such place"
            );
        }
    }
}

#[test]
fn the_data_files_hold_every_figure_with_its_state() {
    let site = site();
    site.run(&["build"]).ends(0);
    let report: Value =
        serde_json::from_str(&site.read(&format!("public/{REPORT}report.json")).unwrap()).unwrap();
    let figure = |code: &str| {
        let figures = report["figures"].as_array().unwrap();
        figures.iter().find(|figure| figure["indicator"] == code).unwrap().clone()
    };
    assert_eq!(figure("press_conferences")["value"], "0");
    assert_eq!(figure("budget")["value"], "59237.2449");
    assert_eq!(
        (&figure("requests_total")["value"], &figure("requests_total")["state"]),
        (&Value::Null, &"blank".into())
    );
    assert_eq!(figure("complaints")["state"], "not_applicable");
    assert_eq!(
        (&figure("enquiries")["value"], &figure("enquiries")["bound"]),
        (&"680".into(), &"at_least".into())
    );
    assert_eq!(report["figures"].as_array().unwrap().len(), 7);
    assert_eq!(report["not_transcribed"].as_array().unwrap().len(), 36);
    assert_eq!(report["findings"][0]["check"], "part-exceeds-whole");

    let csv = site.read("public/data/figures.csv").unwrap();
    let columns: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let cell = |code: &str, column: &str| {
        let line = csv.lines().find(|line| line.contains(&format!(",{code},"))).unwrap();
        let at = columns.iter().position(|name| *name == column).unwrap();
        line.split(',').nth(at).unwrap().to_owned()
    };
    assert_eq!(
        (cell("requests_total", "value"), cell("requests_total", "state")),
        (String::new(), "blank".into())
    );
    assert_eq!(
        (cell("press_conferences", "value"), cell("press_conferences", "state")),
        ("0".into(), "reported".into())
    );
    assert_eq!(cell("enquiries", "written"), "680余");
    assert_eq!(csv.lines().count(), 8);
    let package: Value = serde_json::from_str(&site.read("public/data/datapackage.json").unwrap()).unwrap();
    let described: Vec<&str> = package["resources"][0]["schema"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    assert_eq!(described, columns);
}

#[test]
fn an_alias_leads_to_its_page_and_a_taken_one_is_a_fault() {
    let agency = |alias: &str| format!("---\nkind: agency\nname: 某局\naliases: [{alias}]\n---\n");
    let site = site().file("content/county/office/_index.md", &agency("/old/place/"));
    site.run(&["build"]).ends(0);
    assert!(page(&site, "old/place/").contains("url=/portal/county/office/"));
    let site = site.file("content/county/office/_index.md", &agency("county"));
    site.run(&["build"]).ends(1).says("alias-unusable");
}

#[test]
fn links_between_content_files_become_addresses() {
    let report = "---\ntitle: 年报\nform: zj-2012\nstatistics:\n  budget: 6\n---\n见[本县](../_index.md)、[首页](/_index.md)、[年度](/years/2013/)，经费{{ figure(\"budget\") }}。\n";
    let site = site().file("content/_index.md", "首页\n").file("content/county/office/2013.md", report);
    site.run(&["build"]).ends(0);
    let html = page(&site, "county/office/2013/");
    for link in
        ["href=\"/portal/county/\">本县", "href=\"/portal/\">首页", "href=\"/portal/years/2013/\">年度"]
    {
        assert!(html.contains(link), "{link}");
    }
    assert!(html.contains("href=\"#f-budget\">6万元</a>"));
    let english = page(&site, "en/county/office/2013/");
    assert!(english.contains("href=\"/portal/en/county/\">本县"), "a link leaves the language");

    for (text, said) in [
        ("[无](../nowhere.md)", "nowhere"),
        ("{{ figure(\"no_such\") }}", "no_such"),
        ("{{ chart(\"no_such\") }}", "no_such"),
        ("{{ chart(\"requests_recieved\") }}", "requests_received"),
        ("{{ chart(\"requests_received\", agencies=\"county/offce\") }}", "county/office"),
        ("{{ chart(\"requests_received\", kind=\"pie\") }}", "multiples"),
        ("{{ chart(\"requests_received\") }} 件", "call-chart-inline"),
        ("{{ dance(\"x\") }}", "dance"),
    ] {
        site.write(
            "content/county/office/2014.md",
            format!("---\ntitle: 年报\nform: zj-2012\nstatistics:\n  budget: 6\n---\n\n{text}\n").as_bytes(),
        );
        // A link that leads nowhere is a warning.
        let run = site.run(&["build"]).ends(i32::from(text.starts_with('{')));
        assert!(run.all().contains("2014.md:8:"), "{text}: {}", run.all());
        assert!(run.all().contains(said), "{text}: {}", run.all());
    }
}

#[test]
fn every_page_counts_the_same_agencies_as_having_reported() {
    let report = |scope: &str, period: &str| {
        format!(
            "---\ntitle: 年报\nform: zj-2012\nscope: {scope}\nperiod: {period}\nstatistics: {{proactive_total: 289}}\n---\n正文\n"
        )
    };
    let mut site = Site::new();
    for name in ["own", "all", "both", "half", "none"] {
        let index = format!("---\nkind: agency\nname: {name}\n---\n");
        site = site.file(&format!("content/county/{name}/_index.md"), &index);
    }
    let site = site
        .file("content/county/own/2012.md", &report("own", "2012"))
        .file("content/county/all/2012.md", &report("consolidated", "2012"))
        .file("content/county/both/2012.md", &report("own", "2012"))
        .file("content/county/both/2012-all.md", &report("consolidated", "2012"))
        .file("content/county/half/2012-h1.md", &report("own", "2012-H1"));
    site.run(&["build"]).ends(0);
    // Six agencies, of which three have a report on the whole year; one more reported for half of it.
    let year = page(&site, "years/2012/");
    assert!(year.contains("6个单位中有3个有年报"), "the year");
    assert!(year.contains("6个单位中3个未见年报"), "the year's list of who is missing");
    assert!(year.contains("只有汇总报告"), "the ranking does not say why an agency is not in it");
    let region = page(&site, "county/");
    assert!(region.contains("<td class=\"num\">3/6</td>"), "the totals of the region");
    assert!(region.contains("6个单位中3个未见年报"), "the region's list of who is missing");
    assert_eq!(region.matches("<td class=\"has\">").count(), 3, "the region's table of coverage");
    assert!(page(&site, "").contains("6个单位中3个有年报"), "the home page's table of coverage");
    assert!(page(&site, "years/").contains("<td class=\"num\">3/6</td>"), "the table of years");
}

#[test]
fn corrections_have_a_feed_in_each_language() {
    let site = site().file(
        "content/county/office/2013.md",
        "---\ntitle: 年报\nform: zj-2012\nstatistics:\n  budget: 6\n  meetings: 4\nrevisions:\n\
         - {date: 2014-03-01, why: '录入<错误>', changes: {budget: {from: 5, to: 6}}}\n\
         - {date: 2014-05-02, why: 漏录, changes: {meetings: {from: ~, to: 4}}}\n\
         - {date: 2014-05-02, why: 又漏录, changes: {meetings: {from: 4, to: 4}}}\n---\n正文\n",
    );
    site.run(&["build"]).ends(0);
    for (prefix, label, blank) in [("", "某局", "未填报 → 4"), ("en/", "An office", "not reported → 4")]
    {
        let feed = site.read(&format!("public/{prefix}quality/revisions/feed.xml")).unwrap();
        let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
        assert_eq!(entries.len(), 3, "{feed}");
        assert!(feed.split_once("<entry>").unwrap().0.contains("<updated>2014-05-02T00:00:00Z</updated>"));
        assert!(
            entries[0].contains("2014-05-02") && entries[2].contains("2014-03-01"),
            "not the newest first"
        );
        assert!(entries[2].contains("录入&lt;错误&gt;") && entries[2].contains("5 → 6"), "{}", entries[2]);
        assert!(feed.contains(blank), "a figure that was missing is not said to have been nothing: {feed}");
        assert!(entries[0].contains(label), "{}", entries[0]);
        let address = format!("https://example.org/portal/{prefix}county/office/2013/#revisions");
        assert!(entries.iter().all(|entry| entry.contains(&format!("href=\"{address}\""))), "{feed}");
        let ids: BTreeSet<&str> =
            feed.split("<id>").skip(1).map(|id| id.split('<').next().unwrap()).collect();
        assert_eq!(ids.len(), 4, "{ids:?}");
        let own = format!("/portal/{prefix}quality/revisions/feed.xml");
        let log = page(&site, &format!("{prefix}quality/revisions/"));
        assert_eq!(
            log.matches(&format!("href=\"{own}\"")).count(),
            2,
            "a link for readers and one for programs"
        );
    }
}

#[test]
fn a_template_asks_for_charts_as_a_text_does() {
    let base = "{% extends \"default/base.html\" %}{% block main %}";
    let call = |call: &str| format!("{base}{{{{ {call} }}}}\n{{% endblock %}}");
    let bars = call(
        "chart(series=\"requests_received\", agencies=[\"county/office\", \"county/other\"], years=2012)",
    );
    let site = Site::new()
        .file("content/county/other/_index.md", "---\nkind: agency\nname: 另一局\n---\n")
        .report("content/county/office/2012.md", "requests_total: 3")
        .report("content/county/other/2012.md", "requests_total: 4")
        .file("templates/years.html", &bars);
    site.run(&["build"]).ends(0);
    let html = page(&site, "years/");
    assert!(html.contains("<figure class=\"figure-chart\" id=\"chart-asked-1\">"), "{html}");
    assert!(html.contains("另一局") && !html.contains('\u{0}'), "{html}");
    assert!(site.read("public/years/chart-asked-1.svg").unwrap().contains("另一局"));
    let text = "---\ntitle: 年报\nform: zj-2012\nstatistics:\n  requests_total: 5\n---\n{{ chart(\"requests_received\", agencies=[\"county/office\", \"county/other\"], years=\"2012\") }}\n";
    site.write("content/county/office/2013.md", text.as_bytes());
    site.run(&["build"]).ends(0);
    let figure = |html: &str| {
        html.split("<svg class=\"chart").nth(1).map(|rest| rest.split("</svg>").next().unwrap().to_owned())
    };
    let of_text = page(&site, "county/office/2013/");
    let of_text = of_text.split_once("id=\"chart-text-1\"").unwrap().1;
    assert_eq!(
        figure(of_text).unwrap().replace("chart-text-1", "chart-asked-1"),
        figure(&page(&site, "years/")).unwrap(),
        "one code draws both"
    );

    for (asked, said) in [
        ("chart(series=\"requests_recieved\")", "requests_received"),
        ("chart(series=\"requests_received\", agencies=\"county/offce\")", "county/office"),
        ("chart(series=\"requests_received\", kind=\"pie\")", "waffle"),
        ("chart(series=\"requests_received\", kind=\"stack\")", "outcomes"),
        ("chart(series=\"requests_received\", agency=\"county/office\")", "agencies"),
        ("chart(series=\"requests_received\", level=7)", "template-chart"),
        ("chart(years=2012)", "requests_received"),
    ] {
        site.write("templates/years.html", call(asked).as_bytes());
        let run = site.run(&["build"]).ends(1);
        let place = if asked.starts_with("chart(series") {
            "templates/years.html:1:"
        } else {
            "templates/years.html"
        };
        assert!(run.all().contains(place), "{asked}: {}", run.all());
        assert!(run.all().contains(said), "{asked}: {}", run.all());
    }
}

#[test]
fn a_chart_on_every_page_is_a_file_beside_each() {
    let base = "{% extends \"default/404.html\" %}{% block main %}{{ chart(series=\"requests_received\") }}{% endblock %}";
    let site = Site::new()
        .report("content/county/office/2012.md", "requests_total: 3")
        .report("content/county/office/2013.md", "requests_total: 4")
        .file("templates/404.html", base)
        .file("templates/home.html", &base.replace("404", "home"));
    site.run(&["build"]).ends(0);
    for (path, picture) in [("404.html", "404-chart-asked-1.svg"), ("index.html", "chart-asked-1.svg")] {
        let html = site.read(&format!("public/{path}")).unwrap();
        assert!(html.contains(&format!("href=\"/{picture}\"")), "{html}");
        assert!(site.read(&format!("public/{picture}")).is_some(), "{picture}");
    }
}

#[test]
fn a_template_draws_nothing_where_figures_are_too_few() {
    let asks = "{% extends \"default/agency.html\" %}{% block main %}{{ chart(series=\"requests_received\") }}{{ chart(series=\"outcomes\") }}{% endblock %}";
    let site = Site::new()
        .file("content/county/other/_index.md", "---\nkind: agency\nname: 另一局\n---\n")
        .report("content/county/office/2012.md", "requests_total: 3")
        .report("content/county/office/2013.md", "requests_total: 4")
        .file("templates/agency.html", asks);
    site.run(&["build"]).ends(0);
    let drawn = |path: &str| page(&site, path).matches("<figure class=\"figure-chart\"").count();
    assert_eq!((drawn("county/office/"), drawn("county/other/")), (1, 0));
    assert!(!page(&site, "county/other/").contains('\u{0}'));
}

#[test]
fn an_own_report_is_not_compared_with_a_consolidated_one() {
    let calls = "{{ chart(\"requests_received\", kind=\"heat\") }}\n\n{{ chart(\"requests_received\", kind=\"slope\") }}";
    let site = Site::new().file("content/about.md", &format!("---\ntitle: 关于\n---\n{calls}\n"));
    let site = ["one", "two", "three"].into_iter().fold(site, |site, agency| {
        site.file(&format!("content/county/{agency}/_index.md"), "---\nkind: agency\nname: 局\n---\n")
            .report(&format!("content/county/{agency}/2012.md"), "requests_total: 3")
            .report(&format!("content/county/{agency}/2013.md"), "requests_total: 4")
    });
    site.run(&["build"]).ends(0);
    assert_eq!(page(&site, "about/").matches("可比的3个中，3个增加").count(), 2, "{}", page(&site, "about/"));

    let path = "content/county/three/2013.md";
    let own = site.read(path).unwrap();
    site.write(path, own.replacen("form:", "scope: consolidated\nform:", 1).as_bytes());
    site.run(&["build"]).ends(0);
    assert_eq!(page(&site, "about/").matches("可比的2个中，2个增加").count(), 2, "{}", page(&site, "about/"));
}

#[test]
fn a_call_draws_stacks_waffles_and_heat_tables() {
    let outcomes = |granted: u32| {
        format!(
            "req_received: 60\nreq_answered: {}\nans_already_public: 0\nans_granted: {granted}\nans_partial: 9\nans_refused: 6",
            granted + 15
        )
    };
    let report = |text: &str, granted: u32| {
        let figures = outcomes(granted).replace('\n', "\n  ");
        format!("---\ntitle: 年报\nform: gb-2014\nstatistics:\n  {figures}\n---\n{text}\n")
    };
    let calls = "{{ chart(\"outcomes\", kind=\"stack\") }}\n\n{{ chart(\"granted\", kind=\"heat\") }}";
    let site = Site::new()
        .file("content/county/other/_index.md", "---\nkind: agency\nname: 另一局\n---\n")
        .file("content/county/other/2016.md", &report("", 20))
        .file("content/county/other/2017.md", &report("", 30))
        .file("content/county/other/2018-h1.md", &report("", 20).replace("form:", "period: 2018-H1\nform:"))
        .file("content/county/office/2016.md", &report("", 40))
        .file("content/county/office/2017.md", &report(calls, 45));
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.all());
    let html = page(&site, "county/office/2017/");
    assert!(html.contains("id=\"chart-text-1\"") && html.contains("id=\"chart-text-2\""), "{html}");
    let (stack, heat) = html.split_once("id=\"chart-text-2\"").unwrap();
    let stack = stack.split_once("id=\"chart-text-1\"").unwrap().1;
    assert!(stack.contains("2016—2017年申请的办理结果；2017年予以公开最多：45件"), "{stack}");
    assert!(heat.contains("；2016年和2017年可比的2个中，2个增加，0个减少，0个不变"), "{heat}");
    assert!(stack.contains(">40<") && stack.contains(">45<") && !stack.contains(">75<"), "{stack}");
    let of_other = heat.split_once("另一局").unwrap().1.split("</tr>").next().unwrap();
    assert!(of_other.contains("30") && !of_other.contains("45"), "{of_other}");
    let columns = heat.split_once("<table class=\"heat\">").unwrap().1.split("</thead>").next().unwrap();
    assert!(columns.find(">2017<") < columns.find(">2016<"), "the newest year first: {columns}");

    // With what no series counts, 45 of 105, another outcome may have been as frequent.
    let more = report(calls, 45).replace("req_answered: 60", "req_answered: 105");
    site.write("content/county/office/2017.md", more.as_bytes());
    site.run(&["build"]).ends(0);
    let html = page(&site, "county/office/2017/");
    assert!(html.contains("2016—2017年申请的办理结果<") && !html.contains("予以公开最多"), "{html}");
    let squares = more.replace(calls, "{{ chart(\"outcomes\", kind=\"waffle\") }}");
    site.write("content/county/office/2017.md", squares.as_bytes());
    let run = site.run(&["build"]).ends(1);
    assert!(run.all().contains("call-chart-empty"), "outcomes of 60 are no squares of 105: {}", run.all());
    site.write("content/county/office/2017.md", report(calls, 45).as_bytes());

    let waffle = "{{ chart(\"outcomes\", kind=\"waffle\", agencies=\"county/other\") }}";
    site.write("content/about.md", format!("---\ntitle: 关于\n---\n{waffle}\n").as_bytes());
    let run = site.run(&["build"]);
    let about = page(&site, "about/");
    assert!(about.contains("30 · "), "{about} {}", run.all());
    let picture = |path: &str| site.read(&format!("public/{path}.svg")).unwrap();
    assert!(about.contains("另一局：2017年办结") && picture("about/chart-text-1").contains("另一局：2017年"));
    let own = picture("county/office/2017/chart-text-1");
    assert!(
        own.contains("2016—2017年申请的办理结果")
            && !own.contains("某局：")
            && own.contains("来源：某局各年年报"),
        "{own}"
    );

    let columns = "{{ chart(\"requests_received\", agencies=\"county/office\") }}";
    site.write("content/about.md", format!("---\ntitle: 关于\n---\n{columns}\n").as_bytes());
    site.run(&["build"]).ends(0);
    assert!(page(&site, "about/").contains("某局：") && picture("about/chart-text-1").contains("某局："));

    let calls =
        "{{ chart(\"outcomes\", kind=\"stack\") }}\n\n{{ chart(\"outcomes\", agencies=\"county/office\") }}";
    site.write("content/about.md", format!("---\ntitle: 关于\n---\n{calls}\n").as_bytes());
    site.run(&["build"]).ends(0);
    let of_many = picture("about/chart-text-1");
    assert!(of_many.contains("合计只计给出确切数字的单位"), "sums over many are called one whole");
    assert!(of_many.contains("办理结果<") && !of_many.contains("最多"), "{of_many}");
    assert!(picture("about/chart-text-2").contains("某局：2017年"), "{}", picture("about/chart-text-2"));

    for (call, said) in [
        ("chart(\"outcomes\", kind=\"heat\", agencies=\"county/office\")", "bars, flow, waffle, stack"),
        ("chart(\"outcomes\", agencies=[\"county/office\", \"county/other\"])", "one agency"),
    ] {
        let text = format!("---\ntitle: 关于\n---\n{{{{ {call} }}}}\n");
        site.write("content/about.md", text.as_bytes());
        let run = site.run(&["build"]).ends(1);
        assert!(run.all().contains("about.md:4:") && run.all().contains(said), "{call}: {}", run.all());
    }
}

#[test]
fn without_a_host_there_is_no_feed_and_no_sitemap() {
    let site = Site::new().report("content/county/office/2012.md", "budget: 6");
    site.run(&["build"]).ends(0);
    assert_eq!(site.read("public/sitemap.xml"), None);
    assert_eq!(site.read("public/feed.xml"), None);
    assert_eq!(site.read("public/quality/revisions/feed.xml"), None);
    let home = page(&site, "");
    assert!(!home.contains("canonical") && !home.contains("atom+xml"), "{home}");
}

#[test]
fn texts_are_escaped() {
    let site = site()
        .file("content/county/office/_index.md", "---\nkind: agency\nname: '<b>&\"局'\n---\n")
        .file(
            "content/county/office/2012.md",
            "---\ntitle: '<i>年报</i>'\nform: zj-2012\nsource: {title: '<u>', url: 'https://example.org/?a=1&b=\"2\"'}\nstatistics:\n  budget: 6\nnotes: {budget: '<s>'}\n---\n<script>alert(1)</script>\n",
        );
    site.run(&["build"]);
    for (path, html) in pages(&published(&site)) {
        for bad in ["<b>&", "<i>年报", "<u>", "<s>", "alert(1)</script>", "&b=\"2\""] {
            assert!(!html.contains(bad), "{path} has {bad}");
        }
    }
}

/// The pages among published files.
fn pages(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&String, &String)> {
    files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "html"))
}

/// Every published file that is text, by its path.
fn published(site: &Site) -> BTreeMap<String, String> {
    fn walk(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{path}/"), files);
            } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
                files.insert(path, text);
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(&site.path("public"), "", &mut files);
    files
}

/// The values of an attribute, as they stand.
fn attributes<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let start = format!(" {name}=\"");
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&start)?;
        let (value, after) = after.split_once('"')?;
        rest = after;
        Some(value)
    })
}

#[test]
fn a_year_whose_reports_give_no_figure_is_not_a_year_without_reports() {
    let site = Site::new()
        .report("content/county/office/2012.md", "proactive_total: 289")
        .report("content/county/office/2013.md", "proactive_total:")
        .report("content/county/office/2015.md", "proactive_total: 300");
    site.run(&["build"]).ends(0);
    let html = page(&site, "indicators/proactive_items/");
    let table = &html[html.find("id=\"chart-totals\"").expect("the chart of totals")..];
    let row = |year: &str| {
        let start = table.find(&format!("<th scope=\"row\">{year}年</th>")).unwrap();
        &table[start..start + table[start..].find("</tr>").unwrap()]
    };
    assert!(row("2012").contains(">289<"));
    assert!(row("2013").contains("无数字") && !row("2013").contains(">0<"), "{}", row("2013"));
    assert!(row("2014").contains("未见年报"), "{}", row("2014"));
}

#[test]
fn what_is_not_transcribed_is_said_without_a_cell_for_each() {
    let report = |text: &str| {
        format!(
            "---\ntitle: 年报\nform: gb-2021\nperiod: 2021\nstatistics:\n  res_total: {{total: 7}}\n---\n{text}\n"
        )
    };
    let text = "公开{{ figure(\"res_granted__total\") }}，共{{ figure(\"res_total__total\") }}。";
    let site = site().file("content/county/office/2021.md", &report(text));
    site.run(&["build"]).ends(0);
    let html = page(&site, "en/county/office/2021/");
    let form = html.split("id=\"form\"").nth(1).unwrap();
    let table = form.split("<table").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(
        table.contains("id=\"f-res_total__total\"") && table.contains("id=\"f-res_total__natural\""),
        "{table}"
    );
    assert_eq!(table.matches("not transcribed").count(), 6, "{table}");
    assert!(table.contains("Results of processing this year") && !table.contains("Granted"), "{table}");
    let folded = form.split("<details class=\"folded\">").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(folded.contains("The other 168 items of this part are not transcribed"), "{folded}");
    assert!(folded.contains("Granted") && !folded.contains(">0<"), "{folded}");
    assert!(form.contains("<li id=\"s-art20_5\">Article 20 (5) (1 item)</li>"), "{form}");
    assert_eq!(form.matches("class=\"form-section\"").count(), 1, "{form}");
    // A figure in a text leads to a place that is there.
    assert!(
        html.contains("href=\"#form\">not transcribed</a>")
            || html.contains("href=\"#form\" lang=\"en\">not transcribed</a>"),
        "{html}"
    );
    assert!(html.contains("href=\"#f-res_total__total\""), "{html}");
}

#[test]
fn no_page_lies_where_content_may() {
    let site = crate::theme_guide::site();
    site.run(&["build"]).ends(0);
    let content = ["county", "about", "old"];
    for entry in std::fs::read_dir(site.path("public")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let is_taken = glasshouse::plan::RESERVED.contains(&&*name) || content.contains(&&*name);
        assert!(is_taken || !entry.path().is_dir(), "content/{name} would take the place of a page");
    }
}
