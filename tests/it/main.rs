//! The integration tests: one binary, a module a feature.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test makes and reads files, and ends where something is not as it should be"
)]

mod build;
mod checks;
mod cli;
mod incremental;
mod layers;
mod pages;
mod report;
mod rules;
mod serve;
mod site;
mod strings;
mod theme_guide;
mod themes;
