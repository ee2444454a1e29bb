//! Small sites with one kind of change each.

use std::path::{Path, PathBuf};

use crate::{Args, run};

/// Two sites in a folder of their own.
struct Sites(tempfile::TempDir);

impl Sites {
    fn new() -> Self {
        let sites = Self(tempfile::tempdir().unwrap());
        for side in ["old", "new"] {
            std::fs::create_dir(sites.0.path().join(side)).unwrap();
        }
        sites
    }

    /// Writes a file to both sites.
    fn file(self, path: &str, old: impl AsRef<[u8]>, new: impl AsRef<[u8]>) -> Self {
        self.only("old", path, old).only("new", path, new)
    }

    fn only(self, side: &str, path: &str, text: impl AsRef<[u8]>) -> Self {
        let file = self.0.path().join(side).join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
        self
    }

    fn args(&self, ignore: &[&str]) -> Args {
        let side = |name| self.0.path().join(name);
        Args {
            old: side("old"),
            new: side("new"),
            report: None,
            ignore: ignore.iter().map(|&one| one.to_owned()).collect(),
        }
    }

    /// Whether the sites are the same, and what is printed.
    fn compare(&self, ignore: &[&str]) -> (bool, String) {
        let mut printed = Vec::new();
        let is_same = run(&self.args(ignore), &mut printed).unwrap();
        (is_same, String::from_utf8(printed).unwrap())
    }

    /// The groups as they are printed, without the counts.
    fn groups(&self) -> Vec<String> {
        let (_, printed) = self.compare(&[]);
        printed.trim_end().split("\n\n").skip(1).map(str::to_owned).collect()
    }
}

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>t</title></head><body><main>{body}</main></body></html>"
    )
}

/// The groups of two sites whose file of this path was one text and is another.
fn of(path: &str, old: &str, new: &str) -> Vec<String> {
    Sites::new().file(path, old, new).groups()
}

#[test]
fn sites_of_the_same_bytes_are_the_same() {
    let sites = Sites::new().file("a/index.html", page("x"), page("x")).file("b.bin", [0, 255], [0, 255]);
    let (is_same, printed) = sites.compare(&[]);
    assert!(is_same);
    assert!(printed.lines().last().unwrap().starts_with("all            2       0"), "{printed}");
}

#[test]
fn files_of_one_site_alone_are_named() {
    let sites = Sites::new().only("old", "gone.txt", "x").only("new", "a/come.html", "x");
    let groups = sites.groups();
    assert_eq!(groups.len(), 2);
    assert!(groups[0].starts_with("HTML file added (1 file)") && groups[0].contains("a/come.html"));
    assert!(groups[1].starts_with("text file removed (1 file)") && groups[1].contains("gone.txt"));
}

#[test]
fn a_file_whose_fingerprint_changed_is_the_same_file() {
    let sites = Sites::new().only("old", "static/site.6517f607.css", "a{}\nb{}\n").only(
        "new",
        "static/site.11111111.css",
        "a{}\nc{}\n",
    );
    assert_eq!(
        sites.groups(),
        ["text line changed at line (1 file)\n  static/site.11111111.css at line 2\n    - b…\n    + c…"]
    );
}

#[test]
fn texts_attributes_and_elements_of_pages_are_told_apart() {
    let groups = of(
        "index.html",
        &page("<p class=lead>Reports of 5 agencies</p><a href=/old/>x</a><ul><li>one</li><li>two</li></ul>"),
        &page(
            "<p class=lead>Reports from 5 agencies</p><a href=/new/>x</a><ul><li>one</li><li>and</li><li>two</li></ul>",
        ),
    );
    assert_eq!(
        groups,
        [
            "HTML text changed at body > main > p.lead (1 file)\n  index.html at body > main > p.lead\n    - …of…\n    + …from…",
            "HTML attribute href changed at body > main > a (1 file)\n  index.html at body > main > a\n    - …old…\n    + …new…",
            "HTML element added at body > main > ul > li (1 file)\n  index.html at body > main > ul > li:nth-of-type(2)\n    + <li>and</li>",
        ]
    );
}

