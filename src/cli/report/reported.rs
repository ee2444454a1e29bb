//! What is reported: diagnostics, and how many there are.

use crate::base::diagnostic::{Diagnostic, FindingCounts};
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

/// Counts what is reported.
pub(crate) fn count<'r>(reported: impl IntoIterator<Item = &'r Reported>) -> FindingCounts {
    FindingCounts::of(reported.into_iter().map(|one| (one.diagnostic.severity, !one.is_open())))
}
