//! Artifacts to a place: a folder on disk with a manifest, or memory.
//!
//! Both places are written by a publication: *begin*, *stage* from any number of threads, *commit*.
//! Nothing is visible before the commit, and a publication that is dropped leaves no trace. This
//! module knows paths and bytes only; what they mean is decided above.
#![expect(
    clippy::disallowed_methods,
    reason = "this is where files are written, and compared with what is there"
)]

pub mod content;
pub mod disk;
pub mod memory;

mod error;
mod file;
mod journal;
mod keep;
mod known;
mod lock;
mod manifest;
mod names;
mod place;
mod plan;
mod scratch_file;
mod survey;

use crate::base::artifact::SitePath;

pub use error::{Found, WriteError, WriteErrors};
pub use keep::{keep, keep_file, recall};
pub use names::collisions;
pub use place::{OutputRefused, refuse_output, resolve};
pub(crate) use scratch_file::ScratchFile;

/// What a publication did, counted in files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were not there before.
    pub created: usize,
    /// Files whose bytes were exchanged.
    pub replaced: usize,
    /// Files that were right already and have not been written.
    pub unchanged: usize,
    /// Files of an earlier publication that are no longer part of the site.
    pub removed: usize,
    /// Files of an earlier publication that are no longer part of the site but were left in place,
    /// because somebody else has changed them since.
    pub kept: Vec<SitePath>,
}
