//! Writes the parser's events as HTML and plain text.
//!
//! Each kind of markup has a part of its own; they share the [`RenderState`]. What is open stands on
//! one stack, so that tags always pair.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag};

use super::footnotes::Footnotes;
use super::headings::{HeadingStart, Headings};
use super::images::OpenPicture;
use super::links::Links;
use super::mask::{MaskedText, Piece};
use super::nesting::OpenItem;
use super::options::{Hooks, MarkdownOptions, Placement};
use super::output::Separator;
use super::raw_html::{RawHtml, RawHtmlWriter};
use super::rendered::RenderedText;
use super::sanitize::sanitize;
use super::shortcode_output::Shortcodes;
use super::state::RenderState;
use super::tables::Tables;

/// Renders a text that does not nest too deep.
pub(super) fn render(source: &str, options: &MarkdownOptions<'_>, hooks: &Hooks<'_>) -> RenderedText {
    let masked = MaskedText::of(source);
    let mut writer = HtmlWriter {
        state: RenderState::new(source, &masked, options, hooks),
        headings: Headings::default(),
        links: Links::default(),
        shortcodes: Shortcodes::default(),
        footnotes: Footnotes::default(),
        tables: Tables::default(),
        raw: RawHtml::default(),
        picture: None,
        lead: None,
        in_code_block: false,
        shortcodes_only: false,
    };
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    for (event, range) in Parser::new_ext(masked.text(), extensions).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish()
}

struct HtmlWriter<'a> {
    state: RenderState<'a>,
    headings: Headings,
    links: Links,
    shortcodes: Shortcodes,
    footnotes: Footnotes,
    tables: Tables,
    raw: RawHtml,
    /// The image whose alternative text is being read.
    picture: Option<OpenPicture>,
    /// The range of the first paragraph in the plain text.
    lead: Option<Range<usize>>,
    in_code_block: bool,
    /// Whether the current paragraph holds nothing but shortcodes.
    shortcodes_only: bool,
}

impl<'a> HtmlWriter<'a> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some(picture) = &mut self.picture {
            if picture.event(&self.state, &event)
                && let Some(picture) = self.picture.take()
            {
                picture.finish().write(&mut self.state, &mut self.links);
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => self.state.out.push_code(&self.state.masked.restore(&code)),
            Event::Html(html) => self.raw.add_line(&html, range.start),
            Event::InlineHtml(html) => self.raw_html().inline(&html, range.start),
            Event::SoftBreak if self.shortcodes_only => self.state.out.settle_break(' '),
            Event::SoftBreak => self.state.out.break_softly(),
            Event::HardBreak => {
                self.state.out.settle_break(' ');
                self.state.out.push_html("<br>\n");
                self.state.out.separate(Separator::Space);
            }
            Event::Rule => self.state.out.push_html("<hr>\n"),
            Event::FootnoteReference(name) => {
                self.footnotes.reference(&mut self.state, &name, self.links.is_open());
            }
            // None of these occur with the extensions above.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.state.out.push_text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let state = &mut self.state;
        match tag {
            Tag::Paragraph => self.start_paragraph(&range),
            Tag::Heading { level, id, classes, attrs } => {
                let attribute = attrs.into_iter().next().map(|(name, _)| name);
                let start = HeadingStart { level: level as u8, id, classes, attribute };
                self.headings.start(state, &start, range);
            }
            Tag::BlockQuote(_) => state.container("<blockquote>\n", "</blockquote>\n", &range),
            Tag::CodeBlock(kind) => self.start_code_block(&kind),
            Tag::HtmlBlock => self.raw.begin_block(),
            Tag::List(first) => self.start_list(first, &range),
            Tag::Item => {
                state.out.separate(Separator::Line);
                state.container("<li>", "</li>\n", &range);
            }
            Tag::FootnoteDefinition(name) => self.footnotes.start(state, &name, range),
            Tag::Table(alignments) => self.tables.start(state, alignments),
            Tag::TableHead => self.tables.start_head(state),
            Tag::TableRow => self.tables.start_row(state),
            Tag::TableCell => state.nesting.push(OpenItem::Cell { html: state.out.html().len() }),
            Tag::Emphasis => state.container("<em>", "</em>", &range),
            Tag::Strong => state.container("<strong>", "</strong>", &range),
            Tag::Strikethrough => self.start_strikethrough(&range),
            Tag::Link { dest_url, title, link_type, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                let destination = format!("{scheme}{}", state.masked.restore(&dest_url));
                let title = state.masked.restore(&title);
                self.links.start(state, &destination, &title, &range);
            }
            Tag::Image { dest_url, title, .. } => {
                self.picture = Some(OpenPicture::new(state, &dest_url, &title, range));
            }
            // None of these occur with the extensions above.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => state.nesting.push(OpenItem::Silent),
        }
    }

    /// Closes what the last start event opened, and the author's tags left open in it.
    fn end(&mut self) {
        if self.raw.is_block() {
            return self.raw_html().end_block();
        }
        self.raw_html().close_all();
        self.close_last();
    }

