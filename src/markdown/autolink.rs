//! Bare web addresses in a text, which become links. Other than the autolinks of GFM, they may
//! touch Chinese text.

use std::ops::Range;

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

/// Whether an address contains `&amp;` or the like, which is for the Markdown parser to read.
fn holds_reference(address: &str) -> bool {
    address.split('&').skip(1).any(|part| {
        let name = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
        name.len() < part.len() && name.starts_with(';')
    })
}

/// The number of closing parentheses without an opening one before them.
fn closing_surplus(address: &str) -> usize {
    let (_, surplus) = address.bytes().fold((0_usize, 0_usize), |(open, surplus), byte| match byte {
        b'(' => (open + 1, surplus),
        b')' if open > 0 => (open - 1, surplus),
        b')' => (open, surplus + 1),
        _ => (open, surplus),
    });
    surplus
}

/// Removes the `&lt;` or the mere `;` at the end.
fn without_reference(address: &str) -> &str {
    let without = address.strip_suffix(';').unwrap_or(address);
    let name = without.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    match name.strip_suffix('&') {
        Some(before) if name.len() < without.len() => before,
        _ => without,
    }
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()+,;=%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

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
