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
    pub kind: Kind,
}

/// The kinds of values.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
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
            Kind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            Kind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The name of its kind, as an argument of a message.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Scalar(_) => "text",
            Kind::List(_) => "list",
            Kind::Map(_) => "mapping",
        }
    }
}

/// The fields of one mapping, taken one by one.
pub struct Fields<'a> {
    file: &'a FilePath,
    entries: &'a [Entry],
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Starts to read a mapping.
    pub fn new(file: &'a FilePath, entries: &'a [Entry]) -> Self {
        Self { file, entries, known: Vec::new() }
    }

    /// The entry of a key, whatever its value.
    pub fn entry(&mut self, key: &'static str) -> Option<&'a Entry> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries.iter().find(|entry| &*entry.key == key)
    }

    /// A text.
    pub fn text(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<&'a str> {
        let entry = self.entry(key)?;
        match &entry.value.kind {
            Kind::Null => None,
            Kind::Scalar(text) => Some(text),
            _ => {
                faults.push(self.wrong_type(entry, "text"));
                None
            }
        }
    }

    /// A text in several languages, or one for all.
    pub fn localized(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Localized> {
        let entry = self.entry(key)?;
        let text = localized(&entry.value);
        if text.is_none() && entry.value.kind != Kind::Null {
            faults.push(self.wrong_type(entry, "localized"));
        }
        text
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Vec<&'a str> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        match &entry.value.kind {
            Kind::Null => Vec::new(),
            Kind::Scalar(text) => vec![text],
            Kind::List(items) if items.iter().all(|item| item.scalar().is_some()) => {
                items.iter().filter_map(Node::scalar).collect()
            }
            _ => {
                faults.push(self.wrong_type(entry, "texts"));
                Vec::new()
            }
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<bool> {
        let entry = self.entry(key)?;
        match entry.value.scalar() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => {
                faults.push(self.wrong_type(entry, "flag"));
                None
            }
        }
    }

    /// A mapping.
    pub fn map(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<&'a [Entry]> {
        let entry = self.entry(key)?;
        match &entry.value.kind {
            Kind::Null => None,
            Kind::Map(entries) => Some(entries),
            _ => {
                faults.push(self.wrong_type(entry, "mapping"));
                None
            }
        }
    }

    /// A list.
    pub fn list(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> &'a [Node] {
        let Some(entry) = self.entry(key) else { return &[] };
        match &entry.value.kind {
            Kind::Null => &[],
            Kind::List(items) => items,
            _ => {
                faults.push(self.wrong_type(entry, "list"));
                &[]
            }
        }
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, faults: &mut Vec<Diagnostic>) {
        for entry in self.entries {
            if self.known.contains(&&*entry.key) {
                continue;
            }
            let fault = Diagnostic::error("unknown-key")
                .arg("key", &*entry.key)
                .at(self.file, At::Span(entry.key_span.clone()));
            let near = nearest(&entry.key, self.known.iter().copied());
            faults.push(match near {
                Some(near) => fault.help(Message::new("help-did-you-mean").arg("name", near)),
                None => fault.help(Message::new("help-known-keys").arg("keys", self.known.join(", "))),
            });
        }
    }

    /// A fault at the value of `entry`: it is not of the type `expected`.
    pub fn wrong_type(&self, entry: &Entry, expected: &'static str) -> Diagnostic {
        Diagnostic::error("wrong-type")
            .arg("key", &*entry.key)
            .arg("expected", expected)
            .arg("found", entry.value.kind_name())
            .at(self.file, At::Span(mark(entry)))
    }
}

/// The span to point at for a faulty value: the value, or the key where the value is empty.
pub fn mark(entry: &Entry) -> Range<usize> {
    if entry.value.span.is_empty() { entry.key_span.clone() } else { entry.value.span.clone() }
}

/// Reads a scalar, or a mapping of languages to scalars.
pub fn localized(node: &Node) -> Option<Localized> {
    match &node.kind {
        Kind::Scalar(text) => Some(Localized::plain(text)),
        Kind::Map(entries) if !entries.is_empty() => {
            let pairs = entries.iter().map(|entry| Some((&*entry.key, entry.value.scalar()?)));
            Some(Localized::from_pairs(pairs.collect::<Option<Vec<_>>>()?))
        }
        _ => None,
    }
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
