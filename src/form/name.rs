//! The names of indicators in a sentence: their labels without numbering and remarks.

use crate::base::text::Localized;

/// The name of an indicator, or of a row's cell in a column.
pub(super) fn of(label: &Localized, column: Option<&Localized>) -> Localized {
    let names = label.iter().map(|(lang, text)| {
        let name = plain(text);
        let column = column.map(|column| match column.iter().find(|(tag, _)| *tag == lang) {
            Some((_, text)) => text,
            None => column.iter().next().map_or("", |(_, text)| text),
        });
        match column {
            Some(column) if lang.starts_with("zh") => (lang, format!("{name}（{column}）")),
            Some(column) => (lang, format!("{name} ({column})")),
            None => (lang, name.to_owned()),
        }
    });
    let names: Vec<_> = names.collect();
    Localized::from_pairs(names.iter().map(|(lang, name)| (*lang, name.as_str())))
}

/// Strips a label of its numbering (`一、`, `（一）`, `1、`, `1.`, `其中：`) and of a remark in brackets at
/// its end.
pub fn plain(label: &str) -> &str {
    let mut name = label.trim();
    loop {
        let before = name;
        name = strip_numbering(name);
        name = name.strip_prefix("其中：").unwrap_or(name).trim_start();
        if name == before {
            break;
        }
    }
    // An ASCII bracket without a space before it belongs to the word: `Ex. 7(A)`.
    for (open, close) in [("（", '）'), (" (", ')')] {
        if let Some(start) =
            name.strip_suffix(close).and_then(|inner| inner.find(open)).filter(|start| *start > 0)
        {
            name = name.get(..start).unwrap_or(name).trim_end();
        }
    }
    if name.is_empty() { label } else { name }
}

fn strip_numbering(text: &str) -> &str {
    const NUMERALS: &str = "一二三四五六七八九十";
    let is_numeral = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    let (inner, closing): (&str, &[char]) = match text.chars().next() {
        Some('（') => (text.get('（'.len_utf8()..).unwrap_or(""), &['）']),
        Some('(') => (text.get(1..).unwrap_or(""), &[')']),
        _ => (text, &['、', '.', '．']),
    };
    let rest = inner.trim_start_matches(is_numeral);
    match rest.chars().next() {
        Some(mark) if rest.len() < inner.len() && closing.contains(&mark) => {
            rest.get(mark.len_utf8()..).unwrap_or("").trim_start()
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Lang;

    #[test]
    fn numbering_and_remarks_go() {
        for (label, name) in [
            ("一、主动公开数量", "主动公开数量"),
            ("（一）通过政府网站公开数", "通过政府网站公开数"),
            ("1、维持具体行政行为数", "维持具体行政行为数"),
            ("2.其他法律行政法规禁止公开", "其他法律行政法规禁止公开"),
            ("其中：涉及国家秘密", "涉及国家秘密"),
            ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
            ("3.危及“三安全一稳定”", "危及“三安全一稳定”"),
            ("Requests received", "Requests received"),
            ("2019年数量", "2019年数量"),
            ("Granted in part (counted only here)", "Granted in part"),
            ("Ex. 7(A)", "Ex. 7(A)"),
            ("Ex. 7(A) (enforcement proceedings)", "Ex. 7(A)"),
            ("第7(A)项豁免（执法程序）", "第7(A)项豁免"),
        ] {
            assert_eq!(plain(label), name);
        }
    }

    #[test]
    fn a_cell_is_named_with_its_column() {
        let label = Localized::from_pairs([("zh", "（一）予以公开"), ("en", "Granted")]);
        let column = Localized::from_pairs([("zh", "自然人"), ("en", "Natural persons")]);
        let name = of(&label, Some(&column));
        assert_eq!(name.get(&Lang::new("zh-CN")), "予以公开（自然人）");
        assert_eq!(name.get(&Lang::new("en")), "Granted (Natural persons)");
    }
}
