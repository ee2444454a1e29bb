//! Finds the shortcodes of a text: `{{ chart("outcomes", kind="line") }}`.
//!
//! A shortcode stands on one line and contains no further `{{` or `}}`, not even in a string, so
//! one pass over any text finds them all.

use std::ops::Range;

use super::shortcode::{Shortcode, ShortcodeParser};

/// Why a text between double braces is no shortcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// The bytes to point at.
    pub(super) range: Range<usize>,
    /// Where the braces begin.
    pub(super) start: usize,
    pub(super) message: &'static str,
    /// The characters at `range`.
    pub(super) found: String,
}

/// Returns the shortcodes of a text and the malformed ones, each in order.
pub(super) fn find(text: &str) -> (Vec<Shortcode>, Vec<SyntaxError>) {
    let mut shortcodes = Vec::new();
    let mut errors = Vec::new();
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find('{')) {
        let start = from + found;
        from = start + 1;
        if text.as_bytes().get(from) != Some(&b'{') {
            continue;
        }
        let inside = start + 2;
        from = inside;
        if is_escaped(text, start) {
            continue;
        }
        let rest = text.get(inside..).unwrap_or("");
        let (end, closed) = shortcode_end(rest);
        from = inside + end;
        let mut parser = ShortcodeParser::of(rest.get(..end).unwrap_or(""));
        let parsed = if closed { parser.parse() } else { Err("call-syntax-open") };
        match parsed {
            Ok(shortcode) => {
                from = inside + end + 2;
                shortcodes.push(Shortcode { range: start..from, ..shortcode });
            }
            Err(message) => {
                let at = inside + parser.at();
                let range = match parser.found() {
                    Some(c) if closed => at..at + c.len_utf8(),
                    _ if closed => start..inside + end + 2,
                    _ => start..inside + end,
                };
                errors.push(SyntaxError {
                    found: text.get(range.clone()).unwrap_or("").to_owned(),
                    range,
                    start,
                    message,
                });
            }
        }
    }
    (shortcodes, errors)
}

/// Whether an odd number of backslashes stands before a place.
fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or(&[]);
    let backslashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    backslashes.count() % 2 == 1
}

/// The offset at which a shortcode ends, and whether `}}` ends it.
fn shortcode_end(rest: &str) -> (usize, bool) {
    let mut previous = 0;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' => return (at, false),
            b'}' if previous == b'}' => return (at - 1, true),
            b'{' if previous == b'{' => return (at - 1, false),
            _ => previous = byte,
        }
    }
    (rest.len(), false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use rust_decimal::Decimal;

    use super::super::shortcode::{Argument, MOST_ARGUMENTS};
    use super::*;

    fn one(text: &str) -> Shortcode {
        let (mut shortcodes, errors) = find(text);
        assert_eq!(errors, [], "{text}");
        assert_eq!(shortcodes.len(), 1, "{text}");
        shortcodes.remove(0)
    }

    fn error(text: &str) -> (&'static str, String) {
        let (shortcodes, mut errors) = find(text);
        assert_eq!(shortcodes, [], "{text}");
        let error = errors.remove(0);
        assert_eq!(text[error.range.clone()], error.found);
        (error.message, error.found)
    }

    #[test]
    fn reads_every_kind_of_argument() {
        let text = r#"见 {{ chart("outcomes", -1.50, kind='line', years="2012-2018", on=true, off=false, of=["a", "乙\"丙",],) }}。"#;
        let call = one(text);
        assert_eq!(call.name, "chart");
        assert_eq!(
            call.positional,
            [Argument::Text("outcomes".into()), Argument::Number(Decimal::new(-150, 2))]
        );
        assert_eq!(call.get("kind"), Some(&Argument::Text("line".into())));
        assert_eq!(call.get("on"), Some(&Argument::Truth(true)));
        assert_eq!(call.get("off"), Some(&Argument::Truth(false)));
        assert_eq!(call.get("of"), Some(&Argument::List(vec!["a".into(), "乙\"丙".into()])));
        assert_eq!(call.get("none"), None);
        assert!(text[call.range.clone()].starts_with("{{ chart"));
        assert!(text[call.range].ends_with(") }}"));
    }

    #[test]
    fn needs_no_arguments_and_no_spaces() {
        assert_eq!(one("{{toc()}}").positional, []);
        assert_eq!(one("{{  toc  (  )  }}").name, "toc");
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let cases = [
            ("{{ }}", "call-syntax-name", "{{ }}"),
            ("{{ 图() }}", "call-syntax-name", "图"),
            ("{{ chart }}", "call-syntax-parenthesis", "{{ chart }}"),
            ("{{ chart(a b) }}", "call-syntax-value", "a"),
            ("{{ chart(\"a\" \"b\") }}", "call-syntax-comma", "\""),
            ("{{ chart(“a”) }}", "call-syntax-full-width", "“"),
            ("{{ chart（\"a\") }}", "call-syntax-full-width", "（"),
            ("{{ chart(\"a\"，b=1) }}", "call-syntax-full-width", "，"),
            ("{{ chart(\"a) }}", "call-syntax-quote", "\""),
            ("{{ chart(\"a\\n\") }}", "call-syntax-escape", "\\"),
            ("{{ chart(a=1, a=2) }}", "call-syntax-twice", "a"),
            ("{{ chart(a=1, 2) }}", "call-syntax-order", "2"),
            ("{{ chart(1.2.3) }}", "call-syntax-number", "1"),
            ("{{ chart([1]) }}", "call-syntax-string", "1"),
            ("{{ chart() x }}", "call-syntax-end", "x"),
            ("{{ chart(\n) }}", "call-syntax-open", "{{ chart("),
        ];
        for (text, message, found) in cases {
            assert_eq!(error(text), (message, found.to_owned()), "{text}");
        }
    }

    #[test]
    fn has_a_bounded_number_of_arguments() {
        let call = |count| format!("{{{{ f({}) }}}}", "1,".repeat(count));
        assert_eq!(one(&call(MOST_ARGUMENTS)).positional.len(), MOST_ARGUMENTS);
        assert_eq!(error(&call(MOST_ARGUMENTS + 1)).0, "call-syntax-many");
    }

    #[test]
    fn a_backslash_makes_braces_text() {
        assert_eq!(find(r"\{{ chart() }}"), (vec![], vec![]));
        assert_eq!(find(r"\\{{ chart() }}").0.len(), 1);
    }

    #[test]
    fn an_error_hides_no_shortcode_after_it() {
        let (shortcodes, errors) = find(r#"{{ chart("a {{ toc() }} {{"#);
        assert_eq!(shortcodes.len(), 1);
        assert_eq!(errors.len(), 2);
    }

    proptest! {
        #[test]
        fn ranges_are_slices_in_order(text in r#"([{}()\[\],="'\\a1 图，\n]|\{\{|\}\}|\{\{ a\(\) \}\}){0,40}"#) {
            let (shortcodes, errors) = find(&text);
            let mut end = 0;
            for shortcode in &shortcodes {
                prop_assert!(shortcode.range.start >= end);
                end = shortcode.range.end;
                let slice = text.get(shortcode.range.clone());
                prop_assert!(slice.is_some_and(|s| s.starts_with("{{") && s.ends_with("}}")));
            }
            for error in &errors {
                prop_assert!(text.get(error.range.clone()).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}
