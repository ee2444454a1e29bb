//! Rows with a figure in each column.

use std::collections::BTreeSet;
use std::rc::Rc;

use rust_decimal::Decimal;

use crate::figure::{self, Value};
use crate::form::IndicatorIx;
use crate::import::document::{GridCell, GridShape};
use crate::import::log::LogKind;
use crate::import::matching::cell;
use crate::import::matching::labels::{FormLine, Slots, column_ix};
use crate::import::matching::rows::{ColumnHeadings, LabelledRow, ValueCell};

use super::assigner::{Assigner, ScannedTable, texts};
use super::column_choice::{by_heading, without_tail};

impl Assigner<'_, '_> {
    /// Takes the figures of a row with one in each column.
    pub(super) fn cells(
        &mut self,
        line: &FormLine,
        first: IndicatorIx,
        count: usize,
        row: &LabelledRow,
        table: &ScannedTable,
    ) {
        if row.values.is_empty() && table.shape != GridShape::Flat {
            return;
        }
        let code = Some(&*line.code);
        if let Some(columns) = by_heading(line.section, count, row, self.labels) {
            for (value, column) in row.values.iter().zip(columns) {
                let cell = &value.cell;
                match column {
                    Some(column) => self.put(column_ix(first, column), cell, row, table, false),
                    None if cell.is_empty() => {}
                    None => self.note(LogKind::Unused, code, &row.label.text, &cell.text, table, cell),
                }
            }
            return;
        }
        let values = without_tail(&row.values, count);
        if values.len() == count {
            for (column, value) in values.iter().enumerate() {
                self.put(column_ix(first, column), &value.cell, row, table, false);
            }
            return;
        }
        let filled = || values.iter().filter(|value| !value.cell.is_empty());
        if filled().next().is_some() && !filled().any(|value| cell::is_figure(&value.cell.text)) {
            // Headings side by side, not a row with figures.
            for value in filled() {
                self.note(LogKind::Text, None, &value.cell.text, "", table, &value.cell);
            }
            return;
        }
        if let Some((ix, value)) = self.confirmed_total(line, first, count, values) {
            self.put(ix, &value.cell, row, table, false);
        }
        self.note(LogKind::Lost, code, &row.label.text, &texts(values), table, &row.label);
    }

    /// Returns the last of a row's figures if it is the sum of the others, and so must be the total.
    fn confirmed_total<'v>(
        &self,
        line: &FormLine,
        first: IndicatorIx,
        count: usize,
        values: &'v [ValueCell],
    ) -> Option<(IndicatorIx, &'v ValueCell)> {
        let (table, _) = self.form().row(&line.code)?;
        let total = table.columns.iter().position(|column| column.is_total)?;
        if total + 1 != count {
            return None;
        }
        let given: Vec<(&ValueCell, Decimal)> = values
            .iter()
            .filter(|value| !value.cell.is_empty())
            .map(|value| match figure::parse(&value.cell.text).ok()?.value {
                Value::Number(number) => Some((value, number)),
                _ => None,
            })
            .collect::<Option<_>>()?;
        let ((last, sum), parts) = given.split_last()?;
        let added = parts.iter().try_fold(Decimal::ZERO, |sum, (_, part)| sum.checked_add(*part))?;
        (parts.len() >= 2 && added == *sum && !sum.is_zero()).then(|| (column_ix(first, total), *last))
    }

    /// Takes figures without a label: a table whose rows stand side by side under merged headings.
    pub(super) fn numbers(&mut self, values: &[ValueCell], headings: &ColumnHeadings, table: &ScannedTable) {
        let Some(start) = values.first() else { return };
        let labels = self.labels;
        let rows_of = |section: usize| {
            labels.lines.iter().filter_map(move |line| match line.slots {
                Slots::Row(first, count) if line.section == section => Some((first, count)),
                _ => None,
            })
        };
        let fits = |section: &usize| {
            let Some((_, columns)) = rows_of(*section).next() else { return false };
            let named = headings.columns.iter().flatten().filter(|(of, _)| of == section);
            let named: BTreeSet<usize> = named.map(|(_, column)| *column).collect();
            let cells = rows_of(*section).count() * columns;
            named.len() * 2 >= columns && without_tail(values, cells).len() == cells
        };
        let fitting: Vec<usize> = (0..labels.form.sections.len()).filter(fits).collect();
        let [section] = fitting.as_slice() else {
            self.note(LogKind::Lost, None, "", &texts(values), table, &start.cell);
            return;
        };
        let mut values = values.iter();
        for (first, count) in rows_of(*section) {
            for (column, value) in values.by_ref().take(count).enumerate() {
                let ix = column_ix(first, column);
                let label = GridCell { text: labels.official(ix).to_owned(), ..value.cell.clone() };
                let row = LabelledRow::new(label, Vec::new(), Rc::default());
                self.put(ix, &value.cell, &row, table, false);
            }
        }
    }
}
