//! Which item of one list is which of another.

use std::collections::HashSet;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// An item of either list, or one of each that are taken for the same with other contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aligned {
    Changed(usize, usize),
    Removed(usize),
    Added(usize),
}

/// Pairs two lists: items of the same content first, what is left between them by name, then in order
/// where `in_order` allows it. Items of the same content are left out.
pub(crate) fn align<N: Hash + Eq + Ord>(
    contents: (&[u64], &[u64]),
    names: (&[N], &[N]),
    in_order: impl Fn(usize, usize) -> bool,
) -> Vec<Aligned> {
    let mut aligned = Vec::new();
    for (old, new) in changed_ranges(contents.0, contents.1) {
        let by_name = ranges(&names.0[old.clone()], &names.1[new.clone()]);
        for (is_same, old_part, new_part) in by_name {
            let mut olds = shifted(&old_part, old.start).peekable();
            let mut news = shifted(&new_part, new.start).peekable();
            while let (Some(at_old), Some(at_new)) = (olds.peek().copied(), news.peek().copied()) {
                if !is_same && !in_order(at_old, at_new) {
                    break;
                }
                if contents.0[at_old] != contents.1[at_new] {
                    aligned.push(Aligned::Changed(at_old, at_new));
                }
                olds.next();
                news.next();
            }
            aligned.extend(olds.map(Aligned::Removed));
            aligned.extend(news.map(Aligned::Added));
        }
    }
    aligned
}

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The ranges of two lists that differ.
fn changed_ranges<T: Hash + Eq + Ord>(old: &[T], new: &[T]) -> Vec<(Range<usize>, Range<usize>)> {
    ranges(old, new).into_iter().filter(|(is_same, ..)| !is_same).map(|(_, old, new)| (old, new)).collect()
}

/// All ranges of two lists, the same and the different.
fn ranges<T: Hash + Eq + Ord>(old: &[T], new: &[T]) -> Vec<(bool, Range<usize>, Range<usize>)> {
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = (&old[head..], &new[head..]);
    let tail = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(old, new)| old == new).count();
    let (inner_old, inner_new) = (head..old.len() - tail, head..new.len() - tail);
    let mut ranges = vec![(true, 0..head, 0..head)];
    let known: HashSet<&T> = old[inner_old.clone()].iter().collect();
    if new[inner_new.clone()].iter().any(|item| known.contains(item)) {
        let inner = capture_diff_slices(Algorithm::Myers, &old[inner_old.clone()], &new[inner_new.clone()]);
        ranges.extend(inner.iter().map(|part| {
            let is_same = matches!(part, DiffOp::Equal { .. });
            (is_same, shifted(&part.old_range(), head), shifted(&part.new_range(), head))
        }));
    } else {
        // Nothing in common, as where every row of a table changed: no need to search for it.
        ranges.push((false, inner_old, inner_new));
    }
    ranges.push((true, old.len() - tail..old.len(), new.len() - tail..new.len()));
    ranges.retain(|(_, old, new)| !old.is_empty() || !new.is_empty());
    ranges
}
