//! `meta.json`: what a reader has to know of an index before anything else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the format; a client refuses any other.
pub const VERSION: u32 = 1;

/// What there is, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) version: u32,
    /// How many documents there are, in all blocks.
    pub(super) documents: u32,
    /// Reports have the first numbers; this is the one behind them.
    pub(super) reports: u32,
    /// Agencies have the next numbers; this is the one behind them.
    pub(super) agencies: u32,
    /// Documents a block, at most.
    pub(super) block: u32,
    /// Documents a chunk.
    pub(super) chunk: u32,
    /// Oldest first.
    pub(super) blocks: Vec<BlockMeta>,
    /// By name.
    pub(super) facets: BTreeMap<String, FacetMeta>,
    /// Values that do not stand here.
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

/// A block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BlockMeta {
    /// Its folder: a hash of which documents it has, in which order.
    pub(super) path: String,
    /// A hash of its files, for the caches of browsers.
    pub(super) hash: String,
    pub(super) documents: u32,
    /// There are two to this power of shards.
    pub(super) shards: u32,
    /// And of ranges of packs.
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
    /// Where some lie in others: those that lie in none, each with the first and the last number of what
    /// is in it, its key and its name.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) tops: Vec<(u32, u32, String, String)>,
}
