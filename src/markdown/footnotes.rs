//! Footnotes: a number in the text, the note at the end, and links both ways.

use std::collections::BTreeMap;
use std::ops::Range;

use super::nesting::OpenItem;
use super::options::MarkdownWords;
use super::output::{Separator, SetAside};
use super::state::RenderState;
use crate::base::diagnostic::{Message, Severity};

/// A note whose end is not reached yet, with the output that it interrupts.
struct OpenNote {
    name: String,
    interrupted: SetAside,
    range: Range<usize>,
}

struct Note {
    name: String,
    output: SetAside,
    range: Range<usize>,
}

#[derive(Default)]
pub(super) struct Footnotes {
    open: Vec<OpenNote>,
    /// The numbers given so far, from 1, by the name in lower case.
    numbers: BTreeMap<String, usize>,
    /// How many links lead to each note, in order of the numbers.
    references: Vec<usize>,
    written: Vec<Note>,
}

/// The id of the n-th reference to a note.
fn reference_id(number: usize, nth: usize) -> String {
    if nth == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{nth}") }
}

/// The id of a note; no heading can have it, for the colon.
fn note_id(number: usize) -> String {
    format!("fn:{number}")
}

impl Footnotes {
    /// Whether the current text belongs to a note.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Writes the number of a note; within a link it is no link itself.
    pub(super) fn reference(&mut self, state: &mut RenderState<'_>, name: &str, is_in_link: bool) {
        let name = state.masked.restore(name).to_lowercase();
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.references.push(0);
        }
        state.out.stand_for('1');
        if is_in_link {
            state.out.push_html(&format!("<sup>{number}</sup>"));
            return;
        }
        let Some(references) = self.references.get_mut(number - 1) else {
            return;
        };
        *references += 1;
        let id = reference_id(number, *references);
        state.out.push_html("<sup");
        state.out.push_attribute("id", &id);
        state.out.push_html("><a");
        state.out.push_attribute("href", &format!("#{}", note_id(number)));
        state.out.push_html(" role=\"doc-noteref\"");
        let label = MarkdownWords::fill(state.options.words.note, &number.to_string());
        state.out.push_attribute("aria-label", &label);
        state.out.push_html(&format!(">{number}</a></sup>"));
        state.ids.insert(id);
    }

    pub(super) fn start(&mut self, state: &mut RenderState<'_>, name: &str, range: Range<usize>) {
        let name = state.masked.restore(name).to_lowercase();
        self.open.push(OpenNote { name, interrupted: state.out.set_aside(), range });
        state.nesting.push(OpenItem::Footnote);
    }

    pub(super) fn end(&mut self, state: &mut RenderState<'_>) {
        state.out.settle_break(' ');
        if let Some(OpenNote { name, interrupted, range }) = self.open.pop() {
            let output = state.out.restore(interrupted);
            self.written.push(Note { name, output, range });
        }
        state.out.separate(Separator::Line);
    }

    /// Writes the notes in order of their numbers. Notes without a reference come last: they are
    /// reported, but what an author wrote is not lost.
    pub(super) fn write(self, state: &mut RenderState<'_>) {
        if self.written.is_empty() {
            return;
        }
        let mut last = self.numbers.len();
        let mut notes: BTreeMap<usize, Note> = BTreeMap::new();
        for note in self.written {
            let number = self.numbers.get(&note.name).copied();
            let number = number.filter(|number| !notes.contains_key(number)).unwrap_or_else(|| {
                let message = Message::new("footnote-unused").arg("name", &*note.name);
                state.problems.add("footnote-unused", Severity::Note, message, note.range.clone());
                last += 1;
                last
            });
            notes.insert(number, note);
        }
        state.out.push_html("<section class=\"footnotes\" role=\"doc-endnotes\"");
        state.out.push_attribute("aria-label", state.options.words.notes);
        state.out.push_html(">\n<ol>\n");
        for (number, note) in notes {
            let references = self.references.get(number - 1).copied();
            write_note(state, number, references.unwrap_or(0), &note.output);
        }
        state.out.push_html("</ol>\n</section>\n");
    }
}

fn write_note(state: &mut RenderState<'_>, number: usize, references: usize, note: &SetAside) {
    let id = note_id(number);
    state.out.push_html("<li");
    state.out.push_attribute("id", &id);
    state.ids.insert(id);
    state.out.push_html(">");
    let (body, end) = match note.html.strip_suffix("</p>\n") {
        Some(body) => (body, "</p>\n"),
        None => (note.html.as_str(), ""),
    };
    state.out.push_html(body);
    let label = MarkdownWords::fill(state.options.words.back, &number.to_string());
    for nth in 1..=references {
        state.out.push_html(" <a");
        state.out.push_attribute("href", &format!("#{}", reference_id(number, nth)));
        state.out.push_html(" role=\"doc-backlink\"");
        state.out.push_attribute("aria-label", &label);
        state.out.push_html(">↩</a>");
    }
    state.out.push_html(end);
    state.out.push_html("</li>\n");
    state.out.separate(Separator::Line);
    state.out.push_plain(note.plain.trim_end());
}
