//! Finds the lines and columns of diagnostics, and sorts them.

use std::fmt::Write;
use std::ops::Range;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use crate::base::diagnostic::{Arg, At, DataPath, Diagnostic, Message, Place, Step};
use crate::base::source::{FilePath, Position, Source, floor_char_boundary};

use super::reported::Reported;
use super::reporter::Reporter;

/// A diagnostic with its places located.
pub(super) struct Located<'d> {
    pub(super) diagnostic: &'d Diagnostic,
    pub(super) reported: &'d Reported,
    /// In the order of the diagnostic; empty if it belongs to no file.
    pub(super) places: Vec<LocatedPlace<'d>>,
}

/// A place in a file, in lines and columns.
pub(super) struct LocatedPlace<'d> {
    pub(super) file: &'d FilePath,
    /// `None` for the whole file, or if it can no longer be read.
    pub(super) range: Option<TextRange>,
    pub(super) label: Option<&'d Message>,
}

/// A part of a file, in bytes, lines and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextRange {
    pub(super) bytes: Range<usize>,
    pub(super) start: Position,
    /// The position after the last character.
    pub(super) end: Position,
}

impl Located<'_> {
    /// Whether somebody should act on it.
    pub(super) fn is_open(&self) -> bool {
        self.reported.is_open()
    }

    /// Returns the place to look at.
    pub(super) fn main(&self) -> Option<&LocatedPlace<'_>> {
        self.places.first()
    }

    /// Returns an identifier that survives added lines and reordered keys: the fingerprint of its
    /// check, or a hash of its code, its file, its data path and its arguments.
    pub(super) fn fingerprint(&self) -> String {
        format!("{:016x}", self.reported.fingerprint.unwrap_or_else(|| fingerprint(self.diagnostic)))
    }
}

fn fingerprint(diagnostic: &Diagnostic) -> u64 {
    let mut hash = Xxh3::new();
    let mut add = |text: &str| {
        hash.update(text.as_bytes());
        hash.update(&[0]);
    };
    add(diagnostic.code);
    if let Some(place) = diagnostic.places.first() {
        add(&place.file);
        if let At::Key(path) | At::Value(path) = &place.at {
            add(&show_path(path));
        }
    }
    for (name, arg) in &diagnostic.message.args {
        add(name);
        match arg {
            Arg::Text(text) => add(text),
            Arg::Number(number) => add(&number.normalize().to_string()),
            Arg::Label(label) => label.iter().for_each(|(_, text)| add(text)),
        }
    }
    hash.digest()
}

/// Formats a data path: `accept[2].why`.
pub(super) fn show_path(path: &DataPath) -> String {
    let mut shown = String::new();
    for step in &path.0 {
        match step {
            Step::Key(key) | Step::Column(key, _) => {
                if !shown.is_empty() {
                    shown.push('.');
                }
                shown.push_str(key);
            }
            Step::Index(index) => {
                let _ = write!(shown, "[{index}]");
            }
        }
    }
    shown
}

/// Locates diagnostics and sorts them by file, line and column, then the most severe first.
pub(super) fn locate<'d>(reporter: &Reporter<'_>, all: &'d [Reported]) -> Vec<Located<'d>> {
    let mut found: Vec<Located<'d>> = all
        .iter()
        .map(|reported| {
            let diagnostic = &reported.diagnostic;
            let spot = |place: &'d Place| LocatedPlace {
                file: &place.file,
                range: None,
                label: place.label.as_ref(),
            };
            Located { diagnostic, reported, places: diagnostic.places.iter().map(spot).collect() }
        })
        .collect();

    let mut by_file: FxHashMap<&FilePath, Vec<(usize, usize)>> = FxHashMap::default();
    for (at, reported) in all.iter().enumerate() {
        for (nth, place) in reported.diagnostic.places.iter().enumerate() {
            by_file.entry(&place.file).or_default().push((at, nth));
        }
    }
    #[expect(
        clippy::iter_over_hash_type,
        reason = "each file is handled by itself; the result is sorted below"
    )]
    for (file, uses) in by_file {
        let source = (reporter.source)(file);
        for (at, nth) in uses {
            let Some(spot) = found.get_mut(at).and_then(|found| found.places.get_mut(nth)) else { continue };
            let place = all.get(at).and_then(|reported| reported.diagnostic.places.get(nth));
            spot.range = place.and_then(|place| match &source {
                Some(source) => text_range(reporter, source, &place.at),
                None => stated(&place.at),
            });
        }
    }
    found.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    found
}

