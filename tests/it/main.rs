//! The integration tests: one binary, a module a feature.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test makes and reads files, and ends where something is not as it should be"
)]

mod build;
mod cli;
mod layers;
mod pages;
mod search;
mod site;
mod strings;
mod themes;
