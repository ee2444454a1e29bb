//! The list of revisions: every figure that was changed since its report was first published here.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Report, Revision};
use crate::render::Output;
use crate::render::edition::Edition;
use crate::render::paging::{self, Pager};
use crate::render::view::{Crumb, NamedLink};

use super::report::{ChangeView, change_views};
use super::{Desk, Head, part_title};

/// What the list shows. Templates call it `revisions`.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RevisionsView<'a> {
    rows: Vec<RevisionRow<'a>>,
    pager: Option<Pager>,
}

/// A revision.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RevisionRow<'a> {
    iso: String,
    date: String,
    report: NamedLink,
    why: &'a str,
    changes: Vec<ChangeView<'a>>,
}

pub(super) fn render(desk: &Desk<'_>, part: u16, output: &mut Output) {
    let edition = &desk.edition;
    let mut all: Vec<(Date, &Report, &Revision)> = edition
        .site
        .reports
        .iter()
        .flat_map(|report| report.revisions.iter().map(move |revision| (revision.date, report, revision)))
        .collect();
    all.sort_by_key(|(date, ..)| std::cmp::Reverse(*date));
    let shown = all.get(paging::range(part, all.len())).unwrap_or_default();
    let folder = edition.links().page("quality/revisions/");
    let view = RevisionsView {
        rows: shown.iter().filter_map(|(_, report, revision)| row(edition, report, revision)).collect(),
        pager: Pager::new(part, all.len(), |part| paging::path(&folder, part)),
    };
    let mut way = edition.way_to("nav-quality", "quality/");
    let name = edition.word("revisions-title");
    way.push(Crumb::here(name.to_owned()));
    let title = part_title(edition, name, part);
    let head = Head::new(title, way, "quality").described(edition.word("revisions-description"));
    desk.publish("revisions.html", head, "revisions", &view, output);
}

fn row<'a>(edition: &Edition<'a>, report: &'a Report, revision: &'a Revision) -> Option<RevisionRow<'a>> {
    let form = edition.site.catalog.form(report.form)?;
    let url = edition.links().report(report);
    Some(RevisionRow {
        iso: revision.date.to_string(),
        date: edition.locale.date(revision.date),
        report: NamedLink { name: super::report::title(edition, report), url: format!("{url}#revisions") },
        why: &revision.why,
        changes: change_views(edition, form, report, revision, &url),
    })
}
