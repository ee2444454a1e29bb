//! From views to bytes: templates, feeds, data files. The only place that knows the template engine.
//!
//! [`Renderer::plan`] lists every page and file as a key; [`Renderer::render`] makes the files of one
//! key, from any thread. Nothing here touches disk, network or clock.

mod data;
mod engine;
mod files;
mod no_break;
mod renderer;
mod template_charts;

pub use renderer::{Prepared, Rendered, Renderer};

pub use crate::plan::{PageKey, PageKind, file};
pub use crate::view::{Bodies, Portal, TextFindings, untranslated};
