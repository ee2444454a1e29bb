//! No two files need each other: within a module, too, imports run one way.
//!
//! An edge leads from a file to the file that defines what it names; a name that another file only
//! passes on (`pub use`) is followed to its source. Tests of a file do not count.

use std::collections::{BTreeMap, BTreeSet};

use crate::layers::sources;

#[test]
fn no_files_need_each_other() {
    let tree = Tree::read();
    let circles = circles(&tree.edges());
    assert!(circles.is_empty(), "these files need each other:\n{circles:#?}");
}

#[test]
fn a_circle_is_found_through_a_name_that_is_passed_on() {
    let tree = Tree::of(&[
        ("a", "mod up; mod down; pub use down::Thing; pub(crate) use self::up::{work as go};"),
        ("a::up", "use super::Thing; fn work() {}"),
        ("a::down", "pub struct Thing; fn f() { super::up::work() }"),
        ("b", "use crate::a::{self, go}; fn g() { a::go() }"),
    ]);
    assert_eq!(circles(&tree.edges()), [["a::down", "a::up"]]);
}

/// The files of the crate by their module paths.
struct Tree {
    files: BTreeMap<String, File>,
}

struct File {
    /// The code without tests, comments and imports.
    body: String,
    /// What it imports: the name it has here, and the path it comes from.
    imports: Vec<Import>,
}

struct Import {
    name: String,
    path: Vec<String>,
    is_passed_on: bool,
}

impl Tree {
    fn read() -> Self {
        let module = |file: &str| {
            let path = file.trim_start_matches("src/").trim_end_matches(".rs").replace('/', "::");
            path.strip_suffix("::mod").map_or(path.clone(), str::to_owned)
        };
        let sources = sources();
        let texts: Vec<(String, &str)> =
            sources.iter().map(|(file, _, text)| (module(file), text.as_str())).collect();
        Self::of(&texts.iter().map(|(module, text)| (&**module, *text)).collect::<Vec<_>>())
    }

    fn of(texts: &[(&str, &str)]) -> Self {
        let modules: BTreeSet<&str> = texts.iter().map(|(module, _)| *module).collect();
        let file = |(module, text): &(&str, &str)| ((*module).to_owned(), File::read(module, text, &modules));
        Self { files: texts.iter().map(file).collect() }
    }

    /// The files that each file names.
    fn edges(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (module, file) in &self.files {
            let mut paths: Vec<Vec<String>> = file.paths(module);
            for import in file.imports.iter().filter(|import| !import.is_passed_on) {
                // A module that is imported counts by what is taken from it.
                if self.files.contains_key(&import.path.join("::")) {
                    let items = items_behind(&file.body, &import.name).into_iter();
                    paths.extend(items.map(|item| [&import.path[..], &item].concat()));
                } else {
                    paths.push(import.path.clone());
                }
            }
            let targets = paths.iter().filter_map(|path| self.definition(path, 0));
            edges.insert(module, targets.filter(|target| target != module).collect());
        }
        edges
    }

    /// The file that defines what a path leads to.
    fn definition(&self, path: &[String], depth: usize) -> Option<&str> {
        let (module, rest) = (1..=path.len()).rev().find_map(|length| {
            let (module, rest) = path.split_at(length);
            self.files.get_key_value(&module.join("::")).map(|(module, _)| (module, rest))
        })?;
        let file = &self.files[module];
        let passed_on = rest.first().and_then(|name| file.imports.iter().find(|import| import.name == *name));
        match passed_on {
            Some(import) if depth < 8 && !defines(&file.body, &rest[0]) => {
                self.definition(&[&import.path[..], &rest[1..]].concat(), depth + 1)
            }
            _ => Some(module),
        }
    }
}

