//! A report's file: from front matter to the model.

use jiff::civil::Date;

use crate::base::data::{self, Entry, Fields, Kind, Node};
use crate::base::diagnostic::{At, DataPath, Diagnostic, Message};
use crate::base::source::FilePath;
use crate::form::{Catalog, FormIx};
use crate::model::{
    Acceptance, AgencyId, FigureChange, Period, Prose, Report, Revision, Scope, SourceDocument,
};

use super::document::Document;
use super::figures::{self, Figures};
use super::mentions::Finder;

/// Makes a report of a document; `None` where it cannot be one, or is a draft that is left out.
pub(super) fn lower(
    document: &Document,
    agency: AgencyId,
    catalog: &Catalog,
    finder: &Finder,
    drafts: bool,
    faults: &mut Vec<Diagnostic>,
) -> Option<Report> {
    let file = &document.file;
    let mut fields = Fields::new(file, &document.fields);
    let title = fields.text("title", faults);
    let form = form(&mut fields, catalog, file, faults);
    let period = period(&mut fields, document, faults);
    let scope = word(
        &mut fields,
        "scope",
        &[("own", Scope::Own), ("consolidated", Scope::Consolidated)],
        file,
        faults,
    );
    let prose = word(
        &mut fields,
        "body",
        &[("original", Prose::Original), ("summary", Prose::Summary)],
        file,
        faults,
    );
    let published = date(&mut fields, "published", file, faults);
    let republished = date(&mut fields, "republished", file, faults);
    let source = source(&mut fields, file, faults);
    let lang = fields.text("lang", faults).map(Into::into);
    let draft = fields.flag("draft", faults).unwrap_or(false);
    let unlisted = fields.flag("search", faults) == Some(false);
    let aliases = fields.texts("aliases", faults).into_iter().map(Into::into).collect();
    let statistics = fields.map("statistics", faults).unwrap_or(&[]);
    let locals = figures::locals(file, fields.map("local", faults).unwrap_or(&[]), faults);
    let notes = fields.map("notes", faults).unwrap_or(&[]);
    let accept = acceptances(&mut fields, file, faults);
    let revisions = revisions(&mut fields, file, faults);
    fields.finish(faults);

    let (form, period) = (form?, period?);
    let mut figures = figures::Reader { file, catalog, form, locals: &locals, faults }.read(statistics);
    attach_notes(&mut figures, notes, catalog, form, file, faults);
    check_revisions(&revisions, &figures, catalog, form, file, faults);
    if draft && !drafts {
        return None;
    }
    let slug = document.stem();
    Some(Report {
        agency,
        period,
        scope: scope.unwrap_or(Scope::Own),
        slug: slug.into(),
        form,
        title: title.unwrap_or(slug).into(),
        lang,
        published,
        republished,
        source,
        figures: figures.figures,
        others: figures.others,
        mentions: finder.find(form, &document.text, document.body.offset),
        accept,
        revisions,
        prose: prose.unwrap_or(Prose::Original),
        aliases,
        unlisted,
        body: document.body.clone(),
    })
}

fn form(
    fields: &mut Fields<'_>,
    catalog: &Catalog,
    file: &FilePath,
    faults: &mut Vec<Diagnostic>,
) -> Option<FormIx> {
    let ids = || catalog.forms.iter().map(|form| &*form.id);
    let known = || Message::new("help-known-forms").arg("forms", ids().collect::<Vec<_>>().join(", "));
    let Some(entry) = fields.entry("form") else {
        faults.push(Diagnostic::error("form-missing").at(file, At::File).help(known()));
        return None;
    };
    let id = entry.value.scalar().unwrap_or("");
    let found = catalog.find_form(id);
    if found.is_none() {
        let fault = Diagnostic::error("form-unknown").arg("value", id).at(file, At::Span(data::mark(entry)));
        faults.push(match data::nearest(id, ids()) {
            Some(near) => fault.help(Message::new("help-did-you-mean").arg("name", near)),
            None => fault.help(known()),
        });
    }
    found
}

