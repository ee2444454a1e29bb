//! HTML in the Markdown: made anew, tag by tag, from what is allowed.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::Placement;
use super::call::Call;
use super::element::{self, Content, Element};
use super::inline::Picture;
use super::raw::{self, Token};
use super::shadow::Piece;
use super::writer::{Gap, Open, Writer};
use crate::base::diagnostic::{Message, Severity};
use crate::base::escape::{push_attribute, push_referenced};

/// Classes that every text may use: the alignments that tables have in Markdown.
const ALIGNMENTS: [&str; 3] = ["left", "center", "right"];

/// HTML that is being collected, and what was found of it.
#[derive(Default)]
pub(super) struct Raw {
    /// The lines of a block of HTML so far.
    block: Option<Lines>,
    /// Whether any of it is in the document.
    used: bool,
    /// How many tables of the author's are open.
    tables: usize,
}

/// Lines of HTML, and where each begins in the text.
#[derive(Default)]
struct Lines {
    html: String,
    starts: Vec<(usize, usize)>,
}

impl Raw {
    /// Begins a block of HTML.
    pub(super) fn begin(&mut self) {
        self.block = Some(Lines::default());
    }

    /// Whether a block of HTML is being collected.
    pub(super) fn is_block(&self) -> bool {
        self.block.is_some()
    }

    /// Whether HTML of the author's is in the document.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }

    /// Adds a line to the block.
    pub(super) fn add(&mut self, html: &str, start: usize) {
        if let Some(block) = &mut self.block {
            block.starts.push((block.html.len(), start));
            block.html.push_str(html);
        }
    }
}

impl Lines {
    /// A range of the HTML as a range of the text.
    fn source(&self, range: &Range<usize>) -> Range<usize> {
        let place = |offset: usize| {
            let line = self.starts.partition_point(|(start, _)| *start <= offset);
            let (html, text) =
                line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or((0, 0));
            text + (offset - html)
        };
        let start = place(range.start);
        // The end is the last byte's, or a range up to a line's end would run into the next.
        start..place(range.end.saturating_sub(1).max(range.start)) + 1
    }
}

