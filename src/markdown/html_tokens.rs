//! Splits HTML that an author wrote into the Markdown into tags and text.
//!
//! Nothing of it is passed on as it stands: the writer makes the tags anew from what is allowed.
//! Every function passes over its text once.

use std::ops::Range;

use super::placeholder::numeric_reference;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum HtmlToken<'t> {
    /// Text, with character references as written.
    Text {
        text: &'t str,
        range: Range<usize>,
    },
    Start {
        name: &'t str,
        attributes: &'t str,
        range: Range<usize>,
    },
    End {
        name: &'t str,
    },
    /// What is dropped with its content, under the name to report.
    Dropped {
        name: &'t str,
        range: Range<usize>,
    },
}

/// Splits raw HTML. Comments leave nothing; whatever is unfinished is dropped to the end.
pub(super) fn tokens(html: &str) -> Vec<HtmlToken<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        let text = rest.find('<').unwrap_or(rest.len());
        if text > 0 {
            tokens.push(HtmlToken::Text { text: rest.get(..text).unwrap_or(""), range: at..at + text });
            at += text;
            continue;
        }
        let (token, length) = markup(rest, at);
        tokens.extend(token);
        at += length;
    }
    tokens
}

/// Reads the token of a text that begins with `<`; returns its length too.
fn markup(rest: &str, at: usize) -> (Option<HtmlToken<'_>>, usize) {
    let whole = rest.len();
    let dropped = |name, length| {
        let range = at..at + length;
        (Some(HtmlToken::Dropped { name, range }), length)
    };
    if let Some(comment) = rest.strip_prefix("<!--") {
        return match comment.find("-->") {
            Some(end) => (None, end + 7),
            None => dropped("!--", whole),
        };
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        let length = rest.find('>').map_or(whole, |end| end + 1);
        return dropped(rest.get(1..2).unwrap_or(""), length);
    }
    let (slash, behind) = match rest.strip_prefix("</") {
        Some(behind) => (2, behind),
        None => (1, rest.get(1..).unwrap_or("")),
    };
    let length = behind.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(behind.len());
    let name = behind.get(..length).unwrap_or("");
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let range = at..at + 1;
        let text = rest.get(..1).map(|text| HtmlToken::Text { text, range });
        return (text, 1);
    }
    let attributes = behind.get(length..).unwrap_or("");
    let Some(end) = tag_end(attributes) else {
        return dropped(name, whole);
    };
    let tag = slash + length + end + 1;
    if slash == 2 {
        return (Some(HtmlToken::End { name }), tag);
    }
    if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
        let content = rest.get(tag..).unwrap_or("");
        return dropped(name, tag + content_length(content, name));
    }
    let attributes = attributes.get(..end).unwrap_or("");
    let range = at..at + tag;
    let start = HtmlToken::Start { name, attributes, range };
    (Some(start), tag)
}

/// The offset of the `>` that ends a tag; one between quotes does not count.
fn tag_end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    let mut previous = b' ';
    for (at, byte) in attributes.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            previous = byte;
        }
    }
    None
}

/// The length of the text including `</name…>`, or of all of it if there is none.
fn content_length(content: &str, name: &str) -> usize {
    let ends = content.match_indices("</").find(|(at, _)| {
        content.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    });
    let end = ends.and_then(|(at, _)| Some(at + content.get(at..)?.find('>')? + 1));
    end.unwrap_or(content.len())
}

/// Returns the attributes of a tag, with values as written but without quotes; a missing value is
/// empty.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '=');
        // HTML allows a name to begin with `=`.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest.get(first..).and_then(|tail| tail.find(is_end)).map_or(rest.len(), |at| first + at);
        let (name, behind) = rest.split_at_checked(length)?;
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            rest = behind;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quoted = value
            .strip_prefix('"')
            .map(|inner| (inner, '"'))
            .or_else(|| value.strip_prefix('\'').map(|inner| (inner, '\'')));
        let (value, behind) = if let Some((inner, quote)) = quoted {
            inner.split_once(quote).unwrap_or((inner, ""))
        } else {
            let end = value.find(|c: char| c.is_ascii_whitespace());
            value.split_at_checked(end.unwrap_or(value.len()))?
        };
        rest = behind;
        Some((name, value))
    })
}

/// Decodes the character references that matter in addresses and words.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let end = behind.bytes().take(12).position(|byte| byte == b';');
        let reference = end.and_then(|end| behind.get(..=end));
        let known = reference.and_then(|reference| Some((reference.len(), referenced(reference)?)));
        let (length, c) = known.unwrap_or((1, '&'));
        out.push(c);
        rest = behind.get(length..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

fn referenced(reference: &str) -> Option<char> {
    match reference {
        "&amp;" => Some('&'),
        "&lt;" => Some('<'),
        "&gt;" => Some('>'),
        "&quot;" => Some('"'),
        "&apos;" => Some('\''),
        "&nbsp;" => Some('\u{a0}'),
        "&Tab;" => Some('\t'),
        "&NewLine;" => Some('\n'),
        "&colon;" => Some(':'),
        _ => numeric_reference(reference).and_then(char::from_u32),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(html: &str) -> Vec<String> {
        tokens(html)
            .into_iter()
            .map(|token| match token {
                HtmlToken::Text { text, .. } => text.to_owned(),
                HtmlToken::Start { name, attributes, .. } => format!("<{name}|{attributes}>"),
                HtmlToken::End { name } => format!("</{name}>"),
                HtmlToken::Dropped { name, .. } => format!("-{name}"),
            })
            .collect()
    }

    #[test]
    fn tags_and_text_come_apart() {
        assert_eq!(
            shown("a<B class='x>y'>b</B >c<br/>< d"),
            ["a", "<B| class='x>y'>", "b", "</B>", "c", "<br|/>", "<", " d"]
        );
        assert_eq!(shown("a<!-- <b> -->c<!doctype html>d"), ["a", "c", "-!", "d"]);
    }

    #[test]
    fn scripts_go_with_what_is_in_them() {
        assert_eq!(shown("<Script>if (a</b>) x</sCRIPT >y"), ["-Script", "y"]);
        assert_eq!(shown("<style>a{}"), ["-style"]);
        assert_eq!(shown("x<!-- y"), ["x", "-!--"]);
        assert_eq!(shown("x<b title=\"y> z"), ["x", "-b"]);
    }

    #[test]
    fn attributes_are_read_as_browsers_do() {
        let found: Vec<_> = attributes(" a=1 b = \"2 '\" c='3' open /d=x/y =e").collect();
        assert_eq!(found, [("a", "1"), ("b", "2 '"), ("c", "3"), ("open", ""), ("d", "x/y"), ("=e", "")]);
    }

    #[test]
    fn references_are_read() {
        assert_eq!(unescaped("a&amp;b &#20;&#x653F;&nbsp;&copy; &amp"), "a&b \u{14}政\u{a0}&copy; &amp");
        assert_eq!(unescaped("java&NewLine;script&colon;x"), "java\nscript:x");
    }

    proptest! {
        #[test]
        fn any_text_can_be_taken_apart(html in r#"(<|>|/|!--|-->|a|="|'|&| |script|图|&#x){0,40}"#) {
            for token in tokens(&html) {
                if let HtmlToken::Start { range, attributes: text, .. } = token {
                    prop_assert!(html.get(range).is_some_and(|tag| tag.starts_with('<') && tag.ends_with('>')));
                    prop_assert!(attributes(text).count() <= text.len());
                }
            }
            unescaped(&html);
        }
    }
}
