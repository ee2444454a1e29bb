//! Parser events in, HTML and plain text out.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options as Extensions, Parser, Tag};

use super::element::Element;
use super::heading::{Ids, Outline};
use super::inline::OpenPicture;
use super::note::{Notes, OpenNote};
use super::shadow::{Piece, Shadow};
use super::wide::joins;
use super::{Heading, Hooks, Link, Options, Problem, Rendered};
use crate::base::diagnostic::{Message, Severity};
use crate::base::escape::{is_clean, push_plain, push_text};

/// How deep elements may nest in each other. Browsers stop at 512, and give a table rows and a body
/// where the author wrote none.
const DEEPEST: usize = 100;

/// How many problems a text may have before the rest is only counted.
const MOST_PROBLEMS: usize = 500;

/// Something that is open and will be closed.
pub(super) enum Open {
    /// An event that wrote no tag.
    Silent,
    /// A tag of the writer's, by what closes it.
    Made(&'static str),
    /// A tag of the author's.
    Raw(&'static Element),
    /// A link.
    Link,
    /// A block of code.
    CodeBlock,
    /// Text between single tildes, which stay: `5~6` is a range in Chinese, not a deletion.
    Tilde,
    /// A paragraph that holds nothing but calls.
    Calls,
    /// A paragraph; the plain text is `at` its start.
    Paragraph { at: usize },
    /// A heading.
    Heading(Box<super::block::OpenHeading>),
    /// A cell of a table; the HTML is `at` its start.
    Cell { at: usize },
    /// A footnote.
    Note(Box<OpenNote>),
}

/// What must stand between the plain text so far and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    Line,
}

/// A line break in the Markdown, of which the next character decides whether it is a space.
struct SoftBreak {
    /// Where it stands in the HTML.
    html: usize,
    /// Where it stands in the plain text.
    plain: usize,
    /// The character before it.
    before: char,
}

/// The state of one rendering.
pub(super) struct Writer<'a> {
    pub(super) source: &'a str,
    pub(super) shadow: &'a Shadow<'a>,
    pub(super) options: &'a Options<'a>,
    pub(super) hooks: &'a Hooks<'a>,
    pub(super) html: String,
    pub(super) plain: String,
    pub(super) lead: Option<Range<usize>>,
    pub(super) stack: Vec<Open>,
    /// How many elements of the stack are in the HTML.
    depth: usize,
    gap: Gap,
    soft_break: Option<SoftBreak>,
    /// The last character of text.
    last: char,
    pub(super) code_block: bool,
    /// In a paragraph that holds nothing but calls.
    pub(super) calls_only: bool,
    /// How many links are open.
    pub(super) links_open: usize,
    pub(super) picture: Option<Box<OpenPicture>>,
    pub(super) table: super::block::Table,
    pub(super) raw: super::html::Raw,
    pub(super) ids: Ids,
    pub(super) outline: Outline,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) notes: Notes,
    /// The output of calls; the HTML holds a token with the index.
    pub(super) outputs: Vec<String>,
    /// How many of the shadow's faults are behind us.
    faults: usize,
    pub(super) problems: Vec<Problem>,
    pub(super) unreported: usize,
    too_deep: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        source: &'a str,
        shadow: &'a Shadow<'a>,
        options: &'a Options<'a>,
        hooks: &'a Hooks<'a>,
    ) -> Self {
        Self {
            source,
            shadow,
            options,
            hooks,
            html: String::with_capacity(source.len() + source.len() / 2),
            plain: String::with_capacity(source.len()),
            lead: None,
            stack: Vec::new(),
            depth: 0,
            gap: Gap::None,
            soft_break: None,
            last: ' ',
            code_block: false,
            calls_only: false,
            links_open: 0,
            picture: None,
            table: super::block::Table::default(),
            raw: super::html::Raw::default(),
            ids: Ids::of(source, options.taken),
            outline: Outline::default(),
            headings: Vec::new(),
            links: Vec::new(),
            notes: Notes::default(),
            outputs: Vec::new(),
            faults: 0,
            problems: Vec::new(),
            unreported: 0,
            too_deep: false,
        }
    }

    pub(super) fn render(mut self) -> Rendered {
        let extensions = Extensions::ENABLE_TABLES
            | Extensions::ENABLE_FOOTNOTES
            | Extensions::ENABLE_STRIKETHROUGH
            | Extensions::ENABLE_HEADING_ATTRIBUTES;
        let shadow = self.shadow;
        let parser = Parser::new_ext(shadow.text(), extensions);
        for (event, range) in parser.into_offset_iter() {
            self.event(event, range);
        }
        self.finish()
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.picture.is_some() {
            return self.picture_event(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => self.parsed_text(&text, &range),
            Event::Code(code) => self.code(&code),
            Event::Html(html) => self.raw.add(&html, range.start),
            Event::InlineHtml(html) => self.inline_html(&html, range.start),
            Event::SoftBreak => self.break_softly(),
            Event::HardBreak => {
                self.settle_break(' ');
                self.html.push_str("<br>\n");
                self.separate(Gap::Space);
            }
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::FootnoteReference(name) => self.note_reference(&name),
            // None of these occur with the extensions above.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(&range),
            Tag::Heading { level, id, classes, attrs } => {
                let other = attrs.first().map(|(name, _)| name);
                self.start_heading(level as u8, id.as_ref(), &classes, other, range);
            }
            Tag::BlockQuote(_) => self.container("<blockquote>\n", "</blockquote>\n", &range),
            Tag::CodeBlock(kind) => self.start_code_block(&kind),
            Tag::HtmlBlock => self.raw.begin(),
            Tag::List(first) => self.start_list(first, &range),
            Tag::Item => {
                self.separate(Gap::Line);
                self.container("<li>", "</li>\n", &range);
            }
            Tag::FootnoteDefinition(name) => self.start_note(&name, range),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.container("<em>", "</em>", &range),
            Tag::Strong => self.container("<strong>", "</strong>", &range),
            Tag::Strikethrough => self.start_strikethrough(&range),
            Tag::Link { dest_url, title, link_type, .. } => {
                self.start_link(link_type, &dest_url, &title, &range);
            }
            Tag::Image { dest_url, title, .. } => self.start_picture(&dest_url, &title, range),
            // None of these occur with the extensions above.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.stack.push(Open::Silent),
        }
    }

    /// Closes what the last start event opened, and the author's tags left open in it.
    fn end(&mut self) {
        if self.raw.is_block() {
            return self.html_block();
        }
        while let Some(Open::Raw(_)) = self.stack.last() {
            self.close_last();
        }
        self.close_last();
    }

    /// Closes the last thing on the stack.
    pub(super) fn close_last(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        if !matches!(open, Open::Silent) {
            self.depth = self.depth.saturating_sub(1);
        }
        match open {
            Open::Silent => {}
            Open::Made(close) => {
                if close.ends_with('\n') {
                    self.settle_break(' ');
                    self.separate(Gap::Line);
                }
                self.html.push_str(close);
            }
            Open::Link => {
                self.html.push_str("</a>");
                self.links_open = self.links_open.saturating_sub(1);
            }
            Open::CodeBlock => {
                self.html.push_str("</code></pre>\n");
                self.code_block = false;
                self.separate(Gap::Line);
            }
            Open::Tilde => self.text("~"),
            Open::Calls => self.calls_only = false,
            Open::Raw(element) => self.close_raw(element),
            Open::Paragraph { at } => self.end_paragraph(at),
            Open::Heading(heading) => self.end_heading(&heading),
            Open::Cell { at } => self.end_cell(at),
            Open::Note(note) => self.end_note(*note),
        }
    }

    pub(super) fn push(&mut self, open: Open) {
        if !matches!(open, Open::Silent) {
            self.depth += 1;
        }
        self.stack.push(open);
    }

    /// Opens an element that can hold itself, if it is not too deep for that.
    pub(super) fn container(&mut self, open: &str, close: &'static str, range: &Range<usize>) {
        if self.has_room(2, range) {
            self.html.push_str(open);
            self.push(Open::Made(close));
        } else {
            self.stack.push(Open::Silent);
        }
    }

    /// Whether `levels` more elements may be opened; reports it once if not.
    pub(super) fn has_room(&mut self, levels: usize, range: &Range<usize>) -> bool {
        let room = self.depth + levels <= DEEPEST;
        if !room && !self.too_deep {
            self.too_deep = true;
            let message = Message::new("nesting-too-deep").arg("most", DEEPEST);
            self.problem("nesting-too-deep", Severity::Warning, message, range.clone());
        }
        room
    }

    /// Text from the parser: covered parts come out as what they are.
    fn parsed_text(&mut self, text: &CowStr<'_>, range: &Range<usize>) {
        self.report_faults(range, !self.code_block);
        if self.code_block {
            let code = self.shadow.restore(text);
            push_text(&mut self.html, &code);
            self.push_plain(&code);
            return;
        }
        let shadow = self.shadow;
        for piece in shadow.pieces(text) {
            match piece {
                // The spaces between calls.
                Piece::Text(_) if self.calls_only => {}
                Piece::Text(text) => self.text(text),
                Piece::Char(c) => self.text(c.encode_utf8(&mut [0; 4])),
                Piece::Call(call) => self.call(call),
                Piece::Address(address, range) => self.address(address, range),
            }
        }
    }

    /// Text as it is.
    pub(super) fn text(&mut self, text: &str) {
        let Some(first) = text.chars().next() else {
            return;
        };
        self.settle_break(first);
        if is_clean(text) {
            self.html.push_str(text);
            self.bridge();
            self.plain.push_str(text);
        } else {
            push_text(&mut self.html, text);
            self.push_plain(text);
        }
        self.last = text.chars().next_back().unwrap_or(' ');
    }

    fn code(&mut self, code: &CowStr<'_>) {
        let code = self.shadow.restore(code);
        self.settle_break(code.chars().next().unwrap_or(' '));
        self.html.push_str("<code>");
        push_text(&mut self.html, &code);
        self.html.push_str("</code>");
        self.push_plain(&code);
        self.last = code.chars().next_back().unwrap_or(' ');
    }

    /// Appends to the plain text, with the gap that is due.
    pub(super) fn push_plain(&mut self, text: &str) {
        self.bridge();
        push_plain(&mut self.plain, text);
    }

    /// Writes the gap that is due into the plain text.
    pub(super) fn bridge(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if gap == Gap::None || self.plain.is_empty() || self.plain.ends_with('\n') {
            return;
        }
        self.plain.push(if gap == Gap::Line { '\n' } else { ' ' });
    }

    /// Asks for a gap before the next plain text.
    pub(super) fn separate(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn break_softly(&mut self) {
        self.settle_break(' ');
        if self.calls_only {
            return;
        }
        self.bridge();
        self.soft_break =
            Some(SoftBreak { html: self.html.len(), plain: self.plain.len(), before: self.last });
    }

    /// Makes the last soft break a line break in the HTML, unless Chinese text goes on behind it.
    /// Tags may have been written since; it belongs before them.
    pub(super) fn settle_break(&mut self, after: char) {
        let Some(soft) = self.soft_break.take() else {
            return;
        };
        if !joins(soft.before, after) {
            self.html.insert(soft.html, '\n');
            self.plain.insert(soft.plain, ' ');
        }
    }

    /// Takes the character before the next text to be `c`.
    pub(super) fn set_last(&mut self, c: char) {
        self.last = c;
    }

    /// Reports what looks like a call and is none, if the range shows it as text.
    pub(super) fn report_faults(&mut self, range: &Range<usize>, shown: bool) {
        let shadow = self.shadow;
        while let Some(fault) = shadow.faults.get(self.faults) {
            if fault.start >= range.end {
                return;
            }
            self.faults += 1;
            if shown && fault.start >= range.start {
                let message = Message::new(fault.message).arg("found", &*fault.found);
                self.problem("call-syntax", Severity::Error, message, fault.range.clone());
            }
        }
    }

    pub(super) fn problem(
        &mut self,
        code: &'static str,
        severity: Severity,
        message: Message,
        range: Range<usize>,
    ) {
        if self.problems.len() >= MOST_PROBLEMS {
            self.unreported += 1;
            return;
        }
        self.problems.push(Problem { code, severity, message, range });
    }
}
