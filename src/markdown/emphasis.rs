//! Emphasis beside Chinese punctuation.
//!
//! CommonMark decides by the characters on both sides of `**` whether it can open or close emphasis:
//! with punctuation inside and a letter outside it cannot. That is right between English words, but
//! `**重点：**后文` and `**[条例](a.md)**规定`, which have no spaces, would print asterisks.
//! Here, asterisks with a Chinese character on one side and no space on the other can both open and
//! close. For that, the parser must see both sides as one class, letters or punctuation; so this
//! module names the Chinese characters to show it as the other class. Asterisks between other
//! characters are not touched.

use super::cjk::{is_shared, is_wide};

/// What the parser takes a character for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CharClass {
    Letter,
    Punctuation,
}

/// What stands on one side of a run of asterisks: CommonMark's flank.
#[derive(Clone, Copy)]
enum Flank {
    /// A space or the end of the text: the run opens or closes whatever the other side is.
    Space,
    /// A Chinese character, which can be shown as another class.
    Chinese { at: usize, c: char },
    /// Another character; `None` if its class is not certain.
    Fixed(Option<CharClass>),
}

/// Chinese characters that must be of one class, because runs of asterisks link them.
#[derive(Default)]
struct Chain {
    links: Vec<(usize, char)>,
    beside_letter: bool,
    beside_punctuation: bool,
    beside_unknown: bool,
}

/// Returns the characters that the parser should see as another class than their own, by offset.
pub(super) fn reclassified(text: &str) -> Vec<(usize, char, CharClass)> {
    let mut changes = Vec::new();
    let mut chain = Chain::default();
    for (start, end) in runs(text) {
        let before = side_before(text, start);
        let after = side_after(text, end);
        let constrained = match (before, after) {
            (Flank::Space, _) | (_, Flank::Space) => false,
            (Flank::Chinese { .. }, _) | (_, Flank::Chinese { .. }) => true,
            _ => false,
        };
        let continues = match (before, chain.links.last()) {
            (Flank::Chinese { at, .. }, Some((last, _))) => at == *last,
            _ => false,
        };
        if !continues {
            std::mem::take(&mut chain).settle(&mut changes);
        }
        if constrained {
            if !continues {
                chain.add(before);
            }
            chain.add(after);
        }
    }
    chain.settle(&mut changes);
    changes
}

impl Chain {
    fn add(&mut self, side: Flank) {
        match side {
            Flank::Chinese { at, c } => self.links.push((at, c)),
            Flank::Fixed(Some(CharClass::Letter)) => self.beside_letter = true,
            Flank::Fixed(Some(CharClass::Punctuation)) => self.beside_punctuation = true,
            Flank::Fixed(None) => self.beside_unknown = true,
            Flank::Space => {}
        }
    }

    /// All become letters, unless they touch punctuation that cannot change. If one end is such
    /// punctuation and the other a letter, no class suits all runs; as letters, the first run can
    /// open and the last can close, as the author means.
    fn settle(self, changes: &mut Vec<(usize, char, CharClass)>) {
        if self.beside_unknown {
            return;
        }
        let class = if self.beside_punctuation && !self.beside_letter {
            CharClass::Punctuation
        } else {
            CharClass::Letter
        };
        let changed =
            self.links.into_iter().filter(|(_, c)| (class == CharClass::Letter) != c.is_alphanumeric());
        changes.extend(changed.map(|(at, c)| (at, c, class)));
    }
}

/// The runs of `*`, and those of exactly two `~`.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize, &str)> = Vec::new();
    for (at, delimiter) in text.match_indices(['*', '~']) {
        match runs.last_mut() {
            Some((_, end, last)) if *end == at && *last == delimiter => *end += 1,
            _ => runs.push((at, at + 1, delimiter)),
        }
    }
    let counts = |(start, end, delimiter)| delimiter == "*" || end - start == 2;
    runs.into_iter().filter(|run| counts(*run)).map(|(start, end, _)| (start, end)).collect()
}

fn side_before(text: &str, at: usize) -> Flank {
    let before = text.get(..at).unwrap_or("");
    let Some(c) = before.chars().next_back() else {
        return Flank::Space;
    };
    let start = at - c.len_utf8();
    let outer = text.get(..start).unwrap_or("");
    let beyond = outer.bytes().next_back();
    let tildes = outer.len() - outer.trim_end_matches('~').len();
    side(c, start, outer.chars().next_back(), beyond, tildes)
}

