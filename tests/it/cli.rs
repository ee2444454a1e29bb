//! The command line as its users meet it: what is said, and with which code it ends.

use std::path::Path;

use serde_json::Value;

use crate::site::{Site, run};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

/// A site with a wrong file of each kind; only `2012.md` is right.
fn wrong_everywhere() -> Site {
    Site::new()
        .file("site.toml", "title = \"年报\"\nlangauges = [\"zh-CN\"]\n")
        .report("content/county/office/2012.md", "proactive_total: 5\nproactive_web: 3")
        .report("content/county/office/twice.md", "proactive_total: 5")
        .file("content/county/office/2013.md", "---\ntitle: [年报\nform: zj-2012\n---\n")
        .file("content/county/office/2014.md", "---\ntitle: 年报\nform: zj-2021\nstatistics: {}\n---\n")
        .report("content/county/office/2015.md", "proactive_totl: 5")
        .report("content/county/office/2016.md", "proactive_total: many")
}

#[test]
fn a_folder_without_settings_is_wrong_usage() {
    let site = Site::empty();
    for command in ["build", "check", "list"] {
        site.run(&[command]).ends(2).says("settings-missing").says("site.toml");
    }
}

#[test]
fn broken_settings_are_shown_at_their_line() {
    let site =
        Site::new().file("site.toml", "title = \"年报\"\nbase_url = example.org\nlangauges = [\"en\"]\n");
    for command in ["build", "check"] {
        site.run(&[command])
            .ends(2)
            .says("[toml-syntax]")
            .says("site.toml:2:")
            .says("[unknown-key]")
            .says("site.toml:3:1");
    }
}

#[test]
fn every_fault_is_reported_in_one_run() {
    let site = wrong_everywhere();
    site.write(
        "content/county/office/twice.md",
        "---\ntitle: 年报\nform: zj-2012\nperiod: 2012\nstatistics: {}\n---\n".as_bytes(),
    );
    for command in ["check", "build"] {
        let mut run = site.run(&[command]).ends(2);
        for (code, place) in [
            ("unknown-key", "site.toml:2:1"),
            ("report-twice", "twice.md:4:1"),
            ("yaml-syntax", "2013.md:"),
            ("form-unknown", "2014.md:3:7"),
            ("", "2015.md:5:3"),
            ("", "2016.md:5:20"),
        ] {
            run = run.says(&format!("[{code}").replace("[]", "[")).says(place);
        }
    }
    assert_eq!(site.read("public/index.html"), None, "something was published");
}

#[test]
fn errors_in_the_content_end_with_one() {
    let site = Site::new().file("content/county/office/2012.md", "---\ntitle: 年报\nform: zj-2021\n---\n");
    site.run(&["check", "--fail-on", "never"]).ends(1).says("[form-unknown]").says("2012.md:3:7");
    site.run(&["build"]).ends(1).says("[form-unknown]");
}

#[test]
fn findings_end_as_they_are_told_to() {
    let site =
        Site::new().report("content/county/office/2012.md", "proactive_total: 289\nproactive_web: 298");
    let finding = "content/county/office/2012.md:6:18";
    site.run(&["check"]).ends(0).says("[part-exceeds-whole]").says(finding);
    site.run(&["check", "--fail-on", "warning"]).ends(1).says(finding);
    site.run(&["check", "--fail-on", "warning", "--only", "sum-mismatch"]).ends(0);

    site.write("site.toml", "title = \"年报\"\n[check]\nfail_on = \"warning\"\n".as_bytes());
    site.run(&["check"]).ends(1);
    site.run(&["check", "--fail-on", "never"]).ends(0);

    site.write("site.toml", "title = \"年报\"\n[check.severity]\npart-exceeds-whole = \"off\"\n".as_bytes());
    let run = site.run(&["check", "--fail-on", "note"]);
    assert!(!run.all().contains("part-exceeds-whole"), "{}", run.all());
}

