//! Rows with a figure in each column.

use std::collections::BTreeSet;
use std::rc::Rc;

use rust_decimal::Decimal;

use crate::figure::{self, Value as FigureValue};
use crate::form::IndicatorIx;
use crate::import::document::{Cell, Layout};
use crate::import::labels::{Line, Takes};
use crate::import::outcome::EntryKind;
use crate::import::scan::{self, Group, Header, Value};

use super::columns::{by_heading, texts, without_tail};
use super::{Assigner, Scanned};

impl Assigner<'_, '_> {
    /// A row with a figure in each column.
    pub(super) fn cells(
        &mut self,
        line: &Line,
        first: IndicatorIx,
        count: usize,
        group: &Group,
        table: &Scanned,
    ) {
        if group.values.is_empty() && table.layout != Layout::Flat {
            return;
        }
        if let Some(columns) = by_heading(line.section, count, group, self.labels) {
            for (value, column) in group.values.iter().zip(columns) {
                match column {
                    Some(column) => {
                        self.put(IndicatorIx(first.0 + column as u16), &value.cell, group, table, None);
                    }
                    None if value.cell.is_empty() => {}
                    None => {
                        let text = value.cell.text.clone();
                        self.note(
                            EntryKind::Unused,
                            Some(&line.code),
                            &group.label.text,
                            &text,
                            table,
                            &value.cell,
                        );
                    }
                }
            }
            return;
        }
        let values = without_tail(&group.values, count);
        if values.len() == count {
            for (column, value) in values.iter().enumerate() {
                self.put(IndicatorIx(first.0 + column as u16), &value.cell, group, table, None);
            }
            return;
        }
        let mut filled = values.iter().filter(|value| !value.cell.is_empty()).peekable();
        if filled.peek().is_some() && !filled.any(|value| scan::is_figure(&value.cell.text)) {
            // Headings side by side, not a row with figures.
            for value in values.iter().filter(|value| !value.cell.is_empty()) {
                self.note(EntryKind::Text, None, &value.cell.text, "", table, &value.cell);
            }
            return;
        }
        let confirmed = self.confirmed_total(line, first, count, values);
        if let Some((ix, value)) = &confirmed {
            self.put(*ix, &value.cell, group, table, None);
        }
        self.note(EntryKind::Lost, Some(&line.code), &group.label.text, &texts(values), table, &group.label);
    }

    /// The last of a row's figures, where it is the sum of the others and so must be the total.
    pub(super) fn confirmed_total(
        &self,
        line: &Line,
        first: IndicatorIx,
        count: usize,
        values: &[Value],
    ) -> Option<(IndicatorIx, Value)> {
        let (table, _) = self.labels.form.row(&line.code)?;
        let total = table.columns.iter().position(|column| column.is_total)?;
        if total + 1 != count {
            return None;
        }
        let given: Vec<(&Value, Decimal)> = values
            .iter()
            .filter(|value| !value.cell.is_empty())
            .map(|value| match figure::parse(&value.cell.text).ok()?.value {
                FigureValue::Number(number) => Some((value, number)),
                _ => None,
            })
            .collect::<Option<_>>()?;
        let ((last, sum), parts) = given.split_last()?;
        let added = parts.iter().try_fold(Decimal::ZERO, |sum, (_, part)| sum.checked_add(*part))?;
        (parts.len() >= 2 && added == *sum && !sum.is_zero())
            .then(|| (IndicatorIx(first.0 + total as u16), (*last).clone()))
    }

    /// Figures without a label: a table whose rows stand side by side under merged headings.
    pub(super) fn numbers(&mut self, values: &[Value], header: &Header, table: &Scanned) {
        let Some(start) = values.first() else { return };
        let form = self.labels.form;
        let rows_of = |section: usize| -> Vec<&Line> {
            let lines = self.labels.lines.iter();
            lines.filter(|line| line.section == section && matches!(line.takes, Takes::Cells(..))).collect()
        };
        let fitting: Vec<usize> = (0..form.sections.len())
            .filter(|section| {
                let Some(Line { takes: Takes::Cells(_, columns), .. }) = rows_of(*section).first().copied()
                else {
                    return false;
                };
                let mut named: BTreeSet<usize> = BTreeSet::new();
                for (_, column) in header.columns.iter().flatten().filter(|(of, _)| of == section) {
                    named.insert(*column);
                }
                let cells = rows_of(*section).len() * columns;
                named.len() * 2 >= *columns && without_tail(values, cells).len() == cells
            })
            .collect();
        let [section] = fitting.as_slice() else {
            self.note(EntryKind::Lost, None, "", &texts(values), table, &start.cell);
            return;
        };
        let mut values = values.iter();
        let rows: Vec<Line> = rows_of(*section).into_iter().cloned().collect();
        for line in rows {
            let Takes::Cells(first, count) = line.takes else { continue };
            for (column, value) in values.by_ref().take(count).enumerate() {
                let ix = IndicatorIx(first.0 + column as u16);
                let name = form
                    .indicator(ix)
                    .and_then(|indicator| indicator.label.iter().next().map(|(_, label)| label));
                let group = Group {
                    label: Cell { text: name.unwrap_or("").to_owned(), ..value.cell.clone() },
                    before: None,
                    lines: Vec::new(),
                    unit: None,
                    values: Vec::new(),
                    note: None,
                    header: Rc::default(),
                };
                self.put(ix, &value.cell, &group, table, None);
            }
        }
    }
}
