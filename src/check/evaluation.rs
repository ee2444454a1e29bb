//! Evaluates the rules of a form with the figures of a report.

use rust_decimal::Decimal;

use crate::base::diagnostic::{At, Place};
use crate::figure::Figure;
use crate::form::{Comparison, Form, IndicatorIx, Rule, Side};
use crate::model::Report;

/// The outcome of a rule for one report.
pub(super) enum Verdict {
    Holds,
    Fails { left: Decimal, right: Decimal },
    NotAssessable,
}

/// The report for the period before, and its form.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) report: &'a Report,
    pub(super) form: &'a Form,
}

impl Before<'_> {
    /// Returns the indicator of the earlier form that has the same code as one of a later `form`.
    pub(super) fn find(&self, form: &Form, indicator: IndicatorIx) -> Option<IndicatorIx> {
        if form.id == self.form.id { Some(indicator) } else { self.form.find(&form[indicator].code) }
    }

    /// Returns the place of an indicator's figure in the earlier report.
    pub(super) fn figure_place(&self, ix: IndicatorIx) -> Place {
        Place { file: self.report.file().clone(), at: At::Value(self.form.data_path(ix)), label: None }
    }
}

/// The figures that the rules of a form are evaluated with.
pub(super) struct Operands<'a> {
    form: &'a Form,
    /// The figures by indicator; `None` where there is no exact one.
    exact: &'a [Option<Decimal>],
    before: Option<Before<'a>>,
}

impl<'a> Operands<'a> {
    /// Collects the figures of a report in `buffer`, which all reports of a thread share.
    pub(super) fn new(
        form: &'a Form,
        report: &Report,
        before: Option<Before<'a>>,
        buffer: &'a mut Vec<Option<Decimal>>,
    ) -> Self {
        buffer.clear();
        buffer.resize(form.indicators.len(), None);
        for (ix, figure) in &report.figures {
            buffer[ix.0 as usize] = operand(figure);
        }
        Self { form, exact: buffer, before }
    }

    pub(super) fn assess(&self, rule: &Rule) -> Verdict {
        let (Some(left), Some(right)) = (self.sum(&rule.left), self.sum(&rule.right)) else {
            return Verdict::NotAssessable;
        };
        let holds = match rule.comparison {
            Comparison::Equal => left == right,
            Comparison::AtMost => left <= right,
            Comparison::AtLeast => left >= right,
        };
        if holds { Verdict::Holds } else { Verdict::Fails { left, right } }
    }

    /// Returns the sum of a side; `None` if a figure is missing or not an exact number.
    pub(super) fn sum(&self, side: &Side) -> Option<Decimal> {
        let mut sum = Decimal::from(side.constant);
        for term in &side.terms {
            let value = if term.previous {
                let before = self.before?;
                operand(before.report.figure(before.find(self.form, term.indicator)?)?)?
            } else {
                self.exact[term.indicator.0 as usize]?
            };
            sum = if term.negative { sum.checked_sub(value)? } else { sum.checked_add(value)? };
        }
        Some(sum)
    }
}

/// Returns the exact number of a figure; `None` for a running total, which covers earlier periods too.
fn operand(figure: &Figure) -> Option<Decimal> {
    figure.exact().filter(|_| !figure.is_cumulative())
}
