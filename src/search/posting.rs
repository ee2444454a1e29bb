//! Posting lists: the documents that have a term; and the sets of numbers they are made of.
//!
//! A set of `n` numbers below `universe` is written in the shortest of three ways, or not at all
//! where it is the whole universe. A list is the set of documents, then which of them have the term
//! in the title and which have it often, as sets of ranks in the list.

use super::bit_codes::{BitReader, BitWriter};

/// A document that has a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    /// Its number in its block.
    pub(super) document: u32,
    /// [`TITLE`] and [`OFTEN`], combined.
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
    let (there, as_runs) = (GapCode::of(set, universe), runs_length(set));
    let rest = (size > universe / 2).then(|| complement(set, universe));
    let missing = rest.as_ref().map(|rest| (rest, GapCode::of(rest, universe)));
    if let Some((rest, code)) =
        missing.filter(|(_, code)| 2 + code.length < (1 + there.length).min(2 + as_runs))
    {
        into.bits(0b10, 2);
        code.write(rest, into);
    } else if 2 + as_runs < 1 + there.length {
        into.bits(0b11, 2);
        write_runs(set, into);
    } else {
        into.bits(0b0, 1);
        there.write(set, into);
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

/// The Rice code of the gaps between the numbers of a set.
struct GapCode {
    /// How far the parameter is below that of evenly scattered numbers.
    below: u32,
    k: u32,
    /// In bits.
    length: u64,
}

impl GapCode {
    /// Returns the shortest code for a set: clustered numbers have smaller gaps, and a lower parameter.
    fn of(set: &[u32], universe: u32) -> Self {
        let most = parameter(set.len() as u32, universe);
        let code = |k: u32| {
            let gaps: u64 = each_gap(set).map(|gap| u64::from(gap >> k)).sum();
            let below = most - k;
            Self { below, k, length: gaps + set.len() as u64 * u64::from(k + 1) + u64::from(below + 1) }
        };
        let mut best = code(most);
        for k in (0..most).rev() {
            let smaller = code(k);
            if smaller.length > best.length {
                break;
            }
            best = smaller;
        }
        best
    }

    fn write(&self, set: &[u32], into: &mut BitWriter) {
        into.unary(self.below);
        each_gap(set).for_each(|gap| into.rice(gap, self.k));
    }
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

/// Returns the Rice parameter for evenly scattered numbers: about `log2(0.69 · universe / size)`.
fn parameter(size: u32, universe: u32) -> u32 {
    let mean = u64::from(universe) * 11 / (u64::from(size.max(1)) * 16);
    mean.checked_ilog2().unwrap_or(0)
}

fn complement(set: &[u32], universe: u32) -> Vec<u32> {
    let mut set = set.iter().copied().peekable();
    (0..universe).filter(|number| set.next_if_eq(number).is_none()).collect()
}

/// Writes the runs of consecutive numbers in a set: their count, then the gap before each and its length.
fn write_runs(set: &[u32], into: &mut BitWriter) {
    into.gamma(runs(set).count() as u32);
    for (gap, length) in runs(set) {
        into.gamma(gap + 1);
        into.gamma(length);
    }
}

/// Returns how many bits [`write_runs`] takes.
fn runs_length(set: &[u32]) -> u64 {
    let (mut count, mut bits) = (0, 0);
    for (gap, length) in runs(set) {
        count += 1;
        bits += BitWriter::gamma_length(gap + 1) + BitWriter::gamma_length(length);
    }
    BitWriter::gamma_length(count) + bits
}

/// Returns the runs of consecutive numbers in a set: the gap before each, and its length.
fn runs(set: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let mut next = 0;
    set.chunk_by(|left, right| left + 1 == *right).filter_map(move |run| {
        let gap = run.first()? - next;
        next += gap + run.len() as u32;
        Some((gap, run.len() as u32))
    })
}

/// Writes a list of ascending documents. Its length is not written.
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
        fn each_way_takes_as_many_bits_as_it_says(set in prop::collection::btree_set(0..3_000_u32, 1..300)) {
            let set: Vec<u32> = set.into_iter().collect();
            let (mut as_gaps, mut as_runs) = (BitWriter::default(), BitWriter::default());
            let code = GapCode::of(&set, 3_000);
            code.write(&set, &mut as_gaps);
            write_runs(&set, &mut as_runs);
            prop_assert_eq!(as_gaps.len() as u64, code.length);
            prop_assert_eq!(as_runs.len() as u64, runs_length(&set));
        }

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
