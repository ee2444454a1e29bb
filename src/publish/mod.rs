//! Publishes artifacts into a folder on disk, with a manifest of what is ours.
//!
//! A publication *begins*, *stages* from any number of threads, and *commits*. Nothing is visible before
//! the commit, and a publication that is dropped leaves no trace. This module knows paths and bytes; it
//! must not know what they mean.
#![expect(
    clippy::disallowed_methods,
    reason = "this is where files are written, and compared with what is there"
)]

pub mod content;
pub mod disk;

mod collisions;
mod error;
mod fs;
mod history;
mod inventory;
mod journal;
mod lock;
mod manifest;
mod plan;
mod scratch_file;
mod target;

pub use collisions::collisions;
pub use error::{FileType, WriteError, WriteErrors};
pub use plan::Summary;
pub(crate) use scratch_file::ScratchFile;
pub use target::{OutputRefused, refuse_output, resolve};
