//! Glasshouse turns a folder of disclosure reports into a transparency portal of plain files.
//!
//! Data flows one way: *load → model → check and derive → plan → view → render → publish*, and `build` runs it
//! all. Each module imports only from those above it. `ARCHITECTURE.md` is the map.

pub mod base;
pub mod figure;

pub mod form;
pub mod model;

pub mod state;

pub mod config;
pub mod theme;

pub mod load;

pub mod check;
pub mod derive;

pub mod chart;
pub mod markdown;
pub mod publish;
pub mod search;

pub mod scaffold;

#[cfg(feature = "import")]
pub mod import;

pub mod plan;
pub mod view;

pub mod render;

pub mod build;

pub mod serve;

pub mod cli;
