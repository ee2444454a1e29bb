//! Series: one quantity over the years, across forms.

use crate::text::Localized;

use super::Kind;

/// One quantity over time: which figures of which form give it, and where its meaning changed.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its id, also the address of its page: `requests_received`.
    pub id: Box<str>,
    /// Its name.
    pub title: Localized,
    /// What it means, in a sentence or two.
    pub definition: Localized,
    /// The unit all its terms are brought to.
    pub unit: Box<str>,
    /// What its figures may look like.
    pub kind: Kind,
    /// How well its years compare.
    pub comparability: Localized,
    /// Whether overviews show it.
    pub headline: bool,
    /// The part of the portal's overview it belongs to: `requests`, `outcomes`, `disclosure` …
    pub group: Box<str>,
    /// The figures that give it, form by form.
    pub terms: Vec<SeriesTerms>,
    /// Where it breaks.
    pub breaks: Vec<Break>,
    /// For a share: which series over which.
    pub ratio: Option<Ratio>,
}

/// The figures of one form that add up to a series.
#[derive(Clone, Debug)]
pub struct SeriesTerms {
    /// The form's id.
    pub form: Box<str>,
    /// The codes to add.
    pub codes: Vec<Box<str>>,
}

/// A share as a quotient of series.
#[derive(Clone, Debug)]
pub struct Ratio {
    /// The series whose sum is above the line.
    pub numerator: Vec<Box<str>>,
    /// The series below the line.
    pub denominator: Box<str>,
}

/// A year from which a series means something else.
#[derive(Clone, Debug)]
pub struct Break {
    /// The first year of the new meaning.
    pub year: i16,
    /// Whether years before and after may be compared.
    pub kind: BreakKind,
    /// What changed.
    pub text: Localized,
}

/// What a break does to comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// The definition changed: lines are cut, no change is computed across.
    Cut,
    /// Only the form changed: marked, but joined.
    Mark,
}

impl Series {
    /// The codes that give the series in a form.
    pub fn codes(&self, form: &str) -> Option<&[Box<str>]> {
        self.terms.iter().find(|terms| &*terms.form == form).map(|terms| &*terms.codes)
    }

    /// Whether the meaning changed after `from` and up to `to`.
    pub fn is_cut_between(&self, from: i16, to: i16) -> bool {
        self.breaks.iter().any(|at| at.kind == BreakKind::Cut && from < at.year && at.year <= to)
    }
}
