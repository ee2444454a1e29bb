//! Destinations of links and images.

use std::borrow::Cow;

/// What a destination leads to, by its form alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DestinationKind {
    /// A place in the same document: `#id`.
    Anchor,
    /// Another file or page of the site.
    Internal,
    /// Another site: `https:`, `http:`, or `//host`.
    External,
    /// A mail or telephone program: `mailto:`, `tel:`.
    Contact,
    /// Anything with another scheme, such as `javascript:`; contains the scheme.
    Unknown(String),
}

/// Removes what browsers ignore in a destination: control characters, and spaces at the ends.
/// Otherwise `java&#10;script:` would look like a path.
pub(super) fn tidy(destination: &str) -> Cow<'_, str> {
    let trimmed = destination.trim_matches(|c: char| c.is_control() || c == ' ');
    if trimmed.contains(char::is_control) {
        Cow::Owned(trimmed.chars().filter(|c| !c.is_control()).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}

/// Classifies a tidy destination.
pub(super) fn kind(destination: &str) -> DestinationKind {
    if destination.starts_with('#') {
        return DestinationKind::Anchor;
    }
    let mut first = destination.chars();
    if let (Some('/' | '\\'), Some('/' | '\\')) = (first.next(), first.next()) {
        return DestinationKind::External;
    }
    let Some((scheme, _)) = destination.split_once(':') else {
        return DestinationKind::Internal;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if !is_scheme {
        return DestinationKind::Internal;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => DestinationKind::External,
        "mailto" | "tel" => DestinationKind::Contact,
        scheme => DestinationKind::Unknown(scheme.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart() {
        let cases = [
            ("#概述", DestinationKind::Anchor),
            ("../2011.md", DestinationKind::Internal),
            ("/about/", DestinationKind::Internal),
            ("", DestinationKind::Internal),
            ("附件:1.pdf", DestinationKind::Internal),
            ("2012:1.md", DestinationKind::Internal),
            ("HTTPS://example.org", DestinationKind::External),
            ("//example.org", DestinationKind::External),
            ("/\\example.org", DestinationKind::External),
            ("mailto:a@example.org", DestinationKind::Contact),
            ("JavaScript:alert(1)", DestinationKind::Unknown("javascript".into())),
            ("data:text/html,x", DestinationKind::Unknown("data".into())),
        ];
        for (destination, expected) in cases {
            assert_eq!(kind(destination), expected, "{destination}");
        }
    }

    #[test]
    fn what_browsers_ignore_is_removed_before() {
        assert_eq!(tidy(" \u{1}java\nscript\t:x\r "), "javascript:x");
        assert_eq!(tidy("a b"), "a b");
    }
}