#[test]
fn texts_are_checked_as_loudly_as_settings_say() {
    let body = "见[别处](nowhere.md)。\n\n![](map.svg)\n";
    let text = format!("---\ntitle: 年报\nform: zj-2012\nstatistics: {{budget: 6}}\n---\n{body}");
    let site = Site::new()
        .file("content/county/office/2012.md", &text)
        .file("content/county/office/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.run(&["check", "--explain", "broken-link"]).ends(0);
    let run = site.run(&["check", "--only", "broken-link"]).ends(0).says("2012.md:6:");
    assert!(run.out.contains("[broken-link]") && !run.out.contains("image-without-alt"), "{}", run.out);
    site.run(&["check", "--only", "broken-link", "--fail-on", "warning"]).ends(1);

    let set = |level: &str| {
        let text = format!(
            "title = \"年报\"\n[[check.folder]]\npath = \"county\"\nseverity = {{broken-link = \"{level}\"}}\n"
        );
        site.write("site.toml", text.as_bytes());
    };
    let quality = || site.read("public/quality/index.html").unwrap();
    site.run(&["build"]).ends(0);
    let page = quality();
    let (_, found) = page.split_once("<section class=\"check\" id=\"check-broken-link\">").unwrap();
    let (found, _) = found.split_once("</section>").unwrap();
    assert!(found.contains("1条未说明") && found.contains("nowhere.md"), "{found}");
    assert!(
        found.contains("href=\"/county/office/2012/\""),
        "the finding does not lead to its text: {found}"
    );
    site.write("content/county/office/2012.md", text.replace("[别处](nowhere.md)", "别处").as_bytes());
    site.run(&["build"]).ends(0);
    assert!(!quality().contains("id=\"check-broken-link\""), "what was mended is still counted");
    site.write("content/county/office/2012.md", text.as_bytes());

    set("off");
    let run = site.run(&["check"]).ends(0).says("image-without-alt");
    assert!(!run.out.contains("broken-link"), "{}", run.out);
    set("error");
    site.run(&["check"]).ends(1).says("error[broken-link]");
    site.run(&["build"]).says("error[broken-link]");
    assert!(site.read("public/index.html").is_some(), "a broken link keeps the portal from its readers");
    assert!(site.read("public/quality/index.html").unwrap().contains("id=\"check-broken-link\""));
}

#[test]
fn paths_narrow_what_is_reported() {
    let site = Site::new()
        .report("content/county/office/2012.md", "proactive_total: 1\nproactive_web: 2")
        .report("content/county/office/2013.md", "proactive_total: 1\nproactive_web: 2");
    let run = site.run(&["check", "content/county/office/2013.md"]).ends(0).says("2013.md:6:18");
    assert!(!run.out.contains("2012.md"), "{}", run.out);
    site.run(&["check", "content/nothing"]).ends(2);
    site.run(&["check", ".."]).ends(2);
}

#[test]
fn a_site_elsewhere_is_named_as_it_was_typed() {
    let site = Site::new().report("content/county/office/2012.md", "proactive_total: 1\nproactive_web: 2");
    let outside = Site::empty();
    let root = site.root().to_str().unwrap();
    let place = format!("{root}/content/county/office/2012.md:6:18");
    outside.run(&["check", "--site", root]).ends(0).says(&place);
}

#[test]
fn machine_readable_formats_hold_the_same_findings() {
    let site = Site::new().report("content/county/office/2012.md", "proactive_total: 1\nproactive_web: 2");

    let object = json(&site.run(&["check", "--format", "json"]).ends(0).out);
    let found = object["diagnostics"].as_array().unwrap();
    let finding = found.iter().find(|found| found["code"] == "part-exceeds-whole").unwrap();
    assert_eq!(finding["file"], "content/county/office/2012.md");
    assert_eq!((&finding["line"], &finding["column"]), (&6.into(), &18.into()));
    assert_eq!(finding["path"], "statistics.proactive_web");

    let log = json(&site.run(&["check", "--format", "sarif"]).ends(0).out);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), found.len());
    let result = results.iter().find(|result| result["ruleId"] == "part-exceeds-whole").unwrap();
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 6);

    let commands = site.run(&["check", "--format", "github"]).ends(0).out;
    assert_eq!(commands.lines().count(), found.len());
    assert!(commands.contains("::warning file=content/county/office/2012.md,line=6,endLine=6,col=18,"));
}

