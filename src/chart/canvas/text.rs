//! Estimates how wide a text is, without a font at hand, and where a long one may break.
//!
//! Han and other full-width characters are one em in every Chinese face. Latin letters and digits
//! are taken as wide as in the wider of the usual faces, so that what fits here fits there.

use crate::chart::canvas::scale::Px;

/// A size and weight of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Face {
    /// The height of an em in pixels.
    pub(crate) size: i32,
    /// Latin letters and digits of a bold face are wider; Han characters are not.
    pub(crate) bold: bool,
}

impl Face {
    /// Axis labels, years, marks.
    pub(crate) const SMALL: Self = Self { size: 12, bold: false };
    /// Names and values.
    pub(crate) const BODY: Self = Self { size: 13, bold: false };
    /// Names beside their lines; the subject of a comparison.
    pub(crate) const STRONG: Self = Self { size: 13, bold: true };
    /// The title of a picture that stands alone.
    pub(crate) const TITLE: Self = Self { size: 18, bold: true };

    /// Returns the width of a text.
    pub(crate) fn width(self, text: &str) -> Px {
        text.chars().fold(Px(0), |sum, c| sum + self.advance(c))
    }

    #[inline]
    fn advance(self, c: char) -> Px {
        let per_mille = advance(c);
        let weight = if self.bold && per_mille < 1_000 { 112 } else { 100 };
        Px((per_mille * self.size * weight + 5_000) / 10_000)
    }
}

/// The advance of a character in thousandths of an em.
#[inline]
fn advance(c: char) -> i32 {
    match c {
        '0'..='9' => 640,
        '\u{4e00}'..='\u{9fff}' => 1_000,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' => 0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 320,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | '·' => 380,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 920,
        'A'..='Z' => 710,
        'a'..='z' => 615,
        c if is_full_width(c) => 1_000,
        '\u{2212}' | '+' | '<' | '>' | '=' => 840,
        _ => 640,
    }
}

/// Whether a character fills a Han square (Unicode's East Asian wide and full-width ranges, and the
/// circled numbers, which Chinese faces draw as wide).
fn is_full_width(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2460}'..='\u{24ff}' | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Breaks a text into lines no longer than `width`: at spaces and punctuation and after the last
/// character of a Chinese place or office where it can, else between two characters.
pub(crate) fn lines(text: &str, width: Px, face: Face) -> Vec<String> {
    let whole = text.trim();
    if !whole.is_empty() && face.width(whole) <= width {
        return vec![whole.to_owned()];
    }
    let chars: Vec<char> = whole.chars().collect();
    let mut lines = Vec::new();
    let mut rest = chars.as_slice();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(line_length(rest, width, face));
        let line: String = line.iter().collect();
        lines.push(line.trim_end().to_owned());
        let spaces = after.iter().take_while(|c| **c == ' ').count();
        rest = after.get(spaces..).unwrap_or_default();
    }
    lines
}

/// As [`lines`], but at most `most` of them; `…` marks what is left out.
pub(crate) fn lines_at_most(text: &str, width: Px, face: Face, most: usize) -> Vec<String> {
    let mut all = lines(text, width, face);
    if all.len() > most {
        all.truncate(most);
        if let Some(last) = all.last_mut() {
            while face.width(last) + face.advance('…') > width && last.pop().is_some() {}
            last.push('…');
        }
    }
    all
}

/// Returns the number of characters of the first line; at least one.
fn line_length(text: &[char], width: Px, face: Face) -> usize {
    let mut fits = 0;
    let mut used = Px(0);
    for c in text {
        used = used + face.advance(*c);
        if used > width {
            break;
        }
        fits += 1;
    }
    if fits == text.len() {
        return fits;
    }
    let fits = fits.max(1);
    let last = |chance: fn(char, char) -> bool| {
        (1..=fits).rev().find(|&at| match text.get(at - 1..=at) {
            Some(&[before, after]) => chance(before, after),
            _ => false,
        })
    };
    // A good break very early in the line would leave a ragged stub.
    last(is_pause)
        .filter(|at| *at * 5 >= fits * 3)
        .or_else(|| last(is_good_break).filter(|at| *at * 3 >= fits))
        .or_else(|| last(is_break))
        .or_else(|| last(is_between_digits))
        .unwrap_or(fits)
}