fn sort_key<'k>(found: &'k Located<'_>) -> impl Ord + 'k {
    let spot = found.main();
    let start = spot.and_then(|spot| spot.range.as_ref()).map(|range| range.start);
    let worst_first = std::cmp::Reverse(found.diagnostic.severity);
    (spot.map(|spot| &**spot.file), start, worst_first, found.diagnostic.code)
}

/// Returns the position stated for a file that is not text, which cannot be shown.
fn stated(at: &At) -> Option<TextRange> {
    let At::Position(position) = at else { return None };
    Some(TextRange { bytes: 0..0, start: *position, end: *position })
}

/// Returns the range of a place, clamped to the text.
fn text_range(reporter: &Reporter<'_>, source: &Source, at: &At) -> Option<TextRange> {
    let bytes = match at {
        At::File => return None,
        At::Span(span) => span.clone(),
        At::Position(position) => {
            let start = source.offset(*position);
            let next = source.text().get(start..).and_then(|rest| rest.chars().next());
            start..start + next.filter(|next| !matches!(next, '\n' | '\r')).map_or(0, char::len_utf8)
        }
        At::Key(_) | At::Value(_) => (reporter.locate)(source, at)?,
    };
    let floor = |offset: usize| floor_char_boundary(source.text(), offset);
    let start = floor(bytes.start);
    let end = floor(bytes.end).max(start);
    Some(TextRange { bytes: start..end, start: source.position(start), end: source.position(end) })
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn places_are_found_and_sorted() {
        fixture::with_reporter(|reporter| {
            let reported = fixture::reported();
            let found = locate(reporter, &reported);
            let shown: Vec<(&str, Option<(u32, u32)>)> = found
                .iter()
                .map(|found| {
                    let start = found.main().and_then(|spot| spot.range.as_ref()).map(|range| range.start);
                    (found.diagnostic.code, start.map(|start| (start.line, start.column)))
                })
                .collect();
            let expected = [
                ("output-refused", None),
                ("unreadable-file", None),
                ("unknown-key", Some((3, 1))),
                ("part-exceeds-whole", Some((5, 20))),
                ("part-exceeds-whole", Some((6, 18))),
                ("yaml-syntax", Some((7, 5))),
            ];
            assert_eq!(shown, expected);
        });
    }

    #[test]
    fn a_span_outside_the_text_is_cut() {
        fixture::with_reporter(|reporter| {
            let source = Source::new("a.md".into(), "标题".into());
            let range = text_range(reporter, &source, &At::Span(1..99)).unwrap();
            assert_eq!(range.bytes, 0..6);
            assert_eq!(range.end, Position { line: 1, column: 3 });
        });
    }

    #[test]
    fn fingerprints_outlive_edits_elsewhere() {
        let before = Diagnostic::error("unknown-key").arg("key", "a").at(&"a.md".into(), At::Span(10..11));
        let after = Diagnostic::error("unknown-key").arg("key", "a").at(&"a.md".into(), At::Span(90..91));
        let other = Diagnostic::error("unknown-key").arg("key", "b").at(&"a.md".into(), At::Span(10..11));
        assert_eq!(fingerprint(&before), fingerprint(&after));
        assert_ne!(fingerprint(&before), fingerprint(&other));
    }

    #[test]
    fn paths_are_shown_as_people_write_them() {
        assert_eq!(show_path(&DataPath::keys(&["accept"]).index(2).key("why")), "accept[2].why");
    }
}
