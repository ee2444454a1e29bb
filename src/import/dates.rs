//! Dates, years and periods as documents print them, Chinese numerals included.

use jiff::civil::Date;

use crate::model::{Period, Span};

use super::label_key;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoundDate {
    pub(super) date: Date,
    /// Whether the text consists of nothing else.
    pub(super) is_whole: bool,
}

/// Returns the first date in a text: `2013年3月18日`, `二○一三年三月十八日`, `2013-03-18`, `2013.3.18`.
pub(super) fn find(text: &str) -> Option<FoundDate> {
    let chars: Vec<char> = compact(text);
    (0..chars.len()).find_map(|start| {
        if start > 0 && chars.get(start - 1).is_some_and(|c| digit(*c).is_some()) {
            return None;
        }
        let (date, end) = date_at(&chars, start)?;
        Some(FoundDate { date, is_whole: start == 0 && end == chars.len() })
    })
}

/// The number of characters kept behind a year, which say what it is the year of.
const FOLLOWING_CHARS: usize = 8;

/// Returns every year in a text with the beginning of what follows it: `2012年`, `二○一二年度`, `FY 2018`.
pub(super) fn years(text: &str) -> Vec<(i16, String)> {
    let chars: Vec<char> = compact(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match year_at(&chars, at) {
            Some(year) => {
                found.push((year, chars.iter().skip(at + 4).take(FOLLOWING_CHARS).collect()));
                at += 4;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the period that a title names.
pub(super) fn period(title: &str) -> Option<Period> {
    let (year, after) = years(title).into_iter().next()?;
    let rest = after.trim_start_matches('年').trim_start_matches('第');
    let halves = [("上半年", Span::Half(1)), ("下半年", Span::Half(2))];
    let half = halves.into_iter().find(|(word, _)| rest.starts_with(word)).map(|(_, span)| span);
    let quarters = ["一1", "二2", "三3", "四4"];
    let quarter =
        quarters.iter().position(|names| names.chars().any(|name| rest.starts_with(&format!("{name}季度"))));
    let quarter = quarter.map(|at| Span::Quarter(at as u8 + 1));
    let next = after
        .strip_prefix(['-', '/'])
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    let fiscal = next.filter(|next| *next == format!("{:02}", (year + 1) % 100)).map(|_| Span::Fiscal);
    Some(Period { year, span: half.or(quarter).or(fiscal).unwrap_or(Span::Year) })
}

/// Reads a period in a cell of its own: `2018`, `2018年度`, `FY2018`, `2022-H1`, `2022年上半年`.
pub(super) fn period_cell(text: &str) -> Option<Period> {
    let plain = label_key::normalise(text);
    let plain = plain.trim();
    if let Ok(period) = Period::parse(plain) {
        return Some(period);
    }
    // A spreadsheet may say 2018.0.
    let whole = plain.strip_suffix(".0").unwrap_or(plain);
    match years(whole).as_slice() {
        [(year, rest)] if rest.is_empty() || rest == "年" || rest == "年度" => {
            Some(Period { year: *year, span: Span::Year })
        }
        [_] => period(whole),
        _ => None,
    }
}

/// Reads four digits that are a year and not part of a longer number.
fn year_at(chars: &[char], at: usize) -> Option<i16> {
    let is_digit = |at: usize| chars.get(at).copied().and_then(digit).is_some();
    if at.checked_sub(1).is_some_and(is_digit) || is_digit(at + 4) {
        return None;
    }
    let mut year = 0i16;
    for offset in 0..4 {
        year = year * 10 + i16::from(digit(*chars.get(at + offset)?)?);
    }
    (1949..=2199).contains(&year).then_some(year)
}

fn date_at(chars: &[char], start: usize) -> Option<(Date, usize)> {
    let year = year_at(chars, start)?;
    let mut at = start + 4;
    let marks: [&[char]; 2] = match chars.get(at)? {
        '年' => [&['月'], &['日', '号']],
        '-' => [&['-'], &[]],
        '.' => [&['.'], &[]],
        '/' => [&['/'], &[]],
        _ => return None,
    };
    let mut parts = [0i8; 2];
    at += 1;
    for (part, mark) in parts.iter_mut().zip(marks) {
        let (number, next) = small_number(chars, at)?;
        *part = number;
        at = next;
        match mark {
            [] => {}
            marks if chars.get(at).is_some_and(|c| marks.contains(c)) => at += 1,
            _ => return None,
        }
    }
    let [month, day] = parts;
    Some((Date::new(year, month, day).ok()?, at))
}

/// Reads a number up to 99 and returns the position after it: `3`, `18`, `三`, `十`, `十八`, `二十`, `二十一`, `卅一`.
fn small_number(chars: &[char], start: usize) -> Option<(i8, usize)> {
    let mut at = start;
    let mut digits: Vec<i8> = Vec::new();
    let mut tens: Option<i8> = None;
    while let Some(c) = chars.get(at) {
        if let Some(value) = digit(*c) {
            digits.push(value);
        } else if tens.is_none() && matches!(c, '十' | '廿' | '卅') {
            let multiple = match c {
                '廿' => 2,
                '卅' => 3,
                _ => digits.pop().unwrap_or(1),
            };
            tens = Some(multiple * 10);
        } else {
            break;
        }
        at += 1;
    }
    let number = match (tens, digits.as_slice()) {
        (Some(tens), []) => tens,
        (Some(tens), [ones]) => tens + ones,
        (None, [ones]) => *ones,
        (None, [tens, ones]) => tens * 10 + ones,
        _ => return None,
    };
    Some((number, at))
}

fn digit(c: char) -> Option<i8> {
    Some(match c {
        '0'..='9' => i8::try_from(c.to_digit(10)?).ok()?,
        '○' | '〇' | '零' | '◯' | 'Ｏ' | 'O' => 0,
        '一' | '壹' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Returns the characters of a text without white space, unless it separates two numbers.
fn compact(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    let mut space = false;
    for c in text.chars().map(plain) {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let is_apart = space && c.is_ascii_digit() && chars.last().is_some_and(char::is_ascii_digit);
        if is_apart {
            chars.push(' ');
        }
        space = false;
        chars.push(c);
    }
    chars
}

fn plain(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' | '．' | '／' | '－' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '–' | '—' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Option<String> {
        find(text).map(|found| found.date.to_string())
    }

    #[test]
    fn dates_are_read_in_every_writing() {
        for text in [
            "二○一三年三月十八日",
            "二〇一三年三月十八日",
            "二零一三年三月十八日",
            "二0一三年三月十八日",
            "2013年3月18日",
            "2013 年 03 月 18 日",
            "２０１３年３月１８日",
            "2013-03-18",
            "2013.3.18",
            "2013/3/18",
            "发布时间：2013-03-18 10:22",
        ] {
            assert_eq!(date(text).as_deref(), Some("2013-03-18"), "{text}");
        }
        assert_eq!(date("二〇二一年十二月三十一日").as_deref(), Some("2021-12-31"));
        assert_eq!(date("二〇二一年十月十日").as_deref(), Some("2021-10-10"));
        assert_eq!(date("二〇二一年一月二十日").as_deref(), Some("2021-01-20"));
    }

    #[test]
    fn damaged_dates_are_no_dates() {
        for text in [
            "2018年1月日起",
            "20231月1日",
            "202311日至1231日",
            "2013年13月1日",
            "2013年2月30日",
            "12013年3月18日",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_may_be_a_date_alone() {
        assert!(find("二○一三年三月十八日").unwrap().is_whole);
        assert!(find(" 2013年3月18日 ").unwrap().is_whole);
        assert!(!find("截至2013年3月18日").unwrap().is_whole);
    }

    #[test]
    fn years_come_with_what_follows() {
        assert_eq!(years("2012年政府信息"), [(2012, "年政府信息".to_owned())]);
        assert_eq!(years("二○一七年度"), [(2017, "年度".to_owned())]);
        assert_eq!(years("FY 2018"), [(2018, String::new())]);
        assert!(years("电话 0577-20123456").is_empty());
    }

    #[test]
    fn periods_are_read_from_titles() {
        for (title, expected) in [
            ("2012年政府信息公开情况统计表", "2012"),
            ("二○一二年度政府信息公开工作年度报告", "2012"),
            ("2022年上半年政府信息公开数据统计", "2022-H1"),
            ("2022年第三季度政府信息公开情况统计表", "2022-Q3"),
            ("FY 2018 Annual Report", "2018"),
            ("2023-24 annual report", "2023-24"),
        ] {
            assert_eq!(period(title).map(|period| period.to_string()).as_deref(), Some(expected), "{title}");
        }
        assert_eq!(period("政府信息公开工作年度报告"), None);
    }

    #[test]
    fn periods_are_read_in_every_writing() {
        for (text, expected) in [
            ("2018", "2018"),
            ("2018年度", "2018"),
            ("FY2018", "2018"),
            ("2018.0", "2018"),
            ("2022年上半年", "2022-H1"),
            ("2023-24", "2023-24"),
        ] {
            assert_eq!(
                period_cell(text).map(|period| period.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(period_cell("Board"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = (find(&text), years(&text));
        }

        #[test]
        fn every_date_comes_back(year in 1990i16..2100, month in 1i8..=12, day in 1i8..=28) {
            let date = Date::new(year, month, day).unwrap();
            prop_assert_eq!(find(&date.to_string()).map(|found| found.date), Some(date));
            let chinese = format!("{year}年{month}月{day}日");
            prop_assert_eq!(find(&chinese).map(|found| found.date), Some(date));
        }
    }
}
