//! The cases of `tests/rules`: what real reports print, and what is found at which place.
//!
//! A case is a Markdown page. It says where the figures come from; its fenced blocks are the files
//! of a site, each named after its fence. A comment below a line says what is found there: carets
//! under the very characters, the severity, the check, and a part of the sentence. Where a line begins
//! before a comment can, columns stand in numbers: `# 1-5 error[unknown-key]`, or `# 1-` for what goes on below
//! the line. A comment with neither speaks of the file as a whole. Nothing else must be found.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::site::Site;

/// A file of a case.
struct Block {
    path: String,
    text: String,
}

/// Where something is found, and what: file, line, column, width in columns. Line and column are 0 for the
/// file as a whole, the width is 0 for what goes on below the line.
type Found = (String, u64, u64, u64, String);

#[test]
fn each_case_is_found_at_its_place_and_nothing_else() {
    let cases = cases();
    assert!(cases.len() >= 28, "the cases were not found");
    let mut wrong = Vec::new();
    for case in cases {
        let text = std::fs::read_to_string(&case).unwrap();
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        if let Err(why) = hold(&text) {
            wrong.push(format!("{name}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_check_has_a_case() {
    let cases: Vec<String> = cases().into_iter().map(|case| std::fs::read_to_string(case).unwrap()).collect();
    let announced: BTreeSet<String> = cases
        .iter()
        .flat_map(|text| blocks(text))
        .flat_map(|block| announced(&block))
        .filter_map(|((.., what), _)| Some(what.split_once('[')?.1.trim_end_matches(']').to_owned()))
        .collect();
    for check in glasshouse::check::CHECKS.iter() {
        assert!(announced.contains(check.name), "no case in tests/rules announces {}", check.name);
    }
}

#[test]
fn a_case_can_fail() {
    let case = |mark: &str| {
        format!(
            "```yaml 2012.md\n---\nform: zj-2012\nstatistics:\n  proactive_total: 1\n  proactive_web: 2\n{mark}---\n```\n"
        )
    };
    let held = |mark: &str| hold(&case(mark)).is_ok();
    assert!(held("  #              ^ warning[part-exceeds-whole] is 2, more than\n"));
    assert!(!held(""), "a finding that is not announced");
    assert!(!held("  #             ^ warning[part-exceeds-whole]\n"), "another column");
    assert!(!held("  #              ^ error[part-exceeds-whole]\n"), "another severity");
    assert!(!held("  #              ^ warning[part-exceeds-whole] is 3, more than\n"), "other numbers");
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    cases.sort();
    cases
}

/// Checks the site of a case; the error says what was found and not announced, or the other way round.
fn hold(text: &str) -> Result<(), String> {
    let blocks = blocks(text);
    let mut site = Site::new();
    for block in &blocks {
        site = site.file(&block.path, &block.text);
    }
    let run = site.run(&["check", "--format", "json", "--lang", "en", "--fail-on", "never"]);
    let found: Value = serde_json::from_str(&run.out).map_err(|error| format!("{error}: {}", run.all()))?;
    let found = found["diagnostics"].as_array().ok_or("no diagnostics")?;
    let mut announced: Vec<(Found, String)> = blocks.iter().flat_map(announced).collect();
    for finding in found {
        let message = finding["message"]["en"].as_str().unwrap_or("");
        let place = place(finding);
        match announced.iter().position(|(known, part)| *known == place && message.contains(&**part)) {
            Some(at) => drop(announced.remove(at)),
            None => return Err(format!("not announced: {place:?} {message}")),
        }
    }
    let missing: BTreeSet<Found> = announced.into_iter().map(|(place, _)| place).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("not found: {missing:?}")) }
}

fn place(finding: &Value) -> Found {
    let number = |key: &str| finding[key].as_u64().unwrap_or(0);
    let text = |key: &str| finding[key].as_str().unwrap_or("");
    let width = number("end_column").saturating_sub(number("column"));
    let what = format!("{}[{}]", text("severity"), text("code"));
    (text("file").to_owned(), number("line"), number("column"), width, what)
}

/// The files of a case; a name without a folder is one of the agency's.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(_) if is_open => is_open = false,
            Some(info) => {
                let path = info.split_once(' ').map_or(info, |(_, path)| path.trim());
                let folder =
                    if path.contains('/') || path == "site.toml" { "" } else { "content/county/office/" };
                blocks.push(Block { path: format!("{folder}{path}"), text: String::new() });
                is_open = true;
            }
            None if is_open => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            None => {}
        }
    }
    blocks
}

/// What the comments of a file announce.
fn announced(block: &Block) -> Vec<(Found, String)> {
    let mut announced = Vec::new();
    let mut line = 0;
    for (at, text) in (1..).zip(block.text.lines()) {
        match mark(text) {
            Some((column, width, what, part)) => {
                let line = if column == 0 { 0 } else { line };
                announced.push(((block.path.clone(), line, column, width, what), part));
            }
            None if text.trim().is_empty() => {}
            None => line = at,
        }
    }
    announced
}

/// Column, width, `severity[check]` and a part of the sentence: `# ^^^ warning[jump] more than`.
fn mark(line: &str) -> Option<(u64, u64, String, String)> {
    let comment = line.trim_start().strip_prefix('#').or_else(|| line.trim_start().strip_prefix("<!--"))?;
    let rest = comment.trim_start();
    let place: String = rest.chars().take_while(|c| *c == '^' || *c == '-' || c.is_ascii_digit()).collect();
    let (what, part) = rest[place.len()..].trim().trim_end_matches("-->").split_once(']')?;
    if !["error[", "warning[", "note["].iter().any(|severity| what.starts_with(severity)) {
        return None;
    }
    let (column, width) = match place.split_once('-') {
        Some((first, "")) => (first.parse().ok()?, 0),
        Some((first, last)) => {
            let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
            (first, last + 1 - first)
        }
        None if place.is_empty() => (0, 0),
        None => (line.chars().take_while(|c| *c != '^').count() + 1, place.len()),
    };
    Some((column as u64, width as u64, format!("{what}]"), part.trim().to_owned()))
}
