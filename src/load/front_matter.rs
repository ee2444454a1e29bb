//! Decodes a file's bytes, and splits its text into front matter and body.

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::{FilePath, Position};

/// The largest front matter that is accepted, in bytes.
const MAX_FRONT_MATTER: usize = 4 << 20;

/// Reads bytes as UTF-8 without byte order mark, or says which encoding they seem to be in.
pub(super) fn decode(file: &FilePath, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    let refuse = |encoding: &str| {
        let fault = Diagnostic::error("not-utf8").arg("encoding", encoding).at(file, At::File);
        Err(Box::new(fault.help(Message::new("help-convert-to-utf8").arg("encoding", encoding))))
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return refuse("UTF-16");
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let (_, _, malformed) = encoding_rs::GB18030.decode(error.as_bytes());
            if !malformed {
                return refuse("GB18030");
            }
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
            let at = At::Position(Position { line: line as u32, column: 1 });
            return Err(Box::new(Diagnostic::error("not-text").arg("line", line).at(file, at)));
        }
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    let Some((before, _)) = text.split_once('\0') else { return Ok(text) };
    // The text is never shown, so its lines are counted here.
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let line = before.matches('\n').count() + 1;
    let position = Position { line: line as u32, column: column as u32 };
    Err(Box::new(Diagnostic::error("nul-byte").at(file, At::Position(position))))
}

/// A file's text in its two parts.
#[derive(Debug)]
pub(super) struct Parts<'t> {
    /// The YAML between the fences, and where it begins.
    pub(super) front: Option<(&'t str, usize)>,
    pub(super) body: usize,
}

/// Splits a text at its `---` fences. A text that does not begin with one is all body.
pub(super) fn split<'t>(file: &FilePath, text: &'t str) -> Result<Parts<'t>, Box<Diagnostic>> {
    let first_line_end = text.find('\n').map_or(text.len(), |at| at + 1);
    if text.get(..first_line_end).is_none_or(|line| line.trim_end() != "---") {
        return Ok(Parts { front: None, body: 0 });
    }
    let mut at = first_line_end;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        if rest.get(..end).is_some_and(|line| line.trim_end() == "---") {
            if at - first_line_end > MAX_FRONT_MATTER {
                return Err(Box::new(Diagnostic::error("front-matter-too-large").at(file, At::Span(0..3))));
            }
            return Ok(Parts {
                front: text.get(first_line_end..at).map(|yaml| (yaml, first_line_end)),
                body: at + end,
            });
        }
        at += end;
    }
    let fault = Diagnostic::error("front-matter-not-closed").at(file, At::Span(0..3));
    Err(Box::new(fault.help(Message::new("help-close-front-matter"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_encoding_of_foreign_text() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("---\ntitle: 政府信息公开\n---\n");
        let error = decode(&"a.md".into(), gbk.into_owned()).unwrap_err();
        assert_eq!(error.code, "not-utf8");
        assert_eq!(decode(&"a.md".into(), b"\xff\xfea\0".to_vec()).unwrap_err().code, "not-utf8");
        assert_eq!(decode(&"a.md".into(), b"a\0b".to_vec()).unwrap_err().code, "nul-byte");
        assert_eq!(decode(&"a.md".into(), b"ok\n\xff\xff\xff".to_vec()).unwrap_err().code, "not-text");
        assert_eq!(decode(&"a.md".into(), "\u{feff}---\n".into()).unwrap(), "---\n");
    }

    #[test]
    fn splits_at_the_fences() {
        let file = "a.md".into();
        let parts = split(&file, "---\r\ntitle: x\r\n---\r\nbody\n").unwrap();
        assert_eq!(parts.front, Some(("title: x\r\n", 5)));
        assert_eq!(parts.body, 20);
        assert!(split(&file, "no front matter").unwrap().front.is_none());
        assert_eq!(split(&file, "---\ntitle: x\n").unwrap_err().code, "front-matter-not-closed");
        let empty = split(&file, "---\n---\n").unwrap();
        assert_eq!((empty.front, empty.body), (Some(("", 4)), 8));
    }
}
