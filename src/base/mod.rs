//! The ground that every other module stands on: texts and languages, files and positions in them,
//! artifacts, data trees, diagnostics.

pub mod artifact;
pub mod collate;
pub mod data;
pub mod diagnostic;
pub mod source;
pub mod text;
