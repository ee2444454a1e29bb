//! Lengths of a drawing, and the way from an exact figure to a length.
//!
//! Lengths are whole numbers of a small unit, so that the same figures give the same bytes on
//! every machine and no coordinate can be infinite, undefined or in exponent form.

use std::ops::{Add, Div, Mul, Neg, Sub};

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// A length in tenths of a pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Px(pub(crate) i32);

impl Px {
    pub(crate) const fn whole(pixels: i32) -> Self {
        Self(pixels.saturating_mul(10))
    }

    /// Rounds up to whole pixels.
    pub(crate) const fn ceil(self) -> i32 {
        self.0.saturating_add(9).div_euclid(10)
    }

    /// Half the length, rounded down to a tenth of a pixel.
    pub(crate) const fn half(self) -> Self {
        Self(self.0.div_euclid(2))
    }

    /// Writes it in pixels: `58.8`.
    pub(crate) fn push(self, out: &mut Vec<u8>) {
        write_fixed(out, self.0, 1);
    }

    /// The same after a byte, such as the letter of a path.
    pub(crate) fn push_after(self, byte: u8, out: &mut Vec<u8>) {
        out.push(byte);
        self.push(out);
    }
}

impl Add for Px {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Px {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul<i32> for Px {
    type Output = Self;
    fn mul(self, times: i32) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Mul<usize> for Px {
    type Output = Self;
    fn mul(self, times: usize) -> Self {
        self * i32::try_from(times).unwrap_or(i32::MAX)
    }
}

impl Div<i32> for Px {
    type Output = Self;
    fn div(self, parts: i32) -> Self {
        Self(self.0.checked_div_euclid(parts).unwrap_or(0))
    }
}

impl Neg for Px {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

/// A position or a width across the plot, in ten-thousandths of its width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Across(pub(crate) i32);

impl Across {
    /// The left edge of the plot.
    pub(crate) const LEFT: Self = Self(0);
    /// The right edge of the plot, and the plot's whole width.
    pub(crate) const RIGHT: Self = Self(10_000);

    /// The share `part / whole` of the plot's width, rounded half up; the left edge for `whole` 0.
    pub(crate) fn share(part: usize, whole: usize) -> Self {
        let (part, whole) = (part as u64, whole as u64);
        let units = (part * 20_000 + whole).checked_div(2 * whole).unwrap_or(0);
        Self(i32::try_from(units).unwrap_or(i32::MAX))
    }

    /// Returns its length in a plot of this width.
    pub(crate) fn of(self, width: Px) -> Px {
        let product = i64::from(self.0) * i64::from(width.0);
        let tenths = (product + 5_000).div_euclid(10_000);
        Px(i32::try_from(tenths).unwrap_or(i32::MAX))
    }

    /// Returns the position in the user units of a plot drawn 1000 units wide.
    pub(crate) const fn thousandths(self) -> Px {
        Px(self.0)
    }

    /// Writes it as a percentage: `58.82%`; `0` for the left edge.
    pub(crate) fn push(self, out: &mut Vec<u8>) {
        write_fixed(out, self.0, 2);
        if self.0 != 0 {
            out.push(b'%');
        }
    }
}

impl Add for Across {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Across {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// Writes `units / 10^places` without trailing zeros.
pub(crate) fn write_fixed(out: &mut Vec<u8>, units: i32, places: u32) {
    let one = 10_u32.pow(places);
    let size = units.unsigned_abs();
    if units < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(itoa::Buffer::new().format(size / one).as_bytes());
    let (mut rest, mut place) = (size % one, one / 10);
    if rest > 0 {
        out.push(b'.');
    }
    while rest > 0 {
        out.push(b'0' + (rest / place) as u8);
        rest %= place;
        place /= 10;
    }
}

/// A linear scale: maps figures from `low` to `high` to whole units from `start` to `end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    low: Decimal,
    range: Decimal,
    start: i32,
    end: i32,
}

impl Scale {
    pub(crate) fn new(low: Decimal, high: Decimal, start: i32, end: i32) -> Self {
        let range = high.checked_sub(low).unwrap_or(Decimal::MAX);
        Self { low, range, start, end }
    }

