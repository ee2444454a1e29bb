//! What a build remembers for the next one: the reports it has understood, the pages it has made, the
//! parts of its search index, and whether anything is left to do at all.
//!
//! All of it is a cache. A file that is damaged, of another build of the program, or not there counts
//! as nothing remembered, and losing one costs time only. What must *not* be lost, namely which
//! published files are ours, is in the manifest, which outlives programs and belongs to `publish`.
//!
//! This module reads and writes files of that folder only. Which of them are still true is decided above.
#![expect(clippy::disallowed_methods, reason = "this is where a build's own files are read and written")]

mod build_state;
mod envelope;
mod reports;
mod snapshot;

pub use build_state::{BuildState, PageCache, PublishedFile, PublishedPage, UpToDate};
pub use envelope::SaveError;
pub(crate) use envelope::replace;
pub use reports::ReportCache;
pub use snapshot::{Snapshot, SnapshotWriter};
