//! Figures that their kind makes unlikely: half a request, fewer than no documents, ten times last
//! year. They are published as they are.

use rust_decimal::Decimal;

use crate::base::diagnostic::{At, Message, Place, Severity};
use crate::check::Context;
use crate::figure::Value;
use crate::form::{Form, Indicator, IndicatorIx};
use crate::model::Report;

/// Figures of less than this do not jump: from 1 to 12 is no news.
const SMALL: u32 = 100;

/// A fraction in a count, a number below zero, a jump.
pub(in crate::check) fn run(context: &mut Context<'_>) {
    let report = context.report;
    let Some(form) = context.site.catalog.form(report.form) else { return };
    let before = context.site.report_before(report).filter(|before| before.form == report.form);
    for (ix, figure) in &report.figures {
        let (Value::Number(number), Some(indicator)) = (&figure.value, form.indicator(*ix)) else { continue };
        if indicator.kind.is_whole() && !number.fract().is_zero() {
            unlikely(context, form, *ix, indicator, "fraction-in-count", *number);
        }
        if indicator.kind.is_non_negative() && *number < Decimal::ZERO {
            unlikely(context, form, *ix, indicator, "negative-count", *number);
        }
        if let Some(before) = before.filter(|_| !figure.is_cumulative()) {
            jump(context, form, *ix, indicator, before, *number);
        }
    }
}

fn unlikely(
    context: &mut Context<'_>,
    form: &Form,
    ix: IndicatorIx,
    indicator: &Indicator,
    check: &'static str,
    number: Decimal,
) {
    let place = place(context.report, form, ix);
    context.add(check, Severity::Warning, &indicator.code, |finding| {
        finding.codes = vec![indicator.code.clone()];
        finding.found = Some(number);
        finding.message = Message::new(check).arg("part", indicator.name.clone()).arg("found", number);
        finding.places = vec![place];
    });
}

fn jump(
    context: &mut Context<'_>,
    form: &Form,
    ix: IndicatorIx,
    indicator: &Indicator,
    before: &Report,
    now: Decimal,
) {
    let Some(then) =
        before.figure(ix).filter(|figure| !figure.is_cumulative()).and_then(crate::figure::Figure::exact)
    else {
        return;
    };
    let (small, large) = (now.min(then), now.max(then));
    let factor = context.config.jump_factor(context.report.file());
    let jumps = large >= Decimal::from(SMALL)
        && small > Decimal::ZERO
        && small.checked_mul(factor).is_some_and(|limit| large > limit);
    if !jumps {
        return;
    }
    let places = vec![
        place(context.report, form, ix),
        Place { file: before.file().clone(), at: At::Value(form.data_path(ix)), label: None },
    ];
    context.add("jump", Severity::Note, &indicator.code, |finding| {
        finding.codes = vec![indicator.code.clone()];
        finding.found = Some(now);
        finding.expected = Some(then);
        finding.message = Message::new("jump")
            .arg("part", indicator.name.clone())
            .arg("found", now)
            .arg("expected", then)
            .arg("factor", factor);
        finding.places = places;
    });
}

fn place(report: &Report, form: &Form, ix: IndicatorIx) -> Place {
    Place { file: report.file().clone(), at: At::Value(form.data_path(ix)), label: None }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{found, found_in, report, site};

    #[test]
    fn halves_and_negatives_are_unlikely_counts() {
        assert_eq!(
            found_in("zj-2012", "2012", &[("meetings", "1.5")]),
            [("fraction-in-count", "meetings".into())]
        );
        assert_eq!(
            found_in("zj-2012", "2012", &[("meetings", "-1")]),
            [("negative-count", "meetings".into())]
        );
        assert_eq!(found_in("zj-2012", "2012", &[("budget", "6.5")]), [], "money may be fractional");
        assert_eq!(
            found_in("gb-2019", "2019", &[("licence__items_change", "-35")]),
            [],
            "a change may be negative"
        );
    }

    #[test]
    fn a_jump_needs_two_exact_figures_of_some_size() {
        let jump = |then: &str, now: &str| {
            let mut site = site();
            report(&mut site, 0, "gb-2014", "2016", &[("proactive_total", then)]);
            report(&mut site, 0, "gb-2014", "2017", &[("proactive_total", now)]);
            found(&site)
        };
        assert_eq!(jump("30", "301"), [("jump", "proactive_total".into())]);
        assert_eq!(jump("301", "30"), [("jump", "proactive_total".into())]);
        for (then, now) in [("30", "300"), ("1", "50"), ("0", "500"), ("", "500"), ("约30", "500")] {
            assert_eq!(jump(then, now), [], "{then} {now}");
        }
    }
}
