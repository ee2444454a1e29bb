//! Sets of numbers, and the lists of documents that hold a term.
//!
//! A set of `n` numbers below `universe` is written in the cheapest of three ways, or not at all
//! where it is everything. A list is the set of documents, then which of them have the term in the
//! title and which have it often, as sets of ranks in the list.

use super::bits::{BitReader, BitWriter};

/// A document of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    /// Its number in its block.
    pub(super) document: u32,
    /// Where and how often it has the term.
    pub(super) marks: u8,
}

/// The term is in the title, or in one of an agency's names.
pub(super) const TITLE: u8 = 1;
/// The document has the term often.
pub(super) const OFTEN: u8 = 2;

/// Writes a set of ascending numbers below `universe`. Its size is not written.
pub(super) fn write_set(set: &[u32], universe: u32, into: &mut BitWriter) {
    let size = set.len() as u32;
    if size == 0 || size >= universe {
        return;
    }
    let mut ways = vec![(0b0, 1, gaps(set, universe)), (0b11, 2, runs(set))];
    if size > universe / 2 {
        ways.push((0b10, 2, gaps(&complement(set, universe), universe)));
    }
    if let Some((tag, length, bits)) =
        ways.into_iter().min_by_key(|(_, length, bits)| bits.len() + *length as usize)
    {
        into.bits(tag, length);
        into.append(&bits);
    }
}

/// Reads a set of `size` numbers below `universe`.
pub(super) fn read_set(from: &mut BitReader<'_>, size: u32, universe: u32) -> Vec<u32> {
    if size == 0 {
        return Vec::new();
    }
    if size >= universe {
        return (0..universe).collect();
    }
    if from.bits(1) == 0 {
        return read_gaps(from, size, universe);
    }
    if from.bits(1) == 0 {
        return complement(&read_gaps(from, universe - size, universe), universe);
    }
    let mut set = Vec::with_capacity(size as usize);
    let mut next = 0_u32;
    for _ in 0..from.gamma() {
        next = next.saturating_add(from.gamma() - 1);
        let length = from.gamma().min(universe.saturating_sub(next));
        set.extend(next..next + length);
        next += length;
    }
    set
}

/// The gaps between the numbers of a set in Rice code, with the parameter that suits them best.
fn gaps(set: &[u32], universe: u32) -> BitWriter {
    let most = parameter(set.len() as u32, universe);
    let gap_bits = |k: u32| -> u64 { each_gap(set).map(|gap| u64::from(gap >> k) + 1 + u64::from(k)).sum() };
    let k = (0..=most).rev().min_by_key(|k| gap_bits(*k) + u64::from(most - k)).unwrap_or(most);
    let mut bits = BitWriter::default();
    bits.unary(most - k);
    each_gap(set).for_each(|gap| bits.rice(gap, k));
    bits
}

fn read_gaps(from: &mut BitReader<'_>, size: u32, universe: u32) -> Vec<u32> {
    let k = parameter(size, universe).saturating_sub(from.unary());
    let mut set = Vec::with_capacity(size as usize);
    let mut next = 0_u32;
    for _ in 0..size {
        let number = next.saturating_add(from.rice(k));
        if number >= universe || from.is_past_end() {
            break;
        }
        set.push(number);
        next = number + 1;
    }
    set
}

fn each_gap(set: &[u32]) -> impl Iterator<Item = u32> {
    let before = std::iter::once(None).chain(set.iter().map(|number| Some(*number)));
    set.iter().zip(before).map(|(number, before)| before.map_or(*number, |before| number - before - 1))
}

/// The Rice parameter for numbers that lie at random: about `log2(0.69 · universe / size)`.
fn parameter(size: u32, universe: u32) -> u32 {
    let mean = u64::from(universe) * 11 / (u64::from(size.max(1)) * 16);
    mean.checked_ilog2().unwrap_or(0)
}

