//! The text of one file, with its lines: converts between byte offsets, and lines and columns.

use std::fs::Metadata;
use std::ops::Range;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// A file's path relative to the site's folder, with `/`: `content/zhejiang/_index.md`.
pub type FilePath = Arc<str>;

/// A position as editors show it: both numbers start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

/// The metadata by which a change of a file is noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970; zero if unknown.
    pub modified: u64,
}

impl Stamp {
    /// Returns the stamp in a file's metadata.
    pub fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            size: metadata.len(),
            modified: since.and_then(|time| u64::try_from(time.as_nanos()).ok()).unwrap_or(0),
        }
    }
}

/// A file's text and where its lines begin.
#[derive(Clone, Debug)]
pub struct Source {
    path: FilePath,
    text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// Finds the lines of a text.
    pub fn new(path: FilePath, text: String) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        Self { path, text, line_starts }
    }

    /// Returns the file's path.
    pub fn path(&self) -> &FilePath {
        &self.path
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the position of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_char_boundary(&self.text, offset);
        let line = self.line_starts.partition_point(|start| *start as usize <= offset).saturating_sub(1);
        let start = self.line_starts.get(line).map_or(0, |start| *start as usize);
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        Position { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// Returns the byte offset of a position; a column past the line's end is its end.
    pub fn offset(&self, position: Position) -> usize {
        let range = self.line_range(position.line);
        let line = self.text.get(range.clone()).unwrap_or("");
        let within = line.char_indices().nth(position.column.saturating_sub(1) as usize);
        range.start + within.map_or(line.len(), |(at, _)| at)
    }

    /// Returns the bytes of a line, without its line break.
    pub fn line_range(&self, line: u32) -> Range<usize> {
        let index = line.saturating_sub(1) as usize;
        let end_of_text = self.text.len();
        let start = self.line_starts.get(index).map_or(end_of_text, |start| *start as usize);
        let next = self.line_starts.get(index + 1).map_or(end_of_text, |start| *start as usize);
        let line = self.text.get(start..next).unwrap_or("");
        start..start + line.trim_end_matches(['\n', '\r']).len()
    }
}

/// Returns the nearest character boundary at or before an offset, clamped to the text.
pub(crate) fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.md".into(), "标题: x\r\n第二行".into());
        let at = source.text().find('x').unwrap();
        assert_eq!(source.position(at), Position { line: 1, column: 5 });
        assert_eq!(source.offset(Position { line: 1, column: 5 }), at);
        assert_eq!(&source.text()[source.line_range(1)], "标题: x");
        assert_eq!(source.position(usize::MAX), Position { line: 2, column: 4 });
        assert_eq!(source.line_range(9), source.text().len()..source.text().len());
    }
}
