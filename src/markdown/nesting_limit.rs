//! Rejects lines nested hundreds of levels deep, which no person writes.
//!
//! The Markdown parser goes through all open quotations and lists on every line. Its time grows with
//! the product of their depth and the number of lines that follow.

use std::ops::Range;

/// The maximum number of quotations, lists and footnotes that begin on one line.
pub(super) const MOST_MARKERS: usize = 100;

/// The maximum indentation of a line; two columns can be a level.
const MOST_COLUMNS: usize = 400;

/// Returns the range of the first line that is nested too deep.
pub(super) fn too_deep(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if is_too_deep(line.as_bytes()) {
            return Some(start..start + line.trim_end_matches(['\r', '\n']).len());
        }
        start += line.len();
    }
    None
}

fn is_too_deep(line: &[u8]) -> bool {
    let (mut markers, mut columns, mut at) = (0, 0, 0);
    while let Some(length) = line.get(at..).and_then(|rest| match rest.first()? {
        b' ' => Some(1),
        b'\t' => {
            columns += 3;
            Some(1)
        }
        _ => {
            let length = marker(rest)?;
            markers += 1;
            Some(length)
        }
    }) {
        at += length;
        columns += length;
        if markers > MOST_MARKERS {
            return true;
        }
    }
    // A blank line nests nothing.
    columns > MOST_COLUMNS && at < line.trim_ascii_end().len()
}

/// The length of the marker at the start of a line: `>`, `-`, `12.`, `[^a]:`.
fn marker(line: &[u8]) -> Option<usize> {
    let is_space = |at: usize| line.get(at).is_none_or(u8::is_ascii_whitespace);
    match line.first()? {
        b'>' => Some(1),
        b'-' | b'+' | b'*' => is_space(1).then_some(1),
        b'0'..=b'9' => {
            let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let is_end = matches!(line.get(digits), Some(b'.' | b')'));
            (is_end && is_space(digits + 1)).then_some(digits + 1)
        }
        b'[' if line.get(1) == Some(&b'^') => {
            let end = line.iter().position(|byte| *byte == b']')?;
            (line.get(end + 1) == Some(&b':')).then_some(end + 2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_people_are_not_too_deep() {
        let table = "|-".repeat(300);
        let spaced = format!("{}\n", " ".repeat(1000));
        for text in ["> - 1. a", &"-".repeat(300), &"*".repeat(300), &table, &spaced] {
            assert_eq!(too_deep(text), None, "{text}");
        }
        assert_eq!(too_deep(&"> ".repeat(MOST_MARKERS)), None);
    }

    #[test]
    fn a_pile_is_found_whatever_it_is_made_of() {
        for part in [">", "> ", "- ", "+\t", "1. ", "999999999) ", "[^a]: ", "> - ", "     "] {
            let pile = format!("{}a", part.repeat(MOST_MARKERS + 1));
            let text = format!("甲\r\n{pile}\r\n乙");
            assert_eq!(too_deep(&text), Some(5..5 + pile.len()), "{part}");
        }
    }
}