fn period(fields: &mut Fields<'_>, document: &Document, faults: &mut Vec<Diagnostic>) -> Option<Period> {
    let entry = fields.entry("period");
    if let Some(entry) = entry.filter(|entry| is_no_text(entry)) {
        faults.push(fields.wrong_type(entry, "text"));
        return None;
    }
    let text = entry.and_then(|entry| entry.value.scalar()).unwrap_or_else(|| document.stem());
    match Period::parse(text) {
        Ok(period) => Some(period),
        Err(_) => {
            let at = entry.map_or(At::File, |entry| At::Span(data::mark(entry)));
            let fault = Diagnostic::error("period-not-understood").arg("found", text).at(&document.file, at);
            faults.push(fault.help(Message::new("help-period")));
            None
        }
    }
}

fn word<T: Copy>(
    fields: &mut Fields<'_>,
    key: &'static str,
    words: &[(&str, T)],
    file: &FilePath,
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    let entry = fields.entry(key)?;
    let text = entry.value.scalar().unwrap_or("");
    let found = words.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let fault = Diagnostic::error("not-one-of").arg("key", key).arg("found", text).arg("known", known);
        faults.push(fault.at(file, At::Span(data::mark(entry))));
    }
    found.map(|(_, value)| *value)
}

fn date(
    fields: &mut Fields<'_>,
    key: &'static str,
    file: &FilePath,
    faults: &mut Vec<Diagnostic>,
) -> Option<Date> {
    let entry = fields.entry(key)?;
    read_date(&entry.value, entry, file, faults)
}

fn read_date(node: &Node, entry: &Entry, file: &FilePath, faults: &mut Vec<Diagnostic>) -> Option<Date> {
    if is_no_text(entry) {
        faults.push(Fields::new(file, &[]).wrong_type(entry, "text"));
    }
    let text = node.scalar()?;
    let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = text.parse().ok().filter(|_| is_plain);
    if date.is_none() {
        let fault = Diagnostic::error("date-not-understood").arg("key", &*entry.key).arg("found", text);
        faults.push(fault.at(file, At::Span(data::mark(entry))).help(Message::new("help-date")));
    }
    date
}

fn source(fields: &mut Fields<'_>, file: &FilePath, faults: &mut Vec<Diagnostic>) -> SourceDocument {
    let Some(entries) = fields.map("source", faults) else { return SourceDocument::default() };
    let mut fields = Fields::new(file, entries);
    let source = SourceDocument {
        title: fields.text("title", faults).map(Into::into),
        issuer: fields.text("issuer", faults).map(Into::into),
        number: fields.text("number", faults).map(Into::into),
        url: url(&mut fields, file, faults),
        retrieved: date(&mut fields, "retrieved", file, faults),
    };
    fields.finish(faults);
    source
}

/// Whether there is a value, but a list or a mapping.
fn is_no_text(entry: &Entry) -> bool {
    matches!(entry.value.kind, Kind::List(_) | Kind::Map(_))
}

/// An address that a page may link to.
pub(super) fn url(
    fields: &mut Fields<'_>,
    file: &FilePath,
    faults: &mut Vec<Diagnostic>,
) -> Option<Box<str>> {
    let entry = fields.entry("url")?;
    if is_no_text(entry) {
        faults.push(fields.wrong_type(entry, "text"));
    }
    let text = entry.value.scalar()?;
    if text.starts_with("https://") || text.starts_with("http://") {
        return Some(text.into());
    }
    let fault = Diagnostic::error("url-scheme").arg("found", text).at(file, At::Span(data::mark(entry)));
    faults.push(fault.help(Message::new("help-url")));
    None
}

/// Puts the remarks of `notes:` onto their figures.
fn attach_notes(
    figures: &mut Figures,
    notes: &[Entry],
    catalog: &Catalog,
    form: FormIx,
    file: &FilePath,
    faults: &mut Vec<Diagnostic>,
) {
    let form = catalog.form(form);
    for entry in notes {
        let Some(text) = entry.value.scalar() else {
            faults.push(Fields::new(file, notes).wrong_type(entry, "text"));
            continue;
        };
        let ix = form.and_then(|form| form.find(&entry.key));
        let own = ix
            .and_then(|ix| figures.figures.iter_mut().find(|(known, _)| *known == ix))
            .map(|(_, figure)| figure);
        let other =
            figures.others.iter_mut().find(|other| other.code == entry.key).map(|other| &mut other.figure);
        match own.or(other) {
            Some(figure) => figure.detail.get_or_insert_default().note = Some(text.into()),
            None => {
                let fault = Diagnostic::error("note-without-figure").arg("code", &*entry.key);
                let codes = figures.others.iter().map(|other| &*other.code);
                let codes = codes
                    .chain(figures.figures.iter().filter_map(|(ix, _)| Some(&*form?.indicator(*ix)?.code)));
                let near = data::nearest(&entry.key, codes);
                let fault = fault.at(file, At::Span(entry.key_span.clone()));
                faults.push(match near {
                    Some(near) => fault.help(Message::new("help-did-you-mean").arg("name", near)),
                    None => fault,
                });
            }
        }
    }
}

