//! A foreign document as read: paragraphs and tables in their order, every cell with its place.
//!
//! All readers give this one type; what a table means is decided elsewhere.

use std::fmt;
use std::sync::Arc;

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The file's name, as the report at the end shows it.
    pub name: Arc<str>,
    /// The title its format keeps apart from the text: an HTML page's, for one.
    pub title: Option<String>,
    /// The address it was saved from, where the file says so.
    pub url: Option<String>,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The file's name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph or heading.
    Text(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph or heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its text without markup.
    pub plain: String,
    /// Its text in Markdown, where the format knows markup.
    pub markdown: Option<String>,
    /// The level of a heading from 1, or 0 for text.
    pub heading: u8,
    /// Where it begins.
    pub place: Place,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its own name: a sheet's, a caption.
    pub name: Option<String>,
    /// Whether its rows can be relied on.
    pub layout: Layout,
    /// Its rows, top to bottom.
    pub rows: Vec<Vec<Cell>>,
}

/// What is left of a table's rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A cell's position in its row is its column.
    Grid,
    /// Rows are kept, empty cells are there, but merged cells may be missing.
    Ragged,
    /// One cell after the other; empty cells may be missing. It has one row.
    Flat,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text, trimmed.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// Whether it only continues a merged cell; the text is that cell's.
    pub is_copy: bool,
}

impl Cell {
    /// A cell of its own.
    pub fn new(text: &str, place: Place) -> Self {
        Self { text: text.trim().to_owned(), place, is_copy: false }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Where something stands in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A line of a text, from 1.
    Line(u32),
    /// A cell of a table: the table's name, the row and the column from 0.
    Cell(Option<Arc<str>>, u32, u32),
}

/// `46`, `C12`, `Sheet1!C12`.
impl fmt::Display for Place {
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

/// A place in a file of an import: `report.xlsx:统计表!C12`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file's name.
    pub file: Arc<str>,
    /// Where in it.
    pub place: Place,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_as_spreadsheets_show_them() {
        let at =
            |table: Option<&str>, row, column| Place::Cell(table.map(Arc::from), row, column).to_string();
        assert_eq!(at(None, 0, 0), "A1");
        assert_eq!(at(Some("统计表"), 11, 2), "统计表!C12");
        assert_eq!(at(None, 9, 25), "Z10");
        assert_eq!(at(None, 9, 26), "AA10");
        assert_eq!(at(None, 0, 701), "ZZ1");
        assert_eq!(at(None, 0, 702), "AAA1");
        assert_eq!(Origin { file: "a.txt".into(), place: Place::Line(46) }.to_string(), "a.txt:46");
    }
}
