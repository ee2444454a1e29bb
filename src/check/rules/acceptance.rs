//! `accept:`: findings an editor has explained, and explanations that explain nothing.

use crate::check::{Finding, fingerprint};
use crate::config::CheckConfig;
use crate::diagnostic::{At, DataPath, Message, Place, Severity};
use crate::model::{Report, ReportId, Site};

const UNMATCHED: &str = "accept-unmatched";

/// Marks findings that the report explains; reports explanations without a finding.
pub(in crate::check) fn apply(
    site: &Site,
    config: &CheckConfig,
    id: ReportId,
    report: &Report,
    findings: &mut Vec<Finding>,
) {
    let mut unmatched = Vec::new();
    for (at, acceptance) in report.accept.iter().enumerate() {
        let explains = |finding: &&mut Finding| {
            finding.check == &*acceptance.check
                && acceptance.at.as_ref().is_none_or(|code| finding.codes.contains(code))
        };
        let mut used = false;
        for finding in findings.iter_mut().filter(explains) {
            finding.accepted = Some(acceptance.why.clone());
            used = true;
        }
        if !used {
            unmatched.push((at, acceptance));
        }
    }
    let Some(severity) = config.severity(UNMATCHED, report.file(), Severity::Warning) else { return };
    for (at, acceptance) in unmatched {
        let place = At::Value(DataPath::keys(&["accept"]).index(at).key("check"));
        findings.push(Finding {
            check: UNMATCHED,
            severity,
            report: id,
            codes: acceptance.at.clone().into_iter().collect(),
            found: None,
            expected: None,
            message: Message::new(UNMATCHED)
                .arg("check", &*acceptance.check)
                .arg("at", acceptance.at.as_deref().unwrap_or("")),
            places: vec![Place { file: report.file().clone(), at: place, label: None }],
            help: vec![Message::new("help-remove-accept")],
            fingerprint: fingerprint(site, report, UNMATCHED, &at.to_string()),
            accepted: None,
        });
    }
}
