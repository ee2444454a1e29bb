//! Saved web pages: the main text as Markdown, the tables as grids.

mod guard;
mod inline;
mod table;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use crate::import::document::{DocumentBlock, InputDocument, Locator, Paragraph};
use crate::import::read::error::ReadError;

use inline::InlineText;

/// The maximum size of a page, in bytes; its tree takes about ten times as much memory.
const MAX_BYTES: usize = 16 << 20;

pub(super) fn read(name: &str, text: &str) -> Result<InputDocument, ReadError> {
    if text.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { limit: MAX_BYTES >> 20 });
    }
    guard::check(text)?;
    let page = Html::parse_document(text);
    let root = page.tree.root();
    let layout = layout_tables(root);
    let mut walker = PageWalker { layout: &layout, ..PageWalker::new() };
    walker.walk(main_part(root, &layout))?;
    let (title, url) = head(root);
    Ok(InputDocument {
        name: Arc::from(name),
        title,
        url: url.or_else(|| saved_from(text)),
        blocks: walker.blocks,
    })
}

/// Returns the tables that contain other tables, which only lay out the page.
fn layout_tables(root: NodeRef<'_, Node>) -> BTreeSet<NodeId> {
    let mut layout = BTreeSet::new();
    let mut open: Vec<NodeId> = Vec::new();
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) if table::element_name(node) == Some("table") => {
                layout.extend(open.last().copied());
                open.push(node.id());
            }
            Edge::Close(node) if open.last() == Some(&node.id()) => {
                open.pop();
            }
            _ => {}
        }
    }
    layout
}

/// Returns the title and the address in the page's head.
fn head(root: NodeRef<'_, Node>) -> (Option<String>, Option<String>) {
    let (mut title, mut article, mut url) = (None, None, None);
    for node in root.descendants() {
        let Some(element) = node.value().as_element() else { continue };
        let attribute = |name: &str| element.attr(name).map(str::to_owned).filter(|value| !value.is_empty());
        match element.name() {
            "title" if title.is_none() => title = Some(table::text(node)).filter(|title| !title.is_empty()),
            "meta" if element.attr("name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle")) => {
                article = attribute("content");
            }
            "meta" if element.attr("property") == Some("og:url") => {
                url = url.or_else(|| attribute("content"));
            }
            "link" if element.attr("rel") == Some("canonical") => url = attribute("href").or(url),
            _ => {}
        }
    }
    (article.or(title), url.filter(|url| is_web(url)))
}

/// Returns the address that browsers record when they save a page: `<!-- saved from url=(0053)http://… -->`.
fn saved_from(text: &str) -> Option<String> {
    let head: String = text.chars().take(4_096).collect();
    let (_, after) = head.split_once("saved from url=(")?;
    let (_, after) = after.split_once(')')?;
    let url = after.split_whitespace().next()?.trim_end_matches("-->");
    is_web(url).then(|| url.to_owned())
}

fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'))
}

/// Ids and classes in which content systems of public bodies put an article.
const CONTAINERS: &str = "zoom ucap-content trs_editor trs_ueditor article-content articlecontent con_txt \
    conbox";

/// Returns the part of a page that is its article: the tables and the text around them.
fn main_part<'t>(root: NodeRef<'t, Node>, layout: &BTreeSet<NodeId>) -> NodeRef<'t, Node> {
    let data_tables = |node: NodeRef<'t, Node>| {
        let is_data = |child: &NodeRef<'_, Node>| {
            table::element_name(*child) == Some("table") && !layout.contains(&child.id())
        };
        node.descendants().filter(is_data).count()
    };
    let all = data_tables(root);
    let is_container =
        |element: &Element| has_name(element, CONTAINERS) || matches!(element.name(), "article" | "main");
    let mut candidates =
        root.descendants().filter(|node| node.value().as_element().is_some_and(is_container));
    // Takes the first of a few candidates that holds all tables and enough text.
    let found = candidates.by_ref().take(20).find(|node| data_tables(*node) == all && has_text(*node));
    found
        .or_else(|| root.descendants().find(|node| table::element_name(*node) == Some("body")))
        .unwrap_or(root)
}

/// Returns whether the id or a class of an element is one of the words.
fn has_name(element: &Element, words: &str) -> bool {
    let mut names = element.id().into_iter().chain(element.classes());
    names.any(|name| words.split(' ').any(|word| word.eq_ignore_ascii_case(name)))
}

fn has_text(node: NodeRef<'_, Node>) -> bool {
    let lengths =
        node.descendants().filter_map(|child| child.value().as_text().map(|text| text.trim().len()));
    lengths.sum::<usize>() > 200
}

