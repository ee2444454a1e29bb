//! Finds the gridlines of a value axis: the "extended" search of Talbot, Lin and Hanrahan
//! (2010).
//!
//! Candidates are whole multiples of a power of ten, so the ticks are exact; only the scores that
//! rank the candidates are floating point, and they use the four basic operations alone, which
//! are the same on every machine.

use rust_decimal::Decimal;

/// The weight of round numbers.
const SIMPLICITY: f64 = 0.25;
/// The weight of ticks that span the data and little more.
const COVERAGE: f64 = 0.2;
/// The weight of having as many ticks as asked for.
const DENSITY: f64 = 0.5;
/// The weight of legible labels, which are all alike here.
const LEGIBILITY: f64 = 0.05;
/// The maximum number of decimal digits by which a candidate is finer than the range of the data.
const FINENESS: i32 = 8;
/// Figures of more units than this have no round ticks: they differ by less than a millionth of their
/// size.
const MOST_UNITS: u64 = 1_000_000_000_000_000;

/// The ticks that are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    /// Round steps in tenths, the best first: `[10, 50, 20, 25]` for 1, 5, 2, 2.5.
    pub(crate) steps: &'static [i64],
    /// The desired number of ticks, at least two.
    pub(crate) count: u32,
    /// The maximum number of ticks.
    pub(crate) most: u32,
    /// Whether every tick must be a whole number.
    pub(crate) whole: bool,
    /// The largest multiple of a round step that a step may be. With 1 every tick is a multiple of the
    /// step, so zero is a tick if it lies within the range.
    pub(crate) skips: i64,
    /// Whether the first and the last tick must enclose the data.
    pub(crate) enclosing: bool,
}

impl Wish {
    /// About five enclosing ticks of a measured quantity.
    pub(crate) const MEASURE: Self =
        Self { steps: &[10, 50, 20, 25], count: 5, most: 7, skips: 1, whole: false, enclosing: true };

    /// About five enclosing ticks of a quantity that is counted.
    pub(crate) const COUNT: Self = Self { whole: true, ..Self::MEASURE };
}

/// Returns the best ticks for figures from `low` to `high`, ascending; at least two.
pub(crate) fn ticks(low: Decimal, high: Decimal, wish: &Wish) -> Vec<Decimal> {
    let (low, mut high) = if low <= high { (low, high) } else { (high, low) };
    if low == high {
        high = low.checked_add(Decimal::ONE).unwrap_or(high);
    }
    search(low, high, wish).filter(|found| found.len() >= 2).unwrap_or_else(|| vec![low, high])
}

/// Returns `None` if the ticks would not fit in a decimal of 28 digits.
fn search(low: Decimal, high: Decimal, wish: &Wish) -> Option<Vec<Decimal>> {
    let range = high.checked_sub(low)?.normalize();
    let digits = i32::try_from(range.mantissa().checked_ilog10()?).ok()?;
    let exponent = digits - i32::try_from(range.scale()).ok()? + 1 - FINENESS;
    let data =
        Span { low: in_units(low, exponent, Rounding::Down)?, high: in_units(high, exponent, Rounding::Up)? };
    let one = if exponent >= 0 { 1 } else { 10_i64.checked_pow(exponent.unsigned_abs()).unwrap_or(i64::MAX) };
    let best = best(data, one, wish)?;
    (0..best.count).map(|n| from_units(best.first + best.step * i64::from(n), exponent)).collect()
}

#[derive(Clone, Copy)]
struct Span {
    low: i64,
    high: i64,
}

impl Span {
    fn length(self) -> f64 {
        float(self.high - self.low)
    }
}

struct Candidate {
    first: i64,
    step: i64,
    count: u32,
}

impl Candidate {
    fn span(&self) -> Span {
        Span { low: self.first, high: self.first + self.step * i64::from(self.count - 1) }
    }
}

