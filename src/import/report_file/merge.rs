//! Merges figures into a report file that is there already.
//!
//! An editor's work in the file stays: text, notes, comments, order. Only the figures that differ are
//! replaced, and a revision records it.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use crate::base::diagnostic::{At, DataPath, Step};
use crate::base::source::Source;
use crate::figure::{self, Figure, Units, Value};
use crate::form::{Form, IndicatorIx};
use crate::import::extract::ExtractedReport;
use crate::import::matching::TranscribedFigure;
use crate::load;
use crate::model::Report;
use crate::scaffold::scalar::{Style, scalar};

use super::compose;

/// A figure that differs between a report and an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The indicator, if the form has it.
    pub indicator: Option<IndicatorIx>,
    /// Its code.
    pub code: String,
    /// The figure in the report; `None` if it was not transcribed.
    pub from: Option<String>,
    /// The figure in the import.
    pub to: TranscribedFigure,
}

/// Why a report cannot be changed in place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the figure `{0}` cannot be changed in place")]
pub struct MergeError(pub String);

/// Returns what an import would change in a report. Figures that only the report has stay.
pub(super) fn differences(
    report: &Report,
    extracted: &ExtractedReport,
    form: &Form,
    units: &Units,
) -> Vec<Difference> {
    let difference = |indicator, code: &str, known: Option<&Figure>, to: &TranscribedFigure, unit| {
        let is_same = known.is_some_and(|known| says(known, to, unit, units));
        let from = known.map(shown);
        (!is_same).then(|| Difference { indicator, code: code.to_owned(), from, to: to.clone() })
    };
    let own = extracted.figures.iter().filter_map(|(ix, written)| {
        let indicator = &form[*ix];
        difference(Some(*ix), &indicator.code, report.figure(*ix), written, indicator.unit.as_deref())
    });
    let others = extracted.extras.iter().filter_map(|extra| {
        let known = report.other(&extra.code);
        let unit = known.and_then(|known| known.unit.as_deref()).or(extra.unit.as_deref());
        difference(None, &extra.code, known.map(|known| &known.figure), &extra.written, unit)
    });
    own.chain(others).collect()
}

/// Returns whether a figure of a report equals one of an import.
fn says(known: &Figure, written: &TranscribedFigure, asked: Option<&str>, units: &Units) -> bool {
    let Ok(parsed) = figure::parse(&written.text) else { return false };
    let unit = parsed.unit.as_deref().or(written.unit.as_deref());
    let convert = |number| match (unit, asked) {
        (Some(from), Some(to)) => units.convert(number, from, to).ok(),
        _ => Some(number),
    };
    let value = match parsed.value {
        Value::Number(number) => convert(number).map(Value::Number),
        Value::Approximate(bound, number) => convert(number).map(|number| Value::Approximate(bound, number)),
        other => Some(other),
    };
    value.as_ref() == Some(&known.value)
}

/// Formats a figure for the revision log.
fn shown(figure: &Figure) -> String {
    match (&figure.value, figure.written()) {
        (_, Some(written)) => written.to_owned(),
        (Value::Number(number) | Value::Approximate(_, number), None) => number.to_string(),
        (Value::NotApplicable, None) => "n/a".to_owned(),
        (Value::Blank, None) => String::new(),
    }
}

/// Changes the figures in a report's file and adds a revision.
pub(super) fn revise(
    source: &Source,
    form: &Form,
    differences: &[Difference],
    date: Date,
    why: &str,
) -> Result<String, MergeError> {
    let mut edits = Edits { source, form, replaced: Vec::new(), inserted: BTreeMap::new() };
    let mut rows: BTreeMap<Box<str>, Vec<&Difference>> = BTreeMap::new();
    for difference in differences {
        let row =
            difference.indicator.map(|ix| form.data_path(ix)).and_then(|path| match path.0.as_slice() {
                [_, Step::Key(row), Step::Column(..)] => Some(row.clone()),
                _ => None,
            });
        match row {
            Some(row) => rows.entry(row).or_default().push(difference),
            None => {
                let value = compose::figure(&difference.to, Style::Block);
                edits.set(&difference.code, difference.indicator, &value)?;
            }
        }
    }
    for (row, changes) in rows {
        let value = edits.row(&row, &changes).ok_or_else(|| MergeError(row.to_string()))?;
        edits.set(&row, changes.first().and_then(|change| change.indicator), &value)?;
    }
    edits.log(differences, date, why)?;
    let text = edits.apply();
    let revised = Source::new(source.path().clone(), text);
    let is_there = |key: &str| load::locate(&revised, &At::Key(DataPath::keys(&[key]))).is_some();
    if is_there("statistics") && is_there("revisions") {
        Ok(revised.text().to_owned())
    } else {
        Err(MergeError("revisions".to_owned()))
    }
}

