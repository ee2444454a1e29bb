//! Import: foreign documents in, report files out.

mod date;
mod document;
mod fold;
mod labels;
mod read;
