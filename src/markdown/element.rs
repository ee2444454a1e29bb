//! The HTML that authors may write.

/// What an element holds, which says when it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing: `<br>`.
    Void,
    /// Text: closed at the end of its paragraph at the latest.
    Phrasing,
    /// Paragraphs and other blocks: may stay open over several.
    Flow,
}

/// An element that authors may write, with its attributes beside `class`, `dir`, `lang`, `title`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name, in lower case.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) content: Content,
    /// Its own attributes.
    pub(super) attributes: &'static [&'static str],
}

/// Attributes that every element may have.
pub(super) const GLOBAL: [&str; 4] = ["class", "dir", "lang", "title"];

const fn element(name: &'static str, content: Content, attributes: &'static [&'static str]) -> Element {
    Element { name, content, attributes }
}

/// The elements that authors may write.
pub(super) const ELEMENTS: &[Element] = &[
    element("a", Content::Phrasing, &["href"]),
    element("abbr", Content::Phrasing, &[]),
    element("b", Content::Phrasing, &[]),
    element("bdi", Content::Phrasing, &[]),
    element("bdo", Content::Phrasing, &[]),
    element("blockquote", Content::Flow, &[]),
    element("br", Content::Void, &[]),
    element("caption", Content::Flow, &[]),
    element("cite", Content::Phrasing, &[]),
    element("code", Content::Phrasing, &[]),
    element("col", Content::Void, &["span"]),
    element("colgroup", Content::Flow, &["span"]),
    element("dd", Content::Flow, &[]),
    element("del", Content::Phrasing, &["datetime"]),
    element("details", Content::Flow, &["open"]),
    element("dfn", Content::Phrasing, &[]),
    element("div", Content::Flow, &[]),
    element("dl", Content::Flow, &[]),
    element("dt", Content::Flow, &[]),
    element("em", Content::Phrasing, &[]),
    element("figcaption", Content::Flow, &[]),
    element("figure", Content::Flow, &[]),
    element("hr", Content::Void, &[]),
    element("i", Content::Phrasing, &[]),
    element("img", Content::Void, &["alt", "height", "src", "width"]),
    element("ins", Content::Phrasing, &["datetime"]),
    element("kbd", Content::Phrasing, &[]),
    element("li", Content::Flow, &["value"]),
    element("mark", Content::Phrasing, &[]),
    element("ol", Content::Flow, &["reversed", "start", "type"]),
    element("p", Content::Phrasing, &[]),
    element("pre", Content::Flow, &[]),
    element("q", Content::Phrasing, &[]),
    element("rp", Content::Phrasing, &[]),
    element("rt", Content::Phrasing, &[]),
    element("ruby", Content::Phrasing, &[]),
    element("s", Content::Phrasing, &[]),
    element("samp", Content::Phrasing, &[]),
    element("small", Content::Phrasing, &[]),
    element("span", Content::Phrasing, &[]),
    element("strong", Content::Phrasing, &[]),
    element("sub", Content::Phrasing, &[]),
    element("summary", Content::Phrasing, &[]),
    element("sup", Content::Phrasing, &[]),
    element("table", Content::Flow, &[]),
    element("tbody", Content::Flow, &[]),
    element("td", Content::Flow, &["colspan", "rowspan"]),
    element("tfoot", Content::Flow, &[]),
    element("th", Content::Flow, &["colspan", "rowspan", "scope"]),
    element("thead", Content::Flow, &[]),
    element("time", Content::Phrasing, &["datetime"]),
    element("tr", Content::Flow, &[]),
    element("u", Content::Phrasing, &[]),
    element("ul", Content::Flow, &[]),
    element("var", Content::Phrasing, &[]),
    element("wbr", Content::Void, &[]),
];

/// The element of a name, if authors may write it.
pub(super) fn allowed(name: &str) -> Option<&'static Element> {
    ELEMENTS.iter().find(|element| element.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted_and_found_in_any_case() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.name < b.name));
        assert_eq!(allowed("TABLE").map(|element| element.name), Some("table"));
        for name in ["script", "iframe", "form", "input", "style", "h1", "svg", "section"] {
            assert_eq!(allowed(name), None, "{name}");
        }
    }
}
