//! What is reported: diagnostics, and how many there are.

use serde::Serialize;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::check::Finding;

/// A diagnostic to report: a fault of a file, or the finding of a check.
#[derive(Clone, Debug)]
pub(crate) struct Reported {
    pub(crate) diagnostic: Diagnostic,
    /// The fingerprint of the finding of a check, which stays the same as long as the finding does.
    pub(crate) fingerprint: Option<u64>,
    /// Why an editor accepts it, if one does.
    pub(crate) accepted: Option<Box<str>>,
}

impl Reported {
    /// Whether somebody should act on it.
    pub(crate) fn is_open(&self) -> bool {
        self.accepted.is_none()
    }

    /// Reports diagnostics.
    pub(crate) fn all<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<Self> {
        diagnostics.into_iter().cloned().map(Self::from).collect()
    }
}

impl From<Diagnostic> for Reported {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, fingerprint: None, accepted: None }
    }
}

impl From<&Finding> for Reported {
    fn from(finding: &Finding) -> Self {
        Self {
            diagnostic: finding.diagnostic(),
            fingerprint: Some(finding.fingerprint),
            accepted: finding.accepted.clone(),
        }
    }
}

/// The number of diagnostics of each severity, and of accepted ones. JSON output has it as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct SeverityCounts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    /// Accepted findings, which are not counted above.
    pub(crate) accepted: usize,
}

impl SeverityCounts {
    /// Counts diagnostics.
    pub(crate) fn of<'r>(reported: impl IntoIterator<Item = &'r Reported>) -> Self {
        let mut counts = Self::default();
        for reported in reported {
            match reported.diagnostic.severity {
                _ if !reported.is_open() => counts.accepted += 1,
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}
