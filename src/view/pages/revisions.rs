//! The list of revisions: every figure changed since its report was first published here.

use serde::Serialize;

use crate::model::{Report, Revision, Site};
use crate::plan::REVISIONS_FEED;
use crate::plan::paging::{self, Pager};
use crate::view::components::{NamedLink, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::page::{PageContext, View, part_title};
use crate::view::pages::report::{ChangeView, change_views};
use crate::view::shell::Head;

/// What the list shows. Templates call it `revisions`.
#[derive(Debug, Serialize)]
pub(crate) struct RevisionsView<'a> {
    rows: Vec<RevisionRow<'a>>,
    pager: Option<Pager>,
    /// The address of the feed of revisions; `None` if the portal's host is unknown.
    feed: Option<String>,
}

impl View for RevisionsView<'_> {
    const TEMPLATE: &'static str = "revisions.html";
    const NAME: &'static str = "revisions";
}

#[derive(Debug, Serialize)]
pub(crate) struct RevisionRow<'a> {
    iso: String,
    date: String,
    pub(crate) report: NamedLink,
    pub(crate) why: Text<'a>,
    pub(crate) changes: Vec<ChangeView<'a>>,
}

pub(crate) fn page<'r>(context: &PageContext<'r>, part: u16) -> (Head<'r>, RevisionsView<'r>) {
    let portal = &context.portal;
    let all = newest_first(portal.site);
    let shown = paging::part(&all, part);
    let folder = portal.links().page("quality/revisions/");
    let view = RevisionsView {
        rows: shown.iter().map(|(report, revision)| row(portal, report, revision)).collect(),
        pager: Pager::new(part, all.len(), &folder),
        feed: (!portal.roots.origin.is_empty()).then(|| portal.links().page(REVISIONS_FEED)),
    };
    let name = portal.word("revisions-title");
    let title = part_title(portal, name, part);
    let head = Head::below(portal.list_crumbs("nav-quality", "quality/"), name, title, "quality")
        .described(portal.word("revisions-description"));
    (head, view)
}

/// Returns every revision with its report, newest first.
pub(crate) fn newest_first(site: &Site) -> Vec<(&Report, &Revision)> {
    let reports = site.reports.iter().map(|report| &**report);
    let mut all: Vec<(&Report, &Revision)> =
        reports.flat_map(|report| report.revisions.iter().map(move |revision| (report, revision))).collect();
    all.sort_by_key(|(_, revision)| std::cmp::Reverse(revision.date));
    all
}

/// Returns the row of a revision.
pub(crate) fn row<'a>(
    portal: &LocalPortal<'a>,
    report: &'a Report,
    revision: &'a Revision,
) -> RevisionRow<'a> {
    let form = &portal.site.catalog[report.form];
    let url = portal.links().report(report);
    RevisionRow {
        iso: revision.date.to_string(),
        date: portal.locale.date(revision.date),
        report: NamedLink { name: portal.report_title(report), url: format!("{url}#revisions") },
        why: portal.quote(&revision.why, report.lang.as_deref()),
        changes: change_views(portal, form, report, revision, &url),
    }
}
