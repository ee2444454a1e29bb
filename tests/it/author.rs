//! `glasshouse init` and `new`: what an author begins with.

use crate::site::{Run, Site, run};

fn scaffold(lang: &str) -> Site {
    let site = Site::empty();
    site.run(&["init", "portal", "--lang", lang]).ends(0).says("portal");
    site
}

fn inside(site: &Site, args: &[&str]) -> Run {
    let mut command = site.command(args);
    command.current_dir(site.path("portal"));
    run(command)
}

#[test]
fn a_new_site_builds_at_once_and_has_nothing_to_find() {
    for (lang, words) in [("zh-CN", "示例"), ("en", "example")] {
        let site = scaffold(lang);
        let checked = inside(&site, &["check", "--fail-on", "note", "--format", "json"]).ends(0);
        assert!(checked.out.contains("\"diagnostics\": []"), "{lang}: {}", checked.all());
        inside(&site, &["build"]).ends(0);
        let page = site.read("portal/public/example/office/2024/index.html").unwrap();
        assert!(page.contains(words), "{lang}: the example is not marked");
        for path in [
            ".gitignore",
            ".editorconfig",
            ".github/workflows/pages.yml",
            ".gitlab-ci.yml",
            ".vscode/settings.json",
        ] {
            assert!(site.read(&format!("portal/{path}")).is_some(), "{lang}: {path} is missing");
        }
        let schema = site.read("portal/.vscode/report.schema.json").unwrap();
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        assert!(schema["$schema"].is_string());
        for path in [".github/workflows/pages.yml", ".gitlab-ci.yml"] {
            let text = site.read(&format!("portal/{path}")).unwrap();
            let _: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
            let pinned = format!("glasshouse --version ={}", env!("CARGO_PKG_VERSION"));
            assert!(text.contains(&pinned) && !text.contains("@version@"), "{path}:\n{text}");
        }
        let ignored = site.read("portal/.gitignore").unwrap();
        assert!(ignored.lines().any(|line| line == "/public/"));
    }
}

#[test]
fn a_new_site_takes_the_place_of_nothing() {
    let site = Site::empty().file("portal/README.md", "mine\n");
    site.run(&["init", "portal"]).ends(2).says("README.md");
    assert_eq!(site.read("portal/README.md").unwrap(), "mine\n");
    assert_eq!(std::fs::read_dir(site.path("portal")).unwrap().count(), 1, "other files were written");
}

#[test]
fn an_agency_and_its_reports_are_made_from_the_form() {
    let site = scaffold("zh-CN");
    let new = |args: &[&str]| inside(&site, &[&["new"], args].concat());
    new(&["agency", "county/statistics", "--name", "某县统计局", "--level", "county-department"]).ends(0);
    let agency = site.read("portal/content/county/statistics/_index.md").unwrap();
    assert_eq!(agency, "---\nkind: agency\nname: 某县统计局\nlevel: county-department\n---\n");
    new(&["agency", "county/statistics", "--name", "别的"])
        .ends(2)
        .says("content/county/statistics/_index.md");
    assert_eq!(site.read("portal/content/county/statistics/_index.md").unwrap(), agency);
    new(&["agency", "county/other", "--name", "乙", "--level", "county-departmnt"])
        .ends(2)
        .says("county-department");
    new(&["agency", "../outside", "--name", "丙"]).ends(2);

    new(&["report", "county/statistcs", "2023", "--form", "gb-2021"]).ends(2).says("county/statistics");
    new(&["report", "county/statistics", "2023", "--form", "gb-2012"]).ends(2).says("gb-2014");
    new(&["report", "county/statistics", "2023", "--form", "gb-2021"]).ends(0);
    let path = "portal/content/county/statistics/2023.md";
    let text = site.read(path).unwrap();
    assert!(text.contains("  req_new: [~, ~, ~, ~, ~, ~, ~]  # 一、本年新收政府信息公开申请数量"), "{text}");
    assert!(text.contains("\n\n  # "), "sections are not apart:\n{text}");
    inside(&site, &["check"]).ends(0);
    inside(&site, &["build"]).ends(0);

    let filled =
        text.replace("req_carried_out: [~, ~, ~, ~, ~, ~, ~]", "req_carried_out: [2, 0, 0, 0, 0, 0, 2]");
    assert_ne!(filled, text);
    site.write(path, filled.as_bytes());
    new(&["report", "county/statistics", "2023", "--form", "gb-2021"]).ends(2).says("2023.md");
    assert_eq!(site.read(path).unwrap(), filled, "a report was overwritten");

    new(&["report", "county/statistics", "2024", "--from", "2023"]).ends(0);
    let next = site.read("portal/content/county/statistics/2024.md").unwrap();
    let line = next.lines().find(|line| line.starts_with("  req_carried_in:")).unwrap();
    assert!(
        line.contains("[~, ~, ~, ~, ~, ~, ~]") && line.ends_with("2023: [2, 0, 0, 0, 0, 0, 2]"),
        "{line}"
    );
    new(&["report", "county/statistics", "2025", "--from", "2019"]).ends(2).says("2019");
}

#[test]
fn every_form_makes_a_report_that_reads_as_empty() {
    let site = scaffold("zh-CN");
    inside(&site, &["new", "agency", "county/office", "--name", "某局"]).ends(0);
    for (form, year) in [
        ("zj-2012", "2012"),
        ("gb-2014", "2015"),
        ("gb-2019", "2019"),
        ("gb-2021", "2022"),
        ("us-foia", "2018"),
    ] {
        inside(&site, &["new", "report", "county/office", year, "--form", form]).ends(0);
    }
    let checked = inside(&site, &["check", "content/county", "--format", "json"]).ends(0);
    let said: serde_json::Value = serde_json::from_str(&checked.out).unwrap();
    assert_eq!(
        (&said["summary"]["errors"], &said["summary"]["warnings"]),
        (&0.into(), &0.into()),
        "{}",
        checked.all()
    );
    inside(&site, &["build"]).ends(0);
}
