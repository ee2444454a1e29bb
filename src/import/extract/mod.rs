//! From documents to reports: recognises each document, matches its tables, and joins what belongs
//! to one agency and period.

mod attribution;
mod body;
mod report;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::form::{Catalog, FormIx};
use crate::model::{Period, Scope, Site, Span};

use super::document::{FileLocator, InputDocument};
use super::log::{LogEntry, LogKind};
use super::matching::assign::{self, Assignment, ColumnChoice, ScannedTable, StrayLabel};
use super::matching::labels::Labels;
use super::matching::rows::{self, TableItem};
use super::matching::{ExtraFigure, TranscribedFigure, column_roles, wide_table};
use super::recognise::form_match::{self, CandidateForms, FormMatch};
use super::recognise::metadata::{self, DocumentMetadata};

use self::attribution::{AttributedAgency, Attribution};

pub use self::report::{ExtractedReport, Extraction, ImportRequest};

/// The maximum number of rows in a document's tables.
const MAX_ROWS: usize = 5_000;
/// The maximum length of a paragraph that may be the label of a row, in bytes.
const MAX_STRAY_BYTES: usize = 200;

/// Makes reports of documents. Documents of one agency and period are joined.
pub fn extract(documents: &[InputDocument], site: &Site, request: &ImportRequest<'_>) -> Extraction {
    let catalog = &site.catalog;
    let forms = CandidateForms::new(catalog, request.form);
    if forms.all.is_empty() {
        let known = catalog.forms.iter().map(|form| &*form.id).collect::<Vec<_>>().join(", ");
        let fault = Diagnostic::error("import-form-unknown").arg("form", request.form.unwrap_or(""));
        let problem = fault.help(Message::new("help-known-forms").arg("forms", known));
        return Extraction { problems: vec![problem], ..Extraction::default() };
    }
    let mut extractor = Extractor {
        catalog,
        request,
        attribution: Attribution::new(site, request),
        reports: BTreeMap::new(),
        notes: Vec::new(),
        problems: Vec::new(),
    };
    for document in documents {
        for part in sheets::split(document, &forms) {
            extractor.document(&part, &forms);
        }
    }
    let mut reports: Vec<ExtractedReport> = extractor.reports.into_values().collect();
    for report in &mut reports {
        if let Some((_, labels)) = forms.all.iter().find(|(ix, _)| *ix == report.form) {
            report.entries.extend(assign::missing(labels, &report.figures, &report.entries));
        }
    }
    Extraction { reports, notes: extractor.notes, problems: extractor.problems }
}

struct Extractor<'a> {
    catalog: &'a Catalog,
    request: &'a ImportRequest<'a>,
    attribution: Attribution<'a>,
    reports: BTreeMap<(String, Period), ExtractedReport>,
    notes: Vec<LogEntry>,
    problems: Vec<Diagnostic>,
}