#[test]
fn accepted_findings_are_not_counted() {
    let text = "---\ntitle: 年报\nform: zj-2012\nstatistics:\n  proactive_total: 1\n  proactive_web: 2\n\
                accept:\n  - {check: part-exceeds-whole, at: proactive_web, why: 原表如此}\n---\n";
    let site = Site::new().file("content/county/office/2012.md", text);
    let run = site.run(&["check", "--fail-on", "warning"]).ends(0);
    assert!(!run.out.contains("[part-exceeds-whole]"), "{}", run.out);
    let object = json(&site.run(&["check", "--format", "json"]).out);
    assert_eq!(object["summary"]["accepted"], 1);
    assert_eq!(object["summary"]["warnings"], 0);
    let log = json(&site.run(&["check", "--format", "sarif"]).out);
    assert!(
        log["runs"][0]["results"]
            .as_array()
            .unwrap()
            .iter()
            .any(|result| { result["suppressions"][0]["justification"] == "原表如此" })
    );
}

#[test]
fn one_file_and_a_title_make_a_portal() {
    let site = Site::empty().file("site.toml", "title = \"年报\"\n").file("content/_index.md", "你好\n");
    site.run(&["build"]).ends(0);
    assert!(site.read("public/index.html").unwrap().contains("你好"));
}

#[test]
fn a_build_says_what_it_did() {
    let site = Site::new().report("content/county/office/2012.md", "proactive_total: 289");
    let run = site.run(&["build"]).ends(0);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    assert!(site.read("public/county/office/2012/index.html").unwrap().contains("289"));

    let object = json(&site.run(&["build", "--format", "json"]).ends(0).out);
    assert_eq!(object["published"], true);
    assert_eq!((&object["reports"], &object["agencies"]), (&1.into(), &1.into()));
    assert_eq!(object["files"]["created"], 0, "the second build wrote again");
    assert!(object["files"]["unchanged"].as_u64().unwrap() > 5);

    assert_eq!(site.run(&["build", "--quiet"]).ends(0).all(), "");
    let again = site.run(&["build", "--verbose"]).ends(0);
    assert!(!again.err.contains("rendering"), "nothing has changed, and yet: {}", again.err);
    let verbose = site.run(&["build", "--verbose", "--fresh"]).ends(0);
    assert!(verbose.err.contains("rendering"), "{}", verbose.err);
    assert!(verbose.err.lines().filter(|line| line.contains(" ms ")).count() >= 6, "{}", verbose.err);
}

#[test]
fn a_failed_build_leaves_the_last_one() {
    let site = Site::new().report("content/county/office/2012.md", "proactive_total: 289");
    site.run(&["build"]).ends(0);
    let page = "public/county/office/2012/index.html";
    let before = site.read(page).unwrap();
    site.write("content/county/office/2013.md", "---\ntitle: [\n---\n".as_bytes());
    site.run(&["build"]).ends(1).says("[yaml-syntax]");
    assert_eq!(site.read(page).unwrap(), before);
    let object = json(&site.run(&["build", "--format", "json"]).ends(1).out);
    assert_eq!(object["published"], false);
    assert_eq!(object["findings"]["errors"], 1);
}

#[test]
fn dangerous_and_unwritable_outputs_are_told_apart() {
    let site = Site::new().report("content/county/office/2012.md", "proactive_total: 289");
    site.run(&["build", "--output", "."]).ends(2);
    site.run(&["build", "--output", "content/public"]).ends(2);
    site.run(&["build", "--output", "/"]).ends(2);
    site.run(&["build", "--output", "site.toml/public"]).ends(3).says("site.toml");
}

#[test]
fn drafts_are_checked_but_not_published() {
    let text = "---\ntitle: 年报\nform: zj-2012\ndraft: true\nstatistics:\n  proactive_total: 1\n  proactive_web: 2\n---\n";
    let site = Site::new().file("content/county/office/2012.md", text);
    site.run(&["check"]).ends(0).says("[part-exceeds-whole]");
    site.run(&["build"]).ends(0);
    assert_eq!(site.read("public/county/office/2012/index.html"), None);
    site.run(&["build", "--drafts"]).ends(0);
    assert!(site.read("public/county/office/2012/index.html").is_some());
}

#[test]
fn wrong_usage_ends_with_two() {
    let site = Site::new();
    for args in [
        &["bulid"][..],
        &[],
        &["build", "--base-url", "example.org"],
        &["check", "--fail-on", "sometimes"],
        &["check", "--only", "no-such-check"],
        &["check", "--explain", "no-such-check"],
        &["forms", "gb2021"],
        &["completions", "cobol"],
    ] {
        let run = site.run(args).ends(2);
        assert!(!run.err.is_empty() && run.out.is_empty(), "{args:?}: {}", run.out);
    }
    site.run(&["check", "--only", "sum-mismatsh"]).ends(2).says("sum-mismatch");
    site.run(&["forms", "gb2021"]).ends(2).says("gb-2021");
}

