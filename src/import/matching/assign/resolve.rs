//! Which line of the form each row is: by its label, or by what stands around it.

use std::collections::BTreeMap;

use crate::import::matching::labels::Labels;
use crate::import::matching::mapping::{LabelMapping, LabelTarget};
use crate::import::matching::rows::TableItem;

use super::assigner::ScannedTable;

/// The line that a row's label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    Line(usize),
    Several,
    Unknown,
}

/// Gives every row its line: by its label if that is unique, else by its surroundings.
pub(super) fn resolve(tables: &[ScannedTable], labels: &Labels<'_>, mapping: &LabelMapping) -> Vec<Resolved> {
    let rows = tables.iter().flat_map(ScannedTable::rows);
    let candidates: Vec<Vec<usize>> = rows
        .map(|row| match mapping.target(&row.label.text) {
            Some(LabelTarget::Code(code)) => labels.lines(code).to_vec(),
            Some(LabelTarget::Local(_) | LabelTarget::Skip) => Vec::new(),
            None => row.lines.clone(),
        })
        .collect();
    // For each row, the next line whose label is unique.
    let mut following: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let mut unique = None;
    for own in candidates.iter().rev() {
        following.push(unique);
        if let [line] = own.as_slice() {
            unique = Some(*line);
        }
    }
    following.reverse();
    let mut resolved = Vec::with_capacity(candidates.len());
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut last: Option<usize> = None;
    let mut rows = candidates.iter().zip(following).enumerate();
    for table in tables {
        let mut section: Option<usize> = None;
        for item in &table.items {
            match item {
                TableItem::Section(found) => section = Some(*found),
                TableItem::Row(_) => {
                    let Some((at, (own, next))) = rows.next() else { break };
                    let line = choose(own, labels, &Surroundings { table, section, seen: &seen, last, next });
                    resolved.push(match (line, own.as_slice()) {
                        (Some(line), _) => Resolved::Line(line),
                        (None, []) => Resolved::Unknown,
                        (None, _) => Resolved::Several,
                    });
                    if let Some(line) = line {
                        seen.insert(line, at);
                        last = Some(line);
                    }
                }
                TableItem::Numbers(..) | TableItem::Stray(_) => {}
            }
        }
    }
    resolved
}

/// What is known around a label that may mean several lines.
struct Surroundings<'a> {
    table: &'a ScannedTable,
    /// The section whose title stands above.
    section: Option<usize>,
    /// The row at which each line was last seen, to know under which heading a row stands.
    seen: &'a BTreeMap<usize, usize>,
    /// The line of the row before.
    last: Option<usize>,
    /// The next line whose label is unique.
    next: Option<usize>,
}

/// Narrows the candidates step by step; a step that none survives is passed over.
fn choose(candidates: &[usize], labels: &Labels<'_>, around: &Surroundings<'_>) -> Option<usize> {
    let mut left: Vec<usize> = candidates.to_vec();
    let mut narrow = |keep: &dyn Fn(&usize) -> bool| {
        let kept: Vec<usize> = left.iter().copied().filter(|at| keep(at)).collect();
        if !kept.is_empty() {
            left = kept;
        }
    };
    let section = |at: &usize| labels.lines[*at].section;
    narrow(&|at| around.table.part.sections.contains(&section(at)));
    narrow(&|at| around.section == Some(section(at)));
    let heading = |at: &usize| {
        let above = labels.lines[*at].above.iter();
        above.filter_map(|above| around.seen.get(above)).max().copied()
    };
    let nearest = candidates.iter().filter_map(heading).max();
    if nearest.is_some() {
        narrow(&|at| heading(at) == nearest);
    }
    narrow(&|at| around.last.is_none_or(|last| *at > last) && around.next.is_none_or(|next| *at < next));
    match left.as_slice() {
        [line] => Some(*line),
        _ => None,
    }
}
