//! The quality page: every check explained, the latest of what it found, and the ways to all of it.

use serde::Serialize;

use crate::check::{CHECKS, Finding, Group};
use crate::render::Output;
use crate::render::edition::Edition;
use crate::render::timely;
use crate::render::view::{Link, ending_here};

use super::check::{self, FindingItem};
use super::{Desk, Head};

/// As many findings of one check are listed; its own page has all.
const LISTED: usize = 5;

/// As many explained findings are listed.
const EXPLAINED: usize = 20;

/// As many agencies are listed: those with the most findings.
const AGENCIES: usize = 50;

/// What the quality page shows. Templates call it `quality`.
#[derive(Debug, Serialize)]
struct QualityView<'a> {
    reports: usize,
    /// Reports with at least one finding that nobody explained.
    reports_with_findings: usize,
    rules_held: u32,
    rules_failed: u32,
    rules_open: u32,
    /// Reports published by their deadline, after it, and on an unknown day.
    in_time: usize,
    late: usize,
    undated: usize,
    /// Revisions of figures since they were first published here.
    revisions: usize,
    /// Findings that an editor has explained.
    accepted: Vec<FindingItem<'a>>,
    accepted_omitted: usize,
    checks: Vec<CheckSummary<'a>>,
    agencies: Vec<AgencyRow<'a>>,
    agencies_omitted: usize,
}

/// A check with the first of its findings.
#[derive(Debug, Serialize)]
struct CheckSummary<'a> {
    id: &'a str,
    name: &'a str,
    group: &'a str,
    severity: &'a str,
    explanation: &'a str,
    /// Its own page.
    url: String,
    open: usize,
    accepted: usize,
    findings: Vec<FindingItem<'a>>,
    omitted: usize,
    /// Whether it looks at texts: what it finds is told to editors, and not listed here.
    is_of_texts: bool,
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
    let timely = |state: &str| {
        let views = edition.site.reports.iter().filter_map(|report| timely::view(edition, report));
        views.filter(|view| view.state == state).count()
    };
    let explained: Vec<&Finding> = findings.all().filter(|finding| !finding.is_open()).collect();
    let mut agencies = agencies(edition);
    let agencies_omitted = agencies.len().saturating_sub(AGENCIES);
    agencies.truncate(AGENCIES);
    let view = QualityView {
        reports: edition.site.reports.len(),
        reports_with_findings: with_findings,
        rules_held: sum(|verdicts| verdicts.hold),
        rules_failed: sum(|verdicts| verdicts.fail),
        rules_open: sum(|verdicts| verdicts.not_assessable),
        in_time: timely("in-time"),
        late: timely("late"),
        undated: timely("unknown"),
        revisions: edition.site.reports.iter().map(|report| report.revisions.len()).sum(),
        accepted: explained.iter().take(EXPLAINED).filter_map(|of| check::item(edition, of)).collect(),
        accepted_omitted: explained.len().saturating_sub(EXPLAINED),
        checks: CHECKS.iter().map(|info| summary(edition, info)).collect(),
        agencies,
        agencies_omitted,
    };
    let way = ending_here(edition.way_to("nav-quality", "quality/"));
    let head =
        Head::new(edition.word("nav-quality"), way, "quality").described(edition.word("quality-description"));
    desk.publish("quality.html", head, "quality", &view, output);
}

fn summary<'a>(edition: &Edition<'a>, info: &'static crate::check::CheckInfo) -> CheckSummary<'a> {
    let all = check::findings(edition, info.name);
    let open: Vec<&&Finding> = all.iter().filter(|finding| finding.is_open()).collect();
    CheckSummary {
        id: info.name,
        name: edition.locale.text_or(&format!("check-{}", info.name), info.name),
        group: edition.locale.text_or(&format!("check-group-{}", info.group.id()), info.group.id()),
        severity: edition.locale.text_or(&format!("severity-{}", info.severity.name()), info.severity.name()),
        explanation: edition.locale.text_or(&format!("explain-{}", info.name), ""),
        url: edition.links().page(&format!("quality/{}/", info.name)),
        open: open.len(),
        accepted: all.len() - open.len(),
        findings: open.iter().take(LISTED).filter_map(|finding| check::item(edition, finding)).collect(),
        omitted: open.len().saturating_sub(LISTED),
        is_of_texts: info.group == Group::Text,
    }
}

/// The agencies that have findings, those with the most open ones first.
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
    let mut rows: Vec<AgencyRow<'a>> = edition.site.agencies.iter().filter_map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.errors, row.warnings, row.notes)));
    rows
}
