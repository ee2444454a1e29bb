//! The table of all checks, one file each: what runs, and what settings, the quality pages and
//! `check --explain` list.
//!
//! To add a check, write its file, name it here twice, give it a block of strings in
//! `strings/LANG/checks.ftl` and a case in `tests/rules/`. The compiler and the tests name what is missing.

mod accept_unmatched;
mod balance_broken;
mod carry_over_differs;
mod comparison;
mod consolidated_differs;
mod form_outside_years;
mod fraction_in_count;
mod indicator_of_another_form;
mod jump;
mod negative_count;
mod part_exceeds_whole;
mod prose_differs;
mod published_late;
mod row_total;
mod stock_flow;
mod sum_mismatch;
mod text;
mod total_blank;
mod year_missing;

use std::sync::LazyLock;

use super::definition::Check;

/// Every check, in the order in which they run.
pub(super) const TABLE: &[Check] = &[
    sum_mismatch::CHECK,
    part_exceeds_whole::CHECK,
    balance_broken::CHECK,
    row_total::CHECK,
    comparison::CHECK,
    total_blank::CHECK,
    fraction_in_count::CHECK,
    negative_count::CHECK,
    carry_over_differs::CHECK,
    stock_flow::CHECK,
    jump::CHECK,
    form_outside_years::CHECK,
    indicator_of_another_form::CHECK,
    year_missing::CHECK,
    consolidated_differs::CHECK,
    published_late::CHECK,
    prose_differs::CHECK,
    text::BROKEN_LINK,
    text::BROKEN_ANCHOR,
    text::LINK_SCHEME,
    text::MISSING_IMAGE,
    text::IMAGE_WITHOUT_ALT,
    text::HEADING_ORDER,
    text::HEADING_ID,
    text::HTML_REMOVED,
    text::FOOTNOTE_UNUSED,
    accept_unmatched::CHECK,
];

/// Every check, group by group, in the order in which they are explained.
pub static CHECKS: LazyLock<Vec<Check>> = LazyLock::new(|| {
    let mut checks = TABLE.to_vec();
    checks.sort_by_key(|check| check.group);
    checks
});

/// Returns the check of a name.
pub fn info(name: &str) -> Option<&'static Check> {
    TABLE.iter().find(|check| check.name == name)
}

/// Returns the names of all checks.
pub fn names() -> Vec<&'static str> {
    CHECKS.iter().map(|check| check.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::definition::Run;
    use crate::check::testing::site;

    #[test]
    fn every_kind_of_rule_has_its_check() {
        for rule in site().catalog.forms.iter().flat_map(|form| &form.rules) {
            let of_kind = |check: &&Check| matches!(check.run, Run::Rule { kind, .. } if kind == rule.check);
            let names: Vec<_> = TABLE.iter().filter(of_kind).map(|check| check.name).collect();
            assert_eq!(names, [rule.check.name()]);
        }
    }
}
