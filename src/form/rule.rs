//! Rules: what must hold between the figures of a report.

use crate::base::diagnostic::Severity;
use crate::base::text::Localized;

use super::IndicatorIx;

/// A comparison of two sums of figures.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id, unique in the form.
    pub id: Box<str>,
    /// The check that reports it.
    pub check: RuleKind,
    /// The side that is tested.
    pub left: Side,
    /// How it must stand to the other.
    pub comparison: Comparison,
    /// The side it is tested against.
    pub right: Side,
    /// How bad it is when the rule is broken.
    pub severity: Severity,
    /// Where the rule comes from.
    pub basis: Basis,
    /// What a reader should know about it.
    pub note: Localized,
}

/// The kinds of rules; each is a check of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// Parts that exhaust a whole do not add up to it.
    SumMismatch,
    /// A part, or parts together, are more than the whole.
    PartExceedsWhole,
    /// The balance a form prints (勾稽关系) does not hold.
    BalanceBroken,
    /// A row's total is not the sum of its cells.
    RowTotal,
    /// Two figures do not stand to each other as they should.
    Comparison,
    /// This year's opening figure is not last year's closing figure.
    CarryOverDiffers,
    /// A stock is not last year's stock plus what came minus what went.
    StockFlow,
}

impl RuleKind {
    /// Its stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SumMismatch => "sum-mismatch",
            Self::PartExceedsWhole => "part-exceeds-whole",
            Self::BalanceBroken => "balance-broken",
            Self::RowTotal => "row-total",
            Self::Comparison => "comparison",
            Self::CarryOverDiffers => "carry-over-differs",
            Self::StockFlow => "stock-flow",
        }
    }

    /// The check of a name, as form files write it.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "sum-mismatch" => Self::SumMismatch,
            "part-exceeds-whole" => Self::PartExceedsWhole,
            "balance-broken" => Self::BalanceBroken,
            "row-total" => Self::RowTotal,
            "comparison" => Self::Comparison,
            "carry-over-differs" => Self::CarryOverDiffers,
            "stock-flow" => Self::StockFlow,
            _ => return None,
        })
    }
}

/// One side of a rule: a sum of figures and a whole number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The figures.
    pub terms: Vec<Term>,
    /// A number beside them, usually 0.
    pub constant: i64,
}

/// A figure in a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Which.
    pub indicator: IndicatorIx,
    /// Whether it is subtracted.
    pub negative: bool,
    /// Whether it is the figure of the period before.
    pub previous: bool,
}

/// How the sides of a rule must stand.
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
    /// A sign of a likely mistake, no proof.
    Heuristic,
}

impl Basis {
    /// The name in form files.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "printed" => Self::Printed,
            "implied" => Self::Implied,
            "definition" => Self::Definition,
            "heuristic" => Self::Heuristic,
            _ => return None,
        })
    }
}

impl Rule {
    /// Every term, left then right.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.left.terms.iter().chain(&self.right.terms)
    }

    /// Whether the rule needs the report of the period before.
    pub fn looks_back(&self) -> bool {
        self.terms().any(|term| term.previous)
    }
}
