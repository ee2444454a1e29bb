//! The HTML that authors may write.

/// What an element contains, which decides when it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContentModel {
    /// Nothing: `<br>`.
    Void,
    /// Text; closed at the end of its paragraph at the latest.
    Phrasing,
    /// Paragraphs and other blocks; may stay open over several.
    Flow,
}

/// An element that authors may write.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// In lower case.
    pub(super) name: &'static str,
    pub(super) content: ContentModel,
    /// Its attributes beside the global ones.
    pub(super) attributes: &'static [&'static str],
}

/// Attributes that every element may have.
pub(super) const GLOBAL: [&str; 4] = ["class", "dir", "lang", "title"];

const fn element(name: &'static str, content: ContentModel, attributes: &'static [&'static str]) -> Element {
    Element { name, content, attributes }
}

pub(super) const ELEMENTS: &[Element] = &[
    element("a", ContentModel::Phrasing, &["href"]),
    element("abbr", ContentModel::Phrasing, &[]),
    element("b", ContentModel::Phrasing, &[]),
    element("bdi", ContentModel::Phrasing, &[]),
    element("bdo", ContentModel::Phrasing, &[]),
    element("blockquote", ContentModel::Flow, &[]),
    element("br", ContentModel::Void, &[]),
    element("caption", ContentModel::Flow, &[]),
    element("cite", ContentModel::Phrasing, &[]),
    element("code", ContentModel::Phrasing, &[]),
    element("col", ContentModel::Void, &["span"]),
    element("colgroup", ContentModel::Flow, &["span"]),
    element("dd", ContentModel::Flow, &[]),
    element("del", ContentModel::Phrasing, &["datetime"]),
    element("details", ContentModel::Flow, &["open"]),
    element("dfn", ContentModel::Phrasing, &[]),
    element("div", ContentModel::Flow, &[]),
    element("dl", ContentModel::Flow, &[]),
    element("dt", ContentModel::Flow, &[]),
    element("em", ContentModel::Phrasing, &[]),
    element("figcaption", ContentModel::Flow, &[]),
    element("figure", ContentModel::Flow, &[]),
    element("hr", ContentModel::Void, &[]),
    element("i", ContentModel::Phrasing, &[]),
    element("img", ContentModel::Void, &["alt", "height", "src", "width"]),
    element("ins", ContentModel::Phrasing, &["datetime"]),
    element("kbd", ContentModel::Phrasing, &[]),
    element("li", ContentModel::Flow, &["value"]),
    element("mark", ContentModel::Phrasing, &[]),
    element("ol", ContentModel::Flow, &["reversed", "start", "type"]),
    element("p", ContentModel::Phrasing, &[]),
    element("pre", ContentModel::Flow, &[]),
    element("q", ContentModel::Phrasing, &[]),
    element("rp", ContentModel::Phrasing, &[]),
    element("rt", ContentModel::Phrasing, &[]),
    element("ruby", ContentModel::Phrasing, &[]),
    element("s", ContentModel::Phrasing, &[]),
    element("samp", ContentModel::Phrasing, &[]),
    element("small", ContentModel::Phrasing, &[]),
    element("span", ContentModel::Phrasing, &[]),
    element("strong", ContentModel::Phrasing, &[]),
    element("sub", ContentModel::Phrasing, &[]),
    element("summary", ContentModel::Phrasing, &[]),
    element("sup", ContentModel::Phrasing, &[]),
    element("table", ContentModel::Flow, &[]),
    element("tbody", ContentModel::Flow, &[]),
    element("td", ContentModel::Flow, &["colspan", "rowspan"]),
    element("tfoot", ContentModel::Flow, &[]),
    element("th", ContentModel::Flow, &["colspan", "rowspan", "scope"]),
    element("thead", ContentModel::Flow, &[]),
    element("time", ContentModel::Phrasing, &["datetime"]),
    element("tr", ContentModel::Flow, &[]),
    element("u", ContentModel::Phrasing, &[]),
    element("ul", ContentModel::Flow, &[]),
    element("var", ContentModel::Phrasing, &[]),
    element("wbr", ContentModel::Void, &[]),
];

/// Returns the element of a name, if authors may write it.
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
