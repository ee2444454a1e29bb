//! The integration tests: one binary, a module a feature.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test makes and reads files, and ends where something is not as it should be"
)]

mod author;
mod build;
mod catalog;
mod chart_colours;
mod charts;
mod checks;
mod circles;
mod cli;
mod colours;
mod config;
mod doctor;
mod figures;
#[cfg(feature = "import")]
mod foia;
mod form;
#[cfg(feature = "import")]
mod hostile;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "import")]
mod import_cases;
#[cfg(feature = "import")]
mod import_readers;
#[cfg(feature = "import")]
mod import_round_trip;
mod incremental;
mod languages;
mod layers;
mod markdown;
mod new_files;
mod output_folder;
mod pages;
mod publication;
mod reader;
mod report;
mod rules;
mod scaffold;
mod search;
mod search_index;
mod serve;

mod site;
mod strings;
#[path = "../../benches/synthetic/site/mod.rs"]
mod synthetic;
#[cfg(feature = "import")]
mod tables;
mod theme_guide;
mod theme_layers;
mod themes;
