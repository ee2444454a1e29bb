//! Series: one quantity over the years, across forms.

use crate::base::text::Localized;

use super::indicator::Quantity;
use super::spec::words;

/// One quantity over time: which figures of which form give it, and where its meaning changed.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its id, also the address of its page: `requests_received`.
    pub id: Box<str>,
    /// Its name.
    pub title: Localized,
    /// What it means, in a sentence or two.
    pub definition: Localized,
    /// The unit all its terms are converted to.
    pub unit: Box<str>,
    /// The kind of quantity its figures express.
    pub kind: Quantity,
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
    /// Its role in the balance of requests.
    pub role: Option<Role>,
}

/// The parts of the balance of requests: received + carried in = decided + carried out, where what
/// was decided is the sum of the outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Received in the period.
    Received,
    /// Still open from the period before.
    CarriedIn,
    /// Decided in the period.
    Decided,
    /// Decided with one particular outcome.
    Outcome,
    /// Still open at the end of the period.
    CarriedOut,
}

words!(Role {
    Received = "received",
    CarriedIn = "carried-in",
    Decided = "decided",
    Outcome = "outcome",
    CarriedOut = "carried-out",
});

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

/// A year in which the meaning of a series changes.
#[derive(Clone, Debug)]
pub struct Break {
    /// The first year of the new meaning.
    pub year: i16,
    /// Whether years before and after may be compared.
    pub kind: BreakKind,
    /// What changed.
    pub text: Localized,
    /// The ids of the forms whose figures it concerns; empty where it concerns all.
    pub forms: Vec<Box<str>>,
}

/// The effect of a break on comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// The definition changed: lines are cut, no change is computed across.
    Cut,
    /// Only the form changed: marked, but joined.
    Mark,
}

words!(BreakKind {
    Cut = "cut",
    Mark = "mark",
});

impl Series {
    /// The codes that give the series in a form.
    pub fn codes(&self, form: &str) -> Option<&[Box<str>]> {
        self.terms.iter().find(|terms| &*terms.form == form).map(|terms| &*terms.codes)
    }

    /// Whether the definition changed after the year `from` and up to the year `to`, as far as it
    /// concerns the forms of the two reports.
    pub fn is_cut_between(&self, from: (i16, &str), to: (i16, &str)) -> bool {
        self.breaks.iter().any(|at| {
            at.kind == BreakKind::Cut
                && from.0 < at.year
                && at.year <= to.0
                && (at.concerns(from.1) || at.concerns(to.1))
        })
    }

    /// Whether the figures of several agencies may be added: not shares, nor medians or averages of
    /// days.
    pub fn adds_up(&self) -> bool {
        self.ratio.is_none() && !matches!(self.kind, Quantity::Share | Quantity::Days)
    }
}

impl Break {
    /// Whether it concerns reports on a form.
    pub fn concerns(&self, form: &str) -> bool {
        self.forms.is_empty() || self.forms.iter().any(|known| &**known == form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(kind: Quantity, breaks: Vec<Break>) -> Series {
        Series {
            id: "received".into(),
            title: "Received".into(),
            definition: Localized::default(),
            unit: "件".into(),
            kind,
            comparability: Localized::default(),
            headline: false,
            group: "requests".into(),
            terms: Vec::new(),
            breaks,
            ratio: None,
            role: None,
        }
    }

    fn cut(year: i16, forms: &[&str]) -> Break {
        let forms = forms.iter().map(|form| (*form).into()).collect();
        Break { year, kind: BreakKind::Cut, text: "changed".into(), forms }
    }

    #[test]
    fn a_break_concerns_the_forms_it_names() {
        let series = series(Quantity::Count, vec![cut(2019, &["old", "new"])]);
        assert!(series.is_cut_between((2018, "old"), (2019, "new")));
        assert!(series.is_cut_between((2018, "own"), (2019, "new")), "after");
        assert!(series.is_cut_between((2018, "old"), (2019, "own")), "before");
        assert!(!series.is_cut_between((2018, "foreign"), (2019, "foreign")));
        assert!(!series.is_cut_between((2019, "new"), (2020, "new")), "other years");
    }

    #[test]
    fn a_break_without_forms_concerns_all() {
        let series = series(Quantity::Count, vec![cut(2019, &[])]);
        assert!(series.is_cut_between((2018, "foreign"), (2019, "foreign")));
    }

    #[test]
    fn medians_and_shares_do_not_add_up() {
        assert!(series(Quantity::Count, Vec::new()).adds_up());
        assert!(series(Quantity::Staff, Vec::new()).adds_up());
        assert!(!series(Quantity::Days, Vec::new()).adds_up());
        assert!(!series(Quantity::Share, Vec::new()).adds_up());
    }
}
