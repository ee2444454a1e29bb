//! The list of all reports with how completely they are filled in and whether they were published on time.

use serde::Serialize;

use crate::derive::{Completeness, completeness};
use crate::model::{Report, ReportId};
use crate::plan::paging::{self, Pager};
use crate::view::components::NamedLink;
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View, part_title};
use crate::view::punctuality::{self, PunctualityView};
use crate::view::shell::Head;

/// What the list shows. Templates call it `completeness`.
#[derive(Debug, Serialize)]
pub(crate) struct CompletenessView<'a> {
    rows: Vec<CompletenessRow<'a>>,
    pager: Option<Pager>,
}

impl View for CompletenessView<'_> {
    const TEMPLATE: &'static str = "completeness.html";
    const NAME: &'static str = "completeness";
}

#[derive(Debug, Serialize)]
pub(crate) struct CompletenessRow<'a> {
    report: NamedLink,
    form: NamedLink,
    asked: u32,
    given: u32,
    blank: u32,
    not_applicable: u32,
    not_transcribed: u32,
    /// The given ones among the transcribed figures, as a percentage; `None` if nothing is transcribed. What
    /// the site has not transcribed says nothing about the report.
    share: Option<String>,
    /// The length of the bar in per cent.
    bar: u32,
    published: Option<String>,
    timely: Option<PunctualityView<'a>>,
    /// The number of open findings.
    findings: usize,
}

pub(crate) fn page<'r>(context: &PageContext<'r>, part: u16) -> (Head<'r>, CompletenessView<'r>) {
    let portal = &context.portal;
    let mut reports: Vec<(ReportId, &Report)> = portal.site.reports_with_ids().collect();
    // The latest year first; within a year in reading order.
    reports.sort_by_key(|(_, report)| std::cmp::Reverse(report.period.year));
    let shown = paging::part(&reports, part);
    let folder = portal.links().page("quality/completeness/");
    let view = CompletenessView {
        rows: shown.iter().map(|(id, report)| row(portal, *id, report)).collect(),
        pager: Pager::new(part, reports.len(), &folder),
    };
    let name = portal.word("completeness-title");
    let title = part_title(portal, name, part);
    let head = Head::below(portal.list_crumbs("nav-quality", "quality/"), name, title, "quality")
        .described(portal.word("completeness-description"));
    (head, view)
}

fn row<'a>(portal: &LocalPortal<'a>, id: ReportId, report: &'a Report) -> CompletenessRow<'a> {
    let form = &portal.site.catalog[report.form];
    let counts: Completeness = completeness(form, report);
    let transcribed = counts.asked() - counts.not_transcribed;
    CompletenessRow {
        report: NamedLink { name: portal.report_title(report), url: portal.links().report(report) },
        form: NamedLink { name: form.id.to_string(), url: portal.links().form(form) },
        asked: counts.asked(),
        given: counts.given,
        blank: counts.blank,
        not_applicable: counts.not_applicable,
        not_transcribed: counts.not_transcribed,
        share: share(portal, counts.given, transcribed),
        bar: (counts.given * 100).checked_div(transcribed).unwrap_or(0),
        published: report.published.map(|date| portal.locale.date(date)),
        timely: punctuality::view(portal, report),
        findings: portal.open_findings(id),
    }
}

/// Formats a share in whole per cent, rounded down so that only all are 100 %; some are never 0 %.
fn share(portal: &LocalPortal<'_>, given: u32, transcribed: u32) -> Option<String> {
    let share = (u64::from(given) * 100).checked_div(u64::from(transcribed))?;
    if share == 0 && given > 0 {
        return Some(portal.word("share-below-one").to_owned());
    }
    Some(format!("{share}%"))
}
