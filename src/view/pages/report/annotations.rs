//! Annotations on single figures of a report: findings, notes, revisions.

use serde::Serialize;

use crate::base::diagnostic::Severity;
use crate::check::Finding;
use crate::form::Form;
use crate::model::{FigureChange, Report, Revision};
use crate::view::components::{Cell, FindingView, Link, NamedLink, Text};
use crate::view::local_portal::LocalPortal;
use crate::view::sections::SectionView;

use super::other_figures::OtherView;

/// A note on one or more figures.
#[derive(Debug, Serialize)]
pub(super) struct NoteView<'a> {
    number: usize,
    places: Vec<NamedLink>,
    pub(super) text: Text<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct RevisionView<'a> {
    date: String,
    iso: String,
    why: Text<'a>,
    changes: Vec<ChangeView<'a>>,
}

/// A figure before and after.
#[derive(Debug, Serialize)]
pub(crate) struct ChangeView<'a> {
    place: String,
    pub(crate) label: String,
    pub(crate) from: Text<'a>,
    pub(crate) to: Text<'a>,
}

/// Marks the cell of a figure with its findings and revisions.
pub(super) fn annotate<'a>(
    portal: &LocalPortal<'a>,
    report: &'a Report,
    findings: &[Finding],
    code: &str,
    cell: &mut Cell<'a>,
) {
    let about = findings.iter().enumerate().filter(|(_, finding)| finding.codes.iter().any(|c| **c == *code));
    cell.findings.extend(about.map(|(at, _)| at + 1));
    let is_revised =
        report.revisions.iter().flat_map(|revision| &revision.changes).any(|change| *change.code == *code);
    if is_revised {
        cell.tags.push(portal.word("tag-revised"));
    }
}

/// Numbers the notes on figures in the order of the page, equal ones once, and marks their cells.
pub(super) fn number_notes<'a>(
    portal: &LocalPortal<'a>,
    form: &'a Form,
    report: &'a Report,
    sections: &mut [SectionView<'a>],
    others: &mut [OtherView<'a>],
) -> Vec<NoteView<'a>> {
    let mut notes: Vec<NoteView<'a>> = Vec::new();
    let mut add = |code: &str, label: String, text: Option<&'a str>, cell: &mut Cell<'a>| {
        let Some(text) = text else { return };
        let place = NamedLink { name: label, url: format!("#f-{code}") };
        let text = portal.quote(text, report.lang.as_deref());
        let next = notes.len() + 1;
        cell.note = Some(match notes.iter_mut().find(|note| note.text == text) {
            Some(note) => {
                note.places.push(place);
                note.number
            }
            None => {
                notes.push(NoteView { number: next, places: vec![place], text });
                next
            }
        });
    };
    let note_of = |code: &str| form.find(code).and_then(|ix| report.figure(ix)).and_then(|f| f.note());
    let label_of = |code: &str| label_of(portal, form, report, code);
    for section in sections {
        for row in &mut section.rows {
            if let Some(cell) = &mut row.cell {
                add(row.code, label_of(row.code), note_of(row.code), cell);
            }
        }
        for cell in section.table.iter_mut().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells)
        {
            add(cell.code, label_of(cell.code), note_of(cell.code), &mut cell.cell);
        }
    }
    for other in others {
        let note = report.other(other.code).and_then(|figure| figure.figure.note());
        add(other.code, other.label.text.to_owned(), note, &mut other.cell);
    }
    notes
}

fn label_of(portal: &LocalPortal<'_>, form: &Form, report: &Report, code: &str) -> String {
    if let Some(indicator) = form.find(code).map(|ix| &form[ix]) {
        return portal.label(indicator);
    }
    report.other(code).map_or(code, |other| other.label.get(&portal.locale.lang)).to_owned()
}

/// Returns a finding for the page of its report.
pub(crate) fn finding_view<'a>(
    portal: &LocalPortal<'a>,
    form: &'a Form,
    report: &'a Report,
    number: usize,
    finding: &'a Finding,
) -> FindingView<'a> {
    let place =
        |code: &'a str| NamedLink { name: label_of(portal, form, report, code), url: format!("#f-{code}") };
    FindingView {
        number,
        severity: finding.severity.name(),
        is_note: finding.severity == Severity::Note,
        check: check_link(portal, finding.check),
        text: portal.locale.say(&finding.message),
        places: finding.codes.iter().map(|code| place(code)).collect(),
        accepted: finding.accepted.as_deref().map(|why| portal.quote(why, report.lang.as_deref())),
    }
}

/// Returns a link to the explanation of a check.
pub(crate) fn check_link<'a>(portal: &LocalPortal<'a>, check: &'static str) -> Link<'a> {
    let name = portal.locale.text_or(&format!("check-{check}"), check);
    Link { name: Text::own(name), url: format!("{}#check-{check}", portal.links().page("quality/")) }
}

pub(super) fn revisions<'a>(
    portal: &LocalPortal<'a>,
    form: &'a Form,
    report: &'a Report,
) -> Vec<RevisionView<'a>> {
    let view = |revision: &'a Revision| RevisionView {
        date: portal.locale.date(revision.date),
        iso: revision.date.to_string(),
        why: portal.quote(&revision.why, report.lang.as_deref()),
        changes: change_views(portal, form, report, revision, ""),
    };
    report.revisions.iter().map(view).collect()
}

/// Returns the figures that a revision changed, with links into the page of the report.
pub(crate) fn change_views<'a>(
    portal: &LocalPortal<'a>,
    form: &'a Form,
    report: &'a Report,
    revision: &'a Revision,
    page: &str,
) -> Vec<ChangeView<'a>> {
    let written = |text: &'a str| match text {
        "" => Text::own(portal.word("gap-blank")),
        text => portal.quote(text, report.lang.as_deref()),
    };
    let change = |change: &'a FigureChange| ChangeView {
        place: format!("{page}#f-{}", change.code),
        label: label_of(portal, form, report, &change.code),
        from: written(&change.from),
        to: written(&change.to),
    };
    revision.changes.iter().map(change).collect()
}
