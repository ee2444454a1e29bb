//! Builds: the same bytes every time, whole or not at all, and looking as the site wants.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::site::Site;

/// Every file below a folder, with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn some_reports() -> Site {
    let mut site = Site::new().file("content/_index.md", "---\ntitle: {zh: 首页, en: Home}\n---\n正文\n");
    for year in 2012..2020 {
        let figures =
            format!("proactive_total: {}\nproactive_web: {year}\nrequests_total:", year * 3 % 1_000);
        site = site.report(&format!("content/county/office/{year}.md"), &figures);
    }
    site
}

pub(crate) fn differences(left: &Path, right: &Path) -> Vec<String> {
    let (left, right) = (tree(left), tree(right));
    assert!(left.len() > 30, "a portal has more files");
    left.keys().chain(right.keys()).filter(|name| left.get(*name) != right.get(*name)).cloned().collect()
}

#[test]
fn the_same_content_makes_the_same_bytes() {
    let (here, there) = (some_reports(), some_reports());
    assert_eq!(here.run(&["build", "--output", "one", "--jobs", "1"]).code, Some(0));
    assert_eq!(here.run(&["build", "--output", "two", "--jobs", "2"]).code, Some(0));
    assert_eq!(there.run(&["build", "--output", "three", "--jobs", "8"]).code, Some(0));
    assert_eq!(differences(&here.path("one"), &here.path("two")), [""; 0]);
    assert_eq!(differences(&here.path("one"), &there.path("three")), [""; 0]);
}

#[test]
fn the_real_portal_is_the_same_on_one_thread_and_on_two() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for (name, bytes) in tree(&repository.join("content")) {
        let path = copy.join("content").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::copy(repository.join("site.toml"), copy.join("site.toml")).unwrap();
    for jobs in ["1", "2"] {
        let output = folder.path().join(jobs);
        let built = Command::new(env!("CARGO_BIN_EXE_glasshouse"))
            .args(["build", "--jobs", jobs, "--site"])
            .arg(&copy)
            .arg("--output")
            .arg(&output)
            .output()
            .unwrap();
        assert_eq!(built.status.code(), Some(0), "{built:?}");
    }
    assert_eq!(differences(&folder.path().join("1"), &folder.path().join("2")), [""; 0]);
}

