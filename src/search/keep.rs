//! What an index was made of, kept so that the next one takes over what has not changed.
//!
//! The file: a line that names the program and the index; the 64 partitions of a run of all terms,
//! whose documents have their final numbers; the documents and values as JSON; where that begins
//! (8 bytes, lowest first); the xxh3-64 of all before.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3Default;

use super::facet_values::FacetValues;
use super::record::Record;
use super::sorted_run::SortedRun;

/// Opens every such file, before the name of the index.
const HEADER: &str = concat!("glasshouse-index ", env!("GLASSHOUSE_BUILD"));
/// The place of the JSON, and the sum.
const TRAILER: u64 = 16;

/// Writes such a file while an index is built.
pub(super) struct Keeper {
    file: BufWriter<File>,
    hash: Xxh3Default,
    written: u64,
    ends: Vec<u64>,
}

/// What a kept index knows beside its terms.
#[derive(Serialize)]
struct Told<'k> {
    ends: &'k [u64],
    records: &'k [Record],
    values: &'k FacetValues,
}

/// An index that was kept.
pub(super) struct Kept {
    pub(super) records: Vec<Record>,
    pub(super) values: FacetValues,
    pub(super) run: SortedRun,
}

impl Keeper {
    /// Begins a file; `name` tells the index from others.
    pub(super) fn create(path: &Path, name: u128) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, File::create(path)?);
        let mut keeper = Self { file, hash: Xxh3Default::new(), written: 0, ends: Vec::new() };
        keeper.write(header(name).as_bytes())?;
        Ok(keeper)
    }

    /// Adds the next partition.
    pub(super) fn partition(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes)?;
        self.ends.push(self.written);
        Ok(())
    }

    /// Ends the file.
    pub(super) fn finish(mut self, records: &[Record], values: &FacetValues) -> io::Result<()> {
        let start = self.written;
        let told = serde_json::to_vec(&Told { ends: &self.ends, records, values })?;
        self.write(&told)?;
        self.write(&start.to_le_bytes())?;
        let sum = self.hash.digest();
        self.file.write_all(&sum.to_le_bytes())?;
        self.file.flush()
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.written += bytes.len() as u64;
        self.file.write_all(bytes)
    }
}

impl Kept {
    /// Opens what was kept of the index of this name; `None` where it is of another one, of another
    /// program, damaged, or not there.
    pub(super) fn open(path: &Path, name: u128) -> Option<Self> {
        #[derive(Deserialize)]
        struct Read {
            ends: Vec<u64>,
            records: Vec<Record>,
            values: FacetValues,
        }
        let header = header(name);
        let mut file = BufReader::with_capacity(1 << 16, File::open(path).ok()?);
        let length = file.get_ref().metadata().ok()?.len();
        let told_end = length.checked_sub(TRAILER)?;
        let mut found = vec![0; header.len()];
        file.read_exact(&mut found).ok()?;
        if found != header.as_bytes() || sum(&mut file, &found, length - 8)? != number(&mut file)? {
            return None;
        }
        file.seek(SeekFrom::Start(told_end)).ok()?;
        let told_start = number(&mut file)?;
        file.seek(SeekFrom::Start(told_start)).ok()?;
        let mut told = Vec::new();
        file.by_ref().take(told_end.checked_sub(told_start)?).read_to_end(&mut told).ok()?;
        let Read { ends, records, values } = serde_json::from_slice(&told).ok()?;
        let run = SortedRun::stored(file.into_inner(), header.len() as u64, ends);
        Some(Self { records, values, run })
    }
}

fn header(name: u128) -> String {
    format!("{HEADER} {name:032x}\n")
}

/// The xxh3-64 of a file up to `end`, of which `begun` has been read.
fn sum(file: &mut impl io::Read, begun: &[u8], end: u64) -> Option<u64> {
    let mut hash = Xxh3Default::new();
    hash.update(begun);
    let mut left = usize::try_from(end).ok()?.checked_sub(begun.len())?;
    let mut piece = vec![0; 1 << 16];
    while left > 0 {
        let length = left.min(piece.len());
        let piece = piece.get_mut(..length)?;
        file.read_exact(piece).ok()?;
        hash.update(piece);
        left -= length;
    }
    Some(hash.digest())
}

fn number(file: &mut impl io::Read) -> Option<u64> {
    let mut bytes = [0; 8];
    file.read_exact(&mut bytes).ok()?;
    Some(u64::from_le_bytes(bytes))
}
