//! Parses TOML into a data tree with spans, and the `[extra]` table into JSON for templates.

use std::ops::Range;

use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::data::{Entry, Faults, Node, NodeKind};
use crate::base::diagnostic::{Diagnostic, Message};

pub(super) struct Tree {
    pub(super) root: Vec<Entry>,
    /// Its `[extra]` table; empty if there is none.
    pub(super) extra: Map<String, Value>,
}

/// Reads TOML. Every syntax error is reported, and what can still be read is read.
pub(super) fn parse(text: &str, faults: &mut Faults) -> Tree {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let mut fault = Diagnostic::error("toml-syntax").arg("detail", error.message());
        if let Some((found, instead)) = full_width(text, span.start) {
            fault = fault.help(Message::new("help-full-width").arg("found", found).arg("instead", instead));
        }
        faults.add(fault, visible(text, span));
    }
    let extra = match table.get_ref().get("extra").map(Spanned::get_ref) {
        Some(DeValue::Table(table)) => json_table(table),
        _ => Map::new(),
    };
    Tree { root: entries(table.get_ref()), extra }
}

/// Returns the entries of a table in the order written.
fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().as_ref().into(),
            key_span: key.span(),
            value: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let kind = match value.get_ref() {
        DeValue::String(text) => NodeKind::Scalar(text.as_ref().into()),
        DeValue::Integer(number) => NodeKind::Scalar(number.to_string().into()),
        DeValue::Float(number) => NodeKind::Scalar(number.as_str().into()),
        DeValue::Boolean(flag) => NodeKind::Scalar(flag.to_string().into()),
        DeValue::Datetime(time) => NodeKind::Scalar(time.to_string().into()),
        DeValue::Array(items) => NodeKind::List(items.iter().map(node).collect()),
        DeValue::Table(table) => NodeKind::Map(entries(table)),
    };
    Node { span: value.span(), kind }
}

fn json_table(table: &DeTable<'_>) -> Map<String, Value> {
    let mut pairs: Vec<_> = table.iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    pairs.into_iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
}

/// Converts a value to JSON; what JSON cannot hold (dates, infinities, huge integers) becomes text.
fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::from(number.to_string()), Value::from),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .ok()
            .and_then(Number::from_f64)
            .map_or_else(|| Value::from(number.as_str()), Value::from),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Datetime(time) => Value::from(time.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => Value::Object(json_table(table)),
    }
}

/// Widens an empty span to the next character of the line, so that there is something to underline.
fn visible(text: &str, span: Range<usize>) -> Range<usize> {
    if span.start < span.end {
        return span;
    }
    let rest = text.get(span.start..).unwrap_or("");
    match rest.chars().next() {
        Some(next) if next != '\n' && next != '\r' => span.start..span.start + next.len_utf8(),
        _ => span.start..span.start,
    }
}

/// Characters that a Chinese keyboard types where TOML needs the ASCII ones below them.
const FULL_WIDTH: &str = "“”‘’＝，：；［］【】｛｝";
const ASCII: &str = "\"\"''=,=;[][]{}";

/// Finds a full-width character on the line of `offset`; returns it and the one that was meant.
fn full_width(text: &str, offset: usize) -> Option<(String, String)> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?.lines().next()?;
    line.chars().find_map(|found| {
        let (_, meant) = FULL_WIDTH.chars().zip(ASCII.chars()).find(|(wide, _)| *wide == found)?;
        Some((found.to_string(), meant.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::At;

    fn read(text: &str) -> (Tree, Vec<Diagnostic>) {
        let mut faults = Faults::new(&"site.toml".into());
        let tree = parse(text, &mut faults);
        (tree, faults.into_vec())
    }

    #[test]
    fn keeps_the_order_and_the_places() {
        let text = "z = 1\na = 'x'\n[b]\ny = [true, 2.50]\n";
        let (tree, faults) = read(text);
        assert_eq!(faults, []);
        let keys: Vec<&str> = tree.root.iter().map(|entry| &*entry.key).collect();
        assert_eq!(keys, ["z", "a", "b"]);
        assert_eq!(&text[tree.root[1].key_span.clone()], "a");
        assert_eq!(&text[tree.root[1].value.span.clone()], "'x'");
        let list = &tree.root[2].value.entries().unwrap()[0].value;
        let NodeKind::List(items) = &list.kind else { panic!("no list") };
        assert_eq!(items[0].scalar(), Some("true"));
        assert_eq!(items[1].scalar(), Some("2.50"));
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let text = "title = 标题\nbase_url = \ntheme = \"a\"\n";
        let (tree, faults) = read(text);
        assert!(faults.len() >= 2, "{faults:?}");
        assert!(faults.iter().all(|fault| fault.code == "toml-syntax"));
        assert!(tree.root.iter().any(|entry| &*entry.key == "theme"));
    }

    #[test]
    fn a_full_width_quote_is_named() {
        let (_, faults) = read("title = “标题”\n");
        let help = &faults[0].help[0];
        assert_eq!(help.id, "help-full-width");
        assert_eq!(help.args[0].1, "“".into());
        assert_eq!(help.args[1].1, "\"".into());
    }

    #[test]
    fn a_byte_order_mark_is_no_error() {
        let text = "\u{feff}title = 'x'\r\nb = 1\r\n";
        let (tree, faults) = read(text);
        assert_eq!(faults, []);
        assert_eq!(&text[tree.root[0].key_span.clone()], "title");
    }

    #[test]
    fn extra_keeps_its_types() {
        let (tree, _) = read("[extra]\nb = [1, 0x10, 1.5, inf]\na = {on = true, day = 2024-01-31}\n");
        let expected = serde_json::json!({"b": [1, 16, 1.5, "inf"], "a": {"on": true, "day": "2024-01-31"}});
        assert_eq!(Value::Object(tree.extra), expected);
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "(\\PC|[\\[\\]={}\"'\n.#,0-9a-z“，]){0,60}") {
            let (_, faults) = read(&text);
            for fault in faults {
                let At::Span(span) = &fault.places[0].at else { panic!("no span") };
                proptest::prop_assert!(span.start <= span.end && span.end <= text.len());
            }
        }
    }
}
