//! Keeps numbers on one line with their unit: `2024年`, `1,342条`.

use crate::base::escape::push_html;

/// Writes a text as HTML in which no line breaks between a number and its unit, which consists of characters
/// of `units`. An element does it instead of a no-break character, so that the text can be searched and copied
/// unchanged.
pub(crate) fn unbroken(text: &str, units: &str) -> String {
    let mut html = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let digits = from.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(from.len());
        let counted = from.get(digits..).unwrap_or_default();
        let unit = counted.find(|c| !units.contains(c)).unwrap_or(counted.len());
        let (number, after) = from.split_at(digits + unit);
        push_html(&mut html, before);
        if unit > 0 {
            html.push_str("<span class=\"nb\">");
            push_html(&mut html, number);
            html.push_str("</span>");
        } else {
            push_html(&mut html, number);
        }
        rest = after;
    }
    push_html(&mut html, rest);
    html
}

#[cfg(test)]
mod tests {
    use super::unbroken;

    #[test]
    fn numbers_keep_their_units() {
        let year = |text: &str| text.replace('[', "<span class=\"nb\">").replace(']', "</span>");
        for (text, html) in [
            ("2024年度报告", "[2024年]度报告"),
            ("2008—2025年，共1,342条", "2008—[2025年]，共[1,342条]"),
            ("收入6.5万元。", "收入[6.5万元]。"),
            ("Report 2012 <b>", "Report 2012 &lt;b&gt;"),
            ("年报", "年报"),
            ("12", "12"),
            ("", ""),
        ] {
            assert_eq!(unbroken(text, "年月日条件个份项次人家万元"), year(html));
        }
    }
}