impl Writer<'_> {
    pub(super) fn inline_html(&mut self, html: &CowStr<'_>, start: usize) {
        let lines = Lines { html: html.to_string(), starts: vec![(0, start)] };
        self.raw_html(&lines);
    }

    /// Writes the collected block of HTML.
    pub(super) fn html_block(&mut self) {
        let Some(lines) = self.raw.block.take() else {
            return;
        };
        self.separate(Gap::Line);
        self.raw_html(&lines);
        // Emphasis and the like end with their block; sections and lists may go on.
        while let Some(Open::Raw(element)) = self.stack.last() {
            if element.content != Content::Phrasing {
                break;
            }
            self.close_last();
        }
        self.separate(Gap::Line);
    }

    fn raw_html(&mut self, lines: &Lines) {
        for token in raw::tokens(&lines.html) {
            match token {
                Token::Text { text, range } => {
                    self.report_faults(&lines.source(&range), true);
                    self.raw_text(text);
                }
                Token::Start { name, attributes, range } => match element::allowed(name) {
                    Some(element) => self.open_raw(element, attributes, &lines.source(&range)),
                    None => self.removed(&format!("<{name}>"), lines.source(&range)),
                },
                Token::End { name } => self.close_named(name),
                Token::Dropped { name, range } => {
                    self.removed(&format!("<{name}>"), lines.source(&range));
                }
            }
        }
    }

    pub(super) fn removed(&mut self, what: &str, range: Range<usize>) {
        let message = Message::new("html-removed").arg("what", what);
        self.problem("html-removed", Severity::Warning, message, range);
    }

    fn raw_text(&mut self, text: &str) {
        let shadow = self.shadow;
        if text.trim().is_empty() {
            self.separate(Gap::Space);
            // The line breaks around a comment would be all that is left of it.
            if !text.starts_with('\n') || !(self.html.is_empty() || self.html.ends_with('\n')) {
                self.html.push_str(text);
            }
            return;
        }
        self.raw.used = true;
        for piece in shadow.pieces(text) {
            match piece {
                Piece::Text(text) => self.raw_words(text),
                Piece::Char(c) => self.raw_words(c.encode_utf8(&mut [0; 4])),
                Piece::Call(call) => self.put_call(call, self.raw_placement(call)),
                Piece::Address(address, range) => self.address(address, range),
            }
        }
    }

    /// Text in which a parser will read the character references.
    fn raw_words(&mut self, text: &str) {
        push_referenced(&mut self.html, text);
        let words = raw::unescaped(text);
        let mut words = words.split_whitespace();
        if text.starts_with(char::is_whitespace) {
            self.separate(Gap::Space);
        }
        if let Some(first) = words.next() {
            self.push_plain(first);
        }
        for word in words {
            self.separate(Gap::Space);
            self.push_plain(word);
        }
        if text.ends_with(char::is_whitespace) {
            self.separate(Gap::Space);
        }
    }

    /// Between paragraphs, under the headings that are open.
    pub(super) fn block_placement(&self) -> Placement {
        Placement::Block { level: self.heading_level(self.outline.depth()) }
    }

    /// A call in a block of HTML is a block where it has its line to itself.
    fn raw_placement(&self, call: &Call) -> Placement {
        let before = self.source.get(..call.range.start).unwrap_or("");
        let after = self.source.get(call.range.end..).unwrap_or("");
        let line_before = before.bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        let line_after = after.bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        if matches!(line_before, None | Some(b'\n')) && matches!(line_after, None | Some(b'\n')) {
            self.block_placement()
        } else {
            Placement::Inline
        }
    }

    fn open_raw(&mut self, element: &'static Element, attributes: &str, range: &Range<usize>) {
        let is_link = element.name == "a";
        if element.content != Content::Void && !self.has_room(2, range) || is_link && self.links_open > 0 {
            return;
        }
        self.raw.used = true;
        if element.name == "img" {
            return self.raw_picture(attributes, range);
        }
        if element.content == Content::Flow || element.content == Content::Void {
            self.settle_break(' ');
            self.separate_around(element);
        }
        if element.name == "table" {
            if self.raw.tables == 0 {
                self.open_table_frame();
            }
            self.raw.tables += 1;
        }
        self.html.push('<');
        self.html.push_str(element.name);
        self.raw_attributes(element, attributes, range);
        self.html.push('>');
        self.links_open += usize::from(is_link);
        if element.content != Content::Void {
            self.push(Open::Raw(element));
        }
    }

    fn separate_around(&mut self, element: &Element) {
        match (element.content, element.name) {
            (_, "td" | "th" | "br") => self.separate(Gap::Space),
            (Content::Flow, _) | (_, "p" | "hr" | "summary") => self.separate(Gap::Line),
            _ => {}
        }
    }

    fn raw_attributes(&mut self, element: &Element, attributes: &str, range: &Range<usize>) {
        let mut written: Vec<&str> = Vec::new();
        for (name, value) in raw::attributes(attributes) {
            let value = raw::unescaped(&self.shadow.restore(value));
            let allowed = element::GLOBAL
                .iter()
                .chain(element.attributes)
                .find(|allowed| allowed.eq_ignore_ascii_case(name));
            let Some(&name) = allowed else {
                let name = self.shadow.restore(name).into_owned();
                self.removed(&format!("{name}="), range.clone());
                continue;
            };
            if written.contains(&name) {
                continue;
            }
            written.push(name);
            match name {
                "class" => {
                    let classes: Vec<&str> = value
                        .split_whitespace()
                        .filter(|class| self.is_allowed_class(class, range))
                        .collect();
                    if !classes.is_empty() {
                        push_attribute(&mut self.html, name, &classes.join(" "));
                    }
                }
                "href" => {
                    if let Some((href, kind)) = self.href(&value, range) {
                        self.link_attributes(&href, &kind);
                    }
                }
                _ => push_attribute(&mut self.html, name, &value),
            }
        }
    }

    /// Whether the text may use a class; reports it if not.
    pub(super) fn is_allowed_class(&mut self, class: &str, range: &Range<usize>) -> bool {
        let allowed = ALIGNMENTS.contains(&class) || self.options.classes.contains(&class);
        if !allowed {
            self.removed(&format!("class={class}"), range.clone());
        }
        allowed
    }

    fn raw_picture(&mut self, attributes: &str, range: &Range<usize>) {
        let value = |wanted: &str| {
            raw::attributes(attributes)
                .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                .map(|(_, value)| raw::unescaped(&self.shadow.restore(value)))
                .unwrap_or_default()
        };
        let size = value("width").parse().ok().zip(value("height").parse().ok());
        let picture = Picture {
            destination: value("src"),
            alt: value("alt"),
            title: value("title"),
            size,
            range: range.clone(),
        };
        let allowed = ["src", "alt", "title", "width", "height"];
        for (name, _) in raw::attributes(attributes) {
            if !allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name)) {
                let name = self.shadow.restore(name).into_owned();
                self.removed(&format!("{name}="), range.clone());
            }
        }
        self.put_picture(&picture);
    }

    /// Closes the author's element of a name, and those in it. An end tag cannot close what the
    /// Markdown opened, so it cannot lead out of a list, a quotation or the document.
    fn close_named(&mut self, name: &str) {
        let depth = self
            .stack
            .iter()
            .rev()
            .map_while(|open| match open {
                Open::Raw(element) => Some(element),
                _ => None,
            })
            .position(|element| element.name.eq_ignore_ascii_case(name));
        for _ in 0..depth.map_or(0, |depth| depth + 1) {
            self.close_last();
        }
    }

    pub(super) fn close_raw(&mut self, element: &Element) {
        if element.content == Content::Flow {
            self.settle_break(' ');
        }
        self.html.push_str("</");
        self.html.push_str(element.name);
        self.html.push('>');
        self.separate_around(element);
        match element.name {
            "a" => self.links_open = self.links_open.saturating_sub(1),
            "table" => {
                self.raw.tables = self.raw.tables.saturating_sub(1);
                if self.raw.tables == 0 {
                    self.html.push_str("</section>");
                }
            }
            _ => {}
        }
    }
}
