//! Normalizes texts, so that what readers take for the same is the same, and splits them into units.
//!
//! Every character is normalized alone, so that a place in the result is a place in the text: to its
//! compatibility form (full-width letters and digits become ASCII, `㎡` becomes `m2`), in lower case.
//! Each character of the result is of one of four classes, see [`CharClass`].

use icu_normalizer::ComposingNormalizerBorrowed;

/// What a character does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharClass {
    /// Stands for itself: Chinese characters, kana, hangul.
    Han,
    /// Part of a word: every other letter and digit.
    Word,
    /// Dropped: quotation marks, book-title marks, what has no width.
    Ignored,
    /// Ends whatever is before it.
    Break,
}

/// A unit of a normalized text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit<'w> {
    /// A character that stands for itself.
    Han(char),
    /// Letters and digits.
    Word(&'w str),
    /// A place that no term spans.
    Break,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A page: white space between a number and a Chinese character is layout.
    Page,
    /// A query: white space separates its parts.
    Query,
}

/// Normalizes a text and emits its units in order.
pub(super) fn units(text: &str, mode: Mode, mut emit: impl FnMut(Unit<'_>)) {
    let mut word = String::new();
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if is_silent(c, before, rest.as_str(), mode) {
            continue;
        }
        before = Some(c);
        each_normalized(c, |normalized| match class(normalized) {
            CharClass::Ignored => {}
            CharClass::Word => word.push(normalized),
            class => {
                if !word.is_empty() {
                    emit(Unit::Word(&word));
                    word.clear();
                }
                emit(if class == CharClass::Han { Unit::Han(normalized) } else { Unit::Break });
            }
        });
    }
    if !word.is_empty() {
        emit(Unit::Word(&word));
    }
}

/// Whether a character is dropped for its neighbours: the comma that groups digits, and on pages the
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
            is_digit(before) && class(next) == CharClass::Han
                || class(before) == CharClass::Han && is_digit(next)
        }
        _ => false,
    }
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Emits what a character is normalized to: mostly one, sometimes several.
fn each_normalized(c: char, mut emit: impl FnMut(char)) {
    match c {
        // The bulk of all texts, without a look into the tables of Unicode.
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3020}' | '\u{2018}'..='\u{201e}' => emit(c),
        '\0'..='\u{7f}' => emit(c.to_ascii_lowercase()),
        '\u{ff01}'..='\u{ff5e}' => emit(narrow(c).to_ascii_lowercase()),
        _ => compatible(c, emit),
    }
}

/// Normalizes a character by the tables of Unicode (NFKC).
fn compatible(c: char, emit: impl FnMut(char)) {
    let mut buffer = [0; 4];
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let form = nfkc.normalize(c.encode_utf8(&mut buffer));
    form.chars().flat_map(char::to_lowercase).for_each(emit);
}

/// Returns the ASCII character of a full-width one.
fn narrow(c: char) -> char {
    char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
}

/// Returns a text normalized for comparison: its units, with one space for every run of breaks.
pub fn normalized(text: &str, mode: Mode) -> String {
    let mut normalized = String::with_capacity(text.len());
    let mut broken = false;
    units(text, mode, |unit| {
        if unit == Unit::Break {
            broken = true;
            return;
        }
        if std::mem::take(&mut broken) && !normalized.is_empty() {
            normalized.push(' ');
        }
        match unit {
            Unit::Han(c) => normalized.push(c),
            Unit::Word(word) => normalized.push_str(word),
            Unit::Break => {}
        }
    });
    normalized
}

/// Returns the class of a normalized character.
pub fn class(c: char) -> CharClass {
    match c {
        '\u{3400}'..='\u{9fff}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{3005}'
        | '\u{3007}'
        | '\u{3041}'..='\u{31ff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{20000}'..='\u{323af}' => CharClass::Han,
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
        | '\u{301d}'..='\u{301f}' => CharClass::Ignored,
        'a'..='z' | '0'..='9' => CharClass::Word,
        '\0'..='\u{7f}' => CharClass::Break,
        _ if c.is_alphanumeric() => CharClass::Word,
        _ => CharClass::Break,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_no_tables_is_normalized_as_they_say() {
        for c in '\0'..=char::MAX {
            let (mut quickly, mut by_tables) = (String::new(), String::new());
            each_normalized(c, |normalized| quickly.push(normalized));
            compatible(c, |normalized| by_tables.push(normalized));
            assert_eq!(quickly, by_tables, "{c:?}");
        }
    }
}
