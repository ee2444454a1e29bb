//! Markdown to HTML, for Chinese and English prose.
//!
//! [`render`] takes a text and what the site knows of it – words, where links lead, what shortcodes
//! show – and returns HTML, headings, plain text and problems. Nothing here reads files or knows of
//! pages. It is the only place with pulldown-cmark and ammonia.
//!
//! `mask` hides from the parser what it would misread, `writer` turns the parser's events into HTML
//! and plain text, with a file for each kind of markup, and `sanitize` has the last word on texts
//! with HTML of their own.

mod autolink;
mod cjk;
mod destination;
mod element;
mod emphasis;
mod excerpt;
mod footnotes;
mod heading_ids;
mod headings;
mod html_tokens;
mod images;
mod links;
mod mask;
mod nesting;
mod nesting_limit;
mod options;
mod output;
mod placeholder;
mod raw_html;
mod rendered;
mod sanitize;
mod shortcode;
mod shortcode_output;
mod shortcode_scanner;
mod state;
mod tables;
mod writer;

use std::ops::Range;

use crate::base::diagnostic::{Message, Severity};
use crate::base::escape::{push_plain, push_text};

pub use options::{Hooks, MarkdownOptions, MarkdownWords, Placement, ResolvedImage, ShortcodeOutput};
pub use rendered::{LinkTarget, Problem, RenderedText, TextHeading, TextLink};
pub use shortcode::{Argument, Shortcode};

/// Renders a text. A text with an excessively nested line is not parsed, but shown as it is.
pub fn render(text: &str, options: &MarkdownOptions<'_>, hooks: &Hooks<'_>) -> RenderedText {
    match nesting_limit::too_deep(text) {
        Some(line) => unparsed(text, line),
        None => writer::render(text, options, hooks),
    }
}

fn unparsed(text: &str, line: Range<usize>) -> RenderedText {
    let mut html = "<pre><code>".to_owned();
    push_text(&mut html, text);
    html.push_str("</code></pre>\n");
    let mut plain = String::with_capacity(text.len());
    push_plain(&mut plain, text.trim_end());
    RenderedText {
        html,
        plain,
        problems: vec![Problem {
            code: "nesting-too-deep",
            severity: Severity::Error,
            message: Message::new("nesting-unread").arg("most", nesting_limit::MOST_MARKERS),
            range: line,
        }],
        ..RenderedText::default()
    }
}

#[cfg(test)]
mod properties;
