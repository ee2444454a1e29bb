//! Compares two trees of elements.

use std::fmt::Write;
use std::sync::Arc;

use crate::align::{Aligned, align};
use crate::difference::{Difference, Drawings, Place, What, shortened};
use crate::markup::{Child, Element};

/// How many differences inside a drawing are named.
const DETAILS: usize = 40;

/// All differences of two documents.
pub(crate) fn compare(old: &Element, new: &Element) -> Vec<Difference> {
    let mut walk = Walk { styles: [styles(old), styles(new)], ..Walk::default() };
    walk.pair(&Child::Element(old.clone()), &Child::Element(new.clone()), 0);
    walk.found
}

/// The style sheets that a page asks for.
fn styles(page: &Element) -> Vec<String> {
    let mut styles = Vec::new();
    page.visit(&mut |element| {
        if element.attribute("rel") == Some("stylesheet") {
            styles.extend(element.attribute("href").map(str::to_owned));
        }
    });
    styles
}

#[derive(Debug, Default)]
struct Walk {
    found: Vec<Difference>,
    path: Vec<Step>,
    styles: [Vec<String>; 2],
    is_in_drawing: bool,
}

/// An element on the way from the root.
#[derive(Debug)]
struct Step {
    name: String,
    id: String,
    classes: String,
    /// Its number among siblings of its name, counted from 1; 0 where it has none.
    nth: usize,
}

impl Step {
    fn new(element: &Element, nth: usize) -> Self {
        Self {
            name: element.name.clone(),
            id: element.attribute("id").unwrap_or_default().to_owned(),
            classes: element.attribute("class").unwrap_or_default().to_owned(),
            nth,
        }
    }

    fn write(&self, place: &mut Place) {
        for (text, is_exact) in [(&mut place.exact, true), (&mut place.general, false)] {
            if !text.is_empty() {
                text.push_str(" > ");
            }
            text.push_str(&self.name);
            if self.id.is_empty() {
                for class in self.classes.split_ascii_whitespace().take(2) {
                    text.push('.');
                    text.push_str(class);
                }
            } else {
                text.push('#');
                text.push_str(&if is_exact { self.id.clone() } else { without_numbers(&self.id) });
            }
            if is_exact && self.nth > 0 {
                let _ = write!(text, ":nth-of-type({})", self.nth);
            }
        }
    }
}

/// A text with `N` for each number.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match (letter.is_ascii_digit(), out.ends_with('N')) {
            (true, true) => {}
            (true, false) => out.push('N'),
            (false, _) => out.push(letter),
        }
    }
    out
}

impl Walk {
    fn place(&self) -> Place {
        let from = self.path.iter().rposition(|step| !step.id.is_empty());
        let from = from.unwrap_or(usize::from(self.path.first().is_some_and(|step| step.name == "html")));
        let mut place = Place::default();
        for step in self.path.iter().skip(from.min(self.path.len().saturating_sub(1))) {
            step.write(&mut place);
        }
        place
    }

    fn pair(&mut self, old: &Child, new: &Child, nth: usize) {
        match (old, new) {
            (Child::Element(old), Child::Element(new)) if old.hash != new.hash => {
                self.path.push(Step::new(new, nth));
                if new.name == "svg" && !self.is_in_drawing {
                    self.drawing(old, new);
                } else {
                    self.inside(old, new);
                }
                self.path.pop();
            }
            (Child::Text(old), Child::Text(new)) if old != new => {
                self.found.push(Difference::new(What::Text, self.place(), Some(old), Some(new)));
            }
            _ => {}
        }
    }

    /// The attributes and children of two elements of one name.
    fn inside(&mut self, old: &Element, new: &Element) {
        let names = old.attributes.iter().chain(&new.attributes).map(|(name, _)| name.as_str());
        let names: std::collections::BTreeSet<&str> = names.collect();
        for name in names {
            let (before, after) = (old.attribute(name), new.attribute(name));
            if before != after {
                let what = What::Attribute(name.to_owned());
                self.found.push(Difference::new(what, self.place(), before, after));
            }
        }
        let hashes = |element: &Element| element.children.iter().map(Child::hash).collect::<Vec<_>>();
        let names = |element: &Element| element.children.iter().map(identity).collect::<Vec<_>>();
        let is_alike = |at_old: usize, at_new: usize| match (&old.children[at_old], &new.children[at_new]) {
            (Child::Element(old), Child::Element(new)) => old.name == new.name,
            (Child::Text(_), Child::Text(_)) => true,
            _ => false,
        };
        let aligned = align((&hashes(old), &hashes(new)), (&names(old), &names(new)), is_alike);
        for one in aligned {
            match one {
                Aligned::Changed(at_old, at_new) => {
                    self.pair(&old.children[at_old], &new.children[at_new], nth(new, at_new));
                }
                Aligned::Removed(at) => self.alone(&old.children[at], nth(old, at), true),
                Aligned::Added(at) => self.alone(&new.children[at], nth(new, at), false),
            }
        }
    }

