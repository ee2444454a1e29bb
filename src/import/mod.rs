//! Imports foreign documents as report files, without ever guessing: what may mean several things
//! is reported, and what is no figure is kept as a comment. This module never touches the disk.
//!
//! The folders follow the way of a document:
//!
//! 1. [`read()`] turns bytes of any format into an [`InputDocument`] of paragraphs and tables, every
//!    cell with its location.
//! 2. `recognise` finds out which form the document fills in, which agency's it is, and for which
//!    period.
//! 3. `matching` gives each row of its tables to a line of the form and each cell to a column.
//! 4. [`extract()`] runs these steps and assembles the [`ExtractedReport`]s.
//! 5. `report_file` composes a new report file, or merges the figures into one that is there.
//!
//! Every step writes to the log ([`LogEntry`]): what became of each row and cell.

mod dates;
mod document;
mod escape;
mod extract;
mod label_key;
mod log;
mod matching;
mod read;
mod recognise;
mod report_file;

pub use document::{
    DocumentBlock, FileLocator, GridCell, GridShape, InputDocument, Locator, Paragraph, TableGrid,
};
pub use extract::{ExtractedReport, Extraction, ImportRequest, extract};
pub use log::{LogEntry, LogKind};
pub use matching::{ExtraFigure, LabelMapping, LabelMappingError, TranscribedFigure};
pub use read::{MAX_BYTES, ReadError, read};
pub use report_file::{
    Difference, ExistingFile, MergeDecision, MergeError, MergePolicy, MergeState, compose, decide,
    existing_report,
};
