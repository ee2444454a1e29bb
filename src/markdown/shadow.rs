//! What the Markdown parser gets to see: a copy of the text, byte for byte as long, in which a few
//! things are covered so that it reads the rest right.
//!
//! * Calls and bare addresses are covered by letters, so that no quote, underscore or bracket in
//!   them is taken for markup.
//! * Characters beside asterisks are covered by a letter or a punctuation mark, see
//!   [`emphasis`](super::emphasis).
//!
//! The covers are characters that the text does not hold, so every string that comes back from
//! the parser can be uncovered by looking at it alone, and every offset is one of the text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::call::{self, Call, Fault};
use super::emphasis::{self, Class};
use super::link;
use super::unused::{Unused, may_stand_for};

/// Letters that number a covered call or address, behind the character that announces it.
const DIGITS: usize = 4;

/// A text as the parser sees it.
pub(super) struct Shadow<'t> {
    source: &'t str,
    text: Cow<'t, str>,
    /// What begins every covered call or address.
    cover: Option<char>,
    covered: Vec<Covered>,
    /// Single characters, by what covers them.
    originals: BTreeMap<char, char>,
    /// Whether some of these are punctuation marks.
    covers_with_marks: bool,
    /// What looks like a call and is none, in order.
    pub(super) faults: Vec<Fault>,
    /// Announces a call's output in the HTML, until it is put in.
    pub(super) token: char,
}

/// A part of the text that the parser does not see.
pub(super) enum Covered {
    /// A call.
    Call(Call),
    /// An address that becomes a link.
    Address(Range<usize>),
}

/// A part of a string that came back from the parser.
#[derive(Clone, Copy)]
pub(super) enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// A character that was covered.
    Char(char),
    /// A call that was covered.
    Call(&'a Call),
    /// An address that was covered, as written.
    Address(&'a str, &'a Range<usize>),
}

impl Covered {
    fn range(&self) -> &Range<usize> {
        match self {
            Self::Call(call) => &call.range,
            Self::Address(range) => range,
        }
    }
}

impl<'t> Shadow<'t> {
    /// Covers what the parser should not see of a text.
    pub(super) fn of(source: &'t str) -> Self {
        let (calls, faults) = call::find(source);
        let mut unused = Unused::of(source);
        let mut shadow = Self {
            source,
            text: Cow::Borrowed(source),
            cover: None,
            covered: Vec::new(),
            originals: BTreeMap::new(),
            covers_with_marks: false,
            faults,
            token: '\u{f8ff}',
        };
        let addresses = link::find_addresses(source);
        if !calls.is_empty() || !addresses.is_empty() {
            shadow.cover = unused.letter();
            // A text with all of 4,096 private-use characters in it gets no calls and addresses.
            if let (Some(cover), Some(token)) = (shadow.cover, unused.letter()) {
                shadow.token = token;
                shadow.cover_ranges(cover, in_order(calls, addresses));
            }
        }
        shadow.cover_characters(&mut unused);
        shadow
    }

    /// The text to parse.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn cover_ranges(&mut self, cover: char, covered: Vec<Covered>) {
        let mut text = String::with_capacity(self.source.len());
        let mut done = 0;
        for part in covered {
            let range = part.range().clone();
            let Some(number) = letters(self.covered.len()) else {
                break;
            };
            text.push_str(self.source.get(done..range.start).unwrap_or(""));
            text.push(cover);
            text.extend(number);
            text.extend((cover.len_utf8() + DIGITS..range.len()).map(|_| 'x'));
            done = range.end;
            self.covered.push(part);
        }
        text.push_str(self.source.get(done..).unwrap_or(""));
        self.text = Cow::Owned(text);
    }

    fn cover_characters(&mut self, unused: &mut Unused<'_>) {
        let changes = emphasis::reclassified(&self.text);
        if changes.is_empty() {
            return;
        }
        let mut covers: BTreeMap<char, char> = BTreeMap::new();
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for (at, c, class) in changes {
            let known = covers.get(&c).copied();
            let cover = known.or_else(|| match class {
                Class::Letter => unused.letter(),
                Class::Punctuation => unused.mark(),
            });
            // More than 256 different letters that should look like punctuation: the rest of
            // them follow CommonMark to the letter.
            let Some(cover) = cover else { continue };
            self.covers_with_marks |= class == Class::Punctuation;
            covers.insert(c, cover);
            text.push_str(self.text.get(done..at).unwrap_or(""));
            text.push(cover);
            done = at + c.len_utf8();
        }
        text.push_str(self.text.get(done..).unwrap_or(""));
        self.text = Cow::Owned(text);
        self.originals = covers.into_iter().map(|(c, cover)| (cover, c)).collect();
    }

    /// Takes a string from the parser apart into text and what was covered in it.
    pub(super) fn pieces<'a>(&'a self, string: &'a str) -> impl Iterator<Item = Piece<'a>> {
        let mut rest = string;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (at, cover) = self.first_cover(rest).unwrap_or((rest.len(), '\0'));
            if at > 0 {
                let (text, behind) = rest.split_at_checked(at)?;
                rest = behind;
                return Some(Piece::Text(text));
            }
            let (piece, length) = self.uncover(rest, cover);
            rest = rest.get(length..).unwrap_or("");
            Some(piece)
        })
    }

    /// A string from the parser with everything uncovered.
    pub(super) fn restore<'s>(&self, string: &'s str) -> Cow<'s, str> {
        if self.first_cover(string).is_none() {
            return Cow::Borrowed(string);
        }
        let mut restored = String::with_capacity(string.len());
        for piece in self.pieces(string) {
            match piece {
                Piece::Text(text) | Piece::Address(text, _) => restored.push_str(text),
                Piece::Char(c) => restored.push(c),
                Piece::Call(call) => {
                    restored.push_str(self.source.get(call.range.clone()).unwrap_or(""));
                }
            }
        }
        Cow::Owned(restored)
    }

    /// Whether a range of the text holds calls and spaces, and nothing else.
    pub(super) fn is_calls_only(&self, range: &Range<usize>) -> bool {
        let Some(text) = self.text.get(range.clone()) else {
            return false;
        };
        if self.cover.is_none_or(|cover| !text.trim_start().starts_with(cover)) {
            return false;
        }
        self.pieces(text).all(|piece| match piece {
            Piece::Call(_) => true,
            Piece::Text(text) => text.trim().is_empty(),
            Piece::Char(_) | Piece::Address(..) => false,
        })
    }

    fn first_cover(&self, string: &str) -> Option<(usize, char)> {
        if self.cover.is_none() && self.originals.is_empty() {
            return None;
        }
        // Letters that cover begin with the first of these bytes, marks with the second, which
        // “ and ” share.
        let bytes = string.as_bytes();
        if !bytes.contains(&0xee) && !self.covers_with_marks {
            return None;
        }
        let mut from = 0;
        while let Some(found) = bytes.get(from..)?.iter().position(|byte| matches!(byte, 0xee | 0xe2)) {
            let at = from + found;
            let c = string.get(at..)?.chars().next()?;
            if may_stand_for(c) && (self.cover == Some(c) || self.originals.contains_key(&c)) {
                return Some((at, c));
            }
            from = at + c.len_utf8();
        }
        None
    }

    /// What a cover at the start of a string stands for, and how many bytes it takes there.
    fn uncover<'a>(&'a self, string: &'a str, cover: char) -> (Piece<'a>, usize) {
        if let Some(c) = self.originals.get(&cover) {
            return (Piece::Char(*c), cover.len_utf8());
        }
        let number = string.get(cover.len_utf8()..).and_then(number);
        match number.and_then(|number| self.covered.get(number)) {
            Some(Covered::Call(call)) => (Piece::Call(call), call.range.len()),
            Some(Covered::Address(range)) => {
                let address = self.source.get(range.clone()).unwrap_or("");
                (Piece::Address(address, range), range.len())
            }
            None => (Piece::Text(""), cover.len_utf8()),
        }
    }
}