impl Extractor<'_> {
    fn problem(&mut self, document: &InputDocument, fault: Diagnostic) {
        self.problems.push(fault.at(&document.name, At::File));
    }

    /// Returns the value, or reports the problem.
    fn or_problem<T>(&mut self, document: &InputDocument, found: Result<T, Diagnostic>) -> Option<T> {
        found.map_err(|fault| self.problem(document, fault)).ok()
    }

    fn document(&mut self, document: &InputDocument, forms: &CandidateForms<'_>) {
        let metadata = metadata::find(document);
        let mapping = self.request.mapping;
        let year = self.request.period.or_else(|| metadata.period()).map(|period| period.year);
        let (form, labels) = match forms.find(document, year, mapping) {
            FormMatch::One(form, labels) => (form, labels),
            FormMatch::Several(ids) => {
                let fault = Diagnostic::error("import-form-unclear").arg("forms", ids.join(", "));
                self.problem(document, fault.help(Message::new("help-say-form")));
                return;
            }
            FormMatch::None => {
                let known = forms.all.iter().map(|(_, labels)| &*labels.form.id);
                let known =
                    Message::new("help-known-forms").arg("forms", known.collect::<Vec<_>>().join(", "));
                self.problem(document, Diagnostic::error("import-no-table").help(known));
                return;
            }
        };
        let is_unknown = |code: &&str| labels.lines(code).is_empty() && labels.form.find(code).is_none();
        if let Some(code) = mapping.codes().find(is_unknown) {
            let fault = Diagnostic::error("import-mapping-code").arg("code", code);
            self.problem(document, fault.arg("form", &*labels.form.id));
            return;
        }
        let mut scanned: Vec<ScannedTable> = Vec::new();
        for (at, table, titles) in form_match::tables(document) {
            let part = labels.part_named(titles);
            if let Some(layout) = wide_table::layout(table, labels, &part, mapping) {
                let (rows, notes) = wide_table::rows(table, &layout, &document.name, labels, self.catalog);
                self.notes.extend(notes);
                for row in rows {
                    self.wide_row(row, form, document, &metadata);
                }
                continue;
            }
            let unit = metadata.units.iter().find(|(of, _)| *of == at).map(|(_, unit)| unit.clone());
            let items = rows::scan(table, labels, &self.catalog.units);
            scanned.push(ScannedTable { file: document.name.clone(), part, shape: table.shape, unit, items });
        }
        if scanned.iter().map(|table| table.items.len()).sum::<usize>() > MAX_ROWS {
            let fault = Diagnostic::error("import-too-many-rows").arg("limit", MAX_ROWS);
            self.problem(document, fault);
        } else if !scanned.is_empty() {
            self.tables(&scanned, form, labels, document, &metadata);
        }
    }

    /// Handles tables in the form's own shape: one report, or one for each year that heads a column.
    fn tables(
        &mut self,
        tables: &[ScannedTable],
        form: FormIx,
        labels: &Labels<'_>,
        document: &InputDocument,
        metadata: &DocumentMetadata,
    ) {
        let agency = self.attribution.agency(metadata);
        let Some(agency) = self.or_problem(document, agency) else { return };
        let years = years(tables);
        let is_for_each_year =
            years.len() > 1 && self.request.period.is_none() && self.request.column.is_none();
        let periods: Vec<Period> = if is_for_each_year {
            years.iter().map(|year| Period { year: *year, span: Span::Year }).collect()
        } else {
            let period = self.attribution.period(document, metadata);
            self.or_problem(document, period).into_iter().collect()
        };
        let stray = stray_labels(document, labels);
        for period in periods {
            let year = years.contains(&period.year).then_some(period.year);
            let choice = ColumnChoice { heading: self.request.column, year };
            let assignment =
                assign::assign(tables, labels, self.catalog, self.request.mapping, &choice, &stray);
            let report = ExtractedReport {
                title: metadata.title.clone(),
                titled_by: metadata.titled_by.clone(),
                issuer: metadata.signed_by.clone().or_else(|| metadata.titled_by.clone()),
                published: metadata.published,
                body: body::markdown(document, metadata),
                ..empty_report(agency.clone(), period, Scope::Own, form, document)
            };
            self.join(report, assignment, document);
        }
    }

    fn wide_row(
        &mut self,
        row: wide_table::WideRow,
        form: FormIx,
        document: &InputDocument,
        metadata: &DocumentMetadata,
    ) {
        let agency = match (&row.agency, self.request.agency) {
            (_, Some(path)) => Ok(Some((path.to_owned(), None))),
            (Some(name), None) => self.attribution.agency_named(name),
            (None, None) => self.attribution.agency(metadata).map(Some),
        };
        let Some(agency) = self.or_problem(document, agency).flatten() else { return };
        let period = match row.period {
            Some(period) => Ok(period),
            None => self.attribution.period(document, metadata),
        };
        let Some(period) = self.or_problem(document, period) else { return };
        let extra = |(heading, written): (String, TranscribedFigure)| ExtraFigure {
            code: assign::local_code(&heading),
            label: Some(heading),
            unit: None,
            written,
        };
        let assignment = Assignment {
            figures: row.figures.into_iter().collect(),
            extras: row.others.into_iter().map(extra).collect(),
            entries: row.entries,
        };
        self.join(empty_report(agency, period, row.scope, form, document), assignment, document);
    }

    /// Adds what a document says to the report it belongs to.
    fn join(&mut self, report: ExtractedReport, assignment: Assignment, document: &InputDocument) {
        let key = (report.agency.clone(), report.period);
        let body = report.body.clone();
        let form = report.form;
        let known =
            self.reports.entry(key).or_insert_with(|| ExtractedReport { body: String::new(), ..report });
        if known.form != form {
            let fault = Diagnostic::error("import-forms-differ")
                .arg("agency", &*known.agency)
                .arg("period", known.period.to_string())
                .arg("first", &*self.catalog[known.form].id)
                .arg("second", &*self.catalog[form].id);
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
        for (ix, written) in assignment.figures {
            let first = known.figures.entry(ix).or_insert_with(|| written.clone());
            if first.text != written.text {
                twice.insert(self.catalog[form][ix].code.clone());
            }
        }
        for entry in assignment.entries {
            let is_twice = entry.code.as_ref().is_some_and(|code| twice.contains(code));
            let kind = if is_twice { LogKind::Twice } else { entry.kind };
            known.entries.push(LogEntry { kind, ..entry });
        }
        for extra in assignment.extras {
            if known.extras.iter().all(|other| other.code != extra.code) {
                known.extras.push(extra);
            }
        }
    }
}

fn empty_report(
    (agency, new_agency): AttributedAgency,
    period: Period,
    scope: Scope,
    form: FormIx,
    document: &InputDocument,
) -> ExtractedReport {
    ExtractedReport {
        agency,
        new_agency,
        period,
        scope,
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
    }
}

/// Returns the paragraphs that are labels of rows.
fn stray_labels(document: &InputDocument, labels: &Labels<'_>) -> Vec<StrayLabel> {
    let is_row = |text: &str| match labels.lines(text) {
        [line] => labels.lines[*line].indicators().next().is_some(),
        _ => false,
    };
    let paragraphs = document.paragraphs().map(|(_, paragraph)| paragraph);
    paragraphs
        .filter(|paragraph| paragraph.plain.len() < MAX_STRAY_BYTES && is_row(&paragraph.plain))
        .map(|paragraph| StrayLabel {
            origin: FileLocator { file: document.name.clone(), place: paragraph.place.clone() },
            text: paragraph.plain.clone(),
        })
        .collect()
}

/// Returns the years that head columns with figures.
fn years(tables: &[ScannedTable]) -> BTreeSet<i16> {
    let mut found = BTreeSet::new();
    for item in tables.iter().flat_map(|table| &table.items) {
        let TableItem::Row(row) = item else { continue };
        for value in &row.values {
            found.extend(row.headings.above(value.index).iter().filter_map(|head| column_roles::year(head)));
        }
    }
    found
}
