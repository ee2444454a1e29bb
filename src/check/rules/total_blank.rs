//! A total is blank although all its parts are given. Their sum is suggested, never filled in.

use crate::base::diagnostic::{Message, Place, Severity};
use crate::check::definition::{Check, Context, Group, Run};
use crate::check::evaluation::Operands;
use crate::figure::Value;
use crate::form::{Rule, RuleKind};

pub(super) const CHECK: Check = Check {
    name: "total-blank",
    group: Group::Arithmetic,
    severity: Severity::Note,
    order: 60,
    run: Run::UnassessableRule(run),
};

fn run(context: &mut Context<'_>, rule: &Rule, operands: &Operands<'_>) {
    let has_total =
        matches!(rule.check, RuleKind::SumMismatch | RuleKind::RowTotal | RuleKind::PartExceedsWhole);
    let [total] = rule.right.terms.as_slice() else { return };
    let parts = rule.left.terms.len();
    if !has_total || parts < 2 || rule.looks_back() {
        return;
    }
    let is_blank = context.report.figure(total.indicator).is_some_and(|figure| figure.value == Value::Blank);
    let Some(sum) = is_blank.then(|| operands.sum(&rule.left)).flatten() else { return };
    let name = context.form[total.indicator].name.clone();
    let label = Message::new("label-total-blank").arg("sum", sum);
    let place = Place { label: Some(label), ..context.figure_place(total.indicator) };
    let codes = context.codes(rule.right.terms.iter().chain(&rule.left.terms));
    context.add(&CHECK, &rule.id, |finding| {
        finding.codes = codes;
        finding.expected = Some(sum);
        finding.message = Message::new(CHECK.name).arg("whole", name).arg("sum", sum).arg("count", parts);
        finding.places = vec![place];
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{check, report, site};

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
}
