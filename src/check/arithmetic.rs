//! Checks the rules of a report's form: sums, parts, balances, comparisons, and carry-overs from the
//! period before. All are evaluated in one pass; each kind is a check with wording of its own.

use std::fmt::Write as _;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::base::diagnostic::{Message, Place};
use crate::base::text::Localized;
use crate::form::{Form, Rule, Side, Term};
use crate::model::Period;

use super::definition::{Context, Run, Subject, UnassessableCheck};
use super::evaluation::{Operands, Verdict};
use super::finding::Verdicts;
use super::rules::TABLE;

/// The maximum number of places a finding names in addition to its first.
const MAX_OTHER_PLACES: usize = 8;

static UNASSESSABLE_CHECKS: LazyLock<Vec<UnassessableCheck>> = LazyLock::new(|| {
    let checks = TABLE.iter().filter_map(|check| match check.run {
        Run::UnassessableRule(run) => Some(run),
        _ => None,
    });
    checks.collect()
});

/// Evaluates every rule of the report's form. `room` is a buffer that all reports of a thread share.
pub(super) fn run(context: &mut Context<'_>, room: &mut Vec<Option<Decimal>>) -> Verdicts {
    let form = context.form;
    let operands = Operands::new(form, context.report, context.before, room);
    let mut verdicts = Verdicts::default();
    for rule in &form.rules {
        match operands.assess(rule) {
            Verdict::Holds => verdicts.hold += 1,
            Verdict::NotAssessable => {
                verdicts.not_assessable += 1;
                for run in &*UNASSESSABLE_CHECKS {
                    run(context, rule, &operands);
                }
            }
            Verdict::Fails { left, right } => {
                verdicts.fail += 1;
                report_failure(context, rule, left, right);
            }
        }
    }
    verdicts
}

fn report_failure(context: &mut Context<'_>, rule: &Rule, left: Decimal, right: Decimal) {
    let wording = TABLE.iter().find_map(|check| match check.run {
        Run::Rule { kind, message, label, subject } if kind == rule.check => {
            Some((check, message, label, subject))
        }
        _ => None,
    });
    let Some((check, message, label, subject)) = wording else { return };
    let form = context.form;
    let side = if subject == Subject::Right { &rule.right } else { &rule.left };
    let Some(subject) = side.terms.first().or(rule.left.terms.first()) else { return };
    let difference = (left - right).abs();
    let period = context.before.map(|before| before.report.period);
    let message = message(rule)
        .arg("part", expression(form, &rule.left, period))
        .arg("found", left)
        .arg("whole", expression(form, &rule.right, period))
        .arg("expected", right)
        .arg("difference", difference);
    let label = Message::new(label)
        .arg("code", &*form[subject.indicator].code)
        .arg("found", left)
        .arg("expected", right)
        .arg("difference", difference);
    let mut places = vec![Place { label: Some(label), ..context.figure_place(subject.indicator) }];
    let others = rule.terms().filter(|term| term.indicator != subject.indicator || term.previous);
    places.extend(others.take(MAX_OTHER_PLACES).map(|term| term_place(context, *term)));
    let codes = context.codes(std::iter::once(subject).chain(rule.terms().filter(|term| !term.previous)));
    context.add_as(check, rule.severity, &rule.id, |finding| {
        finding.codes = codes;
        finding.found = Some(left);
        finding.expected = Some(right);
        finding.message = message;
        finding.places = places;
        finding.help = vec![Message::new("help-accept").arg("check", check.name)];
    });
}

/// Returns the place of a term's figure, in the earlier report where the term looks back.
fn term_place(context: &Context<'_>, term: Term) -> Place {
    let before = context.before.filter(|_| term.previous);
    match before.and_then(|before| Some((before, before.find(context.form, term.indicator)?))) {
        Some((before, ix)) => before.figure_place(ix),
        None => context.figure_place(term.indicator),
    }
}

