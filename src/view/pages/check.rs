//! The pages of checks: what a check means, and all it found.

use serde::Serialize;

use crate::check::{CHECKS, Finding};
use crate::plan::paging::{self, Pager};
use crate::view::components::{Crumb, NamedLink, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View, part_title};
use crate::view::shell::Head;

/// What a check's page shows. Templates call it `check`.
#[derive(Debug, Serialize)]
pub(crate) struct CheckView<'a> {
    id: &'a str,
    explanation: &'a str,
    severity: &'a str,
    /// Findings that nobody has explained.
    open: usize,
    /// Findings that an editor has explained.
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
    /// Why an editor lets it stand.
    pub(crate) accepted: Option<Text<'a>>,
}

pub(crate) fn page<'r>(context: &PageContext<'r>, at: u16, part: u16) -> (Head<'r>, CheckView<'r>) {
    let portal = &context.portal;
    let info = &CHECKS[usize::from(at)];
    let found = findings(portal, info.name);
    let shown = found.get(paging::range(part, found.len())).unwrap_or_default();
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
        pager: Pager::new(part, found.len(), |part| paging::path(&folder, part)),
    };
    let mut way = portal.way_to("nav-quality", "quality/");
    way.push(Crumb::here(name.to_owned()));
    let title = part_title(portal, name, part);
    (Head::new(title, way, "quality").described(explanation), view)
}

/// What a check found, those first that nobody has explained.
pub(crate) fn findings<'a>(portal: &LocalPortal<'a>, check: &str) -> Vec<&'a Finding> {
    let mut found: Vec<&Finding> = portal.findings.all().filter(|finding| finding.check == check).collect();
    found.sort_by_key(|finding| !finding.is_open());
    found
}

/// A finding with the way to it in its report.
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
