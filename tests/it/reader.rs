//! What a page tells beside its figures: why there is no change, who shares a rank, how to cite it,
//! where to report a mistake; and what it tells to machines.

use serde_json::Value;

use crate::site::Site;

#[track_caller]
fn page(site: &Site, path: &str) -> String {
    site.read(&format!("public/{path}index.html")).unwrap_or_else(|| panic!("there is no page {path}"))
}

/// What of a page stands between two texts.
#[track_caller]
fn between<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    let (_, rest) = html.split_once(start).unwrap_or_else(|| panic!("{start} is not in {html}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end} is not in {rest}")).0
}

#[test]
fn a_card_says_how_much_changed_or_why_nothing_is_said() {
    let national = |figures: &str| {
        let figures = figures.replace(", ", "\n  ");
        format!("---\ntitle: 年报\nform: gb-2014\nstatistics:\n  {figures}\n---\n")
    };
    let site = Site::new()
        .report("content/county/office/2012.md", "proactive_total: 280")
        .report("content/county/office/2013.md", "proactive_total: 280\nrequests_total: 40")
        .file("content/county/office/2014.md", &national("proactive_total: 300, req_received: 41"))
        .file("content/county/office/2016.md", &national("proactive_total: 300, req_received: 50"))
        .file("content/county/office/2017.md", &national("proactive_total: 310余, req_received: 40"))
        .file("content/county/office/2018.md", &national("proactive_total: 320, req_received: 0"))
        .file(
            "content/county/office/2018-all.md",
            &national("req_received: 9").replace("form", "scope: consolidated\nperiod: 2018\nform"),
        );
    site.run(&["build"]).ends(0);
    for (report, series, said) in [
        ("2012", "proactive_items", "2011年未见年报，不作比较"),
        ("2013", "proactive_items", "与2012年相同"),
        ("2013", "requests_received", "2012年无确切数字，不作比较"),
        ("2014", "proactive_items", "口径自2013年后有变化，不作比较"),
        ("2014", "requests_received", "比2013年增加1件（+2.5%）"),
        ("2016", "requests_received", "2015年未见年报，不作比较"),
        ("2017", "proactive_items", "无确切数字，不作比较"),
        ("2017", "requests_received", "比2016年减少10件（\u{2212}20.0%）"),
        ("2018", "proactive_items", "2017年无确切数字，不作比较"),
        ("2018", "requests_received", "比2017年减少40件（\u{2212}100.0%）"),
        // The agency's own report of the year before says nothing of those it speaks for.
        ("2018-all", "requests_received", "2017年未见年报，不作比较"),
    ] {
        let html = page(&site, &format!("county/office/{report}/"));
        let cards = between(&html, "<ul class=\"cards\">", "</ul>");
        let card = between(cards, &format!("/indicators/{series}/"), "</li>");
        // What holds for several cards is said once below them.
        let shared = card.matches("class=\"small\"").count() == 0;
        let (place, class) = if shared { (&*html, "missing-keys") } else { (card, "small") };
        assert!(
            place.contains(&format!("<p class=\"{class}\">{said}</p>")),
            "{report} {series}: {said}: {card}"
        );
    }
}

