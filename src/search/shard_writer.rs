//! Writes the terms of a block as files: dictionary shards, and packs of long lists.
//!
//! A term's file follows from its key alone, so that a change of one list leaves all other files as
//! they are.

use xxhash_rust::xxh3::Xxh3;

use super::bit_codes::BitWriter;
use super::format::{Emit, MAGIC, PACK, SHARD, fingerprint_parameter, pack_name, shard_name};
use super::hash::{self, Key};
use super::merge::TermEntry;

/// The maximum length of a list in the dictionary itself, in bytes.
const MAX_INLINE: usize = 64;
/// The size in bytes beyond which a pack takes no further list.
const MAX_PACK: usize = 16 * 1024;
/// The maximum size of a small dictionary, in bytes: it has fewer and larger files.
const SMALL_DICTIONARY: usize = 128 * 1024;
/// log2 of the number of files of a kind up to which their size is kept; then they grow.
const USUAL_BITS: u32 = 12;

/// log2 of the number of files of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileCounts {
    pub(super) shards: u32,
    pub(super) packs: u32,
}

impl FileCounts {
    /// Chooses the numbers for a block of which `sample` holds one part in `parts`.
    pub(super) fn choose<'e>(sample: impl Iterator<Item = &'e TermEntry>, parts: usize) -> Self {
        let (mut inline, mut packed) = (0, 0);
        for entry in sample {
            inline += 3;
            let bytes = entry.list.len() / 8;
            if bytes <= MAX_INLINE { inline += bytes + 1 } else { packed += bytes + 6 }
        }
        let (inline, packed) = (inline * parts, packed * parts);
        let shard = if inline <= SMALL_DICTIONARY { 18_000 } else { 5_500 };
        let shards = bits(inline, shard, 11_000);
        // Never more ranges than shards: the terms of one shard have their lists in one range.
        Self { shards, packs: bits(packed, 9_000, 12_000).min(shards) }
    }
}

/// Returns log2 of the number of files that hold `bytes` in at most `target` each; more than
/// [`USUAL_BITS`] only where files would otherwise exceed `most`.
fn bits(bytes: usize, target: usize, most: usize) -> u32 {
    let fits = |size: usize| (0..24).find(|bits| bytes >> bits <= size).unwrap_or(24);
    fits(target).min(USUAL_BITS).max(fits(most)).min(16)
}

/// Writes the files of a block. Terms come in the order of their keys.
pub(super) struct ShardWriter {
    folder: String,
    counts: FileCounts,
    documents: u32,
    shard: u32,
    entries: Vec<TermEntry>,
    pack: Pack,
    version: Xxh3,
}

/// The pack being written: part `part` of a range of keys.
#[derive(Default)]
struct Pack {
    range: u32,
    part: u32,
    fingerprints: Vec<u32>,
    bytes: Vec<u8>,
}

impl ShardWriter {
    /// Begins a block of `documents` documents, whose files lie in `folder`.
    pub(super) fn new(folder: String, counts: FileCounts, documents: u32) -> Self {
        Self {
            folder,
            counts,
            documents,
            shard: 0,
            entries: Vec::new(),
            pack: Pack::default(),
            version: Xxh3::new(),
        }
    }

    pub(super) fn add(&mut self, entry: TermEntry, emit: &mut Emit<'_>) {
        while self.shard < hash::shard(entry.key, self.counts.shards) {
            self.end_shard(emit);
        }
        self.entries.push(entry);
    }

    /// Emits a file of the block.
    pub(super) fn file(&mut self, name: &str, bytes: Vec<u8>, emit: &mut Emit<'_>) {
        let path = format!("{}/{name}", self.folder);
        self.version.update(name.as_bytes());
        self.version.update(&bytes);
        emit(&path, bytes);
    }

    /// Writes what is left; returns a hash of all files of the block.
    pub(super) fn finish(mut self, emit: &mut Emit<'_>) -> u64 {
        while self.shard < 1 << self.counts.shards {
            self.end_shard(emit);
        }
        self.end_pack(emit);
        self.version.digest()
    }

    /// Puts a list into a pack; returns which part of its range that is.
    fn pack(&mut self, key: Key, list: &[u8], emit: &mut Emit<'_>) -> u32 {
        let range = hash::shard(key, self.counts.packs);
        let print = hash::fingerprint(key);
        let is_full = !self.pack.bytes.is_empty() && self.pack.bytes.len() + list.len() > MAX_PACK;
        if range != self.pack.range {
            self.end_pack(emit);
            self.pack = Pack { range, ..Pack::default() };
        } else if is_full || self.pack.fingerprints.contains(&print) {
            self.end_pack(emit);
            self.pack.part += 1;
        }
        self.pack.fingerprints.push(print);
        let bytes = &mut self.pack.bytes;
        if bytes.is_empty() {
            bytes.extend([MAGIC, PACK, self.counts.packs as u8]);
        }
        bytes.extend(print.to_be_bytes().into_iter().skip(1));
        bytes.extend((list.len() as u16).to_be_bytes());
        bytes.extend(list);
        self.pack.part
    }

    fn end_pack(&mut self, emit: &mut Emit<'_>) {
        self.pack.fingerprints.clear();
        let bytes = std::mem::take(&mut self.pack.bytes);
        if !bytes.is_empty() {
            self.file(&pack_name(self.pack.range, self.pack.part), bytes, emit);
        }
    }

    fn end_shard(&mut self, emit: &mut Emit<'_>) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_by_key(|entry| hash::fingerprint(entry.key));
        entries.dedup_by(|other, kept| {
            let meets = hash::fingerprint(other.key) == hash::fingerprint(kept.key);
            if meets {
                kept.join(other, self.documents);
            }
            meets
        });
        let mut bits = BitWriter::default();
        for byte in [MAGIC, SHARD, self.counts.shards as u8] {
            bits.bits(u32::from(byte), 8);
        }
        bits.gamma(entries.len() as u32 + 1);
        let k = fingerprint_parameter(entries.len() as u32);
        let mut before = 0;
        for entry in &entries {
            let print = hash::fingerprint(entry.key);
            bits.rice(print - before, k);
            before = print;
        }
        for entry in entries {
            bits.gamma(entry.count);
            let is_long = entry.list.len() > MAX_INLINE * 8;
            bits.bits(u32::from(is_long), 1);
            if is_long {
                bits.gamma(self.pack(entry.key, &entry.list.into_bytes(), emit) + 1);
            } else {
                bits.append(&entry.list);
            }
        }
        self.file(&shard_name(self.shard), bits.into_bytes(), emit);
        self.shard += 1;
    }
}
