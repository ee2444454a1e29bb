//! A report's file: front matter in the form's order, then the text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::form::{Form, IndicatorIx, SectionBody};
use crate::model::Scope;
use crate::scaffold;
use crate::scaffold::scalar::{Style, is_printable, scalar};

use super::assign::Extra;
use super::draft::Draft;
use super::outcome::{Entry, EntryKind};
use super::value::Written;

/// The file of a report.
pub fn report(draft: &Draft, form: &Form) -> String {
    let mut out = String::from("---\n");
    key(&mut out, 0, "title", &title(draft, form));
    key(&mut out, 0, "form", &form.id);
    key(&mut out, 0, "period", &draft.period.to_string());
    if draft.scope != Scope::Own {
        key(&mut out, 0, "scope", draft.scope.name());
    }
    if let Some(date) = draft.published {
        key(&mut out, 0, "published", &date.to_string());
    }
    let source = [("title", &draft.title), ("issuer", &draft.issuer), ("url", &draft.url)];
    if source.iter().any(|(_, value)| value.is_some()) {
        out.push_str("source:\n");
        for (name, value) in source {
            if let Some(value) = value {
                key(&mut out, 2, name, value);
            }
        }
    }
    out.push_str("statistics:\n");
    statistics(&mut out, draft, form);
    notes(&mut out, draft, form);
    locals(&mut out, draft);
    out.push_str("---\n");
    if !draft.body.is_empty() {
        let _ = write!(out, "\n{}\n", draft.body.trim());
    }
    out
}

fn key(out: &mut String, indent: usize, name: &str, value: &str) {
    let _ = writeln!(out, "{:indent$}{name}: {}", "", scalar(value, Style::Block));
}

/// The document's title without the agency's name; where it has none, the usual one.
fn title(draft: &Draft, form: &Form) -> String {
    if let Some(title) = &draft.title {
        let own = draft.titled_by.as_deref().map(|name| title.replacen(name, "", 1));
        let own = own.as_deref().unwrap_or(title).trim().trim_start_matches("关于").trim();
        return own.to_owned();
    }
    scaffold::title(form, draft.period)
}

fn statistics(out: &mut String, draft: &Draft, form: &Form) {
    let mut comments = Comments::new(&draft.entries);
    for section in &form.sections {
        match &section.body {
            SectionBody::Prose => {}
            SectionBody::List(indicators) => {
                for ix in indicators {
                    let Some(indicator) = form.indicator(*ix) else { continue };
                    if let Some(written) = draft.figures.get(ix) {
                        let value = figure(written, Style::Block);
                        let space = if value.is_empty() { "" } else { " " };
                        let _ = writeln!(out, "  {}:{space}{value}", indicator.code);
                    }
                    comments.write(out, &indicator.code);
                }
            }
            SectionBody::Table(table) => {
                for row in &table.rows {
                    if let Some(first) = row.first {
                        let columns: Vec<&str> = table.columns.iter().map(|column| &*column.code).collect();
                        cells(out, &row.code, first, &columns, &draft.figures);
                        for column in &columns {
                            comments.write(out, &format!("{}__{column}", row.code));
                        }
                    }
                    comments.write(out, &row.code);
                }
            }
        }
    }
    for Extra { code, written, .. } in &draft.extras {
        let value = figure(written, Style::Block);
        let space = if value.is_empty() { "" } else { " " };
        let _ = writeln!(out, "  {code}:{space}{value}");
    }
    comments.rest(out);
}

/// A row of a table: a sequence where every cell is there, else a mapping.
fn cells(
    out: &mut String,
    code: &str,
    first: IndicatorIx,
    columns: &[&str],
    figures: &BTreeMap<IndicatorIx, Written>,
) {
    let cell = |at: usize| figures.get(&IndicatorIx(first.0 + at as u16));
    let given: Vec<(&str, &Written)> =
        columns.iter().enumerate().filter_map(|(at, column)| Some((*column, cell(at)?))).collect();
    if given.is_empty() {
        return;
    }
    let shown = |written: &Written| {
        if *written == Written::default() { "~".to_owned() } else { figure(written, Style::Flow) }
    };
    if given.len() < columns.len() {
        let cells: Vec<String> =
            given.iter().map(|(column, written)| format!("{column}: {}", shown(written))).collect();
        let _ = writeln!(out, "  {code}: {{{}}}", cells.join(", "));
    } else if given.iter().all(|(_, written)| **written == Written::default()) {
        let _ = writeln!(out, "  {code}:");
    } else {
        let cells: Vec<String> = given.iter().map(|(_, written)| shown(written)).collect();
        let _ = writeln!(out, "  {code}: [{}]", cells.join(", "));
    }
}

/// A figure as a scalar, or as a mapping where it carries a unit.
pub(super) fn figure(written: &Written, style: Style) -> String {
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

fn notes(out: &mut String, draft: &Draft, form: &Form) {
    let own = draft
        .figures
        .iter()
        .filter_map(|(ix, written)| Some((&*form.indicator(*ix)?.code, written.note.as_deref()?)));
    let others = draft.extras.iter().filter_map(|extra| Some((&*extra.code, extra.written.note.as_deref()?)));
    let notes: Vec<_> = own.chain(others).collect();
    if !notes.is_empty() {
        out.push_str("notes:\n");
    }
    for (code, note) in notes {
        key(out, 2, code, note);
    }
}

fn locals(out: &mut String, draft: &Draft) {
    let mut is_first = true;
    for extra in &draft.extras {
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

/// What was read but is no figure: kept beside the figures as comments.
struct Comments<'a> {
    entries: Vec<&'a Entry>,
    written: BTreeSet<usize>,
}

impl<'a> Comments<'a> {
    fn new(entries: &'a [Entry]) -> Self {
        let is_kept = |entry: &&Entry| {
            matches!(
                entry.kind,
                EntryKind::Unreadable
                    | EntryKind::Lost
                    | EntryKind::Twice
                    | EntryKind::Ambiguous
                    | EntryKind::Unused
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

/// `# ? requests_total 未收到 (unreadable)`.
fn comment(out: &mut String, entry: &Entry) {
    let one_line = |text: &str| {
        let shown: String =
            text.chars().filter(|c| is_printable(*c) || c.is_whitespace()).take(300).collect();
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let name = entry.code.as_deref().map_or_else(|| one_line(&entry.label), ToOwned::to_owned);
    let _ = writeln!(out, "  # {}: {name}: {}", entry.kind.name(), one_line(&entry.text));
}
