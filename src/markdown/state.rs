//! What every part of the writer works on.

use std::ops::Range;

use super::heading_ids::Ids;
use super::mask::MaskedText;
use super::nesting::{Nesting, OpenItem};
use super::options::{Hooks, MarkdownOptions};
use super::output::OutputBuffer;
use super::rendered::Problems;
use crate::base::diagnostic::Message;

/// Classes that every text may use: the alignments that tables have in Markdown.
const ALIGNMENTS: [&str; 3] = ["left", "center", "right"];

/// The input of one rendering, and the output that all parts of the writer share.
pub(super) struct RenderState<'a> {
    pub(super) source: &'a str,
    pub(super) masked: &'a MaskedText<'a>,
    pub(super) options: &'a MarkdownOptions<'a>,
    pub(super) hooks: &'a Hooks<'a>,
    pub(super) out: OutputBuffer,
    pub(super) nesting: Nesting,
    pub(super) ids: Ids,
    pub(super) problems: Problems,
    /// Whether excessive nesting has been reported.
    too_deep: bool,
}

impl<'a> RenderState<'a> {
    pub(super) fn new(
        source: &'a str,
        masked: &'a MaskedText<'a>,
        options: &'a MarkdownOptions<'a>,
        hooks: &'a Hooks<'a>,
    ) -> Self {
        Self {
            source,
            masked,
            options,
            hooks,
            out: OutputBuffer::for_text(source.len()),
            nesting: Nesting::default(),
            ids: Ids::of(source, options.taken),
            problems: Problems::default(),
            too_deep: false,
        }
    }

    pub(super) fn source_at(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or("")
    }

    /// Whether `levels` more elements may be opened; reports it once if not.
    pub(super) fn has_room(&mut self, levels: usize, range: &Range<usize>) -> bool {
        let room = self.nesting.has_room(levels);
        if !room && !self.too_deep {
            self.too_deep = true;
            let message = Message::new("nesting-too-deep").arg("most", Nesting::DEEPEST);
            self.problems.warn("nesting-too-deep", message, range.clone());
        }
        room
    }

    /// Opens an element that can contain itself, unless it would nest too deep.
    pub(super) fn container(&mut self, open: &str, close: &'static str, range: &Range<usize>) {
        if self.has_room(2, range) {
            self.out.push_html(open);
            self.nesting.push(OpenItem::Tag(close));
        } else {
            self.nesting.push(OpenItem::Silent);
        }
    }

    /// Whether the text may use a class; reports it if not.
    pub(super) fn is_allowed_class(&mut self, class: &str, range: &Range<usize>) -> bool {
        let allowed = ALIGNMENTS.contains(&class) || self.options.classes.contains(&class);
        if !allowed {
            self.problems.html_removed(&format!("class={class}"), range.clone());
        }
        allowed
    }

    /// Removes the shortcode token from what a hook answered, which could be mistaken for an output.
    pub(super) fn without_token(&self, text: String) -> String {
        let token = self.masked.token();
        if text.contains(token) { text.replace(token, "") } else { text }
    }
}
