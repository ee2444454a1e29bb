//! Limits on nesting and attributes, checked before a page is parsed, because the parser takes more
//! than linear time for them. It only scans tags as they are written.

use crate::import::read::error::ReadError;

/// The maximum nesting of elements, the same as in browsers.
pub(super) const MAX_DEPTH: usize = 512;
/// The maximum number of attributes of a tag.
const MAX_ATTRIBUTES: usize = 1_000;

/// Elements that have no end tag, or do not need one.
const UNCLOSED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot",
    "colgroup", "rp", "rt", "html", "head", "body",
];

/// Refuses a page whose parsing would take more than linear time.
pub(super) fn check(text: &str) -> Result<(), ReadError> {
    let bytes = text.as_bytes();
    let mut open: Vec<&str> = Vec::new();
    // Unclosed quotes make attributes look long; the budget bounds the total cost of scanning them.
    let mut budget = bytes.len().saturating_mul(16) + (1 << 16);
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found + 1;
        at = start;
        let is_end = bytes.get(start) == Some(&b'/');
        let name_start = start + usize::from(is_end);
        let rest = text.get(name_start..).unwrap_or("");
        let length = rest.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
        let Some(name) =
            rest.get(..length).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            continue;
        };
        if is_end {
            let near = open.len().saturating_sub(64);
            let same =
                open.get(near..).unwrap_or(&[]).iter().rposition(|other| other.eq_ignore_ascii_case(name));
            if let Some(same) = same {
                open.truncate(near + same);
            }
            continue;
        }
        let attributes = rest.get(length..).unwrap_or("");
        let (count, used) = count_attributes(attributes.as_bytes(), budget);
        budget = budget.saturating_sub(used);
        if count > MAX_ATTRIBUTES || budget == 0 {
            return Err(ReadError::TooDeep { limit: MAX_DEPTH });
        }
        let is_closed = attributes.as_bytes().get(used.saturating_sub(1)) == Some(&b'/');
        if !is_closed && !UNCLOSED.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            open.push(name);
            if open.len() > MAX_DEPTH {
                return Err(ReadError::TooDeep { limit: MAX_DEPTH });
            }
        }
    }
    Ok(())
}

/// Returns the number of attributes of a tag, and of bytes before its end.
fn count_attributes(bytes: &[u8], budget: usize) -> (usize, usize) {
    let (mut count, mut quote, mut after_equals, mut in_name) = (0, None, false, false);
    for (at, byte) in bytes.iter().enumerate().take(budget) {
        if let Some(mark) = quote {
            if *byte == mark {
                quote = None;
            }
            continue;
        }
        match byte {
            b'>' => return (count, at),
            b'"' | b'\'' if after_equals => {
                quote = Some(*byte);
                (after_equals, in_name) = (false, false);
            }
            b'=' => after_equals = true,
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => in_name = false,
            b'/' if !after_equals => in_name = false,
            _ => {
                if !in_name && !after_equals {
                    count += 1;
                }
                (in_name, after_equals) = (true, false);
            }
        }
        if count > MAX_ATTRIBUTES {
            return (count, at);
        }
    }
    (count, bytes.len().min(budget))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_pass() {
        assert_eq!(check("<!doctype html><p>a<p>b<br><img src='a b c'><div class=x>1 < 2</div>"), Ok(()));
        assert_eq!(check(&"<p>段".repeat(100_000)), Ok(()));
        assert_eq!(check(&"<tr><td>1<td>2".repeat(100_000)), Ok(()));
        assert_eq!(check(&"<div><b>x</b></div>".repeat(10_000)), Ok(()));
        let picture = format!("<img src=\"data:image/png;base64,{}\">", "A/b c ".repeat(100_000));
        assert_eq!(check(&picture), Ok(()));
    }

    #[test]
    fn nesting_and_attributes_are_bounded() {
        let deep = Err(ReadError::TooDeep { limit: MAX_DEPTH });
        assert_eq!(check(&("<div>".repeat(10_000) + &"</div>".repeat(10_000))), deep);
        assert_eq!(check(&"<div></x>".repeat(10_000)), deep);
        let attributes = (0..5_000).map(|number| format!("a{number}")).collect::<Vec<_>>().join(" ");
        assert_eq!(check(&format!("<p {attributes}>")), deep);
        assert_eq!(check(&"<a b=\"".repeat(1_000_000)), deep);
    }
}
