//! Composes a report file: front matter in the form's order, then the text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::form::{Form, IndicatorIx, SectionBody};
use crate::import::extract::ExtractedReport;
use crate::import::log::{LogEntry, LogKind};
use crate::import::matching::ExtraFigure;
use crate::import::matching::TranscribedFigure;
use crate::model::Scope;
use crate::scaffold;
use crate::scaffold::scalar::{Style, is_printable, scalar};

/// Returns the file of a report.
pub fn report(extracted: &ExtractedReport, form: &Form) -> String {
    let mut out = String::from("---\n");
    key(&mut out, 0, "title", &title(extracted, form));
    key(&mut out, 0, "form", &form.id);
    key(&mut out, 0, "period", &extracted.period.to_string());
    if extracted.scope != Scope::Own {
        key(&mut out, 0, "scope", extracted.scope.name());
    }
    if let Some(date) = extracted.published {
        key(&mut out, 0, "published", &date.to_string());
    }
    let source = [("title", &extracted.title), ("issuer", &extracted.issuer), ("url", &extracted.url)];
    if source.iter().any(|(_, value)| value.is_some()) {
        out.push_str("source:\n");
        for (name, value) in source {
            if let Some(value) = value {
                key(&mut out, 2, name, value);
            }
        }
    }
    out.push_str("statistics:\n");
    statistics(&mut out, extracted, form);
    notes(&mut out, extracted, form);
    locals(&mut out, extracted);
    out.push_str("---\n");
    if !extracted.body.is_empty() {
        let _ = write!(out, "\n{}\n", extracted.body.trim());
    }
    out
}

fn key(out: &mut String, indent: usize, name: &str, value: &str) {
    let _ = writeln!(out, "{:indent$}{name}: {}", "", scalar(value, Style::Block));
}

/// Returns the document's title without the agency's name, or else the usual title.
fn title(extracted: &ExtractedReport, form: &Form) -> String {
    if let Some(title) = &extracted.title {
        let own = extracted.titled_by.as_deref().map(|name| title.replacen(name, "", 1));
        let own = own.as_deref().unwrap_or(title).trim().trim_start_matches("关于").trim();
        return own.to_owned();
    }
    scaffold::title(form, extracted.period)
}

fn statistics(out: &mut String, extracted: &ExtractedReport, form: &Form) {
    let mut comments = Comments::new(&extracted.entries);
    for section in &form.sections {
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                for ix in indicators {
                    let indicator = &form[*ix];
                    if let Some(written) = extracted.figures.get(ix) {
                        line(out, &indicator.code, written);
                    }
                    comments.write(out, &indicator.code);
                }
            }
            SectionBody::Table(table) => {
                for row in &table.rows {
                    if let Some(first) = row.first {
                        let columns: Vec<&str> = table.columns.iter().map(|column| &*column.code).collect();
                        cells(out, &row.code, first, &columns, &extracted.figures);
                        for column in &columns {
                            comments.write(out, &format!("{}__{column}", row.code));
                        }
                    }
                    comments.write(out, &row.code);
                }
            }
        }
    }
    for ExtraFigure { code, written, .. } in &extracted.extras {
        line(out, code, written);
    }
    comments.rest(out);
}

fn line(out: &mut String, code: &str, written: &TranscribedFigure) {
    let value = figure(written, Style::Block);
    let space = if value.is_empty() { "" } else { " " };
    let _ = writeln!(out, "  {code}:{space}{value}");
}

