//! The cases of `tests/import`: what real documents look like, and what an import makes of them.
//!
//! A case is a section of a Markdown page. Fenced blocks named like a document are the files to be
//! imported; the `console` block is the command and all it says, its last line `# exit N` where it
//! does not end well; `yaml` blocks are the reports that it writes. No other report may be written.
//! The list of indicators that are missing is left out; their number is not.

use std::collections::BTreeMap;
use std::path::Path;

use crate::site::Site;

/// The blocks of a case: the words behind the fence, and the text.
type Blocks<'t> = Vec<(&'t str, String)>;

#[test]
fn each_document_is_imported_as_its_case_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut pages: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for case in cases(&text) {
            count += 1;
            if let Err(why) = hold(&case) {
                let title = case.lines().next().unwrap_or_default();
                wrong.push(format!("{}: {title}: {why}", page.display()));
            }
        }
    }
    assert!(count >= 45, "the cases were not found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_case_can_fail() {
    let case = |said: &str, figure: &str| {
        format!(
            "A case\n```text 2023.txt\n一、主动公开数量 | 289 |\n五、举报数量 | 1 |\n```\n```console\n$ glasshouse import 2023.txt --form zj-2012 --agency a\n{said}```\n```yaml content/a/2023.md\n---\ntitle: 2023年政府信息公开工作年度报告\nform: zj-2012\nperiod: 2023\nstatistics:\n  proactive_total: {figure}\n  complaints: 1\n---\n```\n"
        )
    };
    let said = "content/a/2023.md  [new]  matched 2, missing 41\n  missing: …\n1 report: 1 new, 0 revised, 0 replaced, 0 unchanged, 0 kept as they are; 1 new agency\n";
    assert_eq!(hold(&case(said, "289")), Ok(()));
    assert!(hold(&case(said, "0")).is_err(), "another figure");
    assert!(hold(&case(&said.replace("41", "40"), "289")).is_err(), "another count");
    let (without, _) = said.split_once("1 report").unwrap();
    assert!(hold(&case(without, "289")).is_err(), "something else is said");
    let (unannounced, _) =
        case(said, "289").split_once("```yaml").map(|(a, b)| (a.to_owned(), b.len())).unwrap();
    assert!(hold(&unannounced).is_err(), "a report that is not announced");
}

/// The sections of a page; a line within a block begins none.
fn cases(page: &str) -> Vec<String> {
    let mut cases: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in page.split_inclusive('\n') {
        is_open ^= line.starts_with("```");
        match line.strip_prefix("## ").filter(|_| !is_open) {
            Some(title) => cases.push(title.to_owned()),
            None => cases.last_mut().into_iter().for_each(|case| case.push_str(line)),
        }
    }
    cases
}

/// Runs the command of a case; the error is what differs.
fn hold(case: &str) -> Result<(), String> {
    let mut site = Site::empty().file("site.toml", "title = \"年报\"\n");
    let (mut console, mut expected) = (None, BTreeMap::new());
    for (info, text) in blocks(case) {
        match info.split_once(' ') {
            None if info == "console" => console = Some(text),
            Some(("yaml", path)) => drop(expected.insert(path.to_owned(), text)),
            Some((_, path)) => site = site.file(path, &text),
            None => return Err(format!("`{info}` is no block of a case")),
        }
    }
    let console = console.ok_or("no command")?;
    let (command, said) = console.split_once('\n').ok_or("no command")?;
    let args: Vec<&str> = command.strip_prefix("$ glasshouse ").ok_or("no command")?.split(' ').collect();
    let run = site.run(&args);
    let all = run.all();
    let mut found: Vec<&str> = all.lines().map(without_list).collect();
    let exit = format!("# exit {}", run.code.unwrap_or(-1));
    if run.code != Some(0) {
        found.push(&exit);
    }
    if found != said.lines().collect::<Vec<_>>() {
        return Err(format!("it says\n{}", found.join("\n")));
    }
    let mut written = BTreeMap::new();
    reports(&site, "content", &mut written);
    if written == expected { Ok(()) } else { Err(format!("it writes\n{written:#?}")) }
}

/// `  missing: …` in place of the list of missing indicators.
fn without_list(line: &str) -> &str {
    if line.starts_with("  missing: ") { "  missing: …" } else { line }
}

fn blocks(case: &str) -> Blocks<'_> {
    let mut blocks: Blocks<'_> = Vec::new();
    let mut is_open = false;
    for line in case.split_inclusive('\n') {
        match line.trim_end().strip_prefix("```") {
            Some(_) if is_open => is_open = false,
            Some(info) => {
                blocks.push((info, String::new()));
                is_open = true;
            }
            None if is_open => blocks.last_mut().unwrap().1.push_str(line),
            None => {}
        }
    }
    blocks
}

/// Every file of the content but those of agencies.
fn reports(site: &Site, folder: &str, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = std::fs::read_dir(site.path(folder)) else { return };
    for entry in entries.map(Result::unwrap) {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            reports(site, &path, found);
        } else if !path.ends_with("_index.md") {
            let text = site.read(&path).unwrap();
            found.insert(path, text);
        }
    }
}
