//! The rules of a report's form: sums, parts, balances, comparisons, and carry-overs from the period
//! before.

use rust_decimal::Decimal;

use crate::check::{Context, Verdicts};
use crate::diagnostic::{At, Message, Place, Severity};
use crate::figure::Value;
use crate::form::{Check, Comparison, Form, IndicatorIx, Rule, Side, Term};
use crate::model::Report;
use crate::text::Localized;

/// How a rule comes out for one report.
enum Verdict {
    Holds,
    Fails { left: Decimal, right: Decimal },
    NotAssessable,
}

/// Holds the report against every rule of its form.
pub(in crate::check) fn run(context: &mut Context<'_>, exact: &mut Vec<Option<Decimal>>) -> Verdicts {
    let site = context.site;
    let report = context.report;
    let mut verdicts = Verdicts::default();
    let Some(form) = site.catalog.form(report.form) else { return verdicts };
    exact.clear();
    exact.resize(form.indicators.len(), None);
    for (ix, figure) in &report.figures {
        if let Some(slot) = exact.get_mut(ix.0 as usize) {
            *slot = figure.exact().filter(|_| !figure.is_cumulative());
        }
    }
    let before = site.report_before(report).and_then(|report| {
        let own = site.catalog.form(report.form)?;
        Some(Before { report, form: own })
    });
    let before = before.as_ref();
    for rule in &form.rules {
        match assess(rule, form, exact, before) {
            Verdict::Holds => verdicts.hold += 1,
            Verdict::NotAssessable => {
                verdicts.not_assessable += 1;
                suggest_total(context, form, rule, exact);
            }
            Verdict::Fails { left, right } => {
                verdicts.fail += 1;
                report_failure(context, form, rule, before, left, right);
            }
        }
    }
    verdicts
}

fn assess(rule: &Rule, form: &Form, exact: &[Option<Decimal>], before: Option<&Before<'_>>) -> Verdict {
    let (Some(left), Some(right)) =
        (add(&rule.left, form, exact, before), add(&rule.right, form, exact, before))
    else {
        return Verdict::NotAssessable;
    };
    let holds = match rule.comparison {
        Comparison::Equal => left == right,
        Comparison::AtMost => left <= right,
        Comparison::AtLeast => left >= right,
    };
    if holds { Verdict::Holds } else { Verdict::Fails { left, right } }
}

/// The sum of a side; `None` as soon as one figure is not there as an exact number.
fn add(side: &Side, form: &Form, exact: &[Option<Decimal>], before: Option<&Before<'_>>) -> Option<Decimal> {
    let mut sum = Decimal::from(side.constant);
    for term in &side.terms {
        let value = if term.previous {
            previous(form, term.indicator, before?)?
        } else {
            (*exact.get(term.indicator.0 as usize)?)?
        };
        sum = if term.negative { sum.checked_sub(value)? } else { sum.checked_add(value)? };
    }
    Some(sum)
}

/// The report of the period before, and the form it stands on.
struct Before<'a> {
    report: &'a Report,
    form: &'a Form,
}

/// The figure of the period before; on another form, the one of the same code.
fn previous(form: &Form, indicator: IndicatorIx, before: &Before<'_>) -> Option<Decimal> {
    let same = if form.id == before.form.id {
        indicator
    } else {
        before.form.find(&form.indicator(indicator)?.code)?
    };
    let figure = before.report.figure(same)?;
    figure.exact().filter(|_| !figure.is_cumulative())
}

/// Where a total was left blank though all its parts are given: says what they add up to.
fn suggest_total(context: &mut Context<'_>, form: &Form, rule: &Rule, exact: &[Option<Decimal>]) {
    let is_total = matches!(rule.check, Check::SumMismatch | Check::RowTotal | Check::PartExceedsWhole);
    let [total] = rule.right.terms.as_slice() else { return };
    if !is_total || rule.left.terms.len() < 2 || rule.looks_back() {
        return;
    }
    let is_blank = context.report.figure(total.indicator).is_some_and(|figure| figure.value == Value::Blank);
    let Some(sum) = is_blank.then(|| add(&rule.left, form, exact, None)).flatten() else { return };
    let name = name(form, total.indicator);
    let place =
        place(context.report, form, total.indicator, Message::new("label-total-blank").arg("sum", sum));
    let codes = codes(form, rule.right.terms.iter().chain(&rule.left.terms));
    context.add("total-blank", Severity::Note, &rule.id, |finding| {
        finding.codes = codes;
        finding.expected = Some(sum);
        finding.message = Message::new("total-blank")
            .arg("whole", name)
            .arg("sum", sum)
            .arg("count", rule.left.terms.len());
        finding.places = vec![place];
    });
}

