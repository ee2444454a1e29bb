//! Exact figures as a reader of one language expects them.

use rust_decimal::{Decimal, RoundingStrategy};

/// The minus sign, U+2212: as wide as a plus and never broken from its figure.
const MINUS: char = '\u{2212}';

/// How a language writes figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// Between groups of three digits: `,` in Chinese and English.
    pub group: String,
    /// Between whole and fraction: `.` in Chinese and English.
    pub point: String,
    /// Between a figure and its unit: empty in Chinese, a space in English.
    pub unit_gap: String,
    /// Before the smallest percentage shown, where the share is smaller: `不足`, `under `.
    pub below: String,
    /// The units that are called otherwise behind 1, each with that word: `cases`, `case`. None in Chinese.
    pub units_of_one: Vec<(String, String)>,
}

impl NumberFormat {
    /// Writes all digits of a figure, with the decimals it came with: `59,237.2449`, `−8`.
    pub fn full(&self, figure: Decimal) -> String {
        let size = figure.mantissa().unsigned_abs();
        let mut digits = u64::try_from(size).map_or_else(|_| size.to_string(), |small| small.to_string());
        let scale = figure.scale() as usize;
        if digits.len() <= scale {
            digits.insert_str(0, &"0".repeat(scale + 1 - digits.len()));
        }
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 4);
        if figure.mantissa() < 0 {
            out.push(MINUS);
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push_str(&self.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push_str(&self.point);
            out.push_str(fraction);
        }
        out
    }

    /// Writes a figure followed by its unit: `1,342条`, `1,342 items`, `1 item`, `50%`.
    pub fn with_unit(&self, figure: &str, unit: &str) -> String {
        let of_one = self.units_of_one.iter().find(|(many, _)| many == unit && figure == "1");
        let unit = of_one.map_or(unit, |(_, one)| one);
        if is_symbol(unit) { format!("{figure}{unit}") } else { format!("{figure}{}{unit}", self.unit_gap) }
    }

    /// Writes `part / whole` in per cent with one decimal, half away from zero: `50.2%`; a share
    /// that would round to 0.0 but is none reads `不足0.1%`. `None` where `whole` is 0.
    pub fn percent(&self, part: Decimal, whole: Decimal) -> Option<String> {
        let tenths = per_mille(part, whole)?;
        if tenths.is_zero() && !part.is_zero() {
            return Some(format!("{}0{}1%", self.below, self.point));
        }
        let mut share = tenths;
        share.set_scale(1).ok()?;
        Some(format!("{}%", self.full(share)))
    }
}

/// Whether a unit is written close to its figure in every language: `%`, `‰`, `°`.
pub(super) fn is_symbol(unit: &str) -> bool {
    !unit.is_empty() && !unit.chars().any(char::is_alphanumeric)
}

/// `part / whole` in thousandths, rounded half away from zero.
fn per_mille(part: Decimal, whole: Decimal) -> Option<Decimal> {
    if whole.is_zero() {
        return None;
    }
    exact_per_mille(part, whole).or_else(|| {
        let share = part.checked_div(whole)?.checked_mul(Decimal::ONE_THOUSAND)?;
        Some(share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
    })
}

/// In whole numbers, so that no intermediate rounding can make or hide a half.
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

/// A power of ten that a language has a word for, and from which size on an axis uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisScale {
    /// The smallest top of an axis that uses it.
    pub from: Decimal,
    /// The power of ten that its word stands for: 4 for 万.
    pub power: u32,
    /// The word as it stands before the unit: `万`, `thousand ` with its space.
    pub name: String,
}

/// The labels of the ticks of one axis, and what they count in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AxisLabels {
    /// A label for each tick.
    pub(super) ticks: Vec<String>,
    /// The unit with the word of its scale: `万件`; empty where there is neither.
    pub(super) unit: String,
}

/// Writes the ticks of an axis in one scale.
pub(super) fn axis_labels(
    ticks: &[Decimal],
    unit: &str,
    scales: &[AxisScale],
    format: &NumberFormat,
) -> AxisLabels {
    let top = ticks.iter().map(Decimal::abs).max().unwrap_or_default();
    let scale = scales.iter().filter(|scale| scale.from <= top).max_by_key(|scale| scale.power);
    let (mut power, mut name) = scale.map_or((0, String::new()), |s| (s.power, s.name.clone()));
    // Figures beyond every word of the language: no report has them, but no label may overflow.
    let beyond = (top.mantissa().checked_ilog10().unwrap_or(0)).saturating_sub(top.scale());
    if beyond > power + 9 {
        power = beyond / 3 * 3;
        name = format!("10{} ", superscript(power));
    }
    let symbol = is_symbol(unit);
    AxisLabels {
        ticks: ticks
            .iter()
            .map(|tick| {
                let label = format.full(shift_down(*tick, power));
                if symbol { label + unit } else { label }
            })
            .collect(),
        unit: if symbol { name.trim_end().to_owned() } else { format!("{name}{unit}").trim_end().to_owned() },
    }
}

