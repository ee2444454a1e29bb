//! Headings: ids, levels in order, and links to themselves.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::nesting::OpenItem;
use super::options::{MarkdownOptions, MarkdownWords, Placement};
use super::output::Separator;
use super::rendered::TextHeading;
use super::state::RenderState;
use crate::base::diagnostic::Message;
use crate::base::escape::push_attribute;

/// A heading whose end is not reached yet.
struct OpenHeading {
    /// Where its content begins in the HTML.
    html: usize,
    /// Where its content begins in the plain text.
    plain: usize,
    level: u8,
    id: Option<String>,
    classes: Vec<String>,
    range: Range<usize>,
}

#[derive(Default)]
pub(super) struct Headings {
    outline: Outline,
    open: Option<OpenHeading>,
    found: Vec<TextHeading>,
}

/// A heading as the parser announces it.
pub(super) struct HeadingStart<'p> {
    pub(super) level: u8,
    pub(super) id: Option<CowStr<'p>>,
    pub(super) classes: Vec<CowStr<'p>>,
    /// An attribute that no heading may have.
    pub(super) attribute: Option<CowStr<'p>>,
}

impl Headings {
    pub(super) fn start(
        &mut self,
        state: &mut RenderState<'_>,
        start: &HeadingStart<'_>,
        range: Range<usize>,
    ) {
        // The parser counts the line break as part of it.
        let range = range.start..range.start + state.source_at(range).trim_end().len();
        if let Some(attribute) = &start.attribute {
            state.problems.html_removed(&state.masked.restore(attribute), range.clone());
        }
        let classes = start
            .classes
            .iter()
            .map(|class| state.masked.restore(class).into_owned())
            .filter(|class| state.is_allowed_class(class, &range))
            .collect();
        state.out.separate(Separator::Line);
        state.out.write_separator();
        self.open = Some(OpenHeading {
            html: state.out.html().len(),
            plain: state.out.plain().len(),
            level: start.level,
            id: start.id.as_ref().map(|id| state.masked.restore(id).into_owned()),
            classes,
            range,
        });
        state.nesting.push(OpenItem::Heading);
    }

    pub(super) fn end(&mut self, state: &mut RenderState<'_>) {
        state.out.settle_break(' ');
        state.out.separate(Separator::Line);
        let Some(heading) = self.open.take() else {
            return;
        };
        if state.out.html().len() <= heading.html {
            // An empty heading is a trap for readers who listen.
            return;
        }
        let text = state.out.plain().get(heading.plain..).unwrap_or("").trim().to_owned();
        let level = self.level(state, &heading, &text);
        let id = match &heading.id {
            None => state.ids.make(&text),
            Some(wanted) => state.ids.take(wanted).unwrap_or_else(|id| {
                let message = Message::new("heading-id").arg("id", &**wanted).arg("instead", &*id);
                state.problems.warn("heading-id", message, heading.range.clone());
                id
            }),
        };
        let mut open = format!("<div class=\"heading\"><h{level}");
        push_attribute(&mut open, "id", &id);
        if !heading.classes.is_empty() {
            push_attribute(&mut open, "class", &heading.classes.join(" "));
        }
        open.push('>');
        state.out.insert_html(heading.html, &open);
        state.out.push_html(&format!("</h{level}><a class=\"anchor\""));
        state.out.push_attribute("href", &format!("#{id}"));
        let label = MarkdownWords::fill(state.options.words.heading, &text);
        state.out.push_attribute("aria-label", &label);
        state.out.push_html(">#</a></div>\n");
        if !text.is_empty() {
            self.found.push(TextHeading { level, id, text });
        }
    }

    /// Enters a heading into the outline; returns its level in the HTML and reports a level out of order.
    fn level(&mut self, state: &mut RenderState<'_>, heading: &OpenHeading, text: &str) -> u8 {
        let (depth, order) = self.outline.enter(heading.level);
        let id = match order {
            Order::Right => None,
            Order::Skips => Some("heading-order"),
            Order::Rises => Some("heading-order-rises"),
        };
        if let Some(id) = id {
            let message = Message::new(id).arg("heading", text).arg("level", usize::from(heading.level));
            state.problems.warn("heading-order", message, heading.range.clone());
        }
        level_at(depth, state.options)
    }

    /// The place between paragraphs under the current heading.
    pub(super) fn block_placement(&self, options: &MarkdownOptions<'_>) -> Placement {
        Placement::Block { level: level_at(self.outline.depth(), options) }
    }

    pub(super) fn into_found(self) -> Vec<TextHeading> {
        self.found
    }
}

/// The level in the HTML of a heading below `depth` others.
fn level_at(depth: u8, options: &MarkdownOptions<'_>) -> u8 {
    (options.top.clamp(2, 6) + depth).min(6)
}

/// The headings above the current place, by their level in the Markdown.
#[derive(Default)]
struct Outline(Vec<u8>);

/// What is wrong with the level of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Right,
    /// It skips a level below the heading above it.
    Skips,
    /// It stands above the first heading of the text.
    Rises,
}

impl Outline {
    fn depth(&self) -> u8 {
        self.0.len() as u8
    }

    /// Enters the next heading; returns its depth, from 0, and what is wrong with its level.
    ///
    /// Depths never skip, whatever the levels do: the first heading has depth 0, whether it is
    /// written with one `#` or with two.
    fn enter(&mut self, level: u8) -> (u8, Order) {
        let first = self.0.first().copied();
        while self.0.last().is_some_and(|open| *open >= level) {
            self.0.pop();
        }
        let order = match (self.0.last(), first) {
            (Some(above), _) if level > above + 1 => Order::Skips,
            (None, Some(first)) if level < first => Order::Rises,
            (None, None) if level > 2 => Order::Skips,
            _ => Order::Right,
        };
        let depth = self.depth();
        self.0.push(level);
        (depth, order)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn levels_never_skip() {
        let mut outline = Outline::default();
        let found: Vec<_> = [2, 4, 3, 3, 2, 1, 2, 6].into_iter().map(|level| outline.enter(level)).collect();
        assert_eq!(
            found,
            [
                (0, Order::Right),
                (1, Order::Skips),
                (1, Order::Right),
                (1, Order::Right),
                (0, Order::Right),
                (0, Order::Rises),
                (1, Order::Right),
                (2, Order::Skips),
            ]
        );
        assert_eq!(Outline::default().enter(3), (0, Order::Skips));
    }

    proptest! {
        #[test]
        fn depths_rise_by_one_at_most(levels in proptest::collection::vec(1..=6_u8, 0..30)) {
            let mut outline = Outline::default();
            let mut previous = None;
            for level in levels {
                let (depth, _) = outline.enter(level);
                prop_assert!(depth <= previous.map_or(0, |previous: u8| previous + 1));
                previous = Some(depth);
            }
        }
    }
}