#[test]
fn the_same_change_on_many_pages_is_one_group() {
    let mut sites = Sites::new();
    for number in 0..40 {
        let page = |word: &str| page(&format!("<h1>Page {number}</h1><p id=n-{number}>{word} files</p>"));
        sites = sites.file(&format!("{number:02}/index.html"), page("All"), page("Many"));
    }
    assert_eq!(
        sites.groups(),
        ["HTML text changed at p#n-N (40 files)\n  00/index.html at p#n-0\n    - All…\n    + Many…\n  \
          in 00/index.html, 01/index.html, 02/index.html, 03/index.html, 04/index.html and 35 more"]
    );
}

#[test]
fn a_place_with_other_texts_on_each_page_is_one_group_too() {
    let mut sites = Sites::new();
    for number in 0..9 {
        let page = |add: i32| page(&format!("<td class=num>{}</td>", number + add));
        sites = sites.file(&format!("{number}.html"), page(0), page(100));
    }
    let groups = sites.groups();
    assert_eq!(groups.len(), 1);
    assert!(groups[0].contains("(9 files, 9 different changes)"), "{}", groups[0]);
}

#[test]
fn a_row_that_was_put_in_leaves_the_others_alone() {
    let rows = |names: &[&str]| {
        let rows: String = names.iter().map(|name| format!("<tr><th>{name}</th><td>1</td></tr>")).collect();
        page(&format!("<table>{rows}</table>"))
    };
    let groups = of("t.html", &rows(&["a", "b", "c", "d"]), &rows(&["a", "x", "b", "d"]));
    assert_eq!(groups.len(), 2, "{groups:?}");
    assert!(groups[0].contains("element removed") && groups[0].contains("<th>c</th>"), "{}", groups[0]);
    assert!(groups[1].contains("element added") && groups[1].contains("<th>x</th>"), "{}", groups[1]);
}

#[test]
fn a_drawing_is_one_difference_with_all_that_differs_inside() {
    let figure = |value: &str, path: &str| {
        page(&format!(
            "<figure id=chart-totals><svg viewBox=\"0 0 9 9\"><path class=ln d=\"{path}\"/><text>{value}</text></svg></figure>"
        ))
    };
    let groups = of("i.html", &figure("12", "M0 0"), &figure("13", "M0 1"));
    assert_eq!(
        groups,
        [
            "HTML drawing changed at figure#chart-totals > svg (1 file)\n  i.html at figure#chart-totals > svg\n    \
          attribute d at path.ln: “…0” → “…1”\n    text at text: “12” → “13”"
        ]
    );
}

#[test]
fn a_picture_file_is_a_drawing() {
    let picture = |value: &str| {
        format!(
            "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><g><text>{value}</text></g></svg>"
        )
    };
    let groups = of("chart.svg", &picture("1"), &picture("2"));
    assert_eq!(
        groups,
        ["SVG drawing changed at svg (1 file)\n  chart.svg at svg\n    text at g > text: “1” → “2”"]
    );
}

#[test]
fn json_is_compared_by_path_and_numbers_by_their_characters() {
    let groups = of(
        "report.json",
        r#"{"figures": {"a": 1.50, "b": 12345678901234567890.1}, "list": [{"id": 1, "n": 1}, {"id": 2}], "gone": true}"#,
        r#"{"list": [{"id": 0}, {"id": 1, "n": 2}, {"id": 2}], "figures": {"a": 1.5, "b": 12345678901234567890.2}}"#,
    );
    let heads: Vec<&str> = groups.iter().map(|group| group.lines().next().unwrap()).collect();
    assert_eq!(
        heads,
        [
            "JSON value changed at figures.a (1 file)",
            "JSON value changed at figures.b (1 file)",
            "JSON value removed at gone (1 file)",
            "JSON value added at list[] (1 file)",
            "JSON value changed at list[].n (1 file)",
        ]
    );
    assert!(groups[0].ends_with("- 1.50\n    + 1.5"), "{}", groups[0]);
    assert!(groups[4].contains("at list[1].n"), "{}", groups[4]);
}

#[test]
fn tables_are_compared_by_key_and_column() {
    let groups = of(
        "data.csv",
        "name,year,value\na,2020,1\na,2021,2\nb,2020,3\n",
        "name,year,note,value\na,2020,,1\na,2021,,5\nc,2020,,4\n",
    );
    assert_eq!(
        groups,
        [
            "CSV cell changed at row, column value (1 file)\n  data.csv at row a, 2021, column value\n    - 2\n    + 5",
            "CSV row removed at row (1 file)\n  data.csv at row b, 2020\n    - b,2020,3",
            "CSV row added at row (1 file)\n  data.csv at row c, 2020\n    + c,2020,,4",
            "CSV column added at column note (1 file)\n  data.csv at column note\n    + note",
        ]
    );
}

