//! Two figures do not compare as they usually do.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Group, Run, Subject};
use crate::form::{Comparison, RuleKind};

pub(super) const CHECK: Check = Check {
    name: RuleKind::Comparison.name(),
    group: Group::Arithmetic,
    severity: Severity::Note,
    order: 50,
    run: Run::Rule {
        kind: RuleKind::Comparison,
        message: |rule| {
            Message::new(match rule.comparison {
                Comparison::Equal => "comparison-equal",
                Comparison::AtMost => "comparison-at-most",
                Comparison::AtLeast => "comparison-at-least",
            })
        },
        label: "label-differs",
        subject: Subject::Left,
    },
};
