//! Which line of the form each row is: by its label, or by what stands around it.

use std::collections::BTreeMap;

use crate::import::labels::Labels;
use crate::import::mapping::{Mapping, Target};
use crate::import::scan::{Event, Group};

use super::Scanned;

pub(super) fn rows(table: &Scanned) -> impl Iterator<Item = &Group> {
    table.events.iter().filter_map(|event| match event {
        Event::Row(group) => Some(&**group),
        _ => None,
    })
}

/// What a label turned out to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    Line(usize),
    Several,
    Unknown,
}

/// Gives every row its line: by its label where that is unique, else by its place.
pub(super) fn resolve(tables: &[Scanned], labels: &Labels<'_>, mapping: &Mapping) -> Vec<Resolved> {
    let mut candidates: Vec<Vec<usize>> = Vec::new();
    for group in tables.iter().flat_map(rows) {
        candidates.push(match mapping.target(&group.label.text) {
            Some(Target::Code(code)) => labels.lines(code).to_vec(),
            Some(Target::Local(_) | Target::Skip) => Vec::new(),
            None => group.lines.clone(),
        });
    }
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
    // Where each line was last seen, to know under which heading a row stands.
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut last: Option<usize> = None;
    let mut at = 0;
    for table in tables {
        let mut section: Option<usize> = None;
        for event in &table.events {
            if let Event::Section(found) = event {
                section = Some(*found);
            }
            if !matches!(event, Event::Row(_)) {
                continue;
            }
            let own = candidates.get(at).map_or(&[][..], Vec::as_slice);
            let next = following.get(at).copied().flatten();
            let place = Surroundings { table, section, seen: &seen, last, next };
            let line = choose(own, labels, &place);
            resolved.push(match (line, own) {
                (Some(line), _) => Resolved::Line(line),
                (None, []) => Resolved::Unknown,
                (None, _) => Resolved::Several,
            });
            if let Some(line) = line {
                seen.insert(line, at);
                last = Some(line);
            }
            at += 1;
        }
    }
    resolved
}

/// What is known around a label that may mean several lines.
pub(super) struct Surroundings<'a> {
    table: &'a Scanned,
    /// The section whose title stands above.
    section: Option<usize>,
    seen: &'a BTreeMap<usize, usize>,
    /// The line before.
    last: Option<usize>,
    /// The next line whose label is unique.
    next: Option<usize>,
}

pub(super) fn choose(candidates: &[usize], labels: &Labels<'_>, around: &Surroundings<'_>) -> Option<usize> {
    let mut left: Vec<usize> = candidates.to_vec();
    let line = |at: &usize| labels.lines.get(*at);
    let mut narrow = |keep: &dyn Fn(&usize) -> bool| {
        let kept: Vec<usize> = left.iter().copied().filter(|at| keep(at)).collect();
        if !kept.is_empty() {
            left = kept;
        }
        left.len()
    };
    let scope = &around.table.scope.sections;
    narrow(&|at| line(at).is_some_and(|line| scope.contains(&line.section)));
    narrow(&|at| line(at).is_some_and(|line| around.section == Some(line.section)));
    let heading = |at: &usize| {
        let above = line(at).map_or(&[][..], |line| line.above.as_slice());
        above.iter().filter_map(|above| around.seen.get(above)).max().copied()
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
