//! What a search index was made of, so that the next one takes over what has not changed.
//!
//! It is the one file that may be too large to be held. It is written section by section; behind those
//! stand a table of anything else in postcard's encoding, where that begins (8 bytes, lowest first),
//! and the xxh3-64 of all before.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::Xxh3Default;

use super::envelope;

/// Bytes behind the table: where it begins, and the checksum.
const TRAILER: u64 = 16;

/// Writes a snapshot.
pub struct SnapshotWriter {
    file: BufWriter<File>,
    hash: Xxh3Default,
    written: u64,
    /// Where each section ends.
    ends: Vec<u64>,
}

/// A snapshot that can be read.
pub struct Snapshot {
    /// The file.
    pub file: File,
    /// Where the first section begins.
    pub start: u64,
    /// Where each section ends.
    pub ends: Vec<u64>,
}

impl SnapshotWriter {
    /// Creates a file; `name` tells the index from others.
    pub fn create(path: &Path, name: u128) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, File::create(path)?);
        let mut writer = Self { file, hash: Xxh3Default::new(), written: 0, ends: Vec::new() };
        writer.write(header(name).as_bytes())?;
        Ok(writer)
    }

    /// Adds a section.
    pub fn section(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes)?;
        self.ends.push(self.written);
        Ok(())
    }

    /// Adds the table and finishes the file.
    pub fn finish(mut self, table: &impl Serialize) -> io::Result<()> {
        let start = self.written;
        let table = postcard::to_stdvec(&(&self.ends, table)).map_err(io::Error::other)?;
        self.write(&table)?;
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

impl Snapshot {
    /// Opens the snapshot of the index of this name, and reads its table; `None` if it is of another
    /// index or program, damaged, or not there.
    pub fn open<T: DeserializeOwned>(path: &Path, name: u128) -> Option<(Self, T)> {
        let header = header(name);
        let mut file = BufReader::with_capacity(1 << 16, File::open(path).ok()?);
        let table_end = file.get_ref().metadata().ok()?.len().checked_sub(TRAILER)?;
        let mut found = vec![0; header.len()];
        file.read_exact(&mut found).ok()?;
        if found != header.as_bytes() || sum(&mut file, &found, table_end + 8)? != number(&mut file)? {
            return None;
        }
        file.seek(SeekFrom::Start(table_end)).ok()?;
        let table_start = number(&mut file)?;
        file.seek(SeekFrom::Start(table_start)).ok()?;
        let mut table = Vec::new();
        file.by_ref().take(table_end.checked_sub(table_start)?).read_to_end(&mut table).ok()?;
        let (ends, table) = postcard::from_bytes(&table).ok()?;
        Some((Self { file: file.into_inner(), start: header.len() as u64, ends }, table))
    }
}

fn header(name: u128) -> String {
    envelope::header("search", &format!(" {name:032x}"))
}

/// The xxh3-64 of a file up to `end`, of which `begun` has been read.
fn sum(file: &mut impl Read, begun: &[u8], end: u64) -> Option<u64> {
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

fn number(file: &mut impl Read) -> Option<u64> {
    let mut bytes = [0; 8];
    file.read_exact(&mut bytes).ok()?;
    Some(u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::envelope::tests::assert_sealed;

    #[test]
    fn a_snapshot_comes_back_and_damage_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("search");
        let mut writer = SnapshotWriter::create(&path, 7).unwrap();
        for section in [b"one".as_slice(), b"", b"three"] {
            writer.section(section).unwrap();
        }
        writer.finish(&("表", 3_u32)).unwrap();
        let open = || Snapshot::open::<(String, u32)>(&path, 7);
        let (Snapshot { start, ends, .. }, table) = open().unwrap();
        assert_eq!(ends, [start + 3, start + 3, start + 8]);
        assert_eq!(table, ("表".to_owned(), 3));
        assert!(Snapshot::open::<(String, u32)>(&path, 8).is_none(), "of another index");
        assert_sealed(&std::fs::read(&path).unwrap(), |bytes| {
            std::fs::write(&path, bytes).unwrap();
            open().is_some()
        });
    }
}
