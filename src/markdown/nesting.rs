//! What is open and will be closed.

use super::element::Element;

pub(super) enum OpenItem {
    /// An event that wrote no tag.
    Silent,
    /// A tag of the writer's, with the markup that closes it.
    Tag(&'static str),
    /// A tag of the author's.
    Element(&'static Element),
    Link,
    CodeBlock,
    /// Text between single tildes, which stay: `5~6` is a range in Chinese, not a deletion.
    Tilde,
    /// A paragraph that holds nothing but shortcodes.
    Shortcodes,
    /// A paragraph that begins at a byte of the plain text.
    Paragraph {
        plain: usize,
    },
    Heading,
    /// A cell of a table that begins at a byte of the HTML.
    Cell {
        html: usize,
    },
    Footnote,
}

#[derive(Default)]
pub(super) struct Nesting {
    stack: Vec<OpenItem>,
    /// How many items of the stack are elements in the HTML.
    depth: usize,
}

impl Nesting {
    /// How deep elements may nest. Browsers stop at 512, and add rows and a body to tables whose
    /// author wrote none.
    pub(super) const DEEPEST: usize = 100;

    pub(super) fn push(&mut self, item: OpenItem) {
        if !matches!(item, OpenItem::Silent) {
            self.depth += 1;
        }
        self.stack.push(item);
    }

    pub(super) fn pop(&mut self) -> Option<OpenItem> {
        let item = self.stack.pop()?;
        if !matches!(item, OpenItem::Silent) {
            self.depth = self.depth.saturating_sub(1);
        }
        Some(item)
    }

    /// Whether `levels` more elements may be opened.
    pub(super) fn has_room(&self, levels: usize) -> bool {
        self.depth + levels <= Self::DEEPEST
    }

    /// The author's elements that are open within what the Markdown opened last, innermost first.
    pub(super) fn elements(&self) -> impl Iterator<Item = &'static Element> {
        self.stack.iter().rev().map_while(|item| match item {
            OpenItem::Element(element) => Some(*element),
            _ => None,
        })
    }
}
