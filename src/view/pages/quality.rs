//! The quality page: every check with its explanation and some findings, and the agencies with the most.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::check::{CHECKS, Finding, Group};
use crate::model::{Agency, AgencyId, ReportId};
use crate::plan::{PageKey, PageKind};
use crate::view::TextFindings;
use crate::view::components::{Link, NamedLink};
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View};
use crate::view::pages::check::{self, FindingItem};
use crate::view::punctuality;
use crate::view::shell::Head;

/// The maximum number of findings listed for a check; its own page has all.
const LISTED: usize = 5;

/// The maximum number of findings listed for a text check, which has no page of its own.
const TEXTS_LISTED: usize = 50;

/// The maximum number of accepted findings listed.
const ACCEPTED: usize = 20;

/// The maximum number of agencies listed: those with the most findings.
const AGENCIES: usize = 50;

/// What the quality page shows. Templates call it `quality`.
#[derive(Debug, Serialize)]
pub(crate) struct QualityView<'a> {
    reports: usize,
    /// The number of reports with an open finding.
    reports_with_findings: usize,
    rules_held: u32,
    rules_failed: u32,
    rules_open: u32,
    /// The number of reports published by their deadline, after it, and on an unknown day.
    in_time: usize,
    late: usize,
    undated: usize,
    /// The number of revisions of reports.
    revisions: usize,
    accepted: Vec<FindingItem<'a>>,
    accepted_omitted: usize,
    checks: Vec<CheckSummary<'a>>,
    /// The number of checks that found anything.
    checks_with_findings: usize,
    agencies: Vec<AgencyRow<'a>>,
    agencies_omitted: usize,
}

impl View for QualityView<'_> {
    const TEMPLATE: &'static str = "quality.html";
    const NAME: &'static str = "quality";
}

/// A check with the first of its findings.
#[derive(Debug, Serialize)]
struct CheckSummary<'a> {
    id: &'a str,
    name: &'a str,
    group: &'a str,
    severity: &'a str,
    explanation: &'a str,
    /// The address of its own page.
    url: String,
    open: usize,
    accepted: usize,
    findings: Vec<FindingItem<'a>>,
    omitted: usize,
    /// Whether it checks texts; it then has no page of its own.
    is_of_texts: bool,
}

/// The numbers of an agency's findings.
#[derive(Debug, Serialize)]
struct AgencyRow<'a> {
    agency: Link<'a>,
    reports: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
}

pub(crate) fn page<'r>(context: &PageContext<'r>, texts: &TextFindings) -> (Head<'r>, QualityView<'r>) {
    let portal = &context.portal;
    let findings = portal.findings;
    let reports = portal.site.reports_with_ids();
    let with_findings = reports.filter(|(id, _)| findings.of(*id).iter().any(Finding::is_open)).count();
    let sum = |count: fn(&crate::check::Verdicts) -> u32| {
        findings.all_verdicts().map(|verdicts| count(&verdicts)).sum()
    };
    let timely = |state: &str| {
        let views = portal.site.reports.iter().filter_map(|report| punctuality::view(portal, report));
        views.filter(|view| view.state == state).count()
    };
    let accepted: Vec<&Finding> = findings.all().filter(|finding| !finding.is_open()).collect();
    let mut agencies = agencies(context, texts);
    let agencies_omitted = agencies.len().saturating_sub(AGENCIES);
    agencies.truncate(AGENCIES);
    let checks: Vec<CheckSummary<'_>> = CHECKS.iter().map(|info| summary(context, texts, info)).collect();
    let view = QualityView {
        reports: portal.site.reports.len(),
        reports_with_findings: with_findings,
        rules_held: sum(|verdicts| verdicts.hold),
        rules_failed: sum(|verdicts| verdicts.fail),
        rules_open: sum(|verdicts| verdicts.not_assessable),
        in_time: timely("in-time"),
        late: timely("late"),
        undated: timely("unknown"),
        revisions: portal.site.reports.iter().map(|report| report.revisions.len()).sum(),
        accepted: accepted.iter().take(ACCEPTED).map(|of| check::item(portal, of)).collect(),
        accepted_omitted: accepted.len().saturating_sub(ACCEPTED),
        checks_with_findings: checks.iter().filter(|check| check.open + check.accepted > 0).count(),
        checks,
        agencies,
        agencies_omitted,
    };
    let head = Head::of_list(portal, "nav-quality", "quality/", "quality")
        .described(portal.word("quality-description"));
    (head, view)
}

