//! Numbers as readers see them: grouped digits, a true minus sign, nothing rounded unasked.

use rust_decimal::{Decimal, RoundingStrategy};

/// The minus sign, U+2212: as wide as a plus and never broken from its figure.
const MINUS: char = '\u{2212}';

/// Writes all digits of a number, with the decimals it came with: `1,342`, `59,237.2449`, `−35`.
pub fn grouped(number: Decimal) -> String {
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 3);
    if number.is_sign_negative() && !number.is_zero() {
        text.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Rounds to at most one decimal, half away from zero.
pub fn rounded(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
}

/// Writes an amount in per cent with one decimal, half away from zero: `50.2%`.
pub fn percent(amount: Decimal) -> String {
    let mut share = rounded(amount);
    share.rescale(1);
    format!("{}%", grouped(share))
}

/// Returns whether a unit is written close to its figure in every language: `%`, `‰`, `°`.
pub fn is_symbol(unit: &str) -> bool {
    !unit.is_empty() && !unit.chars().any(char::is_alphanumeric)
}

/// How a language writes figures with their units, and shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// What separates a figure from its unit: nothing in Chinese, a space in English.
    pub unit_gap: String,
    /// The word before the smallest percentage shown, for shares below it: `不足`, `under `.
    pub below: String,
    /// The units that have another word after 1, each with that word: `cases`, `case`. None in Chinese.
    pub units_of_one: Vec<(String, String)>,
}

impl NumberFormat {
    /// Writes a figure followed by its unit: `1,342条`, `1,342 items`, `1 item`, `50%`.
    pub fn with_unit(&self, figure: &str, unit: &str) -> String {
        let of_one = self.units_of_one.iter().find(|(many, _)| many == unit && figure == "1");
        let unit = of_one.map_or(unit, |(_, one)| one);
        if is_symbol(unit) { format!("{figure}{unit}") } else { format!("{figure}{}{unit}", self.unit_gap) }
    }

    /// Writes `part / whole` in per cent with one decimal, half away from zero: `50.2%`. A share that
    /// is not zero but would round to 0.0 reads `不足0.1%`. `None` if `whole` is 0.
    pub fn share(&self, part: Decimal, whole: Decimal) -> Option<String> {
        let tenths = per_mille(part, whole)?;
        if tenths.is_zero() && !part.is_zero() {
            return Some(format!("{}0.1%", self.below));
        }
        let mut share = tenths;
        share.set_scale(1).ok()?;
        Some(format!("{}%", grouped(share)))
    }
}

/// Returns `part / whole` in thousandths, rounded half away from zero.
fn per_mille(part: Decimal, whole: Decimal) -> Option<Decimal> {
    if whole.is_zero() {
        return None;
    }
    exact_per_mille(part, whole).or_else(|| {
        let share = part.checked_div(whole)?.checked_mul(Decimal::ONE_THOUSAND)?;
        Some(share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
    })
}

/// The same in whole numbers, so that no intermediate rounding can make or hide a half; `None` on
/// overflow.
fn exact_per_mille(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let scale = part.scale().max(whole.scale());
    let raise = |figure: Decimal| {
        let power = 10_i128.checked_pow(scale - figure.scale())?;
        figure.mantissa().checked_mul(power)
    };
    let (part, whole) = (raise(part)?.checked_mul(2_000)?, raise(whole)?);
    let size = part.abs().checked_add(whole.abs())?.checked_div(whole.abs().checked_mul(2)?)?;
    let signed = size * part.signum() * whole.signum();
    Decimal::try_from_i128_with_scale(signed, 0).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_share_is_the_nearest_tenth_of_a_per_cent(part in 0_i64..1_000_000, whole in 1_i64..1_000_000) {
            let tenths = per_mille(part.into(), whole.into()).unwrap();
            prop_assert_eq!(tenths, Decimal::from((part * 2_000 + whole) / (2 * whole)));
        }
    }
}
