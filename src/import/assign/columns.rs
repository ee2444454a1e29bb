//! Which column each cell of a row belongs to.

use std::collections::BTreeSet;

use crate::form::SectionBody;
use crate::import::fold;
use crate::import::labels::{Labels, Takes};
use crate::import::scan::{self, Group, Value};

use super::resolve::rows;
use super::{Choice, Scanned};

/// The positions of rows at which a table has figures, among the rows with one figure.
pub(super) fn busy_columns(table: &Scanned, labels: &Labels<'_>) -> BTreeSet<usize> {
    let is_single = |group: &&Group| {
        let mut lines = group.lines.iter().filter_map(|line| labels.lines.get(*line)).peekable();
        lines.peek().is_some() && lines.all(|line| matches!(line.takes, Takes::Figure(_)))
    };
    let filled =
        rows(table).filter(is_single).flat_map(|group| &group.values).filter(|value| !value.cell.is_empty());
    filled.map(|value| value.index).collect()
}

/// The cell of a row with one figure.
pub(super) enum Picked<'g> {
    One(&'g Value, bool),
    Several,
}

pub(super) fn pick<'g>(group: &'g Group, choice: &Choice<'_>, busy: &BTreeSet<usize>) -> Picked<'g> {
    let heads = |value: &Value| group.header.texts.get(value.index).map_or(&[][..], Vec::as_slice);
    let is_cumulative = |value: &Value| {
        heads(value).iter().any(|head| head.contains("累计") || head.to_lowercase().contains("cumulative"))
    };
    let is_asked = |value: &&Value| match (choice.heading, choice.year) {
        (Some(heading), _) => heads(value).iter().any(|head| fold::key(head) == fold::key(heading)),
        (None, Some(year)) => heads(value).iter().any(|head| scan::year(head) == Some(year)),
        (None, None) => false,
    };
    let asked: Vec<&Value> = group.values.iter().filter(is_asked).collect();
    if let [value] = asked.as_slice() {
        return Picked::One(value, is_cumulative(value));
    }
    let all: Vec<&Value> = group.values.iter().collect();
    let yearly: Vec<&Value> = all.iter().copied().filter(|value| !is_cumulative(value)).collect();
    for values in [&all, &yearly] {
        if let [value] = values.as_slice() {
            return Picked::One(value, is_cumulative(value));
        }
    }
    // Columns that are empty in every row are padding.
    let used: Vec<&Value> = yearly.iter().copied().filter(|value| busy.contains(&value.index)).collect();
    match (used.as_slice(), yearly.first()) {
        ([value], _) | ([], Some(value)) => Picked::One(value, false),
        _ => Picked::Several,
    }
}

/// The column of each value by the headings above, where they name every column of the form once.
pub(super) fn by_heading(
    section: usize,
    count: usize,
    group: &Group,
    labels: &Labels<'_>,
) -> Option<Vec<Option<usize>>> {
    let column = |value: &Value| {
        let heads = group.header.texts.get(value.index)?;
        heads.iter().rev().find_map(|head| {
            let found: Vec<usize> = labels
                .columns(head)
                .iter()
                .filter(|(of, _)| *of == section)
                .map(|(_, column)| *column)
                .collect();
            match found.as_slice() {
                [column] => Some(*column),
                _ => None,
            }
        })
    };
    let columns: Vec<Option<usize>> = group.values.iter().map(column).collect();
    let named: BTreeSet<usize> = columns.iter().copied().flatten().collect();
    let is_whole = named.len() == count && columns.iter().flatten().count() == count;
    is_whole.then_some(columns)
}

/// The values without empty ones at the end, but no fewer than `count`.
pub(super) fn without_tail(values: &[Value], count: usize) -> &[Value] {
    let filled = values.iter().rposition(|value| !value.cell.is_empty()).map_or(0, |at| at + 1);
    values.get(..filled.max(count).min(values.len())).unwrap_or(values)
}

pub(super) fn texts(values: &[Value]) -> String {
    values
        .iter()
        .map(|value| if value.cell.is_empty() { "·" } else { &*value.cell.text })
        .collect::<Vec<_>>()
        .join(" | ")
}

/// Names for the cells of a row of which the form knows nothing but perhaps the columns.
pub(super) fn named_cells(group: &Group, labels: &Labels<'_>, label: &str) -> Vec<(Value, String, String)> {
    let columns = (0..labels.form.sections.len()).find_map(|section| {
        let SectionBody::Table(table) = &labels.form.sections.get(section)?.body else { return None };
        let found = by_heading(section, table.columns.len(), group, labels)?;
        Some((table, found))
    });
    let name = |at: usize, value: &Value| -> (String, String) {
        if let Some((table, found)) = &columns {
            let column = found.get(at).copied().flatten().and_then(|column| table.columns.get(column));
            if let Some(column) = column {
                let heading = column.label.iter().next().map_or("", |(_, label)| label);
                return (format!("__{}", column.code), format!("{label}（{heading}）"));
            }
        }
        let head = group.header.texts.get(value.index).and_then(|heads| heads.last());
        match head {
            Some(head) => (format!("__{}", at + 1), format!("{label}（{head}）")),
            None => (format!("__{}", at + 1), format!("{label}（{}）", at + 1)),
        }
    };
    let filled = group.values.iter().enumerate().filter(|(_, value)| !value.cell.is_empty());
    filled
        .map(|(at, value)| {
            let (suffix, label) = name(at, value);
            (value.clone(), suffix, label)
        })
        .collect()
}
