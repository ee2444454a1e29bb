//! A figure differs from that of the period before by more than a factor, which may be correct.

use rust_decimal::Decimal;

use crate::base::diagnostic::Severity;
use crate::check::definition::{Check, Context, Group, Run};
use crate::figure::Figure;
use crate::form::IndicatorIx;

pub(super) const CHECK: Check = Check {
    name: "jump",
    group: Group::AcrossYears,
    severity: Severity::Note,
    order: 110,
    run: Run::Figure(run),
};

/// The minimum of the larger figure: from 1 to 12 is no jump.
const MIN_LARGER: Decimal = Decimal::ONE_HUNDRED;

fn run(context: &mut Context<'_>, ix: IndicatorIx, figure: &Figure, now: Decimal) {
    let report = context.report;
    let Some(before) = context.before.filter(|before| before.report.form == report.form) else { return };
    let comparable = |figure: &&Figure| !figure.is_cumulative();
    let earlier = before.report.figure(ix).filter(|_| comparable(&figure)).filter(comparable);
    let Some(then) = earlier.and_then(Figure::exact) else { return };
    let (small, large) = (now.min(then), now.max(then));
    let factor = context.config.jump_factor(report.file());
    let jumps = large >= MIN_LARGER
        && small > Decimal::ZERO
        && small.checked_mul(factor).is_some_and(|limit| large > limit);
    if jumps {
        let earlier = before.figure_place(ix);
        context.add_figure(&CHECK, ix, now, Some(then), |finding| {
            finding.message.args.push(("factor", factor.into()));
            finding.places.push(earlier);
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{found, report, site};

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
