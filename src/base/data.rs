//! Data trees with spans: YAML front matter and TOML settings, read field by field.
//!
//! Reading never stops at the first fault: each field that is wrong becomes a diagnostic at its
//! place, and what is left over at the end is an unknown key, with the nearest known one.

use std::ops::Range;

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::base::text::Localized;

/// A value in a data file and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of values.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Nothing, or `~`.
    Null,
    /// A scalar, as the characters it was written with.
    Scalar(Box<str>),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order written.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The text of a scalar.
    pub fn scalar(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The name of its kind, as an argument of a message.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "null",
            NodeKind::Scalar(_) => "text",
            NodeKind::List(_) => "list",
            NodeKind::Map(_) => "mapping",
        }
    }
}

/// Collects the faults of one file, in the order they are found.
#[derive(Debug)]
pub struct Faults {
    file: FilePath,
    found: Vec<Diagnostic>,
}

impl Faults {
    /// A collection for a file, still empty.
    pub fn new(file: &FilePath) -> Self {
        Self { file: file.clone(), found: Vec::new() }
    }

    /// The file they are about.
    pub fn file(&self) -> &FilePath {
        &self.file
    }

    /// How many were found so far.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether none was found so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Adds a fault at a place in the file.
    pub fn add(&mut self, fault: Diagnostic, at: impl Into<At>) {
        self.push(fault.at(&self.file, at.into()));
    }

    /// Adds a fault that already has its places.
    pub fn push(&mut self, fault: Diagnostic) {
        self.found.push(fault);
    }

    /// Adds the fault that the value of `entry` is not of the type `expected`.
    pub fn wrong_type(&mut self, entry: &Entry, expected: &'static str) {
        let fault = Diagnostic::error("wrong-type")
            .arg("key", &*entry.key)
            .arg("expected", expected)
            .arg("found", entry.value.kind_name());
        self.add(fault, mark(entry));
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// Reads the fields of one mapping one by one; what is wrong with them goes to `faults`.
pub struct Fields<'d, 'f> {
    entries: &'d [Entry],
    known: Vec<&'static str>,
    /// The faults of the file the mapping is in.
    pub faults: &'f mut Faults,
}

impl<'d, 'f> Fields<'d, 'f> {
    /// Starts to read a mapping.
    pub fn new(entries: &'d [Entry], faults: &'f mut Faults) -> Self {
        Self { entries, known: Vec::new(), faults }
    }

    /// Starts to read a mapping inside this one.
    pub fn nested<'n>(&mut self, entries: &'n [Entry]) -> Fields<'n, '_> {
        Fields::new(entries, self.faults)
    }

    /// The entry of a key, whatever its value.
    pub fn entry(&mut self, key: &'static str) -> Option<&'d Entry> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries.iter().find(|entry| &*entry.key == key)
    }

    /// Reads a value; one that is there and cannot be read is of the wrong type.
    fn read<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl FnOnce(&'d Node) -> Option<T>,
    ) -> Option<T> {
        let entry = self.entry(key)?;
        let value = read(&entry.value);
        if value.is_none() && entry.value.kind != NodeKind::Null {
            self.faults.wrong_type(entry, expected);
        }
        value
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<&'d str> {
        self.read(key, "text", Node::scalar)
    }

    /// A text, owned.
    pub fn owned_text(&mut self, key: &'static str) -> Option<Box<str>> {
        self.text(key).map(Into::into)
    }

    /// A text in several languages, or one for all.
    pub fn localized(&mut self, key: &'static str) -> Option<Localized> {
        self.read(key, "localized", localized)
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Box<str>> {
        let texts = self.read(key, "texts", |node| {
            let items = node.items().unwrap_or(std::slice::from_ref(node));
            items.iter().map(|item| item.scalar().map(Into::into)).collect()
        });
        texts.unwrap_or_default()
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let entry = self.entry(key)?;
        let flag = entry.value.scalar().and_then(|text| text.parse().ok());
        if flag.is_none() {
            self.faults.wrong_type(entry, "flag");
        }
        flag
    }

    /// A mapping.
    pub fn map(&mut self, key: &'static str) -> Option<&'d [Entry]> {
        self.read(key, "mapping", Node::entries)
    }

    /// A list.
    pub fn list(&mut self, key: &'static str) -> &'d [Node] {
        self.read(key, "list", Node::items).unwrap_or_default()
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self) {
        for entry in self.entries {
            if self.known.contains(&&*entry.key) {
                continue;
            }
            let fault = Diagnostic::error("unknown-key").arg("key", &*entry.key);
            let help = did_you_mean(&entry.key, self.known.iter().copied())
                .unwrap_or_else(|| Message::new("help-known-keys").arg("keys", self.known.join(", ")));
            self.faults.add(fault.help(help), entry.key_span.clone());
        }
    }
}

/// The span to point at for a faulty value: the value, or the key where the value is empty.
pub fn mark(entry: &Entry) -> Range<usize> {
    if entry.value.span.is_empty() { entry.key_span.clone() } else { entry.value.span.clone() }
}

/// Reads a scalar, or a mapping of languages to scalars.
pub fn localized(node: &Node) -> Option<Localized> {
    match &node.kind {
        NodeKind::Scalar(text) => Some(Localized::plain(text)),
        NodeKind::Map(entries) if !entries.is_empty() => {
            let pairs = entries.iter().map(|entry| Some((&*entry.key, entry.value.scalar()?)));
            Some(Localized::from_pairs(pairs.collect::<Option<Vec<_>>>()?))
        }
        _ => None,
    }
}

/// Suggests the known name that a mistyped one most likely means.
pub fn did_you_mean<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<Message> {
    nearest(name, known).map(|near| Message::new("help-did-you-mean").arg("name", near))
}

/// The known name that a mistyped one most likely means.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let limit = name.chars().count() / 3 + 1;
    known
        .into_iter()
        .map(|candidate| (edit_distance(name, candidate, limit), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edits between two texts, swaps of neighbours counting as one (Damerau 1964, optimal string
/// alignment). Counts no further than `limit + 1`.
fn edit_distance(left: &str, right: &str, limit: usize) -> usize {
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    if left.len().abs_diff(right.len()) > limit || left.len().max(right.len()) > 200 {
        return limit + 1;
    }
    let width = right.len() + 1;
    let mut before_last = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for (i, a) in left.iter().enumerate() {
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substitute = last[j] + usize::from(a != b);
            let mut best = substitute.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(before_last[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested() {
        let known = ["statistics", "source", "scope", "proactive_web"];
        assert_eq!(nearest("statisics", known), Some("statistics"));
        assert_eq!(nearest("socpe", known), Some("scope"));
        assert_eq!(nearest("proactive_wbe", known), Some("proactive_web"));
        assert_eq!(nearest("zzz", known), None);
    }
}
