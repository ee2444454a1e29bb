//! What a difference is.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Html,
    Svg,
    Xml,
    Json,
    Csv,
    Text,
    Binary,
}

impl Kind {
    pub(crate) const ALL: [Self; 7] =
        [Self::Html, Self::Svg, Self::Xml, Self::Json, Self::Csv, Self::Text, Self::Binary];

    /// The kind that a file's name tells.
    pub(crate) fn of(path: &str) -> Self {
        match Path::new(path).extension().and_then(|extension| extension.to_str()) {
            Some("html" | "htm") => Self::Html,
            Some("svg") => Self::Svg,
            Some("xml" | "atom" | "rss" | "xsl") => Self::Xml,
            Some("json" | "geojson" | "webmanifest") => Self::Json,
            Some("csv") => Self::Csv,
            Some("css" | "js" | "mjs" | "md" | "txt" | "yaml" | "toml") => Self::Text,
            _ => Self::Binary,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Html => "HTML",
            Self::Svg => "SVG",
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Text => "text",
            Self::Binary => "binary",
        })
    }
}

/// What it is that differs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum What {
    Text,
    Attribute(String),
    Element,
    Drawing,
    Value,
    Cell,
    Row,
    Column,
    Line,
    Bytes,
    /// The bytes alone: white space, the order of attributes or keys, how a character is written.
    Spelling,
    /// The whole file is in one site only.
    File,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Attribute(name) => return write!(f, "attribute {name}"),
            Self::Element => "element",
            Self::Drawing => "drawing",
            Self::Value => "value",
            Self::Cell => "cell",
            Self::Row => "row",
            Self::Column => "column",
            Self::Line => "line",
            Self::Bytes => "bytes",
            Self::Spelling => "spelling alone",
            Self::File => "file",
        })
    }
}

/// Where in a file: exactly, and without the numbers that tell one sibling from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) exact: String,
    pub(crate) general: String,
}

/// A drawing as it was and as it is, as HTML, with the style sheets of its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Drawings {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) styles: [Vec<String>; 2],
}

/// One difference between two files. What was added has no `old`, what was removed no `new`.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    pub(crate) what: What,
    pub(crate) place: Place,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    /// What differs inside a drawing.
    pub(crate) details: Vec<String>,
    pub(crate) drawings: Option<Arc<Drawings>>,
}

impl Difference {
    pub(crate) fn new(what: What, place: Place, old: Option<&str>, new: Option<&str>) -> Self {
        let kept = |text: &str| shortened(text, 2_000);
        Self { what, place, old: old.map(kept), new: new.map(kept), details: Vec::new(), drawings: None }
    }

    /// What was taken out and what was put in, without what both have at their beginning and end.
    pub(crate) fn edit(&self) -> (Option<String>, Option<String>) {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => {
                let (old, new) = changed_part(old, new);
                (Some(shortened(&old, 200)), Some(shortened(&new, 200)))
            }
            (old, new) => {
                let short = |text: &String| shortened(text, 200);
                (old.as_ref().map(short), new.as_ref().map(short))
            }
        }
    }
}

/// The parts of two texts that differ, widened to whole words, with `…` where something was left out.
fn changed_part(old: &str, new: &str) -> (String, String) {
    let (left, right): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    // Chinese words are not told apart; points and commas stand inside figures.
    let is_word = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | ',');
    let shortest = left.len().min(right.len());
    let mut start = left.iter().zip(&right).take_while(|(left, right)| left == right).count();
    let mut end = left.iter().rev().zip(right.iter().rev()).take_while(|(left, right)| left == right).count();
    end = end.min(shortest - start);
    while start > 0 && is_word(&left[start - 1]) {
        start -= 1;
    }
    while end > 0 && is_word(&left[left.len() - end]) {
        end -= 1;
    }
    let part = |letters: &[char]| {
        let inner: String = letters[start..letters.len() - end].iter().collect();
        let before = if start > 0 { "…" } else { "" };
        let after = if end > 0 { "…" } else { "" };
        format!("{before}{inner}{after}")
    };
    (part(&left), part(&right))
}

/// A text of at most `most` characters.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
