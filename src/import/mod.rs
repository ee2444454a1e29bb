//! Import: foreign documents in, report files out.
//!
//! A reader makes of each file a neutral [`Document`] of paragraphs and tables, every cell with its
//! place. [`understand`] finds out which form it fills in, whose it is and of when, gives each row of
//! its tables to a line of the form, and returns [`Draft`]s. [`compose`] writes a draft as a report's
//! file. Nothing is guessed: what may mean several things is reported, and what is no figure is kept
//! as a comment. This module never touches the disk.

mod assign;
mod choose;
pub mod compose;
mod date;
pub mod decide;
mod document;
mod draft;
mod fold;
mod labels;
mod mapping;
mod outcome;
mod prose;
#[cfg(test)]
mod quirks;
mod read;
mod recognise;
pub mod revise;
#[cfg(test)]
mod roundtrip;
mod scan;
mod value;
mod who;
mod wide;

pub use assign::Extra;
pub use document::{Block, Cell, Document, Layout, Origin, Paragraph, Place, Table};
pub use draft::{Draft, Request, Understood, understand};
pub use mapping::{Mapping, MappingError};
pub use outcome::{Entry, EntryKind};
pub use read::{MOST_BYTES, ReadError, read};
pub use value::Written;
pub use who::slug;