struct Edits<'a> {
    source: &'a Source,
    form: &'a Form,
    replaced: Vec<(Range<usize>, String)>,
    /// New lines, by the byte offset they are inserted at.
    inserted: BTreeMap<usize, String>,
}

impl Edits<'_> {
    fn text(&self, range: &Range<usize>) -> &str {
        self.source.text().get(range.clone()).unwrap_or("")
    }

    fn key(&self, path: &DataPath) -> Option<Range<usize>> {
        let found = load::locate(self.source, &At::Key(path.clone()))?;
        // `locate` follows a path as far as it goes; it may have found the mapping around the key.
        let name = path.0.last().map(|step| match step {
            Step::Key(key) | Step::Column(key, _) => &**key,
            Step::Index(_) => "",
        });
        (Some(self.text(&found).trim_matches(['"', '\''])) == name).then_some(found)
    }

    /// Returns the value at a path; `None` if it is empty.
    fn value(&self, path: &DataPath) -> Option<Range<usize>> {
        let value = load::locate(self.source, &At::Value(path.clone()))?;
        let is_empty = load::locate(self.source, &At::Key(path.clone())) == Some(value.clone());
        let end = value.start + flow_length(self.text(&value));
        (!is_empty).then_some(value.start..end)
    }

    /// Sets a key of `statistics`.
    fn set(&mut self, code: &str, indicator: Option<IndicatorIx>, value: &str) -> Result<(), MergeError> {
        let path = statistics(code);
        let Some(key) = self.key(&path) else { return self.insert(code, indicator, value) };
        match self.value(&path) {
            Some(range) => self.replaced.push((range, value.to_owned())),
            None if value.is_empty() => {}
            None => {
                let after = self.source.text().get(key.end..).unwrap_or("");
                let colon =
                    after.find(':').filter(|at| after.get(..*at).is_some_and(|gap| gap.trim().is_empty()));
                let at = key.end + colon.ok_or_else(|| MergeError(code.to_owned()))? + 1;
                // `key: ~` is empty too.
                let rest = self.source.text().get(at..).unwrap_or("");
                let mark = rest.trim_start_matches(' ');
                let gap = rest.len() - mark.len();
                let old = if mark.starts_with('~') { gap + 1 } else { 0 };
                self.replaced.push((at..at + old, format!(" {value}")));
            }
        }
        Ok(())
    }

    /// Inserts a line after the nearest one that precedes it in the form.
    fn insert(&mut self, code: &str, indicator: Option<IndicatorIx>, value: &str) -> Result<(), MergeError> {
        let fail = || MergeError(code.to_owned());
        let before = indicator.map_or(u16::MAX, |ix| ix.0);
        let mut codes: Vec<Box<str>> = Vec::new();
        for (ix, _) in self.form.figures().filter(|(ix, _)| ix.0 < before) {
            if let Some(Step::Key(key)) = self.form.data_path(ix).0.get(1)
                && codes.last() != Some(key)
            {
                codes.push(key.clone());
            }
        }
        let neighbour = codes.iter().rev().find_map(|code| {
            let path = statistics(code);
            let key = self.key(&path)?;
            Some((key.clone(), self.value(&path).unwrap_or(key).end))
        });
        let (column, end) = match neighbour {
            Some((key, end)) => (self.source.position(key.start).column as usize - 1, end),
            None => {
                let key = self.key(&DataPath::keys(&["statistics"])).ok_or_else(fail)?;
                (2, key.end)
            }
        };
        let at = self.line_end(end);
        let space = if value.is_empty() { "" } else { " " };
        let line = format!("{:column$}{code}:{space}{value}\n", "");
        self.insert_at(at, &line);
        Ok(())
    }

    fn insert_at(&mut self, at: usize, lines: &str) {
        self.inserted.entry(at).or_default().push_str(lines);
    }

    fn line_end(&self, at: usize) -> usize {
        let text = self.source.text();
        text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1)
    }

    /// Returns the value of a table's row with some cells changed.
    fn row(&self, row: &str, changes: &[&Difference]) -> Option<String> {
        let (table, line) = self.form.row(row)?;
        let first = line.first?;
        let cells = table.columns.iter().enumerate().map(|(at, column)| {
            let ix = IndicatorIx(first.0 + at as u16);
            if let Some(change) = changes.iter().find(|change| change.indicator == Some(ix)) {
                return Some(match compose::figure(&change.to, Style::Flow) {
                    empty if empty.is_empty() => "~".to_owned(),
                    value => value,
                });
            }
            self.cell(row, &column.code, at)
        });
        let cells: Vec<Option<String>> = cells.collect();
        if cells.iter().all(Option::is_some) {
            return Some(format!("[{}]", cells.into_iter().flatten().collect::<Vec<_>>().join(", ")));
        }
        let named = table
            .columns
            .iter()
            .zip(cells)
            .filter_map(|(column, cell)| Some(format!("{}: {}", column.code, cell?)));
        Some(format!("{{{}}}", named.collect::<Vec<_>>().join(", ")))
    }

    /// Returns a cell as it is written; `None` if it was not transcribed.
    fn cell(&self, row: &str, column: &str, at: usize) -> Option<String> {
        let row_path = statistics(row);
        self.key(&row_path)?;
        let Some(value) = self.value(&row_path) else { return Some("~".to_owned()) };
        let mut path = row_path;
        path.0.push(Step::Column(column.into(), at));
        let found = load::locate(self.source, &At::Value(path.clone()))?;
        if found == value || found.start < value.start || found.end > value.end {
            // In a sequence an empty cell has no place of its own; in a mapping the cell is not there.
            return self.text(&value).starts_with('[').then(|| "~".to_owned());
        }
        let text = self.text(&found);
        Some(if text == column { "~".to_owned() } else { text.to_owned() })
    }

    fn log(&mut self, differences: &[Difference], date: Date, why: &str) -> Result<(), MergeError> {
        let shown = |text: &str| match text {
            "" => "~".to_owned(),
            text => scalar(text, Style::Flow).into_owned(),
        };
        let changes: Vec<String> = differences
            .iter()
            .map(|change| {
                let to = match &change.to.unit {
                    Some(unit) => format!("{}{unit}", change.to.text),
                    None => change.to.text.clone(),
                };
                let from = shown(change.from.as_deref().unwrap_or(""));
                format!("{}: {{from: {from}, to: {}}}", change.code, shown(&to))
            })
            .collect();
        let entry = format!(
            "{{date: {date}, why: {}, changes: {{{}}}}}",
            scalar(why, Style::Flow),
            changes.join(", ")
        );
        let fail = || MergeError("revisions".to_owned());
        let path = DataPath::keys(&["revisions"]);
        let text = self.source.text();
        if self.key(&path).is_none() {
            let mut at = 0;
            let mut fences = 0;
            for line in text.split_inclusive('\n') {
                fences += usize::from(line.trim_end() == "---");
                if fences == 2 {
                    self.insert_at(at, &format!("revisions:\n  - {entry}\n"));
                    return Ok(());
                }
                at += line.len();
            }
            return Err(fail());
        }
        let list = self.value(&path).ok_or_else(fail)?;
        if self.text(&list).starts_with('[') {
            self.replaced.push((list.end - 1..list.end - 1, format!(", {entry}")));
            return Ok(());
        }
        let first = load::locate(self.source, &At::Value(path.index(0))).ok_or_else(fail)?;
        let line = self.source.line_range(self.source.position(first.start).line);
        let dash = self.text(&line).find('-').ok_or_else(fail)?;
        let end = list.start + self.text(&list).trim_end().len();
        let at = self.line_end(end);
        self.insert_at(at, &format!("{:dash$}- {entry}\n", ""));
        Ok(())
    }

    /// Applies every edit, from the last to the first.
    fn apply(self) -> String {
        let mut text = self.source.text().to_owned();
        let mut edits = self.replaced;
        edits.extend(self.inserted.into_iter().map(|(at, lines)| (at..at, lines)));
        edits.sort_by_key(|(range, _)| std::cmp::Reverse((range.start, range.end)));
        for (range, new) in edits {
            let fits = text.is_char_boundary(range.start) && text.is_char_boundary(range.end);
            if fits && range.end <= text.len() {
                text.replace_range(range, &new);
            }
        }
        text
    }
}

