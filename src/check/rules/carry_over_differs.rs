//! The number carried in differs from the number the previous period's report carried out.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Group, Run, Subject};
use crate::form::RuleKind;

pub(super) const CHECK: Check = Check {
    name: RuleKind::CarryOverDiffers.name(),
    group: Group::AcrossYears,
    severity: Severity::Warning,
    order: 90,
    run: Run::Rule {
        kind: RuleKind::CarryOverDiffers,
        message: |_| Message::new(CHECK.name),
        label: "label-differs",
        subject: Subject::Left,
    },
};

#[cfg(test)]
mod tests {
    use crate::check::testing::{found, report, site};

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
            [("carry-over-differs", "req_carried_in__total".into())],
            "a missing year is never bridged"
        );
    }
}
