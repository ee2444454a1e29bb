//! Keys that make labels comparable: width, spaces, punctuation, numbering, 其中 and remarks removed.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Returns the text in NFKC without invisible characters.
pub(super) fn normalise(text: &str) -> String {
    let normaliser = const { ComposingNormalizerBorrowed::new_nfkc() };
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    normaliser.normalize(&visible).into_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}

/// The maximum length of a label, in bytes; labels with explanations are long.
pub(super) const MAX_LABEL_BYTES: usize = 1_500;

/// Empties a text that is too long for a label: a cell may hold a whole article.
fn short(text: &str) -> &str {
    if text.len() > MAX_LABEL_BYTES { "" } else { text }
}

/// Returns the key of a label: letters, digits and brackets, without numbering and 其中.
pub(super) fn key(label: &str) -> String {
    let label = short(label);
    squeeze(strip_lead(&normalise(without_circle(label))))
}

/// Returns the key of a label without closing remarks in brackets, for when its own key is unknown.
pub(super) fn bare_key(label: &str) -> String {
    let normal = normalise(without_circle(short(label)));
    squeeze(without_remarks(strip_lead(&normal)))
}

/// Returns the key of a label with its numbering, for when that distinguishes it from others.
pub(super) fn full_key(label: &str) -> String {
    squeeze(normalise(short(label)).trim_end_matches(['*', ' ']))
}

/// Returns the last remark in brackets: `万元` in `采购总金额（万元）`.
pub(super) fn remark(label: &str) -> Option<String> {
    let normal = normalise(short(label));
    let text = normal.trim_end_matches([' ', ':']);
    let open = opening(text)?;
    let inner = text.get(open + 1..text.len() - 1)?.trim();
    let inner = inner.strip_prefix("单位").map_or(inner, |unit| unit.trim_start_matches([':', ' ']));
    (!inner.is_empty()).then(|| inner.to_owned())
}

/// Removes circled numbers, which NFKC would turn into digits of the label.
fn without_circle(label: &str) -> &str {
    label.trim_start().trim_start_matches(|c| matches!(c, '\u{2460}'..='\u{2473}' | '\u{2776}'..='\u{2793}'))
}

fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '(' | ')'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Drops numbering, bullets and 其中 from the beginning.
fn strip_lead(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let bullets =
            |c: char| matches!(c, '*' | '#' | '-' | '·' | '•' | '●' | '○' | '◆' | '■' | '□' | '►' | ' ');
        let next = rest.trim_start_matches(bullets);
        let next = strip_numbering(next).trim_start();
        let next = match next.strip_prefix("其中") {
            Some(after) => after.trim_start_matches([':', ',', ' ', '、']),
            None => next,
        };
        if next == rest || next.is_empty() {
            return rest;
        }
        rest = next;
    }
}

/// Drops `一、`, `(一)`, `1、`, `1.`, `(1)`, `1)`: what NFKC leaves of printed numbering.
pub(super) fn strip_numbering(text: &str) -> &str {
    let (inner, marks): (&str, &[char]) = match text.strip_prefix('(') {
        Some(inner) => (inner, &[')']),
        None => (text, &['、', '.', ')', ',', '．']),
    };
    let rest = inner.trim_start_matches(is_numeral);
    let digits = inner.chars().take(8).take_while(|c| is_numeral(*c)).count();
    let rest = rest.trim_start();
    let Some(mark) = rest.chars().next().filter(|mark| marks.contains(mark)) else { return text };
    let after = rest.get(mark.len_utf8()..).unwrap_or("");
    // `1.5` is a number, `1,000` too, and `(2012)` a year.
    let is_number = matches!(mark, '.' | ',') && after.starts_with(|c: char| c.is_ascii_digit());
    if is_number || !(1..=3).contains(&digits) { text } else { after }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

fn without_remarks(text: &str) -> &str {
    let mut rest = text.trim_end_matches([' ', ':', '*']);
    while let Some(before) = opening(rest).and_then(|open| rest.get(..open)) {
        let before = before.trim_end();
        if before.is_empty() {
            break;
        }
        rest = before;
    }
    rest
}

/// Returns the position of the bracket that the closing one at the end belongs to.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth == 1 => return Some(at),
            '(' => depth = depth.saturating_sub(1),
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_that_mean_the_same_compare_equal() {
        for (printed, official) in [
            ("(一)通过政府网站公开数", "（一）通过政府网站公开数"),
            ("1、维持具体行政行为数", "１．维持具体行政行为数"),
            ("其中:涉及国家秘密", "其中：涉及国家秘密"),
            ("涉及国家秘密", "其中：涉及国家秘密"),
            ("  三 、 行政复议 数量：", "三、行政复议数量"),
            ("① 维持具体行政行为数", "1、维持具体行政行为数"),
            ("㈠通过政府网站公开数", "（一）通过政府网站公开数"),
            ("3.危及\"三安全一稳定\"", "3.危及“三安全一稳定”"),
            ("\u{feff}一、主动\u{200b}公开数量", "一、主动公开数量"),
            ("⼀、主动公开数量", "一、主动公开数量"),
            ("Simple - Median Number of Days", "simple — median number of days"),
            ("Other*", "Other"),
        ] {
            assert_eq!(key(printed), key(official), "{printed}");
        }
    }

    #[test]
    fn remarks_are_part_of_the_label_at_first() {
        assert_ne!(key("规范性文件（决定、公告）"), key("规范性文件"));
        assert_eq!(bare_key("规范性文件(行政机关制定发布的决定、公告(含转发))"), key("规范性文件"));
        assert_eq!(bare_key("采购总金额(万元)"), key("采购总金额"));
        assert_eq!(key("Ex. 7(A)"), "ex7(a)");
        assert_ne!(key("Ex. 7(A)"), key("Ex. 7(B)"));
    }

    #[test]
    fn numbers_are_no_numbering() {
        assert_eq!(key("1-20 Days"), "120days");
        assert_eq!(key("1.5倍"), "15倍");
        assert_eq!(key("2012年数量"), "2012年数量");
        assert_eq!(key("一般公共预算"), "一般公共预算");
        assert_eq!(key("第二十条第（一）项"), "第二十条第(一)项");
        assert_eq!(key("一"), "一");
    }

    #[test]
    fn a_remark_may_be_the_unit() {
        assert_eq!(remark("采购总金额（万元）").as_deref(), Some("万元"));
        assert_eq!(remark("主动公开数量（单位：条）").as_deref(), Some("条"));
        assert_eq!(remark("主动公开数量"), None);
    }

    proptest! {
        #[test]
        fn folding_never_panics_and_is_stable(text in any::<String>()) {
            let folded = key(&text);
            prop_assert_eq!(key(&text), folded);
            let _ = (bare_key(&text), remark(&text));
        }
    }
}
