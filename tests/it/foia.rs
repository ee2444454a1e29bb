//! Wide tables: the annual reports of United States agencies, a table a file, an agency a row.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::site::Site;

/// Excerpts of the published tables: four agencies, two years, eight tables.
const FEW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/import/foia");
/// A folder with all published tables, one folder a year, for the large test.
const ALL: &str = "GLASSHOUSE_FOIA";

/// A figure of the published tables, as printed: report, code → text.
type Figures = BTreeMap<(String, String), BTreeMap<String, String>>;

/// What the form's file says of labels and codes.
#[derive(Default)]
struct Codes {
    /// A table's name, a heading → a code.
    headings: BTreeMap<String, BTreeMap<String, String>>,
    /// A row's code → the codes of its columns.
    columns: BTreeMap<String, Vec<String>>,
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Reads the form's file by another way than the importer's.
fn codes() -> Codes {
    let form = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/form/catalog/us-foia.yaml"));
    let form: Value = serde_yaml::from_str(&form.unwrap()).unwrap();
    let mut codes = Codes::default();
    for section in each(&form["sections"]) {
        let mut own = BTreeMap::new();
        for indicator in each(&section["indicators"]) {
            for label in each(&indicator["aliases"]).chain([&indicator["label"]["en"]]) {
                own.insert(text(label), text(&indicator["code"]));
            }
        }
        let columns: Vec<(String, String)> = each(&section["table"]["columns"])
            .map(|column| (text(&column["code"]), text(&column["label"]["en"])))
            .collect();
        for row in each(&section["table"]["rows"]) {
            let (code, label) = (text(&row["code"]), text(&row["label"]["en"]));
            let cells = |before: &str| -> BTreeMap<String, String> {
                columns
                    .iter()
                    .map(|(id, head)| (format!("{before}{head}"), format!("{code}__{id}")))
                    .collect()
            };
            own.extend(cells(&format!("{label} - ")));
            for alias in each(&row["aliases"]) {
                codes.headings.entry(text(alias)).or_default().extend(cells(""));
            }
            codes.columns.insert(code, columns.iter().map(|(id, _)| id.clone()).collect());
        }
        for alias in each(&section["aliases"]) {
            codes.headings.entry(text(alias)).or_default().extend(own.clone());
        }
    }
    codes
}

/// Every table of a folder of years.
fn tables(folder: &Path) -> Vec<PathBuf> {
    let inside = |folder: &Path| {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    inside(folder).iter().flat_map(|year| inside(year)).collect()
}

/// What the tables print, read by another way than the importer's.
fn printed(folder: &Path) -> Figures {
    let headings = codes().headings;
    let mut found = Figures::new();
    for path in tables(folder) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let codes = headings.get(stem).unwrap_or_else(|| panic!("no section for {stem}"));
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let heads = reader.headers().unwrap().clone();
        assert_eq!(heads.iter().take(3).collect::<Vec<_>>(), ["Agency", "Component", "Fiscal Year"]);
        for row in reader.records() {
            let row = row.unwrap();
            assert_eq!(&row[1], "Agency Overall");
            let report = found.entry((row[0].to_owned(), row[2].to_owned())).or_default();
            for (head, text) in heads.iter().zip(&row).skip(3) {
                let code = codes.get(head).unwrap_or_else(|| panic!("{stem}: no code for {head}"));
                let before = report.insert(code.clone(), text.trim().to_owned());
                assert!(before.is_none_or(|before| before == text.trim()), "{stem}: {head} is printed twice");
            }
        }
    }
    found
}

/// A scalar's text; empty for `~`.
fn plain(text: &str) -> String {
    let text = text.trim().trim_matches('"');
    if text == "~" { String::new() } else { text.to_owned() }
}

/// The cells of a table's row: `[1, ~]`, `{median: 1}`, or nothing where all are blank.
fn cells(row: &str, text: &str, columns: &[String]) -> Vec<(String, String)> {
    let code = |column: &str| format!("{row}__{column}");
    let inner = |marks: [char; 2]| text.strip_prefix(marks[0])?.strip_suffix(marks[1]);
    if let Some(list) = inner(['[', ']']) {
        let cells: Vec<&str> = list.split(", ").collect();
        assert_eq!(cells.len(), columns.len(), "{row}: {text}");
        columns.iter().zip(cells).map(|(column, cell)| (code(column), plain(cell))).collect()
    } else if let Some(map) = inner(['{', '}']) {
        map.split(", ")
            .map(|cell| cell.split_once(": ").unwrap())
            .map(|(c, cell)| (code(c), plain(cell)))
            .collect()
    } else {
        assert_eq!(text, "", "{row}");
        columns.iter().map(|column| (code(column), String::new())).collect()
    }
}

/// What the reports say: agency's name, period → code → text, and whether it is consolidated.
fn imported(site: &Site) -> BTreeMap<(String, String), (BTreeMap<String, String>, bool)> {
    let columns = codes().columns;
    let mut found = BTreeMap::new();
    for folder in std::fs::read_dir(site.path("content/us"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
    {
        let read = |path: &Path| -> (Value, String) {
            let text = std::fs::read_to_string(path).unwrap();
            let front = text.strip_prefix("---\n").unwrap().split("\n---\n").next().unwrap().to_owned();
            (serde_yaml::from_str(&front).unwrap(), front)
        };
        let name = read(&folder.join("_index.md")).0["name"].as_str().unwrap().to_owned();
        for path in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.ends_with("_index.md") {
                continue;
            }
            let (tree, front) = read(&path);
            assert_eq!(tree["form"], "us-foia");
            // As text: reading numbers would hide a lost digit.
            let lines = front.lines().filter(|line| line.starts_with("  ") && !line.contains('#'));
            let mut figures = BTreeMap::new();
            for (code, text) in lines.map(|line| line.trim().split_once(':').unwrap()) {
                match columns.get(code) {
                    None => _ = figures.insert(code.to_owned(), plain(text)),
                    Some(columns) => figures.extend(cells(code, text.trim(), columns)),
                }
            }
            let year = tree["period"].to_string();
            found.insert((name.clone(), year), (figures, tree["scope"] == "consolidated"));
        }
    }
    found
}

/// The figures of one report against the tables; a text that is no figure must not have become one.
fn compare(
    report: &(String, String),
    printed: &BTreeMap<String, String>,
    found: &BTreeMap<String, String>,
) -> usize {
    for (code, text) in printed {
        let said = found.get(code).map(String::as_str);
        let expected = (text != "NaN").then_some(&**text);
        assert_eq!(said, expected, "{report:?}: {code}");
    }
    assert_eq!(found.keys().filter(|code| !printed.contains_key(*code)).count(), 0, "{report:?}");
    printed.len()
}

fn site(tables: &Path) -> Site {
    let site = Site::empty()
        .file("site.toml", "title = \"Reports\"\nlanguages = [\"en\"]\n")
        .file("content/us/_index.md", "---\nkind: region\nname: United States\n---\n");
    site.run(&["import", tables.to_str().unwrap(), "--folder", "us"]).ends(0);
    site
}

#[test]
fn a_few_agencies_and_tables_become_reports() {
    let printed = printed(Path::new(FEW));
    let site = site(Path::new(FEW));
    let found = imported(&site);
    assert_eq!(printed.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    assert_eq!(found.len(), 8);
    let figures: usize = printed.iter().map(|(key, figures)| compare(key, figures, &found[key].0)).sum();
    assert!(figures > 250, "{figures} figures only");
    let defense = &found[&("Department of Defense".to_owned(), "2015".to_owned())].0;
    for (code, text) in [
        ("requests_pending_start", "11704"),
        ("appeal_days_median", "99.4473684210526"),
        ("appeal_days_lowest", "<1"),
        ("appeal_days_highest", "3056"),
    ] {
        assert_eq!(defense.get(code).map(String::as_str), Some(text), "{code}");
    }
    // The row that adds up all agencies would otherwise be counted twice in every total.
    for ((agency, year), (_, is_consolidated)) in &found {
        assert_eq!(*is_consolidated, agency == "All agencies", "{agency} {year}");
    }
    let text = site.read("content/us/all-agencies/2014.md").unwrap();
    assert!(text.contains("# unreadable: appeals_backlog: NaN"), "{text}");
    site.run(&["build"]).ends(0);
}

/// Every row of a published table, found without the importer.
fn restated(printed: &Figures) -> BTreeMap<i32, usize> {
    let mut found = BTreeMap::new();
    for ((agency, year), figures) in printed {
        let year: i32 = year.parse().unwrap();
        let before = printed.get(&(agency.clone(), (year - 1).to_string()));
        let Some(closing) = before.and_then(|before| before.get("requests_pending_end")) else { continue };
        *found.entry(year).or_insert(0) += usize::from(figures["requests_pending_start"] != *closing);
    }
    found
}

#[test]
fn every_table_of_five_years_is_imported_and_checked() {
    let Some(folder) = std::env::var_os(ALL).map(PathBuf::from) else {
        eprintln!("skipped: {ALL} names no folder with the published tables, one folder a year");
        return;
    };
    let printed = printed(&folder);
    assert_eq!(printed.len(), 554);
    let site = site(&folder);
    let found = imported(&site);
    assert_eq!(found.len(), 554);
    let mut figures = 0;
    for (key, texts) in &printed {
        figures += compare(key, texts, &found[key].0);
    }
    assert!(figures > 90_000, "{figures} figures only");

    let run = site.run(&["check", "--format", "json", "--fail-on", "never"]).ends(0);
    let said: Value = serde_json::from_str(&run.out).unwrap();
    let findings = said["diagnostics"].as_array().unwrap();
    let of = |code: &str, path: &str| -> Vec<&str> {
        let is = |found: &&Value| found["code"] == code && found["path"] == path;
        findings.iter().filter(is).map(|found| found["file"].as_str().unwrap()).collect()
    };
    assert_eq!(of("balance-broken", "statistics.requests_pending_start"), Vec::<&str>::new());
    let mut differ: BTreeMap<i32, usize> = BTreeMap::new();
    for file in of("carry-over-differs", "statistics.requests_pending_start") {
        let year = file.rsplit('/').next().unwrap().trim_end_matches(".md");
        *differ.entry(year.parse().unwrap()).or_insert(0) += 1;
    }
    assert_eq!(differ, restated(&printed));
    assert_eq!(differ, BTreeMap::from([(2015, 29), (2016, 40), (2017, 34), (2018, 43)]));
    site.run(&["build"]).ends(0);
}
