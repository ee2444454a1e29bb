//! The small language of rules: `req_new + req_carried_in = res_total + req_carried_out`.
//!
//! A side is a sum of operands; an operand is a code, `prev.code` for the period before, `sum(group)` for
//! the indicators of a group, or a whole number. `each(group)` makes one rule of each of them.

use std::ops::Range;

use super::rule::Comparison;

/// A rule's expression; codes and groups are not resolved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expr {
    pub(super) left: Vec<SignedOperand>,
    pub(super) comparison: Comparison,
    pub(super) right: Vec<SignedOperand>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SignedOperand {
    pub(super) negative: bool,
    pub(super) operand: Operand,
}

/// Operand a part names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    Code { code: String, previous: bool },
    Sum(String),
    Each(String),
    Number(i64),
}

/// Parses an expression; the error is where something was expected, and what.
pub(super) fn parse(text: &str) -> Result<Expr, (Range<usize>, &'static str)> {
    let (at, width, comparison) = ["<=", ">=", "="]
        .iter()
        .zip([Comparison::AtMost, Comparison::AtLeast, Comparison::Equal])
        .find_map(|(sign, comparison)| text.find(sign).map(|at| (at, sign.len(), comparison)))
        .ok_or((0..text.len(), "comparison"))?;
    let left = side(text, 0..at)?;
    let right = side(text, at + width..text.len())?;
    Ok(Expr { left, comparison, right })
}

fn side(text: &str, range: Range<usize>) -> Result<Vec<SignedOperand>, (Range<usize>, &'static str)> {
    let whole = text.get(range.clone()).unwrap_or("");
    let mut parts = Vec::new();
    let mut start = range.start;
    let mut negative = false;
    let ends = whole.match_indices(['+', '-']).map(|(at, sign)| (range.start + at, sign == "-"));
    for (end, next_negative) in ends.chain([(range.end, false)]) {
        parts.push(SignedOperand {
            negative,
            operand: operand(text.get(start..end).unwrap_or(""), start..end)?,
        });
        start = end + 1;
        negative = next_negative;
    }
    Ok(parts)
}

fn operand(text: &str, range: Range<usize>) -> Result<Operand, (Range<usize>, &'static str)> {
    let text = text.trim();
    let call = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')').map(str::trim);
    if let Some(group) = call("sum") {
        return Ok(Operand::Sum(group.to_owned()));
    }
    if let Some(group) = call("each") {
        return Ok(Operand::Each(group.to_owned()));
    }
    if let Ok(number) = text.parse() {
        return Ok(Operand::Number(number));
    }
    let (previous, code) = text.strip_prefix("prev.").map_or((false, text), |code| (true, code));
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        return Err((range, "term"));
    }
    Ok(Operand::Code { code: code.to_owned(), previous })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_balances_and_references_to_the_period_before() {
        let expr = parse("in_force = prev.in_force + issued - repealed").unwrap();
        assert_eq!(expr.comparison, Comparison::Equal);
        let code = |code: &str, previous| Operand::Code { code: code.into(), previous };
        assert_eq!(expr.left, [SignedOperand { negative: false, operand: code("in_force", false) }]);
        assert_eq!(
            expr.right,
            [
                SignedOperand { negative: false, operand: code("in_force", true) },
                SignedOperand { negative: false, operand: code("issued", false) },
                SignedOperand { negative: true, operand: code("repealed", false) },
            ]
        );
        assert_eq!(
            parse("sum(channel) >= 0").unwrap().right,
            [SignedOperand { negative: false, operand: Operand::Number(0) }]
        );
        assert_eq!(parse("each(channel)<=total").unwrap().left[0].operand, Operand::Each("channel".into()));
    }

    #[test]
    fn names_what_is_missing() {
        assert_eq!(parse("a + b"), Err((0..5, "comparison")));
        assert_eq!(parse("a + = b"), Err((3..4, "term")));
        assert_eq!(parse("a = B"), Err((3..5, "term")));
    }
}