impl File {
    fn read(module: &str, text: &str, modules: &BTreeSet<&str>) -> Self {
        let code: String =
            text.lines().map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect();
        let (mut body, mut imports) = (String::new(), Vec::new());
        let mut rest = code.as_str();
        while let Some(at) = find_use(rest) {
            let (before, statement) = rest.split_at(at);
            let is_passed_on = before.trim_end().ends_with("pub") || before.trim_end().ends_with(')');
            body.push_str(before);
            let end = statement.find(';').unwrap_or(statement.len());
            for path in leaves(&statement[4..end]) {
                let (path, alias) = path.split_once(" as ").unwrap_or((&path, ""));
                let absolute = absolute(module, path, modules);
                let Some(name) = absolute.as_ref().and_then(|path| path.last()).cloned() else { continue };
                let name = if alias.is_empty() { name } else { alias.to_owned() };
                imports.extend(absolute.map(|path| Import { name, path, is_passed_on }));
            }
            rest = &statement[end..];
        }
        body.push_str(rest);
        Self { body, imports }
    }

    /// The paths that stand in the code itself: `crate::a::b`, `super::b`, `child::c`.
    fn paths(&self, module: &str) -> Vec<Vec<String>> {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let words = self.body.split(|c: char| !is_word(c)).filter(|word| word.contains("::"));
        words.filter_map(|word| absolute_or_child(module, word.trim_matches(':'))).collect()
    }
}

/// Where the next `use ` begins that is a statement.
fn find_use(code: &str) -> Option<usize> {
    code.match_indices("use ").map(|(at, _)| at).find(|at| {
        let before = code[..*at].trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with(['\n', ';', '{', '}', ')']) || before.ends_with("pub")
    })
}

/// The single paths of a tree of imports: `a::{self, b::c}` is `a` and `a::b::c`.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((prefix, inner)) = tree.split_once('{') else {
        return vec![tree.trim().trim_end_matches("::self").to_owned()];
    };
    let inner = &inner[..inner.rfind('}').unwrap_or(inner.len())];
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| leaves(&format!("{prefix}{part}"))).collect()
}

/// A path as one from the crate's root; `None` where it leads to another crate.
fn absolute(module: &str, path: &str, modules: &BTreeSet<&str>) -> Option<Vec<String>> {
    let first = path.split("::").next()?;
    let is_child = modules.contains(&*format!("{module}::{first}"));
    if is_child || ["crate", "self", "super"].contains(&first) {
        absolute_or_child(module, path)
    } else {
        None
    }
}

fn absolute_or_child(module: &str, path: &str) -> Option<Vec<String>> {
    let mut own: Vec<&str> = module.split("::").collect();
    let mut segments = path.split("::").peekable();
    match *segments.peek()? {
        "crate" => {
            segments.next();
            own.clear();
        }
        "self" => _ = segments.next(),
        _ => {
            while segments.peek() == Some(&"super") {
                segments.next();
                own.pop()?;
            }
        }
    }
    Some(own.into_iter().chain(segments).map(str::to_owned).collect())
}

/// What stands behind `name::` in the code: `name::a::b` gives `[a, b]`.
fn items_behind(code: &str, name: &str) -> Vec<Vec<String>> {
    let opening = format!("{name}::");
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let starts = code.match_indices(&opening).map(|(at, _)| at);
    let starts = starts.filter(|at| !code[..*at].ends_with(is_part));
    let paths = starts.map(|at| code[at + opening.len()..].split(|c| !is_part(c)).next().unwrap());
    paths.map(|path| path.trim_matches(':').split("::").map(str::to_owned).collect()).collect()
}

/// Whether the code defines an item of a name.
fn defines(code: &str, name: &str) -> bool {
    let kinds = ["fn ", "struct ", "enum ", "trait ", "type ", "const ", "static "];
    kinds.iter().any(|kind| {
        code.match_indices(&format!("{kind}{name}")).any(|(at, found)| {
            !code[at + found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
        })
    })
}

/// The sets of files that all reach each other, each sorted.
fn circles<'t>(edges: &BTreeMap<&'t str, BTreeSet<&'t str>>) -> Vec<Vec<&'t str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        edges.keys().map(|from| (*from, reach(edges, from))).collect();
    let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (from, all) in &reached {
        let circle: Vec<&str> = all.iter().copied().filter(|to| reached[to].contains(from)).collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

fn reach<'t>(edges: &BTreeMap<&'t str, BTreeSet<&'t str>>, from: &str) -> BTreeSet<&'t str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = edges[from].iter().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(&edges[next]);
        }
    }
    reached
}
