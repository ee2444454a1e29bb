//! Characters of Chinese text, which has no spaces between words or around punctuation.

/// Whether a character is Han, kana, bopomofo, or full-width punctuation.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fff}'
        | '\u{3001}'..='\u{312f}'
        | '\u{31a0}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe1f}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is punctuation of both Chinese and Latin text: quotes, dash, ellipsis.
pub(super) fn is_shared(c: char) -> bool {
    matches!(c, '\u{2014}' | '\u{2015}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2026}')
}

/// Whether a line break between two characters is no space, as between `信息` and `公开`, `”` and `和`.
pub(super) fn joins(before: char, after: char) -> bool {
    let chinese = |c| is_wide(c) || is_shared(c);
    (is_wide(before) || is_wide(after)) && chinese(before) && chinese(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_letters_and_marks_are_wide() {
        for c in "政府〇々，。：（）《》【】％＋ア".chars() {
            assert!(is_wide(c), "{c}");
        }
        for c in "aé1-·°“…—　한\u{e000}".chars() {
            assert!(!is_wide(c), "{c}");
        }
    }

    #[test]
    fn a_shared_mark_joins_only_beside_a_wide_character() {
        assert!(joins('息', '公'));
        assert!(joins('”', '和'));
        assert!(joins('。', '“'));
        assert!(!joins('”', '“'));
        assert!(!joins('息', 'A'));
        assert!(!joins('9', '条'));
    }
}
