//! Search, from the content to what is found in the published index.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use glasshouse::build::{self, Overrides, Timings};
use glasshouse::check::Findings;
use glasshouse::derive::Derived;
use glasshouse::load;
use glasshouse::model::Body;
use glasshouse::render::Renderer;
use glasshouse::search::{Document, Index, IndexBuilder, IndexOptions};
use serde_json::Value;

use crate::site::Site;

fn site() -> Site {
    Site::new()
        .file(
            "content/county/office/_index.md",
            "---\nkind: agency\nname: {zh: 苍南县县城新区, en: Cangnan office}\n---\n单位说明在此。\n",
        )
        .report("content/county/office/2012.md", "proactive_total: 289\nrequests_total:")
        .report("content/county/office/2013.md", "proactive_total: 300")
        .file("content/about.md", "---\ntitle: 关于\n---\n这里讲饕餮。\n")
}

/// What `glasshouse search` finds.
#[track_caller]
fn found(site: &Site, query: &str) -> Value {
    let run = site.run(&["search", "--format", "json", query]).ends(0);
    serde_json::from_str(&run.out).unwrap()
}

fn urls(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|hit| hit["url"].as_str().unwrap()).collect()
}

#[test]
fn pages_are_found_by_text_figures_and_names() {
    let site = site();
    site.run(&["build"]).ends(0);
    for (query, url) in
        [("289条", "county/office/2012/"), ("苍南县县城新区 2013", "county/office/2013/"), ("饕餮", "about/")]
    {
        assert_eq!(urls(&found(&site, query)["pages"]).first(), Some(&url), "{query}");
    }
    for query in ["苍南", "cnxxcxq", "xianchengxinqu", "Cangnan"] {
        assert_eq!(urls(&found(&site, query)["agencies"]), ["county/office/"], "{query}");
    }
    assert_eq!(found(&site, "饕餮盛宴")["missing"], serde_json::json!(["饕餮盛宴"]));
    site.run(&["search", "依申請公開"]).ends(0).says("依申请公开");
    // A blank figure is no zero, and is not found as one.
    assert!(!urls(&found(&site, "0件")["pages"]).contains(&"county/office/2012/"));
}

#[test]
fn figures_in_sentences_are_found_as_they_are_read() {
    let site = site().file(
        "content/county/office/2014.md",
        "---\ntitle: 年报\nform: zj-2012\nstatistics:\n  proactive_total: 289\n---\n全年公开{{ figure(\"proactive_total\") }}，未收费。\n",
    );
    site.run(&["build"]).ends(0);
    assert_eq!(urls(&found(&site, "全年公开289条，未收费")["pages"]), ["county/office/2014/"]);
}

#[test]
fn search_can_be_switched_off_and_leaves_no_trace() {
    let site =
        site().file("site.toml", "title = \"年报\"\nsearch = \"off\"\nlanguages = [\"zh-CN\", \"en\"]\n");
    site.run(&["build"]).ends(0);
    let mut traces = Vec::new();
    visit(&site.path("public"), &mut |path| {
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let name = path.to_string_lossy().into_owned();
        let is_page = path.extension().is_some_and(|extension| extension == "html")
            && (text.contains("<search") || text.contains("search/"));
        if is_page || name.contains("/search") {
            traces.push(name);
        }
    });
    assert!(traces.is_empty(), "{traces:?}");
    site.run(&["search", "公开"]).ends(2).says("glasshouse build");
}

#[test]
fn a_page_can_keep_out_of_search() {
    let site = site().file("content/about.md", "---\ntitle: 关于\nsearch: false\n---\n这里讲饕餮。\n").file(
        "content/county/office/2012.md",
        "---\ntitle: 年报\nform: zj-2012\nsearch: false\nstatistics:\n  proactive_total: 289\n---\n",
    );
    site.run(&["build"]).ends(0);
    assert_eq!(found(&site, "饕餮")["total"], 0);
    assert_eq!(found(&site, "289条")["total"], 0);
    assert_eq!(urls(&found(&site, "300条")["pages"]), ["county/office/2013/"]);
}

#[test]
fn each_language_has_an_index_of_its_own_pages() {
    let site = site().file(
        "site.toml",
        "title = \"年报\"\nlanguages = [\"zh-CN\", \"en\"]\nbase_url = \"https://example.org/portal/\"\n",
    );
    site.run(&["build"]).ends(0);
    let run = site.run(&["search", "--edition", "en", "--format", "json", "289"]).ends(0);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(urls(&found["pages"]), ["en/county/office/2012/"]);
    let page = site.read("public/en/search/index.html").unwrap();
    assert!(page.contains("data-index=\"/portal/en/search/\"") && page.contains("data-base=\"/portal/\""));
}

