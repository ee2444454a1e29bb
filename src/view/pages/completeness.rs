//! The list of reports by what was filled in, and by whether they were published in time.

use serde::Serialize;

use crate::derive::{Completeness, completeness};
use crate::model::{Report, ReportId};
use crate::plan::paging::{self, Pager};
use crate::view::components::{Crumb, NamedLink};
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View, part_title};
use crate::view::punctuality::{self, TimelyView};
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

/// A report.
#[derive(Debug, Serialize)]
pub(crate) struct CompletenessRow<'a> {
    report: NamedLink,
    form: NamedLink,
    asked: u32,
    given: u32,
    blank: u32,
    not_applicable: u32,
    not_transcribed: u32,
    /// The share of the transcribed figures that are given, in whole per cent, as a word says it; and its
    /// bar. What the site has not transcribed says nothing about the report; where that is all, there is none.
    share: Option<String>,
    bar: u32,
    published: Option<String>,
    timely: Option<TimelyView<'a>>,
    /// Findings that nobody has explained.
    findings: usize,
}

pub(crate) fn page<'r>(context: &PageContext<'r>, part: u16) -> (Head<'r>, CompletenessView<'r>) {
    let portal = &context.portal;
    let mut reports: Vec<(ReportId, &Report)> = portal.site.reports_with_ids().collect();
    // The latest year first; within a year in reading order.
    reports.sort_by_key(|(_, report)| std::cmp::Reverse(report.period.year));
    let shown = reports.get(paging::range(part, reports.len())).unwrap_or_default();
    let folder = portal.links().page("quality/completeness/");
    let view = CompletenessView {
        rows: shown.iter().map(|(id, report)| row(portal, *id, report)).collect(),
        pager: Pager::new(part, reports.len(), |part| paging::path(&folder, part)),
    };
    let mut way = portal.way_to("nav-quality", "quality/");
    let name = portal.word("completeness-title");
    way.push(Crumb::here(name.to_owned()));
    let title = part_title(portal, name, part);
    let head = Head::new(title, way, "quality").described(portal.word("completeness-description"));
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
        findings: portal.findings.of(id).iter().filter(|finding| finding.is_open()).count(),
    }
}

/// How many of all in whole per cent, rounded down: some are never 0%, and only all are 100%.
fn share(portal: &LocalPortal<'_>, given: u32, transcribed: u32) -> Option<String> {
    let share = (u64::from(given) * 100).checked_div(u64::from(transcribed))?;
    if share == 0 && given > 0 {
        return Some(portal.word("share-below-one").to_owned());
    }
    Some(format!("{share}%"))
}