fn report_failure(
    context: &mut Context<'_>,
    form: &Form,
    rule: &Rule,
    before: Option<&Before<'_>>,
    left: Decimal,
    right: Decimal,
) {
    let report = context.report;
    let check = rule.check.name();
    // The figure to look at: the part of a whole, the total of a sum, the opening figure of a carry-over.
    let looks_right = matches!(rule.check, Check::SumMismatch | Check::RowTotal);
    let subjects = if looks_right { &rule.right } else { &rule.left };
    let Some(subject) = subjects.terms.first().or(rule.left.terms.first()).copied() else { return };
    let difference = (left - right).abs();
    let many = rule.left.terms.len() > 1;
    let message = match rule.check {
        Check::PartExceedsWhole if many => {
            Message::new("parts-exceed-whole").arg("count", rule.left.terms.len())
        }
        Check::Comparison => Message::new(match rule.comparison {
            Comparison::Equal => "comparison-equal",
            Comparison::AtMost => "comparison-at-most",
            Comparison::AtLeast => "comparison-at-least",
        }),
        Check::SumMismatch | Check::RowTotal => Message::new(check).arg("count", rule.left.terms.len()),
        _ => Message::new(check),
    };
    let message = message
        .arg("part", expression(form, &rule.left))
        .arg("found", left)
        .arg("whole", expression(form, &rule.right))
        .arg("expected", right)
        .arg("difference", difference);
    let label = Message::new(match rule.check {
        Check::PartExceedsWhole => "label-more-than-whole",
        Check::SumMismatch | Check::RowTotal => "label-sum-differs",
        _ => "label-differs",
    });
    let label = label
        .arg("code", form.indicator(subject.indicator).map_or("", |indicator| &indicator.code))
        .arg("found", left)
        .arg("expected", right)
        .arg("difference", difference);
    let mut places = vec![place(report, form, subject.indicator, label)];
    for term in rule.terms().filter(|term| term.indicator != subject.indicator || term.previous).take(8) {
        let (file, path) = match before.filter(|_| term.previous) {
            Some(before) => {
                let code = form.indicator(term.indicator).map_or("", |indicator| &indicator.code);
                let same = before.form.find(code).unwrap_or(term.indicator);
                (before.report.file(), before.form.data_path(same))
            }
            None => (report.file(), form.data_path(term.indicator)),
        };
        places.push(Place { file: file.clone(), at: At::Value(path), label: None });
    }
    let codes = codes(form, std::iter::once(&subject).chain(rule.terms().filter(|term| !term.previous)));
    context.add(check, rule.severity, &rule.id, |finding| {
        finding.codes = codes;
        finding.found = Some(left);
        finding.expected = Some(right);
        finding.message = message;
        finding.places = places;
        finding.help = vec![Message::new("help-accept").arg("check", check)];
    });
}

fn place(report: &Report, form: &Form, indicator: IndicatorIx, label: Message) -> Place {
    Place { file: report.file().clone(), at: At::Value(form.data_path(indicator)), label: Some(label) }
}

fn codes<'t>(form: &Form, terms: impl Iterator<Item = &'t Term>) -> Vec<Box<str>> {
    let mut codes: Vec<Box<str>> = Vec::new();
    for indicator in terms.filter_map(|term| form.indicator(term.indicator)) {
        if !codes.contains(&indicator.code) {
            codes.push(indicator.code.clone());
        }
    }
    codes
}

fn name(form: &Form, indicator: IndicatorIx) -> Localized {
    form.indicator(indicator).map(|indicator| indicator.name.clone()).unwrap_or_default()
}

/// A side in words, per language: `本年新收 + 上年结转`. Long sums show their ends.
fn expression(form: &Form, side: &Side) -> Localized {
    let names: Vec<(&Term, &Localized)> =
        side.terms.iter().filter_map(|term| Some((term, &form.indicator(term.indicator)?.name))).collect();
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
            let previous = match (term.previous, lang.starts_with("zh")) {
                (false, _) => "",
                (true, true) => "上一年度",
                (true, false) => "last year’s ",
            };
            text.push_str(previous);
            text.push_str(name.iter().find(|(tag, _)| *tag == lang).map_or("", |(_, text)| text));
        }
        (lang, text)
    });
    let texts: Vec<_> = texts.collect();
    Localized::from_pairs(texts.iter().map(|(lang, text)| (*lang, text.trim())))
}