#[test]
fn feeds_are_compared_by_element() {
    let feed = |title: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<feed><entry><link href=\"/a/\"/><title>{title} &amp; co</title></entry></feed>"
        )
    };
    let groups = of("feed.xml", &feed("One"), &feed("Two"));
    assert_eq!(
        groups,
        [
            "XML text changed at feed > entry > title (1 file)\n  feed.xml at feed > entry > title\n    - One…\n    + Two…"
        ]
    );
}

#[test]
fn what_is_no_text_is_compared_by_bytes() {
    let groups = Sites::new().file("search/a.bin", [1, 2, 3], [1, 9, 3, 4]).groups();
    assert_eq!(
        groups,
        ["binary bytes changed at bytes (1 file)\n  search/a.bin at from byte 1\n    - 3…\n    + 4…"]
    );
    assert!(Sites::new().file("a.html", [60, 255], [60, 254]).groups()[0].starts_with("HTML bytes changed"));
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_compared_as_text() {
    assert!(of("a.json", "{", "{}")[0].starts_with("JSON line changed"));
    assert!(of("a.xml", "<a>", "<a></b>")[0].starts_with("XML line changed"));
    assert!(of("a.svg", "x", "y")[0].starts_with("SVG line changed"));
}

#[test]
fn other_bytes_that_say_the_same_are_named_as_such() {
    let groups = of("a.html", &page("<p>x</p>"), &page("\n<p>x</p>"));
    assert_eq!(groups.len(), 1);
    assert!(groups[0].starts_with("HTML spelling alone"), "{}", groups[0]);
    assert!(of("a.json", "{\"a\":1}", "{\"a\": 1}")[0].starts_with("JSON spelling alone"));
}

#[test]
fn what_is_ignored_is_set_aside_and_nothing_else() {
    let page = |version: &str, text: &str| {
        format!(
            "<html><head><meta name=generator content=\"G {version}\"></head><body><p>{text}</p></body></html>"
        )
    };
    let sites = Sites::new().file("a.html", page("1", "x"), page("2", "x"));
    assert!(!sites.compare(&[]).0);
    let (is_same, printed) = sites.compare(&["meta[name=generator]"]);
    assert!(is_same, "{printed}");
    assert!(printed.contains("HTML           0       0         1"), "{printed}");
    assert!(sites.compare(&["text:G 1", "text:G 2"]).0);
    let other = Sites::new().file("a.html", page("1", "x"), page("2", "y"));
    assert!(!other.compare(&["meta[name=generator]"]).0);
}

#[test]
fn wrong_usage_is_an_error() {
    let sites = Sites::new();
    let fails = |args: &Args| run(args, &mut Vec::new()).unwrap_err().to_string();
    assert!(fails(&sites.args(&["p[["])).contains("p[["));
    assert!(fails(&Args { old: PathBuf::from("no/such"), ..sites.args(&[]) }).contains("no/such"));
}

#[test]
fn the_report_is_one_page_with_both_drawings_in_the_styles_of_their_sites() {
    let page = |value: &str, print: &str| {
        format!(
            "<html><head><link rel=stylesheet href=\"/below/static/site.{print}.css\"></head><body><figure class=c>\
             <svg><pattern id=h></pattern><rect fill=\"url(#h)\"/><text>{value}</text></svg></figure><b>{value}<i></body></html>"
        )
    };
    let sites = Sites::new()
        .file("a.html", page("<1>", "aaaaaaaa"), page("<2>", "bbbbbbbb"))
        .only("old", "static/site.aaaaaaaa.css", ":root { --old: 1 }")
        .only("new", "static/site.bbbbbbbb.css", ":root { --new: 1 }");
    let file = sites.0.path().join("report.html");
    let is_same = run(&Args { report: Some(file.clone()), ..sites.args(&[]) }, &mut Vec::new()).unwrap();
    let report = read(&file);
    assert!(!is_same);
    assert!(!report.contains("<script") && !report.contains("<link"));
    assert!(
        report.contains(".old-style {\n& { --old: 1 }") && report.contains(".new-style {\n& { --new: 1 }")
    );
    let ids: Vec<&str> = report.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    for id in &ids {
        assert!(report.contains(&format!("url(#{id})")), "{id}");
    }
    assert_ne!(ids[0], ids[1]);
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}
