//! The pages of checks: what a check means, and all it found.

use serde::Serialize;

use crate::check::{CHECKS, Finding};
use crate::render::Output;
use crate::render::edition::Edition;
use crate::render::paging::{self, Pager};
use crate::render::view::{Crumb, NamedLink, Text};

use super::{Desk, Head, part_title};

/// What a check's page shows. Templates call it `check`.
#[derive(Debug, Serialize)]
pub(in crate::render) struct CheckView<'a> {
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

/// A finding in a list.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FindingItem<'a> {
    pub(in crate::render) report: NamedLink,
    pub(in crate::render) severity: &'static str,
    pub(in crate::render) text: String,
    /// Why an editor lets it stand.
    pub(in crate::render) accepted: Option<Text<'a>>,
}

pub(super) fn render(desk: &Desk<'_>, at: u16, part: u16, output: &mut Output) {
    let edition = &desk.edition;
    let Some(info) = CHECKS.get(usize::from(at)) else { return };
    let found = findings(edition, info.name);
    let shown = found.get(paging::range(part, found.len())).unwrap_or_default();
    let open = found.iter().filter(|finding| finding.is_open()).count();
    let name = edition.locale.text_or(&format!("check-{}", info.name), info.name);
    let explanation = edition.locale.text_or(&format!("explain-{}", info.name), "");
    let folder = edition.links().page(&format!("quality/{}/", info.name));
    let view = CheckView {
        id: info.name,
        explanation,
        severity: edition.locale.text_or(&format!("severity-{}", info.severity.name()), info.severity.name()),
        open,
        accepted: found.len() - open,
        findings: shown.iter().filter_map(|finding| item(edition, finding)).collect(),
        pager: Pager::new(part, found.len(), |part| paging::path(&folder, part)),
    };
    let mut way = edition.way_to("nav-quality", "quality/");
    way.push(Crumb::here(name.to_owned()));
    let title = part_title(edition, name, part);
    desk.publish(
        "check.html",
        Head::new(title, way, "quality").described(explanation),
        "check",
        &view,
        output,
    );
}

/// What a check found, those first that nobody has explained.
pub(super) fn findings<'a>(edition: &Edition<'a>, check: &str) -> Vec<&'a Finding> {
    let mut found: Vec<&Finding> = edition.findings.all().filter(|finding| finding.check == check).collect();
    found.sort_by_key(|finding| !finding.is_open());
    found
}

/// A finding with the way to it in its report.
pub(super) fn item<'a>(edition: &Edition<'a>, finding: &'a Finding) -> Option<FindingItem<'a>> {
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
        accepted: finding.accepted.as_deref().map(|why| edition.quote(why, report.lang.as_deref())),
    })
}
