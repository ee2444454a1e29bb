//! What an earlier reading made of reports, so that files that are as they were need not be read again.
//!
//! It is a convenience, not an authority: a file counts as unchanged when its size and time are those
//! of the earlier reading and the time lies before it; bytes that are damaged, of another program or
//! of other forms count as no memory at all.

use std::ops::Range;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::source::{FilePath, Stamp};
use crate::model::Report;

use super::fingerprint::Fingerprint;
use super::packed::Packed;

/// Opens every memory: the program it is of.
const HEADER: &str = concat!("glasshouse-facts ", env!("GLASSHOUSE_BUILD"), "\n");

/// Reports as an earlier reading understood them.
#[derive(Debug, Default)]
pub struct Memory {
    bytes: Vec<u8>,
    files: FxHashMap<FilePath, Entry>,
    /// When it was saved, in nanoseconds since 1970.
    saved: u64,
}

#[derive(Debug)]
struct Entry {
    stamp: Stamp,
    print: Fingerprint,
    report: Range<usize>,
}

/// A report that need not be understood again.
pub(super) struct Recalled {
    pub(super) report: Report,
    pub(super) print: Fingerprint,
}

impl Memory {
    /// Reads what [`Memory::of`] wrote and a file kept since `saved`; empty where that was something
    /// else, or written in another `context`.
    pub fn read(bytes: Vec<u8>, saved: u64, context: u64) -> Self {
        let files = entries(&bytes, context);
        files.map(|files| Self { bytes, files, saved }).unwrap_or_default()
    }

    /// The bytes that remember reports. A report without a stamp is left out: something in its file
    /// is to be said again.
    pub(super) fn of<'r>(
        reports: impl Iterator<Item = (&'r Report, &'r Fingerprint, Option<Stamp>)>,
        context: u64,
    ) -> Vec<u8> {
        let mut body = Vec::new();
        let mut packed = Vec::new();
        for (report, print, stamp) in reports {
            let Some(stamp) = stamp else { continue };
            packed.clear();
            report.pack(&mut packed);
            report.file().pack(&mut body);
            stamp.pack(&mut body);
            print.pack(&mut body);
            packed.len().pack(&mut body);
            body.extend_from_slice(&packed);
        }
        let mut bytes = HEADER.as_bytes().to_vec();
        bytes.extend_from_slice(&context.to_le_bytes());
        bytes.extend_from_slice(&xxh3_64(&body).to_le_bytes());
        bytes.append(&mut body);
        bytes
    }

    /// How many reports it holds.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// What is known of a file, if it is as it was.
    pub(super) fn recall(&self, file: &FilePath, stamp: Stamp) -> Option<Recalled> {
        let entry = self.files.get(file)?;
        // A file as young as the memory proves nothing: clocks of file systems are coarse.
        if entry.stamp != stamp || !(1..self.saved).contains(&stamp.modified) {
            return None;
        }
        let mut packed = self.bytes.get(entry.report.clone())?;
        Some(Recalled { report: Report::unpack(&mut packed)?, print: entry.print })
    }
}

fn entries(bytes: &[u8], context: u64) -> Option<FxHashMap<FilePath, Entry>> {
    let rest = bytes.strip_prefix(HEADER.as_bytes())?;
    let (of, rest) = rest.split_first_chunk()?;
    let (sum, mut rest) = rest.split_first_chunk()?;
    if u64::from_le_bytes(*of) != context || u64::from_le_bytes(*sum) != xxh3_64(rest) {
        return None;
    }
    let mut files = FxHashMap::default();
    while !rest.is_empty() {
        let file = FilePath::unpack(&mut rest)?;
        let (stamp, print) = (Stamp::unpack(&mut rest)?, Fingerprint::unpack(&mut rest)?);
        let length = usize::unpack(&mut rest)?;
        let start = bytes.len() - rest.len();
        rest = rest.get(length..)?;
        files.insert(file, Entry { stamp, print, report: start..start + length });
    }
    Some(files)
}
