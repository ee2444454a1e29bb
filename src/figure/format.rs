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

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn chinese() -> NumberFormat {
        NumberFormat { unit_gap: String::new(), below: "不足".into(), units_of_one: Vec::new() }
    }

    #[test]
    fn digits_are_grouped_and_kept() {
        for (figure, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0.00"),
            ("289", "289"),
            ("999", "999"),
            ("1000", "1,000"),
            ("1342", "1,342"),
            ("16777217", "16,777,217"),
            ("59237.2449", "59,237.2449"),
            ("-35", "−35"),
            ("-1234.5", "−1,234.5"),
            ("-1234567.50", "−1,234,567.50"),
            ("0.05", "0.05"),
            ("-0.5", "−0.5"),
            ("6.0", "6.0"),
            ("79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335"),
        ] {
            assert_eq!(grouped(number(figure)), expected);
        }
    }

    #[test]
    fn one_is_followed_by_the_unit_of_one() {
        let english = NumberFormat {
            unit_gap: " ".into(),
            below: "under ".into(),
            units_of_one: vec![("items".into(), "item".into())],
        };
        let written =
            [("1", "items"), ("21", "items"), ("1", "%")].map(|(n, unit)| english.with_unit(n, unit));
        assert_eq!(written, ["1 item", "21 items", "1%"]);
        assert_eq!(chinese().with_unit("1", "条"), "1条");
    }

    #[test]
    fn percentages_have_one_decimal_and_round_halves_away() {
        for (amount, text) in
            [("50.247", "50.2%"), ("0.05", "0.1%"), ("-2.05", "−2.1%"), ("100", "100.0%"), ("0", "0.0%")]
        {
            assert_eq!(percent(number(amount)), text);
        }
    }

    #[test]
    fn shares_are_rounded_once() {
        let share = |part: &str, whole: &str| chinese().share(number(part), number(whole));
        assert_eq!(share("202", "402").as_deref(), Some("50.2%"));
        assert_eq!(share("1", "2000").as_deref(), Some("0.1%"), "half goes up");
        assert_eq!(share("-1", "2000").as_deref(), Some("−0.1%"));
        assert_eq!(share("1", "2001").as_deref(), Some("不足0.1%"));
        assert_eq!(share("0", "7").as_deref(), Some("0.0%"));
        assert_eq!(share("1", "0"), None);
        assert_eq!(share("7", "7").as_deref(), Some("100.0%"));
        assert_eq!(share("1.5", "0.5").as_deref(), Some("300.0%"));
        assert_eq!(
            share("39614081257132168796771975167", "79228162514264337593543950335").as_deref(),
            Some("50.0%")
        );
    }

    proptest! {
        #[test]
        fn a_figure_reads_back(mantissa in any::<i64>(), scale in 0_u32..=18) {
            let figure = Decimal::from_i128_with_scale(mantissa.into(), scale);
            let plain = grouped(figure).replace(',', "").replace(MINUS, "-");
            prop_assert_eq!(plain.parse::<Decimal>().unwrap(), figure);
        }

        #[test]
        fn a_share_is_the_nearest_tenth_of_a_per_cent(part in 0_i64..1_000_000, whole in 1_i64..1_000_000) {
            let tenths = per_mille(part.into(), whole.into()).unwrap();
            prop_assert_eq!(tenths, Decimal::from((part * 2_000 + whole) / (2 * whole)));
        }
    }
}
