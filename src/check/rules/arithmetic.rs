//! The rules of a report's form: sums, parts, balances, comparisons, and carry-overs from the period
//! before.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::base::diagnostic::{At, Message, Place, Severity};
use crate::base::text::Localized;
use crate::check::{Context, Verdicts};
use crate::figure::Value;
use crate::form::{Check, Comparison, Form, IndicatorIx, Rule, Side, Term};
use crate::model::{Period, Report};

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
    let period = before.map(|before| before.report.period);
    let message = message
        .arg("part", expression(form, &rule.left, period))
        .arg("found", left)
        .arg("whole", expression(form, &rule.right, period))
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

/// A side in words, per language: `本年新收 + 上年结转`. Figures of the period before carry its name;
/// long sums show their ends.
fn expression(form: &Form, side: &Side, before: Option<Period>) -> Localized {
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

    use super::*;
    use crate::check::fingerprint;
    use crate::check::testing::{check, found, found_in, report, site};
    use crate::figure::Figure;
    use crate::model::Site;
    use proptest::prelude::*;

    fn is(check: &'static str, code: &str) -> Vec<(&'static str, String)> {
        vec![(check, code.to_owned())]
    }

    #[test]
    fn a_part_is_at_most_the_whole() {
        assert_eq!(
            found_in("zj-2012", "2012", &[("proactive_total", "289"), ("proactive_web", "298")]),
            is("part-exceeds-whole", "proactive_web")
        );
        assert_eq!(found_in("zj-2012", "2012", &[("proactive_total", "298"), ("proactive_web", "298")]), []);
        for whole in ["", "-", "280余"] {
            assert_eq!(
                found_in("zj-2012", "2012", &[("proactive_total", whole), ("proactive_web", "298")]),
                [],
                "{whole:?}"
            );
        }
        assert_eq!(found_in("zj-2012", "2012", &[("proactive_web", "298")]), [], "not transcribed");
    }

    #[test]
    fn parts_that_exhaust_a_whole_add_up() {
        let modes = [
            ("req_mode_in_person", "1"),
            ("req_mode_fax", "0"),
            ("req_mode_online", "2"),
            ("req_mode_letter", "1"),
        ];
        let with = |total| [&modes[..], &[("req_received", total)]].concat();
        assert_eq!(found_in("gb-2014", "2016", &with("4")), []);
        assert_eq!(found_in("gb-2014", "2016", &with("5")), is("sum-mismatch", "req_received"));
        assert_eq!(found_in("gb-2014", "2016", &with("")), is("total-blank", "req_received"));
        let mut blank = with("5");
        blank[1].1 = "";
        assert_eq!(found_in("gb-2014", "2016", &blank), [], "a blank part is not zero");
    }

    #[test]
    fn a_blank_total_is_suggested_and_not_stored() {
        let mut site = site();
        report(
            &mut site,
            0,
            "zj-2012",
            "2012",
            &[("staff_total", ""), ("staff_full_time", "2"), ("staff_part_time", "1")],
        );
        let findings = check(&site);
        assert_eq!(findings.all().count(), 1);
        assert_eq!(findings.all().next().unwrap().check, "total-blank");
        assert_eq!(findings.all().next().unwrap().expected, Some(3.into()));
        assert_eq!(findings.all().next().unwrap().severity, Severity::Note);
        let staff = site.catalog.forms[0].find("staff_total").unwrap();
        assert_eq!(site.reports[0].figure(staff).unwrap().value, Value::Blank);
    }

    #[test]
    fn balances_hold_per_column() {
        let column = |name: &str, out: &str| {
            [("req_new", "3402"), ("req_carried_in", "91"), ("res_total", "3385"), ("req_carried_out", out)]
                .map(|(row, value)| (format!("{row}__{name}"), value.to_owned()))
        };
        let check = |figures: &[(String, String)]| {
            let figures: Vec<_> =
                figures.iter().map(|(code, value)| (code.as_str(), value.as_str())).collect();
            found_in("gb-2021", "2023", &figures)
        };
        assert_eq!(check(&column("natural", "108")), []);
        assert_eq!(check(&column("natural", "107")), is("balance-broken", "req_new__natural"));
        assert_eq!(check(&column("natural", "")), []);
    }

    #[test]
    fn what_was_carried_out_is_carried_in() {
        let mut site = site();
        report(&mut site, 0, "gb-2019", "2020", &[("req_carried_out__total", "6")]);
        report(
            &mut site,
            0,
            "gb-2021",
            "2021",
            &[("req_carried_in__total", "7"), ("req_carried_out__total", "9")],
        );
        report(&mut site, 0, "gb-2021", "2023", &[("req_carried_in__total", "12")]);
        let found: Vec<_> = found(&site).into_iter().filter(|(check, _)| *check != "year-missing").collect();
        assert_eq!(
            found,
            is("carry-over-differs", "req_carried_in__total"),
            "a missing year is never bridged"
        );
    }

    #[test]
    fn a_stock_follows_from_last_years() {
        let mut site = site();
        report(&mut site, 0, "gb-2021", "2023", &[("normdoc__in_force", "597")]);
        let now = [("normdoc__in_force", "600"), ("normdoc__issued", "10"), ("normdoc__repealed", "7")];
        report(&mut site, 0, "gb-2021", "2024", &now);
        assert_eq!(found(&site), []);
        site.reports.pop();
        site.agencies[0].reports = 0..1;
        report(&mut site, 0, "gb-2021", "2024", &[("normdoc__in_force", "601"), now[1], now[2]]);
        assert_eq!(found(&site), is("stock-flow", "normdoc__in_force"));
    }

    #[test]
    fn what_looks_wrong_but_is_right_is_no_error() {
        // Channels of the 2014 form overlap: together they may be more than the total.
        let channels = [
            ("proactive_total", "287"),
            ("proactive_gazette", "4"),
            ("proactive_web", "123"),
            ("proactive_wechat", "238"),
            ("proactive_weibo", "15"),
            ("proactive_other", "14"),
        ];
        assert_eq!(found_in("gb-2014", "2018", &channels), []);
        // More decided than received: cases carried in.
        let carried = [
            ("req_new__total", "34290"),
            ("req_carried_in__total", "500"),
            ("res_total__total", "34430"),
            ("req_carried_out__total", "360"),
        ];
        assert_eq!(found_in("gb-2021", "2023", &carried), []);
    }

    /// What is found in a site: report and fingerprint of each failed rule.
    fn failed(site: &Site) -> BTreeSet<(u32, u64)> {
        let is_rule = |name: &str| Check::from_name(name).is_some();
        check(site)
            .all()
            .filter(|found| is_rule(found.check))
            .map(|found| (found.report.0, found.fingerprint))
            .collect()
    }

    /// The rules that tell a number above zero in one cell of the report `changed` from zeros elsewhere.
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

        /// Two years of zeros hold every rule of every form; with one cell changed, exactly the rules
        /// that can tell fail, in that year and in the one after it.
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
            let code = &form.indicator(cell).unwrap().code;
            prop_assert_eq!(failed(&site), broken(&site, &form, changed, cell), "{} {}", form.id, code);
        }
    }
}
