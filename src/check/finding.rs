//! Findings, report by report.

use std::sync::Arc;

use rust_decimal::Decimal;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::diagnostic::{At, Diagnostic, FindingCounts, Message, Place, Severity};
use crate::model::{Report, ReportId, Site};

/// A contradiction in a report, or something unusual.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The name of the check that found it.
    pub check: &'static str,
    /// Its severity under the site's settings.
    pub severity: Severity,
    /// The report it was found in.
    pub report: ReportId,
    /// The codes of the indicators it is about, the main one first.
    pub codes: Vec<Box<str>>,
    /// The number found, if any.
    pub found: Option<Decimal>,
    /// The number it was compared with, if any.
    pub expected: Option<Decimal>,
    /// The sentence that describes it.
    pub message: Message,
    /// Its places in the report's file, the main one first.
    pub places: Vec<Place>,
    /// What to do about it.
    pub help: Vec<Message>,
    /// A hash that stays the same from build to build, wherever in the file the finding is.
    pub fingerprint: u64,
    /// The reason an editor gave for accepting it; `None` while it is open.
    pub accepted: Option<Box<str>>,
}

impl Finding {
    /// Returns the finding as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            code: self.check,
            severity: self.severity,
            message: self.message.clone(),
            places: self.places.clone(),
            help: self.help.clone(),
        }
    }

    /// Frees unused capacity: a large site has many findings, and keeps them all.
    pub(super) fn shrink(&mut self) {
        self.codes.shrink_to_fit();
        self.places.shrink_to_fit();
        for place in &mut self.places {
            if let At::Key(path) | At::Value(path) = &mut place.at {
                path.0.shrink_to_fit();
            }
        }
        let labels = self.places.iter_mut().filter_map(|place| place.label.as_mut());
        for message in labels.chain([&mut self.message]).chain(&mut self.help) {
            message.args.shrink_to_fit();
        }
    }

    /// Returns whether no editor has accepted it.
    pub fn is_open(&self) -> bool {
        self.accepted.is_none()
    }
}

/// How the rules of a report's form came out, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Rules that hold.
    pub hold: u32,
    /// Rules that fail.
    pub fail: u32,
    /// Rules with a figure that is missing or not an exact number.
    pub not_assessable: u32,
}

/// All findings, report by report in the site's order.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    pub(super) reports: Vec<ReportFindings>,
}

#[derive(Clone, Debug)]
pub(super) struct ReportFindings {
    pub(super) findings: Arc<[Finding]>,
    pub(super) verdicts: Verdicts,
}

impl Findings {
    /// Returns every finding.
    pub fn all(&self) -> impl Iterator<Item = &Finding> {
        self.reports.iter().flat_map(|report| report.findings.iter())
    }

    /// Returns the findings of a report.
    pub fn of(&self, report: ReportId) -> &[Finding] {
        &self.reports[report.0 as usize].findings
    }

    /// Returns the numbers of rules of a report that hold, fail and cannot be assessed.
    pub fn verdicts(&self, report: ReportId) -> Verdicts {
        self.reports[report.0 as usize].verdicts
    }

    /// Returns the same for every report.
    pub fn all_verdicts(&self) -> impl Iterator<Item = Verdicts> {
        self.reports.iter().map(|report| report.verdicts)
    }

    /// Returns how many findings there are of each severity.
    pub fn counts(&self) -> FindingCounts {
        FindingCounts::of(self.all().map(|finding| (finding.severity, !finding.is_open())))
    }
}

/// Hashes what identifies a finding from build to build: its check, its report and its key.
pub(super) fn fingerprint(site: &Site, report: &Report, check: &str, key: &str) -> u64 {
    let agency = &site[report.agency].path;
    let text = format!("{check}\n{agency}\n{}\n{}\n{key}", report.period, report.scope.name());
    xxh3_64(text.as_bytes())
}
