//! `accept:`: findings an editor has explained, and explanations that explain nothing.

use crate::base::diagnostic::{At, DataPath, Message, Place, Severity};
use crate::check::{Finding, fingerprint};
use crate::config::CheckConfig;
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

#[cfg(test)]
mod tests {
    use crate::check::testing::{report, site};
    use crate::model::Acceptance;

    fn accepted(check: &str, at: Option<&str>) -> Vec<(&'static str, bool)> {
        let mut site = site();
        let figures = [("proactive_total", "289"), ("proactive_web", "298")];
        let acceptance = Acceptance { check: check.into(), at: at.map(Into::into), why: "as printed".into() };
        report(&mut site, 0, "zj-2012", "2012", &figures).accept = vec![acceptance];
        crate::check::testing::check(&site).all().map(|finding| (finding.check, finding.is_open())).collect()
    }

    #[test]
    fn an_explained_finding_no_longer_counts() {
        assert_eq!(accepted("part-exceeds-whole", Some("proactive_web")), [("part-exceeds-whole", false)]);
        assert_eq!(accepted("part-exceeds-whole", Some("proactive_total")), [("part-exceeds-whole", false)]);
        assert_eq!(accepted("part-exceeds-whole", None), [("part-exceeds-whole", false)]);
    }

    #[test]
    fn an_explanation_of_nothing_is_reported() {
        let open = [("part-exceeds-whole", true), ("accept-unmatched", true)];
        assert_eq!(accepted("part-exceeds-whole", Some("budget")), open);
        assert_eq!(accepted("sum-mismatch", None), open);
    }
}
