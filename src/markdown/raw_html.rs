//! HTML in the Markdown: written anew, tag by tag, from what is allowed.

use std::ops::Range;

use super::element::{self, ContentModel, Element};
use super::html_tokens::{self, HtmlToken};
use super::images::Picture;
use super::links::Links;
use super::mask::Piece;
use super::nesting::OpenItem;
use super::options::Placement;
use super::output::Separator;
use super::shortcode::Shortcode;
use super::shortcode_output::Shortcodes;
use super::state::RenderState;
use super::tables::Tables;

/// What was found of the author's HTML so far.
#[derive(Default)]
pub(super) struct RawHtml {
    /// The lines of the current block of HTML.
    block: Option<SourceLines>,
    /// Whether any of it is in the document.
    used: bool,
    /// How many of the author's tables are open.
    tables: usize,
}

/// Lines of HTML, and where each begins in the HTML and in the text.
#[derive(Default)]
struct SourceLines {
    html: String,
    starts: Vec<(usize, usize)>,
}

impl RawHtml {
    pub(super) fn begin_block(&mut self) {
        self.block = Some(SourceLines::default());
    }

    pub(super) fn is_block(&self) -> bool {
        self.block.is_some()
    }

    /// Whether HTML of the author's is in the document.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }

    /// Adds a line, which begins at byte `start` of the text, to the block.
    pub(super) fn add_line(&mut self, html: &str, start: usize) {
        if let Some(block) = &mut self.block {
            block.starts.push((block.html.len(), start));
            block.html.push_str(html);
        }
    }
}

impl SourceLines {
    /// Maps a range of the HTML to a range of the text.
    fn source(&self, range: &Range<usize>) -> Range<usize> {
        let place = |offset: usize| {
            let line = self.starts.partition_point(|(start, _)| *start <= offset);
            let (html, text) =
                line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or((0, 0));
            text + (offset - html)
        };
        let start = place(range.start);
        // From the last byte: the end of a range up to a line's end would lie in the next line.
        start..place(range.end.saturating_sub(1).max(range.start)) + 1
    }
}

/// Writes the author's HTML with what else the document consists of.
pub(super) struct RawHtmlWriter<'w, 'a> {
    pub(super) state: &'w mut RenderState<'a>,
    pub(super) raw: &'w mut RawHtml,
    pub(super) links: &'w mut Links,
    pub(super) shortcodes: &'w mut Shortcodes,
    pub(super) tables: &'w mut Tables,
    /// The place of a shortcode that has a line to itself.
    pub(super) block: Placement,
}

impl RawHtmlWriter<'_, '_> {
    pub(super) fn inline(&mut self, html: &str, start: usize) {
        self.lines(&SourceLines { html: html.to_owned(), starts: vec![(0, start)] });
    }

    /// Writes the collected block of HTML.
    pub(super) fn end_block(&mut self) {
        let Some(lines) = self.raw.block.take() else {
            return;
        };
        self.state.out.separate(Separator::Line);
        self.lines(&lines);
        // Emphasis and the like end with their block; sections and lists may go on.
        while self.innermost().is_some_and(|element| element.content == ContentModel::Phrasing) {
            self.close_innermost();
        }
        self.state.out.separate(Separator::Line);
    }

    fn lines(&mut self, lines: &SourceLines) {
        for token in html_tokens::tokens(&lines.html) {
            match token {
                HtmlToken::Text { text, range } => {
                    self.shortcodes.report_errors(self.state, &lines.source(&range), true);
                    self.text(text);
                }
                HtmlToken::Start { name, attributes, range } => match element::allowed(name) {
                    Some(element) => self.open(element, attributes, &lines.source(&range)),
                    None => self.removed(&format!("<{name}>"), lines.source(&range)),
                },
                HtmlToken::End { name } => self.close_named(name),
                HtmlToken::Dropped { name, range } => {
                    self.removed(&format!("<{name}>"), lines.source(&range));
                }
            }
        }
    }

    fn removed(&mut self, what: &str, range: Range<usize>) {
        self.state.problems.html_removed(what, range);
    }

    fn removed_attribute(&mut self, name: &str, range: &Range<usize>) {
        let name = self.state.masked.restore(name);
        self.removed(&format!("{name}="), range.clone());
    }

    fn text(&mut self, text: &str) {
        let masked = self.state.masked;
        let out = &mut self.state.out;
        if text.trim().is_empty() {
            out.separate(Separator::Space);
            // The line breaks around a comment would be all that is left of it.
            if !text.starts_with('\n') || !(out.html().is_empty() || out.html().ends_with('\n')) {
                out.push_html(text);
            }
            return;
        }
        self.raw.used = true;
        for piece in masked.pieces(text) {
            match piece {
                Piece::Text(text) => self.words(text),
                Piece::Char(c) => self.words(c.encode_utf8(&mut [0; 4])),
                Piece::Shortcode(shortcode) => {
                    let placement = self.placement(shortcode);
                    self.shortcodes.write(self.state, shortcode, placement);
                }
                Piece::Address(address, range) => self.links.address(self.state, address, range),
            }
        }
    }

