//! Emphasis beside Chinese punctuation.
//!
//! CommonMark decides by the characters on both sides of `**` whether it can open or close:
//! punctuation inside and a letter outside means no. Between English words that is right; in
//! `**重点：**后文` and `**[条例](a.md)**规定`, where no space ever stands, it prints asterisks.
//! The rule followed here: asterisks with a Chinese character on one side and no space on the
//! other can both open and close. For that, both sides need to be of one class – letters, or
//! punctuation – as far as the parser can see; so this module names Chinese characters that the
//! parser should see as the other class. Asterisks between other characters are not touched.

use super::wide::{is_shared, is_wide};

/// What the parser takes a character for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter.
    Letter,
    /// Punctuation.
    Punctuation,
}

/// What stands on one side of a run of asterisks.
#[derive(Clone, Copy)]
enum Side {
    /// A space or the text's end: the run opens or closes whatever the other side is.
    Space,
    /// A Chinese character, that can be shown as another class.
    Chinese { at: usize, c: char },
    /// Another character; `None` where its class is not certain.
    Fixed(Option<Class>),
}

/// Chinese characters that must be of one class, because runs of asterisks link them.
#[derive(Default)]
struct Chain {
    links: Vec<(usize, char)>,
    beside_letter: bool,
    beside_punctuation: bool,
    beside_unknown: bool,
}

/// Finds the characters that the parser should see as another class than their own, by offset.
pub(super) fn reclassified(text: &str) -> Vec<(usize, char, Class)> {
    let mut changes = Vec::new();
    let mut chain = Chain::default();
    for (start, end) in runs(text) {
        let before = side_before(text, start);
        let after = side_after(text, end);
        let constrained = match (before, after) {
            (Side::Space, _) | (_, Side::Space) => false,
            (Side::Chinese { .. }, _) | (_, Side::Chinese { .. }) => true,
            _ => false,
        };
        let continues = match (before, chain.links.last()) {
            (Side::Chinese { at, .. }, Some((last, _))) => at == *last,
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
    fn add(&mut self, side: Side) {
        match side {
            Side::Chinese { at, c } => self.links.push((at, c)),
            Side::Fixed(Some(Class::Letter)) => self.beside_letter = true,
            Side::Fixed(Some(Class::Punctuation)) => self.beside_punctuation = true,
            Side::Fixed(None) => self.beside_unknown = true,
            Side::Space => {}
        }
    }

    /// All become letters, unless they touch punctuation that cannot change. Where one end is
    /// such punctuation and the other a letter, no class suits all runs; as letters, the first
    /// run can open and the last can close, which is what an author means.
    fn settle(self, changes: &mut Vec<(usize, char, Class)>) {
        if self.beside_unknown {
            return;
        }
        let class =
            if self.beside_punctuation && !self.beside_letter { Class::Punctuation } else { Class::Letter };
        let changed = self.links.into_iter().filter(|(_, c)| (class == Class::Letter) != c.is_alphanumeric());
        changes.extend(changed.map(|(at, c)| (at, c, class)));
    }
}

/// The runs of `*`, and those of exactly two `~`.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs = runs_of(text, '*');
    let tildes = runs_of(text, '~');
    if !tildes.is_empty() {
        runs.extend(tildes.into_iter().filter(|(start, end)| end - start == 2));
        runs.sort_unstable();
    }
    runs
}

fn runs_of(text: &str, delimiter: char) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.match_indices(delimiter) {
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end += 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

fn side_before(text: &str, at: usize) -> Side {
    let before = text.get(..at).unwrap_or("");
    let Some(c) = before.chars().next_back() else {
        return Side::Space;
    };
    let start = at - c.len_utf8();
    let outer = text.get(..start).unwrap_or("");
    let beyond = outer.bytes().next_back();
    let tildes = outer.len() - outer.trim_end_matches('~').len();
    side(c, start, outer.chars().next_back(), beyond, tildes)
}

fn side_after(text: &str, at: usize) -> Side {
    let after = text.get(at..).unwrap_or("");
    let Some(c) = after.chars().next() else {
        return Side::Space;
    };
    let outer = after.get(c.len_utf8()..).unwrap_or("");
    let beyond = outer.bytes().next();
    let tildes = outer.len() - outer.trim_start_matches('~').len();
    side(c, at, outer.chars().next(), beyond, tildes)
}

/// Judges a character beside a run by itself and by what stands on its other side.
fn side(c: char, at: usize, neighbour: Option<char>, beyond: Option<u8>, tildes: usize) -> Side {
    if c.is_whitespace() {
        return Side::Space;
    }
    let chinese = is_wide(c) || is_shared(c) && neighbour.is_some_and(is_wide);
    // Underscores and single tildes look at their neighbours too, and theirs must not change.
    let other_delimiter = beyond == Some(b'_') || (beyond == Some(b'~') && tildes != 2);
    if chinese && c.len_utf8() == 3 && !other_delimiter {
        return Side::Chinese { at, c };
    }
    let class = if c.is_alphanumeric() || matches!(c, '\u{e000}'..='\u{f8ff}') {
        Some(Class::Letter)
    } else if c.is_ascii_punctuation() || chinese || is_certain_punctuation(c) {
        Some(Class::Punctuation)
    } else {
        None
    };
    Side::Fixed(class)
}

/// Punctuation and symbols of the blocks that texts commonly use.
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

    fn changes(text: &str) -> Vec<(char, Class)> {
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
        assert_eq!(changes("**重点：**后文"), [('：', Class::Letter)]);
        assert_eq!(changes("前文**《条例》**规定").len(), 2);
        assert_eq!(changes("a~~（x）~~b").len(), 2);
    }

    #[test]
    fn a_letter_outside_becomes_punctuation_where_the_inside_cannot_change() {
        assert_eq!(changes("**[a](b)**后"), [('后', Class::Punctuation)]);
        assert_eq!(changes("**“五公开”**工作"), [('”', Class::Letter)]);
        assert_eq!(changes("**“open”**工作"), [('工', Class::Punctuation)]);
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
        assert_eq!(changes("a)*乙*丙"), [('乙', Class::Punctuation), ('丙', Class::Punctuation)]);
        // `)` wants punctuation and `b` wants a letter: it stays the letter that it is.
        assert_eq!(changes("a)*乙*b"), []);
        assert_eq!(changes("甲**：**乙"), [('：', Class::Letter)]);
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
                prop_assert_eq!(class == Class::Punctuation, c.is_alphanumeric());
            }
        }
    }
}
