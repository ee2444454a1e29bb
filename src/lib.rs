//! Glasshouse turns a folder of disclosure reports into a transparency portal of plain files.
//!
//! Data flows one way: *load → model → check and derive → render → write*. The modules stand in
//! that order; each imports only from those above it. `ARCHITECTURE.md` is the map.

pub mod collate;
pub mod data;
pub mod diagnostic;
pub mod figure;
pub mod output;
pub mod source;
pub mod text;

pub mod form;
pub mod model;

pub mod config;
pub mod theme;

pub mod load;

pub mod check;
pub mod derive;

pub mod chart;
pub mod markdown;
pub mod search;
pub mod write;

pub mod scaffold;

#[cfg(feature = "import")]
pub mod import;

pub mod pipeline;

pub mod render;

pub mod serve;

pub mod cli;
