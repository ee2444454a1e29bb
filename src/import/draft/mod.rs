//! From documents to reports: whose, of when, on which form, with which figures.

mod sheets;
mod whose;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::form::{Catalog, Form, FormIx, IndicatorIx};
use crate::model::{Period, Scope, Site};

use super::assign::{self, Extra, Scanned, Stray, Taken};
use super::choose::{self, Forms};
use super::document::{Block, Document, Origin};
use super::labels::Labels;
use super::mapping::Mapping;
use super::outcome::{Entry, EntryKind};
use super::prose;
use super::recognise::{self, Recognised};
use super::scan::{self, Event};
use super::value::Written;
use super::who::Agencies;
use super::wide;

use self::sheets::parts;
use self::whose::single;

/// More rows no form has, with all that may stand around it.
const MOST_ROWS: usize = 5_000;

/// What somebody said on the command line.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The form's id.
    pub form: Option<&'a str>,
    /// The agency's folder below the content.
    pub agency: Option<&'a str>,
    /// The folder in which agencies that the site does not know are made.
    pub folder: &'a str,
    /// The period.
    pub period: Option<Period>,
    /// The heading of the column to take.
    pub column: Option<&'a str>,
    /// What labels mean.
    pub mapping: &'a Mapping,
}

/// A report that could be made of documents.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The agency's folder below the content.
    pub agency: String,
    /// The agency's names, where the site does not know it: the first is the official one.
    pub new_agency: Option<Vec<String>>,
    /// What it covers.
    pub period: Period,
    /// Whether it is about the agency alone, or adds up others.
    pub scope: Scope,
    /// The form it fills in.
    pub form: FormIx,
    /// The title of the document.
    pub title: Option<String>,
    /// The name in that title, which the report's own title does without.
    pub titled_by: Option<String>,
    /// Who signed it.
    pub issuer: Option<String>,
    /// The date it bears.
    pub published: Option<Date>,
    /// The address it was saved from.
    pub url: Option<String>,
    /// Figures of the form.
    pub figures: BTreeMap<IndicatorIx, Written>,
    /// The others.
    pub extras: Vec<Extra>,
    /// Its text, in Markdown.
    pub body: String,
    /// What became of each row and cell.
    pub entries: Vec<Entry>,
    /// The files it was made of.
    pub files: Vec<Arc<str>>,
}

/// What was understood of documents.
#[derive(Clone, Debug, Default)]
pub struct Understood {
    /// The reports, by agency and period.
    pub drafts: Vec<Draft>,
    /// What is to be said of tables as a whole.
    pub notes: Vec<Entry>,
    /// What is in the way; nothing should be written while there is something.
    pub problems: Vec<Diagnostic>,
}

/// Makes reports of documents. Documents of one agency and period are joined.
pub fn understand(documents: &[Document], site: &Site, request: &Request<'_>) -> Understood {
    let catalog = &site.catalog;
    let mut understood = Understood::default();
    let forms = Forms::new(catalog, request.form);
    if forms.all.is_empty() {
        let known = catalog.forms.iter().map(|form| &*form.id).collect::<Vec<_>>().join(", ");
        let fault = Diagnostic::error("import-form-unknown").arg("form", request.form.unwrap_or(""));
        understood.problems.push(fault.help(Message::new("help-known-forms").arg("forms", known)));
        return understood;
    }
    let mut builder = Builder {
        site,
        catalog,
        agencies: Agencies::new(site),
        request,
        known: BTreeMap::new(),
        drafts: BTreeMap::new(),
        notes: Vec::new(),
        problems: Vec::new(),
    };
    for document in documents {
        for part in parts(document, &forms) {
            builder.document(&part, &forms);
        }
    }
    let Builder { drafts, notes, problems, .. } = builder;
    understood.notes = notes;
    understood.problems = problems;
    for mut draft in drafts.into_values() {
        if let Some((_, labels)) = forms.all.iter().find(|(ix, _)| *ix == draft.form) {
            draft.entries.extend(assign::missing(labels, &draft.figures, &draft.entries));
        }
        understood.drafts.push(draft);
    }
    understood
}

