//! Writes texts as YAML scalars: plain where that is safe, else in double quotes.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The context of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// After a key, to the end of the line.
    Block,
    /// Between brackets or braces.
    Flow,
}

/// Writes a text so that every YAML reader returns it unchanged.
pub fn scalar(text: &str, style: Style) -> Cow<'_, str> {
    if is_plain(text, style) { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// Whether a text can go without quotes; when in doubt, it cannot.
fn is_plain(text: &str, style: Style) -> bool {
    const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`=~";
    const WORDS: [&str; 12] =
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "<<"];
    let Some(first) = text.chars().next() else { return false };
    let is_word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    // `-35` begins no list item.
    let negative = first == '-' && text.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let bad_start = INDICATORS.contains(first) && !negative;
    let printable = |c: char| c == ' ' || (!c.is_control() && !c.is_whitespace() && !is_strange(c));
    let bad_inside = text.contains(": ") || text.contains(" #") || text.ends_with(':');
    let bad_in_flow = style == Style::Flow && text.contains([',', '[', ']', '{', '}', ':', '?', '"', '\'']);
    !is_word
        && !bad_start
        && !bad_inside
        && !bad_in_flow
        && text.trim() == text
        && text.chars().all(printable)
        && !text.starts_with("---")
        && !text.starts_with("...")
}

/// Whether YAML allows a character unescaped.
pub fn is_printable(c: char) -> bool {
    !c.is_control() && !is_strange(c)
}

/// Characters that YAML calls unprintable, or that readers treat as line breaks.
fn is_strange(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_strange(c) => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_are_rare() {
        for text in [
            "289",
            "680余",
            "59237.2449",
            "-35",
            "+19",
            "n/a",
            "/",
            "—",
            "<1",
            "≥3",
            "县城新区",
            "2012年统计表",
            "甲：乙",
        ] {
            assert_eq!(scalar(text, Style::Flow), text);
        }
        for text in [
            "", "-", ">=3", "null", "No", "a: b", "a #b", " a", "#1", "a\nb", "\u{2028}", "~", "'a'", "?",
            "=1",
        ] {
            assert!(scalar(text, Style::Block).starts_with('"'), "{text}");
        }
        assert_eq!(scalar("a, b", Style::Block), "a, b");
        assert_eq!(scalar("a, b", Style::Flow), "\"a, b\"");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>(), awkward in "[-?:,\\[\\]{}#&*!|>'\"%@`~ a1\n\t.]{0,12}") {
            for text in [text, awkward] {
                let block = format!("key: {}\n", scalar(&text, Style::Block));
                let flow = format!("key: [a, {}, b]\n", scalar(&text, Style::Flow));
                let map = format!("key: {{a: {}, b: c}}\n", scalar(&text, Style::Flow));
                let read: std::collections::BTreeMap<String, String> = serde_yaml::from_str(&block).unwrap();
                prop_assert_eq!(read.get("key"), Some(&text));
                let read: std::collections::BTreeMap<String, Vec<String>> = serde_yaml::from_str(&flow).unwrap();
                prop_assert_eq!(read.get("key").and_then(|list| list.get(1)), Some(&text));
                let read: std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>> =
                    serde_yaml::from_str(&map).unwrap();
                prop_assert_eq!(read.get("key").and_then(|map| map.get("a")), Some(&text));
            }
        }
    }
}
