//! Writes the files of an index: orders the documents, merges their terms, and cuts them into shards.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::document::{DocumentKind, FACETS};
use super::facet_columns::ColumnFiles;
use super::facet_values::{FacetValues, ValueFiles, write_values};
use super::format::{
    BlockMeta, CHUNK, Emit, META, Meta, TRADITIONAL, TRADITIONAL_TABLE, VERSION, ValuesMeta, chunk_name,
    column_name,
};
use super::keep::Keeper;
use super::merge::{GONE, Merged, Numbering, RunPartition, merge};
use super::record::Record;
use super::shard_writer::{FileCounts, ShardWriter};
use super::sorted_run::{PARTITIONS, SortedRun};
use super::stored_fields::StoredFieldsWriter;

/// The places of two facets in [`FACETS`].
const REGION: usize = 2;
const AGENCY: usize = 4;
/// The usual number of documents in a chunk; halved until no chunk exceeds [`MAX_CHUNK`].
const CHUNK_DOCUMENTS: u32 = 64;
/// The maximum size of a chunk, in bytes.
const MAX_CHUNK: usize = 24_000;
/// With at most this many terms of documents, file sizes are chosen from all of them; else from a sample.
const FEW_TERMS: u64 = 4_000_000;

/// What was gathered of the documents, which are numbered in the order they came.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) records: Vec<Record>,
    pub(super) values: FacetValues,
    pub(super) runs: Vec<SortedRun>,
}

/// Writes an index from what was gathered.
pub(super) struct IndexWriter {
    records: Vec<Record>,
    numbering: Numbering,
    runs: Vec<SortedRun>,
    columns: Vec<Vec<u32>>,
    meta: Meta,
    values: FacetValues,
    value_files: ValueFiles,
}

impl IndexWriter {
    /// Puts the documents in their final order; `block` is the number of documents in a block.
    pub(super) fn new(gathered: Gathered, block: u32) -> Self {
        let Gathered { records, values, mut runs } = gathered;
        let ordered: Vec<_> = (0..FACETS.len()).map(|facet| values.ordered(facet)).collect();
        let place = |record: &Record, facet: usize| {
            let number = record.values.get(facet).copied().unwrap_or(0);
            ordered.get(facet).and_then(|(_, places)| places.get(number as usize)).copied().unwrap_or(0)
        };
        let mut order: Vec<u32> = (0..records.len() as u32).collect();
        order.sort_by_cached_key(|number| {
            records.get(*number as usize).map(|record| {
                (record.year, record.kind, place(record, REGION), place(record, AGENCY), record.url.clone())
            })
        });
        let mut ranks = vec![0; records.len()];
        for (rank, number) in order.iter().enumerate() {
            if let Some(place) = ranks.get_mut(*number as usize) {
                *place = rank as u32;
            }
        }
        for number in runs.iter_mut().filter_map(|run| run.numbers.as_mut()).flatten() {
            *number = ranks.get(*number as usize).copied().unwrap_or(GONE);
        }
        let columns = (0..FACETS.len()).map(|facet| {
            order.iter().filter_map(|number| Some(place(records.get(*number as usize)?, facet))).collect()
        });
        let columns = columns.collect();
        let count = |kinds: &[DocumentKind]| {
            records.iter().filter(|record| kinds.contains(&record.kind)).count() as u32
        };
        let (facets, value_files) = write_values(&ordered);
        let meta = Meta {
            version: VERSION,
            documents: records.len() as u32,
            reports: count(&[DocumentKind::Report]),
            agencies: count(&[DocumentKind::Report, DocumentKind::Agency]),
            block,
            facets,
            ..Meta::default()
        };
        let mut sorted: Vec<Option<Record>> = records.into_iter().map(Some).collect();
        let records: Vec<Record> =
            order.iter().filter_map(|number| sorted.get_mut(*number as usize)?.take()).collect();
        let meta = Meta { chunk: chunk_size(&records, block), ..meta };
        drop(ordered);
        Self { records, numbering: Numbering { ranks, block }, runs, columns, meta, values, value_files }
    }

    /// Writes all files, `meta.json` last.
    pub(super) fn write(mut self, mut keeper: Option<Keeper>, emit: &mut Emit<'_>) -> io::Result<()> {
        let writers = self.write_terms(&mut keeper, emit)?;
        if let Some(keeper) = keeper {
            keeper.finish(&self.records, &self.values)?;
        }
        let blocks = self.records.chunks(self.numbering.block as usize);
        for ((at, records), (mut writer, mut block)) in blocks.enumerate().zip(writers) {
            for (number, records) in records.chunks(self.meta.chunk as usize).enumerate() {
                writer.file(&chunk_name(number as u32), chunk(records), emit);
            }
            block.columns =
                write_columns(&self.columns, at, self.numbering.block as usize, &mut writer, emit);
            block.hash = short_hash(writer.finish(emit));
            self.meta.blocks.push(block);
        }
        if !self.value_files.is_empty() {
            let mut hash = Xxh3::new();
            for (_, bytes) in &self.value_files {
                hash.update(bytes);
            }
            let folder = ValuesMeta { path: "values".into(), hash: short_hash(hash.digest()) };
            for (name, bytes) in self.value_files {
                emit(&format!("{}/{name}", folder.path), bytes);
            }
            self.meta.values = Some(folder);
        }
        emit(TRADITIONAL, TRADITIONAL_TABLE.as_bytes().to_vec());
        emit(META, serde_json::to_vec(&self.meta)?);
        Ok(())
    }

