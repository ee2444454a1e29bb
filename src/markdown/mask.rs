//! Masks what the Markdown parser must not see. The masked text has the same length in bytes.
//!
//! * Letters stand for shortcodes and bare addresses, so that no quote, underscore or bracket in
//!   them is taken for markup.
//! * A letter or a punctuation mark stands for some characters beside asterisks, see
//!   [`emphasis`](super::emphasis).
//!
//! The masks are characters that the text does not contain. So every string that comes back from
//! the parser can be unmasked by itself, and every offset is one of the text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::autolink::find_addresses;
use super::emphasis::{self, CharClass};
use super::placeholder::{Placeholders, is_placeholder};
use super::shortcode::Shortcode;
use super::shortcode_scanner::{self, SyntaxError};

/// The number of letters that identify a masked part, after the placeholder that announces it.
const DIGITS: usize = 4;

/// A text as the parser sees it.
pub(super) struct MaskedText<'t> {
    source: &'t str,
    text: Cow<'t, str>,
    /// The placeholder that announces a masked part.
    announcer: Option<char>,
    parts: Vec<MaskedPart>,
    /// Single characters, by the placeholders that stand for them.
    originals: BTreeMap<char, char>,
    errors: Vec<SyntaxError>,
    token: char,
}

/// A part of the text that the parser does not see.
enum MaskedPart {
    Shortcode(Shortcode),
    /// A bare address, which becomes a link.
    Address(Range<usize>),
}

/// A part of a string that came back from the parser.
#[derive(Clone, Copy)]
pub(super) enum Piece<'a> {
    /// Text that was not masked.
    Text(&'a str),
    Char(char),
    Shortcode(&'a Shortcode),
    /// A bare address, as written.
    Address(&'a str, &'a Range<usize>),
}

impl MaskedPart {
    fn range(&self) -> &Range<usize> {
        match self {
            Self::Shortcode(shortcode) => &shortcode.range,
            Self::Address(range) => range,
        }
    }
}

impl<'t> MaskedText<'t> {
    /// Masks what the parser must not see of a text.
    pub(super) fn of(source: &'t str) -> Self {
        let (shortcodes, errors) = shortcode_scanner::find(source);
        let mut placeholders = Placeholders::of(source);
        let mut masked = Self {
            source,
            text: Cow::Borrowed(source),
            announcer: None,
            parts: Vec::new(),
            originals: BTreeMap::new(),
            errors,
            token: '\u{f8ff}',
        };
        let addresses = find_addresses(source);
        if !shortcodes.is_empty() || !addresses.is_empty() {
            masked.announcer = placeholders.letter();
            // A text with all of 4,096 private-use characters in it gets no shortcodes and addresses.
            if let (Some(announcer), Some(token)) = (masked.announcer, placeholders.letter()) {
                masked.token = token;
                masked.mask_parts(announcer, in_order(shortcodes, addresses));
            }
        }
        masked.mask_characters(&mut placeholders);
        masked
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What looks like a shortcode but is malformed, in order.
    pub(super) fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// The character that marks the place of a shortcode's output in the HTML.
    pub(super) fn token(&self) -> char {
        self.token
    }

    fn mask_parts(&mut self, announcer: char, parts: Vec<MaskedPart>) {
        let mut text = String::with_capacity(self.source.len());
        let mut done = 0;
        for part in parts {
            let range = part.range().clone();
            let Some(number) = letters(self.parts.len()) else {
                break;
            };
            text.push_str(self.source.get(done..range.start).unwrap_or(""));
            text.push(announcer);
            text.extend(number);
            text.extend((announcer.len_utf8() + DIGITS..range.len()).map(|_| 'x'));
            done = range.end;
            self.parts.push(part);
        }
        text.push_str(self.source.get(done..).unwrap_or(""));
        self.text = Cow::Owned(text);
    }

    fn mask_characters(&mut self, placeholders: &mut Placeholders<'_>) {
        let changes = emphasis::reclassified(&self.text);
        if changes.is_empty() {
            return;
        }
        let mut masks: BTreeMap<char, char> = BTreeMap::new();
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for (at, c, class) in changes {
            let known = masks.get(&c).copied();
            let mask = known.or_else(|| match class {
                CharClass::Letter => placeholders.letter(),
                CharClass::Punctuation => placeholders.mark(),
            });
            // After 256 different letters that should look like punctuation, the rest strictly
            // follow CommonMark.
            let Some(mask) = mask else { continue };
            masks.insert(c, mask);
            text.push_str(self.text.get(done..at).unwrap_or(""));
            text.push(mask);
            done = at + c.len_utf8();
        }
        text.push_str(self.text.get(done..).unwrap_or(""));
        self.text = Cow::Owned(text);
        self.originals = masks.into_iter().map(|(c, mask)| (mask, c)).collect();
    }

    /// Splits a string from the parser into text and what was masked in it.
    pub(super) fn pieces<'a>(&'a self, string: &'a str) -> impl Iterator<Item = Piece<'a>> {
        let mut rest = string;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (at, mask) = self.first_mask(rest).unwrap_or((rest.len(), '\0'));
            if at > 0 {
                let (text, behind) = rest.split_at_checked(at)?;
                rest = behind;
                return Some(Piece::Text(text));
            }
            let (piece, length) = self.unmask(rest, mask);
            rest = rest.get(length..).unwrap_or("");
            Some(piece)
        })
    }

    pub(super) fn restore<'s>(&self, string: &'s str) -> Cow<'s, str> {
        if self.first_mask(string).is_none() {
            return Cow::Borrowed(string);
        }
        let mut restored = String::with_capacity(string.len());
        for piece in self.pieces(string) {
            match piece {
                Piece::Text(text) | Piece::Address(text, _) => restored.push_str(text),
                Piece::Char(c) => restored.push(c),
                Piece::Shortcode(shortcode) => {
                    restored.push_str(self.source.get(shortcode.range.clone()).unwrap_or(""));
                }
            }
        }
        Cow::Owned(restored)
    }

    /// Whether a range of the text consists of shortcodes and spaces.
    pub(super) fn is_shortcodes_only(&self, range: &Range<usize>) -> bool {
        let Some(text) = self.text.get(range.clone()) else {
            return false;
        };
        if self.announcer.is_none_or(|announcer| !text.trim_start().starts_with(announcer)) {
            return false;
        }
        self.pieces(text).all(|piece| match piece {
            Piece::Shortcode(_) => true,
            Piece::Text(text) => text.trim().is_empty(),
            Piece::Char(_) | Piece::Address(..) => false,
        })
    }

    fn first_mask(&self, string: &str) -> Option<(usize, char)> {
        if self.announcer.is_none() && self.originals.is_empty() {
            return None;
        }
        string.char_indices().find(|(_, c)| {
            is_placeholder(*c) && (self.announcer == Some(*c) || self.originals.contains_key(c))
        })
    }

    /// Returns what the mask at the start of a string stands for, and its length there.
    fn unmask<'a>(&'a self, string: &'a str, mask: char) -> (Piece<'a>, usize) {
        if let Some(c) = self.originals.get(&mask) {
            return (Piece::Char(*c), mask.len_utf8());
        }
        let number = string.get(mask.len_utf8()..).and_then(number);
        match number.and_then(|number| self.parts.get(number)) {
            Some(MaskedPart::Shortcode(shortcode)) => (Piece::Shortcode(shortcode), shortcode.range.len()),
            Some(MaskedPart::Address(range)) => {
                let address = self.source.get(range.clone()).unwrap_or("");
                (Piece::Address(address, range), range.len())
            }
            None => (Piece::Text(""), mask.len_utf8()),
        }
    }
}

