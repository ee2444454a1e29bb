//! Gathers documents for an index, in any order and from any thread.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::document::Document;
use super::format::Emit;
use super::index_writer::{Gathered, IndexWriter};
use super::keep::{Keeper, Kept};
use super::merge::GONE;
use super::record::Record;
use super::sorted_run::{Gatherer, SortedRun, Storage};

/// The usual number of documents in a block. It bounds the cost of a query.
const BLOCK: u32 = 1 << 17;
/// The maximum size of all runs kept in memory, in bytes.
const MAX_IN_MEMORY: usize = 48 << 20;

/// How an index is built.
#[derive(Default)]
pub struct IndexOptions {
    /// Makes temporary storage for what does not fit in memory; each storage has another number. Without
    /// it, everything stays in memory.
    pub scratch: Option<Box<NewStorage>>,
    /// The number of documents in a block; for tests.
    pub block: Option<u32>,
}

/// Makes an empty temporary storage.
pub type NewStorage = dyn Fn(usize) -> io::Result<Box<dyn Storage>> + Send + Sync;

/// Where to keep what an index is made of.
#[derive(Clone, Copy, Debug)]
pub struct Keep<'k> {
    /// The file.
    pub path: &'k Path,
    /// Tells this index from others.
    pub name: u128,
}

/// Gathers documents and builds their index.
#[derive(Default)]
pub struct IndexBuilder {
    options: IndexOptions,
    gatherers: Mutex<Vec<Gatherer>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    gathered: Gathered,
    in_memory: usize,
}

impl IndexBuilder {
    /// Begins an index.
    pub fn new(options: IndexOptions) -> Self {
        Self { options, ..Self::default() }
    }

    /// Adds a document. No two may have the same address. Fails where temporary storage does.
    pub fn add(&self, document: &Document) -> io::Result<()> {
        let number = self.register(document);
        let gatherer = self.gatherers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut gatherer = gatherer.unwrap_or_default();
        let terms = gatherer.add(number, document);
        let full = gatherer.is_full().then(|| gatherer.take());
        self.gatherers.lock().unwrap_or_else(PoisonError::into_inner).push(gatherer);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(record) = state.gathered.records.get_mut(number as usize) {
            record.terms = terms;
        }
        full.map_or(Ok(()), |run| state.keep(run, self.options.scratch.as_deref()))
    }

    fn register(&self, document: &Document) -> u32 {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let values = state.gathered.values.add(document);
        state.gathered.records.push(Record::new(document, values));
        state.gathered.records.len() as u32 - 1
    }

    /// Takes over those documents of an index kept earlier whose addresses `is_same` accepts. Returns
    /// whether there is such an index.
    pub fn resume(&self, kept: Keep<'_>, is_same: &dyn Fn(&str) -> bool) -> bool {
        let Some(Kept { records, values, mut run }) = Kept::open(kept.path, kept.name) else { return false };
        let values = values.by_number();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let gathered = &mut state.gathered;
        let mut take = |record: Record| {
            if !is_same(&record.url) {
                return GONE;
            }
            let values = gathered.values.add_from(&values, record.values);
            gathered.records.push(Record { values, ..record });
            gathered.records.len() as u32 - 1
        };
        run.numbers = Some(records.into_iter().map(&mut take).collect());
        gathered.runs.push(run);
        true
    }

    /// Writes the index: calls `emit` with each file. What the index is made of goes to `keep`, which must
    /// be another file than the one resumed from. Fails where storage or `keep` does.
    pub fn finish(self, keep: Option<Keep<'_>>, emit: &mut Emit<'_>) -> io::Result<()> {
        let gatherers = self.gatherers.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        for mut gatherer in gatherers.into_iter().filter(|gatherer| !gatherer.is_empty()) {
            state.keep(gatherer.take(), self.options.scratch.as_deref())?;
        }
        let keeper = keep.map(|keep| Keeper::create(keep.path, keep.name)).transpose()?;
        IndexWriter::new(state.gathered, self.options.block.unwrap_or(BLOCK).max(1)).write(keeper, emit)
    }
}

impl State {
    fn keep(&mut self, mut run: SortedRun, scratch: Option<&NewStorage>) -> io::Result<()> {
        let is_full = self.in_memory + run.in_memory() > MAX_IN_MEMORY;
        if let Some(scratch) = scratch.filter(|_| is_full) {
            run.spill(|| scratch(self.gathered.runs.len()))?;
        }
        self.in_memory += run.in_memory();
        self.gathered.runs.push(run);
        Ok(())
    }
}
