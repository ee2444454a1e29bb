//! Escapes text for HTML and XML.
//!
//! The variants differ in which characters become references and in what happens to control
//! characters, which neither HTML nor XML can hold. One scanner serves them all.

/// How many bytes are compared at once: the compiler vectorises a chunk of this size.
const CHUNK: usize = 32;

/// Appends text of the site, which may stand between tags or double quotes. Control characters stay.
pub(crate) fn push_html(out: &mut String, text: &str) {
    let is_special = |byte| matches!(byte, b'&' | b'<' | b'>' | b'"');
    replace(text, is_special, |bytes| first(bytes, entity), |piece| out.push_str(piece));
}

/// Appends text to stand between tags, without control characters.
pub(crate) fn push_text(out: &mut String, text: &str) {
    push_clean(out, text, |byte| if byte == b'"' { None } else { entity(byte) });
}

/// Appends the value of an attribute, to stand between double quotes, without control characters.
pub(crate) fn push_value(out: &mut String, value: &str) {
    push_clean(out, value, entity);
}

/// Appends text whose character references stay, for a parser to read later.
pub(crate) fn push_referenced(out: &mut String, text: &str) {
    push_clean(out, text, |byte| if byte == b'&' { None } else { entity(byte) });
}

/// Appends text as it is, without control characters.
pub(crate) fn push_plain(out: &mut String, text: &str) {
    push_clean(out, text, |_| None);
}

pub(crate) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_value(out, value);
    out.push('"');
}

/// Appends text to an XML document: space stands for tabs and line breaks, and what XML 1.0 cannot
/// hold is dropped.
pub(crate) fn push_xml(out: &mut Vec<u8>, text: &str) {
    let is_special = |byte| is_markup_or_control(byte) || matches!(byte, b'\t' | b'\n' | 0xef);
    let instead = |bytes: &[u8]| match bytes {
        [b'\t' | b'\n' | b'\r', ..] => Some((" ", 1)),
        [0xef, 0xbf, 0xbe | 0xbf, ..] => Some(("", 3)),
        _ => control(bytes).or_else(|| first(bytes, entity)),
    };
    replace(text, is_special, instead, |piece| out.extend_from_slice(piece.as_bytes()));
}

/// Whether a text is the same in HTML and has no control characters.
pub(crate) fn is_clean(text: &str) -> bool {
    next_special(text.as_bytes(), is_markup_or_control).is_none()
}

fn push_clean(out: &mut String, text: &str, entity: impl Fn(u8) -> Option<&'static str>) {
    let instead = |bytes: &[u8]| control(bytes).or_else(|| first(bytes, &entity));
    replace(text, is_markup_or_control, instead, |piece| out.push_str(piece));
}

fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// What stands for the first of the bytes, and how many bytes that replaces.
fn first(bytes: &[u8], entity: impl Fn(u8) -> Option<&'static str>) -> Option<(&'static str, usize)> {
    Some((entity(*bytes.first()?)?, 1))
}

/// Nothing, for a control character at the start.
fn control(bytes: &[u8]) -> Option<(&'static str, usize)> {
    match bytes {
        [b'\n' | b'\t', ..] => None,
        [..b' ' | 0x7f, ..] => Some(("", 1)),
        [0xc2, 0x80..=0x9f, ..] => Some(("", 2)),
        _ => None,
    }
}

/// Whether a byte may begin markup or a control character. U+0080 to U+009F begin with 0xC2.
fn is_markup_or_control(byte: u8) -> bool {
    byte < b' ' && byte != b'\n' && byte != b'\t' || matches!(byte, 0x7f | 0xc2 | b'&' | b'<' | b'>' | b'"')
}

/// The offset of the first special byte.
fn next_special(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> Option<usize> {
    let mut start = 0;
    for chunk in bytes.chunks(CHUNK) {
        if chunk.iter().fold(false, |any, byte| any | is_special(*byte)) {
            return chunk.iter().position(|byte| is_special(*byte)).map(|at| start + at);
        }
        start += chunk.len();
    }
    None
}

/// Emits a text in pieces. At each special byte, `instead` decides what stands for how many of the
/// bytes from there on; `None` keeps the byte.
fn replace(
    text: &str,
    is_special: impl Fn(u8) -> bool,
    instead: impl Fn(&[u8]) -> Option<(&'static str, usize)>,
    mut emit: impl FnMut(&str),
) {
    let bytes = text.as_bytes();
    let (mut emitted, mut at) = (0, 0);
    while let Some(rest) = bytes.get(at..)
        && let Some(next) = next_special(rest, &is_special)
    {
        at += next;
        let Some((replacement, length)) = instead(bytes.get(at..).unwrap_or_default()) else {
            at += 1;
            continue;
        };
        emit(text.get(emitted..at).unwrap_or_default());
        emit(replacement);
        at += length;
        emitted = at;
    }
    emit(text.get(emitted..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with(push: fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text);
        out
    }

    #[test]
    fn what_html_reads_as_markup_is_escaped() {
        assert_eq!(with(push_text, "a<b> & \"条\" · "), "a&lt;b&gt; &amp; \"条\" · ");
        assert_eq!(with(push_value, "a<b> & \"条\""), "a&lt;b&gt; &amp; &quot;条&quot;");
        assert_eq!(with(push_html, "a<b> & \"条\"\u{1}'"), "a&lt;b&gt; &amp; &quot;条&quot;\u{1}'");
        assert_eq!(with(push_referenced, "&nbsp;<"), "&nbsp;&lt;");
    }

    #[test]
    fn control_characters_vanish() {
        assert_eq!(with(push_text, "a\0\r\u{7f}\u{85}\u{a0}b\t\n"), "a\u{a0}b\t\n");
        assert_eq!(with(push_plain, "\u{1b}<条\u{9f}>"), "<条>");
    }

    proptest! {
        #[test]
        fn xml_is_escaped_as_character_by_character(text in "[\\PC\u{0}-\u{a0}&<>\"，\u{fffd}\u{fffe}\u{ffff}]{0,40}") {
            let mut slow = String::new();
            for c in text.chars() {
                match c {
                    '&' => slow.push_str("&amp;"),
                    '<' => slow.push_str("&lt;"),
                    '>' => slow.push_str("&gt;"),
                    '"' => slow.push_str("&quot;"),
                    '\t' | '\n' | '\r' => slow.push(' '),
                    '\u{fffe}' | '\u{ffff}' => {}
                    c if c.is_control() => {}
                    c => slow.push(c),
                }
            }
            let mut out = Vec::new();
            push_xml(&mut out, &text);
            prop_assert_eq!(String::from_utf8(out).unwrap(), slow);
        }
    }
}