struct Builder<'a> {
    site: &'a Site,
    catalog: &'a Catalog,
    agencies: Agencies<'a>,
    request: &'a Request<'a>,
    /// Agencies by the name a wide table gives them: path, and whether it is new.
    known: BTreeMap<String, Option<(String, bool)>>,
    drafts: BTreeMap<(String, Period), Draft>,
    notes: Vec<Entry>,
    problems: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn problem(&mut self, document: &Document, fault: Diagnostic) {
        self.problems.push(fault.at(&document.name, At::File));
    }

    fn document(&mut self, document: &Document, forms: &Forms<'_>) {
        let recognised = recognise::recognise(document);
        let period = self.request.period.or_else(|| single(&recognised.periods));
        let year = period.map(|period| period.year);
        let labels = match forms.choose(document, year, self.request.mapping) {
            choose::Choice::One(at) => at,
            choose::Choice::Several(ids) => {
                let fault = Diagnostic::error("import-form-unclear").arg("forms", ids.join(", "));
                self.problem(document, fault.help(Message::new("help-say-form")));
                return;
            }
            choose::Choice::None => {
                let fault = Diagnostic::error("import-no-table");
                let known =
                    forms.all.iter().map(|(_, labels)| &*labels.form.id).collect::<Vec<_>>().join(", ");
                self.problem(document, fault.help(Message::new("help-known-forms").arg("forms", known)));
                return;
            }
        };
        let Some((form, labels)) = forms.all.get(labels) else { return };
        if let Some(code) = self
            .request
            .mapping
            .codes()
            .find(|code| labels.lines(code).is_empty() && labels.form.find(code).is_none())
        {
            let fault =
                Diagnostic::error("import-mapping-code").arg("code", code).arg("form", &*labels.form.id);
            self.problem(document, fault);
            return;
        }
        let mut shaped = Vec::new();
        for (at, table, titles) in choose::tables(document) {
            let scope = labels.scope(titles);
            if let Some(layout) = wide::layout(table, labels, &scope, self.request.mapping) {
                let (rows, notes) = wide::rows(table, &layout, &document.name, labels, self.catalog);
                self.notes.extend(notes);
                for row in rows {
                    self.wide_row(row, *form, document, &recognised);
                }
                continue;
            }
            let unit = recognised.units.iter().find(|(of, _)| *of == at).map(|(_, unit)| unit.clone());
            let events = scan::scan(table, labels, &self.catalog.units);
            shaped.push(Scanned { file: document.name.clone(), scope, layout: table.layout, unit, events });
        }
        let rows = shaped.iter().map(|table: &Scanned| table.events.len()).sum::<usize>();
        if rows > MOST_ROWS {
            let fault = Diagnostic::error("import-too-many-rows").arg("limit", MOST_ROWS);
            self.problem(document, fault);
        } else if !shaped.is_empty() {
            self.shaped(&shaped, *form, labels, document, &recognised);
        }
    }

    /// Tables in the form's own shape: one report, or one for each year that heads a column.
    fn shaped(
        &mut self,
        tables: &[Scanned],
        form: FormIx,
        labels: &Labels<'_>,
        document: &Document,
        recognised: &Recognised,
    ) {
        let Some((agency, new_agency)) = self.agency_of(document, recognised) else { return };
        let years = years(tables);
        let periods: Vec<Period> =
            if years.len() > 1 && self.request.period.is_none() && self.request.column.is_none() {
                years.iter().map(|year| Period { year: *year, span: crate::model::Span::Year }).collect()
            } else {
                match self.period_of(document, recognised) {
                    Some(period) => vec![period],
                    None => return,
                }
            };
        let stray = stray_labels(document, labels);
        for period in periods {
            let year = years.contains(&period.year).then_some(period.year);
            let choice = assign::Choice { heading: self.request.column, year };
            let taken = assign::assign(tables, labels, self.catalog, self.request.mapping, &choice, &stray);
            let draft = Draft {
                agency: agency.clone(),
                new_agency: new_agency.clone(),
                period,
                scope: Scope::Own,
                form,
                title: recognised.title.clone(),
                titled_by: recognised.titled_by.clone(),
                issuer: recognised.signed_by.clone().or_else(|| recognised.titled_by.clone()),
                published: recognised.published,
                url: document.url.clone(),
                figures: BTreeMap::new(),
                extras: Vec::new(),
                body: prose::markdown(document, recognised),
                entries: Vec::new(),
                files: Vec::new(),
            };
            self.join(draft, taken, document);
        }
    }

    fn wide_row(&mut self, row: wide::Row, form: FormIx, document: &Document, recognised: &Recognised) {
        let named = match (&row.agency, self.request.agency) {
            (_, Some(path)) => Some((path.to_owned(), None)),
            (Some(name), None) => self.named(name, document),
            (None, None) => self.agency_of(document, recognised),
        };
        let Some((agency, new_agency)) = named else { return };
        let Some(period) =
            row.period.or(self.request.period).or_else(|| self.period_of(document, recognised))
        else {
            return;
        };
        let mut taken = Taken { figures: BTreeMap::new(), extras: Vec::new(), entries: row.entries };
        taken.figures.extend(row.figures);
        for (heading, written) in row.others {
            let code = assign::local_code(&heading);
            taken.extras.push(Extra { code, label: Some(heading), unit: None, written });
        }
        let draft = Draft {
            agency,
            new_agency,
            period,
            scope: row.coverage,
            form,
            title: None,
            titled_by: None,
            issuer: None,
            published: None,
            url: document.url.clone(),
            figures: BTreeMap::new(),
            extras: Vec::new(),
            body: String::new(),
            entries: Vec::new(),
            files: Vec::new(),
        };
        self.join(draft, taken, document);
    }

    /// Adds what a document says to the report it belongs to.
    fn join(&mut self, draft: Draft, taken: Taken, document: &Document) {
        let key = (draft.agency.clone(), draft.period);
        let body = draft.body.clone();
        let form = draft.form;
        let known = self.drafts.entry(key).or_insert_with(|| Draft { body: String::new(), ..draft });
        if known.form != form {
            let id = |ix: FormIx| self.catalog.form(ix).map_or("", |form: &Form| &form.id);
            let fault = Diagnostic::error("import-forms-differ")
                .arg("agency", &*known.agency)
                .arg("period", known.period.to_string())
                .arg("first", id(known.form))
                .arg("second", id(form));
            self.problems.push(fault.at(&document.name, At::File));
            return;
        }
        if known.files.last() != Some(&document.name) {
            known.files.push(document.name.clone());
        }
        if !body.is_empty() {
            if !known.body.is_empty() {
                known.body.push_str("\n\n");
            }
            known.body.push_str(&body);
        }
        let mut twice: BTreeSet<Box<str>> = BTreeSet::new();
        for (ix, written) in taken.figures {
            match known.figures.get(&ix) {
                Some(other) if other.text != written.text => {
                    let code = self
                        .catalog
                        .form(form)
                        .and_then(|form| form.indicator(ix))
                        .map(|indicator| indicator.code.clone());
                    twice.extend(code);
                }
                Some(_) => {}
                None => {
                    known.figures.insert(ix, written);
                }
            }
        }
        for entry in taken.entries {
            let is_twice = entry.code.as_ref().is_some_and(|code| twice.contains(code));
            let kind = if is_twice { EntryKind::Twice } else { entry.kind };
            known.entries.push(Entry { kind, ..entry });
        }
        for extra in taken.extras {
            if known.extras.iter().all(|other| other.code != extra.code) {
                known.extras.push(extra);
            }
        }
    }
}

/// Paragraphs that are labels of rows.
fn stray_labels(document: &Document, labels: &Labels<'_>) -> Vec<Stray> {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Text(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    });
    let is_row = |text: &str| match labels.lines(text) {
        [line] => labels.lines.get(*line).is_some_and(|line| line.figures().next().is_some()),
        _ => false,
    };
    paragraphs
        .filter(|paragraph| paragraph.plain.len() < 200 && is_row(&paragraph.plain))
        .map(|paragraph| Stray {
            origin: Origin { file: document.name.clone(), place: paragraph.place.clone() },
            text: paragraph.plain.clone(),
        })
        .collect()
}

/// The years that head columns with figures.
fn years(tables: &[Scanned]) -> BTreeSet<i16> {
    let mut found = BTreeSet::new();
    for event in tables.iter().flat_map(|table| &table.events) {
        let Event::Row(group) = event else { continue };
        for value in &group.values {
            let heads = group.header.texts.get(value.index).map_or(&[][..], Vec::as_slice);
            found.extend(heads.iter().filter_map(|head| scan::year(head)));
        }
    }
    found
}