fn side_after(text: &str, at: usize) -> Flank {
    let after = text.get(at..).unwrap_or("");
    let Some(c) = after.chars().next() else {
        return Flank::Space;
    };
    let outer = after.get(c.len_utf8()..).unwrap_or("");
    let beyond = outer.bytes().next();
    let tildes = outer.len() - outer.trim_start_matches('~').len();
    side(c, at, outer.chars().next(), beyond, tildes)
}

/// Classifies a character beside a run by itself and its other neighbour.
fn side(c: char, at: usize, neighbour: Option<char>, beyond: Option<u8>, tildes: usize) -> Flank {
    if c.is_whitespace() {
        return Flank::Space;
    }
    let chinese = is_wide(c) || is_shared(c) && neighbour.is_some_and(is_wide);
    // The neighbours of underscores and single tildes must not change: they count for those too.
    let other_delimiter = beyond == Some(b'_') || (beyond == Some(b'~') && tildes != 2);
    if chinese && c.len_utf8() == 3 && !other_delimiter {
        return Flank::Chinese { at, c };
    }
    let class = if c.is_alphanumeric() || matches!(c, '\u{e000}'..='\u{f8ff}') {
        Some(CharClass::Letter)
    } else if c.is_ascii_punctuation() || chinese || is_certain_punctuation(c) {
        Some(CharClass::Punctuation)
    } else {
        None
    };
    Flank::Fixed(class)
}

/// Punctuation and symbols of the Unicode blocks in common use.
fn is_certain_punctuation(c: char) -> bool {
    is_shared(c)
        || matches!(c,
            '\u{a1}'..='\u{a9}'
            | '\u{ab}' | '\u{ac}' | '\u{ae}'..='\u{b1}' | '\u{b4}' | '\u{b6}'..='\u{b8}'
            | '\u{bb}' | '\u{bf}' | '\u{d7}' | '\u{f7}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205e}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn changes(text: &str) -> Vec<(char, CharClass)> {
        reclassified(text)
            .into_iter()
            .map(|(at, c, class)| {
                assert!(text[at..].starts_with(c));
                (c, class)
            })
            .collect()
    }

    #[test]
    fn chinese_punctuation_inside_becomes_a_letter() {
        assert_eq!(changes("**重点：**后文"), [('：', CharClass::Letter)]);
        assert_eq!(changes("前文**《条例》**规定").len(), 2);
        assert_eq!(changes("a~~（x）~~b").len(), 2);
    }

    #[test]
    fn a_letter_outside_becomes_punctuation_where_the_inside_cannot_change() {
        assert_eq!(changes("**[a](b)**后"), [('后', CharClass::Punctuation)]);
        assert_eq!(changes("**“五公开”**工作"), [('”', CharClass::Letter)]);
        assert_eq!(changes("**“open”**工作"), [('工', CharClass::Punctuation)]);
    }

    #[test]
    fn nothing_changes_where_commonmark_is_right() {
        for text in ["**重点**后文", "**a:** b", "**a:**b", "* 项", "甲 ** 乙", "_（甲）_乙", "a*：_b"]
        {
            assert_eq!(changes(text), [], "{text}");
        }
    }

    #[test]
    fn a_character_between_two_runs_gets_one_class() {
        assert_eq!(changes("a)*乙*丙"), [('乙', CharClass::Punctuation), ('丙', CharClass::Punctuation)]);
        // `)` wants punctuation and `b` wants a letter: it stays the letter that it is.
        assert_eq!(changes("a)*乙*b"), []);
        assert_eq!(changes("甲**：**乙"), [('：', CharClass::Letter)]);
    }

    proptest! {
        #[test]
        fn latin_text_is_never_touched(text in r"[ -~\n“”‘’—…é°]{0,60}") {
            prop_assert_eq!(reclassified(&text), vec![]);
        }

        #[test]
        fn offsets_ascend_and_fit(text in r"([*~_ )a]|\*\*|~~|[“”：（）甲乙]){0,40}") {
            let mut end = 0;
            for (at, c, class) in reclassified(&text) {
                prop_assert!(at >= end);
                end = at + c.len_utf8();
                prop_assert_eq!(c.len_utf8(), 3);
                prop_assert!(text[at..].starts_with(c));
                prop_assert_eq!(class == CharClass::Punctuation, c.is_alphanumeric());
            }
        }
    }
}
