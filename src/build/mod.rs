//! The order of things: settings, theme, content; check and derive; render; publish.
//!
//! Parallel work happens in four places only: reading, checking, rendering, and writing (or looking at)
//! what was rendered. Results come back in the order of the plan, whatever the number of threads.

mod bodies;
mod lint;
mod orphans;
mod pages;
pub mod preview;
mod project;
mod run;
mod search;
mod timing;
mod up_to_date;

pub use lint::lint;
pub use orphans::orphans;
pub use project::{Overrides, Project, SOURCES, check, has_errors, open, published, theme_files};
pub use run::{BuildError, BuildOptions, Built, build};
pub use timing::{Phase, TemplateTime, Timings};