/// Whether every file is the one or the other portal's, and the pages a reader needs are there.
fn is_servable(
    found: &BTreeMap<String, Vec<u8>>,
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
) {
    for (name, bytes) in found {
        let is_old = old.get(name) == Some(bytes);
        let is_new = new.get(name) == Some(bytes);
        assert!(is_old || is_new, "{name} is of neither portal");
    }
    for page in ["index.html", "county/office/index.html", "years/index.html"] {
        assert!(found.contains_key(page), "{page} is gone");
    }
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_one_repairs_it() {
    let site = some_reports();
    let names = ["title = \"年报\"\n", "title = \"另一个名字\"\n"];
    let mut portals = Vec::new();
    for (name, output) in names.iter().zip(["a", "b"]) {
        site.write("site.toml", name.as_bytes());
        assert_eq!(site.run(&["build", "--output", output]).code, Some(0));
        portals.push(tree(&site.path(output)));
    }
    assert_ne!(portals[0], portals[1]);
    assert_eq!(site.run(&["build"]).code, Some(0));
    let start = std::time::Instant::now();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let whole = start.elapsed();
    let mut unfinished = 0;
    for round in 0..24 {
        // Each round turns the portal from the one name to the other, and is killed a little later.
        let (old, new) = (&portals[(round + 1) % 2], &portals[round % 2]);
        site.write("site.toml", names[round % 2].as_bytes());
        let mut child = Command::new(env!("CARGO_BIN_EXE_glasshouse"))
            .arg("build")
            .current_dir(site.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * round as u32 / 20);
        let _ = child.kill();
        child.wait().unwrap();
        let found = tree(&site.path("public"));
        is_servable(&found, old, new);
        unfinished += u32::from(found != *new);
        assert_eq!(site.run(&["build"]).code, Some(0));
        assert_eq!(tree(&site.path("public")), *new, "the next build repairs it");
    }
    assert!(unfinished > 0, "no build was killed before its end");
}

#[test]
fn files_of_others_are_never_touched() {
    let site = some_reports();
    site.write("public/CNAME", b"example.org\n");
    site.write("public/county/notes.txt", b"mine\n");
    assert_eq!(site.run(&["build"]).code, Some(0));
    std::fs::remove_dir_all(site.path("content/county/office")).unwrap();
    assert_eq!(site.run(&["build"]).code, Some(0));
    assert_eq!(site.read("public/CNAME").as_deref(), Some("example.org\n"));
    assert_eq!(site.read("public/county/notes.txt").as_deref(), Some("mine\n"));
    assert!(
        site.read("public/county/office/index.html").is_none(),
        "what we wrote is removed with its source"
    );
}

#[test]
fn an_unchanged_file_is_not_written_again() {
    let site = some_reports();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let time = |path: &str| std::fs::metadata(site.path(path)).unwrap().modified().unwrap();
    let before = time("public/county/office/2013/index.html");
    let run = site.run(&["build", "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(summary["files"]["created"], 0, "{summary}");
    assert_eq!(summary["files"]["replaced"], 0, "{summary}");
    assert_eq!(before, time("public/county/office/2013/index.html"));
}

#[test]
fn a_site_changes_a_template_a_block_or_a_word() {
    let page = "public/county/office/2012/index.html";
    let whole = some_reports().file("templates/report.html", "<p>{{ report.period }}</p>");
    assert_eq!(whole.run(&["build"]).code, Some(0));
    assert_eq!(whole.read(page).as_deref(), Some("<p>2012年</p>"));

    let block = some_reports().file(
        "templates/report.html",
        "{% extends \"default/report.html\" %}{% block cite %}<p>没有引用</p>{% endblock %}",
    );
    assert_eq!(block.run(&["build"]).code, Some(0));
    let html = block.read(page).unwrap();
    assert!(html.contains("<p>没有引用</p>") && html.contains("id=\"f-proactive_total\""), "{html}");

    let word = some_reports().file("strings/zh-CN/own.ftl", "nav-years = 按年看\n");
    assert_eq!(word.run(&["build"]).code, Some(0));
    assert!(word.read(page).unwrap().contains("按年看"));
}

#[test]
fn a_template_that_fails_is_shown_at_its_place() {
    let site = some_reports().file("templates/report.html", "<p>\n{{ report.nothing }}</p>");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("templates/report.html:2:"), "{}", run.err);
    assert!(site.read("public/index.html").is_none(), "nothing is published");
}

#[test]
fn no_figure_is_too_large_for_the_arithmetic() {
    let mut site = Site::new();
    for (year, digits) in [(2012, "999999999999999999"), (2013, "1"), (2014, "0.00000001")] {
        site = site.report(
            &format!("content/county/office/{year}.md"),
            &format!("proactive_total: {digits}\nbudget: {digits}"),
        );
    }
    assert_eq!(site.run(&["build"]).code, Some(0));
    let over = Site::new().report("content/county/office/2012.md", "budget: 9999999999999999999");
    let run = over.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("number-too-long"), "{}", run.err);
}

#[test]
fn a_year_is_counted_once_for_an_agency() {
    let site = Site::new()
        .report("content/county/office/2023.md", "requests_total: 10")
        .report("content/county/office/2023-24.md", "requests_total: 10");
    assert_eq!(site.run(&["build"]).code, Some(0));
    let page = site.read("public/years/2023/index.html").unwrap();
    assert!(page.contains("1个单位中有1个有年报"), "{page}");
}

#[test]
fn an_output_is_one_however_it_is_spelled() {
    let site = some_reports();
    assert_eq!(site.run(&["build"]).code, Some(0));
    std::fs::remove_file(site.path("content/county/office/2012.md")).unwrap();
    let absolute = site.path("public");
    assert_eq!(site.run(&["build", "--output", absolute.to_str().unwrap()]).code, Some(0));
    assert!(site.read("public/county/office/2012/index.html").is_none());
}

#[test]
fn hostile_content_stays_harmless() {
    let site = some_reports();
    site.write(
        "content/county/office/2020.md",
        "---\ntitle: \"<script>alert(1)</script>\"\nform: zj-2012\nstatistics:\n  x_a: 1\nlocal: {x_a: {label: \"<img src=x onerror=1>\"}}\nsource: {title: x, url: \"https://example.org/\\\"><script>\"}\n---\n<script>alert(2)</script>\n\n<b onclick=\"x()\">bold</b> [a](javascript:alert(3))\n".as_bytes(),
    );
    assert_eq!(site.run(&["build"]).code, Some(0));
    let html = site.read("public/county/office/2020/index.html").unwrap();
    for danger in ["<script>alert", "onclick", "javascript:", "<img src=x"] {
        assert!(!html.contains(danger), "{danger}");
    }
    let refused = Site::new()
        .file("content/county/office/2012.md", "---\nform: zj-2012\naliases: [\"../../../etc/x\"]\n---\n");
    let run = refused.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("alias-unusable"), "{}", run.err);
    let agency = "---\nkind: agency\nname: x\nurl: \"javascript:alert(1)\"\n---\n";
    let run = Site::new().file("content/county/office/_index.md", agency).run(&["build"]);
    assert!(run.err.contains("url-scheme"), "{}", run.err);
    let code = "---\nform: zj-2012\nlocal: {\"x_\\\"><img>\": a}\n---\n";
    let run = Site::new().file("content/county/office/2012.md", code).run(&["build"]);
    assert!(run.err.contains("form-bad-code"), "{}", run.err);
}