fn superscript(number: u32) -> String {
    number
        .to_string()
        .chars()
        .map(|digit| match digit {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            _ => '⁹',
        })
        .collect()
}

/// `figure / 10^power`, without trailing zeros.
fn shift_down(figure: Decimal, power: u32) -> Decimal {
    let mut figure = figure.normalize();
    let (mut mantissa, mut scale) = (figure.mantissa(), figure.scale() + power);
    while scale > 0 && mantissa % 10 == 0 && mantissa != 0 {
        mantissa /= 10;
        scale -= 1;
    }
    // More than 28 decimals: only an axis whose ends are not round numbers can have them.
    while scale > 28 {
        mantissa /= 10;
        scale -= 1;
    }
    if let Ok(shifted) = Decimal::try_from_i128_with_scale(mantissa, scale) {
        figure = shifted.normalize();
    }
    figure.round_dp(8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture;
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn figures_keep_every_digit() {
        let format = fixture::chinese().numbers;
        for (figure, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0.00"),
            ("999", "999"),
            ("1000", "1,000"),
            ("16777217", "16,777,217"),
            ("59237.2449", "59,237.2449"),
            ("-1234.5", "−1,234.5"),
            ("0.05", "0.05"),
            ("-0.5", "−0.5"),
            ("5.0", "5.0"),
            ("79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335"),
        ] {
            assert_eq!(format.full(number(figure)), expected);
        }
    }

    #[test]
    fn one_is_followed_by_the_unit_of_one() {
        let format = fixture::english().numbers;
        let written = |figure: &str, unit: &str| format.with_unit(figure, unit);
        assert_eq!(
            [written("1", "items"), written("21", "items"), written("1", "%")],
            ["1 item", "21 items", "1%"]
        );
        assert_eq!(fixture::chinese().numbers.with_unit("1", "条"), "1条");
    }

    #[test]
    fn shares_are_rounded_once() {
        let format = fixture::chinese().numbers;
        let share = |part: &str, whole: &str| format.percent(number(part), number(whole));
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

    #[test]
    fn an_axis_has_one_scale() {
        let words = fixture::chinese();
        let labels = |ticks: &[&str], unit: &str| {
            let ticks: Vec<Decimal> = ticks.iter().map(|tick| number(tick)).collect();
            let labels = axis_labels(&ticks, unit, &words.scales, &words.numbers);
            (labels.ticks.join(" "), labels.unit)
        };
        assert_eq!(labels(&["0", "50000"], "件"), ("0 50,000".into(), "件".into()));
        assert_eq!(labels(&["0", "50000", "100000", "125000"], "件"), ("0 5 10 12.5".into(), "万件".into()));
        assert_eq!(labels(&["0", "500000000", "1000000000"], "元"), ("0 5 10".into(), "亿元".into()));
        assert_eq!(labels(&["0", "50", "100"], "%"), ("0% 50% 100%".into(), String::new()));
        let english = fixture::english();
        let labels = axis_labels(&[number("2000000")], "items", &english.scales, &english.numbers);
        assert_eq!((labels.ticks, labels.unit), (vec!["2".into()], "million items".into()));
    }

    #[test]
    fn no_label_is_longer_than_the_largest_scale() {
        let words = fixture::chinese();
        let labels = axis_labels(&[Decimal::ZERO, Decimal::MAX], "条", &words.scales, &words.numbers);
        assert_eq!(labels.ticks, ["0", "79.22816251"]);
        assert_eq!(labels.unit, "10²⁷ 条");
    }

    proptest! {
        #[test]
        fn a_figure_reads_back(mantissa in any::<i64>(), scale in 0_u32..=18) {
            let figure = Decimal::from_i128_with_scale(mantissa.into(), scale);
            let plain = fixture::chinese().numbers.full(figure).replace(',', "").replace(MINUS, "-");
            prop_assert_eq!(plain.parse::<Decimal>().unwrap(), figure);
        }

        #[test]
        fn a_share_is_the_nearest_tenth_of_a_per_cent(part in 0_i64..1_000_000, whole in 1_i64..1_000_000) {
            let tenths = per_mille(part.into(), whole.into()).unwrap();
            prop_assert_eq!(tenths, Decimal::from((part * 2_000 + whole) / (2 * whole)));
        }
    }
}
