//! Indicators: what a form asks, one figure each.

use serde::{Deserialize, Serialize};

use crate::base::text::Localized;

/// The place of an indicator in its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// What its figures may look like.
    pub kind: Kind,
    /// The indicator it belongs to.
    pub parent: Option<IndicatorIx>,
    /// How it stands to its parent.
    pub relation: Relation,
    /// How deep it is indented.
    pub depth: u8,
    /// How surely its label is known.
    pub verified: Verified,
    /// A remark of ours on how to read it.
    pub note: Localized,
    /// Other labels under which reports print it.
    pub aliases: Vec<Box<str>>,
}

/// What figures an indicator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

impl Kind {
    /// The name in form files.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "count" => Self::Count,
            "change" => Self::Change,
            "money" => Self::Money,
            "days" => Self::Days,
            "staff" => Self::Staff,
            "share" => Self::Share,
            _ => return None,
        })
    }

    /// Whether a fraction is impossible.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Count | Self::Change)
    }

    /// Whether a number below zero is impossible.
    pub fn is_non_negative(self) -> bool {
        self != Self::Change
    }
}

/// How an indicator stands to its parent, and what follows for the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The children of one group add up to the parent.
    Sum,
    /// A part; the parts of one group are at most the parent.
    Part,
    /// 其中: a subset, may overlap with others; each is at most the parent.
    OfWhich,
    /// One case may count under several children: no arithmetic.
    Multi,
    /// Printed under the heading: no arithmetic.
    Indep,
    /// A heading without a figure.
    Head,
}

impl Relation {
    /// The name in form files.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "sum" => Self::Sum,
            "part" => Self::Part,
            "of_which" => Self::OfWhich,
            "multi" => Self::Multi,
            "indep" => Self::Indep,
            "head" => Self::Head,
            _ => return None,
        })
    }
}

/// How surely a label stands as on the official form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verified {
    /// Read in whole real reports or in the official text.
    #[default]
    Full,
    /// Its wording was met in several sources.
    Corroborated,
    /// As commonly known; no text was at hand.
    Unseen,
}

impl Verified {
    /// The name in form files.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "full" => Self::Full,
            "corroborated" => Self::Corroborated,
            "unseen" => Self::Unseen,
            _ => return None,
        })
    }
}
