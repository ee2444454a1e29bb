//! `glasshouse import` as a clerk meets it: files in, reports out, and what is said of them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::site::{Run, Site};
use crate::tables::{Rows, bars, csv, docx, html, rows, xlsx};

/// The first report: its figures and labels, in the shape in which it was found.
const FIRST: &str = include_str!("import/county-2012.txt");

/// Its figures; all others are blank.
const FIGURES: [(&str, &str); 10] = [
    ("proactive_total", "289"),
    ("proactive_web", "298"),
    ("press_conferences", "15"),
    ("units_dedicated", "1"),
    ("staff_full_time", "2"),
    ("staff_part_time", "1"),
    ("meetings", "4"),
    ("trainings", "3"),
    ("trainees", "8"),
    ("budget", "6"),
];

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}:\n{}", run.all()))
}

/// What became of rows, counted.
fn kinds(report: &Value) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for entry in report["entries"].as_array().unwrap() {
        *counts.entry(entry["kind"].as_str().unwrap().to_owned()).or_insert(0) += 1;
    }
    counts
}

fn front_matter(text: &str) -> &str {
    text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap().0
}

/// The lines under `statistics:`.
fn statistics(text: &str) -> BTreeMap<&str, &str> {
    let lines = front_matter(text).lines().skip_while(|line| *line != "statistics:").skip(1);
    let own = lines.take_while(|line| line.starts_with("  ")).filter(|line| !line.trim().starts_with('#'));
    own.map(|line| line.trim().split_once(':').unwrap()).map(|(code, value)| (code, value.trim())).collect()
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn the_first_report_needs_no_option() {
    let site = Site::empty().file("site.toml", "title = \"年报\"\n").file("found.txt", FIRST);
    let run = site.run(&["import", "found.txt", "--format", "json"]).ends(0);
    let said = json(&run);
    assert_eq!(said["written"], true);
    assert_eq!(said["problems"], Value::Array(Vec::new()));
    let report = &said["reports"][0];
    assert_eq!(report["agency"], "苍南县城新区工程建设指挥部");
    assert_eq!(report["period"], "2012");
    let expected = BTreeMap::from([("blank".to_owned(), 33), ("matched".to_owned(), 10)]);
    assert_eq!(kinds(report), expected, "{report:#}");

    let text = site.read("content/苍南县城新区工程建设指挥部/2012.md").unwrap();
    let head = front_matter(&text);
    for line in
        ["form: zj-2012", "period: 2012", "published: 2013-03-18", "  issuer: 苍南县城新区工程建设指挥部"]
    {
        assert!(head.lines().any(|found| found == line), "{line} is not in:\n{head}");
    }
    let found = statistics(&text);
    assert_eq!(found.len(), 43);
    let given: BTreeMap<&str, &str> =
        found.iter().filter(|(_, value)| !value.is_empty()).map(|(k, v)| (*k, *v)).collect();
    assert_eq!(given, BTreeMap::from(FIGURES));

    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        headings,
        [
            "## 一、统一认识,明确分工",
            "## 二、完善制度,理顺程序",
            "## 三、依靠各方,共同推进",
            "## 四、突出重点,讲求实效",
            "## 二、存在的不足",
            "## 三、下一步打算",
        ]
    );
    let (_, body) = text.split_once("\n---\n").unwrap();
    assert!(!body.contains('|') && !body.contains("计量单位"), "the table stands in the text too:\n{body}");
    assert!(body.contains("二○一三年三月十八日"));
    // Nothing of the text is lost: what is left of both without white space and marks is the same.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (prose, _) = FIRST.split_once("2012年政府信息公开情况统计表").unwrap();
    assert_eq!(letters(body), letters(prose));

    let agency = site.read("content/苍南县城新区工程建设指挥部/_index.md").unwrap();
    assert!(
        agency.contains("name: 苍南县城新区工程建设指挥部") && agency.contains("other_names: [县城新区]")
    );
    site.run(&["check"]).ends(0).says("[part-exceeds-whole]").says("298");
    site.run(&["build"]).ends(0);
}

/// A table with every state of a figure: number, decimal, blank, unit, approximation, n/a.
fn table() -> Rows {
    rows(
        "2013年政府信息公开情况统计表 | | 
          填报单位：某局 | |
          指标名称 | 计量单位 | 数据统计
          一、主动公开数量 | 条 | 1,289
          （一）通过政府网站公开数 | 条 | 680余
          （二）召开新闻发布会次数 | 次 | 0
          二、依申请公开数量 | 件 |
          （一）依申请方式 | |
          1、当面申请数 | 件 | -
          2、传真申请数 | 件 | N/A
          3、网络申请数 | 件 | <1
          三、行政复议数量 | 件 | 2
          1、维持具体行政行为数 | 件 | 1
          2、确认具体行政行为违法数 | 件 | 1
          四、行政诉讼数量 | 件 | 3
          1、维持具体行政行为数 | 件 | 3
          其他主动公开文件 | 件 | 186
          （四）政府信息公开专项经费 | 万元 | 251000元
          1、提供依申请公开信息收取的费用 | 万元 | 0.1234",
    )
}