/// Whether a reader pauses here anyway.
fn is_pause(before: char, after: char) -> bool {
    let pauses = " 、，。；：）》),;".contains(before) || "（(《".contains(after);
    pauses && !is_between_digits(before, after) && !never_first(after)
}

/// Between the thousands of a number, which stays whole unless it is longer than a line.
fn is_between_digits(before: char, after: char) -> bool {
    before == ',' && after.is_ascii_digit()
}

/// After the last character of a place or an office, unless it begins another word there.
fn is_good_break(before: char, after: char) -> bool {
    if never_first(after) {
        return false;
    }
    match before {
        '市' => !"场政民容级辖区直管建规".contains(after),
        '区' => !"域划直级".contains(after),
        '县' => !"级城域直".contains(after),
        '省' => !"级直略".contains(after),
        '局' => !"部面长势".contains(after),
        _ => is_pause(before, after),
    }
}

fn is_break(before: char, after: char) -> bool {
    let joined = |c: char| !is_full_width(c) && c != ' ' && c != '-' && c != '/';
    let never_last = matches!(before, '（' | '(' | '《' | '“');
    let inside_word = joined(before) && joined(after);
    !(never_first(after) || never_last || inside_word)
}

fn never_first(c: char) -> bool {
    "、，。；：）》”！？),.;:!?%…".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chinese_is_one_em_a_character() {
        assert_eq!(Face::BODY.width("苍南县统计局"), Px::whole(6 * 13));
        assert_eq!(Face::STRONG.width("苍南县统计局"), Px::whole(6 * 13));
        assert_eq!(Face::SMALL.width("①"), Px::whole(12));
        assert!(Face::STRONG.width("1,342") > Face::BODY.width("1,342"));
    }

    #[test]
    fn names_break_after_places_and_offices() {
        let broken = |text: &str, han: i32| lines(text, Px::whole(13 * han), Face::BODY);
        assert_eq!(
            broken("苍南县市场监督管理局（知识产权局）", 12),
            ["苍南县市场监督管理局", "（知识产权局）"]
        );
        assert_eq!(
            broken("浙江省温州市苍南县县城新区工程建设指挥部", 12),
            ["浙江省温州市苍南县", "县城新区工程建设指挥部"]
        );
        assert_eq!(broken("住房、城乡建设", 5), ["住房、", "城乡建设"]);
        assert_eq!(broken("因为没有可以断开的地方", 4), ["因为没有", "可以断开", "的地方"]);
        assert_eq!(broken("Environmental Protection Agency", 12), ["Environmental", "Protection Agency"]);
        assert_eq!(broken("Granted in full 1,191", 9), ["Granted in full", "1,191"]);
    }

    #[test]
    fn what_is_left_out_is_marked() {
        assert_eq!(
            lines_at_most("因为没有可以断开的地方", Px::whole(52), Face::BODY, 2),
            ["因为没有", "可以断…"]
        );
        assert_eq!(lines_at_most("短", Px::whole(52), Face::BODY, 2), ["短"]);
    }

    proptest! {
        #[test]
        fn breaking_loses_nothing_but_spaces(text in "[ a-c1-3,、县市局场（）]{0,40}", han in 2_i32..12) {
            let width = Px::whole(13 * han);
            let broken = lines(&text, width, Face::BODY);
            let squeeze = |text: &str| text.replace(' ', "");
            prop_assert_eq!(squeeze(&broken.concat()), squeeze(&text));
            for line in &broken {
                prop_assert!(Face::BODY.width(line) <= width, "{} is too long", line);
            }
        }
    }
}
