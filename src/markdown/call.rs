//! Calls in a text: `{{ chart("outcomes", kind="line") }}`.
//!
//! A call stands on one line. Its text holds no `{{` or `}}`, not even in a string: so finding all
//! calls takes one walk over the text, whatever it holds.

use std::ops::Range;

use rust_decimal::Decimal;

use super::argument::Parser;

/// A call: the name of something that the site can show, and what it needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What is called: `chart`.
    pub name: String,
    /// Arguments without a name, in order.
    pub positional: Vec<Value>,
    /// Named arguments, in order; no name occurs twice.
    pub named: Vec<(String, Value)>,
    /// Where it stands, braces included, in bytes of the text.
    pub range: Range<usize>,
}

impl Call {
    /// The argument of a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// An argument of a [`Call`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string between double or single quotes.
    Text(String),
    /// A number, exact.
    Number(Decimal),
    /// `true` or `false`.
    Truth(bool),
    /// A list of strings: `["a", "b"]`.
    List(Vec<String>),
}

/// Why a text between double braces is no call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The bytes to look at.
    pub(super) range: Range<usize>,
    /// Where the braces begin.
    pub(super) start: usize,
    /// The id of the message that says what is wrong.
    pub(super) message: &'static str,
    /// The characters at `range`.
    pub(super) found: String,
}

/// Finds the calls of a text and what looks like one but is none, each in order.
pub(super) fn find(text: &str) -> (Vec<Call>, Vec<Fault>) {
    let mut calls = Vec::new();
    let mut faults = Vec::new();
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
        let (end, closed) = end_of_call(rest);
        from = inside + end;
        let mut parser = Parser::of(rest.get(..end).unwrap_or(""));
        let parsed = if closed { parser.call() } else { Err("call-syntax-open") };
        match parsed {
            Ok(call) => {
                from = inside + end + 2;
                calls.push(Call { range: start..from, ..call });
            }
            Err(message) => {
                let at = inside + parser.at();
                let range = match parser.found() {
                    Some(c) if closed => at..at + c.len_utf8(),
                    _ if closed => start..inside + end + 2,
                    _ => start..inside + end,
                };
                faults.push(Fault {
                    found: text.get(range.clone()).unwrap_or("").to_owned(),
                    range,
                    start,
                    message,
                });
            }
        }
    }
    (calls, faults)
}

/// Whether an odd number of backslashes stands before a place.
fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or(&[]);
    let backslashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    backslashes.count() % 2 == 1
}

/// Where the text of a call ends, and whether `}}` ends it.
fn end_of_call(rest: &str) -> (usize, bool) {
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

    use super::super::argument::MOST_ARGUMENTS;
    use super::*;

    fn one(text: &str) -> Call {
        let (mut calls, faults) = find(text);
        assert_eq!(faults, [], "{text}");
        assert_eq!(calls.len(), 1, "{text}");
        calls.remove(0)
    }

    fn fault(text: &str) -> (&'static str, String) {
        let (calls, mut faults) = find(text);
        assert_eq!(calls, [], "{text}");
        let fault = faults.remove(0);
        assert_eq!(text[fault.range.clone()], fault.found);
        (fault.message, fault.found)
    }

    #[test]
    fn reads_every_kind_of_argument() {
        let text = r#"见 {{ chart("outcomes", -1.50, kind='line', years="2012-2018", on=true, off=false, of=["a", "乙\"丙",],) }}。"#;
        let call = one(text);
        assert_eq!(call.name, "chart");
        assert_eq!(call.positional, [Value::Text("outcomes".into()), Value::Number(Decimal::new(-150, 2))]);
        assert_eq!(call.get("kind"), Some(&Value::Text("line".into())));
        assert_eq!(call.get("on"), Some(&Value::Truth(true)));
        assert_eq!(call.get("off"), Some(&Value::Truth(false)));
        assert_eq!(call.get("of"), Some(&Value::List(vec!["a".into(), "乙\"丙".into()])));
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
            assert_eq!(fault(text), (message, found.to_owned()), "{text}");
        }
    }

    #[test]
    fn has_a_bounded_number_of_arguments() {
        let call = |count| format!("{{{{ f({}) }}}}", "1,".repeat(count));
        assert_eq!(one(&call(MOST_ARGUMENTS)).positional.len(), MOST_ARGUMENTS);
        assert_eq!(fault(&call(MOST_ARGUMENTS + 1)).0, "call-syntax-many");
    }

    #[test]
    fn a_backslash_makes_braces_text() {
        assert_eq!(find(r"\{{ chart() }}"), (vec![], vec![]));
        assert_eq!(find(r"\\{{ chart() }}").0.len(), 1);
    }

    #[test]
    fn a_fault_hides_no_call_behind_it() {
        let (calls, faults) = find(r#"{{ chart("a {{ toc() }} {{"#);
        assert_eq!(calls.len(), 1);
        assert_eq!(faults.len(), 2);
    }

    proptest! {
        #[test]
        fn ranges_are_slices_in_order(text in r#"([{}()\[\],="'\\a1 图，\n]|\{\{|\}\}|\{\{ a\(\) \}\}){0,40}"#) {
            let (calls, faults) = find(&text);
            let mut end = 0;
            for call in &calls {
                prop_assert!(call.range.start >= end);
                end = call.range.end;
                let slice = text.get(call.range.clone());
                prop_assert!(slice.is_some_and(|s| s.starts_with("{{") && s.ends_with("}}")));
            }
            for fault in &faults {
                prop_assert!(text.get(fault.range.clone()).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}
