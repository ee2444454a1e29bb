//! Runs all stages in order: opens the site, checks, derives, renders, publishes.
//!
//! Reading, checking, deriving, rendering and writing run in parallel. Results come back in the
//! order of the plan, whatever the number of threads.

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
