//! A report's file: from front matter to the model.

use jiff::civil::Date;

use crate::base::data::{self, Entry, Faults, Fields, Node, NodeKind, did_you_mean};
use crate::base::diagnostic::{At, DataPath, Diagnostic, Message};
use crate::form::{Catalog, Form, FormIx};
use crate::model::{
    Acceptance, AgencyId, FigureChange, Period, Prose, Report, Revision, Scope, SourceDocument,
};

use super::content_file::ContentFile;
use super::figures::{self, FigureReader, Figures};
use super::prose_figures::MentionFinder;

const SCOPES: &[(&str, Scope)] = &[("own", Scope::Own), ("consolidated", Scope::Consolidated)];
const PROSE: &[(&str, Prose)] = &[("original", Prose::Original), ("summary", Prose::Summary)];

/// What it takes to make reports of content files.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) finder: &'a MentionFinder,
    pub(super) drafts: bool,
}

impl Context<'_> {
    /// Makes a report of a file; `None` where it cannot be one, or is a draft that is left out.
    pub(super) fn lower(
        &self,
        content: &ContentFile,
        agency: AgencyId,
        faults: &mut Faults,
    ) -> Option<Report> {
        let slug = content.stem();
        let mut fields = Fields::new(&content.fields, faults);
        let title = fields.text("title");
        let form = form(&mut fields, self.catalog);
        let period = period(&mut fields, slug);
        let scope = one_of(&mut fields, "scope", SCOPES).unwrap_or(Scope::Own);
        let prose = one_of(&mut fields, "body", PROSE).unwrap_or(Prose::Original);
        let published = date(&mut fields, "published");
        let republished = date(&mut fields, "republished");
        let source = source(&mut fields);
        let lang = fields.owned_text("lang");
        let draft = fields.flag("draft").unwrap_or(false);
        let unlisted = fields.flag("search") == Some(false);
        let aliases = fields.texts("aliases");
        let statistics = fields.map("statistics").unwrap_or_default();
        let locals = fields.map("local").unwrap_or_default();
        let locals = figures::locals(locals, fields.faults);
        let notes = fields.map("notes").unwrap_or_default();
        let accept = acceptances(&mut fields);
        let revisions = revisions(&mut fields);
        fields.finish();

        let (form_ix, period) = (form?, period?);
        let form = &self.catalog[form_ix];
        let mut figures = FigureReader::new(self.catalog, form, &locals, faults).read(statistics);
        attach_notes(&mut figures, notes, form, faults);
        check_revisions(&revisions, &figures, form, faults);
        if draft && !self.drafts {
            return None;
        }
        Some(Report {
            agency,
            period,
            scope,
            slug: slug.into(),
            form: form_ix,
            title: title.unwrap_or(slug).into(),
            lang,
            published,
            republished,
            source,
            figures: figures.figures,
            others: figures.others,
            mentions: self.finder.find(form_ix, &content.text, content.body.offset),
            accept,
            revisions,
            prose,
            aliases,
            unlisted,
            body: content.body.clone(),
        })
    }
}

fn form(fields: &mut Fields<'_, '_>, catalog: &Catalog) -> Option<FormIx> {
    let ids = || catalog.forms.iter().map(|form| &*form.id);
    let known = || Message::new("help-known-forms").arg("forms", ids().collect::<Vec<_>>().join(", "));
    let Some(entry) = fields.entry("form") else {
        fields.faults.add(Diagnostic::error("form-missing").help(known()), At::File);
        return None;
    };
    let id = entry.value.scalar().unwrap_or("");
    let found = catalog.find_form(id);
    if found.is_none() {
        let fault = Diagnostic::error("form-unknown").arg("value", id);
        fields.faults.add(fault.help(did_you_mean(id, ids()).unwrap_or_else(known)), data::mark(entry));
    }
    found
}

/// The period; where none is given, the file's name says it.
fn period(fields: &mut Fields<'_, '_>, stem: &str) -> Option<Period> {
    let entry = fields.entry("period");
    if let Some(entry) = entry.filter(|entry| is_collection(entry)) {
        fields.faults.wrong_type(entry, "text");
        return None;
    }
    let text = entry.and_then(|entry| entry.value.scalar()).unwrap_or(stem);
    let period = Period::parse(text).ok();
    if period.is_none() {
        let fault = Diagnostic::error("period-not-understood").arg("found", text);
        let at = entry.map_or(At::File, |entry| data::mark(entry).into());
        fields.faults.add(fault.help(Message::new("help-period")), at);
    }
    period
}

fn one_of<T: Copy>(fields: &mut Fields<'_, '_>, key: &'static str, words: &[(&str, T)]) -> Option<T> {
    let entry = fields.entry(key)?;
    let text = entry.value.scalar().unwrap_or("");
    let found = words.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let fault = Diagnostic::error("not-one-of").arg("key", key).arg("found", text).arg("known", known);
        fields.faults.add(fault, data::mark(entry));
    }
    found.map(|(_, value)| *value)
}

