//! What a link points to, and addresses that stand in a text as they are.

use std::borrow::Cow;
use std::ops::Range;

/// Where the destination of a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// To a place in the same document: `#id`.
    Anchor,
    /// To another file or page of the site.
    Internal,
    /// To another site: `https:`, `http:`, or `//host`.
    External,
    /// To a mail or telephone program: `mailto:`, `tel:`.
    Contact,
    /// Anything else with a scheme, such as `javascript:`; holds the scheme.
    Unknown(String),
}

/// The destination without what browsers ignore in it: line breaks, tabs, control characters
/// and spaces at the ends. Without this, `java&#10;script:` would look like a path.
pub(super) fn tidy(destination: &str) -> Cow<'_, str> {
    let trimmed = destination.trim_matches(|c: char| c.is_control() || c == ' ');
    if trimmed.contains(char::is_control) {
        Cow::Owned(trimmed.chars().filter(|c| !c.is_control()).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}

/// Tells where a tidy destination leads.
pub(super) fn kind(destination: &str) -> Kind {
    if destination.starts_with('#') {
        return Kind::Anchor;
    }
    let mut first = destination.chars();
    if let (Some('/' | '\\'), Some('/' | '\\')) = (first.next(), first.next()) {
        return Kind::External;
    }
    let Some((scheme, _)) = destination.split_once(':') else {
        return Kind::Internal;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if !is_scheme {
        return Kind::Internal;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => Kind::External,
        "mailto" | "tel" => Kind::Contact,
        scheme => Kind::Unknown(scheme.to_owned()),
    }
}

/// Finds `http://` and `https://` addresses, in order. They end before the first character that
/// is not ASCII, so Chinese text and punctuation may stand right behind them.
pub(super) fn find_addresses(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let before = bytes.get(..colon).unwrap_or(&[]);
        let start = if before.ends_with(b"https") {
            colon - 5
        } else if before.ends_with(b"http") {
            colon - 4
        } else {
            continue;
        };
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let previous = start.checked_sub(1).and_then(|at| bytes.get(at));
        if previous.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'<' | b'\\')) {
            continue;
        }
        if let Some(end) = address_end(text, colon) {
            found.push(start..end);
        }
    }
    found
}

/// The end of an address whose scheme ends at `colon`.
fn address_end(text: &str, colon: usize) -> Option<usize> {
    let rest = text.get(colon + 1..)?.strip_prefix("//")?;
    if !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let bytes = rest.as_bytes();
    let length = bytes
        .iter()
        .enumerate()
        .position(|(at, byte)| !is_address_byte(*byte) || (*byte == b'~' && bytes.get(at + 1) == Some(&b'~')))
        .unwrap_or(bytes.len());
    let mut address = rest.get(..length)?;
    // Brackets that do not pair belong to the text around, as does closing punctuation.
    let mut unmatched = closing_surplus(address);
    loop {
        let shorter = match address.as_bytes().last() {
            Some(b')') if unmatched > 0 => {
                unmatched -= 1;
                address.strip_suffix(')')
            }
            Some(b';') => Some(without_reference(address)),
            Some(b'?' | b'!' | b'.' | b',' | b':' | b'_' | b'~' | b'\'' | b'&' | b'(') => {
                address.get(..address.len() - 1)
            }
            _ => None,
        };
        match shorter {
            Some(shorter) => address = shorter,
            None => break,
        }
    }
    (!address.is_empty() && !holds_reference(address)).then_some(colon + 3 + address.len())
}

/// Whether an address holds `&amp;` or the like: that is for the Markdown parser to read.
fn holds_reference(address: &str) -> bool {
    address.split('&').skip(1).any(|part| {
        let name = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
        name.len() < part.len() && name.starts_with(';')
    })
}

/// How many closing parentheses have no opening one before them.
fn closing_surplus(address: &str) -> usize {
    let (_, surplus) = address.bytes().fold((0_usize, 0_usize), |(open, surplus), byte| match byte {
        b'(' => (open + 1, surplus),
        b')' if open > 0 => (open - 1, surplus),
        b')' => (open, surplus + 1),
        _ => (open, surplus),
    });
    surplus
}

/// Without the `&lt;` or the mere `;` at the end.
fn without_reference(address: &str) -> &str {
    let without = address.strip_suffix(';').unwrap_or(address);
    let name = without.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    match name.strip_suffix('&') {
        Some(before) if name.len() < without.len() => before,
        _ => without,
    }
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b':'
                | b'/'
                | b'?'
                | b'#'
                | b'@'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'+'
                | b','
                | b';'
                | b'='
                | b'%'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart() {
        let cases = [
            ("#概述", Kind::Anchor),
            ("../2011.md", Kind::Internal),
            ("/about/", Kind::Internal),
            ("", Kind::Internal),
            ("附件:1.pdf", Kind::Internal),
            ("2012:1.md", Kind::Internal),
            ("HTTPS://example.org", Kind::External),
            ("//example.org", Kind::External),
            ("/\\example.org", Kind::External),
            ("mailto:a@example.org", Kind::Contact),
            ("JavaScript:alert(1)", Kind::Unknown("javascript".into())),
            ("data:text/html,x", Kind::Unknown("data".into())),
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

    #[test]
    fn addresses_end_where_the_text_goes_on() {
        let cases = [
            ("网址：https://example.org/a_b?x=1&y=2。", "https://example.org/a_b?x=1&y=2"),
            ("（见http://example.org）", "http://example.org"),
            ("https://example.org查询", "https://example.org"),
            ("see https://example.org/a.", "https://example.org/a"),
            ("(https://example.org/a(b))", "https://example.org/a(b)"),
            ("https://example.org/(a", "https://example.org/(a"),
            ("https://example.org/a(", "https://example.org/a"),
            ("**https://example.org**", "https://example.org"),
            ("~~https://example.org~~", "https://example.org"),
            ("[https://example.org](x)", "https://example.org"),
            ("https://example.org/a&lt;", "https://example.org/a"),
            ("https://example.org/a;", "https://example.org/a"),
        ];
        for (text, expected) in cases {
            let found = find_addresses(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(&text[found[0].clone()], expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_text() {
        for text in [
            "<https://example.org>",
            "xhttp://example.org",
            "https:",
            "https://",
            "https://。",
            "http:/a",
            "\\https://example.org",
            "ftp://example.org",
            "https://example.org/?a&amp;b",
        ] {
            assert!(find_addresses(text).is_empty(), "{text}");
        }
    }
}
