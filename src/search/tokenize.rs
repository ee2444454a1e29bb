//! Tokenizes texts and queries: into the terms a text is found by, and those a query asks for.
//!
//! Every pair of neighbouring Chinese characters is a term, every single one, every word, and every
//! pair of a number of at most six digits and the character beside it: `维持22件` is found by `维持`,
//! `持22`, `22件`, `22`, `维`, `持` and `件`. Agencies are also found by runs of letters in the pinyin
//! of their names; such terms begin with a mark that no text can hold.

use crate::base::collate;

use super::document::{FACETS, FacetValue};
use super::hash::{Key, key};
use super::normalize::{self, Mode, Unit, normalized};

/// The first character of pinyin terms.
const PINYIN: char = '\u{1}';
/// The first character of facet terms.
const VALUE: char = '\u{2}';
/// The maximum number of digits of a number in a pair.
const MAX_NUMBER: usize = 6;
/// The number of letters in a pinyin term.
const LETTERS: usize = 3;
/// The maximum number of terms looked up per query; longer queries are sampled evenly.
const MAX_TERMS: usize = 5;
/// The maximum number of parts of a query; further ones are ignored.
const MAX_PARTS: usize = 8;

/// Emits the terms of a text, each as often as it occurs.
pub(super) fn text_terms(text: &str, mut emit: impl FnMut(Key)) {
    let mut before = Before::Nothing;
    normalize::units(text, Mode::Page, |unit| match unit {
        Unit::Break => before = Before::Nothing,
        Unit::Han(c) => {
            emit(key([c].into_iter()));
            match &before {
                Before::Nothing => {}
                Before::Han(other) => emit(key([*other, c].into_iter())),
                Before::Number(word) => emit(key(word.chars().chain([c]))),
            }
            before = Before::Han(c);
        }
        Unit::Word(word) => {
            emit(key(word.chars()));
            let is_number = is_number(word);
            if let (true, Before::Han(other)) = (is_number, &before) {
                emit(key([*other].into_iter().chain(word.chars())));
            }
            before = if is_number { Before::Number(word.to_owned()) } else { Before::Nothing };
        }
    });
}

/// The first half of a pair.
enum Before {
    Nothing,
    Han(char),
    Number(String),
}

fn is_number(word: &str) -> bool {
    word.len() <= MAX_NUMBER && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns a name in pinyin, without spaces, and the initials of its syllables.
pub(super) fn pinyin(name: &str) -> (String, String) {
    let reading = collate::sort_key(name);
    let syllables = || reading.split(' ').filter(|syllable| !syllable.is_empty());
    (syllables().collect(), syllables().filter_map(|syllable| syllable.chars().next()).collect())
}

/// Emits the terms by which a name is found in pinyin.
pub(super) fn pinyin_terms(name: &str, mut emit: impl FnMut(Key)) {
    let (whole, initials) = pinyin(name);
    for letters in [&whole, &initials] {
        letter_runs(letters, LETTERS).for_each(|run| emit(pinyin_key(run)));
    }
    letter_runs(&initials, LETTERS - 1).for_each(|run| emit(pinyin_key(run)));
}

fn letter_runs(letters: &str, length: usize) -> impl Iterator<Item = &str> {
    (0..letters.len()).filter_map(move |at| letters.get(at..at + length))
}

fn pinyin_key(run: &str) -> Key {
    key([PINYIN].into_iter().chain(run.chars()))
}

/// Returns the terms of a facet's value: its own, and those of all it lies in.
pub(super) fn facet_terms(facet: usize, value: &FacetValue) -> impl Iterator<Item = Key> {
    let facet = FACETS.get(facet).copied().unwrap_or("");
    let ends = value.key.match_indices('/').map(|(at, _)| at).chain([value.key.len()]);
    // An agency lies in a region, but in no other agency.
    let ends = ends.filter(move |end| facet == "region" || *end == value.key.len());
    ends.filter_map(|end| value.key.get(..end))
        .map(move |path| key([VALUE].into_iter().chain(facet.chars()).chain([':']).chain(path.chars())))
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// What stands between white space and punctuation. Every part has to be found.
    pub(super) parts: Vec<QueryPart>,
    /// The terms of its letters as pinyin; none where it has other characters.
    pub(super) pinyin: Vec<Key>,
    /// Its letters without separators, for pinyin.
    pub(super) letters: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct QueryPart {
    /// Normalized.
    pub(super) text: String,
    /// The terms that have to be found for it.
    pub(super) terms: Vec<Key>,
}

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let normalized = normalized(text, Mode::Query);
        let parts: Vec<&str> =
            normalized.split(' ').filter(|part| !part.is_empty()).take(MAX_PARTS).collect();
        let share = (MAX_TERMS / parts.len().max(1)).max(1);
        for text in parts {
            let mut part = QueryPart { text: text.to_owned(), terms: Vec::new() };
            let terms = part_terms(text);
            let (count, last) = (share.min(terms.len()), terms.len().saturating_sub(1));
            for at in 0..count {
                // The first, the last, and others evenly between them.
                let place = if count == 1 { 0 } else { at * last / (count - 1) };
                part.terms.extend(terms.get(place).filter(|term| !part.terms.contains(term)).copied());
            }
            query.parts.push(part);
        }
        let letters: String = query.parts.iter().map(|part| &*part.text).collect();
        if letters.len() >= LETTERS - 1 && letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let runs: Vec<&str> = letter_runs(&letters, LETTERS.min(letters.len())).collect();
            let places = [0, runs.len() / 2, runs.len() - 1];
            for run in places.iter().filter_map(|at| runs.get(*at)) {
                if !query.pinyin.contains(&pinyin_key(run)) {
                    query.pinyin.push(pinyin_key(run));
                }
            }
            query.letters = letters;
        }
        query
    }
}

