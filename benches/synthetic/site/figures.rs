//! Figures that keep the rules of their form, as real ones mostly do.

use std::fmt::Write as _;

use glasshouse::form::{Comparison, Form, IndicatorIx, Quantity, Rule, SectionBody, Side};

use super::random::Random;

/// Rounds of settling rules that depend on each other; enough for all official forms.
const ROUNDS: usize = 8;

/// Returns a figure for each indicator of a form; `None` for a blank cell.
pub(super) fn figures(
    form: &Form,
    before: Option<&Vec<Option<i64>>>,
    random: &mut Random,
) -> Vec<Option<i64>> {
    let size = random.below(200) + 10;
    let mut figures: Vec<Option<i64>> = form
        .indicators
        .iter()
        .map(|indicator| {
            let most = match indicator.kind {
                Quantity::Money => size / 4,
                Quantity::Staff => 12,
                _ => size >> (indicator.depth * 2).min(6),
            };
            Some(random.below(most + 1).cast_signed())
        })
        .collect();
    let makers = Makers::of(form);
    for _ in 0..ROUNDS {
        for rule in &form.rules {
            settle(rule, &makers, &mut figures, before);
        }
    }
    let count = figures.len() as u64;
    // A slip in one report of thirty, a blank cell in most.
    if random.one_in(30)
        && let Some(Some(figure)) = figures.get_mut(random.below(count) as usize)
    {
        *figure += 9;
    }
    for _ in 0..random.below(4) {
        if let Some(figure) = figures.get_mut(random.below(count) as usize) {
            *figure = None;
        }
    }
    figures
}

/// For each indicator the rule that makes it of others: the one that makes it of most.
struct Makers<'f> {
    rules: Vec<Option<&'f Rule>>,
}

impl<'f> Makers<'f> {
    fn of(form: &'f Form) -> Self {
        let mut rules: Vec<Option<&Rule>> = vec![None; form.indicators.len()];
        for rule in form.rules.iter().filter(|rule| rule.comparison == Comparison::Equal) {
            if let [term] = rule.left.terms.as_slice()
                && let Some(slot) = rules.get_mut(usize::from(term.indicator.0))
                && slot.is_none_or(|known: &Rule| known.right.terms.len() < rule.right.terms.len())
            {
                *slot = Some(rule);
            }
        }
        Self { rules }
    }

    fn maker(&self, ix: IndicatorIx) -> Option<&'f Rule> {
        self.rules.get(usize::from(ix.0)).copied().flatten()
    }

    /// The figure to change so that `ix` changes: itself, or one of those it is made of.
    fn leaf(&self, ix: IndicatorIx) -> IndicatorIx {
        let made_of = |ix| self.maker(ix).and_then(|rule| free(&rule.right).next_back());
        (0..ROUNDS).try_fold(ix, |ix, _| made_of(ix).ok_or(ix)).unwrap_or_else(|leaf| leaf)
    }
}

/// Changes figures so that a rule holds, where that can be done without falling below zero.
fn settle(rule: &Rule, makers: &Makers<'_>, figures: &mut [Option<i64>], before: Option<&Vec<Option<i64>>>) {
    let (Some(left), Some(right)) = (sum(&rule.left, figures, before), sum(&rule.right, figures, before))
    else {
        return;
    };
    let mut change = |side: &Side, amount: i64| {
        free(side)
            .rev()
            .fold(amount, |rest, ix| if rest == 0 { 0 } else { add(makers.leaf(ix), rest, figures) })
    };
    match rule.comparison {
        Comparison::Equal if left == right => {}
        Comparison::Equal => {
            let made = free(&rule.left)
                .next()
                .filter(|ix| makers.maker(*ix).is_some_and(|maker| maker.id == rule.id));
            match made {
                Some(ix) => {
                    let rest = add(ix, right - left, figures);
                    free(&rule.right).next().map(|ix| add(makers.leaf(ix), -rest, figures));
                }
                None => {
                    let rest = change(&rule.right, left - right);
                    change(&rule.left, -rest);
                }
            }
        }
        Comparison::AtMost if left > right => {
            let rest = change(&rule.left, right - left);
            change(&rule.right, -rest);
        }
        Comparison::AtLeast if left < right => {
            let rest = change(&rule.right, left - right);
            change(&rule.left, -rest);
        }
        _ => {}
    }
}

fn sum(side: &Side, figures: &[Option<i64>], before: Option<&Vec<Option<i64>>>) -> Option<i64> {
    side.terms.iter().try_fold(side.constant, |sum, term| {
        let at = usize::from(term.indicator.0);
        let known = if term.previous { before?.get(at) } else { figures.get(at) };
        let figure = (*known?)?;
        Some(if term.negative { sum - figure } else { sum + figure })
    })
}

/// The figures of a side that may be changed to change its sum.
fn free(side: &Side) -> impl DoubleEndedIterator<Item = IndicatorIx> {
    let free = side.terms.iter().filter(|term| !term.previous && !term.negative);
    free.map(|term| term.indicator)
}

/// Adds to a figure; what could not be taken from it is left over, as a negative number.
fn add(ix: IndicatorIx, amount: i64, figures: &mut [Option<i64>]) -> i64 {
    let Some(Some(figure)) = figures.get_mut(usize::from(ix.0)) else { return amount };
    let wanted = *figure + amount;
    *figure = wanted.max(0);
    wanted.min(0)
}

/// Writes figures as front matter, row by row for tables.
pub(super) fn write(form: &Form, figures: &[Option<i64>], text: &mut String) {
    let cell = |ix: IndicatorIx| figures.get(usize::from(ix.0)).copied().flatten();
    for section in &form.sections {
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                for ix in indicators {
                    let indicator = &form[*ix];
                    if indicator.unit.is_none() {
                        continue;
                    }
                    let _ = match cell(*ix) {
                        Some(figure) => writeln!(text, "  {}: {figure}", indicator.code),
                        None => writeln!(text, "  {}:", indicator.code),
                    };
                }
            }
            SectionBody::Table(table) => {
                for row in &table.rows {
                    let Some(first) = row.first else { continue };
                    let cells: Vec<String> = (0..table.columns.len() as u16)
                        .map(|at| {
                            cell(IndicatorIx(first.0 + at)).map_or("~".into(), |figure| figure.to_string())
                        })
                        .collect();
                    let _ = writeln!(text, "  {}: [{}]", row.code, cells.join(", "));
                }
            }
        }
    }
}
