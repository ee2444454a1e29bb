//! A stock is not last year's stock plus additions minus removals.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Group, Run, Subject};
use crate::form::RuleKind;

pub(super) const CHECK: Check = Check {
    name: RuleKind::StockFlow.name(),
    group: Group::AcrossYears,
    severity: Severity::Warning,
    order: 100,
    run: Run::Rule {
        kind: RuleKind::StockFlow,
        message: |_| Message::new(CHECK.name),
        label: "label-differs",
        subject: Subject::Left,
    },
};

#[cfg(test)]
mod tests {
    use crate::check::testing::{found, report, site};

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
        assert_eq!(found(&site), [("stock-flow", "normdoc__in_force".into())]);
    }
}
