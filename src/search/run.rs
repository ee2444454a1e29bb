//! The terms of many documents, sorted: what is gathered while pages render.
//!
//! Each thread gathers in a [`Gatherer`] of its own. Full ones become a [`Run`]: for each of 64
//! partitions the terms in order, each with its documents in order.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::PathBuf;

use rustc_hash::FxHashMap;

use super::document::Document;
use super::hash::{Key, shard};
use super::posting::{OFTEN, Posting, TITLE};
use super::term;

/// Bits of a key that choose its partition.
pub(super) const PARTITION_BITS: u32 = 6;
/// How many partitions there are.
pub(super) const PARTITIONS: usize = 1 << PARTITION_BITS;
/// So many documents make a run.
const DOCUMENTS: usize = 4_096;
/// So many terms of documents make a run, too: 16 bytes each.
const ENTRIES: usize = 1 << 19;
/// A term that a document has so many times is one that it has often.
const OFTEN_FROM: u32 = 4;

/// The terms of documents, by partition.
#[derive(Default)]
pub(super) struct Gatherer {
    partitions: Vec<Vec<(Key, Posting)>>,
    documents: usize,
    entries: usize,
    /// The terms of one document, with the place of each in `counts`.
    places: FxHashMap<Key, u32>,
    counts: Vec<(Key, u32, u8)>,
}

impl Gatherer {
    /// Adds a document by its number, and says how many terms it has.
    pub(super) fn add(&mut self, number: u32, document: &Document) -> u32 {
        self.partitions.resize_with(PARTITIONS, Vec::new);
        self.count(&document.title, TITLE);
        for name in &document.names {
            self.count(name, TITLE);
            term::of_pinyin(name, |key| count(&mut self.places, &mut self.counts, key, TITLE));
        }
        for line in [&document.note, &document.text] {
            self.count(line, 0);
        }
        document.each_value(|facet, value| {
            for key in term::of_value(facet, value) {
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
        term::of_text(text, |key| count(&mut self.places, &mut self.counts, key, mark));
    }

    /// Whether it is time to make a run of it.
    pub(super) fn is_full(&self) -> bool {
        self.documents >= DOCUMENTS || self.entries >= ENTRIES
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.documents == 0
    }

    /// Sorts what was gathered into a run, and begins anew.
    pub(super) fn take(&mut self) -> Run {
        let mut bytes = Vec::with_capacity(self.entries * 3);
        let mut ends = Vec::with_capacity(PARTITIONS);
        for partition in &mut self.partitions {
            partition.sort_unstable();
            write_partition(partition, &mut bytes);
            partition.clear();
            ends.push(bytes.len() as u64);
        }
        (self.documents, self.entries) = (0, 0);
        Run { ends, numbers: None, start: 0, place: Place::Memory(bytes) }
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

/// Writes how far a term is from the one before, and its documents in order.
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

/// Seven bits a byte, lowest first; the highest bit says that more follow.
pub(super) fn write_number(mut value: u64, into: &mut Vec<u8>) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

/// Reads such a number off the beginning of `bytes`.
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

/// Sorted terms with their documents.
pub(super) struct Run {
    /// Where each partition ends.
    ends: Vec<u64>,
    /// For documents numbered otherwise than those of other runs: the number each has there.
    pub(super) numbers: Option<Vec<u32>>,
    start: u64,
    place: Place,
}

enum Place {
    Memory(Vec<u8>),
    Spilled(SpilledFile),
    Kept(File),
}

/// A file that is gone when nobody needs it.
struct SpilledFile {
    file: File,
    path: PathBuf,
}

impl Drop for SpilledFile {
    #[expect(clippy::disallowed_methods, reason = "the file is of our own making, and nothing of the site")]
    fn drop(&mut self) {
        // Nothing is lost where it stays.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Run {
    /// A run that lies in a file, from a place on.
    pub(super) fn of_file(file: File, start: u64, ends: Vec<u64>) -> Self {
        Self { ends, numbers: None, start, place: Place::Kept(file) }
    }

    /// How much memory it takes.
    pub(super) fn in_memory(&self) -> usize {
        match &self.place {
            Place::Memory(bytes) => bytes.len(),
            Place::Spilled(_) | Place::Kept(_) => 0,
        }
    }

    /// Moves its bytes from memory to a new file.
    pub(super) fn spill(&mut self, path: PathBuf) -> io::Result<()> {
        if let Place::Memory(bytes) = &self.place {
            let mut file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
            let written = file.write_all(bytes);
            self.place = Place::Spilled(SpilledFile { file, path });
            written?;
        }
        Ok(())
    }

    /// The bytes of a partition.
    pub(super) fn partition(&mut self, at: usize) -> io::Result<Vec<u8>> {
        let start = at.checked_sub(1).map_or(Some(&self.start), |before| self.ends.get(before));
        let range: Range<u64> = match (start, self.ends.get(at)) {
            (Some(start), Some(end)) => *start..*end,
            _ => 0..0,
        };
        match &mut self.place {
            Place::Memory(bytes) => {
                Ok(bytes.get(range.start as usize..range.end as usize).unwrap_or(&[]).to_vec())
            }
            Place::Spilled(SpilledFile { file, .. }) | Place::Kept(file) => {
                let mut bytes = vec![0; (range.end - range.start) as usize];
                file.seek(SeekFrom::Start(range.start))?;
                file.read_exact(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_the_same_in_memory_and_on_disk() {
        let mut gatherer = Gatherer::default();
        for number in 0..20 {
            let text = format!("第{number}号 公开公开公开公开 {number}");
            gatherer.add(number, &Document { text, title: "公开".into(), ..Document::default() });
        }
        let mut run = gatherer.take();
        assert!(gatherer.is_empty());
        let folder = tempfile::tempdir().unwrap();
        let before: Vec<Vec<u8>> = (0..PARTITIONS).map(|at| run.partition(at).unwrap()).collect();
        let path = folder.path().join("run-0");
        run.spill(path.clone()).unwrap();
        assert!(path.try_exists().unwrap());
        assert_eq!(run.in_memory(), 0);
        let after: Vec<Vec<u8>> = (0..PARTITIONS).map(|at| run.partition(at).unwrap()).collect();
        assert_eq!(before, after);
        drop(run);
        assert!(!path.try_exists().unwrap(), "the file is removed");
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
