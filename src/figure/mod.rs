//! Exact figures: what a report says in one cell, with its state and its unit.
//!
//! A figure is a decimal, never a float. A blank cell, a dash and an approximation are states of
//! their own: none of them is ever taken for zero or enters a sum.

pub(crate) mod compact_decimal;
mod format;
mod parse;
mod unit;

pub use format::{NumberFormat, grouped, is_symbol, percent, rounded};
pub use parse::{FigureError, Parsed, fits, parse};
pub use unit::{Unit, UnitError, Units};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a cell of a report holds. A cell that was not transcribed has no `Value` at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A number, zero included, in the indicator's unit.
    Number(#[serde(with = "compact_decimal")] Decimal),
    /// An empty cell in the source. Not zero.
    Blank,
    /// A dash, `无` or `n/a`: the item does not apply.
    NotApplicable,
    /// A number that the source itself calls inexact, in the indicator's unit.
    Approximate(Bound, #[serde(with = "compact_decimal")] Decimal),
}

/// How an approximate number stands to the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// `680余`, `755多`, `>=3`: this or more.
    AtLeast,
    /// `>3`: more than this.
    MoreThan,
    /// `约44`, `26.8万`: about this.
    About,
    /// `近5000`: a little below this.
    Nearly,
    /// `<=3`: this or less.
    AtMost,
    /// `<1`: less than this.
    LessThan,
}

/// A value as it stands in a report, with what the source adds to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The value in the indicator's unit.
    pub value: Value,
    /// Boxed, because most figures are a bare number.
    pub detail: Option<Box<Detail>>,
}

/// What a source may add to a figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// The figure as written, if it is not a plain number in the indicator's unit: `251000元`,
    /// `680余`, `+19`.
    pub written: Option<Box<str>>,
    /// A remark on this figure.
    pub note: Option<Box<str>>,
    /// Whether it counts from the beginning on, not for the period.
    pub cumulative: bool,
}

impl Figure {
    /// A figure without details.
    pub fn new(value: Value) -> Self {
        Self { value, detail: None }
    }

    /// Returns the number, if the figure is exact.
    pub fn exact(&self) -> Option<Decimal> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the number, exact or approximate.
    pub fn amount(&self) -> Option<Decimal> {
        match self.value {
            Value::Number(number) | Value::Approximate(_, number) => Some(number),
            Value::Blank | Value::NotApplicable => None,
        }
    }

    /// Returns the figure as written, if that says more than the number.
    pub fn written(&self) -> Option<&str> {
        self.detail.as_ref()?.written.as_deref()
    }

    /// The remark on it.
    pub fn note(&self) -> Option<&str> {
        self.detail.as_ref()?.note.as_deref()
    }

    /// Whether it counts from the beginning on, so that it cannot be compared with yearly figures.
    pub fn is_cumulative(&self) -> bool {
        self.detail.as_ref().is_some_and(|detail| detail.cumulative)
    }
}
