//! Sorted runs: the terms of some thousand documents each, in order.
//!
//! Each thread fills a [`Gatherer`] of its own while pages render. A full one becomes a [`SortedRun`]: for
//! each of 64 partitions the terms in order, each with its documents in order.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::document::Document;
use super::hash::{Key, shard};
use super::posting::{OFTEN, Posting, TITLE};
use super::tokenize;

/// Bits of a key that choose its partition.
pub(super) const PARTITION_BITS: u32 = 6;
pub(super) const PARTITIONS: usize = 1 << PARTITION_BITS;
/// The maximum number of documents in a run.
const MAX_DOCUMENTS: usize = 4_096;
/// The maximum number of terms of documents in a run, of 16 bytes each while gathered.
const MAX_ENTRIES: usize = 1 << 19;
/// A document has a term often if it has it at least this many times.
const OFTEN_FROM: u32 = 4;

/// The terms of documents, by partition.
#[derive(Default)]
pub(super) struct Gatherer {
    partitions: Vec<Vec<(Key, Posting)>>,
    documents: usize,
    entries: usize,
    /// Of the document being added: the place of each term in `counts`.
    places: FxHashMap<Key, u32>,
    counts: Vec<(Key, u32, u8)>,
}

impl Gatherer {
    /// Adds a document under its number; returns how many terms it has.
    pub(super) fn add(&mut self, number: u32, document: &Document) -> u32 {
        self.partitions.resize_with(PARTITIONS, Vec::new);
        self.count(&document.title, TITLE);
        for name in &document.names {
            self.count(name, TITLE);
            tokenize::pinyin_terms(name, |key| count(&mut self.places, &mut self.counts, key, TITLE));
        }
        for line in [&document.note, &document.text] {
            self.count(line, 0);
        }
        document.each_value(|facet, value| {
            for key in tokenize::facet_terms(facet, value) {
                count(&mut self.places, &mut self.counts, key, 0);
            }
        });
        let terms = self.counts.len();
        for (key, times, marks) in self.counts.drain(..) {
            let often = if times >= OFTEN_FROM { OFTEN } else { 0 };
            if let Some(partition) = self.partitions.get_mut(shard(key, PARTITION_BITS) as usize) {
                partition.push((key, Posting { document: number, marks: marks | often }));
                self.entries += 1;
            }
        }
        self.places.clear();
        self.documents += 1;
        terms as u32
    }

    fn count(&mut self, text: &str, mark: u8) {
        tokenize::text_terms(text, |key| count(&mut self.places, &mut self.counts, key, mark));
    }

    /// Whether it should become a run now.
    pub(super) fn is_full(&self) -> bool {
        self.documents >= MAX_DOCUMENTS || self.entries >= MAX_ENTRIES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents == 0
    }

    /// Sorts what was gathered into a run; the gatherer is empty then.
    pub(super) fn take(&mut self) -> SortedRun {
        let mut bytes = Vec::with_capacity(self.entries * 3);
        let mut ends = Vec::with_capacity(PARTITIONS);
        for partition in &mut self.partitions {
            partition.sort_unstable();
            write_partition(partition, &mut bytes);
            partition.clear();
            ends.push(bytes.len() as u64);
        }
        (self.documents, self.entries) = (0, 0);
        SortedRun { ends, numbers: None, start: 0, bytes: RunBytes::Memory(bytes) }
    }
}

fn count(places: &mut FxHashMap<Key, u32>, counts: &mut Vec<(Key, u32, u8)>, key: Key, mark: u8) {
    let next = counts.len() as u32;
    let place = *places.entry(key).or_insert(next);
    match counts.get_mut(place as usize) {
        Some((_, times, marks)) => {
            *times += 1;
            *marks |= mark;
        }
        None => counts.push((key, 1, mark)),
    }
}

fn write_partition(partition: &[(Key, Posting)], into: &mut Vec<u8>) {
    let mut before = 0;
    for list in partition.chunk_by(|left, right| left.0 == right.0) {
        let Some((key, _)) = list.first() else { continue };
        write_postings(key - before, list.iter().map(|(_, posting)| posting), into);
        before = *key;
    }
}