/// Writes a row of a table: a sequence if it has every cell, else a mapping.
fn cells(
    out: &mut String,
    code: &str,
    first: IndicatorIx,
    columns: &[&str],
    figures: &BTreeMap<IndicatorIx, TranscribedFigure>,
) {
    let cell = |at: usize| figures.get(&IndicatorIx(first.0 + at as u16));
    let given: Vec<(&str, &TranscribedFigure)> =
        columns.iter().enumerate().filter_map(|(at, column)| Some((*column, cell(at)?))).collect();
    if given.is_empty() {
        return;
    }
    let shown = |written: &TranscribedFigure| {
        if *written == TranscribedFigure::default() { "~".to_owned() } else { figure(written, Style::Flow) }
    };
    if given.len() < columns.len() {
        let cells: Vec<String> =
            given.iter().map(|(column, written)| format!("{column}: {}", shown(written))).collect();
        let _ = writeln!(out, "  {code}: {{{}}}", cells.join(", "));
    } else if given.iter().all(|(_, written)| **written == TranscribedFigure::default()) {
        let _ = writeln!(out, "  {code}:");
    } else {
        let cells: Vec<String> = given.iter().map(|(_, written)| shown(written)).collect();
        let _ = writeln!(out, "  {code}: [{}]", cells.join(", "));
    }
}

/// Returns a figure as a scalar, or as a mapping if it has a unit or is cumulative.
pub(super) fn figure(written: &TranscribedFigure, style: Style) -> String {
    let plain = |style| if written.text.is_empty() { "~".into() } else { scalar(&written.text, style) };
    if written.unit.is_none() && !written.cumulative {
        return if written.text.is_empty() && style == Style::Block {
            String::new()
        } else {
            plain(style).into_owned()
        };
    }
    let mut parts = vec![format!("value: {}", plain(Style::Flow))];
    parts.extend(written.unit.as_deref().map(|unit| format!("unit: {}", scalar(unit, Style::Flow))));
    parts.extend(written.cumulative.then(|| "cumulative: true".to_owned()));
    format!("{{{}}}", parts.join(", "))
}

fn notes(out: &mut String, extracted: &ExtractedReport, form: &Form) {
    let own = extracted
        .figures
        .iter()
        .filter_map(|(ix, written)| Some((&*form[*ix].code, written.note.as_deref()?)));
    let others =
        extracted.extras.iter().filter_map(|extra| Some((&*extra.code, extra.written.note.as_deref()?)));
    let notes: Vec<_> = own.chain(others).collect();
    if !notes.is_empty() {
        out.push_str("notes:\n");
    }
    for (code, note) in notes {
        key(out, 2, code, note);
    }
}

fn locals(out: &mut String, extracted: &ExtractedReport) {
    let mut is_first = true;
    for extra in &extracted.extras {
        let Some(label) = &extra.label else { continue };
        if std::mem::take(&mut is_first) {
            out.push_str("local:\n");
        }
        let label = scalar(label, Style::Flow);
        let unit = extra
            .unit
            .as_deref()
            .map_or(String::new(), |unit| format!(", unit: {}", scalar(unit, Style::Flow)));
        let _ = writeln!(out, "  {}: {{label: {label}{unit}}}", extra.code);
    }
}

/// What was read but is no figure, kept as comments beside the figures.
struct Comments<'a> {
    entries: Vec<&'a LogEntry>,
    written: BTreeSet<usize>,
}

impl<'a> Comments<'a> {
    fn new(entries: &'a [LogEntry]) -> Self {
        let is_kept = |entry: &&LogEntry| {
            matches!(
                entry.kind,
                LogKind::Unreadable | LogKind::Lost | LogKind::Twice | LogKind::Ambiguous | LogKind::Unused
            )
        };
        Self { entries: entries.iter().filter(is_kept).collect(), written: BTreeSet::new() }
    }

    fn write(&mut self, out: &mut String, code: &str) {
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.code.as_deref() == Some(code) && self.written.insert(at) {
                comment(out, entry);
            }
        }
    }

    fn rest(&mut self, out: &mut String) {
        for (at, entry) in self.entries.iter().enumerate() {
            if self.written.insert(at) {
                comment(out, entry);
            }
        }
    }
}

/// Writes `# unreadable: requests_total: 未收到`.
fn comment(out: &mut String, entry: &LogEntry) {
    let one_line = |text: &str| {
        let shown: String =
            text.chars().filter(|c| is_printable(*c) || c.is_whitespace()).take(300).collect();
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let name = entry.code.as_deref().map_or_else(|| one_line(&entry.label), ToOwned::to_owned);
    let _ = writeln!(out, "  # {}: {name}: {}", entry.kind.name(), one_line(&entry.text));
}
