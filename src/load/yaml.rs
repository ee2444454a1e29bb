//! Reads YAML, in two ways.
//!
//! [`parse`] builds a data tree from the events of `saphyr-parser`, for front matter: every scalar
//! keeps the characters it was written with, every value its span. `serde_yaml` turns `59237.2449`
//! into a float and `010` into ten before anyone sees the text, keeps no place of a good value, and
//! stops at the first fault. [`typed`] uses it where that does no harm: for forms, series and
//! labels files, which are typed and few.

use std::ops::Range;

use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use serde::de::DeserializeOwned;

use crate::base::data::{Entry, Faults, Node, NodeKind};
use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::{FilePath, Position};

/// The deepest nesting that is accepted.
const MAX_DEPTH: usize = 16;
const MAX_NODES: usize = 50_000;
/// Mappings with at least this many keys look them up by hash.
const MANY_KEYS: usize = 64;

/// Why a YAML text could not be read as a typed value.
#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
pub struct TypedYamlError {
    /// The parser's own words.
    pub detail: String,
    /// Where in the text, if the parser says.
    pub position: Option<Position>,
}

/// Reads a YAML text as a typed value.
pub fn typed<T: DeserializeOwned>(text: &str) -> Result<T, TypedYamlError> {
    serde_yaml::from_str(text).map_err(|error| TypedYamlError {
        detail: error.to_string(),
        position: error.location().map(|at| Position { line: at.line() as u32, column: at.column() as u32 }),
    })
}

/// Reads one YAML document that begins at byte `offset` of its file.
///
/// Duplicate keys are reported into `faults`, the first one counts. A document that cannot be read
/// at all is the error.
pub(super) fn parse(text: &str, offset: usize, faults: &mut Faults) -> Result<Node, Box<Diagnostic>> {
    let mut builder =
        Builder { faults, text, offset, cursor: Cursor::default(), stack: Vec::new(), nodes: 0, root: None };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) =
            event.map_err(|error| Box::new(syntax_error(builder.faults.file(), text, offset, &error)))?;
        let span = builder.bytes(&span);
        builder.take(event, span)?;
    }
    Ok(builder.root.unwrap_or(Node { span: offset..offset, kind: NodeKind::Null }))
}

/// Turns the parser's character indices into byte offsets; cheap as long as they grow.
#[derive(Default)]
struct Cursor {
    chars: usize,
    bytes: usize,
}

impl Cursor {
    fn byte(&mut self, text: &str, index: usize) -> usize {
        if index < self.chars {
            *self = Self::default();
        }
        let rest = text.get(self.bytes..).unwrap_or("");
        let ahead = index - self.chars;
        let step = rest.char_indices().nth(ahead).map_or(rest.len(), |(at, _)| at);
        self.chars = index;
        self.bytes += step;
        self.bytes
    }
}

/// A list or mapping that is not closed yet.
struct Open {
    start: usize,
    items: Items,
}

enum Items {
    List(Vec<Node>),
    Map(Mapping),
}

#[derive(Default)]
struct Mapping {
    entries: Vec<Entry>,
    /// A key whose value has not been seen yet.
    key: Option<(Box<str>, Range<usize>)>,
    /// The index of each key's entry; empty below [`MANY_KEYS`].
    known: FxHashMap<Box<str>, usize>,
}

impl Mapping {
    fn find(&self, key: &str) -> Option<&Entry> {
        if self.known.is_empty() {
            return self.entries.iter().find(|entry| &*entry.key == key);
        }
        self.entries.get(*self.known.get(key)?)
    }

    fn push(&mut self, entry: Entry) {
        if !self.known.is_empty() {
            self.known.insert(entry.key.clone(), self.entries.len());
        }
        self.entries.push(entry);
        if self.known.is_empty() && self.entries.len() >= MANY_KEYS {
            let places = self.entries.iter().enumerate();
            self.known = places.map(|(at, entry)| (entry.key.clone(), at)).collect();
        }
    }
}

struct Builder<'a> {
    faults: &'a mut Faults,
    text: &'a str,
    offset: usize,
    cursor: Cursor,
    stack: Vec<Open>,
    nodes: usize,
    root: Option<Node>,
}

