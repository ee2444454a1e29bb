//! The HTML and the plain text of a rendering, written side by side.

use super::cjk::joins;
use crate::base::escape::{self, is_clean};

/// What must stand between the plain text so far and what follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Separator {
    #[default]
    None,
    Space,
    Line,
}

/// A line break in the Markdown; the next character decides whether it is a space.
struct SoftBreak {
    html: usize,
    plain: usize,
    /// The character before it.
    before: char,
}

/// HTML and plain text in the making.
pub(super) struct OutputBuffer {
    html: String,
    plain: String,
    separator: Separator,
    soft_break: Option<SoftBreak>,
    last: char,
}

/// Output that was set aside while something else is written.
pub(super) struct SetAside {
    pub(super) html: String,
    pub(super) plain: String,
}

impl OutputBuffer {
    /// An empty buffer for a text of `length` bytes.
    pub(super) fn for_text(length: usize) -> Self {
        Self {
            html: String::with_capacity(length + length / 2),
            plain: String::with_capacity(length),
            separator: Separator::None,
            soft_break: None,
            last: ' ',
        }
    }

    pub(super) fn html(&self) -> &str {
        &self.html
    }

    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    pub(super) fn push_html(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// Inserts markup that could not be known before what follows it.
    pub(super) fn insert_html(&mut self, at: usize, markup: &str) {
        self.html.insert_str(at, markup);
    }

    /// Appends an attribute of the tag that is being written.
    pub(super) fn push_attribute(&mut self, name: &str, value: &str) {
        escape::push_attribute(&mut self.html, name, value);
    }

    /// Appends text to the HTML only, escaped.
    pub(super) fn push_escaped(&mut self, text: &str) {
        escape::push_text(&mut self.html, text);
    }

    /// Appends text to the HTML only, its character references as they are.
    pub(super) fn push_referenced(&mut self, text: &str) {
        escape::push_referenced(&mut self.html, text);
    }

    /// Appends to the plain text only, after the separator that is due.
    pub(super) fn push_plain(&mut self, text: &str) {
        self.write_separator();
        escape::push_plain(&mut self.plain, text);
    }

    pub(super) fn push_text(&mut self, text: &str) {
        let Some(first) = text.chars().next() else {
            return;
        };
        self.settle_break(first);
        if is_clean(text) {
            self.html.push_str(text);
            self.write_separator();
            self.plain.push_str(text);
        } else {
            self.push_escaped(text);
            self.push_plain(text);
        }
        self.last = text.chars().next_back().unwrap_or(' ');
    }

    /// Appends a span of code to both.
    pub(super) fn push_code(&mut self, code: &str) {
        self.settle_break(code.chars().next().unwrap_or(' '));
        self.html.push_str("<code>");
        self.push_escaped(code);
        self.html.push_str("</code>");
        self.push_plain(code);
        self.last = code.chars().next_back().unwrap_or(' ');
    }

    /// Asks for a separator before the next plain text.
    pub(super) fn separate(&mut self, separator: Separator) {
        self.separator = self.separator.max(separator);
    }

    /// Writes the separator that is due into the plain text.
    pub(super) fn write_separator(&mut self) {
        let separator = std::mem::take(&mut self.separator);
        if separator == Separator::None || self.plain.is_empty() || self.plain.ends_with('\n') {
            return;
        }
        self.plain.push(if separator == Separator::Line { '\n' } else { ' ' });
    }

    /// Notes a line break of the Markdown.
    pub(super) fn break_softly(&mut self) {
        self.settle_break(' ');
        self.write_separator();
        self.soft_break =
            Some(SoftBreak { html: self.html.len(), plain: self.plain.len(), before: self.last });
    }

    /// Turns the last soft break into a line break of the HTML, unless Chinese text continues after
    /// it. It belongs before the tags that were written since.
    pub(super) fn settle_break(&mut self, after: char) {
        let Some(soft) = self.soft_break.take() else {
            return;
        };
        if !joins(soft.before, after) {
            self.html.insert(soft.html, '\n');
            self.plain.insert(soft.plain, ' ');
        }
    }

    /// Settles the last soft break before something that stands for the character `c`, and takes it
    /// for the character before the next break.
    pub(super) fn stand_for(&mut self, c: char) {
        self.settle_break(c);
        self.last = c;
    }

    pub(super) fn set_aside(&mut self) -> SetAside {
        SetAside { html: std::mem::take(&mut self.html), plain: std::mem::take(&mut self.plain) }
    }

    /// Continues what was set aside, and returns what was written in between.
    pub(super) fn restore(&mut self, earlier: SetAside) -> SetAside {
        let SetAside { html, plain } = earlier;
        SetAside {
            html: std::mem::replace(&mut self.html, html),
            plain: std::mem::replace(&mut self.plain, plain),
        }
    }

    /// Returns the HTML and the plain text.
    pub(super) fn finish(mut self) -> (String, String) {
        self.plain.truncate(self.plain.trim_end().len());
        (self.html, self.plain)
    }
}
