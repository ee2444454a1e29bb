//! The comment at the head of each template says what the template really gets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::site::Site;

/// Templates that are parts of others, and make no file alone.
const PARTS: [&str; 4] = ["base.html", "chart.html", "components.html", "search-box.html"];

/// A shipped template.
struct Template {
    name: String,
    /// What comes after the comment at its head.
    code: String,
    /// The blocks that the comment names.
    blocks: BTreeSet<String>,
    /// The variables that the comment names, each with its fields.
    variables: BTreeMap<String, BTreeSet<String>>,
}

impl Template {
    /// Whether it is a page: feeds and lists for machines have no `page`.
    fn is_page(&self) -> bool {
        Path::new(&self.name).extension().is_some_and(|extension| extension == "html")
    }
}

/// The shipped templates by name.
fn templates() -> BTreeMap<String, Template> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/templates");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name.clone(), parse(name, &std::fs::read_to_string(&path).unwrap()))
    };
    paths.map(read).collect()
}

/// Reads the comment: `Blocks: main, charts`, and `variable:` before a list of fields, `- field: meaning`.
fn parse(name: String, text: &str) -> Template {
    let (before, rest) = text.split_once("{#-\n").unwrap_or_else(|| panic!("{name} has no comment"));
    assert!(before.lines().count() <= 1, "the comment of {name} is not at its head");
    let (comment, code) = rest.split_once("\n-#}\n").unwrap();
    let mut blocks = BTreeSet::new();
    let mut variables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut variable = None;
    for line in comment.lines() {
        if let Some(names) = line.strip_prefix("Blocks: ") {
            blocks.extend(names.split(", ").map(str::to_owned));
        } else if let Some(field) = line.strip_prefix("- ") {
            let fields: &mut BTreeSet<String> = variable.as_mut().and_then(|v| variables.get_mut(v)).unwrap();
            fields.insert(field.split(':').next().unwrap().to_owned());
        } else if let Some(name) = line.strip_suffix(':') {
            variables.insert(name.to_owned(), BTreeSet::new());
            variable = Some(name.to_owned());
        }
    }
    Template { code: code.to_owned(), name, blocks, variables }
}

/// A site in which every template makes a file. There are more agencies than one page lists.
pub(crate) fn site() -> Site {
    let settings = "title = \"年报\"\nbase_url = \"https://portal.example\"\n";
    let mut site = Site::new()
        .report("content/county/office/2012.md", "proactive_total: 289\nproactive_web: 298")
        .file("site.toml", settings)
        .file("content/about.md", "---\ntitle: 关于\naliases: [old]\n---\n正文\n");
    for number in 0..101 {
        site = site
            .file(
                &format!("content/county/office-{number}/_index.md"),
                &format!("---\nkind: agency\nname: 第{number}局\n---\n"),
            )
            .report(&format!("content/county/office-{number}/2012.md"), "budget: 6");
    }
    site
}

#[test]
fn each_template_gets_what_its_comment_says() {
    let templates = templates();
    let shared = &templates["base.html"].variables;
    let mut site = site();
    for template in templates.values().filter(|template| !PARTS.contains(&&*template.name)) {
        let mut text = format!("template:{}\n", template.name);
        let page = template.is_page().then_some("page");
        for variable in template.variables.keys().map(String::as_str).chain(page).chain(["site"]) {
            writeln!(text, "{variable}:{{% for key, value in {variable} %}} {{{{ key }}}}{{% endfor %}}")
                .unwrap();
        }
        site = site.file(&format!("templates/{}", template.name), &text);
    }
    site.run(&["build"]).ends(0);
    let mut made: BTreeSet<&str> = PARTS.into();
    for path in files(&site.path("public")) {
        let Ok(shown) = std::fs::read_to_string(&path) else { continue };
        let mut lines = shown.lines();
        let name = lines.next().and_then(|line| line.strip_prefix("template:"));
        let Some(template) = name.map(|name| &templates[name]) else { continue };
        made.insert(&template.name);
        for line in lines {
            let (variable, fields) = line.split_once(':').unwrap();
            let known = template.variables.get(variable).or_else(|| shared.get(variable)).unwrap();
            let given: BTreeSet<String> = fields.split_whitespace().map(str::to_owned).collect();
            assert_eq!(&given, known, "{}: {variable} of {}", template.name, path.display());
        }
    }
    let all: BTreeSet<&str> = templates.keys().map(String::as_str).collect();
    assert_eq!(made, all, "templates that the site above has no page of");
}

#[test]
fn each_template_names_its_blocks() {
    for template in templates().values() {
        let blocks = template.code.split("{% block ").skip(1);
        let blocks: BTreeSet<String> =
            blocks.map(|rest| rest.split(' ').next().unwrap().to_owned()).collect();
        // Blocks of the frame that a page only fills need not be named again.
        let is_own = |block: &&String| {
            template.name == "base.html"
                || !["main", "head", "crumbs"].contains(&&***block)
                || template.blocks.contains(*block)
        };
        let own: BTreeSet<String> = blocks.iter().filter(is_own).cloned().collect();
        assert_eq!(own, template.blocks, "{}", template.name);
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