/// Returns a side in words, in each language: `本年新收 + 上年结转`. The name of the earlier period precedes
/// its figures; long sums are shortened in the middle.
fn expression(form: &Form, side: &Side, before: Option<Period>) -> Localized {
    let names: Vec<(&Term, &Localized)> =
        side.terms.iter().map(|term| (term, &form[term.indicator].name)).collect();
    let Some((_, first)) = names.first() else { return Localized::plain(&side.constant.to_string()) };
    let texts = first.iter().map(|(lang, _)| {
        let mut text = String::new();
        for (at, (term, name)) in names.iter().enumerate() {
            if names.len() > 4 && at == 2 {
                text.push_str(" + …");
            }
            if names.len() > 4 && (2..names.len() - 1).contains(&at) {
                continue;
            }
            if at > 0 || term.negative {
                text.push_str(if term.negative { " − " } else { " + " });
            }
            if let Some(period) = before.filter(|_| term.previous) {
                let _ = write!(text, "{period} ");
            }
            text.push_str(name.iter().find(|(tag, _)| *tag == lang).map_or("", |(_, text)| text));
        }
        (lang, text)
    });
    let texts: Vec<_> = texts.collect();
    Localized::from_pairs(texts.iter().map(|(lang, text)| (*lang, text.trim())))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::check::finding::fingerprint;
    use crate::check::testing::{check, report, site};
    use crate::figure::{Figure, Value};
    use crate::form::{Comparison, IndicatorIx, RuleKind};
    use crate::model::Site;

    /// Returns the report and the fingerprint of each rule that fails in a site.
    fn failed(site: &Site) -> BTreeSet<(u32, u64)> {
        let is_rule = |name: &str| RuleKind::from_name(name).is_some();
        check(site)
            .all()
            .filter(|found| is_rule(found.check))
            .map(|found| (found.report.0, found.fingerprint))
            .collect()
    }

    /// Returns the rules that fail where `cell` of the report `changed` is above zero and all else is zero.
    fn broken(site: &Site, form: &Form, changed: usize, cell: IndicatorIx) -> BTreeSet<(u32, u64)> {
        let mut broken = BTreeSet::new();
        for (at, report) in site.reports.iter().enumerate() {
            for rule in form.rules.iter().filter(|rule| at > 0 || !rule.looks_back()) {
                let weigh = |side: &Side| {
                    let is_changed =
                        |term: &&Term| term.indicator == cell && at == changed + usize::from(term.previous);
                    side.terms
                        .iter()
                        .filter(is_changed)
                        .map(|term| if term.negative { -1 } else { 1 })
                        .sum::<i32>()
                };
                let difference = weigh(&rule.left) - weigh(&rule.right);
                let is_broken = match rule.comparison {
                    Comparison::Equal => difference != 0,
                    Comparison::AtMost => difference > 0,
                    Comparison::AtLeast => difference < 0,
                };
                if is_broken {
                    let key = fingerprint(site, report, rule.check.name(), &rule.id);
                    assert!(broken.insert((at as u32, key)), "{} is a rule twice", rule.id);
                }
            }
        }
        broken
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// Two years of zeros satisfy every rule of every form; with one cell changed, exactly the rules
        /// that depend on it fail, in that year and in the next.
        #[test]
        fn a_changed_cell_breaks_the_rules_it_is_in(
            form in any::<prop::sample::Index>(),
            changed in 0usize..2,
            cell in any::<prop::sample::Index>(),
            amount in 1i64..1000,
        ) {
            let mut site = site();
            let form = form.get(&site.catalog.forms).clone();
            let first = form.years.0.unwrap_or(2000);
            let cells: Vec<(&str, &str)> = form.figures().map(|(_, cell)| (&*cell.code, "0")).collect();
            for year in [first, first + 1] {
                report(&mut site, 0, &form.id, &year.to_string(), &cells);
            }
            prop_assert_eq!(failed(&site), BTreeSet::new(), "{}", form.id);
            let edited = Arc::make_mut(&mut site.reports[changed]);
            let (cell, figure) = &mut edited.figures[cell.index(cells.len().max(1))];
            *figure = Figure::new(Value::Number(amount.into()));
            let cell = *cell;
            let code = &form[cell].code;
            prop_assert_eq!(failed(&site), broken(&site, &form, changed, cell), "{} {}", form.id, code);
        }
    }
}
