//! Every word the program says exists in every language it speaks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use glasshouse::theme::language_tags;

#[test]
fn all_languages_have_the_same_strings() {
    let languages = language_tags();
    let all: BTreeSet<String> = languages.iter().flat_map(|lang| ids(lang)).collect();
    assert!(all.len() > 300 && languages.len() > 1, "the strings were not found");
    for lang in languages {
        let missing: Vec<String> = all.difference(&ids(lang)).cloned().collect();
        assert_eq!(missing, [""; 0], "not in themes/default/strings/{lang}");
    }
}

#[test]
fn no_string_is_given_twice() {
    for lang in language_tags() {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for id in listed(lang) {
            *counts.entry(id).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        assert!(counts.is_empty(), "{lang}: {counts:?}");
    }
}

#[test]
fn every_message_of_the_code_has_words() {
    let known = ids("en");
    let mut missing = BTreeSet::new();
    for file in files("src", "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for opening in
            ["Diagnostic::error(\"", "Diagnostic::warning(\"", "Diagnostic::note(\"", "Message::new(\""]
        {
            for (at, _) in code.match_indices(opening) {
                let id = code[at + opening.len()..].split('"').next().unwrap();
                if !known.contains(id) {
                    missing.insert(format!("{id} in {}", file.display()));
                }
            }
        }
        for opening in [".say(", ".word(", "locale.text("] {
            for (at, _) in code.match_indices(opening) {
                let Some(rest) = code[at + opening.len()..].trim_start().strip_prefix('"') else { continue };
                let id = rest.split('"').next().unwrap();
                if !known.contains(id) {
                    missing.insert(format!("{id} in {}", file.display()));
                }
            }
        }
    }
    missing.retain(|entry| !entry.contains("src/cli/report/fixture.rs") && !entry.contains("testing"));
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_check_has_its_block_of_strings() {
    for lang in ["zh-CN", "en"] {
        let text = std::fs::read_to_string(format!("themes/default/strings/{lang}/checks.ftl")).unwrap();
        let blocks: Vec<String> = text.split("\n\n").map(|block| format!("\n{block}")).collect();
        for check in glasshouse::check::CHECKS.iter() {
            let (name, group) = (check.name, check.group.id());
            let id = |id: &str| format!("\n{id} = ");
            let block = blocks.iter().find(|block| block.contains(&id(&format!("check-{name}"))));
            let block = block.unwrap_or_else(|| panic!("{lang}/checks.ftl: no check-{name}"));
            assert!(block.contains(&id(&format!("explain-{name}"))), "{lang}/checks.ftl: no explain-{name}");
            let says = block.contains(&id(name)) || block.contains(&format!("\n{name}-"));
            assert!(says, "{lang}/checks.ftl: no message {name} beside check-{name}");
            assert!(text.contains(&format!("check-group-{group} = ")), "{lang}/checks.ftl: {group}");
        }
    }
}

#[test]
fn every_string_of_the_templates_exists() {
    let known = ids("en");
    let mut missing = BTreeSet::new();
    for file in files("themes/default/templates", "html") {
        let text = std::fs::read_to_string(&file).unwrap();
        for (at, _) in text.match_indices("\" | t") {
            let id = text[..at].rsplit('"').next().unwrap();
            if !known.contains(id) {
                missing.insert(format!("{id} in {}", file.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn ids(lang: &str) -> BTreeSet<String> {
    listed(lang).into_iter().collect()
}

/// The ids of all strings of a language, in the order of the files.
fn listed(lang: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in files(&format!("themes/default/strings/{lang}"), "ftl") {
        let text = std::fs::read_to_string(&file).unwrap();
        let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        found.extend(lines.filter_map(|line| Some(line.split_once(" =")?.0.to_owned())));
    }
    found
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
