//! What every other module stands on: texts and languages, files and places in them, site paths,
//! data trees, diagnostics, text formats.

pub mod collate;
pub(crate) mod csv_writer;
pub mod data;
pub mod diagnostic;
pub(crate) mod escape;
pub mod output;
pub(crate) mod percent;
pub mod source;
pub mod text;
