//! HTML, SVG and XML as one kind of tree.

use std::hash::{DefaultHasher, Hash, Hasher};

use quick_xml::events::{BytesStart, Event};
use scraper::{ElementRef, Html, Node};

use crate::ignore::Ignore;

/// An element with its attributes by name, and its contents.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Child>,
    /// The same for elements of the same name, attributes and contents.
    pub(crate) hash: u64,
}

/// What an element contains. White space alone is left out; other white space is one space.
#[derive(Debug, Clone)]
pub(crate) enum Child {
    Element(Element),
    Text(String),
}

impl Child {
    pub(crate) fn hash(&self) -> u64 {
        match self {
            Self::Element(element) => element.hash,
            Self::Text(text) => hash_of(text),
        }
    }
}

pub(crate) fn hash_of(item: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    item.hash(&mut hasher);
    hasher.finish()
}

impl Element {
    fn new(name: String, mut attributes: Vec<(String, String)>, children: Vec<Child>) -> Self {
        attributes.sort();
        let inner: Vec<u64> = children.iter().map(Child::hash).collect();
        let hash = hash_of(&(&name, &attributes, inner));
        Self { name, attributes, children, hash }
    }

    /// An HTML document; what is set aside is left out.
    pub(crate) fn of_html(text: &str, ignore: &Ignore) -> Self {
        of_node(Html::parse_document(text).root_element(), ignore)
    }

    /// A picture file, read as the `<svg>` of a page is.
    pub(crate) fn of_svg(text: &str, ignore: &Ignore) -> Option<Self> {
        let at = text.find("<svg")?;
        let parsed = Html::parse_fragment(&text[at..]);
        let svg = parsed.root_element().child_elements().next().map(|svg| of_node(svg, ignore))?;
        (svg.name == "svg").then_some(svg)
    }

    /// A feed, a sitemap, or other XML; nothing where it is not well-formed.
    pub(crate) fn of_xml(text: &str) -> Option<Self> {
        let mut reader = quick_xml::Reader::from_str(text);
        let mut open = vec![(String::new(), Vec::new(), Vec::new())];
        let mut said = String::new();
        loop {
            let event = reader.read_event().ok()?;
            match &event {
                Event::Text(part) => said.push_str(part),
                Event::CData(part) => said.push_str(part),
                Event::GeneralRef(part) => said.push_str(&format!("&{};", &**part)),
                Event::Start(_) | Event::End(_) | Event::Empty(_) | Event::Eof => {
                    push_text(&mut open.last_mut()?.2, &std::mem::take(&mut said));
                }
                _ => {}
            }
            match event {
                Event::Start(start) => {
                    let (name, attributes) = of_start(&start)?;
                    open.push((name, attributes, Vec::new()));
                }
                Event::Empty(start) => {
                    let (name, attributes) = of_start(&start)?;
                    let element = Self::new(name, attributes, Vec::new());
                    open.last_mut()?.2.push(Child::Element(element));
                }
                Event::End(_) => {
                    let (name, attributes, children) = open.pop()?;
                    open.last_mut()?.2.push(Child::Element(Self::new(name, attributes, children)));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        match (open.pop()?.2.pop()?, open.is_empty()) {
            (Child::Element(root), true) => Some(root),
            _ => None,
        }
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Calls for each element inside, from the first to the last.
    pub(crate) fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        for element in self.elements() {
            element.visit(see);
        }
    }

    /// All text inside.
    pub(crate) fn text(&self) -> String {
        let parts = self.children.iter().map(|child| match child {
            Child::Element(element) => element.text(),
            Child::Text(text) => text.clone(),
        });
        parts.collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    /// As HTML. With a `prefix`, its ids and what refers to them are kept apart from others'.
    pub(crate) fn html(&self, prefix: &str, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escaped(&prefixed(name, value, prefix))));
        }
        out.push('>');
        for child in &self.children {
            match child {
                Child::Element(element) => element.html(prefix, out),
                Child::Text(text) => out.push_str(&escaped(text)),
            }
        }
        let is_void = matches!(self.name.as_str(), "br" | "hr" | "img" | "input" | "link" | "meta" | "wbr");
        if !is_void {
            out.push_str(&format!("</{}>", self.name));
        }
    }
}

fn prefixed(name: &str, value: &str, prefix: &str) -> String {
    match name {
        _ if prefix.is_empty() => value.to_owned(),
        "id" => format!("{prefix}{value}"),
        "aria-labelledby" | "aria-describedby" => {
            value.split(' ').map(|id| format!("{prefix}{id}")).collect::<Vec<_>>().join(" ")
        }
        "href" | "xlink:href" if value.starts_with('#') => format!("#{prefix}{}", &value[1..]),
        _ => value.replace("url(#", &format!("url(#{prefix}")),
    }
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn of_node(element: ElementRef<'_>, ignore: &Ignore) -> Element {
    let mut children = Vec::new();
    for child in element.children() {
        match (child.value(), ElementRef::wrap(child)) {
            (_, Some(inner)) if !ignore.matches(inner) => {
                children.push(Child::Element(of_node(inner, ignore)));
            }
            (Node::Text(text), _) => push_text(&mut children, text),
            _ => {}
        }
    }
    let value = element.value();
    let attributes = value.attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Element::new(value.name().to_owned(), attributes, children)
}

fn push_text(children: &mut Vec<Child>, text: &str) {
    let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    match children.last_mut() {
        _ if text.is_empty() => {}
        // Two texts stand side by side where an element between them is set aside.
        Some(Child::Text(before)) => *before = format!("{before} {text}"),
        _ => children.push(Child::Text(text)),
    }
}

fn of_start(start: &BytesStart<'_>) -> Option<(String, Vec<(String, String)>)> {
    let attributes = start
        .attributes()
        .map(|one| one.ok().map(|one| (one.key.as_ref().to_owned(), one.value.into_owned())));
    Some((start.name().as_ref().to_owned(), attributes.collect::<Option<_>>()?))
}
