//! Import: foreign documents in, report files out.

mod assign;
mod date;
mod document;
mod fold;
mod labels;
mod mapping;
mod outcome;
mod read;
mod scan;
mod value;
