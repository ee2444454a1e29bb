//! A count is below zero. It is published unchanged.

use rust_decimal::Decimal;

use crate::base::diagnostic::Severity;
use crate::check::definition::{Check, Context, Group, Run};
use crate::figure::Figure;
use crate::form::IndicatorIx;

pub(super) const CHECK: Check = Check {
    name: "negative-count",
    group: Group::Arithmetic,
    severity: Severity::Warning,
    order: 80,
    run: Run::Figure(run),
};

fn run(context: &mut Context<'_>, ix: IndicatorIx, _: &Figure, number: Decimal) {
    if context.form[ix].kind.is_non_negative() && number < Decimal::ZERO {
        context.add_figure(&CHECK, ix, number, None, |_| {});
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::found_in;

    #[test]
    fn fewer_than_no_meetings_are_unlikely_and_a_loss_is_not() {
        let negative = found_in("zj-2012", "2012", &[("meetings", "-1")]);
        assert_eq!(negative, [("negative-count", "meetings".into())]);
        let change = found_in("gb-2019", "2019", &[("licence__items_change", "-35")]);
        assert_eq!(change, [], "a change may be negative");
    }
}
