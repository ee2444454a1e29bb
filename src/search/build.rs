//! Builds an index: documents in, in any order and from any thread; files out.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::chunk::ChunkWriter;
use super::cut::{Cutter, Sizes};
use super::document::{Document, FACETS, Kind};
use super::facet::{ColumnFiles, Met, Values};
use super::merge::{GONE, Merged, Numbering, Part, merge};
use super::meta::{BlockMeta, Meta, VERSION, ValuesMeta};
use super::run::{Gatherer, PARTITIONS, Run};
use super::term;
use super::values::{Files, write_values};
use super::{CHUNK, Emit, META, TRADITIONAL, TRADITIONAL_TABLE};
use crate::state::{Snapshot, SnapshotWriter};

/// Documents a block: what bounds the cost of a query.
const BLOCK: u32 = 1 << 17;
/// Documents a chunk; fewer where chunks would be larger than [`FULL_CHUNK`].
const CHUNK_DOCUMENTS: u32 = 64;
/// No chunk has more bytes.
const FULL_CHUNK: usize = 24_000;
/// Runs are kept in memory up to so many bytes.
const IN_MEMORY: usize = 48 << 20;
/// With so many entries or fewer, the sizes of files are chosen knowing all of them.
const FEW_ENTRIES: u64 = 4_000_000;

/// How an index is built.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How the names of files begin for what does not fit in memory: `folder/run`. They are gone when
    /// the builder is. Without it, everything stays in memory.
    pub scratch: Option<PathBuf>,
    /// Documents a block, instead of the usual number. For tests.
    pub block: Option<u32>,
}

/// Where to keep what an index is made of.
#[derive(Clone, Copy, Debug)]
pub struct Keep<'k> {
    /// The file.
    pub path: &'k Path,
    /// What tells this index from others.
    pub name: u128,
}

/// Gathers documents.
#[derive(Default)]
pub struct Builder {
    options: Options,
    gatherers: Mutex<Vec<Gatherer>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    records: Vec<Record>,
    values: Values,
    runs: Vec<Run>,
    in_memory: usize,
}

/// What is kept of a document until the end.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    kind: Kind,
    year: i16,
    url: Box<str>,
    title: Box<str>,
    note: Box<str>,
    names: Box<str>,
    terms: u32,
    met: Met,
}

impl Builder {
    /// Begins an index.
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Adds a document. No two may have the same address.
    pub fn add(&self, document: &Document) -> io::Result<()> {
        let number = self.register(document);
        let gatherer = self.gatherers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut gatherer = gatherer.unwrap_or_default();
        let terms = gatherer.add(number, document);
        let full = gatherer.is_full().then(|| gatherer.take());
        self.gatherers.lock().unwrap_or_else(PoisonError::into_inner).push(gatherer);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(record) = state.records.get_mut(number as usize) {
            record.terms = terms;
        }
        full.map_or(Ok(()), |run| state.keep(run, self.options.scratch.as_deref()))
    }

    fn register(&self, document: &Document) -> u32 {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let met = state.values.meet(document);
        state.records.push(Record::new(document, met));
        state.records.len() as u32 - 1
    }

    /// Takes over from the index that was kept as `kept` the documents that `is_same` knows by their
    /// addresses. Says whether there is such an index.
    pub fn resume(&self, kept: Keep<'_>, is_same: &dyn Fn(&str) -> bool) -> bool {
        let Some((snapshot, table)) = Snapshot::open(kept.path, kept.name) else { return false };
        let (records, values): (Vec<Record>, Values) = table;
        let mut run = Run::of_file(snapshot.file, snapshot.start, snapshot.ends);
        let values = values.numbered();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut take = |record: Record| {
            if !is_same(&record.url) {
                return GONE;
            }
            let met = state.values.meet_again(&values, record.met);
            state.records.push(Record { met, ..record });
            state.records.len() as u32 - 1
        };
        run.numbers = Some(records.into_iter().map(&mut take).collect());
        state.runs.push(run);
        true
    }

    /// Writes the index: `emit` is given each file with its path. What it is made of goes to `keep`, which
    /// is another file than the one it resumes.
    pub fn finish(self, keep: Option<Keep<'_>>, emit: &mut Emit<'_>) -> io::Result<()> {
        let gatherers = std::mem::take(&mut *self.gatherers.lock().unwrap_or_else(PoisonError::into_inner));
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        for mut gatherer in gatherers.into_iter().filter(|gatherer| !gatherer.is_empty()) {
            state.keep(gatherer.take(), self.options.scratch.as_deref())?;
        }
        let keeper = keep.map(|keep| SnapshotWriter::create(keep.path, keep.name)).transpose()?;
        Writer::new(state, self.options.block.unwrap_or(BLOCK).max(1)).write(keeper, emit)
    }
}

