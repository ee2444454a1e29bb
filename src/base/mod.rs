//! The ground that every other module stands on: texts and languages, files and positions in them,
//! artifacts, data trees, diagnostics, text formats.

pub mod artifact;
pub mod collate;
pub(crate) mod csv_writer;
pub mod data;
pub mod diagnostic;
pub(crate) mod escape;
pub(crate) mod percent;
pub mod source;
pub mod text;
