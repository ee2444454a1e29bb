//! What the readers of each format make of a file's bytes.

mod csv;
mod docx;
mod html;
mod text;

use glasshouse::import::{InputDocument, MAX_BYTES, ReadError, read};
use glasshouse::load;

const MAX_CELLS: usize = 1_000_000;

fn read_as(name: &str, bytes: &[u8]) -> Result<InputDocument, ReadError> {
    read(name, bytes, &load::catalog(&[]).0.units)
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
    let many = "|".repeat(MAX_CELLS + 1);
    assert!(read_as("a.txt", many.as_bytes()).unwrap_err().to_string().contains("1000000"));
    assert!(read_as("a.txt", &vec![b'a'; MAX_BYTES + 1]).is_err());
}
