//! The pages of checks: the meaning of a check, and all of its findings.

use serde::Serialize;

use crate::check::{CHECKS, Finding};
use crate::plan::paging::{self, Pager};
use crate::view::components::{NamedLink, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View, part_title};
use crate::view::shell::Head;

/// What a check's page shows. Templates call it `check`.
#[derive(Debug, Serialize)]
pub(crate) struct CheckView<'a> {
    id: &'a str,
    explanation: &'a str,
    severity: &'a str,
    /// The number of findings that no editor has accepted.
    open: usize,
    /// The number of findings that an editor has accepted.
    accepted: usize,
    findings: Vec<FindingItem<'a>>,
    pager: Option<Pager>,
}

impl View for CheckView<'_> {
    const TEMPLATE: &'static str = "check.html";
    const NAME: &'static str = "check";
}

/// A finding in a list.
#[derive(Debug, Serialize)]
pub(crate) struct FindingItem<'a> {
    pub(crate) report: NamedLink,
    pub(crate) severity: &'static str,
    pub(crate) text: String,
    /// The editor's reason for accepting it.
    pub(crate) accepted: Option<Text<'a>>,
}

pub(crate) fn page<'r>(context: &PageContext<'r>, at: u16, part: u16) -> (Head<'r>, CheckView<'r>) {
    let portal = &context.portal;
    let info = &CHECKS[usize::from(at)];
    let found = findings(portal, info.name);
    let shown = paging::part(&found, part);
    let open = found.iter().filter(|finding| finding.is_open()).count();
    let name = portal.locale.text_or(&format!("check-{}", info.name), info.name);
    let explanation = portal.locale.text_or(&format!("explain-{}", info.name), "");
    let folder = portal.links().page(&format!("quality/{}/", info.name));
    let view = CheckView {
        id: info.name,
        explanation,
        severity: portal.locale.text_or(&format!("severity-{}", info.severity.name()), info.severity.name()),
        open,
        accepted: found.len() - open,
        findings: shown.iter().map(|finding| item(portal, finding)).collect(),
        pager: Pager::new(part, found.len(), &folder),
    };
    let title = part_title(portal, name, part);
    let parents = portal.list_crumbs("nav-quality", "quality/");
    (Head::below(parents, name, title, "quality").described(explanation), view)
}

/// Returns the findings of a check, open ones first.
pub(crate) fn findings<'a>(portal: &LocalPortal<'a>, check: &str) -> Vec<&'a Finding> {
    let mut found: Vec<&Finding> = portal.findings.all().filter(|finding| finding.check == check).collect();
    found.sort_by_key(|finding| !finding.is_open());
    found
}

/// Returns the item of a finding, with a link to it in its report.
pub(crate) fn item<'a>(portal: &LocalPortal<'a>, finding: &'a Finding) -> FindingItem<'a> {
    let report = &portal.site[finding.report];
    let all = portal.findings.of(finding.report);
    let number = all.iter().position(|other| std::ptr::eq(other, finding)).map_or(1, |at| at + 1);
    FindingItem {
        report: NamedLink {
            name: portal.report_title(report),
            url: format!("{}#finding-{number}", portal.links().report(report)),
        },
        severity: finding.severity.name(),
        text: portal.locale.say(&finding.message),
        accepted: finding.accepted.as_deref().map(|why| portal.quote(why, report.lang.as_deref())),
    }
}
