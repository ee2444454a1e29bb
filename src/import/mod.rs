//! Import: foreign documents in, report files out.

mod assign;
mod date;
mod document;
mod fold;
mod labels;
mod mapping;
mod outcome;
mod prose;
mod read;
mod recognise;
mod scalar;
mod scan;
mod value;
mod who;
mod wide;