/// Returns the length of a value without the white space and comment that may follow a flow collection.
fn flow_length(text: &str) -> usize {
    if !text.starts_with(['[', '{']) {
        return text.len();
    }
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth == 1 => return at + 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (Some(_) | None, _) => {}
        }
    }
    text.len()
}

fn statistics(code: &str) -> DataPath {
    DataPath::keys(&["statistics", code])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "---\nform: gb-2021\nstatistics:\n  regulation: {issued: 2, in_force: 11}  # seen\n  normdoc:\n  licence: {decisions: 5}\n  req_new: [58, 7, ~, 0, 1, 0, 66]\n  admin_fee: {amount: 6}\n---\n\n正文。\n";

    fn changed(file: &str, changes: &[(&str, Option<&str>, &str)]) -> String {
        let (catalog, _) = load::catalog(&[]);
        let form = &catalog[catalog.find_form("gb-2021").unwrap()];
        let differences: Vec<Difference> = changes
            .iter()
            .map(|(code, from, to)| Difference {
                indicator: form.find(code),
                code: (*code).to_owned(),
                from: from.map(str::to_owned),
                to: TranscribedFigure { text: (*to).to_owned(), ..TranscribedFigure::default() },
            })
            .collect();
        let source = Source::new("content/a/2023.md".into(), file.to_owned());
        revise(&source, form, &differences, Date::new(2026, 1, 2).unwrap(), "更正，见公告").unwrap()
    }

    #[test]
    fn only_what_differs_is_exchanged() {
        let text = changed(
            FILE,
            &[
                ("regulation__repealed", None, "1"),
                ("normdoc__issued", Some(""), "3"),
                ("req_new__total", Some("66"), "67"),
                ("req_carried_in__total", None, ""),
            ],
        );
        assert_eq!(
            text,
            "---\nform: gb-2021\nstatistics:\n  regulation: [2, 1, 11]  # seen\n  normdoc: [3, ~, ~]\n  licence: {decisions: 5}\n  req_new: [58, 7, ~, 0, 1, 0, 67]\n  req_carried_in: {total: ~}\n  admin_fee: {amount: 6}\nrevisions:\n  - {date: 2026-01-02, why: 更正，见公告, changes: {regulation__repealed: {from: ~, to: 1}, normdoc__issued: {from: ~, to: 3}, req_new__total: {from: 66, to: 67}, req_carried_in__total: {from: ~, to: ~}}}\n---\n\n正文。\n"
        );
    }

    #[test]
    fn revisions_are_added_to_those_before() {
        let once = changed(FILE, &[("admin_fee__amount", Some("6"), "7")]);
        let twice = changed(&once, &[("admin_fee__amount", Some("7"), "680余")]);
        assert!(
            twice.contains("  admin_fee: [680余]\n") && twice.matches("  - {date: 2026-01-02").count() == 2,
            "{twice}"
        );
        let flow = FILE.replace("---\n\n", "revisions: [{date: 2025-01-01, why: a}]\n---\n\n");
        let text = changed(&flow, &[("admin_fee__amount", Some("6"), "7")]);
        assert!(text.contains("revisions: [{date: 2025-01-01, why: a}, {date: 2026-01-02"), "{text}");
    }
}
