//! Imports run one way, and each foreign crate is used in one place. One crate has no compiler to
//! hold that; this test does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Modules from the ground up. A module may import from modules with a smaller number, and itself.
const LAYERS: &[(&str, u32)] = &[
    ("base", 0),
    ("figure", 1),
    ("form", 3),
    ("model", 4),
    ("state", 5),
    ("config", 5),
    ("theme", 5),
    ("load", 6),
    ("check", 7),
    ("chart", 7),
    ("markdown", 7),
    ("search", 7),
    ("publish", 7),
    ("scaffold", 7),
    ("import", 8),
    ("derive", 8),
    ("plan", 9),
    ("view", 10),
    ("render", 11),
    ("build", 12),
    ("serve", 13),
    ("cli", 14),
];

/// Crates that only some modules may use.
const PLACES: &[(&str, &[&str])] = &[
    ("aho_corasick", &["load"]),
    ("ammonia", &["markdown"]),
    ("annotate_snippets", &["cli"]),
    ("anstream", &["cli"]),
    ("anyhow", &["cli"]),
    ("automod", &["check"]),
    ("calamine", &["import"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("csv", &["base", "import"]),
    ("ego_tree", &["import"]),
    ("encoding_rs", &["import", "load"]),
    ("fluent_bundle", &["theme"]),
    ("http_body_util", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("icu_normalizer", &["import", "search", "publish"]),
    ("include_dir", &["theme"]),
    ("indicatif", &["cli"]),
    ("notify", &["serve"]),
    ("open", &["cli"]),
    ("percent_encoding", &["base"]),
    ("pinyin", &["base"]),
    ("postcard", &["state"]),
    ("pulldown_cmark", &["markdown"]),
    ("quick_xml", &["import"]),
    ("rayon", &["load", "check", "derive", "build", "search", "publish"]),
    ("rustix", &["cli", "main"]),
    ("saphyr_parser", &["load"]),
    ("scraper", &["import"]),
    ("serde_yaml", &["load"]),
    ("tera", &["render"]),
    ("tokio", &["serve"]),
    ("toml", &["config", "theme"]),
    ("unicode_width", &["serve"]),
    ("walkdir", &["load"]),
    ("zip", &["import"]),
];

#[test]
fn imports_run_downwards_only() {
    let layers: BTreeMap<&str, u32> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (file, module, text) in sources() {
        let Some(own) = layers.get(&*module) else {
            wrong.push(format!("{file}: the module `{module}` has no layer"));
            continue;
        };
        for (at, rest) in text.match_indices("crate::").map(|(at, found)| (at, &text[at + found.len()..])) {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let Some(layer) = layers.get(&*name) else { continue };
            if name != module && layer >= own {
                let line = text[..at].matches('\n').count() + 1;
                wrong.push(format!("{file}:{line}: `{module}` must not import `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_crate_is_used_in_its_place() {
    let mut wrong = Vec::new();
    for (file, module, text) in sources() {
        for (line, text) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for (name, places) in PLACES {
                let is_used = text.contains(&format!("{name}::")) || text.contains(&format!("use {name};"));
                if is_used && !places.contains(&&*module) && !text.contains(&format!("crate::{name}")) {
                    wrong.push(format!("{file}:{}: `{module}` must not use the crate `{name}`", line + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_module_is_a_drawer() {
    for (file, ..) in sources() {
        let name = Path::new(&file).file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
        assert!(!["utils", "util", "common", "helpers", "misc"].contains(&name), "{file}");
    }
}

/// Every source file with its module and its text without tests.
pub(crate) fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut found = Vec::new();
    for path in files {
        let shown = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let module = shown.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let tests = [
            "#[cfg(test)]\nmod tests",
            "#[cfg(test)]\npub(crate) mod tests",
            "#[cfg(test)]\npub(super) mod tests",
        ];
        let end = tests.iter().filter_map(|opening| text.find(opening)).min().unwrap_or(text.len());
        let code = text[..end].to_owned();
        found.push((format!("src/{shown}"), module, code));
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
