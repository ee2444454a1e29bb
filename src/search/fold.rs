//! Folding: texts that readers take for the same become the same, and fall apart into units.
//!
//! Every character is folded alone, so that a place in the folded text is a place in the text:
//! its compatibility form (full-width letters and digits become ASCII, `㎡` becomes `m2`), in lower
//! case. What comes out is of one of four classes; [`Class`] says what becomes of each.

use icu_normalizer::ComposingNormalizerBorrowed;

/// What a character does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Stands for itself: Chinese characters, kana, hangul.
    Han,
    /// Part of a word: every other letter and digit.
    Word,
    /// Is not there: quotation marks, book-title marks, what has no width.
    Ignored,
    /// Ends whatever is before it.
    Break,
}

/// A piece of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit<'w> {
    /// A character that stands for itself.
    Han(char),
    /// Letters and digits.
    Word(&'w str),
    /// What no term reaches across.
    Break,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A page: white space between a number and a Chinese character is layout.
    Page,
    /// A reader: white space separates what was asked for.
    Query,
}

/// Folds a text, and hands out its units in order.
pub(super) fn units(text: &str, mode: Mode, mut emit: impl FnMut(Unit<'_>)) {
    let mut word = String::new();
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if is_silent(c, before, rest.as_str(), mode) {
            continue;
        }
        before = Some(c);
        each_folded(c, |folded| match class(folded) {
            Class::Ignored => {}
            Class::Word => word.push(folded),
            class => {
                if !word.is_empty() {
                    emit(Unit::Word(&word));
                    word.clear();
                }
                emit(if class == Class::Han { Unit::Han(folded) } else { Unit::Break });
            }
        });
    }
    if !word.is_empty() {
        emit(Unit::Word(&word));
    }
}

/// Whether a character between others is not there: the comma that groups digits, and on pages the
/// space between a number and its unit.
fn is_silent(c: char, before: Option<char>, rest: &str, mode: Mode) -> bool {
    match c {
        ',' => {
            let mut next = rest.chars();
            before.is_some_and(is_digit)
                && next.by_ref().take(3).filter(|c| is_digit(*c)).count() == 3
                && !next.next().is_some_and(is_digit)
        }
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' if mode == Mode::Page => {
            let Some((before, next)) = before.zip(rest.chars().next()) else { return false };
            is_digit(before) && class(next) == Class::Han || class(before) == Class::Han && is_digit(next)
        }
        _ => false,
    }
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Hands out what a character is folded to: mostly one, sometimes several.
fn each_folded(c: char, mut emit: impl FnMut(char)) {
    match c {
        // What most texts are made of needs no tables.
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3020}' | '\u{2018}'..='\u{201e}' => emit(c),
        '\0'..='\u{7f}' => emit(c.to_ascii_lowercase()),
        '\u{ff01}'..='\u{ff5e}' => emit(narrow(c).to_ascii_lowercase()),
        _ => compatible(c, emit),
    }
}

/// Folds a character by the tables of Unicode.
fn compatible(c: char, emit: impl FnMut(char)) {
    let mut buffer = [0; 4];
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let form = nfkc.normalize(c.encode_utf8(&mut buffer));
    form.chars().flat_map(char::to_lowercase).for_each(emit);
}

/// The ASCII character that a full-width one is the wide form of.
fn narrow(c: char) -> char {
    char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
}

/// A text folded for comparing: its units, with one space between words and where there is a break.
pub(super) fn folded(text: &str, mode: Mode) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut broken = false;
    units(text, mode, |unit| {
        if unit == Unit::Break {
            broken = true;
            return;
        }
        if std::mem::take(&mut broken) && !folded.is_empty() {
            folded.push(' ');
        }
        match unit {
            Unit::Han(c) => folded.push(c),
            Unit::Word(word) => folded.push_str(word),
            Unit::Break => {}
        }
    });
    folded
}

/// The class of a folded character.
pub(super) fn class(c: char) -> Class {
    match c {
        '\u{3400}'..='\u{9fff}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{3005}'
        | '\u{3007}'
        | '\u{3041}'..='\u{31ff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{20000}'..='\u{323af}' => Class::Han,
        '"'
        | '\''
        | '«'
        | '»'
        | '‹'
        | '›'
        | '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2018}'..='\u{201f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{3008}'..='\u{300f}'
        | '\u{301d}'..='\u{301f}' => Class::Ignored,
        'a'..='z' | '0'..='9' => Class::Word,
        '\0'..='\u{7f}' => Class::Break,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Break,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_no_tables_folds_as_they_say() {
        for c in '\0'..=char::MAX {
            let (mut quickly, mut by_tables) = (String::new(), String::new());
            each_folded(c, |folded| quickly.push(folded));
            compatible(c, |folded| by_tables.push(folded));
            assert_eq!(quickly, by_tables, "{c:?}");
        }
    }
}
