//! The table of all checks: what quality pages, settings and `check --explain` list.

use crate::base::diagnostic::Severity;

/// The families of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Figures against figures of the same report.
    Arithmetic,
    /// Figures against those of the period before.
    AcrossYears,
    /// The report against its form and its neighbours.
    Identity,
    /// When it was published.
    Time,
    /// The text against the figures.
    Prose,
    /// Links, pictures and headings of texts. Found where texts are rendered, not by [`super::run`]; none can be explained.
    Text,
    /// Explanations of findings.
    Acceptance,
}

impl Group {
    /// The id of its name in the string files, behind `check-group-`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic",
            Self::AcrossYears => "across-years",
            Self::Identity => "identity",
            Self::Time => "time",
            Self::Prose => "prose",
            Self::Text => "text",
            Self::Acceptance => "acceptance",
        }
    }
}

/// What is known of a check. Its explanation is the string `explain-NAME`.
#[derive(Clone, Copy, Debug)]
pub struct CheckInfo {
    /// Its stable name.
    pub name: &'static str,
    /// Its family.
    pub group: Group,
    /// How bad its findings usually are; a form's rule may say otherwise.
    pub severity: Severity,
}

/// Every check, in the order they are explained.
pub const CHECKS: &[CheckInfo] = &[
    CheckInfo { name: "sum-mismatch", group: Group::Arithmetic, severity: Severity::Error },
    CheckInfo { name: "part-exceeds-whole", group: Group::Arithmetic, severity: Severity::Warning },
    CheckInfo { name: "balance-broken", group: Group::Arithmetic, severity: Severity::Error },
    CheckInfo { name: "row-total", group: Group::Arithmetic, severity: Severity::Error },
    CheckInfo { name: "comparison", group: Group::Arithmetic, severity: Severity::Note },
    CheckInfo { name: "total-blank", group: Group::Arithmetic, severity: Severity::Note },
    CheckInfo { name: "fraction-in-count", group: Group::Arithmetic, severity: Severity::Warning },
    CheckInfo { name: "negative-count", group: Group::Arithmetic, severity: Severity::Warning },
    CheckInfo { name: "carry-over-differs", group: Group::AcrossYears, severity: Severity::Warning },
    CheckInfo { name: "stock-flow", group: Group::AcrossYears, severity: Severity::Warning },
    CheckInfo { name: "jump", group: Group::AcrossYears, severity: Severity::Note },
    CheckInfo { name: "year-missing", group: Group::AcrossYears, severity: Severity::Note },
    CheckInfo { name: "form-outside-years", group: Group::Identity, severity: Severity::Note },
    CheckInfo { name: "indicator-of-another-form", group: Group::Identity, severity: Severity::Note },
    CheckInfo { name: "consolidated-differs", group: Group::Identity, severity: Severity::Warning },
    CheckInfo { name: "published-late", group: Group::Time, severity: Severity::Note },
    CheckInfo { name: "prose-differs", group: Group::Prose, severity: Severity::Note },
    CheckInfo { name: "broken-link", group: Group::Text, severity: Severity::Warning },
    CheckInfo { name: "broken-anchor", group: Group::Text, severity: Severity::Warning },
    CheckInfo { name: "link-scheme", group: Group::Text, severity: Severity::Warning },
    CheckInfo { name: "missing-image", group: Group::Text, severity: Severity::Warning },
    CheckInfo { name: "image-without-alt", group: Group::Text, severity: Severity::Note },
    CheckInfo { name: "heading-order", group: Group::Text, severity: Severity::Warning },
    CheckInfo { name: "heading-id", group: Group::Text, severity: Severity::Warning },
    CheckInfo { name: "html-removed", group: Group::Text, severity: Severity::Warning },
    CheckInfo { name: "footnote-unused", group: Group::Text, severity: Severity::Note },
    CheckInfo { name: "accept-unmatched", group: Group::Acceptance, severity: Severity::Warning },
];

/// The check of a name.
pub fn info(name: &str) -> Option<&'static CheckInfo> {
    CHECKS.iter().find(|check| check.name == name)
}

/// The names of all checks.
pub fn names() -> Vec<&'static str> {
    CHECKS.iter().map(|check| check.name).collect()
}
