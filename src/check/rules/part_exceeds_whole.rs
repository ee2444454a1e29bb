//! A part, or several parts together, exceed the whole they belong to.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Group, Run, Subject};
use crate::form::RuleKind;

pub(super) const CHECK: Check = Check {
    name: RuleKind::PartExceedsWhole.name(),
    group: Group::Arithmetic,
    severity: Severity::Warning,
    order: 20,
    run: Run::Rule {
        kind: RuleKind::PartExceedsWhole,
        message: |rule| match rule.left.terms.len() {
            0 | 1 => Message::new(CHECK.name),
            parts => Message::new("parts-exceed-whole").arg("count", parts),
        },
        label: "label-more-than-whole",
        subject: Subject::Left,
    },
};

#[cfg(test)]
mod tests {
    use crate::check::testing::found_in;

    #[test]
    fn a_part_is_at_most_the_whole() {
        assert_eq!(
            found_in("zj-2012", "2012", &[("proactive_total", "289"), ("proactive_web", "298")]),
            [("part-exceeds-whole", "proactive_web".into())]
        );
        assert_eq!(found_in("zj-2012", "2012", &[("proactive_total", "298"), ("proactive_web", "298")]), []);
        for whole in ["", "-", "280余"] {
            assert_eq!(
                found_in("zj-2012", "2012", &[("proactive_total", whole), ("proactive_web", "298")]),
                [],
                "{whole:?}"
            );
        }
        assert_eq!(found_in("zj-2012", "2012", &[("proactive_web", "298")]), [], "not transcribed");
    }

    #[test]
    fn channels_of_the_2014_form_overlap_and_may_be_more_than_the_total() {
        let channels = [
            ("proactive_total", "287"),
            ("proactive_gazette", "4"),
            ("proactive_web", "123"),
            ("proactive_wechat", "238"),
            ("proactive_weibo", "15"),
            ("proactive_other", "14"),
        ];
        assert_eq!(found_in("gb-2014", "2018", &channels), []);
    }
}
