//! Writes diagnostics for a terminal: source lines with carets, labels and help.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use crate::base::diagnostic::{Message, Severity};
use crate::base::source::{FilePath, Source};

use super::located::{Located, LocatedPlace, TextRange};
use super::reported::count;
use super::reporter::Reporter;

/// The maximum length in bytes of an excerpt; a longer one is not shown.
const MAX_EXCERPT: usize = 20_000;

/// Writes each diagnostic, then a summary by code.
pub(super) fn write(reporter: &Reporter<'_>, found: &[Located<'_>], out: &mut dyn Write) -> io::Result<()> {
    // The ASCII style: box-drawing characters are two columns wide on many Chinese terminals, which
    // would misalign the carets.
    let renderer = Renderer::styled();
    let mut sources = LastSource { reporter, last: None };
    for found in found.iter().filter(|found| found.is_open()) {
        let group = group(reporter, &mut sources, found);
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    summary(reporter, found, out)
}

/// Caches the last file, because the next diagnostic is mostly in the same one.
struct LastSource<'a> {
    reporter: &'a Reporter<'a>,
    last: Option<(FilePath, Option<Source>)>,
}

impl LastSource<'_> {
    fn get(&mut self, file: &FilePath) -> Option<&Source> {
        if self.last.as_ref().is_none_or(|(last, _)| last != file) {
            self.last = Some((file.clone(), (self.reporter.source)(file)));
        }
        self.last.as_ref().and_then(|(_, source)| source.as_ref())
    }
}

fn group<'g>(reporter: &Reporter<'_>, sources: &mut LastSource<'_>, found: &Located<'_>) -> Group<'g> {
    let level = match found.diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = level.with_name(Some(reporter.severity(found.diagnostic.severity)));
    let title = level.primary_title(reporter.say(&found.diagnostic.message)).id(found.diagnostic.code);
    let mut group = Group::with_title(title);

    for (at, places) in by_file(&found.places).into_iter().enumerate() {
        let Some(first) = places.first() else { continue };
        let path = reporter.shown_path(first.file);
        let excerpt = sources.get(first.file).and_then(|source| Excerpt::around(source, &places));
        group = match (excerpt, &first.range) {
            (Some(excerpt), _) => group.element(excerpt.snippet(reporter, path, &places, at == 0)),
            (None, Some(range)) => group.element(
                Origin::path(path).line(range.start.line as usize).char_column(range.start.column as usize),
            ),
            (None, None) => group.element(Origin::path(path)),
        };
    }
    for help in &found.diagnostic.help {
        let level = Level::HELP.with_name(Some(reporter.say(&Message::new("label-help"))));
        group = group.element(level.message(normalize_untrusted_str(&reporter.say(help))));
    }
    group
}

/// Groups places by file, in the order of their first occurrence.
fn by_file<'s>(places: &'s [LocatedPlace<'s>]) -> Vec<Vec<&'s LocatedPlace<'s>>> {
    let mut files: Vec<Vec<&LocatedPlace<'_>>> = Vec::new();
    for place in places {
        match files.iter_mut().find(|file| file.first().is_some_and(|first| first.file == place.file)) {
            Some(file) => file.push(place),
            None => files.push(vec![place]),
        }
    }
    files
}

/// The lines of a file around places.
struct Excerpt<'s> {
    text: &'s str,
    /// The offset in the file, in bytes.
    offset: usize,
    /// The number of the first line.
    line: u32,
}

impl<'s> Excerpt<'s> {
    fn around(source: &'s Source, places: &[&LocatedPlace<'_>]) -> Option<Self> {
        let ranges = || places.iter().filter_map(|place| place.range.as_ref());
        let line = ranges().map(|range| range.start.line).min()?.saturating_sub(1).max(1);
        let last = ranges().map(|range| range.start.line).max()?;
        let bytes = source.line_range(line).start..source.line_range(last).end;
        let text = source.text().get(bytes.clone())?;
        (text.len() <= MAX_EXCERPT).then_some(Self { text, offset: bytes.start, line })
    }

    fn snippet<'g>(
        &self,
        reporter: &Reporter<'_>,
        path: String,
        places: &[&LocatedPlace<'_>],
        is_main_file: bool,
    ) -> Snippet<'g, annotate_snippets::Annotation<'g>> {
        let mut snippet = Snippet::source(self.text.to_owned()).path(path).line_start(self.line as usize);
        for (at, place) in places.iter().enumerate() {
            let Some(range) = &place.range else { continue };
            let kind = match at {
                0 if is_main_file => AnnotationKind::Primary,
                _ => AnnotationKind::Context,
            };
            let mut annotation = kind.span(self.first_line(range));
            if let Some(label) = place.label {
                annotation = annotation.label(normalize_untrusted_str(&reporter.say(label)));
            }
            snippet = snippet.annotation(annotation);
        }
        snippet
    }

    /// Returns a range relative to the excerpt, cut at the end of its first line.
    fn first_line(&self, range: &TextRange) -> std::ops::Range<usize> {
        let start = range.bytes.start.saturating_sub(self.offset).min(self.text.len());
        let rest = self.text.get(start..).unwrap_or("");
        let line = rest.split(['\n', '\r']).next().unwrap_or("");
        start..start + line.len().min(range.bytes.len())
    }
}

