//! Text and attribute values as HTML.

/// What a byte needs; characters above ASCII pass, but for the control characters behind `0xC2`.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = byte != b'\n' as usize && byte != b'\t' as usize;
        byte += 1;
    }
    table[0x7f] = true;
    table[0xc2] = true;
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table
};

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
    while let Some(found) =
        bytes.iter().skip(at).position(|byte| SPECIAL.get(usize::from(*byte)) == Some(&true))
    {
        let special = at + found;
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