/// The search itself. `skip` is the paper's *j* (every skip-th round number), `count` its *k*; each
/// loop ends when not even a perfect rest could beat the best score so far.
fn best(data: Span, one: i64, wish: &Wish) -> Option<Candidate> {
    let mut best = None;
    let mut best_score = -2.0;
    for skip in 1..=wish.skips {
        for (rank, &round) in wish.steps.iter().enumerate() {
            let simple = simplicity(rank, wish.steps.len(), skip, true);
            if SIMPLICITY * simple + COVERAGE + DENSITY + LEGIBILITY < best_score {
                return best;
            }
            for count in 2..=wish.most {
                let dense = density_at_most(count, wish.count);
                if SIMPLICITY * simple + COVERAGE + DENSITY * dense + LEGIBILITY < best_score {
                    break;
                }
                let mut power = smallest_power(data, skip, round, count);
                loop {
                    let step = skip * round * power;
                    let span = float(step) * f64::from(count - 1);
                    let score = SIMPLICITY * simple
                        + COVERAGE * coverage_at_most(data, span)
                        + DENSITY * dense
                        + LEGIBILITY;
                    if score < best_score {
                        break;
                    }
                    let grain = round * power;
                    let reach = skip * i64::from(count - 1);
                    let starts =
                        data.high.div_euclid(step) * skip - reach..=-(-data.low).div_euclid(step) * skip;
                    for first in starts.map(|start| start * grain) {
                        let candidate = Candidate { first, step, count };
                        if !acceptable(&candidate, data, one, wish) {
                            continue;
                        }
                        let score = score_of(&candidate, data, rank, skip, wish);
                        if score > best_score {
                            best_score = score;
                            best = Some(candidate);
                        }
                    }
                    power = power.checked_mul(10)?;
                }
            }
        }
    }
    best
}

fn acceptable(candidate: &Candidate, data: Span, one: i64, wish: &Wish) -> bool {
    let span = candidate.span();
    let whole = candidate.first % one == 0 && candidate.step % one == 0;
    let encloses = span.low <= data.low && span.high >= data.high;
    (whole || !wish.whole) && (encloses || !wish.enclosing)
}

fn score_of(candidate: &Candidate, data: Span, rank: usize, skip: i64, wish: &Wish) -> f64 {
    let span = candidate.span();
    let zero = span.low.rem_euclid(candidate.step) == 0 && span.low <= 0 && span.high >= 0;
    SIMPLICITY * simplicity(rank, wish.steps.len(), skip, zero)
        + COVERAGE * coverage(data, span)
        + DENSITY * density(data, span, candidate.count, wish.count)
        + LEGIBILITY
}

fn simplicity(rank: usize, steps: usize, skip: i64, zero: bool) -> f64 {
    let number = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let place = number(rank) / number(steps.saturating_sub(1).max(1));
    1.0 - place - float(skip) + if zero { 1.0 } else { 0.0 }
}

fn coverage(data: Span, ticks: Span) -> f64 {
    let tenth = 0.1 * data.length();
    let above = float(data.high - ticks.high) / tenth;
    let below = float(data.low - ticks.low) / tenth;
    1.0 - 0.5 * (above * above + below * below)
}

fn coverage_at_most(data: Span, ticks: f64) -> f64 {
    let over = ticks - data.length();
    if over <= 0.0 {
        return 1.0;
    }
    let half = over / 2.0 / (0.1 * data.length());
    1.0 - half * half
}

fn density(data: Span, ticks: Span, count: u32, wanted: u32) -> f64 {
    let per_length = f64::from(count - 1) / ticks.length();
    let whole = float(ticks.high.max(data.high) - ticks.low.min(data.low));
    let wished = f64::from(wanted - 1) / whole;
    2.0 - (per_length / wished).max(wished / per_length)
}

fn density_at_most(count: u32, wanted: u32) -> f64 {
    if count < wanted {
        return 1.0;
    }
    2.0 - f64::from(count - 1) / f64::from(wanted - 1)
}

/// Returns the smallest power of ten with which `count + 1` steps can span the data.
fn smallest_power(data: Span, skip: i64, round: i64, count: u32) -> i64 {
    let range = data.high - data.low;
    let mut power = 1;
    while skip * round * power * i64::from(count + 1) < range {
        power *= 10;
    }
    power
}

#[derive(Clone, Copy)]
enum Rounding {
    Down,
    Up,
}

/// Returns a figure in units of `10^exponent`; `None` if it is so large that multiples of steps
/// might overflow.
fn in_units(figure: Decimal, exponent: i32, rounding: Rounding) -> Option<i64> {
    let shift = -i32::try_from(figure.scale()).ok()? - exponent;
    let power = 10_i128.checked_pow(shift.unsigned_abs())?;
    let units = match rounding {
        _ if shift >= 0 => figure.mantissa().checked_mul(power)?,
        Rounding::Down => figure.mantissa().div_euclid(power),
        Rounding::Up => -(-figure.mantissa()).div_euclid(power),
    };
    i64::try_from(units).ok().filter(|units| units.unsigned_abs() <= MOST_UNITS)
}

