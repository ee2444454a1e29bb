//! The checks of figures and reports, one file each, and the table of all checks.
//!
//! To add a check, write its file here, a block of strings in `strings/zh-CN/checks.ftl` and
//! `strings/en/checks.ftl`, and a case in `tests/rules/`. No list names the files: `automod` declares
//! them as modules, and the build script collects the `CHECK` of each. The tests name what is missing.

use std::sync::LazyLock;

use super::definition::Check;
use super::text;

automod::dir!("src/check/rules");

/// Every check, in the order in which they run.
pub(super) static TABLE: LazyLock<Vec<Check>> = LazyLock::new(|| {
    let mut checks = include!(concat!(env!("OUT_DIR"), "/checks.rs")).to_vec();
    checks.extend(text::CHECKS);
    checks.sort_by_key(|check| check.order);
    checks
});

/// Every check, group by group, in the order in which they are explained.
pub static CHECKS: LazyLock<Vec<Check>> = LazyLock::new(|| {
    let mut checks = TABLE.clone();
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
    fn no_two_checks_have_the_same_name_or_place() {
        for (at, check) in TABLE.iter().enumerate() {
            for other in &TABLE[..at] {
                assert_ne!(check.name, other.name);
                assert_ne!(check.order, other.order, "{} and {}", check.name, other.name);
            }
        }
    }

    #[test]
    fn every_kind_of_rule_has_its_check() {
        for rule in site().catalog.forms.iter().flat_map(|form| &form.rules) {
            let of_kind = |check: &&Check| matches!(check.run, Run::Rule { kind, .. } if kind == rule.check);
            let names: Vec<_> = TABLE.iter().filter(of_kind).map(|check| check.name).collect();
            assert_eq!(names, [rule.check.name()]);
        }
    }
}