/// Returns the terms of a part: its pairs, and units in no pair.
fn part_terms(text: &str) -> Vec<Key> {
    let mut units: Vec<(String, bool)> = Vec::new();
    normalize::units(text, Mode::Query, |unit| match unit {
        Unit::Han(c) => units.push((c.to_string(), true)),
        Unit::Word(word) => units.push((word.to_owned(), false)),
        Unit::Break => {}
    });
    let pairs = |left: &(String, bool), right: &(String, bool)| {
        (left.1 || is_number(&left.0)) && (right.1 || is_number(&right.0))
    };
    let mut terms = Vec::new();
    let mut is_paired = false;
    for (at, unit) in units.iter().enumerate() {
        match units.get(at + 1).filter(|next| pairs(unit, next)) {
            Some(next) => {
                terms.push(key(unit.0.chars().chain(next.0.chars())));
                is_paired = true;
            }
            None if is_paired => is_paired = false,
            None => terms.push(key(unit.0.chars())),
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(terms: &[&str]) -> Vec<Key> {
        let mut keys: Vec<Key> = terms.iter().map(|term| key(term.chars())).collect();
        keys.sort_unstable();
        keys
    }

    fn sorted(text: &str) -> Vec<Key> {
        let mut found = Vec::new();
        text_terms(text, |key| found.push(key));
        found.sort_unstable();
        found
    }

    #[test]
    fn numbers_stick_to_their_neighbours() {
        assert_eq!(sorted("维持22件"), keys(&["维", "持", "件", "维持", "22", "持22", "22件"]));
        assert_eq!(sorted("共 22 件"), keys(&["共", "件", "22", "共22", "22件"]), "spaces are layout");
        assert_eq!(sorted("年,22。件"), keys(&["年", "件", "22"]), "no pair reaches across a break");
        assert_eq!(sorted("1234567件"), keys(&["1234567", "件"]), "a long number stands alone");
        assert_eq!(sorted("59,237件"), keys(&["59237", "59237件", "件"]), "digits are grouped or not");
    }

    #[test]
    fn quotation_marks_are_not_there() {
        assert_eq!(sorted("“三公”经费"), sorted("三公经费"));
        assert_eq!(sorted("《条例》"), sorted("条例"));
        assert_eq!(sorted("ＡＢＣ１２"), keys(&["abc12"]));
    }

    #[test]
    fn a_query_asks_for_pairs() {
        let query = Query::parse("公开 22件");
        assert_eq!(query.parts.len(), 2);
        assert_eq!(query.parts[0].terms, keys(&["公开"]));
        assert_eq!(query.parts[1].terms, keys(&["22件"]));
        assert_eq!(Query::parse("县").parts[0].terms, keys(&["县"]));
        assert!(Query::parse(" ，。“”").parts.is_empty());
    }

    #[test]
    fn of_a_long_query_some_terms_are_asked_for() {
        let terms =
            |text: &str| Query::parse(text).parts.into_iter().map(|part| part.terms).collect::<Vec<_>>();
        let pairs = |pairs: &[&str]| -> Vec<Key> { pairs.iter().map(|pair| key(pair.chars())).collect() };
        assert_eq!(terms("政府信息公开"), [pairs(&["政府", "府信", "信息", "息公", "公开"])]);
        assert_eq!(terms("政府信息公开工作年度报告"), [pairs(&["政府", "信息", "开工", "作年", "报告"])]);
        assert_eq!(terms("政府信息公开 年度报告"), [pairs(&["政府", "公开"]), pairs(&["年度", "报告"])]);
        assert_eq!(terms("公开公开公开"), [pairs(&["公开", "开公"])]);
        assert_eq!(terms("一 二 三 四 五 六").len(), 6);
    }

    #[test]
    fn letters_are_tried_as_pinyin() {
        let mut terms = Vec::new();
        pinyin_terms("苍南县新城", |key| terms.push(key));
        for query in ["cangnan", "cnx", "cnxxc", "cn", "can gnan", "XINCHENG"] {
            let query = Query::parse(query);
            assert!(!query.pinyin.is_empty() && query.pinyin.iter().all(|key| terms.contains(key)));
        }
        assert!(Query::parse("cangnan 2012").pinyin.is_empty());
        assert_eq!(pinyin("苍南县新城"), ("cangnanxianxincheng".to_owned(), "cnxxc".to_owned()));
    }
}
