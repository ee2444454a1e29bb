//! From the text of a cell to a value: the ways in which real reports write numbers.

use rust_decimal::Decimal;

use super::{Bound, Value};

/// The longest text that can be a figure, in characters; longer ones are prose.
const LONGEST: usize = 64;

/// A text understood as a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The value, still in the unit it was written in.
    pub value: Value,
    /// The unit written behind the number, if any: `元` in `251000元`.
    pub unit: Option<Box<str>>,
    /// Whether the text says more than its plain number: a sign, a unit, an approximation.
    pub special: bool,
}

/// Why a text is no figure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// There is no number in it.
    #[error("no number in it")]
    NoNumber,
    /// The number has more digits than can be added up exactly: see [`fits`].
    #[error("more digits than can be kept exactly")]
    TooLong,
    /// A thousands separator stands where none belongs.
    #[error("a separator that is not between groups of three digits")]
    Separator,
}

/// Reads the text of a cell.
///
/// Understands full-width digits, thousands separators, signs, `万` and `亿`, a unit behind the
/// number, the approximations 余 多 约 近 and `<` `>` `<=` `>=`, and the ways to say "not
/// applicable" (`n/a`, a dash, `/`, `无`). An empty text is a blank cell.
pub fn parse(text: &str) -> Result<Parsed, FigureError> {
    let text = text.trim();
    if text.len() > LONGEST * 8 {
        return Err(FigureError::NoNumber);
    }
    let folded = fold(text);
    let text = folded.trim();
    if text.chars().count() > LONGEST {
        return Err(FigureError::NoNumber);
    }
    if text.is_empty() || text == "~" {
        return Ok(Parsed { value: Value::Blank, unit: None, special: false });
    }
    if is_not_applicable(text) {
        return Ok(Parsed { value: Value::NotApplicable, unit: None, special: false });
    }
    let (before, rest) = qualifier_before(text);
    let (number, signed, rest) = number(rest)?;
    let (number, rounded, rest) = magnitude(number, rest)?;
    let (after, rest) = qualifier_after(rest);
    let (number, rounded, rest) =
        if after.is_some() && !rounded { magnitude(number, rest)? } else { (number, rounded, rest) };
    if !fits(number) {
        return Err(FigureError::TooLong);
    }
    let (later, unit) = if after.is_none() { qualifier_last(rest) } else { (None, rest) };
    let unit = unit.trim();
    if unit.chars().any(|c| c.is_ascii_digit()) || unit.chars().count() > 8 {
        return Err(FigureError::NoNumber);
    }
    let unit = (!unit.is_empty()).then(|| unit.into());
    let bound = before.or(after).or(later).or(rounded.then_some(Bound::About));
    let special = signed || unit.is_some() || bound.is_some();
    let value = bound.map_or(Value::Number(number), |bound| Value::Approximate(bound, number));
    Ok(Parsed { value, unit, special })
}

/// Whether sums, shares and changes of such numbers stay exact: at most 18 digits before the point and
/// 8 behind it. A computed average (99.4473684210526 days) may have 10 before it and 16 behind.
pub fn fits(number: Decimal) -> bool {
    let is_below = |digits| number.abs() < Decimal::from(10u64.pow(digits));
    match number.normalize().scale() {
        0..=8 => is_below(18),
        9..=16 => is_below(10),
        _ => false,
    }
}

/// Full-width forms to ASCII, and all kinds of minus to one.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{2060}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
            '\u{2212}' | '\u{2013}' | '\u{2010}' | '\u{2011}' => '-',
            other => other,
        })
        .collect()
}

fn is_not_applicable(text: &str) -> bool {
    matches!(text, "-" | "--" | "—" | "——" | "/" | "\\" | "无" | "無" | "不适用" | "×")
        || text.eq_ignore_ascii_case("n/a")
        || text.eq_ignore_ascii_case("na")
        || text.eq_ignore_ascii_case("not applicable")
}

fn qualifier_before(text: &str) -> (Option<Bound>, &str) {
    const WORDS: [(&str, Bound); 16] = [
        ("大约", Bound::About),
        ("约为", Bound::About),
        ("约", Bound::About),
        ("~", Bound::About),
        ("近", Bound::Nearly),
        ("不足", Bound::LessThan),
        ("不到", Bound::LessThan),
        ("至少", Bound::AtLeast),
        ("超过", Bound::MoreThan),
        ("超", Bound::MoreThan),
        (">=", Bound::AtLeast),
        ("≥", Bound::AtLeast),
        ("<=", Bound::AtMost),
        ("≤", Bound::AtMost),
        (">", Bound::MoreThan),
        ("<", Bound::LessThan),
    ];
    for (word, bound) in WORDS {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(bound), rest.trim_start());
        }
    }
    (None, text)
}

/// A decimal number with an optional sign and thousands separators; the rest of the text.
fn number(text: &str) -> Result<(Decimal, bool, &str), FigureError> {
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'+') => ("+", text.get(1..).unwrap_or("").trim_start()),
        Some(b'-') => ("-", text.get(1..).unwrap_or("").trim_start()),
        _ => ("", text),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(digits.len());
    let (number, rest) = digits.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if !whole.starts_with(|c: char| c.is_ascii_digit()) || fraction.contains('.') || number.ends_with('.') {
        return Err(FigureError::NoNumber);
    }
    if !grouped(whole) || fraction.contains(',') {
        return Err(FigureError::Separator);
    }
    let mut plain = String::with_capacity(number.len() + 1);
    plain.extend(sign.chars().filter(|c| *c == '-'));
    plain.extend(number.chars().filter(|c| *c != ','));
    let value = Decimal::from_str_exact(&plain).map_err(|_| FigureError::TooLong)?;
    Ok((value, sign == "+", rest.trim_start()))
}

/// Whether separators, if there are any, stand between groups of three digits.
fn grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut separated = false;
    for group in groups {
        separated = true;
        if group.len() != 3 {
            return false;
        }
    }
    !separated || (1..=3).contains(&first.len())
}

/// Applies `万` and `亿`, unless a money unit such as 万元 follows. A number so written is rounded.
fn magnitude(number: Decimal, rest: &str) -> Result<(Decimal, bool, &str), FigureError> {
    let (factor, after) = match rest.chars().next() {
        Some('万' | '萬') => (10_000, rest.get('万'.len_utf8()..).unwrap_or("")),
        Some('亿' | '億') => (100_000_000, rest.get('亿'.len_utf8()..).unwrap_or("")),
        _ => return Ok((number, false, rest)),
    };
    if after.starts_with('元') {
        return Ok((number, false, rest));
    }
    let product = number.checked_mul(Decimal::from(factor)).ok_or(FigureError::TooLong)?;
    Ok((product, true, after))
}

fn qualifier_after(rest: &str) -> (Option<Bound>, &str) {
    for word in ["余", "餘", "多", "来", "+"] {
        if let Some(after) = rest.strip_prefix(word) {
            return (Some(Bound::AtLeast), after);
        }
    }
    (None, rest)
}

/// `44条左右`, `500条以上`.
fn qualifier_last(rest: &str) -> (Option<Bound>, &str) {
    for (word, bound) in [("左右", Bound::About), ("以上", Bound::AtLeast), ("以下", Bound::AtMost)] {
        if let Some(unit) = rest.trim_end().strip_suffix(word) {
            return (Some(bound), unit);
        }
    }
    (None, rest)
}
