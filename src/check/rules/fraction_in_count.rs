//! A count has a fraction. It is published unchanged.

use rust_decimal::Decimal;

use crate::base::diagnostic::Severity;
use crate::check::definition::{Check, Context, Group, Run};
use crate::figure::Figure;
use crate::form::IndicatorIx;

pub(super) const CHECK: Check = Check {
    name: "fraction-in-count",
    group: Group::Arithmetic,
    severity: Severity::Warning,
    order: 70,
    run: Run::Figure(run),
};

fn run(context: &mut Context<'_>, ix: IndicatorIx, _: &Figure, number: Decimal) {
    if context.form[ix].kind.is_whole() && !number.fract().is_zero() {
        context.add_figure(&CHECK, ix, number, None, |_| {});
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::found_in;

    #[test]
    fn half_a_meeting_is_unlikely_and_half_an_amount_is_not() {
        let halves = found_in("zj-2012", "2012", &[("meetings", "1.5")]);
        assert_eq!(halves, [("fraction-in-count", "meetings".into())]);
        assert_eq!(found_in("zj-2012", "2012", &[("budget", "6.5")]), [], "money may be fractional");
    }
}