#[test]
fn an_edit_rewrites_few_files_of_the_index() {
    let mut site = site();
    for year in 1_990..2_012 {
        site = site.report(&format!("content/county/office/{year}.md"), &format!("proactive_total: {year}"));
    }
    site.run(&["build"]).ends(0);
    let before = index_files(&site);
    site.write("content/about.md", "---\ntitle: 关于\n---\n这里讲饕餮和貔貅。\n".as_bytes());
    site.run(&["build"]).ends(0);
    let after = index_files(&site);
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>(),
        "files stay where they are"
    );
    assert!(
        before.keys().filter(|path| before[*path] == after[*path]).count() >= 3,
        "chunks, columns, the table stay"
    );
    assert_eq!(urls(&found(&site, "貔貅")["pages"]), ["about/"]);
}

fn index_files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    visit(&site.path("public/search"), &mut |path| {
        files.insert(path.to_string_lossy().into_owned(), std::fs::read(path).unwrap());
    });
    files
}

fn visit(folder: &Path, each: &mut dyn FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { visit(&path, each) } else { each(&path) }
    }
}

/// Everything that search knows of this repository's content in its first language.
fn documents() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = build::open(root, &Overrides::default(), &mut Timings::default());
    let findings: Findings = build::check(&project, &mut Timings::default());
    let derived = Derived::new(&project.site, &findings);
    let bodies = |body: &Body| load::body(root, body);
    let (renderer, _) = Renderer::new(project.portal(&findings, &derived, &bodies));
    let renderer = renderer.unwrap();
    renderer.plan().iter().filter(|key| key.lang == 0).filter_map(|key| renderer.document(key)).collect()
}

/// Runs of Chinese characters alone: what folding leaves as it is.
fn runs(document: &Document) -> Vec<Vec<char>> {
    let text = [&document.title, &document.note, &document.text].map(|text| format!("{text}\n")).concat();
    let text = text + &document.names.join("\n");
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    text.split(|c| !is_han(c)).map(|run| run.chars().collect()).collect()
}

#[test]
fn the_content_is_found_as_a_scan_finds_it() {
    let documents = documents();
    assert!(documents.len() > 150, "{}", documents.len());
    let builder = IndexBuilder::new(IndexOptions::default());
    for document in &documents {
        builder.add(document).unwrap();
    }
    let mut files = BTreeMap::new();
    builder.finish(None, &mut |path, bytes| _ = files.insert(path.to_owned(), bytes)).unwrap();
    assert!(files.len() <= 20, "{:?}", files.keys());
    assert!(files.values().all(|bytes| bytes.len() <= 32_768));
    let fetch = |path: &str| files.get(path).cloned();
    let index = Index::open(&fetch).unwrap();

    let texts: Vec<(&str, Vec<Vec<char>>)> =
        documents.iter().map(|document| (&*document.url, runs(document))).collect();
    let (mut truths, mut hits, mut right, mut asked) = (0, 0, 0, 0);
    let mut seed = 20_240_601_usize;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % limit
    };
    while asked < 1_000 {
        let (_, runs) = &texts[below(texts.len())];
        let run = &runs[below(runs.len())];
        let length = 2 + below(11);
        if run.len() < length {
            continue;
        }
        let start = below(run.len() - length + 1);
        let piece = &run[start..start + length];
        let holds =
            |runs: &Vec<Vec<char>>| runs.iter().any(|run| run.windows(length).any(|window| window == piece));
        let truth: BTreeSet<&str> =
            texts.iter().filter(|(_, runs)| holds(runs)).map(|(url, _)| *url).collect();
        let found = index.search(&piece.iter().collect::<String>(), documents.len()).unwrap();
        let found: BTreeSet<&str> = found.hits.iter().chain(&found.direct).map(|hit| &*hit.url).collect();
        truths += truth.len();
        hits += found.len();
        right += truth.intersection(&found).count();
        asked += 1;
    }
    println!("{truths} in the texts, {hits} found, {right} of them right");
    assert_eq!(right, truths, "recall");
    assert!(right * 100 >= hits * 98, "precision: {right} of {hits}");
}
