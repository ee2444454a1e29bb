//! Compares two tables as CSV: rows by their key columns, cells by the name of their column.

use std::collections::HashSet;

use crate::align::{Aligned, align};
use crate::difference::{Difference, Place, What};
use crate::markup::hash_of;

struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record.ok()?.iter().map(str::to_owned).collect::<Vec<_>>());
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Some(Self { head, rows })
    }

    /// Whether the first `count` columns tell every row from every other.
    fn is_key(&self, count: usize) -> bool {
        let mut seen = HashSet::new();
        self.rows.iter().all(|row| seen.insert(row.get(..count)))
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|column| column == name)
    }
}

/// All differences of two tables; nothing where one of them is no CSV.
pub(crate) fn compare(old: &str, new: &str) -> Option<Vec<Difference>> {
    let (old, new) = (Table::parse(old)?, Table::parse(new)?);
    let mut found = Vec::new();
    let column = |name: &String| {
        let name = format!("column {name}");
        Place { exact: name.clone(), general: name }
    };
    for name in old.head.iter().filter(|name| new.column(name).is_none()) {
        found.push(Difference::new(What::Column, column(name), Some(name), None));
    }
    for name in new.head.iter().filter(|name| old.column(name).is_none()) {
        found.push(Difference::new(What::Column, column(name), None, Some(name)));
    }
    let same = old.head.iter().zip(&new.head).take_while(|(old, new)| old == new).count();
    let key = (1..=same).find(|count| old.is_key(*count) && new.is_key(*count));
    // Columns that both have, in the order of the new table.
    let shared: Vec<(&String, usize, usize)> =
        new.head.iter().enumerate().filter_map(|(at, name)| Some((name, old.column(name)?, at))).collect();
    let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    let hash = |row: &Vec<String>, is_old: bool| {
        let cells = shared.iter().map(|(_, left, right)| cell(row, if is_old { *left } else { *right }));
        hash_of(&cells.collect::<Vec<_>>())
    };
    let olds: Vec<u64> = old.rows.iter().map(|row| hash(row, true)).collect();
    let news: Vec<u64> = new.rows.iter().map(|row| hash(row, false)).collect();
    let name = |row: &Vec<String>| {
        key.and_then(|count| row.get(..count)).map(|key| key.join(", ")).unwrap_or_default()
    };
    let names =
        (old.rows.iter().map(name).collect::<Vec<_>>(), new.rows.iter().map(name).collect::<Vec<_>>());
    let place = |at: usize, name: &str, column: &str| {
        let row = if name.is_empty() { format!("line {}", at + 2) } else { format!("row {name}") };
        Place { exact: format!("{row}{column}"), general: format!("row{column}") }
    };
    for one in align((&olds, &news), (&names.0, &names.1), |_, _| key.is_none()) {
        match one {
            Aligned::Changed(left, right) => {
                for (column, at_old, at_new) in &shared {
                    let (before, after) = (cell(&old.rows[left], *at_old), cell(&new.rows[right], *at_new));
                    if before != after {
                        let place = place(right, &names.1[right], &format!(", column {column}"));
                        found.push(Difference::new(What::Cell, place, Some(&before), Some(&after)));
                    }
                }
            }
            Aligned::Removed(at) => {
                let place = place(at, &names.0[at], "");
                found.push(Difference::new(What::Row, place, Some(&old.rows[at].join(",")), None));
            }
            Aligned::Added(at) => {
                let place = place(at, &names.1[at], "");
                found.push(Difference::new(What::Row, place, None, Some(&new.rows[at].join(","))));
            }
        }
    }
    Some(found)
}