impl State {
    fn keep(&mut self, mut run: Run, scratch: Option<&Path>) -> io::Result<()> {
        let is_full = self.in_memory + run.in_memory() > IN_MEMORY;
        if let Some(prefix) = scratch.filter(|_| is_full) {
            let mut path = prefix.to_owned().into_os_string();
            path.push(format!("-{}", self.runs.len()));
            run.spill(path.into())?;
        }
        self.in_memory += run.in_memory();
        self.runs.push(run);
        Ok(())
    }
}

impl Record {
    fn new(document: &Document, met: Met) -> Self {
        let mut names: Vec<String> = document.names.clone();
        for name in &document.names {
            let (whole, initials) = term::pinyin(name);
            names.extend([whole, initials]);
        }
        Self {
            kind: document.kind,
            // What has no year stands at the end, where the index changes anyway.
            year: document.year.unwrap_or(i16::MAX),
            url: document.url.as_str().into(),
            title: document.title.as_str().into(),
            note: document.note.as_str().into(),
            names: names.join("|").into(),
            terms: 0,
            met,
        }
    }
}

/// Everything that was gathered, put in order.
struct Writer {
    records: Vec<Record>,
    numbering: Numbering,
    runs: Vec<Run>,
    columns: Vec<Vec<u32>>,
    meta: Meta,
    met: Values,
    values: Files,
}

