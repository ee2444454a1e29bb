//! Characters that a text does not hold, to stand for something while it is being parsed.

use std::cell::OnceCell;

/// Private-use characters U+E000 to U+EFFF: Markdown takes them for letters.
const LETTERS: u32 = 0xe000;
/// How many of them there are.
const LETTER_COUNT: u32 = 0x1000;
/// Braille patterns U+2800 to U+28FF: Markdown takes them for punctuation.
const MARKS: u32 = 0x2800;
/// How many of them there are.
const MARK_COUNT: u32 = 0x100;

/// Hands out characters, each once, that occur in a text neither as such nor as `&#…;`.
///
/// All of them are three bytes long in UTF-8, as nearly every Chinese character is.
pub(super) struct Unused<'t> {
    text: &'t str,
    used: OnceCell<Box<[bool]>>,
    next_letter: u32,
    next_mark: u32,
}

/// Whether a character is of a kind that [`Unused`] hands out.
pub(super) fn may_stand_for(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{efff}' | '\u{2800}'..='\u{28ff}')
}

impl<'t> Unused<'t> {
    /// Looks at the text only when the first character is asked for.
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, used: OnceCell::new(), next_letter: 0, next_mark: 0 }
    }

    /// A character that Markdown takes for a letter.
    pub(super) fn letter(&mut self) -> Option<char> {
        while self.next_letter < LETTER_COUNT {
            let index = self.next_letter;
            self.next_letter += 1;
            if self.is_free(index) {
                return char::from_u32(LETTERS + index);
            }
        }
        None
    }

    /// A character that Markdown takes for punctuation.
    pub(super) fn mark(&mut self) -> Option<char> {
        while self.next_mark < MARK_COUNT {
            let index = self.next_mark;
            self.next_mark += 1;
            if self.is_free(LETTER_COUNT + index) {
                return char::from_u32(MARKS + index);
            }
        }
        None
    }

    fn is_free(&self, index: u32) -> bool {
        let used = self.used.get_or_init(|| used(self.text));
        used.get(index as usize) == Some(&false)
    }
}

fn used(text: &str) -> Box<[bool]> {
    let mut used = vec![false; (LETTER_COUNT + MARK_COUNT) as usize];
    let mut mark = |code: u32| {
        let index = match code {
            0xe000..=0xefff => code - LETTERS,
            0x2800..=0x28ff => LETTER_COUNT + code - MARKS,
            _ => return,
        };
        if let Some(slot) = used.get_mut(index as usize) {
            *slot = true;
        }
    };
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let rest = text.get(at..);
        match byte {
            0xee | 0xe2 => {
                if let Some(c) = rest.and_then(|rest| rest.chars().next()) {
                    mark(c as u32);
                }
            }
            b'&' => {
                if let Some(code) = rest.and_then(numeric_reference) {
                    mark(code);
                }
            }
            _ => {}
        }
    }
    used.into()
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
    fn never_hands_out_what_the_text_holds() {
        let mut unused = Unused::of("\u{e000} &#xE001; &#57346;x &#xe004; \u{2800}");
        assert_eq!(unused.letter(), Some('\u{e003}'));
        assert_eq!(unused.letter(), Some('\u{e005}'));
        assert_eq!(unused.mark(), Some('\u{2801}'));
    }

    #[test]
    fn runs_out_at_last() {
        let all: String = ('\u{2800}'..='\u{28ff}').collect();
        assert_eq!(Unused::of(&all).mark(), None);
        assert!(Unused::of(&all).letter().is_some());
    }

    #[test]
    fn hostile_references_do_not_overflow() {
        assert_eq!(numeric_reference("&#99999999999999999999;"), None);
        assert_eq!(numeric_reference("&#x3c;"), Some(0x3c));
        assert_eq!(numeric_reference("&amp;"), None);
    }
}