fn date(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Date> {
    let entry = fields.entry(key)?;
    let text = scalar(fields, entry)?;
    let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = text.parse().ok().filter(|_| is_plain);
    if date.is_none() {
        let fault = Diagnostic::error("date-not-understood").arg("key", key).arg("found", text);
        fields.faults.add(fault.help(Message::new("help-date")), data::mark(entry));
    }
    date
}

fn source(fields: &mut Fields<'_, '_>) -> SourceDocument {
    let Some(entries) = fields.map("source") else { return SourceDocument::default() };
    let mut fields = fields.nested(entries);
    let source = SourceDocument {
        title: fields.owned_text("title"),
        issuer: fields.owned_text("issuer"),
        number: fields.owned_text("number"),
        url: url(&mut fields),
        retrieved: date(&mut fields, "retrieved"),
    };
    fields.finish();
    source
}

/// Whether a value is a list or a mapping.
fn is_collection(entry: &Entry) -> bool {
    matches!(entry.value.kind, NodeKind::List(_) | NodeKind::Map(_))
}

fn scalar<'d>(fields: &mut Fields<'_, '_>, entry: &'d Entry) -> Option<&'d str> {
    if is_collection(entry) {
        fields.faults.wrong_type(entry, "text");
    }
    entry.value.scalar()
}

/// The `url` of a mapping: an address that a page may link to.
pub(super) fn url(fields: &mut Fields<'_, '_>) -> Option<Box<str>> {
    let entry = fields.entry("url")?;
    let text = scalar(fields, entry)?;
    if text.starts_with("https://") || text.starts_with("http://") {
        return Some(text.into());
    }
    let fault = Diagnostic::error("url-scheme").arg("found", text);
    fields.faults.add(fault.help(Message::new("help-url")), data::mark(entry));
    None
}

/// Puts the remarks of `notes:` onto their figures.
fn attach_notes(figures: &mut Figures, notes: &[Entry], form: &Form, faults: &mut Faults) {
    for entry in notes {
        let Some(text) = entry.value.scalar() else {
            faults.wrong_type(entry, "text");
            continue;
        };
        let ix = form.find(&entry.key);
        let own = figures.figures.iter_mut().find(|(known, _)| Some(*known) == ix);
        let other = figures.others.iter_mut().find(|other| other.code == entry.key);
        let figure = own.map(|(_, figure)| figure).or(other.map(|other| &mut other.figure));
        if let Some(figure) = figure {
            figure.detail.get_or_insert_default().note = Some(text.into());
            continue;
        }
        let own = figures.figures.iter().map(|(ix, _)| &*form[*ix].code);
        let codes = figures.others.iter().map(|other| &*other.code).chain(own);
        let mut fault = Diagnostic::error("note-without-figure").arg("code", &*entry.key);
        fault.help.extend(did_you_mean(&entry.key, codes));
        faults.add(fault, entry.key_span.clone());
    }
}

/// Reads `accept:`; an acceptance without a check or a reason is a fault.
fn acceptances(fields: &mut Fields<'_, '_>) -> Vec<Acceptance> {
    let nodes = fields.list("accept");
    nodes.iter().filter_map(|node| acceptance(node, fields.faults)).collect()
}

fn acceptance(node: &Node, faults: &mut Faults) -> Option<Acceptance> {
    let mut refuse = |code| faults.add(Diagnostic::error(code), node.span.clone());
    let Some(entries) = node.entries() else {
        refuse("accept-shape");
        return None;
    };
    let mut fields = Fields::new(entries, faults);
    let check = fields.owned_text("check");
    let at = fields.owned_text("at");
    let why = fields.owned_text("why").filter(|why| !why.trim().is_empty());
    fields.finish();
    let missing = if check.is_none() { "accept-without-check" } else { "accept-without-reason" };
    let accepted = check.zip(why).map(|(check, why)| Acceptance { check, at, why });
    if accepted.is_none() {
        faults.add(Diagnostic::error(missing), node.span.clone());
    }
    accepted
}

fn revisions(fields: &mut Fields<'_, '_>) -> Vec<Revision> {
    let nodes = fields.list("revisions");
    nodes.iter().filter_map(|node| revision(node, fields.faults)).collect()
}

fn revision(node: &Node, faults: &mut Faults) -> Option<Revision> {
    let found = node.entries().and_then(|entries| {
        let mut fields = Fields::new(entries, faults);
        let date = date(&mut fields, "date");
        let why = fields.owned_text("why");
        let changes = fields.map("changes").unwrap_or_default();
        fields.finish();
        let changes = changes.iter().filter_map(|entry| change(entry, faults)).collect();
        Some(Revision { date: date?, why: why?, changes })
    });
    if found.is_none() {
        faults.add(Diagnostic::error("revision-shape"), node.span.clone());
    }
    found
}

fn change(entry: &Entry, faults: &mut Faults) -> Option<FigureChange> {
    let Some(entries) = entry.value.entries() else {
        faults.add(Diagnostic::error("revision-shape"), data::mark(entry));
        return None;
    };
    let mut fields = Fields::new(entries, faults);
    let [from, to] = ["from", "to"].map(|key| fields.owned_text(key).unwrap_or_default());
    fields.finish();
    Some(FigureChange { code: entry.key.clone(), from, to })
}

/// Reports revised figures that the report does not have.
fn check_revisions(revisions: &[Revision], figures: &Figures, form: &Form, faults: &mut Faults) {
    for (at, revision) in revisions.iter().enumerate() {
        for change in &revision.changes {
            let is_other = || figures.others.iter().any(|other| other.code == change.code);
            if form.find(&change.code).is_none() && !is_other() {
                let path = DataPath::keys(&["revisions"]).index(at).key("changes").key(&change.code);
                let fault = Diagnostic::error("unknown-indicator").arg("value", &*change.code);
                faults.add(fault, At::Key(path));
            }
        }
    }
}