/// Calls and the addresses between them, by their place.
fn in_order(calls: Vec<Call>, addresses: Vec<Range<usize>>) -> Vec<Covered> {
    let mut covered: Vec<Covered> = addresses
        .into_iter()
        .filter(|address| {
            let next = calls.partition_point(|call| call.range.end <= address.start);
            calls.get(next).is_none_or(|call| call.range.start >= address.end)
        })
        .map(Covered::Address)
        .collect();
    covered.extend(calls.into_iter().map(Covered::Call));
    covered.sort_by_key(|part| part.range().start);
    covered
}

/// A number in four letters.
fn letters(number: usize) -> Option<[char; DIGITS]> {
    let mut left = number as u32;
    let mut letters = ['a'; DIGITS];
    for letter in letters.iter_mut().rev() {
        *letter = char::from_digit(left % 26 + 10, 36)?;
        left /= 26;
    }
    (left == 0).then_some(letters)
}

/// The number that four letters at the start of a string stand for.
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
    fn what_needs_no_cover_is_not_copied() {
        let shadow = Shadow::of("**重点** and `code`");
        assert!(matches!(shadow.text, Cow::Borrowed(_)));
    }

    #[test]
    fn calls_and_addresses_come_back_as_such() {
        let text = "甲 {{ f(\"a_b\") }} https://example.org/a_b。";
        let shadow = Shadow::of(text);
        assert_eq!(shadow.text().len(), text.len());
        assert!(!shadow.text().contains('_'));
        let kinds: Vec<String> = shadow
            .pieces(shadow.text())
            .map(|piece| match piece {
                Piece::Text(text) => format!("text {text}"),
                Piece::Char(c) => format!("char {c}"),
                Piece::Call(call) => format!("call {}", call.name),
                Piece::Address(address, _) => format!("address {address}"),
            })
            .collect();
        assert_eq!(kinds, ["text 甲 ", "call f", "text  ", "address https://example.org/a_b", "text 。"]);
    }

    #[test]
    fn an_address_in_a_call_is_part_of_it() {
        let shadow = Shadow::of("{{ f(\"https://example.org\") }}");
        assert_eq!(shadow.covered.len(), 1);
    }

    #[test]
    fn a_text_full_of_private_characters_is_left_alone() {
        let all: String = ('\u{e000}'..='\u{efff}').collect();
        let text = format!("{all}**重点：**后文 {{{{ f() }}}}");
        let shadow = Shadow::of(&text);
        assert_eq!(shadow.text(), text);
        assert_eq!(shadow.restore(&text), text);
    }

    proptest! {
        #[test]
        fn restoring_gives_back_the_text(
            text in r#"([*~_ a&#;x0-9]|\*\*|[“”：（）甲乙⠀]|\{\{ a\("b"\) \}\}|https://a\.b|&#xE00[0-3];){0,40}"#
        ) {
            let shadow = Shadow::of(&text);
            prop_assert_eq!(shadow.text().len(), text.len());
            prop_assert_eq!(shadow.restore(shadow.text()), text.as_str());
        }
    }
}
