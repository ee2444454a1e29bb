//! Readers, one for each format, all producing a neutral [`InputDocument`].
//!
//! A file is read as what it is, not as what its name says; if the two disagree it is refused,
//! because one of them is a mistake. Every reader is bounded: in bytes, in cells, in depth.

mod csv;
mod docx;
mod encoding;
mod error;
mod format;
mod html;
mod package;
mod text;
mod workbook;

use std::sync::Arc;

use crate::figure::Units;

use self::error::check_cells;
use self::format::{FileFormat, looks_like_html};
use super::document::{DocumentBlock, InputDocument};
use super::label_key;

pub use error::{MAX_BYTES, ReadError};
#[cfg(test)]
pub(super) use text::read as read_text;

/// Reads a file. `units` are the units of measure that may stand in cells of their own.
pub fn read(name: &str, bytes: &[u8], units: &Units) -> Result<InputDocument, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { limit: MAX_BYTES >> 20 });
    }
    let announced = FileFormat::of_name(name);
    let document =
        |blocks: Vec<DocumentBlock>| InputDocument { name: Arc::from(name), title: None, url: None, blocks };
    if let Some(found) = binary_format(bytes)? {
        if announced.is_some_and(|announced| announced != found) {
            return Err(ReadError::wrong_name(announced.map_or("", FileFormat::name), found.name()));
        }
        return Ok(match found {
            FileFormat::Docx => document(docx::read(bytes)?),
            FileFormat::Xls => document(workbook::xls(bytes)?),
            FileFormat::Ods => document(workbook::ods(bytes)?),
            _ => document(workbook::xlsx(bytes)?),
        });
    }
    let text = encoding::decode(bytes)?;
    let is_html = looks_like_html(&text);
    let found = match announced {
        _ if is_html => FileFormat::Html,
        Some(FileFormat::Csv) => FileFormat::Csv,
        _ => FileFormat::Text,
    };
    let agrees = match announced {
        None | Some(FileFormat::Html) => true,
        // Many a web site offers an HTML table as an "XLS" file.
        Some(FileFormat::Xls) => is_html,
        Some(FileFormat::Xlsx | FileFormat::Ods | FileFormat::Docx) => false,
        Some(_) => !is_html,
    };
    if !agrees {
        return Err(ReadError::wrong_name(announced.map_or("", FileFormat::name), found.name()));
    }
    match found {
        FileFormat::Csv => Ok(document(csv::read(&text, name.to_ascii_lowercase().ends_with("csv"))?)),
        FileFormat::Html => html::read(name, &text),
        _ if announced == Some(FileFormat::Html) => html::read(name, &text),
        _ => {
            let separators =
                text.bytes().filter(|byte| matches!(byte, b'|' | b'\t' | b'\n' | b'\r' | b'\x0c')).count();
            check_cells(separators)?;
            let is_unit = |text: &str| units.get(label_key::normalise(text).trim()).is_some();
            Ok(document(text::read(&text, &is_unit)))
        }
    }
}

/// Returns the format of a binary file; `None` for text.
fn binary_format(bytes: &[u8]) -> Result<Option<FileFormat>, ReadError> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => package::format(bytes).map(Some),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Ok(Some(FileFormat::Xls)),
        [b'%', b'P', b'D', b'F', ..] => Err(ReadError::Unsupported { format: "PDF" }),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Err(ReadError::Unsupported { format: "image" })
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => Err(ReadError::Unsupported { format: "RTF" }),
        [] => Err(ReadError::Empty),
        _ => Ok(None),
    }
}