/// Writes the difference of a term to the one before it, and its documents in order.
pub(super) fn write_postings<'p>(
    step: u64,
    postings: impl ExactSizeIterator<Item = &'p Posting>,
    into: &mut Vec<u8>,
) {
    write_number(step, into);
    write_number(postings.len() as u64, into);
    let mut last = 0;
    for posting in postings {
        write_number(u64::from(posting.document - last) << 2 | u64::from(posting.marks), into);
        last = posting.document;
    }
}

/// Writes a number in LEB128: seven bits a byte, lowest first; the highest bit says that more follow.
pub(super) fn write_number(mut value: u64, into: &mut Vec<u8>) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

/// Reads a number written by [`write_number`] and advances `bytes` past it.
pub(super) fn read_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Temporary storage of a run. What was written to it can be dropped with it.
pub trait Storage: Read + Write + Seek + Send + Sync {}

impl<T: Read + Write + Seek + Send + Sync> Storage for T {}

/// Sorted terms with their documents, by partition.
pub(super) struct SortedRun {
    /// Where each partition ends.
    ends: Vec<u64>,
    /// The numbers of its documents, where the run numbers them otherwise than the gathered ones.
    pub(super) numbers: Option<Vec<u32>>,
    start: u64,
    bytes: RunBytes,
}

enum RunBytes {
    Memory(Vec<u8>),
    Stored(Box<dyn Storage>),
}

impl SortedRun {
    /// A run that lies in a storage from a place on.
    pub(super) fn stored(storage: impl Storage + 'static, start: u64, ends: Vec<u64>) -> Self {
        Self { ends, numbers: None, start, bytes: RunBytes::Stored(Box::new(storage)) }
    }

    /// Returns how many bytes of memory it takes.
    pub(super) fn in_memory(&self) -> usize {
        match &self.bytes {
            RunBytes::Memory(bytes) => bytes.len(),
            RunBytes::Stored(_) => 0,
        }
    }

    /// Moves its bytes from memory to a new storage.
    pub(super) fn spill(&mut self, storage: impl FnOnce() -> io::Result<Box<dyn Storage>>) -> io::Result<()> {
        if let RunBytes::Memory(bytes) = &self.bytes {
            let mut storage = storage()?;
            storage.write_all(bytes)?;
            self.bytes = RunBytes::Stored(storage);
        }
        Ok(())
    }

    pub(super) fn partition(&mut self, at: usize) -> io::Result<Vec<u8>> {
        let start = at.checked_sub(1).map_or(Some(&self.start), |before| self.ends.get(before));
        let range: Range<u64> = match (start, self.ends.get(at)) {
            (Some(start), Some(end)) => *start..*end,
            _ => 0..0,
        };
        match &mut self.bytes {
            RunBytes::Memory(bytes) => {
                Ok(bytes.get(range.start as usize..range.end as usize).unwrap_or(&[]).to_vec())
            }
            RunBytes::Stored(storage) => {
                let mut bytes = vec![0; (range.end - range.start) as usize];
                storage.seek(SeekFrom::Start(range.start))?;
                storage.read_exact(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_the_same_in_memory_and_in_storage() {
        let mut gatherer = Gatherer::default();
        for number in 0..20 {
            let text = format!("第{number}号 公开公开公开公开 {number}");
            gatherer.add(number, &Document { text, title: "公开".into(), ..Document::default() });
        }
        let mut run = gatherer.take();
        assert!(gatherer.is_empty());
        let before: Vec<Vec<u8>> = (0..PARTITIONS).map(|at| run.partition(at).unwrap()).collect();
        run.spill(|| Ok(Box::new(io::Cursor::new(Vec::new())))).unwrap();
        assert_eq!(run.in_memory(), 0);
        let after: Vec<Vec<u8>> = (0..PARTITIONS).map(|at| run.partition(at).unwrap()).collect();
        assert_eq!(before, after);
        assert!(before.iter().filter(|bytes| !bytes.is_empty()).count() > 10);
    }

    #[test]
    fn numbers_come_back() {
        for value in [0, 1, 127, 128, 300, u64::MAX] {
            let mut bytes = Vec::new();
            write_number(value, &mut bytes);
            let mut rest = &*bytes;
            assert_eq!(read_number(&mut rest), Some(value));
            assert!(rest.is_empty());
        }
        assert_eq!(read_number(&mut &[0x80_u8, 0x80][..]), None);
    }
}