    /// Returns the unit nearest to a figure; figures outside the scale are clamped.
    pub(crate) fn place(&self, figure: Decimal) -> i32 {
        let span = self.end.saturating_sub(self.start);
        let far = if figure < self.low { Decimal::MIN } else { Decimal::MAX };
        let distance = figure.checked_sub(self.low).unwrap_or(far);
        let distance = distance.clamp(Decimal::ZERO, self.range);
        let units = whole_units(distance, self.range, span).unwrap_or_else(|| {
            let share = distance.checked_div(self.range).unwrap_or_default();
            (share * Decimal::from(span))
                .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
                .to_i32()
                .unwrap_or(0)
        });
        self.start.saturating_add(units)
    }
}

/// Returns `distance / range * span` in whole numbers, rounded half away from zero; `None` on
/// overflow.
fn whole_units(distance: Decimal, range: Decimal, span: i32) -> Option<i32> {
    let scale = distance.scale().max(range.scale());
    let raise = |figure: Decimal| {
        let power = 10_i128.checked_pow(scale - figure.scale())?;
        figure.mantissa().checked_mul(power)
    };
    let (distance, range) = (raise(distance)?, raise(range)?);
    let doubled = distance.checked_mul(2 * i128::from(span.unsigned_abs()))?;
    let units = doubled.checked_add(range)?.checked_div(range.checked_mul(2)?)?;
    i32::try_from(units * i128::from(span.signum())).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_are_written_without_noise() {
        let written = |push: &dyn Fn(&mut Vec<u8>)| {
            let mut out = Vec::new();
            push(&mut out);
            String::from_utf8(out).unwrap()
        };
        for (length, text) in [(588, "58.8"), (580, "58"), (-5, "-0.5"), (0, "0"), (i32::MIN, "-214748364.8")]
        {
            assert_eq!(written(&|out| Px(length).push(out)), text);
        }
        for (place, text) in [(5_882, "58.82%"), (5_880, "58.8%"), (5, "0.05%"), (10_000, "100%"), (0, "0")] {
            assert_eq!(written(&|out| Across(place).push(out)), text);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_decimals_without_needless_zeros(units in any::<i32>(), few in -10_500_i32..10_500) {
            for units in [units, few] {
                for places in 0..=2 {
                    let mut out = Vec::new();
                    write_fixed(&mut out, units, places);
                    let decimal = Decimal::new(units.into(), places).normalize().to_string();
                    prop_assert_eq!(String::from_utf8(out).unwrap(), decimal);
                }
            }
        }
    }

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(Across::share(1, 3), Across(3_333));
        assert_eq!(Across::share(2, 3), Across(6_667));
        assert_eq!(Across::share(1, 0), Across::LEFT);
        assert_eq!(Across::share(1, 3).of(Px::whole(600)), Px(2_000));
    }

    #[test]
    fn figures_meet_their_units() {
        let scale = Scale::new(Decimal::ZERO, Decimal::from(1_500), 2_000, 100);
        assert_eq!(scale.place(Decimal::ZERO), 2_000);
        assert_eq!(scale.place(Decimal::from(1_500)), 100);
        assert_eq!(scale.place(Decimal::from(750)), 1_050);
        assert_eq!(scale.place(Decimal::from(9_000)), 100);
        assert_eq!(scale.place(Decimal::from(-1)), 2_000);
    }

    #[test]
    fn the_largest_figures_do_not_overflow() {
        let scale = Scale::new(Decimal::MIN, Decimal::MAX, 0, 1_000);
        assert_eq!(scale.place(Decimal::MIN), 0);
        assert_eq!(scale.place(Decimal::MAX), 1_000);
        let flat = Scale::new(Decimal::ONE, Decimal::ONE, 0, 1_000);
        assert_eq!(flat.place(Decimal::MAX), 0);
    }

    proptest! {
        #[test]
        fn order_is_kept(a in any::<i64>(), b in any::<i64>(), top in 1_i64..) {
            let scale = Scale::new(Decimal::ZERO, Decimal::from(top), 0, 2_000);
            let (small, large) = (a.min(b), a.max(b));
            prop_assert!(scale.place(small.into()) <= scale.place(large.into()));
        }

        #[test]
        fn rounding_is_to_the_nearest_unit(v in 0_i64..100_000, top in 1_i64..100_000) {
            let scale = Scale::new(Decimal::ZERO, Decimal::from(top), 0, 2_000);
            let exact = (v.min(top) * 4_000 + top) / (2 * top);
            prop_assert_eq!(i64::from(scale.place(v.into())), exact);
        }
    }
}
