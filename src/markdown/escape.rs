//! Text and attribute values as HTML.

/// Whether a byte needs a closer look: markup, a control character, or the first byte of U+0080 to
/// U+00BF, among which are control characters too.
fn is_special(byte: u8) -> bool {
    byte < 0x20 && byte != b'\n' && byte != b'\t' || matches!(byte, 0x7f | 0xc2 | b'&' | b'<' | b'>' | b'"')
}

/// How many bytes are looked at together: the compiler compares them all at once.
const CHUNK: usize = 32;

/// The first special byte of a text from a place on.
fn next_special(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    for chunk in bytes.get(from..)?.chunks(CHUNK) {
        if chunk.iter().fold(false, |any, byte| any | is_special(*byte)) {
            let found = chunk.iter().position(|byte| is_special(*byte))?;
            return Some(at + found);
        }
        at += chunk.len();
    }
    None
}

/// Whether a text is the same in HTML and needs no cleaning either.
pub(super) fn is_clean(text: &str) -> bool {
    next_special(text.as_bytes(), 0).is_none()
}

/// Appends text between tags.
pub(super) fn push_text(out: &mut String, text: &str) {
    push(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("\""),
        _ => None,
    });
}

/// Appends the value of an attribute, to stand between double quotes.
pub(super) fn push_value(out: &mut String, value: &str) {
    push(out, value, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends text that may hold character references which a parser will read later.
pub(super) fn push_referenced(out: &mut String, text: &str) {
    push(out, text, |byte| match byte {
        b'&' => Some("&"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends text as it is, without the control characters that no text should hold.
pub(super) fn push_plain(out: &mut String, text: &str) {
    push(out, text, |byte| match byte {
        b'&' => Some("&"),
        b'<' => Some("<"),
        b'>' => Some(">"),
        b'"' => Some("\""),
        _ => None,
    });
}

/// Appends ` name="value"`.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_value(out, value);
    out.push('"');
}

fn push(out: &mut String, text: &str, replace: impl Fn(u8) -> Option<&'static str>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    while let Some(special) = next_special(bytes, at) {
        at = special + 1;
        let byte = bytes.get(special).copied().unwrap_or(0);
        if byte == 0xc2 {
            // U+00A0 and what follows it is text; U+0080 to U+009F are control characters.
            at += 1;
            if bytes.get(special + 1).is_some_and(|next| *next >= 0xa0) {
                continue;
            }
        }
        out.push_str(text.get(done..special).unwrap_or(""));
        out.push_str(replace(byte).unwrap_or(""));
        done = at;
    }
    out.push_str(text.get(done..).unwrap_or(""));
}

#[cfg(test)]
mod tests {
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
        assert_eq!(with(push_referenced, "&nbsp;<"), "&nbsp;&lt;");
    }

    #[test]
    fn control_characters_vanish() {
        assert_eq!(with(push_text, "a\0\r\u{7f}\u{85}\u{a0}b\t\n"), "a\u{a0}b\t\n");
        assert_eq!(with(push_plain, "\u{1b}<条\u{9f}>"), "<条>");
    }
}
