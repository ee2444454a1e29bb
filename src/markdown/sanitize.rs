//! The second lock on raw HTML: the whole document goes through an HTML parser, so that elements
//! nest as browsers will see them, and only what is listed remains.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use super::element::{ELEMENTS, GLOBAL};

/// Elements that the writer makes and authors cannot write.
const MADE: [&str; 6] = ["h2", "h3", "h4", "h5", "h6", "section"];

/// Attributes that only the writer makes.
const MADE_ATTRIBUTES: [(&str, &[&str]); 12] = [
    ("a", &["aria-label", "id", "rel", "role"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["loading"]),
    ("li", &["id"]),
    ("section", &["aria-label", "role", "tabindex"]),
    ("sup", &["id"]),
    ("th", &["scope"]),
    ("ol", &["start"]),
];

/// Makes the HTML of a document well-formed and harmless.
pub(super) fn sanitize(html: &str) -> String {
    static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(builder);
    BUILDER.clean(html).to_string()
}

fn builder() -> Builder<'static> {
    let mut attributes: HashMap<&str, HashSet<&str>> =
        ELEMENTS.iter().map(|element| (element.name, element.attributes.iter().copied().collect())).collect();
    for (name, own) in MADE_ATTRIBUTES {
        attributes.entry(name).or_default().extend(own);
    }
    let tags = ELEMENTS.iter().map(|element| element.name).chain(MADE);
    let mut builder = Builder::empty();
    builder
        .tags(tags.collect())
        .tag_attributes(attributes)
        .generic_attributes(GLOBAL.into_iter().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(None);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_listed_goes() {
        let html = "<p onclick=\"x()\" style=\"a\" id=\"b\" class=\"c\">a<script>x</script></p>\
            <a href=\"javascript:x\">b</a><iframe src=\"c\"></iframe><form><input></form>\
            <svg><style>x</style></svg><math></math><!-- d -->";
        assert_eq!(sanitize(html), "<p class=\"c\">a</p><a>b</a>");
    }

    #[test]
    fn what_is_open_is_closed_and_what_closes_nothing_goes() {
        assert_eq!(sanitize("<div><b>a</div></section></body>c"), "<div><b>a</b></div><b>c</b>");
    }
}