#[test]
fn one_table_in_six_formats_is_one_report() {
    let table = table();
    let page = html(&table, "gb2312");
    let (gbk, _, is_lossy) = encoding_rs::GBK.encode(&page);
    assert!(!is_lossy && std::str::from_utf8(&gbk).is_err(), "the page is not in GBK");
    let formats: [(&str, Vec<u8>); 6] = [
        ("table.txt", bars(&table)),
        ("utf8.html", html(&table, "utf-8").into_bytes()),
        ("gbk.html", gbk.into_owned()),
        ("table.csv", csv(&table)),
        ("table.xlsx", xlsx(&table)),
        ("table.docx", docx(&table)),
    ];
    let mut all: Vec<(&str, String)> = Vec::new();
    for (name, bytes) in &formats {
        let site = Site::new();
        site.write(name, bytes);
        site.run(&["import", name]).ends(0).says("其他主动公开文件");
        let text = site.read("content/county/office/2013.md").unwrap();
        all.push((name, front_matter(&text).to_owned()));
        site.run(&["check"]).ends(0);
    }
    let (_, first) = &all[0];
    for (name, front) in &all {
        assert_eq!(front, first, "{name}");
    }
    let found = format!("---\n{first}\n---\n");
    let found = statistics(&found);
    for (code, value) in [
        ("proactive_total", "1289"),
        ("proactive_web", "680余"),
        ("press_conferences", "0"),
        ("requests_total", ""),
        ("req_mode_fax", "N/A"),
        ("req_mode_online", "<1"),
        ("review_upheld", "1"),
        ("review_illegal", "1"),
        ("lit_upheld", "3"),
        ("budget", "251000元"),
        ("fees_collected", "0.1234"),
    ] {
        assert_eq!(found.get(code).map(|value| value.trim_matches('"')), Some(value), "{code} in\n{first}");
    }
    assert!(found.keys().any(|code| code.starts_with("x_")), "the local row is lost:\n{first}");
    assert!(!found.contains_key("complaints"), "a row that is not there became a figure:\n{first}");
}

const SMALL: &str = "2013年政府信息公开情况统计表\n填报单位:某局\n指标名称 | 计量单位 | 数据统计 |\n\
                     一、主动公开数量 | 条 | 289 |\n(一)通过政府网站公开数 | 条 | 200 |\n\
                     二、依申请公开数量 | 件 | |\n五、举报数量 | 件 | 1 |\n";

#[test]
fn a_report_that_is_there_is_kept_until_somebody_decides() {
    let site = Site::new().file("first.txt", SMALL).file("again.txt", &SMALL.replace("289", "290"));
    let path = "content/county/office/2013.md";
    site.run(&["import", "first.txt", "--dry-run"]).ends(0).says("Nothing was written");
    assert_eq!(site.read(path), None);

    site.run(&["import", "first.txt"]).ends(0);
    let first = site.read(path).unwrap();
    site.run(&["import", "first.txt"]).ends(0).says("unchanged");
    assert_eq!(site.read(path).unwrap(), first);

    // An editor adds a comment and a text; neither is the importer's to lose.
    let edited = first.replace("proactive_total: 289", "proactive_total: 289  # seen") + "\n我们的话。\n";
    site.write(path, edited.as_bytes());
    site.run(&["import", "again.txt"]).ends(1).says("[kept]").says("proactive_total: 289 → 290");
    assert_eq!(site.read(path).unwrap(), edited);

    let run = site.run(&["import", "again.txt", "--revise", "核对后更正", "--format", "json"]).ends(0);
    let report = &json(&run)["reports"][0];
    assert_eq!(report["state"], "revised");
    assert_eq!(report["differences"][0]["code"], "proactive_total");
    let revised = site.read(path).unwrap();
    assert!(revised.contains("proactive_total: 290  # seen") && revised.contains("我们的话。"), "{revised}");
    assert!(
        revised.contains("why: 核对后更正, changes: {proactive_total: {from: 289, to: 290}}"),
        "{revised}"
    );
    site.run(&["check"]).ends(0);
    site.run(&["import", "again.txt"]).ends(0).says("unchanged");

    site.run(&["import", "first.txt", "--force"]).ends(0).says("[replaced]");
    assert_eq!(site.read(path).unwrap(), first);
    site.run(&["import", "first.txt", "--force", "--revise", "x"]).ends(2);
}

