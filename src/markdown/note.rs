//! Footnotes: a number in the text, the note at the end, and links both ways.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Words;
use super::writer::{Gap, Open, Writer};
use crate::base::diagnostic::{Message, Severity};
use crate::base::escape::push_attribute;

/// A note whose end is not yet known, with the output that was interrupted for it.
pub(super) struct OpenNote {
    name: String,
    html: String,
    plain: String,
    range: Range<usize>,
}

/// The notes of a text.
#[derive(Default)]
pub(super) struct Notes {
    /// How many are open.
    open: usize,
    /// The numbers given so far, from 1, by the name in lower case.
    numbers: BTreeMap<String, usize>,
    /// How many links lead to each note, in order of the numbers.
    references: Vec<usize>,
    written: Vec<Note>,
}

struct Note {
    name: String,
    html: String,
    plain: String,
    range: Range<usize>,
}

impl Notes {
    /// Whether the text at hand belongs to a note.
    pub(super) fn is_open(&self) -> bool {
        self.open > 0
    }
}

/// The id of the place that refers to a note for the n-th time.
fn reference_id(number: usize, nth: usize) -> String {
    if nth == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{nth}") }
}

/// The id of a note; no heading can have it, for the colon.
fn note_id(number: usize) -> String {
    format!("fn:{number}")
}

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, name: &str) {
        let name = self.shadow.restore(name).to_lowercase();
        let next = self.notes.numbers.len() + 1;
        let number = *self.notes.numbers.entry(name).or_insert(next);
        if number == next {
            self.notes.references.push(0);
        }
        self.settle_break('1');
        self.set_last('1');
        if self.links_open > 0 {
            self.html.push_str("<sup>");
            self.html.push_str(&number.to_string());
            self.html.push_str("</sup>");
            return;
        }
        let Some(references) = self.notes.references.get_mut(number - 1) else {
            return;
        };
        *references += 1;
        let id = reference_id(number, *references);
        self.html.push_str("<sup");
        push_attribute(&mut self.html, "id", &id);
        self.html.push_str("><a");
        push_attribute(&mut self.html, "href", &format!("#{}", note_id(number)));
        self.html.push_str(" role=\"doc-noteref\"");
        let label = Words::fill(self.options.words.note, &number.to_string());
        push_attribute(&mut self.html, "aria-label", &label);
        self.html.push('>');
        self.html.push_str(&number.to_string());
        self.html.push_str("</a></sup>");
        self.ids.insert(id);
    }

    pub(super) fn start_note(&mut self, name: &str, range: Range<usize>) {
        self.notes.open += 1;
        let note = OpenNote {
            name: self.shadow.restore(name).to_lowercase(),
            html: std::mem::take(&mut self.html),
            plain: std::mem::take(&mut self.plain),
            range,
        };
        self.push(Open::Note(Box::new(note)));
    }

    pub(super) fn end_note(&mut self, note: OpenNote) {
        self.settle_break(' ');
        self.notes.open = self.notes.open.saturating_sub(1);
        let html = std::mem::replace(&mut self.html, note.html);
        let plain = std::mem::replace(&mut self.plain, note.plain);
        self.separate(Gap::Line);
        self.notes.written.push(Note { name: note.name, html, plain, range: note.range });
    }

    /// Writes the notes in order of their numbers. Notes that nothing refers to come last: they
    /// are reported, but what an author wrote is not lost.
    pub(super) fn write_notes(&mut self) {
        if self.notes.written.is_empty() {
            return;
        }
        let numbers = std::mem::take(&mut self.notes.numbers);
        let mut last = numbers.len();
        let mut notes: BTreeMap<usize, Note> = BTreeMap::new();
        for note in std::mem::take(&mut self.notes.written) {
            let number = numbers.get(&note.name).copied();
            let number = number.filter(|number| !notes.contains_key(number));
            let number = number.unwrap_or_else(|| {
                let message = Message::new("footnote-unused").arg("name", &*note.name);
                self.problem("footnote-unused", Severity::Note, message, note.range.clone());
                last += 1;
                last
            });
            notes.insert(number, note);
        }
        self.html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"");
        push_attribute(&mut self.html, "aria-label", self.options.words.notes);
        self.html.push_str(">\n<ol>\n");
        for (number, note) in notes {
            self.write_note(number, &note);
        }
        self.html.push_str("</ol>\n</section>\n");
    }

    fn write_note(&mut self, number: usize, note: &Note) {
        let id = note_id(number);
        self.html.push_str("<li");
        push_attribute(&mut self.html, "id", &id);
        self.ids.insert(id);
        self.html.push('>');
        let (body, end) = match note.html.strip_suffix("</p>\n") {
            Some(body) => (body, "</p>\n"),
            None => (note.html.as_str(), ""),
        };
        self.html.push_str(body);
        let references = self.notes.references.get(number - 1).copied();
        let label = Words::fill(self.options.words.back, &number.to_string());
        for nth in 1..=references.unwrap_or(0) {
            self.html.push_str(" <a");
            let target = format!("#{}", reference_id(number, nth));
            push_attribute(&mut self.html, "href", &target);
            self.html.push_str(" role=\"doc-backlink\"");
            push_attribute(&mut self.html, "aria-label", &label);
            self.html.push_str(">↩</a>");
        }
        self.html.push_str(end);
        self.html.push_str("</li>\n");
        self.separate(Gap::Line);
        self.push_plain(note.plain.trim_end());
    }
}
