//! The quality page: every check explained, the latest of what it found, and the ways to all of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::check::{CHECKS, Finding, Group};
use crate::model::{Agency, AgencyId, ReportId};
use crate::plan::{PageKey, PageKind};
use crate::view::TextFindings;
use crate::view::components::{Link, NamedLink, ending_here};
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View};
use crate::view::pages::check::{self, FindingItem};
use crate::view::punctuality;
use crate::view::shell::Head;

/// As many findings of one check are listed; its own page has all.
const LISTED: usize = 5;

/// As many findings of a check of texts are listed: it has no page of its own.
const TEXTS_LISTED: usize = 50;

/// As many explained findings are listed.
const EXPLAINED: usize = 20;

/// As many agencies are listed: those with the most findings.
const AGENCIES: usize = 50;

/// What the quality page shows. Templates call it `quality`.
#[derive(Debug, Serialize)]
pub(crate) struct QualityView<'a> {
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
    /// How many of them found anything.
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
    /// Its own page.
    url: String,
    open: usize,
    accepted: usize,
    findings: Vec<FindingItem<'a>>,
    omitted: usize,
    /// Whether it looks at texts; it then has no page of its own.
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
    let explained: Vec<&Finding> = findings.all().filter(|finding| !finding.is_open()).collect();
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
        accepted: explained.iter().take(EXPLAINED).map(|of| check::item(portal, of)).collect(),
        accepted_omitted: explained.len().saturating_sub(EXPLAINED),
        checks_with_findings: checks.iter().filter(|check| check.open + check.accepted > 0).count(),
        checks,
        agencies,
        agencies_omitted,
    };
    let way = ending_here(portal.way_to("nav-quality", "quality/"));
    let head =
        Head::new(portal.word("nav-quality"), way, "quality").described(portal.word("quality-description"));
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

/// What is wrong with a text, with the way to the page that shows it.
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

/// The agencies that have findings, those with the most open ones first.
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
