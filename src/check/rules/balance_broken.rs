//! A balance that the form prints (勾稽关系) does not hold.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Group, Run, Subject};
use crate::form::RuleKind;

pub(super) const CHECK: Check = Check {
    name: RuleKind::BalanceBroken.name(),
    group: Group::Arithmetic,
    severity: Severity::Error,
    order: 30,
    run: Run::Rule {
        kind: RuleKind::BalanceBroken,
        message: |_| Message::new(CHECK.name),
        label: "label-differs",
        subject: Subject::Left,
    },
};

#[cfg(test)]
mod tests {
    use crate::check::testing::found_in;

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
        assert_eq!(check(&column("natural", "107")), [("balance-broken", "req_new__natural".into())]);
        assert_eq!(check(&column("natural", "")), []);
    }

    #[test]
    fn more_is_decided_than_received_where_cases_were_carried_in() {
        let carried = [
            ("req_new__total", "34290"),
            ("req_carried_in__total", "500"),
            ("res_total__total", "34430"),
            ("req_carried_out__total", "360"),
        ];
        assert_eq!(found_in("gb-2021", "2023", &carried), []);
    }
}
