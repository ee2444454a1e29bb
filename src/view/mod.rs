//! What pages say: turns the facts of a portal into the structs that templates fill in.
//!
//! Each kind of page is a file in `pages/` with a [`page::View`]: exactly what its template sees. Views are
//! plain data, so a page can be looked at without a template. Nothing here knows the template engine,
//! disk, network or clock.

pub(crate) mod body;
pub(crate) mod cell;
pub(crate) mod chart;
pub(crate) mod citation;
pub(crate) mod components;
mod coverage;
pub(crate) mod feeds;
mod interpolate;
mod json_ld;
pub(crate) mod local_portal;
pub(crate) mod locale;
mod non_reporting;
pub(crate) mod output;
pub(crate) mod page;
pub(crate) mod pages;
mod portal;
mod punctuality;
mod repository;
mod search_text;
mod sections;
pub(crate) mod shell;
mod tables;
pub(crate) mod text_findings;
mod untranslated;

pub use portal::{Bodies, Portal};
pub use text_findings::TextFindings;
pub use untranslated::untranslated;