/// Shortcodes and the addresses between them, in order.
fn in_order(shortcodes: Vec<Shortcode>, addresses: Vec<Range<usize>>) -> Vec<MaskedPart> {
    let mut parts: Vec<MaskedPart> = addresses
        .into_iter()
        .filter(|address| {
            let next = shortcodes.partition_point(|shortcode| shortcode.range.end <= address.start);
            shortcodes.get(next).is_none_or(|shortcode| shortcode.range.start >= address.end)
        })
        .map(MaskedPart::Address)
        .collect();
    parts.extend(shortcodes.into_iter().map(MaskedPart::Shortcode));
    parts.sort_by_key(|part| part.range().start);
    parts
}

/// Writes a number in four letters.
fn letters(number: usize) -> Option<[char; DIGITS]> {
    let mut left = number as u32;
    let mut letters = ['a'; DIGITS];
    for letter in letters.iter_mut().rev() {
        *letter = char::from_digit(left % 26 + 10, 36)?;
        left /= 26;
    }
    (left == 0).then_some(letters)
}

/// Reads the number in four letters at the start of a string.
fn number(string: &str) -> Option<usize> {
    let letters = string.get(..DIGITS)?;
    letters.chars().try_fold(0_usize, |number, letter| {
        let digit = letter.to_digit(36)?.checked_sub(10)?;
        Some(number * 26 + digit as usize)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_letters_and_back() {
        for n in [0, 1, 25, 26, 700, 456_975] {
            let text: String = letters(n).unwrap().iter().collect();
            assert_eq!(number(&text), Some(n));
        }
        assert_eq!(letters(456_976), None);
        assert_eq!(number("ab1"), None);
    }

    #[test]
    fn what_needs_no_mask_is_not_copied() {
        let masked = MaskedText::of("**重点** and `code`");
        assert!(matches!(masked.text, Cow::Borrowed(_)));
    }

    #[test]
    fn shortcodes_and_addresses_come_back_as_such() {
        let text = "甲 {{ f(\"a_b\") }} https://example.org/a_b。";
        let masked = MaskedText::of(text);
        assert_eq!(masked.text().len(), text.len());
        assert!(!masked.text().contains('_'));
        let kinds: Vec<String> = masked
            .pieces(masked.text())
            .map(|piece| match piece {
                Piece::Text(text) => format!("text {text}"),
                Piece::Char(c) => format!("char {c}"),
                Piece::Shortcode(shortcode) => format!("shortcode {}", shortcode.name),
                Piece::Address(address, _) => format!("address {address}"),
            })
            .collect();
        assert_eq!(
            kinds,
            ["text 甲 ", "shortcode f", "text  ", "address https://example.org/a_b", "text 。"]
        );
    }

    #[test]
    fn an_address_in_a_shortcode_is_part_of_it() {
        let masked = MaskedText::of("{{ f(\"https://example.org\") }}");
        assert_eq!(masked.parts.len(), 1);
    }

    #[test]
    fn a_text_full_of_private_characters_is_left_alone() {
        let all: String = ('\u{e000}'..='\u{efff}').collect();
        let text = format!("{all}**重点：**后文 {{{{ f() }}}}");
        let masked = MaskedText::of(&text);
        assert_eq!(masked.text(), text);
        assert_eq!(masked.restore(&text), text);
    }

    proptest! {
        #[test]
        fn restoring_gives_back_the_text(
            text in r#"([*~_ a&#;x0-9]|\*\*|[“”：（）甲乙⠀]|\{\{ a\("b"\) \}\}|https://a\.b|&#xE00[0-3];){0,40}"#
        ) {
            let masked = MaskedText::of(&text);
            prop_assert_eq!(masked.text().len(), text.len());
            prop_assert_eq!(masked.restore(masked.text()), text.as_str());
        }
    }
}
