//! Markdown to HTML, for Chinese and English prose.
//!
//! A text and what the site knows of it go in – words, where links lead, what calls show – and
//! HTML, headings, plain text and problems come out. Nothing here reads files or knows of pages.
//! It is the only place with pulldown-cmark and ammonia.
//!
//! The text's `shadow` is parsed; the `writer` turns the parser's events into HTML, keeping
//! one stack of what is open, so that tags always pair. Texts with HTML of their own go through
//! `sanitize` in the end.

mod argument;
mod block;
mod call;
mod element;
mod emphasis;
mod excerpt;
mod finish;
mod heading;
mod html;
mod inline;
mod limit;
mod link;
mod note;
mod raw;
mod sanitize;
mod shadow;
mod unused;
mod wide;
mod writer;

use std::ops::Range;

use crate::base::diagnostic::{At, Diagnostic, Message, Place, Severity};
use crate::base::escape::{push_plain, push_text};
use crate::base::source::FilePath;

pub use call::{Call, Value};

/// How a text is to be rendered.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The level of the text's highest headings in HTML, 2 to 6; those below follow one by one.
    pub top: u8,
    /// The words that the HTML needs.
    pub words: Words<'a>,
    /// Ids that the page around the text uses; no heading gets one, and links may lead to them.
    pub taken: &'a [&'a str],
    /// Classes that HTML and heading attributes in the text may use.
    pub classes: &'a [&'a str],
}

/// The words that the HTML needs, in the language of the page. `{}` stands for a name or number.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// What the link beside a heading is called; `{}` is the heading: “Link to {}”.
    pub heading: &'a str,
    /// What the scrolling frame around a table is called; `{}` is its number: “Table {}”.
    pub table: &'a str,
    /// What the section of footnotes is called.
    pub notes: &'a str,
    /// What the link to a footnote is called; `{}` is its number: “Footnote {}”.
    pub note: &'a str,
    /// What the link from a footnote back into the text is called; `{}` is its number.
    pub back: &'a str,
}

/// What the site knows and the text does not.
#[derive(Clone, Copy)]
pub struct Hooks<'a> {
    /// Where a link's destination leads, as `href`; `None` for nowhere.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// What an image's destination shows; `None` for nothing.
    pub image: &'a dyn Fn(&str) -> Option<Image>,
    /// What a call stands for; else what is wrong with the call.
    pub call: &'a dyn Fn(&Call, Placement) -> Result<Shown, Message>,
}

/// What a call stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The HTML, put in as it is.
    pub html: String,
    /// What it says in plain text; may be empty.
    pub text: String,
}

impl From<String> for Shown {
    fn from(html: String) -> Self {
        Self { html, text: String::new() }
    }
}

/// An image as the page can show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its address.
    pub src: String,
    /// Width and height in pixels, where known, so that the page does not jump.
    pub size: Option<(u32, u32)>,
}

/// Where a call's output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Between paragraphs.
    Block {
        /// The level of a heading that would stand there: 3 under a heading of level 2.
        level: u8,
    },
    /// Within a line of text.
    Inline,
}

/// A text as HTML, with what is to be known about it. Ranges are bytes of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// The text without markup, a line for each block; of calls what they say.
    pub plain: String,
    /// Where the first paragraph stands in `plain`.
    pub lead: Range<usize>,
    /// The headings, for a table of contents.
    pub headings: Vec<Heading>,
    /// Every link and image, in order of the text.
    pub links: Vec<Link>,
    /// What is wrong, in order of the text.
    pub problems: Vec<Problem>,
}

impl Rendered {
    /// The first paragraph, or as much of it as has `longest` characters, whole sentences if any.
    pub fn excerpt(&self, longest: usize) -> String {
        let lead = self.plain.get(self.lead.clone()).unwrap_or("");
        excerpt::excerpt(lead, longest)
    }
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its level in the HTML, 2 to 6.
    pub level: u8,
    /// Its id, unique in the text.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// A link or image of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The destination as written, where it can be found, else the whole link.
    pub range: Range<usize>,
    /// The destination as meant, without escapes.
    pub destination: String,
    /// Where it leads.
    pub target: Target,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a place in the same text: `#id`.
    Anchor,
    /// To another file or page of the site.
    Internal,
    /// Out of the site.
    External,
    /// To an image.
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
    /// The problem as a diagnostic of the file in which the text begins at byte `start`.
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

/// Renders a text.
pub fn render(text: &str, options: &Options<'_>, hooks: &Hooks<'_>) -> Rendered {
    if let Some(line) = limit::too_deep(text) {
        return unread(text, line);
    }
    let shadow = shadow::Shadow::of(text);
    writer::Writer::new(text, &shadow, options, hooks).render()
}

/// A text that is shown as it stands, because one of its lines nests too deep to be read.
fn unread(text: &str, line: Range<usize>) -> Rendered {
    let mut html = "<pre><code>".to_owned();
    push_text(&mut html, text);
    html.push_str("</code></pre>\n");
    let mut plain = String::with_capacity(text.len());
    push_plain(&mut plain, text.trim_end());
    Rendered {
        html,
        plain,
        problems: vec![Problem {
            code: "nesting-too-deep",
            severity: Severity::Error,
            message: Message::new("nesting-unread").arg("most", limit::MOST_MARKERS),
            range: line,
        }],
        ..Rendered::default()
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
