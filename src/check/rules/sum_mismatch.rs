//! Parts that exhaust a whole do not add up to it.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Group, Run, Subject};
use crate::form::RuleKind;

pub(super) const CHECK: Check = Check {
    name: RuleKind::SumMismatch.name(),
    group: Group::Arithmetic,
    severity: Severity::Error,
    order: 10,
    run: Run::Rule {
        kind: RuleKind::SumMismatch,
        message: |rule| Message::new(CHECK.name).arg("count", rule.left.terms.len()),
        label: "label-sum-differs",
        subject: Subject::Right,
    },
};

#[cfg(test)]
mod tests {
    use crate::check::testing::found_in;

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
        assert_eq!(found_in("gb-2014", "2016", &with("5")), [("sum-mismatch", "req_received".into())]);
        assert_eq!(found_in("gb-2014", "2016", &with("")), [("total-blank", "req_received".into())]);
        let mut blank = with("5");
        blank[1].1 = "";
        assert_eq!(found_in("gb-2014", "2016", &blank), [], "a blank part is not zero");
    }
}