impl Writer {
    fn new(state: State, block: u32) -> Self {
        let State { records, values, mut runs, .. } = state;
        let ordered: Vec<_> = (0..FACETS.len()).map(|facet| values.ordered(facet)).collect();
        let place = |record: &Record, facet: usize| {
            let met = record.met.get(facet).copied().unwrap_or(0);
            ordered.get(facet).and_then(|(_, places)| places.get(met as usize)).copied().unwrap_or(0)
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
        let count =
            |kinds: &[Kind]| records.iter().filter(|record| kinds.contains(&record.kind)).count() as u32;
        let (facets, files) = write_values(&ordered);
        let meta = Meta {
            version: VERSION,
            documents: records.len() as u32,
            reports: count(&[Kind::Report]),
            agencies: count(&[Kind::Report, Kind::Agency]),
            block,
            facets,
            ..Meta::default()
        };
        let mut sorted: Vec<Option<Record>> = records.into_iter().map(Some).collect();
        let records: Vec<Record> =
            order.iter().filter_map(|number| sorted.get_mut(*number as usize)?.take()).collect();
        let meta = Meta { chunk: chunk_size(&records, block), ..meta };
        drop(ordered);
        Self {
            records,
            numbering: Numbering { ranks, block },
            runs,
            columns,
            meta,
            met: values,
            values: files,
        }
    }

    fn write(mut self, mut keeper: Option<SnapshotWriter>, emit: &mut Emit<'_>) -> io::Result<()> {
        let mut cutters = self.write_terms(&mut keeper, emit)?;
        if let Some(keeper) = keeper {
            keeper.finish(&(&self.records, &self.met))?;
        }
        let blocks = self.records.chunks(self.numbering.block as usize);
        for ((at, records), (mut cutter, mut block)) in blocks.enumerate().zip(cutters.drain(..)) {
            for (number, records) in records.chunks(self.meta.chunk as usize).enumerate() {
                cutter.file(&chunk_name(number as u32), chunk(records), emit);
            }
            block.columns =
                write_columns(&self.columns, at, self.numbering.block as usize, &mut cutter, emit);
            block.hash = format!("{:08x}", cutter.finish(emit) as u32);
            self.meta.blocks.push(block);
        }
        if !self.values.is_empty() {
            let mut hash = Xxh3::new();
            for (_, bytes) in &self.values {
                hash.update(bytes);
            }
            let folder = ValuesMeta { path: "values".into(), hash: format!("{:08x}", hash.digest() as u32) };
            for (name, bytes) in self.values {
                emit(&format!("{}/{name}", folder.path), bytes);
            }
            self.meta.values = Some(folder);
        }
        emit(TRADITIONAL, TRADITIONAL_TABLE.as_bytes().to_vec());
        emit(META, serde_json::to_vec(&self.meta)?);
        Ok(())
    }

    /// Merges the runs and cuts every block's terms into files.
    fn write_terms(
        &mut self,
        keeper: &mut Option<SnapshotWriter>,
        emit: &mut Emit<'_>,
    ) -> io::Result<Vec<(Cutter, BlockMeta)>> {
        let entries: u64 = self.records.iter().map(|record| u64::from(record.terms)).sum();
        // Terms are spread evenly: of many, a partition shows how large all are.
        let seen = if entries <= FEW_ENTRIES { PARTITIONS } else { 2 };
        let mut ready = self.merged(0..seen)?;
        let mut cutters: Vec<(Cutter, BlockMeta)> = Vec::new();
        for (at, records) in self.records.chunks(self.numbering.block as usize).enumerate() {
            let sample = ready.iter().filter_map(|merged| merged.blocks.get(at)).flatten();
            let sizes = Sizes::choose(sample, PARTITIONS / seen);
            let path = block_path(records);
            let block = BlockMeta {
                path: path.clone(),
                documents: records.len() as u32,
                shards: sizes.shards,
                packs: sizes.packs,
                ..BlockMeta::default()
            };
            cutters.push((Cutter::new(path, sizes, records.len() as u32), block));
        }
        let mut next = seen;
        loop {
            for merged in ready.drain(..) {
                if let Some(keeper) = keeper {
                    keeper.section(&merged.run)?;
                }
                for ((cutter, _), entries) in cutters.iter_mut().zip(merged.blocks) {
                    for entry in entries {
                        cutter.add(entry, emit);
                    }
                }
            }
            if next == PARTITIONS {
                return Ok(cutters);
            }
            let end = (next + rayon::current_num_threads()).min(PARTITIONS);
            ready = self.merged(next..end)?;
            next = end;
        }
    }

    /// Some partitions merged.
    fn merged(&mut self, partitions: std::ops::Range<usize>) -> io::Result<Vec<Merged>> {
        let read = |at| self.runs.iter_mut().map(|run| run.partition(at)).collect::<io::Result<Vec<_>>>();
        let read = partitions.map(read).collect::<io::Result<Vec<_>>>()?;
        let merged = read.into_par_iter().map(|partition| {
            let parts = partition.into_iter().zip(&self.runs);
            let parts: Vec<Part<'_>> =
                parts.map(|(bytes, run)| Part { bytes, ranks: run.numbers.as_deref() }).collect();
            merge(&parts, &self.numbering)
        });
        Ok(merged.collect())
    }
}

const REGION: usize = 2;
const AGENCY: usize = 4;

/// The folder of a block: the same as long as it has the same documents in the same order.
fn block_path(records: &[Record]) -> String {
    let mut hash = Xxh3::new();
    hash.update(&VERSION.to_le_bytes());
    for record in records {
        hash.update(record.url.as_bytes());
        hash.update(b"\n");
    }
    format!("{:08x}", hash.digest() as u32)
}

/// How many documents a chunk has, so that none is too large.
fn chunk_size(records: &[Record], block: u32) -> u32 {
    let mut size = CHUNK_DOCUMENTS;
    let is_large = |size: u32| {
        let chunks = records.chunks(block as usize).flat_map(|block| block.chunks(size as usize));
        chunks.map(chunk).any(|bytes| bytes.len() > FULL_CHUNK)
    };
    while size > 1 && is_large(size) {
        size /= 2;
    }
    size
}

fn chunk(records: &[Record]) -> Vec<u8> {
    let mut writer = ChunkWriter::new(CHUNK);
    for record in records {
        let kind = record.kind.letter().to_string();
        writer.line([&kind, &record.url, &record.title, &record.note, &record.names]);
    }
    writer.into_bytes()
}

/// The file of a chunk.
pub(super) fn chunk_name(chunk: u32) -> String {
    format!("c/{chunk:x}.bin")
}

/// The file of columns.
pub(super) fn column_name(file: u32) -> String {
    format!("f/{file:x}.bin")
}

fn write_columns(
    columns: &[Vec<u32>],
    block: usize,
    size: usize,
    cutter: &mut Cutter,
    emit: &mut Emit<'_>,
) -> BTreeMap<String, Vec<[u32; 2]>> {
    let mut files = ColumnFiles::default();
    let mut places = BTreeMap::new();
    for (name, column) in FACETS.iter().zip(columns) {
        let of_block = column.iter().skip(block * size).take(size).copied();
        places.insert((*name).to_owned(), files.add(of_block));
    }
    for (at, bytes) in files.files.into_iter().enumerate() {
        cutter.file(&column_name(at as u32), bytes, emit);
    }
    places
}
