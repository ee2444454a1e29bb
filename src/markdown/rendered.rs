//! What comes out of a rendering.

use std::ops::Range;

use super::excerpt::excerpt;
use crate::base::diagnostic::{At, Diagnostic, Message, Place, Severity};
use crate::base::source::FilePath;

/// A text as HTML, with what was found in it. Ranges are bytes of the Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderedText {
    /// The HTML.
    pub html: String,
    /// The text without markup, a line for each block, including what shortcodes say.
    pub plain: String,
    /// The range of the first paragraph in `plain`.
    pub lead: Range<usize>,
    /// The headings, for a table of contents.
    pub headings: Vec<TextHeading>,
    /// Every link and image, in order of the text.
    pub links: Vec<TextLink>,
    /// What is wrong, in order of the text.
    pub problems: Vec<Problem>,
}

impl RenderedText {
    /// Returns the first paragraph, shortened to at most `longest` characters: to whole sentences if
    /// any fit.
    pub fn excerpt(&self, longest: usize) -> String {
        excerpt(self.plain.get(self.lead.clone()).unwrap_or(""), longest)
    }
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextHeading {
    /// Its level in the HTML, 2 to 6.
    pub level: u8,
    /// Its id, unique in the text.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// A link or image of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLink {
    /// The destination as written; the whole link if that cannot be found.
    pub range: Range<usize>,
    /// The destination as meant, without escapes.
    pub destination: String,
    /// What kind of thing it leads to.
    pub target: LinkTarget,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A place in the same text: `#id`.
    Anchor,
    /// Another file or page of the site.
    Internal,
    /// Something outside the site.
    External,
    /// An image.
    Image,
}

/// Something wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its stable name, in kebab-case.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
}

impl Problem {
    /// Turns the problem into a diagnostic of the file in which the text begins at byte `start`.
    pub fn diagnostic(self, file: &FilePath, start: usize) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: self.severity,
            message: self.message,
            places: vec![Place {
                file: file.clone(),
                at: At::Span(self.range.start + start..self.range.end + start),
                label: None,
            }],
            help: Vec::new(),
        }
    }
}

/// The problems found so far, up to a maximum.
#[derive(Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
    unreported: usize,
}

impl Problems {
    /// The maximum reported for one text; further ones are only counted.
    const MOST: usize = 500;

    pub(super) fn add(
        &mut self,
        code: &'static str,
        severity: Severity,
        message: Message,
        range: Range<usize>,
    ) {
        if self.found.len() < Self::MOST {
            self.found.push(Problem { code, severity, message, range });
        } else {
            self.unreported += 1;
        }
    }

    pub(super) fn warn(&mut self, code: &'static str, message: Message, range: Range<usize>) {
        self.add(code, Severity::Warning, message, range);
    }

    /// Reports HTML that the writer leaves out.
    pub(super) fn html_removed(&mut self, what: &str, range: Range<usize>) {
        self.warn("html-removed", Message::new("html-removed").arg("what", what), range);
    }

    /// Returns the problems in order of the text, which has `length` bytes.
    pub(super) fn into_sorted(mut self, length: usize) -> Vec<Problem> {
        if self.unreported > 0 {
            let message = Message::new("more-problems").arg("count", self.unreported);
            let (code, severity) = ("more-problems", Severity::Warning);
            self.found.push(Problem { code, severity, message, range: length..length });
        }
        self.found.sort_by_key(|problem| (problem.range.start, problem.range.end));
        self.found
    }
}