#[test]
fn help_version_and_scripts_need_no_site() {
    let site = Site::empty();
    site.run(&["--help"]).ends(0).says("Examples:");
    site.run(&["--version"]).ends(0).says(env!("CARGO_PKG_VERSION"));
    for command in ["build", "check", "forms", "list", "completions", "man"] {
        site.run(&[command, "--help"]).ends(0).says("Examples:");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        site.run(&["completions", shell]).ends(0).says("fail-on");
    }
    site.run(&["man"]).ends(0).says(".TH");
    site.run(&["forms"]).ends(0).says("gb-2021");
    let form = json(&site.run(&["forms", "zj-2012", "--format", "json"]).ends(0).out);
    assert_eq!(form["figures"], 43);
}

#[test]
fn a_list_has_each_report() {
    let site = Site::new()
        .report("content/county/office/2012.md", "proactive_total: 289\nproactive_web:")
        .report("content/county/office/2013.md", "proactive_total: 289");
    let run = site.run(&["list"]).ends(0);
    assert_eq!(run.out.lines().count(), 2);
    assert!(run.out.lines().next().unwrap().starts_with("county/office  2012 "), "{}", run.out);
    let list = json(&site.run(&["list", "--format", "json"]).ends(0).out);
    assert_eq!(list["reports"][0]["figures"], serde_json::json!({ "given": 1, "transcribed": 2 }));
    assert_eq!(list["reports"][1]["period"], "2013");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let site = wrong_everywhere();
    for args in [&["check"][..], &["check", "--format", "json"], &["list"], &["forms"], &["man"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = site.command(args);
        command.stdout(writer);
        let run = run(command);
        assert_eq!((run.code, &*run.err), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let site = Site::new().report("content/county/office/2012.md", "proactive_total: 1\nproactive_web: 2");
    assert!(!site.run(&["check"]).out.contains('\u{1b}'));
    assert!(site.run(&["check", "--color", "always"]).out.contains('\u{1b}'));
    let mut command = site.command(&["check"]);
    command.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!run(command).out.contains('\u{1b}'));
}

#[test]
fn messages_are_in_the_readers_language() {
    let site = Site::new().report("content/county/office/2012.md", "proactive_total: 1\nproactive_web: 2");
    let speak = |variable: &str, value: &str, args: &[&str]| {
        let mut command = site.command(args);
        command.env(variable, value);
        run(command).out
    };
    assert!(speak("LANG", "zh_CN.UTF-8", &["check"]).starts_with("警告"));
    assert!(speak("LANG", "de_DE.UTF-8", &["check"]).starts_with("warning"));
    assert!(speak("LANG", "de_DE.UTF-8", &["check", "--lang", "zh-CN"]).starts_with("警告"));
}

#[test]
fn the_portal_of_this_repository_has_no_errors() {
    let site = Site::empty();
    let run = site.run(&["check", "--format", "json", "--site", env!("CARGO_MANIFEST_DIR")]).ends(0);
    assert_eq!(json(&run.out)["summary"]["errors"], 0);
}

#[test]
fn the_example_of_each_readme_is_sound() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        let example = text.split("```markdown\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let site = Site::new().file("content/county/office/2012.md", example);
        let run = site.run(&["check", "--fail-on", "note"]);
        assert_eq!(run.code, Some(0), "{name}: {}{}", run.out, run.err);
        assert_eq!(site.run(&["build"]).code, Some(0), "{name}");
    }
}

#[test]
fn a_profile_tells_the_time_of_phases_and_of_each_template() {
    let site = Site::new().report("content/county/office/2012.md", "requests_total: 3");
    let run = site.run(&["build", "--profile"]).ends(0);
    let told = |name: &str| run.err.lines().any(|line| line.contains(" ms") && line.ends_with(name));
    assert!(told("report.html") && told("agency.html") && told("home.html"), "{}", run.err);
    assert!(
        run.err.lines().any(|line| line.contains("× 1 ") && line.ends_with("report.html")),
        "{}",
        run.err
    );
    let run = site.run(&["build", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(object["templates"], serde_json::json!([]), "nothing was made again");
}
