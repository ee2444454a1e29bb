//! What a caller hands in beside the text: settings, words, and what the site knows.

use super::shortcode::Shortcode;
use crate::base::diagnostic::Message;

/// Settings of one rendering.
#[derive(Clone, Copy, Debug)]
pub struct MarkdownOptions<'a> {
    /// The HTML level of the text's highest headings, 2 to 6; lower ones follow without gaps.
    pub top: u8,
    /// The words that the HTML needs.
    pub words: MarkdownWords<'a>,
    /// Ids used by the page around the text: no heading gets one, and links may lead to them.
    pub taken: &'a [&'a str],
    /// Classes that HTML and heading attributes in the text may use.
    pub classes: &'a [&'a str],
}

/// Words in the generated HTML, in the language of the page. `{}` stands for a name or number.
#[derive(Clone, Copy, Debug)]
pub struct MarkdownWords<'a> {
    /// The name of the link beside a heading; `{}` is the heading: “Link to {}”.
    pub heading: &'a str,
    /// The name of the scrolling frame around a table; `{}` is its number: “Table {}”.
    pub table: &'a str,
    /// The name of the section of footnotes.
    pub notes: &'a str,
    /// The name of the link to a footnote; `{}` is its number: “Footnote {}”.
    pub note: &'a str,
    /// The name of the link from a footnote back into the text; `{}` is its number.
    pub back: &'a str,
}

impl MarkdownWords<'_> {
    /// Replaces the `{}` of a pattern.
    pub(super) fn fill(pattern: &str, value: &str) -> String {
        pattern.replacen("{}", value, 1)
    }
}

/// What the site knows and the text does not.
#[derive(Clone, Copy)]
pub struct Hooks<'a> {
    /// Resolves the destination of a link to an `href`; `None` if it leads nowhere.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// Resolves the destination of an image; `None` if there is no such image.
    pub image: &'a dyn Fn(&str) -> Option<ResolvedImage>,
    /// Evaluates a shortcode, or says what is wrong with it.
    pub shortcode: &'a dyn Fn(&Shortcode, Placement) -> Result<ShortcodeOutput, Message>,
}

/// What replaces a shortcode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShortcodeOutput {
    /// Trusted HTML, inserted as it is.
    pub html: String,
    /// The same as plain text; may be empty.
    pub text: String,
}

impl From<String> for ShortcodeOutput {
    fn from(html: String) -> Self {
        Self { html, text: String::new() }
    }
}

/// An image as the page can show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedImage {
    /// Its address.
    pub src: String,
    /// Width and height in pixels, if known, so that the page does not shift while it loads.
    pub size: Option<(u32, u32)>,
}

/// Where the output of a shortcode goes.
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
