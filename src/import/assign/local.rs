//! Rows that the form does not have: kept under a code of another form, or one of their own.

use std::collections::BTreeSet;

use crate::base::collate;
use crate::import::fold;
use crate::import::mapping::Target;
use crate::import::outcome::EntryKind;
use crate::import::scan::{Group, Value};
use crate::import::value;

use super::columns::{Picked, named_cells, pick, texts};
use super::{Assigner, Extra, Scanned};

impl Assigner<'_, '_> {
    /// A row that the form does not have.
    pub(super) fn unknown(&mut self, group: &Group, table: &Scanned, busy: &BTreeSet<usize>) {
        if self.mapping.target(&group.label.text) == Some(&Target::Skip) {
            self.note(
                EntryKind::Skipped,
                None,
                &group.label.text,
                &texts(&group.values),
                table,
                &group.label,
            );
            return;
        }
        let is_empty = group.values.iter().all(|value| value.cell.is_empty());
        if is_empty && group.unit.is_none() {
            self.note(EntryKind::Text, None, &group.label.text, "", table, &group.label);
            return;
        }
        self.local(group, table, busy);
    }

    /// Keeps a row under a code of its own, one for each cell.
    pub(super) fn local(&mut self, group: &Group, table: &Scanned, busy: &BTreeSet<usize>) {
        let label = match &group.before {
            Some(before) => format!("{before} {}", group.label.text),
            None => group.label.text.clone(),
        };
        let asked = match self.mapping.target(&group.label.text) {
            Some(Target::Local(code)) => Some(code.clone()),
            _ => None,
        };
        let suggestion = self.labels.suggest(&group.label.text).map(str::to_owned);
        let filled: Vec<&Value> = group.values.iter().filter(|value| !value.cell.is_empty()).collect();
        let single = match (filled.as_slice(), pick(group, self.choice, busy)) {
            ([value], _) => Some((*value).clone()),
            ([], _) => group.values.first().cloned(),
            // Of several years only the one in hand; of other columns each.
            (_, Picked::One(value, _)) if self.choice.year.is_some() => Some(value.clone()),
            _ => None,
        };
        let cells: Vec<(Value, String, String)> = match single {
            Some(value) => vec![(value, String::new(), label.clone())],
            None => named_cells(group, self.labels, &label),
        };
        let base = asked.unwrap_or_else(|| local_code(&label));
        for (value, suffix, label) in cells {
            let unit = self.unit(group, &value.cell);
            let borrowed = suffix.is_empty().then(|| self.borrowed(&group.label.text)).flatten();
            let written =
                value::written(&value.cell.text, unit.as_deref(), unit.as_deref(), &self.catalog.units);
            let code = borrowed.clone().unwrap_or_else(|| self.free_code(&format!("{base}{suffix}")));
            let Some(mut written) = written else {
                self.note(EntryKind::Unreadable, Some(&code), &label, &value.cell.text, table, &value.cell);
                continue;
            };
            written.note = written.note.or_else(|| group.note.clone());
            let kind = if borrowed.is_some() { EntryKind::Borrowed } else { EntryKind::Local };
            self.note(kind, Some(&code), &label, &value.cell.text, table, &value.cell);
            if let Some(entry) = self.taken.entries.last_mut().filter(|_| borrowed.is_none()) {
                entry.suggestion.clone_from(&suggestion);
            }
            let is_local = borrowed.is_none();
            self.taken.extras.push(Extra {
                code,
                label: is_local.then(|| label.clone()),
                unit: unit.filter(|_| is_local),
                written,
            });
        }
    }

    /// The code of another form's indicator with exactly this label, where all that have it agree.
    pub(super) fn borrowed(&self, label: &str) -> Option<String> {
        let key = fold::key(label);
        if key.chars().count() < 4 {
            return None;
        }
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for form in self.catalog.forms.iter().filter(|form| form.id != self.labels.form.id) {
            for (_, indicator) in form.figures().filter(|(_, indicator)| indicator.column.is_empty()) {
                if indicator.label.iter().any(|(_, label)| fold::key(label) == key) {
                    found.insert(&indicator.code);
                }
            }
        }
        let code = found.pop_first().filter(|_| found.is_empty())?;
        let is_free =
            self.labels.form.find(code).is_none() && self.taken.extras.iter().all(|extra| extra.code != code);
        is_free.then(|| code.to_owned())
    }

    pub(super) fn free_code(&self, base: &str) -> String {
        let is_free = |code: &str| self.taken.extras.iter().all(|extra| extra.code != code);
        if is_free(base) {
            return base.to_owned();
        }
        let mut numbered = (2..=self.taken.extras.len() + 2).map(|number| format!("{base}_{number}"));
        numbered.find(|code| is_free(code)).unwrap_or_default()
    }
}

/// A code for a label of the document's own: `x_` and its reading in letters.
pub(in crate::import) fn local_code(label: &str) -> String {
    let reading = collate::sort_key(&fold::bare_key(label));
    let mut code = String::from("x");
    for word in reading.split_whitespace() {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if !word.is_empty() && code.len() + word.len() < 60 {
            code.push('_');
            code.push_str(&word);
        }
    }
    if code.len() == 1 { "x_row".to_owned() } else { code }
}
