//! Which column each cell of a row belongs to.

use std::collections::BTreeSet;

use crate::form::SectionBody;
use crate::import::label_key;
use crate::import::matching::column_roles;
use crate::import::matching::labels::{Labels, Slots};
use crate::import::matching::rows::{LabelledRow, ValueCell};

use super::assigner::{ColumnChoice, ScannedTable};

/// Returns the positions at which a table's rows with a single figure have one.
pub(super) fn busy_columns(table: &ScannedTable, labels: &Labels<'_>) -> BTreeSet<usize> {
    let is_single = |row: &&LabelledRow| {
        let is_one = |line: &usize| matches!(labels.lines[*line].slots, Slots::One(_));
        !row.lines.is_empty() && row.lines.iter().all(is_one)
    };
    let values = table.rows().filter(is_single).flat_map(|row| &row.values);
    values.filter(|value| !value.cell.is_empty()).map(|value| value.index).collect()
}

/// The cell of a row that has a single figure.
pub(super) enum Picked<'r> {
    /// The cell, and whether it counts since the beginning.
    One(&'r ValueCell, bool),
    Several,
}

/// Picks the cell by the heading or year asked for, else the only one that can be meant.
pub(super) fn pick<'r>(
    row: &'r LabelledRow,
    choice: &ColumnChoice<'_>,
    busy: &BTreeSet<usize>,
) -> Picked<'r> {
    let heads = |value: &ValueCell| row.headings.above(value.index);
    let is_cumulative = |value: &ValueCell| {
        heads(value).iter().any(|head| head.contains("累计") || head.to_lowercase().contains("cumulative"))
    };
    let is_asked = |value: &&ValueCell| match (choice.heading, choice.year) {
        (Some(heading), _) => heads(value).iter().any(|head| label_key::key(head) == label_key::key(heading)),
        (None, Some(year)) => heads(value).iter().any(|head| column_roles::year(head) == Some(year)),
        (None, None) => false,
    };
    let asked: Vec<&ValueCell> = row.values.iter().filter(is_asked).collect();
    let all: Vec<&ValueCell> = row.values.iter().collect();
    let yearly: Vec<&ValueCell> = all.iter().copied().filter(|value| !is_cumulative(value)).collect();
    for values in [&asked, &all, &yearly] {
        if let [value] = values.as_slice() {
            return Picked::One(value, is_cumulative(value));
        }
    }
    // Columns that are empty in every row are padding.
    let used: Vec<&ValueCell> = yearly.iter().copied().filter(|value| busy.contains(&value.index)).collect();
    match (used.as_slice(), yearly.first()) {
        ([value], _) | ([], Some(value)) => Picked::One(value, false),
        _ => Picked::Several,
    }
}

/// Returns the column of each value by the headings above, if they name every column of the form
/// once.
pub(super) fn by_heading(
    section: usize,
    count: usize,
    row: &LabelledRow,
    labels: &Labels<'_>,
) -> Option<Vec<Option<usize>>> {
    let column = |value: &ValueCell| {
        row.headings.above(value.index).iter().rev().find_map(|head| {
            let mut found = labels.columns(head).iter().filter(|(of, _)| *of == section);
            match (found.next(), found.next()) {
                (Some((_, column)), None) => Some(*column),
                _ => None,
            }
        })
    };
    let columns: Vec<Option<usize>> = row.values.iter().map(column).collect();
    let named: BTreeSet<usize> = columns.iter().copied().flatten().collect();
    let is_whole = named.len() == count && columns.iter().flatten().count() == count;
    is_whole.then_some(columns)
}

/// Returns the values without empty ones at the end, but no fewer than `count`.
pub(super) fn without_tail(values: &[ValueCell], count: usize) -> &[ValueCell] {
    let filled = values.iter().rposition(|value| !value.cell.is_empty()).map_or(0, |at| at + 1);
    values.get(..filled.max(count).min(values.len())).unwrap_or(values)
}

/// Names the filled cells of a row that the form does not have: the cell, a suffix for its code, and
/// a label with the column's heading.
pub(super) fn named_cells(
    row: &LabelledRow,
    labels: &Labels<'_>,
    label: &str,
) -> Vec<(ValueCell, String, String)> {
    let columns = labels.form.sections.iter().enumerate().find_map(|(at, section)| {
        let SectionBody::Table(table) = &section.body else { return None };
        let found = by_heading(at, table.columns.len(), row, labels)?;
        Some((table, found))
    });
    let name = |at: usize, value: &ValueCell| -> (String, String) {
        if let Some((table, found)) = &columns
            && let Some(column) = found.get(at).copied().flatten()
        {
            let column = &table.columns[column];
            let heading = column.label.iter().next().map_or("", |(_, label)| label);
            return (format!("__{}", column.code), format!("{label}（{heading}）"));
        }
        let number = at + 1;
        match row.headings.above(value.index).last() {
            Some(head) => (format!("__{number}"), format!("{label}（{head}）")),
            None => (format!("__{number}"), format!("{label}（{number}）")),
        }
    };
    let filled = row.values.iter().enumerate().filter(|(_, value)| !value.cell.is_empty());
    filled
        .map(|(at, value)| {
            let (suffix, label) = name(at, value);
            (value.clone(), suffix, label)
        })
        .collect()
}