impl Builder<'_> {
    fn bytes(&mut self, span: &saphyr_parser::Span) -> Range<usize> {
        let start = self.cursor.byte(self.text, span.start.index());
        let end = self.cursor.byte(self.text, span.end.index().max(span.start.index()));
        self.offset + start..self.offset + end
    }

    fn refuse<T>(&self, code: &'static str, span: Range<usize>) -> Result<T, Box<Diagnostic>> {
        Err(Box::new(Diagnostic::error(code).at(self.faults.file(), At::Span(span))))
    }

    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::Alias(_) => return self.refuse("yaml-anchor", span),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _)
                if anchor != 0 =>
            {
                return self.refuse("yaml-anchor", span);
            }
            Event::Scalar(text, style, _, _) => {
                if text.contains('\0') {
                    return self.refuse("yaml-null-character", span);
                }
                let is_null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let kind = if is_null { NodeKind::Null } else { NodeKind::Scalar(text.into()) };
                self.add(Node { span, kind })?;
            }
            Event::SequenceStart(..) => self.open(span, Items::List(Vec::new()))?,
            Event::MappingStart(..) => self.open(span, Items::Map(Mapping::default()))?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.stack.pop() {
                    let kind = match open.items {
                        Items::List(items) => NodeKind::List(items),
                        Items::Map(map) => NodeKind::Map(map.entries),
                    };
                    self.add(Node { span: open.start..span.end, kind })?;
                }
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                return self.refuse("yaml-several-documents", span);
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, span: Range<usize>, items: Items) -> Result<(), Box<Diagnostic>> {
        if self.stack.len() >= MAX_DEPTH {
            return self.refuse("yaml-too-deep", span);
        }
        self.stack.push(Open { start: span.start, items });
        Ok(())
    }

    fn add(&mut self, node: Node) -> Result<(), Box<Diagnostic>> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return self.refuse("yaml-too-large", node.span);
        }
        match self.stack.last_mut().map(|open| &mut open.items) {
            None => self.root = Some(node),
            Some(Items::List(items)) => items.push(node),
            Some(Items::Map(map)) => match map.key.take() {
                None => match node.kind {
                    NodeKind::Scalar(text) => map.key = Some((text, node.span)),
                    NodeKind::Null => map.key = Some(("".into(), node.span)),
                    _ => return self.refuse("yaml-key-not-text", node.span),
                },
                Some((key, key_span)) => match map.find(&key) {
                    Some(first) => {
                        let (file, first) = (self.faults.file(), At::Span(first.key_span.clone()));
                        let fault = Diagnostic::error("duplicate-key").arg("key", &*key);
                        let fault = fault.at(file, At::Span(key_span));
                        let fault = fault.labelled(file, first, Message::new("label-first-here"));
                        self.faults.push(fault);
                    }
                    None => map.push(Entry { key, key_span, value: node }),
                },
            },
        }
        Ok(())
    }
}

fn syntax_error(file: &FilePath, text: &str, offset: usize, error: &ScanError) -> Diagnostic {
    let at = Cursor::default().byte(text, error.marker().index());
    let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
    let fault = Diagnostic::error("yaml-syntax")
        .arg("detail", error.info())
        .at(file, At::Span(offset + at..offset + end));
    match full_width_mark(text, at) {
        Some((mark, place)) => fault
            .labelled(
                file,
                At::Span(offset + place..offset + place + mark.len()),
                Message::new("label-full-width").arg("mark", mark),
            )
            .help(Message::new("help-full-width-yaml").arg("found", mark).arg("instead", half_width(mark))),
        None => fault,
    }
}

/// Finds a full-width colon or comma on the line of a syntax error or the one before: the usual
/// culprit in Chinese text.
fn full_width_mark(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let before = text.get(..at)?;
    let start = before
        .rfind('\n')
        .map_or(0, |line| before.get(..line).and_then(|b| b.rfind('\n')).map_or(0, |b| b + 1));
    let end = text.get(at..)?.find('\n').map_or(text.len(), |line| at + line);
    let lines = text.get(start..end)?;
    ["：", "，"].into_iter().find_map(|mark| lines.find(mark).map(|place| (mark, start + place)))
}