fn acceptances(fields: &mut Fields<'_>, file: &FilePath, faults: &mut Vec<Diagnostic>) -> Vec<Acceptance> {
    let mut accepted = Vec::new();
    for node in fields.list("accept", faults) {
        let Some(entries) = node.entries() else {
            faults.push(Diagnostic::error("accept-shape").at(file, At::Span(node.span.clone())));
            continue;
        };
        let mut fields = Fields::new(file, entries);
        let check = fields.text("check", faults);
        let at = fields.text("at", faults);
        let why = fields.text("why", faults).filter(|why| !why.trim().is_empty());
        fields.finish(faults);
        match (check, why) {
            (Some(check), Some(why)) => {
                accepted.push(Acceptance { check: check.into(), at: at.map(Into::into), why: why.into() });
            }
            (None, _) => {
                faults.push(Diagnostic::error("accept-without-check").at(file, At::Span(node.span.clone())));
            }
            (_, None) => {
                faults.push(Diagnostic::error("accept-without-reason").at(file, At::Span(node.span.clone())));
            }
        }
    }
    accepted
}

fn revisions(fields: &mut Fields<'_>, file: &FilePath, faults: &mut Vec<Diagnostic>) -> Vec<Revision> {
    let mut revisions = Vec::new();
    for node in fields.list("revisions", faults) {
        let Some(entries) = node.entries() else {
            faults.push(Diagnostic::error("revision-shape").at(file, At::Span(node.span.clone())));
            continue;
        };
        let mut fields = Fields::new(file, entries);
        let date = date(&mut fields, "date", file, faults);
        let why = fields.text("why", faults);
        let changes = fields.map("changes", faults).unwrap_or(&[]);
        fields.finish(faults);
        let changes = changes.iter().filter_map(|entry| change(entry, file, faults)).collect();
        match (date, why) {
            (Some(date), Some(why)) => revisions.push(Revision { date, why: why.into(), changes }),
            _ => faults.push(Diagnostic::error("revision-shape").at(file, At::Span(node.span.clone()))),
        }
    }
    revisions
}

/// Every revised figure is one the report has.
fn check_revisions(
    revisions: &[Revision],
    figures: &Figures,
    catalog: &Catalog,
    form: FormIx,
    file: &FilePath,
    faults: &mut Vec<Diagnostic>,
) {
    let form = catalog.form(form);
    for (at, revision) in revisions.iter().enumerate() {
        for change in &revision.changes {
            let is_asked = form.is_some_and(|form| form.find(&change.code).is_some());
            if !is_asked && !figures.others.iter().any(|other| other.code == change.code) {
                let path = DataPath::keys(&["revisions"]).index(at).key("changes").key(&change.code);
                let fault = Diagnostic::error("unknown-indicator").arg("value", &*change.code);
                faults.push(fault.at(file, At::Key(path)));
            }
        }
    }
}

fn change(entry: &Entry, file: &FilePath, faults: &mut Vec<Diagnostic>) -> Option<FigureChange> {
    let Some(entries) = entry.value.entries() else {
        faults.push(Diagnostic::error("revision-shape").at(file, At::Span(data::mark(entry))));
        return None;
    };
    let mut fields = Fields::new(file, entries);
    let from = fields.text("from", faults).unwrap_or("");
    let to = fields.text("to", faults).unwrap_or("");
    fields.finish(faults);
    Some(FigureChange { code: entry.key.clone(), from: from.into(), to: to.into() })
}
