//! Glasshouse turns a folder of disclosure reports into a transparency portal of plain files.
//!
//! Data flows one way: *load → model → check and derive → render → write*. The modules stand in
//! that order; each imports only from those above it. `ARCHITECTURE.md` is the map.

pub mod diagnostic;

pub mod output;
pub mod source;
pub mod text;

pub mod write;

pub mod cli;
