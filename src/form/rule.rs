//! Rules: what must hold between the figures of a report.

use crate::base::diagnostic::Severity;
use crate::base::text::Localized;

use super::indicator::IndicatorIx;
use super::spec::words;

/// A comparison of two sums of figures.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id, unique in the form.
    pub id: Box<str>,
    /// The check that reports it.
    pub check: Check,
    /// The side that is tested.
    pub left: Side,
    /// The relation that must hold between the sides.
    pub comparison: Comparison,
    /// The side it is tested against.
    pub right: Side,
    /// The severity of breaking it.
    pub severity: Severity,
    /// Where the rule comes from.
    pub basis: Basis,
    /// What a reader should know about it.
    pub note: Localized,
}

/// The arithmetic checks a rule may belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Parts that exhaust a whole do not add up to it.
    SumMismatch,
    /// A part, or parts together, are more than the whole.
    PartExceedsWhole,
    /// The balance a form prints (勾稽关系) does not hold.
    BalanceBroken,
    /// A row's total is not the sum of its cells.
    RowTotal,
    /// Two figures are not in the relation they should be in.
    Comparison,
    /// This year's opening figure is not last year's closing figure.
    CarryOverDiffers,
    /// A stock is not last year's stock plus what came minus what went.
    StockFlow,
}

words!(Check {
    SumMismatch = "sum-mismatch",
    PartExceedsWhole = "part-exceeds-whole",
    BalanceBroken = "balance-broken",
    RowTotal = "row-total",
    Comparison = "comparison",
    CarryOverDiffers = "carry-over-differs",
    StockFlow = "stock-flow",
});

/// One side of a rule: a sum of figures and a whole number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The figures.
    pub terms: Vec<Term>,
    /// A number added to them, usually 0.
    pub constant: i64,
}

impl Side {
    /// A sum of figures of the period itself.
    pub(super) fn sum(indicators: impl IntoIterator<Item = IndicatorIx>) -> Self {
        let term = |indicator| Term { indicator, negative: false, previous: false };
        Self { terms: indicators.into_iter().map(term).collect(), constant: 0 }
    }
}

/// A figure in a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whose figure.
    pub indicator: IndicatorIx,
    /// Whether it is subtracted.
    pub negative: bool,
    /// Whether it is the figure of the period before.
    pub previous: bool,
}

/// The relation between the sides of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Left = right.
    Equal,
    /// Left ≤ right.
    AtMost,
    /// Left ≥ right.
    AtLeast,
}

impl Comparison {
    /// The same with the sides exchanged.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::AtMost => Self::AtLeast,
            Self::AtLeast => Self::AtMost,
        }
    }
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// Printed on the form.
    Printed,
    /// Follows from the form's structure.
    #[default]
    Implied,
    /// Follows from the definitions.
    Definition,
    /// A sign of a likely mistake, not a proof of one.
    Heuristic,
}

words!(Basis {
    Printed = "printed",
    Implied = "implied",
    Definition = "definition",
    Heuristic = "heuristic",
});

impl Rule {
    /// Every term, left then right.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.left.terms.iter().chain(&self.right.terms)
    }

    /// Whether the rule refers to the report of the period before.
    pub fn looks_back(&self) -> bool {
        self.terms().any(|term| term.previous)
    }
}