fn summary<'a>(
    context: &PageContext<'a>,
    texts: &TextFindings,
    info: &'static crate::check::Check,
) -> CheckSummary<'a> {
    let portal = &context.portal;
    let is_of_texts = info.group == Group::Text;
    let all = check::findings(portal, info.name);
    let (open, most, findings) = if is_of_texts {
        let shown = texts.of(info.name).take(TEXTS_LISTED);
        (
            texts.of(info.name).count(),
            TEXTS_LISTED,
            shown.filter_map(|(key, fault)| text_item(context, key, fault)).collect(),
        )
    } else {
        let open = all.iter().filter(|finding| finding.is_open());
        let shown = open.clone().take(LISTED).map(|finding| check::item(portal, finding));
        (open.count(), LISTED, shown.collect())
    };
    let accepted = all.iter().filter(|finding| !finding.is_open()).count();
    CheckSummary {
        id: info.name,
        name: portal.locale.text_or(&format!("check-{}", info.name), info.name),
        group: portal.locale.text_or(&format!("check-group-{}", info.group.id()), info.group.id()),
        severity: portal.locale.text_or(&format!("severity-{}", info.severity.name()), info.severity.name()),
        explanation: portal.locale.text_or(&format!("explain-{}", info.name), ""),
        url: portal.links().page(&format!("quality/{}/", info.name)),
        open,
        accepted,
        findings,
        omitted: open.saturating_sub(most),
        is_of_texts,
    }
}

/// Returns the item of a finding about a text, with a link to the page that shows it.
fn text_item<'a>(context: &PageContext<'a>, key: &PageKey, fault: &Diagnostic) -> Option<FindingItem<'a>> {
    let portal = &context.portal;
    let name = match key.kind {
        PageKind::Home => portal.word("nav-home").to_owned(),
        PageKind::Region(id) => portal.text(&portal.site[id].name).text.to_owned(),
        PageKind::Agency(id) => portal.text(&portal.site[id].name).text.to_owned(),
        PageKind::Report(id) => portal.report_title(&portal.site[id]),
        PageKind::Free(at) => portal.text(&portal.site.pages[at as usize].title).text.to_owned(),
        _ => return None,
    };
    let path = context.path_of(PageKey { lang: context.key.lang, kind: key.kind });
    Some(FindingItem {
        report: NamedLink { name, url: portal.roots.href(&path) },
        severity: fault.severity.name(),
        text: portal.locale.say(&fault.message),
        accepted: None,
    })
}

/// Returns the agencies with findings, those with the most open ones first.
fn agencies<'a>(context: &PageContext<'a>, texts: &TextFindings) -> Vec<AgencyRow<'a>> {
    let portal: &LocalPortal<'a> = &context.portal;
    let mut of_texts: BTreeMap<AgencyId, Vec<Severity>> = BTreeMap::new();
    for (key, fault) in texts.all() {
        let agency = match key.kind {
            PageKind::Agency(id) => Some(id),
            PageKind::Report(id) => Some(portal.site[id].agency),
            _ => None,
        };
        if let Some(id) = agency {
            of_texts.entry(id).or_default().push(fault.severity);
        }
    }
    let row = |(at, agency): (usize, &'a Agency)| {
        let ids = agency.reports.clone().map(ReportId);
        let findings: Vec<&Finding> = ids.flat_map(|id| portal.findings.of(id)).collect();
        let of_texts = of_texts.get(&AgencyId(at as u32)).map_or(&[][..], Vec::as_slice);
        let open = |severity| {
            let open = findings.iter().filter(|finding| finding.is_open()).map(|finding| finding.severity);
            open.chain(of_texts.iter().copied()).filter(|found| *found == severity).count()
        };
        let is_clean = findings.is_empty() && of_texts.is_empty();
        (!is_clean).then(|| AgencyRow {
            agency: portal.agency_link(agency),
            reports: agency.reports.len(),
            errors: open(Severity::Error),
            warnings: open(Severity::Warning),
            notes: open(Severity::Note),
            accepted: findings.iter().filter(|finding| !finding.is_open()).count(),
        })
    };
    let mut rows: Vec<AgencyRow<'a>> = portal.site.agencies.iter().enumerate().filter_map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.errors, row.warnings, row.notes)));
    rows
}
