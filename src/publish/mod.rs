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

mod collisions;
mod error;
mod fs;
mod history;
mod inventory;
mod journal;
mod lock;
mod manifest;
mod plan;
mod target;

use crate::base::output::SitePath;

pub use collisions::collisions;
pub use error::{FileType, WriteError, WriteErrors};
pub use target::{OutputRefused, refuse_output, resolve};

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