#[test]
fn a_file_nobody_can_read_is_not_overwritten_either() {
    let site =
        Site::new().file("first.txt", SMALL).file("content/county/office/2013.md", "---\nform: [\n---\n");
    site.run(&["import", "first.txt"]).ends(1).says("[kept]");
    assert_eq!(site.read("content/county/office/2013.md").unwrap(), "---\nform: [\n---\n");
    site.run(&["import", "first.txt", "--force"]).ends(0);
    site.run(&["check"]).ends(0);
}

#[test]
fn a_labels_file_says_what_labels_mean() {
    let text =
        SMALL.replace("一、主动公开数量", "公开信息总数") + "审核意见 | 条 | 7 |\n新媒体公开数 | 条 | 12 |\n";
    let site = Site::new().file("a.txt", &text);
    let unknown = json(&site.run(&["import", "a.txt", "--dry-run", "--format", "json"]).ends(0));
    assert_eq!(kinds(&unknown["reports"][0]).get("local"), Some(&3), "{unknown:#}");

    site.write(
        "labels.yaml",
        "公开信息总数: proactive_total\n审核意见:\n新媒体公开数: x_new_media\n".as_bytes(),
    );
    site.run(&["import", "a.txt", "--map", "labels.yaml"]).ends(0);
    let text = site.read("content/county/office/2013.md").unwrap();
    let found = statistics(&text);
    assert_eq!((found["proactive_total"], found["x_new_media"]), ("289", "12"));
    assert!(!text.contains("审核意见"));

    site.write("labels.yaml", "公开信息总数: proactive_totl\n".as_bytes());
    site.run(&["import", "a.txt", "--map", "labels.yaml"]).ends(1).says("proactive_totl");
    site.write("labels.yaml", "- a\n".as_bytes());
    site.run(&["import", "a.txt", "--map", "labels.yaml"]).ends(2).says("labels.yaml");
    site.run(&["import", "a.txt", "--map", "nothing.yaml"]).ends(3);
}

#[test]
fn one_of_several_columns_is_chosen_by_its_heading() {
    let text = "2013年政府信息公开情况统计表\n填报单位:某局\n指标名称 | 计量单位 | 本年数 | 历年累计 |\n\
                一、主动公开数量 | 条 | 289 | 1500 |\n(一)通过政府网站公开数 | 条 | 200 | 900 |\n\
                五、举报数量 | 件 | 1 | 4 |\n";
    for (column, value) in [("本年数", "289"), ("历年累计", "1500")] {
        let site = Site::new().file("a.txt", text);
        site.run(&["import", "a.txt", "--column", column]).ends(0);
        let text = site.read("content/county/office/2013.md").unwrap();
        assert!(front_matter(&text).contains(value), "{column}:\n{text}");
    }
}

#[test]
fn what_the_documents_do_not_say_is_asked_for() {
    let table = "指标名称 | 计量单位 | 数据统计 |\n一、主动公开数量 | 条 | 289 |\n(一)通过政府网站公开数 | 条 | 200 |\n五、举报数量 | 件 | 1 |\n";
    let site = Site::new().file("a.txt", table);
    let before = files(site.root());
    site.run(&["import", "a.txt"]).ends(1).says("--agency");
    site.run(&["import", "a.txt", "--agency", "county/office"]).ends(1).says("--period");
    site.run(&["import", "a.txt", "--form", "zj-2021"]).ends(2).says("zj-2012");
    site.run(&["import", "a.txt", "--agency", "../x"]).ends(2);
    site.run(&["import", "nothing.txt"]).ends(2);
    site.run(&["import", "a.txt", "--lang", "zh-CN"]).ends(1).says("用 --agency");
    assert_eq!(files(site.root()), before, "something was written");
    site.run(&["import", "a.txt", "--agency", "county/office", "--period", "2013"]).ends(0);
}

#[test]
fn a_misspelt_label_is_suggested_and_not_taken() {
    let site = Site::new().file("a.txt", &SMALL.replace("五、举报数量", "五、举报数亮"));
    let said = json(&site.run(&["import", "a.txt", "--format", "json"]).ends(0));
    let entries = said["reports"][0]["entries"].as_array().unwrap();
    let found = entries.iter().find(|entry| entry["label"].as_str().unwrap().contains("举报数亮")).unwrap();
    assert_eq!(found["kind"], "local");
    assert!(found["suggestion"].as_str().unwrap().contains("举报数量"), "{found:#}");
    assert_eq!((&found["place"], &found["file"]), (&"7".into(), &"a.txt".into()), "{found:#}");
    let text = site.read("content/county/office/2013.md").unwrap();
    assert!(!statistics(&text).contains_key("complaints"), "{text}");
}
