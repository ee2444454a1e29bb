//! Characters that a text does not contain, to stand for something while it is parsed.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Private-use characters: Markdown takes them for letters.
const LETTERS: RangeInclusive<char> = '\u{e000}'..='\u{efff}';
/// Braille patterns: Markdown takes them for punctuation.
const MARKS: RangeInclusive<char> = '\u{2800}'..='\u{28ff}';

/// Hands out characters, each once, that occur in a text neither as such nor as `&#…;`.
///
/// All are three bytes long in UTF-8, as is nearly every Chinese character.
pub(super) struct Placeholders<'t> {
    text: &'t str,
    /// The placeholders that the text contains; found when the first one is asked for.
    used: Option<BTreeSet<char>>,
    letters: RangeInclusive<char>,
    marks: RangeInclusive<char>,
}

/// Whether a character is of a kind that [`Placeholders`] hands out.
pub(super) fn is_placeholder(c: char) -> bool {
    LETTERS.contains(&c) || MARKS.contains(&c)
}

impl<'t> Placeholders<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, used: None, letters: LETTERS, marks: MARKS }
    }

    /// A character that Markdown takes for a letter.
    pub(super) fn letter(&mut self) -> Option<char> {
        let used = self.used.get_or_insert_with(|| used(self.text));
        self.letters.find(|c| !used.contains(c))
    }

    /// A character that Markdown takes for punctuation.
    pub(super) fn mark(&mut self) -> Option<char> {
        let used = self.used.get_or_insert_with(|| used(self.text));
        self.marks.find(|c| !used.contains(c))
    }
}

fn used(text: &str) -> BTreeSet<char> {
    let references = text
        .match_indices('&')
        .filter_map(|(at, _)| numeric_reference(text.get(at..)?))
        .filter_map(char::from_u32);
    text.chars().chain(references).filter(|c| is_placeholder(*c)).collect()
}

/// The code point of `&#60;` or `&#x3C;` at the start of a text.
pub(super) fn numeric_reference(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("&#")?;
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    digits
        .chars()
        .map_while(|c| c.to_digit(radix))
        .try_fold(0_u32, |code, digit| code.checked_mul(radix)?.checked_add(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_hands_out_what_the_text_contains() {
        let mut placeholders = Placeholders::of("\u{e000} &#xE001; &#57346;x &#xe004; \u{2800}");
        assert_eq!(placeholders.letter(), Some('\u{e003}'));
        assert_eq!(placeholders.letter(), Some('\u{e005}'));
        assert_eq!(placeholders.mark(), Some('\u{2801}'));
    }

    #[test]
    fn runs_out_at_last() {
        let all: String = ('\u{2800}'..='\u{28ff}').collect();
        assert_eq!(Placeholders::of(&all).mark(), None);
        assert!(Placeholders::of(&all).letter().is_some());
    }

    #[test]
    fn hostile_references_do_not_overflow() {
        assert_eq!(numeric_reference("&#99999999999999999999;"), None);
        assert_eq!(numeric_reference("&#x3c;"), Some(0x3c));
        assert_eq!(numeric_reference("&amp;"), None);
    }
}