/// Returns whether an element is no content.
fn is_furniture(element: &Element) -> bool {
    const ELEMENTS: &[&str] = &[
        "head", "script", "style", "noscript", "template", "nav", "footer", "aside", "button", "select",
        "textarea", "svg", "iframe", "object", "video", "audio", "canvas",
    ];
    const ROLES: &[&str] = &["navigation", "banner", "contentinfo", "search", "menu"];
    const NAMES: &str = "nav menu breadcrumb crumbs footer copyright sidebar share toolbar pagination";
    let is_hidden = || {
        let style: String =
            element.attr("style").unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
        element.attr("hidden").is_some() || style.contains("display:none")
    };
    ELEMENTS.contains(&element.name())
        || element.attr("role").is_some_and(|role| ROLES.contains(&role))
        || is_hidden()
        || has_name(element, NAMES)
}

/// Reads a part of a page in order.
struct PageWalker<'l> {
    layout: &'l BTreeSet<NodeId>,
    blocks: Vec<DocumentBlock>,
    inline: InlineText,
    heading: u8,
    /// Lists around the text: the number of the next item, or none where items are not numbered.
    lists: Vec<Option<u32>>,
    /// The list marker of the next paragraph.
    mark: Option<String>,
    tables: usize,
    cells: usize,
}

static NO_TABLES: BTreeSet<NodeId> = BTreeSet::new();

impl PageWalker<'_> {
    fn new() -> Self {
        Self {
            layout: &NO_TABLES,
            blocks: Vec::new(),
            inline: InlineText::default(),
            heading: 0,
            lists: Vec::new(),
            mark: None,
            tables: 0,
            cells: 0,
        }
    }

    fn walk(&mut self, part: NodeRef<'_, Node>) -> Result<(), ReadError> {
        // The element whose content is skipped.
        let mut passed: Option<NodeId> = None;
        for edge in part.traverse() {
            match edge {
                Edge::Open(node) if passed.is_none() => match node.value() {
                    Node::Text(text) => self.inline.push(text),
                    Node::Element(element) if is_furniture(element) => passed = Some(node.id()),
                    Node::Element(element)
                        if element.name() == "table" && !self.layout.contains(&node.id()) =>
                    {
                        self.flush();
                        self.tables += 1;
                        let table = table::read(node, self.tables, &mut self.cells)?;
                        self.blocks.push(DocumentBlock::Table(table));
                        passed = Some(node.id());
                    }
                    Node::Element(element) => self.open(element),
                    _ => {}
                },
                Edge::Close(node) if passed == Some(node.id()) => passed = None,
                Edge::Close(node) if passed.is_none() => {
                    if let Some(element) = node.value().as_element() {
                        self.close(element.name());
                    }
                }
                _ => {}
            }
        }
        self.flush();
        Ok(())
    }

    fn open(&mut self, element: &Element) {
        match element.name() {
            "strong" | "b" => self.inline.strong += 1,
            "em" | "i" => self.inline.emphasised += 1,
            "a" => self.inline.links.push(element.attr("href").filter(|url| is_web(url)).map(Rc::from)),
            "br" => self.flush(),
            name if is_block(name) => {
                self.flush();
                match name {
                    "ul" => self.lists.push(None),
                    "ol" => self.lists.push(Some(1)),
                    "li" => {
                        self.mark = Some(match self.lists.last_mut() {
                            Some(Some(number)) => {
                                *number += 1;
                                format!("{}. ", *number - 1)
                            }
                            _ => "- ".to_owned(),
                        });
                    }
                    _ => self.heading = heading(name).unwrap_or(self.heading),
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "strong" | "b" => self.inline.strong = self.inline.strong.saturating_sub(1),
            "em" | "i" => self.inline.emphasised = self.inline.emphasised.saturating_sub(1),
            "a" => {
                self.inline.links.pop();
            }
            name if is_block(name) => {
                self.flush();
                match name {
                    "ul" | "ol" => {
                        self.lists.pop();
                    }
                    "li" => self.mark = None,
                    _ if heading(name).is_some() => self.heading = 0,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn flush(&mut self) {
        let Some((plain, markdown)) = self.inline.take() else { return };
        let markdown = match self.mark.take() {
            Some(mark) => format!("{mark}{markdown}"),
            None => markdown,
        };
        let place = Locator::Line(self.blocks.len() as u32 + 1);
        self.blocks.push(DocumentBlock::Text(Paragraph {
            plain,
            markdown: Some(markdown),
            heading: self.heading,
            place,
        }));
    }
}

fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    const NAMES: &str = "p div section article main header ul ol li dl dt dd blockquote pre table tbody \
        thead tfoot tr td th caption form fieldset center hr address figure figcaption \
        body";
    heading(name).is_some() || NAMES.split(' ').any(|block| block == name)
}