/// Writes a line for each code, then one for all.
fn summary(reporter: &Reporter<'_>, found: &[Located<'_>], out: &mut dyn Write) -> io::Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let counts = count(found.iter().map(|found| found.reported));
    let mut by_code: BTreeMap<(Reverse<Severity>, &str), usize> = BTreeMap::new();
    for found in found.iter().filter(|found| found.is_open()) {
        *by_code.entry((Reverse(found.diagnostic.severity), found.diagnostic.code)).or_default() += 1;
    }
    // `found` is sorted by file, so `dedup` suffices.
    let mut files: Vec<&str> = found
        .iter()
        .filter(|found| found.is_open())
        .filter_map(Located::main)
        .map(|place| &**place.file)
        .collect();
    files.dedup();
    let digits = by_code.values().max().map_or(1, |count| count.to_string().len());
    for ((severity, code), count) in &by_code {
        writeln!(out, "{count:>digits$} {} {code}", reporter.severity(severity.0))?;
    }
    let total = Message::new("check-summary")
        .arg("errors", counts.errors)
        .arg("warnings", counts.warnings)
        .arg("notes", counts.notes)
        .arg("files", files.len())
        .arg("accepted", counts.accepted);
    writeln!(out, "{}", reporter.say(&total))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, fixture};
    use crate::base::diagnostic::{At, Diagnostic};

    #[test]
    fn carets_stand_right_under_the_characters() {
        let text = fixture::render(Format::Human, &fixture::reported());
        insta::assert_snapshot!(anstream::adapter::strip_str(&text).to_string(), @r#"
        error[output-refused]: cannot publish to /

        error[unreadable-file]: this file cannot be read: no permission
        --> content/a, b.md

        note[unknown-key]: there is no key `from`
         --> content/县/2012.md:3:1
          |
        3 | from: zj-2012
          | ^^^^
          |
          = help: did you mean `form`?

        warning[part-exceeds-whole]: On the website 298 is more than Items disclosed 289
         --> content/县/2012.md:6:18
          |
        5 |   proactive_total: 289
          |                    --- the whole
        6 |   proactive_web: 298
          |                  ^^^ a part of Items disclosed (289)
          |
          = help: if the source prints this, keep it and explain it under `accept:`

        error[yaml-syntax]: this is no YAML: a full-width colon
         --> content/县/2012.md:7:5
          |
        7 |   预算：6
          |       ^^

        1 error output-refused
        1 error unreadable-file
        1 error yaml-syntax
        1 warning part-exceeds-whole
        1 note unknown-key
        3 errors, 1 warnings and 1 notes in 2 files, 1 explained
        "#);
    }

    #[test]
    fn nothing_wrong_says_nothing() {
        assert_eq!(fixture::render(Format::Human, &[]), "");
    }

    #[test]
    fn a_huge_line_is_not_shown() {
        let long = format!("a: {}\n", "长".repeat(30_000));
        let diagnostic =
            Diagnostic::error("unknown-key").arg("key", "a").at(&"long.md".into(), At::Span(3..9));
        let text = fixture::render_with(Format::Human, &[diagnostic.into()], &[("long.md", &long)]);
        assert!(text.contains("long.md:1:4"), "{text}");
        assert!(text.len() < 1_000, "{}", text.len());
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let diagnostic = Diagnostic::error("unknown-key")
            .arg("key", "\u{1b}[31mred\u{7}")
            .at(&"a.md".into(), At::Span(0..2))
            .help(crate::base::diagnostic::Message::new("help-did-you-mean").arg("name", "\u{1b}]0;x"));
        let text = fixture::render_with(Format::Human, &[diagnostic.into()], &[("a.md", "\u{1b}[2J: 1\n")]);
        let plain = anstream::adapter::strip_str(&text).to_string();
        assert!(plain.contains("[31mred") && plain.contains("[2J"), "{plain}");
        assert!(!plain.contains('\u{1b}') && !plain.contains('\u{7}'), "{plain:?}");
        assert!(!text.contains("\u{1b}[2J") && !text.contains("\u{1b}]0;x"), "{text:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_place_breaks_the_excerpt(text in "(\\PC|\r|\n|\t|字){0,40}", start in 0usize..160, len in 0usize..80) {
            let diagnostic = Diagnostic::error("unknown-key")
                .at(&"a.md".into(), At::Span(start..start + len))
                .at(&"a.md".into(), At::Span(len..len));
            let shown = fixture::render_with(Format::Human, &[diagnostic.into()], &[("a.md", &text)]);
            proptest::prop_assert!(shown.contains("a.md:"));
        }
    }
}
