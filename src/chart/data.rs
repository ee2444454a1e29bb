//! The input of charts: figures that were reported, and reasons why others are missing.

use std::ops::BitOr;

use rust_decimal::Decimal;

use crate::form::BreakKind;

/// A figure, or the reason why there is none. There is no way to turn a gap
/// into a figure, so none can be drawn or added as zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// A figure that was reported; zero is one.
    Reported(Observation),
    /// No figure.
    Gap(GapReason),
}

/// A figure as it was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The figure, in the unit of the chart.
    pub value: Decimal,
    /// What a reader should know about it.
    pub flags: Flags,
    /// The figure as the source writes it, if that is not the plain number: `680余`.
    pub written: Option<String>,
}

/// Why there is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapReason {
    /// The report has the cell and leaves it empty.
    Blank,
    /// The question did not arise, or the form of that year did not ask it.
    NotApplicable,
    /// There is no report.
    NoReport,
    /// The report may have a figure that is not transcribed yet.
    NotTranscribed,
}

impl GapReason {
    /// Whether a figure is missing that could have been there.
    pub const fn is_missing(self) -> bool {
        !matches!(self, Self::NotApplicable)
    }
}

/// A set of remarks about a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u8);

impl Flags {
    /// The source calls it inexact: about, at least, nearly.
    pub const APPROXIMATE: Self = Self(1);
    /// A later report corrected it; this is the corrected figure.
    pub const REVISED: Self = Self(2);
    /// A check found that it disagrees with other figures.
    pub const QUESTIONED: Self = Self(4);
    /// It counts from some earlier year on, not this year alone.
    pub const CUMULATIVE: Self = Self(8);

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the set has all remarks of `other`.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Flags {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Datum {
    /// A plain figure.
    pub fn value(value: impl Into<Decimal>) -> Self {
        Self::flagged(value, Flags::default())
    }

    /// A figure with remarks.
    pub fn flagged(value: impl Into<Decimal>, flags: Flags) -> Self {
        Self::Reported(Observation { value: value.into(), flags, written: None })
    }

    /// The figure, if there is one.
    pub const fn reported(&self) -> Option<&Observation> {
        match self {
            Self::Reported(reported) => Some(reported),
            Self::Gap(_) => None,
        }
    }

    /// The reason, if there is no figure.
    pub const fn gap(&self) -> Option<GapReason> {
        match self {
            Self::Reported(_) => None,
            Self::Gap(gap) => Some(*gap),
        }
    }
}

/// A colour slot of the theme: 0 is the grey of context, 1 to 6 are the colours of categories.
/// The same meaning has the same colour on the whole site, so the caller chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hue(u8);

impl Hue {
    /// The grey of what is shown for comparison only.
    pub const CONTEXT: Self = Self(0);
    /// The first colour: what the chart is about.
    pub const SUBJECT: Self = Self(1);

    /// The colour of the `n`-th category, counted from 0; the seventh has the first colour again.
    pub const fn category(n: usize) -> Self {
        Self((n % 6) as u8 + 1)
    }

    /// Its number in the style sheet, 0 to 6.
    pub const fn slot(self) -> u8 {
        self.0
    }
}

/// One quantity over the periods of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSeries {
    /// What it is called beside its line.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// A datum for each period of the chart, in order; if it ends early, the rest counts
    /// as [`GapReason::NoReport`].
    pub data: Vec<Datum>,
}

impl DataSeries {
    pub(crate) fn at(&self, period: usize) -> &Datum {
        self.data.get(period).unwrap_or(&Datum::Gap(GapReason::NoReport))
    }

    pub(crate) fn reported(&self, periods: usize) -> impl DoubleEndedIterator<Item = (usize, &Observation)> {
        self.data
            .iter()
            .take(periods)
            .enumerate()
            .filter_map(|(period, datum)| Some((period, datum.reported()?)))
    }
}

/// A break in a series between two periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlottedBreak {
    /// The index of the last period before the change.
    pub after: usize,
    /// What it does to a series.
    pub kind: BreakKind,
    /// What changed, in the reader's language.
    pub text: String,
}

/// A named figure with a colour of its own: an outcome, a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// Its figure, or why it has none.
    pub datum: Datum,
}

/// An agency or item that is compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its name.
    pub name: String,
    /// Its figure, or why it has none.
    pub datum: Datum,
    /// Whether the page is about it; the others are context then.
    pub subject: bool,
}