fn half_width(mark: &str) -> &'static str {
    if mark == "：" { "`: `" } else { "`, `" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Result<Node, Box<Diagnostic>>, Vec<Diagnostic>) {
        let mut faults = Faults::new(&"a.md".into());
        let node = parse(text, 0, &mut faults);
        (node, faults.into_vec())
    }

    #[test]
    fn scalars_keep_their_characters_and_places() {
        let text = "标题: 报告\nfigures: {amount: 59237.2449, code: 010, sign: +19, none: ~, empty: }\nrow: [1, ~, 3]\n";
        let node = read(text).0.unwrap();
        let entries = node.entries().unwrap();
        assert_eq!(&text[entries[0].key_span.clone()], "标题");
        assert_eq!(&text[entries[0].value.span.clone()], "报告");
        let figures = entries[1].value.entries().unwrap();
        let texts: Vec<_> = figures.iter().map(|entry| entry.value.scalar()).collect();
        assert_eq!(texts, [Some("59237.2449"), Some("010"), Some("+19"), None, None]);
        assert_eq!(&text[figures[0].value.span.clone()], "59237.2449");
        let NodeKind::List(row) = &entries[2].value.kind else { panic!("a list") };
        assert_eq!(row.iter().map(Node::scalar).collect::<Vec<_>>(), [Some("1"), None, Some("3")]);
    }

    #[test]
    fn duplicate_keys_are_reported_where_they_stand() {
        let (node, faults) = read("a: 1\nb: 2\na: 3\n");
        assert_eq!(node.unwrap().entries().unwrap().len(), 2);
        assert_eq!(faults[0].code, "duplicate-key");
        assert_eq!(faults[0].places[0].at, At::Span(10..11));

        let many: Vec<String> = (0..200).map(|at| format!("key{}: {at}\n", at % 150)).collect();
        let many = many.concat();
        let (node, faults) = read(&many);
        assert_eq!((node.unwrap().entries().unwrap().len(), faults.len()), (150, 50));
    }

    #[test]
    fn a_full_width_colon_is_named() {
        let (node, _) = read("title: x\nform：zj-2012\nperiod: 2012\n");
        let error = node.unwrap_err();
        assert_eq!(error.code, "yaml-syntax");
        assert!(error.places.iter().any(|place| place.at == At::Span(13..16)), "{error:?}");
        let help = Message::new("help-full-width-yaml").arg("found", "：").arg("instead", "`: `");
        assert_eq!(error.help, [help]);
    }

    #[test]
    fn bombs_are_refused() {
        assert_eq!(read("a: &x [1]\nb: *x\n").0.unwrap_err().code, "yaml-anchor");
        assert_eq!(read("a: \"b\\0c\"\n").0.unwrap_err().code, "yaml-null-character");
        assert_eq!(read(&("[".repeat(20) + &"]".repeat(20))).0.unwrap_err().code, "yaml-too-deep");
        assert!(read(&"[".repeat(100_000)).0.is_err());
        assert_eq!(read("? [a]\n: b\n").0.unwrap_err().code, "yaml-key-not-text");
        assert_eq!(read("a: 1\n---\nb: 2\n").0.unwrap_err().code, "yaml-several-documents");
    }

    proptest! {
        #[test]
        fn never_panics_and_spans_stay_inside(text in any::<String>()) {
            if let Ok(node) = read(&text).0 {
                prop_assert!(node.span.end <= text.len());
            }
        }

        #[test]
        fn agrees_with_serde_yaml_on_plain_maps(map in prop::collection::btree_map("[a-z_]{1,8}", "[a-zA-Z\u{4e00}-\u{4e20} ]{0,12}", 0..12)) {
            let text = serde_yaml::to_string(&map).unwrap();
            let node = read(&text).0.unwrap();
            for entry in node.entries().unwrap() {
                prop_assert_eq!(entry.value.scalar(), map.get(&*entry.key).map(String::as_str));
            }
        }
    }
}
