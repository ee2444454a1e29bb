//! Figures that keep the rules of their form, as real ones mostly do.

use std::fmt::Write as _;

use crate::form::{Body, Comparison, Form, IndicatorIx, Kind, Rule, Side};

use super::dice::Dice;

/// Rules depend on each other; so many rounds settle all of them in the official forms.
const ROUNDS: usize = 8;

/// A figure for each indicator of a form; `None` for a blank cell.
pub(super) fn figures(form: &Form, before: Option<&Vec<Option<i64>>>, dice: &mut Dice) -> Vec<Option<i64>> {
    let size = dice.below(200) + 10;
    let mut figures: Vec<Option<i64>> = form
        .indicators
        .iter()
        .map(|indicator| {
            let most = match indicator.kind {
                Kind::Money => size / 4,
                Kind::Staff => 12,
                _ => size >> (indicator.depth * 2).min(6),
            };
            Some(dice.below(most + 1) as i64)
        })
        .collect();
    for _ in 0..ROUNDS {
        for rule in &form.rules {
            settle(rule, &mut figures, before);
        }
    }
    let count = figures.len() as u64;
    // A slip in one report of thirty, a blank cell in most.
    if dice.one_in(30)
        && let Some(Some(figure)) = figures.get_mut(dice.below(count) as usize)
    {
        *figure += 9;
    }
    for _ in 0..dice.below(4) {
        if let Some(figure) = figures.get_mut(dice.below(count) as usize) {
            *figure = None;
        }
    }
    figures
}

/// Changes figures so that a rule holds, where that can be done without falling below zero.
fn settle(rule: &Rule, figures: &mut [Option<i64>], before: Option<&Vec<Option<i64>>>) {
    let (Some(left), Some(right)) = (sum(&rule.left, figures, before), sum(&rule.right, figures, before))
    else {
        return;
    };
    match rule.comparison {
        Comparison::Equal if left == right => {}
        // The side with one figure follows the other; of a balance, the last figure gives way.
        Comparison::Equal
            if rule.left.terms.len() < rule.right.terms.len() || last(&rule.right).is_none() =>
        {
            let rest = last(&rule.left).map_or(0, |ix| add(ix, right - left, figures));
            last(&rule.right).map(|ix| add(ix, -rest, figures));
        }
        Comparison::Equal => {
            let rest = last(&rule.right).map_or(0, |ix| add(ix, left - right, figures));
            first(&rule.left).map(|ix| add(ix, -rest, figures));
        }
        Comparison::AtMost => lower(&rule.left, left - right, figures),
        Comparison::AtLeast => lower(&rule.right, right - left, figures),
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

fn first(side: &Side) -> Option<IndicatorIx> {
    free(side).next()
}

fn last(side: &Side) -> Option<IndicatorIx> {
    free(side).next_back()
}

/// Adds to a figure; what could not be taken from it is left over, as a negative number.
fn add(ix: IndicatorIx, amount: i64, figures: &mut [Option<i64>]) -> i64 {
    let Some(Some(figure)) = figures.get_mut(usize::from(ix.0)) else { return amount };
    let wanted = *figure + amount;
    *figure = wanted.max(0);
    wanted.min(0)
}

/// Lowers the figures of a side, the last first, until so much is taken away.
fn lower(side: &Side, excess: i64, figures: &mut [Option<i64>]) {
    let mut rest = -excess.max(0);
    for ix in free(side).rev() {
        if rest == 0 {
            break;
        }
        rest = add(ix, rest, figures);
    }
}

/// Writes figures as front matter, row by row for tables.
pub(super) fn write(form: &Form, figures: &[Option<i64>], text: &mut String) {
    let cell = |ix: IndicatorIx| figures.get(usize::from(ix.0)).copied().flatten();
    for section in &form.sections {
        match &section.body {
            Body::Prose => {}
            Body::List(indicators) => {
                for ix in indicators {
                    let Some(indicator) = form.indicator(*ix).filter(|indicator| indicator.unit.is_some())
                    else {
                        continue;
                    };
                    let _ = match cell(*ix) {
                        Some(figure) => writeln!(text, "  {}: {figure}", indicator.code),
                        None => writeln!(text, "  {}:", indicator.code),
                    };
                }
            }
            Body::Table(table) => {
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