    /// Merges the runs and writes the terms of every block.
    fn write_terms(
        &mut self,
        keeper: &mut Option<Keeper>,
        emit: &mut Emit<'_>,
    ) -> io::Result<Vec<(ShardWriter, BlockMeta)>> {
        let terms: u64 = self.records.iter().map(|record| u64::from(record.terms)).sum();
        // Hashes spread terms evenly over partitions, so two of them tell the size of all.
        let seen = if terms <= FEW_TERMS { PARTITIONS } else { 2 };
        let mut ready = self.merged(0..seen)?;
        let mut writers: Vec<(ShardWriter, BlockMeta)> = Vec::new();
        for (at, records) in self.records.chunks(self.numbering.block as usize).enumerate() {
            let sample = ready.iter().filter_map(|merged| merged.blocks.get(at)).flatten();
            let counts = FileCounts::choose(sample, PARTITIONS / seen);
            let path = block_path(records);
            let block = BlockMeta {
                path: path.clone(),
                documents: records.len() as u32,
                shards: counts.shards,
                packs: counts.packs,
                ..BlockMeta::default()
            };
            writers.push((ShardWriter::new(path, counts, records.len() as u32), block));
        }
        let mut next = seen;
        loop {
            for merged in ready.drain(..) {
                if let Some(keeper) = keeper {
                    keeper.partition(&merged.run)?;
                }
                for ((writer, _), entries) in writers.iter_mut().zip(merged.blocks) {
                    for entry in entries {
                        writer.add(entry, emit);
                    }
                }
            }
            if next == PARTITIONS {
                return Ok(writers);
            }
            let end = (next + rayon::current_num_threads()).min(PARTITIONS);
            ready = self.merged(next..end)?;
            next = end;
        }
    }

    /// Merges some partitions of all runs, in parallel.
    fn merged(&mut self, partitions: std::ops::Range<usize>) -> io::Result<Vec<Merged>> {
        let read = |at| self.runs.iter_mut().map(|run| run.partition(at)).collect::<io::Result<Vec<_>>>();
        let read = partitions.map(read).collect::<io::Result<Vec<_>>>()?;
        let merged = read.into_par_iter().map(|partition| {
            let parts = partition.into_iter().zip(&self.runs);
            let parts: Vec<RunPartition<'_>> =
                parts.map(|(bytes, run)| RunPartition { bytes, ranks: run.numbers.as_deref() }).collect();
            merge(&parts, &self.numbering)
        });
        Ok(merged.collect())
    }
}

/// Returns the folder of a block: the same as long as it has the same documents in the same order.
fn block_path(records: &[Record]) -> String {
    let mut hash = Xxh3::new();
    hash.update(&VERSION.to_le_bytes());
    for record in records {
        hash.update(record.url.as_bytes());
        hash.update(b"\n");
    }
    short_hash(hash.digest())
}

fn short_hash(hash: u64) -> String {
    format!("{:08x}", hash as u32)
}

/// Returns how many documents a chunk may have so that none exceeds [`MAX_CHUNK`].
fn chunk_size(records: &[Record], block: u32) -> u32 {
    let mut size = CHUNK_DOCUMENTS;
    let is_large = |size: u32| {
        let chunks = records.chunks(block as usize).flat_map(|block| block.chunks(size as usize));
        chunks.map(chunk).any(|bytes| bytes.len() > MAX_CHUNK)
    };
    while size > 1 && is_large(size) {
        size /= 2;
    }
    size
}

fn chunk(records: &[Record]) -> Vec<u8> {
    let mut writer = StoredFieldsWriter::new(CHUNK);
    for record in records {
        writer.push([record.kind.letter(), &record.url, &record.title, &record.note, &record.names]);
    }
    writer.into_bytes()
}

/// Writes the facet columns of a block; returns by facet where the pieces are, as file and offset.
fn write_columns(
    columns: &[Vec<u32>],
    block: usize,
    size: usize,
    writer: &mut ShardWriter,
    emit: &mut Emit<'_>,
) -> BTreeMap<String, Vec<[u32; 2]>> {
    let mut files = ColumnFiles::default();
    let mut places = BTreeMap::new();
    for (name, column) in FACETS.iter().zip(columns) {
        let of_block = column.iter().skip(block * size).take(size).copied();
        places.insert((*name).to_owned(), files.add(of_block));
    }
    for (at, bytes) in files.files.into_iter().enumerate() {
        writer.file(&column_name(at as u32), bytes, emit);
    }
    places
}