    /// Writes text whose character references the sanitiser will read.
    fn words(&mut self, text: &str) {
        let out = &mut self.state.out;
        out.push_referenced(text);
        let words = html_tokens::unescaped(text);
        let mut words = words.split_whitespace();
        if text.starts_with(char::is_whitespace) {
            out.separate(Separator::Space);
        }
        if let Some(first) = words.next() {
            out.push_plain(first);
        }
        for word in words {
            out.separate(Separator::Space);
            out.push_plain(word);
        }
        if text.ends_with(char::is_whitespace) {
            out.separate(Separator::Space);
        }
    }

    /// A shortcode in a block of HTML is a block if it has its line to itself.
    fn placement(&self, shortcode: &Shortcode) -> Placement {
        let before = self.state.source_at(0..shortcode.range.start);
        let after = self.state.source.get(shortcode.range.end..).unwrap_or("");
        let line_before = before.bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        let line_after = after.bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        if matches!(line_before, None | Some(b'\n')) && matches!(line_after, None | Some(b'\n')) {
            self.block
        } else {
            Placement::Inline
        }
    }

    fn open(&mut self, element: &'static Element, attributes: &str, range: &Range<usize>) {
        let is_link = element.name == "a";
        if element.content != ContentModel::Void && !self.state.has_room(2, range)
            || is_link && self.links.is_open()
        {
            return;
        }
        self.raw.used = true;
        if element.name == "img" {
            return self.picture(attributes, range);
        }
        if element.content == ContentModel::Flow || element.content == ContentModel::Void {
            self.state.out.settle_break(' ');
            self.separate_around(element);
        }
        if element.name == "table" {
            if self.raw.tables == 0 {
                self.tables.open_frame(self.state);
            }
            self.raw.tables += 1;
        }
        self.state.out.push_html(&format!("<{}", element.name));
        self.attributes(element, attributes, range);
        self.state.out.push_html(">");
        if is_link {
            self.links.enter();
        }
        if element.content != ContentModel::Void {
            self.state.nesting.push(OpenItem::Element(element));
        }
    }

    fn separate_around(&mut self, element: &Element) {
        match (element.content, element.name) {
            (_, "td" | "th" | "br") => self.state.out.separate(Separator::Space),
            (ContentModel::Flow, _) | (_, "p" | "hr" | "summary") => self.state.out.separate(Separator::Line),
            _ => {}
        }
    }

    fn attributes(&mut self, element: &Element, attributes: &str, range: &Range<usize>) {
        let mut written: Vec<&str> = Vec::new();
        for (name, value) in html_tokens::attributes(attributes) {
            let value = html_tokens::unescaped(&self.state.masked.restore(value));
            let allowed = element::GLOBAL
                .iter()
                .chain(element.attributes)
                .find(|allowed| allowed.eq_ignore_ascii_case(name));
            let Some(&name) = allowed else {
                self.removed_attribute(name, range);
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
                        .filter(|class| self.state.is_allowed_class(class, range))
                        .collect();
                    if !classes.is_empty() {
                        self.state.out.push_attribute(name, &classes.join(" "));
                    }
                }
                "href" => {
                    if let Some(link) = self.links.resolve(self.state, &value, range) {
                        link.write_attributes(&mut self.state.out);
                    }
                }
                _ => self.state.out.push_attribute(name, &value),
            }
        }
    }

    fn picture(&mut self, attributes: &str, range: &Range<usize>) {
        let value = |wanted: &str| {
            html_tokens::attributes(attributes)
                .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                .map(|(_, value)| html_tokens::unescaped(&self.state.masked.restore(value)))
                .unwrap_or_default()
        };
        let picture = Picture {
            destination: value("src"),
            alt: value("alt"),
            title: value("title"),
            size: value("width").parse().ok().zip(value("height").parse().ok()),
            range: range.clone(),
        };
        let allowed = ["src", "alt", "title", "width", "height"];
        for (name, _) in html_tokens::attributes(attributes) {
            if !allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name)) {
                self.removed_attribute(name, range);
            }
        }
        picture.write(self.state, self.links);
    }

    /// Closes the author's element of a name, and those in it. An end tag cannot close what the
    /// Markdown opened, so it cannot lead out of a list, a quotation or the document.
    fn close_named(&mut self, name: &str) {
        let depth = self.state.nesting.elements().position(|element| element.name.eq_ignore_ascii_case(name));
        for _ in 0..depth.map_or(0, |depth| depth + 1) {
            self.close_innermost();
        }
    }

    fn innermost(&self) -> Option<&'static Element> {
        self.state.nesting.elements().next()
    }

    /// Closes the author's innermost element.
    fn close_innermost(&mut self) {
        if let Some(element) = self.innermost() {
            self.state.nesting.pop();
            self.close(element);
        }
    }

    /// Closes all of the author's elements within what the Markdown opened last.
    pub(super) fn close_all(&mut self) {
        while self.innermost().is_some() {
            self.close_innermost();
        }
    }

    fn close(&mut self, element: &Element) {
        if element.content == ContentModel::Flow {
            self.state.out.settle_break(' ');
        }
        self.state.out.push_html(&format!("</{}>", element.name));
        self.separate_around(element);
        match element.name {
            "a" => self.links.leave(),
            "table" => {
                self.raw.tables = self.raw.tables.saturating_sub(1);
                if self.raw.tables == 0 {
                    self.state.out.push_html("</section>");
                }
            }
            _ => {}
        }
    }
}