#[test]
fn equal_figures_share_a_rank_and_the_next_one_is_skipped() {
    let mut site = Site::new().file("site.toml", "title = \"年报\"\n[levels]\noffice = \"局\"\n");
    for (name, requests) in [("a", "7"), ("b", "9"), ("c", "7"), ("d", "2"), ("e", "7"), ("f", "")] {
        site = site
            .file(
                &format!("content/county/{name}/_index.md"),
                &format!("---\nkind: agency\nname: {name}局\nlevel: office\n---\n"),
            )
            .report(&format!("content/county/{name}/2012.md"), &format!("requests_total: {requests}"));
    }
    site.run(&["build"]).ends(0);
    let html = page(&site, "years/2012/");
    let table = between(&html, "<table class=\"ranking\">", "</table>");
    let rows = table.split("<tr>").skip(2).map(|row| {
        let rank = between(row, "<td class=\"num\">", "</td>").to_owned();
        format!("{rank} {}", between(row, "/\">", "</a>").chars().next().unwrap())
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        ["1 b", "2 a", "2 c", "2 e", "5 d"],
        "without the agency that gives nothing"
    );
    let title = |agency: &str| {
        let html = page(&site, &format!("county/{agency}/2012/"));
        between(&html, "id=\"chart-peers-title\">", "</h2>").to_owned()
    };
    assert!(title("c").ends_with("由多到少并列第2"), "{}", title("c"));
    assert!(title("b").ends_with("由多到少排第1"), "{}", title("b"));
    assert!(title("d").ends_with("由多到少排第5"), "{}", title("d"));
}

/// A report with all that is known of its source.
fn sourced(base_url: &str) -> Site {
    let settings = format!(
        "title = \"年报站\"\nbase_url = \"{base_url}\"\nlicense = {{name = \"CC BY 4.0\", url = \"https://example.org/by\"}}\n"
    );
    let report = "---\ntitle: 某局2012年年报\nform: zj-2012\npublished: 2013-03-08\n\
        source: {url: 'https://example.cn/1.html', retrieved: 2024-05-01}\nstatistics: {budget: 5}\n---\n经费5万元。\n";
    Site::new().file("site.toml", &settings).file("content/county/office/2012.md", report)
}

#[test]
fn a_report_is_cited_with_its_source_and_its_page() {
    let site = sourced("https://example.org/portal/");
    site.run(&["build"]).ends(0);
    let html = page(&site, "county/office/2012/");
    let cited = |id: &str| between(&html, &format!("id=\"cite-{id}\">"), "</").to_owned();
    assert_eq!(
        cited("plain"),
        "某局：《某局2012年年报》，年报站，https://example.org/portal/county/office/2012/"
    );
    assert_eq!(
        cited("gbt"),
        "某局. 某局2012年年报[R/OL]. (2013-03-08)[2024-05-01]. https://example.cn/1.html."
    );
    let note = "note = {年报站, https://example.org/portal/county/office/2012/}";
    assert!(
        cited("bibtex").contains("urldate = {2024-05-01}") && cited("bibtex").contains(note),
        "{}",
        cited("bibtex")
    );

    // A path is no address for those who read the citation elsewhere.
    let site = sourced("/portal/");
    site.run(&["build"]).ends(0);
    let html = page(&site, "county/office/2012/");
    assert_eq!(between(&html, "id=\"cite-plain\">", "</"), "某局：《某局2012年年报》，2013年，年报站");
    assert!(between(&html, "id=\"cite-bibtex\">", "</").ends_with("note = {年报站}\n}"));
}

#[test]
fn a_report_is_a_data_set_for_machines() {
    let site = sourced("https://example.org/portal/");
    site.run(&["build"]).ends(0);
    let html = page(&site, "county/office/2012/");
    let json: Value =
        serde_json::from_str(between(&html, "<script type=\"application/ld+json\">", "</script>")).unwrap();
    let page = "https://example.org/portal/county/office/2012/";
    for (pointer, value) in [
        ("/@type", "Dataset"),
        ("/name", "某局 2012年"),
        ("/description", "经费5万元。"),
        ("/url", page),
        ("/inLanguage", "zh-CN"),
        ("/temporalCoverage", "2012"),
        ("/creator/name", "某局"),
        ("/datePublished", "2013-03-08"),
        ("/isBasedOn", "https://example.cn/1.html"),
        ("/license", "https://example.org/by"),
        ("/includedInDataCatalog/url", "https://example.org/portal/"),
        ("/distribution/0/contentUrl", "https://example.org/portal/county/office/2012/report.json"),
    ] {
        assert_eq!(json.pointer(pointer).and_then(Value::as_str), Some(value), "{pointer}: {json}");
    }
    assert!(site.read("public/county/office/2012/report.json").is_some(), "what it offers is there");
    let site = sourced("/portal/");
    site.run(&["build"]).ends(0);
    let html = site.read("public/county/office/2012/index.html").unwrap();
    assert!(!html.contains("ld+json"), "without a host no address is whole");
}

#[test]
fn a_portal_with_a_host_has_a_sitemap_of_its_pages() {
    let site = sourced("https://example.org/portal/");
    let unlisted = "---\ntitle: 草页\nsearch: false\n---\n正文\n";
    let site =
        site.file("content/quiet.md", unlisted).file("content/about.md", "---\ntitle: 关于\n---\n正文\n");
    site.run(&["build"]).ends(0);
    let map = site.read("public/sitemap.xml").unwrap();
    for path in ["", "county/", "county/office/", "county/office/2012/", "years/2012/", "about/"] {
        let entry = format!("<url><loc>https://example.org/portal/{path}</loc></url>");
        assert_eq!(map.matches(&entry).count(), 1, "{path}: {map}");
    }
    for path in ["quiet", "404", "feed.xml", "report.json"] {
        assert!(!map.contains(path), "{path} is no page for search engines: {map}");
    }
    let robots = site.read("public/robots.txt").unwrap();
    assert!(robots.contains("Sitemap: https://example.org/portal/sitemap.xml"), "{robots}");
}

#[test]
fn a_site_with_a_repository_leads_there_from_each_page() {
    let settings = "title = \"年报\"\nrepository = \"https://github.com/o/r\"\n";
    let site = Site::new().file("site.toml", settings).report("content/county/office/2012.md", "budget: 5");
    site.run(&["build"]).ends(0);
    let report = page(&site, "county/office/2012/");
    let links = between(&report, "<p class=\"edit\">", "</p>");
    assert!(
        links.contains("https://github.com/o/r/issues/new?title=") && links.contains(">报告错误</a>"),
        "{links}"
    );
    assert!(links.contains("county%2Foffice%2F2012"), "the report of a mistake names the page: {links}");
    assert!(
        links.contains("href=\"https://github.com/o/r/blob/HEAD/content/county/office/2012.md\""),
        "{links}"
    );
    // A page that no file stands for has nothing to edit.
    let years = page(&site, "years/");
    let links = between(&years, "<p class=\"edit\">", "</p>");
    assert!(links.contains("/issues/new?") && !links.contains("/blob/"), "{links}");
    let site = site.file("site.toml", "title = \"年报\"\n");
    site.run(&["build"]).ends(0);
    assert!(!page(&site, "years/").contains("class=\"edit\""), "a link to nowhere");
}

#[test]
fn equal_notes_share_a_number() {
    let report = "---\ntitle: 年报\nform: zj-2012\nperiod: 2012\nstatistics:\n  budget: 3\n  meetings: 4\n  trainings: 5\nnotes:\n  budget: 见正文\n  meetings: 单位为次\n  trainings: 见正文\n---\n";
    let site = Site::new().file("content/county/office/2012.md", report);
    site.run(&["build"]).ends(0);
    let html = site.read("public/county/office/2012/index.html").unwrap();
    let notes = html.split("<ol class=\"notes\">").nth(1).unwrap().split("</ol>").next().unwrap();
    assert_eq!(notes.matches("<li").count(), 2, "{notes}");
    assert_eq!(notes.matches("见正文").count(), 1, "{notes}");
    assert!(notes.contains("href=\"#f-budget\"") && notes.contains("href=\"#f-trainings\""), "{notes}");
    assert_eq!(html.matches("href=\"#note-1\"").count() + html.matches("href=\"#note-2\"").count(), 3);
}
