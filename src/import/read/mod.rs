//! Readers: one a format, all giving a neutral [`Document`].
//!
//! A file is read as what it is, not as what its name says; where the two disagree it is refused,
//! because one of them is a mistake. Every reader is bounded: in bytes, in cells, in depth.

mod csv;
mod docx;
mod error;
mod html;
mod package;
mod sheet;
pub(super) mod text;

use std::sync::Arc;

use crate::figure::Units;

use super::document::{Block, Document};
use super::fold;

pub use error::ReadError;
#[cfg(test)]
pub(super) use package::pack;

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 64 << 20;
/// The most cells a document may have.
const MOST_CELLS: usize = 1_000_000;

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Html,
    Csv,
    Xlsx,
    Xls,
    Ods,
    Docx,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "HTML",
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Ods => "ODS",
            Self::Docx => "DOCX",
        }
    }

    /// What a file's name announces; `None` where it announces nothing known.
    fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" | "md" | "text" => Self::Text,
            "html" | "htm" | "shtml" | "xhtml" => Self::Html,
            "csv" | "tsv" | "tab" => Self::Csv,
            "xlsx" | "xlsm" => Self::Xlsx,
            "xls" => Self::Xls,
            "ods" => Self::Ods,
            "docx" | "docm" => Self::Docx,
            _ => return None,
        })
    }
}

/// Reads a file. `units` are the units of measure that cells may hold.
pub fn read(name: &str, bytes: &[u8], units: &Units) -> Result<Document, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge { limit: MOST_BYTES >> 20 });
    }
    let announced = Format::of_name(name);
    let document = |blocks: Vec<Block>| Document { name: Arc::from(name), title: None, url: None, blocks };
    if let Some(found) = binary_format(bytes)? {
        if announced.is_some_and(|announced| announced != found) {
            return Err(ReadError::wrong_name(announced.map_or("", Format::name), found.name()));
        }
        return Ok(match found {
            Format::Docx => document(docx::read(bytes)?),
            Format::Xls => document(sheet::xls(bytes)?),
            Format::Ods => document(sheet::ods(bytes)?),
            _ => document(sheet::xlsx(bytes)?),
        });
    }
    let text = decode(bytes)?;
    let is_html = looks_like_html(&text);
    let found = match announced {
        _ if is_html => Format::Html,
        Some(Format::Csv) => Format::Csv,
        _ => Format::Text,
    };
    let agrees = match announced {
        None | Some(Format::Html) => true,
        // Many an "XLS" that a web site offers is a page with a table.
        Some(Format::Xls) => is_html,
        Some(Format::Xlsx | Format::Ods | Format::Docx) => false,
        Some(_) => !is_html,
    };
    if !agrees {
        return Err(ReadError::wrong_name(announced.map_or("", Format::name), found.name()));
    }
    match found {
        Format::Csv => Ok(document(csv::read(&text, name.to_ascii_lowercase().ends_with("csv"))?)),
        Format::Html => html::read(name, &text),
        _ if announced == Some(Format::Html) => html::read(name, &text),
        _ => {
            let separators =
                text.bytes().filter(|byte| matches!(byte, b'|' | b'\t' | b'\n' | b'\r' | b'\x0c')).count();
            if separators > MOST_CELLS {
                return Err(ReadError::TooManyCells { limit: MOST_CELLS });
            }
            let is_unit = |text: &str| units.get(fold::normalise(text).trim()).is_some();
            Ok(document(text::read(&text, &is_unit)))
        }
    }
}

/// The format of a file that is no text, or why it cannot be read.
fn binary_format(bytes: &[u8]) -> Result<Option<Format>, ReadError> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => package::format(bytes).map(Some),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Ok(Some(Format::Xls)),
        [b'%', b'P', b'D', b'F', ..] => Err(ReadError::Unsupported { format: "PDF" }),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Err(ReadError::Unsupported { format: "image" })
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => Err(ReadError::Unsupported { format: "RTF" }),
        [] => Err(ReadError::Empty),
        _ => Ok(None),
    }
}

/// Bytes to text: UTF-8, UTF-16 with its mark, the encoding an HTML page names, GB18030.
fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or(&[]));
        return if malformed { Err(ReadError::NotText) } else { plain_text(text.into_owned()) };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return plain_text(text.to_owned());
    }
    let named = named_encoding(bytes).filter(|encoding| *encoding != encoding_rs::UTF_8);
    for encoding in named.into_iter().chain([encoding_rs::GB18030]) {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        if !malformed {
            return plain_text(text.into_owned());
        }
    }
    Err(ReadError::NotText)
}

fn plain_text(text: String) -> Result<String, ReadError> {
    if text.contains('\0') { Err(ReadError::NotText) } else { Ok(text) }
}

/// The encoding that a page's `<meta>` names, looked for where the standard says it must be.
fn named_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len()))?).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}

fn looks_like_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(2_048).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || ["<html", "<head", "<body", "<table", "<div", "<meta"].iter().any(|tag| head.contains(tag))
            && head.starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(name: &str, bytes: &[u8]) -> Result<Document, String> {
        read(name, bytes, &Units::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn text_is_read_in_the_encodings_that_reports_use() {
        let text = "政府信息公开情况统计表\n";
        let (gbk, _, _) = encoding_rs::GB18030.encode(text);
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &gbk, &utf16, &marked] {
            assert_eq!(decode(bytes).unwrap(), text);
        }
        assert!(matches!(decode(b"\x00\x01\x02"), Err(ReadError::NotText)));
        assert!(matches!(decode(b"a\xff\xff\xff"), Err(ReadError::NotText)));
    }

    #[test]
    fn a_name_that_lies_is_refused() {
        for (name, bytes) in [
            ("a.xlsx", &b"label,value\n"[..]),
            ("a.docx", b"<html><table><tr><td>1</td></tr></table></html>"),
            ("a.csv", b"<html><table><tr><td>1</td></tr></table></html>"),
            ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            ("a.pdf", b"%PDF-1.7"),
            ("a.txt", b""),
        ] {
            assert!(read_as(name, bytes).is_err(), "{name}");
        }
        assert!(read_as("a.xls", b"<html><table><tr><td>1</td></tr></table></html>").is_ok());
        assert!(read_as("a", b"label | 1 |\n").is_ok());
    }

    #[test]
    fn too_much_is_refused() {
        let many = "|".repeat(MOST_CELLS + 1);
        assert!(read_as("a.txt", many.as_bytes()).unwrap_err().contains("1000000"));
        assert!(read_as("a.txt", &vec![b'a'; MOST_BYTES + 1]).is_err());
    }
}
