//! Turns views into bytes: templates, feeds, data files. Only this module knows the template engine.
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
