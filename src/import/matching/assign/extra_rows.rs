//! Rows that the form does not have: kept under a code of another form, or one of their own.

use std::collections::BTreeSet;

use crate::base::collate;
use crate::import::label_key;
use crate::import::log::LogKind;
use crate::import::matching::cell;
use crate::import::matching::mapping::LabelTarget;
use crate::import::matching::rows::{LabelledRow, ValueCell};

use super::assigner::{Assigner, ExtraFigure, ScannedTable};
use super::column_choice::{Picked, named_cells, pick};

/// The maximum length of a code made from a label, in bytes.
const MAX_CODE_BYTES: usize = 60;
/// The minimum length of a label that may borrow the code of another form, in characters.
const MIN_BORROWED_CHARS: usize = 4;

impl Assigner<'_, '_> {
    /// Handles a row whose label the form does not have.
    pub(super) fn unknown(&mut self, row: &LabelledRow, table: &ScannedTable, busy: &BTreeSet<usize>) {
        if self.mapping.target(&row.label.text) == Some(&LabelTarget::Skip) {
            self.note_row(LogKind::Skipped, None, row, table);
            return;
        }
        let is_empty = row.values.iter().all(|value| value.cell.is_empty());
        if is_empty && row.unit.is_none() {
            self.note(LogKind::Text, None, &row.label.text, "", table, &row.label);
            return;
        }
        self.local(row, table, busy);
    }

    /// Keeps a row under a code of its own, one for each cell.
    pub(super) fn local(&mut self, row: &LabelledRow, table: &ScannedTable, busy: &BTreeSet<usize>) {
        let label = match &row.before {
            Some(before) => format!("{before} {}", row.label.text),
            None => row.label.text.clone(),
        };
        let asked = match self.mapping.target(&row.label.text) {
            Some(LabelTarget::Local(code)) => Some(code.clone()),
            _ => None,
        };
        let suggestion = self.labels.suggest(&row.label.text).map(str::to_owned);
        let filled: Vec<&ValueCell> = row.values.iter().filter(|value| !value.cell.is_empty()).collect();
        let single = match (filled.as_slice(), pick(row, self.choice, busy)) {
            ([value], _) => Some((*value).clone()),
            ([], _) => row.values.first().cloned(),
            // Of several years only the one in hand; of other columns each.
            (_, Picked::One(value, _)) if self.choice.year.is_some() => Some(value.clone()),
            _ => None,
        };
        let cells: Vec<(ValueCell, String, String)> = match single {
            Some(value) => vec![(value, String::new(), label.clone())],
            None => named_cells(row, self.labels, &label),
        };
        let base = asked.unwrap_or_else(|| local_code(&label));
        for (value, suffix, label) in cells {
            let unit = self.unit(row, &value.cell);
            let borrowed = suffix.is_empty().then(|| self.borrowed(&row.label.text)).flatten();
            let text = &value.cell.text;
            let written = cell::transcribe(text, unit.as_deref(), unit.as_deref(), &self.catalog.units);
            let code = borrowed.clone().unwrap_or_else(|| self.free_code(&format!("{base}{suffix}")));
            let Some(mut written) = written else {
                self.note(LogKind::Unreadable, Some(&code), &label, text, table, &value.cell);
                continue;
            };
            written.note = written.note.or_else(|| row.note.clone());
            let is_local = borrowed.is_none();
            let kind = if is_local { LogKind::Local } else { LogKind::Borrowed };
            self.note(kind, Some(&code), &label, text, table, &value.cell);
            if let Some(entry) = self.assignment.entries.last_mut().filter(|_| is_local) {
                entry.suggestion.clone_from(&suggestion);
            }
            self.assignment.extras.push(ExtraFigure {
                code,
                label: is_local.then_some(label),
                unit: unit.filter(|_| is_local),
                written,
            });
        }
    }

    /// Returns the code that other forms have for exactly this label, if they all agree.
    fn borrowed(&self, label: &str) -> Option<String> {
        let key = label_key::key(label);
        if key.chars().count() < MIN_BORROWED_CHARS {
            return None;
        }
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for form in self.catalog.forms.iter().filter(|form| form.id != self.form().id) {
            for (_, indicator) in form.figures().filter(|(_, indicator)| indicator.column.is_empty()) {
                if indicator.label.iter().any(|(_, label)| label_key::key(label) == key) {
                    found.insert(&indicator.code);
                }
            }
        }
        let code = found.pop_first().filter(|_| found.is_empty())?;
        (self.form().find(code).is_none() && self.is_free(code)).then(|| code.to_owned())
    }

    fn is_free(&self, code: &str) -> bool {
        self.assignment.extras.iter().all(|extra| extra.code != code)
    }

    fn free_code(&self, base: &str) -> String {
        if self.is_free(base) {
            return base.to_owned();
        }
        let mut numbered = (2..=self.assignment.extras.len() + 2).map(|number| format!("{base}_{number}"));
        numbered.find(|code| self.is_free(code)).unwrap_or_default()
    }
}

/// Makes a code for a label of the document's own: `x_` and its reading in ASCII letters.
pub(crate) fn local_code(label: &str) -> String {
    let reading = collate::sort_key(&label_key::bare_key(label));
    let mut code = String::from("x");
    for word in reading.split_whitespace() {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if !word.is_empty() && code.len() + word.len() < MAX_CODE_BYTES {
            code.push('_');
            code.push_str(&word);
        }
    }
    if code.len() == 1 { "x_row".to_owned() } else { code }
}
