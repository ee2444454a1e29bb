//! Merges sorted runs: the terms of a partition with all their documents, block by block.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bit_codes::{BitReader, BitWriter};
use super::hash::Key;
use super::posting::{OFTEN, Posting, read_list, write_list};
use super::sorted_run::{read_number, write_postings};

/// A term is common if more than one in this many documents has it.
const COMMON: u32 = 8;

/// A term of a block with its documents.
pub(super) struct TermEntry {
    pub(super) key: Key,
    /// The number of documents that have it.
    pub(super) count: u32,
    /// Those documents, as [`write_list`] writes them.
    pub(super) list: BitWriter,
}

impl TermEntry {
    /// Encodes the list of a term in a block of `universe` documents.
    fn new(key: Key, mut list: Vec<Posting>, universe: u32) -> Self {
        // That a document has a common term often says little, and takes the most room.
        if list.len() as u32 > universe / COMMON {
            for posting in &mut list {
                posting.marks &= !OFTEN;
            }
        }
        let mut bits = BitWriter::default();
        write_list(&list, universe, &mut bits);
        Self { key, count: list.len() as u32, list: bits }
    }

    /// Adds the documents of another term whose fingerprint is the same: readers cannot tell them apart.
    pub(super) fn join(&mut self, other: &Self, universe: u32) {
        let read = |entry: &Self| {
            let bytes = entry.list.clone().into_bytes();
            read_list(&mut BitReader::new(&bytes), entry.count, universe)
        };
        let mut list = [read(self), read(other)].concat();
        list.sort_unstable();
        list.dedup_by(|other, kept| {
            let meets = other.document == kept.document;
            kept.marks |= if meets { other.marks } else { 0 };
            meets
        });
        *self = Self::new(self.key, list, universe);
    }
}

/// The final numbers of documents.
pub(super) struct Numbering {
    /// By the number a document was gathered under.
    pub(super) ranks: Vec<u32>,
    /// The maximum number of documents in a block.
    pub(super) block: u32,
}

impl Numbering {
    pub(super) fn blocks(&self) -> usize {
        self.ranks.len().div_ceil(self.block as usize)
    }

    /// Returns the number of documents in a block.
    pub(super) fn size(&self, block: usize) -> u32 {
        let before = block as u32 * self.block;
        (self.ranks.len() as u32).saturating_sub(before).min(self.block)
    }
}

/// The number of a document that is there no more.
pub(super) const GONE: u32 = u32::MAX;

pub(super) struct RunPartition<'r> {
    pub(super) bytes: Vec<u8>,
    /// The final number of each of its documents, where the run has numbers of its own.
    pub(super) ranks: Option<&'r [u32]>,
}

/// A partition of all runs.
#[derive(Default)]
pub(super) struct Merged {
    /// Its terms block by block, in the order of keys.
    pub(super) blocks: Vec<Vec<TermEntry>>,
    /// The same as a partition of a run.
    pub(super) run: Vec<u8>,
}

/// Merges the same partition of all runs.
pub(super) fn merge(parts: &[RunPartition<'_>], numbering: &Numbering) -> Merged {
    let blocks = (0..numbering.blocks()).map(|_| Vec::new()).collect();
    let mut merged = Merged { blocks, ..Merged::default() };
    let mut before = 0;
    let mut cursors: Vec<&[u8]> = parts.iter().map(|part| &*part.bytes).collect();
    let mut heads = BinaryHeap::new();
    for (at, cursor) in cursors.iter_mut().enumerate() {
        heads.extend(read_number(cursor).map(|key| Reverse((key, at))));
    }
    let mut list: Vec<Posting> = Vec::new();
    while let Some(Reverse((key, at))) = heads.pop() {
        if let (Some(cursor), Some(part)) = (cursors.get_mut(at), parts.get(at)) {
            read_postings(cursor, part.ranks.unwrap_or(&numbering.ranks), &mut list);
            heads.extend(read_number(cursor).map(|delta| Reverse((key + delta, at))));
        }
        if heads.peek().is_none_or(|Reverse((next, _))| *next != key) {
            // Mostly two lists in order, one behind the other: a stable sort merges them.
            list.sort();
            if !list.is_empty() {
                write_postings(key - before, list.iter(), &mut merged.run);
                before = key;
            }
            let mut rest = &*list;
            while let Some(first) = rest.first() {
                let block = first.document / numbering.block;
                let start = block * numbering.block;
                let count = rest.partition_point(|posting| posting.document - start < numbering.block);
                let (of_block, behind) = rest.split_at(count);
                rest = behind;
                let local = |posting: &Posting| Posting { document: posting.document - start, ..*posting };
                let size = numbering.size(block as usize);
                let entry = TermEntry::new(key, of_block.iter().map(local).collect(), size);
                if let Some(entries) = merged.blocks.get_mut(block as usize) {
                    entries.push(entry);
                }
            }
            list.clear();
        }
    }
    merged
}

fn read_postings(cursor: &mut &[u8], ranks: &[u32], list: &mut Vec<Posting>) {
    let mut number = 0;
    for _ in 0..read_number(cursor).unwrap_or(0) {
        let Some(code) = read_number(cursor) else { return };
        number += (code >> 2) as usize;
        let rank = ranks.get(number).copied().filter(|rank| *rank != GONE);
        list.extend(rank.map(|document| Posting { document, marks: code as u8 & 3 }));
    }
}
