//! Shortcodes in the output: evaluated at once, inserted at the end.

use std::ops::Range;

use super::options::Placement;
use super::shortcode::Shortcode;
use super::state::RenderState;
use crate::base::diagnostic::{Message, Severity};

/// What the shortcodes of a text stand for. The HTML has a token with the index in place of each
/// output until it is complete, so that no sanitising touches what the site itself made.
#[derive(Default)]
pub(super) struct Shortcodes {
    outputs: Vec<String>,
    /// How many of the text's syntax errors are behind the current place.
    errors_seen: usize,
}

impl Shortcodes {
    /// Evaluates a shortcode. One that fails stays as text and is reported.
    pub(super) fn write(&mut self, state: &mut RenderState<'_>, shortcode: &Shortcode, placement: Placement) {
        let is_block = matches!(placement, Placement::Block { .. });
        match (state.hooks.shortcode)(shortcode, placement) {
            Ok(output) => {
                // As far as spaces go, it stands for a word or a number.
                state.out.stand_for('1');
                let token = state.masked.token();
                state.out.push_html(&format!("{token}{}{token}", self.outputs.len()));
                self.outputs.push(output.html);
                if !output.text.is_empty() {
                    state.out.push_plain(&output.text);
                }
                if is_block {
                    state.out.push_html("\n");
                }
            }
            Err(message) => {
                let range = shortcode.range.clone();
                state.problems.add(message.id, Severity::Error, message, range.clone());
                let literal = state.source_at(range);
                if is_block {
                    state.out.push_html("<p>");
                    state.out.push_text(literal);
                    state.out.push_html("</p>\n");
                } else {
                    state.out.push_text(literal);
                }
            }
        }
    }

    /// Moves past the syntax errors before the end of a range; reports those in it if it is shown as
    /// text.
    pub(super) fn report_errors(&mut self, state: &mut RenderState<'_>, range: &Range<usize>, is_text: bool) {
        let errors = state.masked.errors().get(self.errors_seen..).unwrap_or_default();
        for error in errors.iter().take_while(|error| error.start < range.end) {
            self.errors_seen += 1;
            if is_text && error.start >= range.start {
                let message = Message::new(error.message).arg("found", &*error.found);
                state.problems.add("call-syntax", Severity::Error, message, error.range.clone());
            }
        }
    }

    /// Inserts the outputs in place of their tokens.
    pub(super) fn insert(self, html: String, token: char) -> String {
        if self.outputs.is_empty() {
            return html;
        }
        let size: usize = self.outputs.iter().map(String::len).sum();
        let mut whole = String::with_capacity(html.len() + size);
        let mut parts = html.split(token);
        whole.push_str(parts.next().unwrap_or(""));
        while let Some(index) = parts.next() {
            let output = index.parse().ok().and_then(|index: usize| self.outputs.get(index));
            whole.push_str(output.map_or("", String::as_str));
            whole.push_str(parts.next().unwrap_or(""));
        }
        whole
    }
}
