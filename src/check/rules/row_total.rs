//! The total of a row is not the sum of its cells.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Group, Run, Subject};
use crate::form::RuleKind;

pub(super) const CHECK: Check = Check {
    name: RuleKind::RowTotal.name(),
    group: Group::Arithmetic,
    severity: Severity::Error,
    order: 40,
    run: Run::Rule {
        kind: RuleKind::RowTotal,
        message: |rule| Message::new(CHECK.name).arg("count", rule.left.terms.len()),
        label: "label-sum-differs",
        subject: Subject::Right,
    },
};

#[cfg(test)]
mod tests {
    use crate::check::testing::found_in;

    #[test]
    fn a_row_adds_up_to_its_total() {
        let row = |total| {
            let cells =
                [("lit_direct__upheld", "1"), ("lit_direct__corrected", "0"), ("lit_direct__other", "0")];
            let rest = [("lit_direct__pending", "2"), ("lit_direct__total", total)];
            found_in("gb-2021", "2023", &[&cells[..], &rest[..]].concat())
        };
        assert_eq!(row("3"), []);
        assert_eq!(row("4"), [("row-total", "lit_direct__total".into())]);
    }
}
