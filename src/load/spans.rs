//! Finds the span of a place that is known only as a path through a file's data.

use std::ops::Range;

use crate::base::data::{self, Entry, Faults, Node, NodeKind};
use crate::base::diagnostic::{At, Step};
use crate::base::source::Source;

use super::{front_matter, yaml};

/// The bytes of a place in a file; `None` for the file as a whole, or where it is gone.
///
/// A path is followed as far as it goes: the deepest step that exists is the place.
pub fn locate(source: &Source, at: &At) -> Option<Range<usize>> {
    let (path, wants_key) = match at {
        At::File => return None,
        At::Span(span) => return Some(span.clone()),
        At::Position(position) => {
            let start = source.offset(*position);
            let next = source.text().get(start..)?.chars().next().map_or(start, |c| start + c.len_utf8());
            return Some(start..next);
        }
        At::Key(path) => (path, true),
        At::Value(path) => (path, false),
    };
    let span = |entry: &Entry| if wants_key { entry.key_span.clone() } else { data::mark(entry) };
    let root = read(source)?;
    let mut found: Option<Range<usize>> = None;
    let mut node = &root;
    let mut steps = path.0.iter().peekable();
    while let Some(step) = steps.next() {
        match (step, &node.kind) {
            (Step::Key(key) | Step::Column(key, _), NodeKind::Map(entries)) => {
                let Some(entry) = entries.iter().find(|entry| entry.key == *key) else {
                    let cell = steps.peek().and_then(|next| cell(entries, key, next));
                    return cell.map(span).or(found);
                };
                found = Some(span(entry));
                node = &entry.value;
            }
            (Step::Index(index) | Step::Column(_, index), NodeKind::List(items)) => {
                let Some(item) = items.get(*index) else { break };
                if !item.span.is_empty() {
                    found = Some(item.span.clone());
                }
                node = item;
            }
            _ => break,
        }
    }
    found
}

/// Finds a cell that is written under its full code, `row__column`.
fn cell<'n>(entries: &'n [Entry], row: &str, next: &Step) -> Option<&'n Entry> {
    let Step::Column(column, _) = next else { return None };
    let column_of = |key: &'n str| key.strip_prefix(row)?.strip_prefix("__");
    entries.iter().find(|entry| column_of(&entry.key) == Some(column))
}

fn read(source: &Source) -> Option<Node> {
    let path = source.path();
    let mut faults = Faults::new(path);
    if path.ends_with(".yaml") || path.ends_with(".yml") {
        return yaml::parse(source.text(), 0, &mut faults).ok();
    }
    let (text, offset) = front_matter::split(path, source.text()).ok()?.front?;
    yaml::parse(text, offset, &mut faults).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::DataPath;

    #[test]
    fn finds_keys_values_and_cells() {
        let text = "---\nstatistics:\n  proactive_web: 298\n  req_new: [58, 7]\n  review: {total: 4}\n  lit__total: 2\n---\n";
        let source = Source::new("a.md".into(), text.into());
        let statistics = || DataPath::keys(&["statistics"]);
        let at = |path: DataPath| locate(&source, &At::Value(path)).map(|range| &text[range]);
        assert_eq!(at(statistics().key("proactive_web")), Some("298"));
        assert_eq!(
            locate(&source, &At::Key(statistics().key("proactive_web"))).map(|range| &text[range]),
            Some("proactive_web")
        );
        let cell = |row: &str, column: &str, at: usize| {
            let mut path = statistics().key(row);
            path.0.push(Step::Column(column.into(), at));
            path
        };
        assert_eq!(at(cell("req_new", "org_business", 1)), Some("7"));
        assert_eq!(at(cell("review", "total", 4)), Some("4"));
        assert_eq!(at(cell("lit", "total", 4)), Some("2"));
        assert_eq!(at(DataPath::keys(&["nothing"])), None);
    }
}
