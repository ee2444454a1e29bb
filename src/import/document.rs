//! A foreign document as read: paragraphs and tables in order, every cell with its location.
//!
//! Every reader produces this one type; what a table means is decided elsewhere.

use std::fmt;
use std::sync::Arc;

/// A document to be imported, independent of its format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputDocument {
    /// The file's name, as the log shows it.
    pub name: Arc<str>,
    /// The title that the format keeps outside the text, as HTML does.
    pub title: Option<String>,
    /// The address it was saved from, if the file records it.
    pub url: Option<String>,
    /// Its contents, in order.
    pub blocks: Vec<DocumentBlock>,
}

impl InputDocument {
    /// Returns the file's name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Iterates over the paragraphs with the positions of their blocks.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, &Paragraph)> {
        self.blocks.iter().enumerate().filter_map(|(at, block)| match block {
            DocumentBlock::Text(paragraph) => Some((at, paragraph)),
            DocumentBlock::Table(_) => None,
        })
    }

    /// Iterates over the tables with the positions of their blocks.
    pub fn tables(&self) -> impl Iterator<Item = (usize, &TableGrid)> {
        self.blocks.iter().enumerate().filter_map(|(at, block)| match block {
            DocumentBlock::Table(table) => Some((at, table)),
            DocumentBlock::Text(_) => None,
        })
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentBlock {
    /// A paragraph or heading.
    Text(Paragraph),
    /// A table.
    Table(TableGrid),
}

/// A paragraph or heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its text without markup.
    pub plain: String,
    /// Its text in Markdown, if the format has markup.
    pub markdown: Option<String>,
    /// The heading level from 1, or 0 for text.
    pub heading: u8,
    /// Where it begins.
    pub place: Locator,
}

/// A table as rows of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct TableGrid {
    /// Its own name: that of a sheet, or a caption.
    pub name: Option<String>,
    /// How far rows and columns can be relied on.
    pub shape: GridShape,
    /// Its rows, top to bottom.
    pub rows: Vec<Vec<GridCell>>,
}

impl TableGrid {
    /// Creates a table without a name.
    pub fn unnamed(shape: GridShape, rows: Vec<Vec<GridCell>>) -> Self {
        Self { name: None, shape, rows }
    }
}

/// How much of a table's rows and columns its format preserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridShape {
    /// A cell's position in its row is its column.
    Grid,
    /// Rows and empty cells are kept, but merged cells may be missing.
    Ragged,
    /// One cell after the other in a single row; empty cells may be missing.
    Flat,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct GridCell {
    /// Its text, trimmed.
    pub text: String,
    /// Its location in the document.
    pub place: Locator,
    /// Whether it only continues a merged cell, whose text it repeats.
    pub is_copy: bool,
}

impl GridCell {
    /// Creates a cell that continues no other.
    pub fn new(text: &str, place: Locator) -> Self {
        Self { text: text.trim().to_owned(), place, is_copy: false }
    }

    /// Creates a cell that continues a merged cell with this text.
    pub fn copy(text: &str, place: Locator) -> Self {
        Self { is_copy: true, ..Self::new(text, place) }
    }

    /// Returns whether the cell holds no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A location in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locator {
    /// A line of a text, from 1.
    Line(u32),
    /// A cell of a table: the table's name, then row and column from 0.
    Cell(Option<Arc<str>>, u32, u32),
}

/// `46`, `C12`, `Sheet1!C12`.
impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "{line}"),
            Self::Cell(table, row, column) => {
                if let Some(table) = table {
                    write!(f, "{table}!")?;
                }
                let mut letters = Vec::new();
                let mut rest = *column + 1;
                while rest > 0 {
                    rest -= 1;
                    letters.push(char::from(b'A' + (rest % 26) as u8));
                    rest /= 26;
                }
                letters.iter().rev().try_for_each(|letter| write!(f, "{letter}"))?;
                write!(f, "{}", row + 1)
            }
        }
    }
}

/// A location in one of the imported files: `report.xlsx:统计表!C12`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileLocator {
    /// The file's name.
    pub file: Arc<str>,
    /// The location in the file.
    pub place: Locator,
}

impl fmt::Display for FileLocator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_read_as_spreadsheets_show_them() {
        let at =
            |table: Option<&str>, row, column| Locator::Cell(table.map(Arc::from), row, column).to_string();
        assert_eq!(at(None, 0, 0), "A1");
        assert_eq!(at(Some("统计表"), 11, 2), "统计表!C12");
        assert_eq!(at(None, 9, 25), "Z10");
        assert_eq!(at(None, 9, 26), "AA10");
        assert_eq!(at(None, 0, 701), "ZZ1");
        assert_eq!(at(None, 0, 702), "AAA1");
        assert_eq!(FileLocator { file: "a.txt".into(), place: Locator::Line(46) }.to_string(), "a.txt:46");
    }
}