    /// Closes the last thing that the Markdown opened, if any.
    fn close_last(&mut self) -> bool {
        let state = &mut self.state;
        let Some(item) = state.nesting.pop() else {
            return false;
        };
        match item {
            // The author's elements are closed before what they stand in.
            OpenItem::Silent | OpenItem::Element(_) => {}
            OpenItem::Tag(close) => {
                if close.ends_with('\n') {
                    state.out.settle_break(' ');
                    state.out.separate(Separator::Line);
                }
                state.out.push_html(close);
            }
            OpenItem::Link => self.links.end(state),
            OpenItem::CodeBlock => {
                state.out.push_html("</code></pre>\n");
                self.in_code_block = false;
                state.out.separate(Separator::Line);
            }
            OpenItem::Tilde => state.out.push_text("~"),
            OpenItem::Shortcodes => self.shortcodes_only = false,
            OpenItem::Paragraph { plain } => self.end_paragraph(plain),
            OpenItem::Heading => self.headings.end(state),
            OpenItem::Cell { html } => self.tables.end_cell(state, html),
            OpenItem::Footnote => self.footnotes.end(state),
        }
        true
    }

    fn start_paragraph(&mut self, range: &Range<usize>) {
        let RenderState { out, nesting, masked, .. } = &mut self.state;
        out.separate(Separator::Line);
        if masked.is_shortcodes_only(range) {
            self.shortcodes_only = true;
            nesting.push(OpenItem::Shortcodes);
            return;
        }
        out.write_separator();
        out.push_html("<p>");
        nesting.push(OpenItem::Paragraph { plain: out.plain().len() });
    }

    fn end_paragraph(&mut self, start: usize) {
        let out = &mut self.state.out;
        out.settle_break(' ');
        out.push_html("</p>\n");
        out.separate(Separator::Line);
        let end = out.plain().len();
        if self.lead.is_none() && !self.footnotes.is_open() && start < end {
            self.lead = Some(start..end);
        }
    }

    fn start_list(&mut self, first: Option<u64>, range: &Range<usize>) {
        let state = &mut self.state;
        state.out.separate(Separator::Line);
        // Room for its items too: they must not stand without it.
        if !state.has_room(3, range) {
            state.nesting.push(OpenItem::Silent);
            return;
        }
        match first {
            None => state.out.push_html("<ul>\n"),
            Some(1) => state.out.push_html("<ol>\n"),
            Some(first) => state.out.push_html(&format!("<ol start=\"{first}\">\n")),
        }
        let close = if first.is_some() { "</ol>\n" } else { "</ul>\n" };
        state.nesting.push(OpenItem::Tag(close));
    }

    fn start_code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let RenderState { out, nesting, masked, .. } = &mut self.state;
        out.separate(Separator::Line);
        self.in_code_block = true;
        out.push_html("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let info = masked.restore(info);
            let language = info.split_whitespace().next().unwrap_or("");
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '_' | '#');
            if !language.is_empty() && language.chars().all(is_name) {
                out.push_attribute("class", &format!("language-{language}"));
            }
        }
        out.push_html(">");
        nesting.push(OpenItem::CodeBlock);
    }

    fn start_strikethrough(&mut self, range: &Range<usize>) {
        let struck = self.state.masked.text().get(range.clone()).unwrap_or("");
        if struck.starts_with("~~") {
            self.state.container("<del>", "</del>", range);
        } else {
            self.state.out.push_text("~");
            self.state.nesting.push(OpenItem::Tilde);
        }
    }

    /// Writes text from the parser, unmasked.
    fn text(&mut self, text: &str, range: &Range<usize>) {
        self.shortcodes.report_errors(&mut self.state, range, !self.in_code_block);
        let masked = self.state.masked;
        if self.in_code_block {
            let code = masked.restore(text);
            self.state.out.push_escaped(&code);
            self.state.out.push_plain(&code);
            return;
        }
        for piece in masked.pieces(text) {
            match piece {
                // The spaces between shortcodes.
                Piece::Text(_) if self.shortcodes_only => {}
                Piece::Text(text) => self.state.out.push_text(text),
                Piece::Char(c) => self.state.out.push_text(c.encode_utf8(&mut [0; 4])),
                Piece::Shortcode(shortcode) => {
                    let placement = if self.shortcodes_only {
                        self.headings.block_placement(self.state.options)
                    } else {
                        Placement::Inline
                    };
                    self.shortcodes.write(&mut self.state, shortcode, placement);
                }
                Piece::Address(address, range) => self.links.address(&mut self.state, address, range),
            }
        }
    }

    fn raw_html(&mut self) -> RawHtmlWriter<'_, 'a> {
        RawHtmlWriter {
            block: self.headings.block_placement(self.state.options),
            state: &mut self.state,
            raw: &mut self.raw,
            links: &mut self.links,
            shortcodes: &mut self.shortcodes,
            tables: &mut self.tables,
        }
    }

    /// Closes what is open and does what needs the whole text.
    fn finish(mut self) -> RenderedText {
        loop {
            self.raw_html().close_all();
            if !self.close_last() {
                break;
            }
        }
        let mut state = self.state;
        self.footnotes.write(&mut state);
        self.links.check_anchors(&mut state);
        let (mut html, plain) = state.out.finish();
        if self.raw.is_used() {
            html = sanitize(&html);
        }
        let (lead, end) = (self.lead.unwrap_or(0..0), plain.len());
        RenderedText {
            html: self.shortcodes.insert(html, state.masked.token()),
            lead: lead.start.min(end)..lead.end.min(end),
            plain,
            headings: self.headings.into_found(),
            links: self.links.into_found(),
            problems: state.problems.into_sorted(state.source.len()),
        }
    }
}