    /// What only one of the documents has.
    fn alone(&mut self, child: &Child, nth: usize, is_old: bool) {
        let side =
            |text: &str| if is_old { (Some(text.to_owned()), None) } else { (None, Some(text.to_owned())) };
        match child {
            Child::Text(text) => {
                let (old, new) = side(text);
                self.found.push(Difference::new(What::Text, self.place(), old.as_deref(), new.as_deref()));
            }
            Child::Element(element) => {
                self.path.push(Step::new(element, nth));
                let mut html = String::new();
                element.html("", &mut html);
                let (old, new) = side(&html);
                let mut difference =
                    Difference::new(What::Element, self.place(), old.as_deref(), new.as_deref());
                if let Some(svg) = svg_in(element).filter(|_| !self.is_in_drawing) {
                    difference.what = What::Drawing;
                    let drawing = self.drawn(svg, if is_old { "old-" } else { "new-" });
                    let (old, new) = if is_old { (drawing, String::new()) } else { (String::new(), drawing) };
                    difference.drawings = Some(Arc::new(Drawings { old, new, styles: self.styles.clone() }));
                }
                self.found.push(difference);
                self.path.pop();
            }
        }
    }

    /// A drawing: one difference, with all that differs inside.
    fn drawing(&mut self, old: &Element, new: &Element) {
        let mut inner = Self { is_in_drawing: true, ..Self::default() };
        inner.path.push(Step::new(&Element { name: "svg".to_owned(), ..Element::default() }, 0));
        inner.inside(old, new);
        let said = inner.found.iter().map(|one| {
            let edit = one.edit();
            let text = |text: Option<String>| text.map_or("nothing".to_owned(), |text| format!("“{text}”"));
            let place = one.place.exact.strip_prefix("svg > ").unwrap_or(&one.place.exact);
            format!("{} at {place}: {} → {}", one.what, text(edit.0), text(edit.1))
        });
        let mut details: Vec<String> = said.take(DETAILS).collect();
        if inner.found.len() > DETAILS {
            details.push(format!("and {} more", inner.found.len() - DETAILS));
        }
        let mut difference = Difference::new(
            What::Drawing,
            self.place(),
            Some(&shortened(&old.text(), 200)),
            Some(&shortened(&new.text(), 200)),
        );
        difference.details = details;
        difference.drawings = Some(Arc::new(Drawings {
            old: self.drawn(old, "old-"),
            new: self.drawn(new, "new-"),
            styles: self.styles.clone(),
        }));
        self.found.push(difference);
    }

    /// A drawing as HTML, inside copies of the elements that frame it in its figure, for the style sheet.
    fn drawn(&self, svg: &Element, prefix: &str) -> String {
        let figure = self.path.iter().rposition(|step| step.name == "figure");
        let frame = figure.map_or(&[][..], |at| &self.path[at..]);
        let frame: Vec<&Step> = frame.iter().filter(|step| step.name != "svg").collect();
        let mut html = String::new();
        for step in &frame {
            let _ = write!(html, "<{} class=\"{}\">", step.name, crate::markup::escaped(&step.classes));
        }
        svg.html(prefix, &mut html);
        for step in frame.iter().rev() {
            let _ = write!(html, "</{}>", step.name);
        }
        html
    }
}

/// What tells a child from its siblings, whatever it contains.
fn identity(child: &Child) -> String {
    match child {
        Child::Text(_) => "#text".to_owned(),
        Child::Element(element) => {
            let of = |name| element.attribute(name).filter(|value| !value.is_empty());
            let is = of("id").or_else(|| of("name")).or_else(|| of("property")).or_else(|| of("rel"));
            let own = match (is, element.name.as_str()) {
                (Some(id), _) => id.to_owned(),
                (None, "tr") => element.elements().next().map(Element::text).unwrap_or_default(),
                (None, _) => of("class").unwrap_or_default().to_owned(),
            };
            format!("{} {own}", element.name)
        }
    }
}

/// The number of a child among the elements of its name; 0 where it is the only one.
fn nth(parent: &Element, at: usize) -> usize {
    let Some(Child::Element(own)) = parent.children.get(at) else { return 0 };
    let is_alike = |child: &&Child| matches!(child, Child::Element(element) if element.name == own.name);
    let before = parent.children[..at].iter().filter(is_alike).count();
    let all = parent.children.iter().filter(is_alike).count();
    if all > 1 { before + 1 } else { 0 }
}

fn svg_in(element: &Element) -> Option<&Element> {
    let mut svg = None;
    element.visit(&mut |inner| {
        if inner.name == "svg" {
            svg = svg.or(Some(inner));
        }
    });
    svg
}
