//! Indicators: what a form asks, one figure each.

use crate::base::text::Localized;
use crate::figure::Units;

use super::spec::words;

/// The place of an indicator in its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorIx(pub u16);

/// What a form asks for.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Its code, unique in the form; a cell of a table has `row__column`.
    pub code: Box<str>,
    /// Its official label with the printed numbering; a cell has its row's.
    pub label: Localized,
    /// What to call it in a sentence: the label without numbering and remarks; a cell's with its
    /// column.
    pub name: Localized,
    /// The column's label, for a cell of a table.
    pub column: Localized,
    /// The unit it is printed in; `None` for headings.
    pub unit: Option<Box<str>>,
    /// The kind of quantity its figures express.
    pub kind: Quantity,
    /// The indicator it belongs to.
    pub parent: Option<IndicatorIx>,
    /// Its arithmetic relation to its parent.
    pub relation: Relation,
    /// How deep it is indented.
    pub depth: u8,
    /// How well its label is attested.
    pub verified: Verified,
    /// An editorial remark on how to read it.
    pub note: Localized,
    /// Other labels under which reports print it.
    pub aliases: Vec<Box<str>>,
}

/// The kind of quantity that figures express.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Whole and not negative.
    Count,
    /// Whole; a change may be negative.
    Change,
    /// An amount of money: not negative, may be fractional.
    Money,
    /// A number of days: may be fractional.
    Days,
    /// People in full-time equivalents: may be fractional.
    Staff,
    /// A percentage.
    Share,
}

words!(Quantity {
    Count = "count",
    Change = "change",
    Money = "money",
    Days = "days",
    Staff = "staff",
    Share = "share",
});

impl Quantity {
    /// The quantity that a unit implies where none is stated.
    pub(super) fn of_unit(units: &Units, unit: &str) -> Self {
        let is_money = units.get(unit).is_some_and(|unit| unit.dimension.starts_with("money"));
        if is_money { Self::Money } else { Self::Count }
    }

    /// Whether figures must be whole numbers.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Count | Self::Change)
    }

    /// Whether figures must not be negative.
    pub fn is_non_negative(self) -> bool {
        self != Self::Change
    }
}

/// The relation of an indicator to its parent, and the arithmetic that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The children of one group add up to the parent.
    Sum,
    /// A part; the parts of one group are at most the parent.
    Part,
    /// 其中: a subset that may overlap with others; each is at most the parent.
    OfWhich,
    /// One case may count under several children: no arithmetic.
    Multi,
    /// Printed under the heading: no arithmetic.
    Indep,
    /// A heading without a figure.
    Head,
}

words!(Relation {
    Sum = "sum",
    Part = "part",
    OfWhich = "of_which",
    Multi = "multi",
    Indep = "indep",
    Head = "head",
});

/// How well it is attested that a label is that of the official form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verified {
    /// Read in complete published reports or in the official text.
    #[default]
    Full,
    /// Its wording occurs in several sources.
    Corroborated,
    /// As commonly quoted; no source was at hand.
    Unseen,
}

words!(Verified {
    Full = "full",
    Corroborated = "corroborated",
    Unseen = "unseen",
});
