//! A block's terms cut into files: dictionary shards, and packs of long lists.
//!
//! Which file a term is in follows from its key alone, so that a change of one list leaves all other
//! files as they are.

use xxhash_rust::xxh3::Xxh3;

use super::bits::BitWriter;
use super::hash::{self, FINGERPRINT_BITS, Key};
use super::merge::Entry;
use super::{Emit, MAGIC, PACK, SHARD};

/// Lists of so many bytes stand in the dictionary itself.
const LONGEST_INLINE: usize = 64;
/// A pack is closed before it grows beyond so many bytes.
const FULL_PACK: usize = 16 * 1024;
/// Dictionaries of so many bytes are small: their files may be larger, and are few.
const SMALL_DICTIONARY: usize = 128 * 1024;
/// So many files of a kind there are before they grow.
const MOST_BITS: u32 = 12;

/// How many files there are of a kind, as powers of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sizes {
    pub(super) shards: u32,
    pub(super) packs: u32,
}

impl Sizes {
    /// Chooses sizes for a block of which `sample` holds one part in `parts`.
    pub(super) fn choose<'e>(sample: impl Iterator<Item = &'e Entry>, parts: usize) -> Self {
        let (mut inline, mut packed) = (0, 0);
        for entry in sample {
            inline += 3;
            let bytes = entry.list.len() / 8;
            if bytes <= LONGEST_INLINE { inline += bytes + 1 } else { packed += bytes + 6 }
        }
        let (inline, packed) = (inline * parts, packed * parts);
        let shard = if inline <= SMALL_DICTIONARY { 18_000 } else { 5_500 };
        let shards = bits(inline, shard, 11_000);
        // Terms of one shard have their lists in one range: whoever meets them together finds all.
        Self { shards, packs: bits(packed, 9_000, 12_000).min(shards) }
    }
}

/// So many bits that `2^bits` files hold `bytes` with at most `target` each; with more than
/// [`MOST_BITS`] only where the files would be larger than `most`.
fn bits(bytes: usize, target: usize, most: usize) -> u32 {
    let fits = |size: usize| (0..24).find(|bits| bytes >> bits <= size).unwrap_or(24);
    fits(target).min(MOST_BITS).max(fits(most)).min(16)
}

/// Cuts one block. Entries come in the order of their keys.
pub(super) struct Cutter {
    folder: String,
    sizes: Sizes,
    documents: u32,
    shard: u32,
    entries: Vec<Entry>,
    pack: Pack,
    version: Xxh3,
}

/// The pack at hand: of a range of keys, the how-manieth.
#[derive(Default)]
struct Pack {
    range: u32,
    part: u32,
    prints: Vec<u32>,
    bytes: Vec<u8>,
}

impl Cutter {
    /// Begins a block of so many documents, whose files lie in `folder`.
    pub(super) fn new(folder: String, sizes: Sizes, documents: u32) -> Self {
        Self {
            folder,
            sizes,
            documents,
            shard: 0,
            entries: Vec::new(),
            pack: Pack::default(),
            version: Xxh3::new(),
        }
    }

    /// Adds a term.
    pub(super) fn add(&mut self, entry: Entry, emit: &mut Emit<'_>) {
        while self.shard < hash::shard(entry.key, self.sizes.shards) {
            self.end_shard(emit);
        }
        self.entries.push(entry);
    }

    /// Adds any other file of the block.
    pub(super) fn file(&mut self, name: &str, bytes: Vec<u8>, emit: &mut Emit<'_>) {
        let path = format!("{}/{name}", self.folder);
        self.version.update(name.as_bytes());
        self.version.update(&bytes);
        emit(&path, bytes);
    }

    /// Writes what is left, and hashes everything that was written.
    pub(super) fn finish(mut self, emit: &mut Emit<'_>) -> u64 {
        while self.shard < 1 << self.sizes.shards {
            self.end_shard(emit);
        }
        self.end_pack(emit);
        self.version.digest()
    }

    /// Puts a list into a pack, and says into which of its range.
    fn pack(&mut self, key: Key, list: &[u8], emit: &mut Emit<'_>) -> u32 {
        let range = hash::shard(key, self.sizes.packs);
        let print = hash::fingerprint(key);
        let is_full = !self.pack.bytes.is_empty() && self.pack.bytes.len() + list.len() > FULL_PACK;
        if range != self.pack.range {
            self.end_pack(emit);
            self.pack = Pack { range, ..Pack::default() };
        } else if is_full || self.pack.prints.contains(&print) {
            self.end_pack(emit);
            self.pack.part += 1;
        }
        self.pack.prints.push(print);
        let bytes = &mut self.pack.bytes;
        if bytes.is_empty() {
            bytes.extend([MAGIC, PACK, self.sizes.packs as u8]);
        }
        bytes.extend(print.to_be_bytes().into_iter().skip(1));
        bytes.extend((list.len() as u16).to_be_bytes());
        bytes.extend(list);
        self.pack.part
    }

    fn end_pack(&mut self, emit: &mut Emit<'_>) {
        self.pack.prints.clear();
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
        for byte in [MAGIC, SHARD, self.sizes.shards as u8] {
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
            let is_long = entry.list.len() > LONGEST_INLINE * 8;
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

/// The Rice parameter of the gaps between so many fingerprints.
pub(super) fn fingerprint_parameter(count: u32) -> u32 {
    ((1 << FINGERPRINT_BITS) * 11 / (u64::from(count.max(1)) * 16)).checked_ilog2().unwrap_or(0)
}

/// The file of a shard.
pub(super) fn shard_name(shard: u32) -> String {
    format!("d/{shard:x}.bin")
}

/// The file of a pack.
pub(super) fn pack_name(range: u32, part: u32) -> String {
    if part == 0 { format!("p/{range:x}.bin") } else { format!("p/{range:x}-{part:x}.bin") }
}