fn from_units(units: i64, exponent: i32) -> Option<Decimal> {
    let (mut units, mut exponent) = (units, exponent);
    while exponent < 0 && units % 10 == 0 {
        units /= 10;
        exponent += 1;
    }
    if exponent > 0 {
        let whole = i128::from(units).checked_mul(10_i128.checked_pow(exponent.unsigned_abs())?)?;
        return Decimal::try_from_i128_with_scale(whole, 0).ok();
    }
    Decimal::try_from_i128_with_scale(units.into(), exponent.unsigned_abs()).ok()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "scores only rank the candidates; the ticks themselves are whole numbers"
)]
fn float(units: i64) -> f64 {
    units as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(low: &str, high: &str, wish: &Wish) -> String {
        let read = |text: &str| text.parse::<Decimal>().unwrap();
        let found: Vec<String> = ticks(read(low), read(high), wish).iter().map(Decimal::to_string).collect();
        found.join(" ")
    }

    #[test]
    fn gives_the_example_of_the_authors_package() {
        let wish = Wish {
            steps: &[10, 50, 20, 25, 40, 30],
            count: 4,
            most: 10,
            skips: 16,
            whole: false,
            enclosing: false,
        };
        assert_eq!(shown("8.1", "14.1", &wish), "8 10 12 14");
    }

    #[test]
    fn ends_on_gridlines() {
        assert_eq!(shown("0", "1342", &Wish::COUNT), "0 500 1000 1500");
        assert_eq!(shown("0", "402", &Wish::COUNT), "0 100 200 300 400 500");
        assert_eq!(shown("0", "0.5", &Wish::MEASURE), "0 0.1 0.2 0.3 0.4 0.5");
        assert_eq!(shown("-35", "1215", &Wish::COUNT), "-250 0 250 500 750 1000 1250");
    }

    #[test]
    fn zero_is_a_gridline_between_losses_and_gains() {
        assert_eq!(shown("-8", "20.25", &Wish::MEASURE), "-10 0 10 20 30");
    }

    #[test]
    fn counts_have_no_half() {
        assert_eq!(shown("0", "1", &Wish::COUNT), "0 1");
        assert_eq!(shown("0", "3", &Wish::COUNT), "0 1 2 3");
        assert_eq!(shown("0", "0", &Wish::COUNT), "0 1");
    }

    #[test]
    fn takes_the_ends_where_round_numbers_do_not_fit() {
        assert_eq!(ticks(Decimal::ZERO, Decimal::MAX, &Wish::COUNT), [Decimal::ZERO, Decimal::MAX]);
        assert_eq!(ticks(Decimal::MIN, Decimal::MAX, &Wish::COUNT), [Decimal::MIN, Decimal::MAX]);
    }

    #[test]
    fn every_maximum_to_20000_has_few_whole_enclosing_ticks() {
        for maximum in 1..=20_000 {
            let found = ticks(Decimal::ZERO, maximum.into(), &Wish::COUNT);
            assert!((2..=7).contains(&found.len()), "{maximum}: {found:?}");
            assert!(found.iter().all(Decimal::is_integer), "{maximum}: {found:?}");
            assert_eq!(found.first(), Some(&Decimal::ZERO), "{maximum}");
            assert!(found.last() >= Some(&maximum.into()), "{maximum}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn ticks_enclose_and_are_evenly_spaced(
            a in any::<i64>(), b in any::<i64>(), scale in 0_u32..=28,
        ) {
            let low = Decimal::from_i128_with_scale(a.min(b).into(), scale);
            let high = Decimal::from_i128_with_scale(a.max(b).into(), scale);
            let found = ticks(low, high, &Wish::MEASURE);
            prop_assert!((2..=7).contains(&found.len()), "{:?}", found);
            prop_assert!(found.first() <= Some(&low) && found.last() >= Some(&high));
            let has_zero = found.iter().any(Decimal::is_zero);
            prop_assert!(has_zero || low > Decimal::ZERO || high < Decimal::ZERO, "{:?}", found);
            let step = found[1] - found[0];
            prop_assert!(found.windows(2).all(|pair| pair[1] - pair[0] == step));
        }
    }
}
