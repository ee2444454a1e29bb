//! Classes of a quantity, for maps and tables that show size by shade.

use rust_decimal::Decimal;

/// The number of classes.
pub(crate) const CLASS_COUNT: usize = 5;

/// The upper bounds of all classes but the last, ascending; equal bounds make empty classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Classes {
    bounds: [Decimal; CLASS_COUNT - 1],
}

impl Classes {
    /// Returns the classes of shares, or of counts.
    pub(crate) fn of(figures: &[Decimal], are_shares: bool) -> Self {
        if are_shares { Self::equal(Decimal::ZERO, Decimal::ONE_HUNDRED) } else { Self::quantiles(figures) }
    }

    /// Returns classes of equal width from `low` to `high`: for shares, whose distances mean something.
    pub(crate) fn equal(low: Decimal, high: Decimal) -> Self {
        let step = high.checked_sub(low).map(|range| range / Decimal::from(CLASS_COUNT)).unwrap_or_default();
        let bound = |n: usize| {
            let width = step.checked_mul(Decimal::from(n + 1)).unwrap_or_default();
            low.checked_add(width).unwrap_or(high)
        };
        Self { bounds: std::array::from_fn(bound) }
    }

    /// Returns classes of about equally many figures: for counts, of which a few are far larger than the
    /// rest. Equal figures are in one class.
    pub(crate) fn quantiles(figures: &[Decimal]) -> Self {
        let mut sorted = figures.to_vec();
        sorted.sort_unstable();
        let bound = |n: usize| {
            let at = (sorted.len() * (n + 1)).div_ceil(CLASS_COUNT);
            sorted.get(at.saturating_sub(1)).copied().unwrap_or_default()
        };
        Self { bounds: std::array::from_fn(bound) }
    }

    /// Returns the class of a figure, from 1 for the smallest to 5 for the largest.
    pub(crate) fn class(&self, figure: Decimal) -> u8 {
        let above = self.bounds.iter().filter(|bound| figure > **bound).count();
        above as u8 + 1
    }

    /// Returns the smallest and the largest figure of each class that has any.
    pub(crate) fn ranges(&self, figures: &[Decimal]) -> Vec<(u8, Decimal, Decimal)> {
        let of_class = |class: u8| figures.iter().copied().filter(move |figure| self.class(*figure) == class);
        (1..=CLASS_COUNT as u8)
            .filter_map(|class| Some((class, of_class(class).min()?, of_class(class).max()?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimals(numbers: &[i64]) -> Vec<Decimal> {
        numbers.iter().map(|number| Decimal::from(*number)).collect()
    }

    #[test]
    fn shares_fall_into_fifths() {
        let classes = Classes::equal(Decimal::ZERO, Decimal::ONE_HUNDRED);
        let found: Vec<u8> =
            decimals(&[0, 19, 20, 50, 80, 100]).into_iter().map(|n| classes.class(n)).collect();
        assert_eq!(found, [1, 1, 1, 3, 4, 5]);
    }

    #[test]
    fn counts_fall_into_classes_of_equally_many() {
        let figures = decimals(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 5_000]);
        let classes = Classes::quantiles(&figures);
        let found: Vec<u8> = figures.iter().map(|n| classes.class(*n)).collect();
        assert_eq!(found, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        let ranges = classes.ranges(&figures);
        assert_eq!(ranges.last(), Some(&(5, Decimal::from(9), Decimal::from(5_000))));
    }

    #[test]
    fn equal_figures_share_a_class() {
        let figures = decimals(&[0, 0, 0, 0]);
        let classes = Classes::quantiles(&figures);
        assert_eq!(classes.ranges(&figures), [(1, Decimal::ZERO, Decimal::ZERO)]);
    }

    proptest! {
        #[test]
        fn larger_figures_are_never_in_lower_classes(numbers in prop::collection::vec(-99_i64..9_999, 1..40)) {
            let mut figures = decimals(&numbers);
            figures.sort_unstable();
            for classes in [Classes::quantiles(&figures), Classes::equal(figures[0], figures[figures.len() - 1])] {
                prop_assert!(figures.windows(2).all(|pair| classes.class(pair[0]) <= classes.class(pair[1])));
                let counted: usize = classes.ranges(&figures).len();
                prop_assert!((1..=CLASS_COUNT).contains(&counted));
            }
        }
    }
}