fn complement(set: &[u32], universe: u32) -> Vec<u32> {
    let mut set = set.iter().copied().peekable();
    (0..universe).filter(|number| set.next_if_eq(number).is_none()).collect()
}

/// Runs of neighbours: how many, then for each the gap before it and its length.
fn runs(set: &[u32]) -> BitWriter {
    let mut bits = BitWriter::default();
    let runs = || set.chunk_by(|left, right| left + 1 == *right);
    bits.gamma(runs().count() as u32);
    let mut next = 0;
    for run in runs() {
        let first = run.first().copied().unwrap_or(0);
        bits.gamma(first - next + 1);
        bits.gamma(run.len() as u32);
        next = first + run.len() as u32;
    }
    bits
}

/// Writes a list of ascending documents. How many there are is not written.
pub(super) fn write_list(list: &[Posting], universe: u32, into: &mut BitWriter) {
    let documents: Vec<u32> = list.iter().map(|posting| posting.document).collect();
    write_set(&documents, universe, into);
    for mark in [TITLE, OFTEN] {
        let ranks = list.iter().enumerate().filter(|(_, posting)| posting.marks & mark != 0);
        let ranks: Vec<u32> = ranks.map(|(rank, _)| rank as u32).collect();
        into.bits(u32::from(!ranks.is_empty()), 1);
        if !ranks.is_empty() {
            into.gamma(ranks.len() as u32);
            write_set(&ranks, list.len() as u32, into);
        }
    }
}

/// Reads a list of `count` documents.
pub(super) fn read_list(from: &mut BitReader<'_>, count: u32, universe: u32) -> Vec<Posting> {
    let documents = read_set(from, count.min(universe), universe);
    let mut list: Vec<Posting> =
        documents.into_iter().map(|document| Posting { document, marks: 0 }).collect();
    for mark in [TITLE, OFTEN] {
        if from.bits(1) == 1 {
            let size = from.gamma().min(count);
            for rank in read_set(from, size, count) {
                if let Some(posting) = list.get_mut(rank as usize) {
                    posting.marks |= mark;
                }
            }
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn round_trip(list: &[Posting], universe: u32) -> usize {
        let mut writer = BitWriter::default();
        writer.bits(1, 1);
        write_list(list, universe, &mut writer);
        let length = writer.len();
        let bytes = writer.into_bytes();
        let mut reader = BitReader::new(&bytes);
        assert_eq!(reader.bits(1), 1);
        assert_eq!(read_list(&mut reader, list.len() as u32, universe), list);
        length
    }

    fn plain(documents: impl IntoIterator<Item = u32>) -> Vec<Posting> {
        documents.into_iter().map(|document| Posting { document, marks: 0 }).collect()
    }

    #[test]
    fn each_kind_of_list_is_short_in_its_way() {
        assert_eq!(round_trip(&plain(0..100_000), 100_000), 3, "everything costs nothing");
        assert!(round_trip(&plain(5_000..60_000), 100_000) < 80, "a run");
        assert!(round_trip(&plain((0..100_000).filter(|n| n % 1_000 != 7)), 100_000) < 1_300, "nearly all");
        assert!(round_trip(&plain([77_777]), 100_000) < 24, "one of many");
        assert!(round_trip(&plain((0..100_000).step_by(50)), 100_000) < 2_000 * 8, "some");
    }

    proptest! {
        #[test]
        fn lists_come_back(
            marked in prop::collection::btree_map(0..3_000_u32, 0..4_u8, 1..200),
            universe in 3_000..200_000_u32,
        ) {
            let marked: BTreeMap<u32, u8> = marked;
            let list: Vec<Posting> =
                marked.into_iter().map(|(document, marks)| Posting { document, marks }).collect();
            round_trip(&list, universe);
        }

        #[test]
        fn damaged_lists_are_read_to_some_end(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let list = read_list(&mut BitReader::new(&bytes), 500, 1_000);
            prop_assert!(list.iter().all(|posting| posting.document < 1_000));
        }
    }
}
