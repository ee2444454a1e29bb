//! What writers and readers of an index agree on: the names and first bytes of files, `meta.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::hash::FINGERPRINT_BITS;

/// The version of the format; a client refuses any other.
pub const VERSION: u32 = 1;

/// Takes a file of the index: its path below the folder of the index, and its bytes.
pub type Emit<'e> = dyn FnMut(&str, Vec<u8>) + 'e;

/// The first byte of every file but [`META`] and [`TRADITIONAL`].
pub(super) const MAGIC: u8 = 0xa7;
/// The second byte, by kind of file.
pub(super) const SHARD: u8 = 1;
pub(super) const PACK: u8 = 2;
pub(super) const CHUNK: u8 = 3;
pub(super) const COLUMN: u8 = 4;
pub(super) const VALUES: u8 = 5;

/// The file that readers begin with: [`Meta`] as JSON.
pub(super) const META: &str = "meta.json";
/// The file of traditional characters and the simplified ones for them.
pub(super) const TRADITIONAL: &str = "hant.txt";
/// Two lines of equal length, after the transform “Hant-Hans” of Unicode CLDR.
pub(super) const TRADITIONAL_TABLE: &str = include_str!("traditional.txt");

pub(super) fn shard_name(shard: u32) -> String {
    format!("d/{shard:x}.bin")
}

pub(super) fn pack_name(range: u32, part: u32) -> String {
    if part == 0 { format!("p/{range:x}.bin") } else { format!("p/{range:x}-{part:x}.bin") }
}

pub(super) fn chunk_name(chunk: u32) -> String {
    format!("c/{chunk:x}.bin")
}

pub(super) fn column_name(file: u32) -> String {
    format!("f/{file:x}.bin")
}

/// Returns the Rice parameter of the gaps between `count` fingerprints.
pub(super) fn fingerprint_parameter(count: u32) -> u32 {
    ((1 << FINGERPRINT_BITS) * 11 / (u64::from(count.max(1)) * 16)).checked_ilog2().unwrap_or(0)
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) version: u32,
    /// The number of documents in all blocks.
    pub(super) documents: u32,
    /// Reports have the numbers below this one.
    pub(super) reports: u32,
    /// Agencies have the numbers from there to below this one.
    pub(super) agencies: u32,
    /// The maximum number of documents in a block.
    pub(super) block: u32,
    /// The number of documents in a chunk.
    pub(super) chunk: u32,
    /// Oldest first.
    pub(super) blocks: Vec<BlockMeta>,
    /// By name.
    pub(super) facets: BTreeMap<String, FacetMeta>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) values: Option<ValuesMeta>,
}

/// Where the values of large facets are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ValuesMeta {
    /// Their folder.
    pub(super) path: String,
    /// A hash of the files, for the caches of browsers.
    pub(super) hash: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BlockMeta {
    /// Its folder: a hash of which documents it has, in which order.
    pub(super) path: String,
    /// A hash of its files, for the caches of browsers.
    pub(super) hash: String,
    pub(super) documents: u32,
    /// log2 of the number of shards.
    pub(super) shards: u32,
    /// log2 of the number of ranges of packs.
    pub(super) packs: u32,
    /// For each facet where the pieces of its column are: file and offset.
    pub(super) columns: BTreeMap<String, Vec<[u32; 2]>>,
}

/// The values of a facet, numbered from 1 in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FacetMeta {
    pub(super) count: u32,
    /// Key and name of each, where they are few.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) values: Vec<[String; 2]>,
    /// Where values lie in others: the outermost ones, each with the first and last number of what is in
    /// it, its key and its name.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) tops: Vec<(u32, u32, String, String)>,
}
