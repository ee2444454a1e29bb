//! The quality page: every check explained, and every finding under its check.

use serde::Serialize;

use crate::check::{CHECKS, Finding};
use crate::render::Output;
use crate::render::edition::Edition;
use crate::render::view::{Link, NamedLink, ending_here};

use super::{Desk, Head};

/// As many findings of one check are listed; the reports' pages have all.
const LISTED: usize = 500;

/// What the quality page shows. Templates call it `quality`.
#[derive(Debug, Serialize)]
struct QualityView<'a> {
    reports: usize,
    /// Reports with at least one finding that nobody explained.
    reports_with_findings: usize,
    rules_held: u32,
    rules_failed: u32,
    rules_open: u32,
    checks: Vec<CheckView<'a>>,
    agencies: Vec<AgencyRow<'a>>,
}

/// A check with its findings.
#[derive(Debug, Serialize)]
struct CheckView<'a> {
    id: &'a str,
    name: &'a str,
    group: &'a str,
    severity: &'a str,
    explanation: &'a str,
    open: usize,
    accepted: usize,
    findings: Vec<FindingItem<'a>>,
    omitted: usize,
}

/// A finding in the list.
#[derive(Debug, Serialize)]
struct FindingItem<'a> {
    report: NamedLink,
    severity: &'static str,
    text: String,
    accepted: Option<&'a str>,
}

/// An agency's findings, counted.
#[derive(Debug, Serialize)]
struct AgencyRow<'a> {
    agency: Link<'a>,
    reports: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
}

pub(super) fn render(desk: &Desk<'_>, output: &mut Output) {
    let edition = &desk.edition;
    let findings = edition.findings;
    let reports = edition.site.reports_with_ids();
    let with_findings = reports.filter(|(id, _)| findings.of(*id).iter().any(Finding::is_open)).count();
    let sum = |count: fn(&crate::check::Verdicts) -> u32| {
        findings.all_verdicts().map(|verdicts| count(&verdicts)).sum()
    };
    let view = QualityView {
        reports: edition.site.reports.len(),
        reports_with_findings: with_findings,
        rules_held: sum(|verdicts| verdicts.hold),
        rules_failed: sum(|verdicts| verdicts.fail),
        rules_open: sum(|verdicts| verdicts.not_assessable),
        checks: CHECKS.iter().map(|info| check_view(edition, info)).collect(),
        agencies: agencies(edition),
    };
    let way = ending_here(edition.way_to("nav-quality", "quality/"));
    let head =
        Head::new(edition.word("nav-quality"), way, "quality").described(edition.word("quality-description"));
    desk.publish("quality.html", head, "quality", &view, output);
}

fn check_view<'a>(edition: &Edition<'a>, info: &'static crate::check::CheckInfo) -> CheckView<'a> {
    let all: Vec<&Finding> = edition.findings.all().filter(|finding| finding.check == info.name).collect();
    let open = all.iter().filter(|finding| finding.is_open()).count();
    CheckView {
        id: info.name,
        name: edition.locale.text_or(&format!("check-{}", info.name), info.name),
        group: edition.locale.text_or(&format!("check-group-{}", info.group.id()), info.group.id()),
        severity: edition.locale.text_or(&format!("severity-{}", info.severity.name()), info.severity.name()),
        explanation: edition.locale.text_or(&format!("explain-{}", info.name), ""),
        open,
        accepted: all.len() - open,
        findings: all.iter().take(LISTED).filter_map(|finding| item(edition, finding)).collect(),
        omitted: all.len().saturating_sub(LISTED),
    }
}

fn item<'a>(edition: &Edition<'a>, finding: &'a Finding) -> Option<FindingItem<'a>> {
    let report = edition.site.report(finding.report)?;
    let all = edition.findings.of(finding.report);
    let number = all.iter().position(|other| std::ptr::eq(other, finding)).map_or(1, |at| at + 1);
    Some(FindingItem {
        report: NamedLink {
            name: super::report::title(edition, report),
            url: format!("{}#finding-{number}", edition.links().report(report)),
        },
        severity: finding.severity.name(),
        text: edition.locale.say(&finding.message),
        accepted: finding.accepted.as_deref(),
    })
}

/// The agencies that have findings, in reading order.
fn agencies<'a>(edition: &Edition<'a>) -> Vec<AgencyRow<'a>> {
    let row = |agency: &'a crate::model::Agency| {
        let ids = agency.reports.clone().map(crate::model::ReportId);
        let findings: Vec<&Finding> = ids.flat_map(|id| edition.findings.of(id)).collect();
        let open = |severity| {
            findings.iter().filter(|finding| finding.is_open() && finding.severity == severity).count()
        };
        (!findings.is_empty()).then(|| AgencyRow {
            agency: edition.agency_link(agency),
            reports: agency.reports.len(),
            errors: open(crate::diagnostic::Severity::Error),
            warnings: open(crate::diagnostic::Severity::Warning),
            notes: open(crate::diagnostic::Severity::Note),
            accepted: findings.iter().filter(|finding| !finding.is_open()).count(),
        })
    };
    edition.site.agencies.iter().filter_map(row).take(LISTED).collect()
}
