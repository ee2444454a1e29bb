//! Blocks: paragraphs, headings, lists, code, tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr};

use super::heading::Order;
use super::writer::{Gap, Open, Writer};
use super::{Heading, Words};
use crate::base::diagnostic::{Message, Severity};
use crate::base::escape::push_attribute;

/// A heading of which the end is not yet known.
pub(super) struct OpenHeading {
    /// Where its content begins in the HTML.
    html: usize,
    /// Where its content begins in the plain text.
    plain: usize,
    /// Its level in the Markdown.
    level: u8,
    /// The id that its author gave it.
    id: Option<String>,
    /// The classes that its author gave it.
    classes: Vec<String>,
    /// Where it stands in the text.
    range: Range<usize>,
}

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// How many tables there are so far.
    count: usize,
}

impl Words<'_> {
    /// A pattern with its `{}` replaced.
    pub(super) fn fill(pattern: &str, value: &str) -> String {
        pattern.replacen("{}", value, 1)
    }
}

impl Writer<'_> {
    pub(super) fn start_paragraph(&mut self, range: &Range<usize>) {
        self.separate(Gap::Line);
        if self.shadow.is_calls_only(range) {
            self.calls_only = true;
            self.push(Open::Calls);
            return;
        }
        self.bridge();
        self.html.push_str("<p>");
        let at = self.plain.len();
        self.push(Open::Paragraph { at });
    }

    pub(super) fn end_paragraph(&mut self, at: usize) {
        self.settle_break(' ');
        self.html.push_str("</p>\n");
        self.separate(Gap::Line);
        let end = self.plain.len();
        if self.lead.is_none() && !self.notes.is_open() && at < end {
            self.lead = Some(at..end);
        }
    }

    pub(super) fn start_heading(
        &mut self,
        level: u8,
        id: Option<&CowStr<'_>>,
        classes: &[CowStr<'_>],
        attribute: Option<&CowStr<'_>>,
        range: Range<usize>,
    ) {
        // The parser counts the line break as part of it.
        let line = self.source.get(range.clone()).unwrap_or("");
        let range = range.start..range.start + line.trim_end().len();
        if let Some(attribute) = attribute {
            let attribute = self.shadow.restore(attribute);
            let message = Message::new("html-removed").arg("what", &*attribute);
            self.problem("html-removed", Severity::Warning, message, range.clone());
        }
        let classes = classes
            .iter()
            .map(|class| self.shadow.restore(class).into_owned())
            .filter(|class| self.is_allowed_class(class, &range))
            .collect();
        self.separate(Gap::Line);
        self.bridge();
        let heading = OpenHeading {
            html: self.html.len(),
            plain: self.plain.len(),
            level,
            id: id.map(|id| self.shadow.restore(id).into_owned()),
            classes,
            range,
        };
        self.push(Open::Heading(Box::new(heading)));
    }

    /// The level in HTML of a heading with so many open ones above it.
    pub(super) fn heading_level(&self, depth: u8) -> u8 {
        (self.options.top.clamp(2, 6) + depth).min(6)
    }

    pub(super) fn end_heading(&mut self, heading: &OpenHeading) {
        self.settle_break(' ');
        self.separate(Gap::Line);
        if self.html.len() <= heading.html {
            // An empty heading is a trap for readers who listen.
            return;
        }
        let text = self.plain.get(heading.plain..).unwrap_or("").trim();
        let text = text.to_owned();
        let (depth, order) = self.outline.enter(heading.level);
        let level = self.heading_level(depth);
        if order != Order::Right {
            let id = match order {
                Order::Rises => "heading-order-rises",
                _ => "heading-order",
            };
            let message = Message::new(id).arg("heading", &*text).arg("level", usize::from(heading.level));
            self.problem("heading-order", Severity::Warning, message, heading.range.clone());
        }
        let id = match &heading.id {
            None => self.ids.make(&text),
            Some(wanted) => self.ids.take(wanted).unwrap_or_else(|id| {
                let message = Message::new("heading-id").arg("id", &**wanted).arg("instead", &*id);
                self.problem("heading-id", Severity::Warning, message, heading.range.clone());
                id
            }),
        };

        let tag = format!("h{level}");
        let mut open = format!("<div class=\"heading\"><{tag}");
        push_attribute(&mut open, "id", &id);
        if !heading.classes.is_empty() {
            push_attribute(&mut open, "class", &heading.classes.join(" "));
        }
        open.push('>');
        self.html.insert_str(heading.html, &open);
        self.html.push_str("</");
        self.html.push_str(&tag);
        self.html.push_str("><a class=\"anchor\"");
        push_attribute(&mut self.html, "href", &format!("#{id}"));
        let label = Words::fill(self.options.words.heading, &text);
        push_attribute(&mut self.html, "aria-label", &label);
        self.html.push_str(">#</a></div>\n");
        if !text.is_empty() {
            self.headings.push(Heading { level, id, text });
        }
    }

    pub(super) fn start_list(&mut self, first: Option<u64>, range: &Range<usize>) {
        self.separate(Gap::Line);
        // Room for its items too: they must not stand without it.
        if !self.has_room(3, range) {
            self.stack.push(Open::Silent);
            return;
        }
        match first {
            None => self.html.push_str("<ul>\n"),
            Some(1) => self.html.push_str("<ol>\n"),
            Some(first) => {
                self.html.push_str("<ol");
                push_attribute(&mut self.html, "start", &first.to_string());
                self.html.push_str(">\n");
            }
        }
        let close = if first.is_some() { "</ol>\n" } else { "</ul>\n" };
        self.push(Open::Made(close));
    }

    pub(super) fn start_code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.separate(Gap::Line);
        self.code_block = true;
        self.html.push_str("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let info = self.shadow.restore(info);
            let language = info.split_whitespace().next().unwrap_or("");
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '_' | '#');
            if !language.is_empty() && language.chars().all(is_name) {
                push_attribute(&mut self.html, "class", &format!("language-{language}"));
            }
        }
        self.html.push('>');
        self.push(Open::CodeBlock);
    }

    /// Opens the frame in which a wide table scrolls; each has a name of its own, because readers
    /// who listen go by the names of regions.
    pub(super) fn open_table_frame(&mut self) {
        self.table.count += 1;
        self.html.push_str("<section class=\"table-scroll\" tabindex=\"0\"");
        let label = Words::fill(self.options.words.table, &self.table.count.to_string());
        push_attribute(&mut self.html, "aria-label", &label);
        self.html.push('>');
    }

    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.separate(Gap::Line);
        self.table.alignments = alignments;
        self.open_table_frame();
        self.html.push_str("<table>\n");
        self.push(Open::Made("</tbody></table></section>\n"));
    }

    pub(super) fn start_table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.html.push_str("<thead><tr>");
        self.push(Open::Made("</tr></thead>\n<tbody>\n"));
    }

    pub(super) fn start_table_row(&mut self) {
        self.table.in_head = false;
        self.table.column = 0;
        self.html.push_str("<tr>");
        self.push(Open::Made("</tr>\n"));
    }

    pub(super) fn start_cell(&mut self) {
        let at = self.html.len();
        self.push(Open::Cell { at });
    }

    pub(super) fn end_cell(&mut self, at: usize) {
        // A header cell without text would be a header that says nothing.
        let is_header = self.table.in_head && self.html.len() > at;
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let (open, close) = if is_header { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        self.html.insert_str(at, &format!("{open}{class}>"));
        self.html.push_str(close);
        self.table.column += 1;
        self.separate(Gap::Space);
    }
}
