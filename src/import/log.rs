//! The import log: what became of each row and cell that was read.

use std::sync::Arc;

use super::document::{FileLocator, GridCell};

/// What became of something that was read, or that the form asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// What became of it.
    pub kind: LogKind,
    /// The code it was given, or would have been.
    pub code: Option<Box<str>>,
    /// Its label as printed, or the official one where nothing was found.
    pub label: String,
    /// The text of its cells.
    pub text: String,
    /// Where it was read; `None` for what was not found.
    pub origin: Option<FileLocator>,
    /// An official label it resembles, or the codes it may mean.
    pub suggestion: Option<String>,
}

impl LogEntry {
    /// Creates an entry about a cell of a file, without a code.
    pub(super) fn at(kind: LogKind, label: &str, text: &str, file: &Arc<str>, cell: &GridCell) -> Self {
        let origin = FileLocator { file: file.clone(), place: cell.place.clone() };
        let text = text.to_owned();
        Self { code: None, text, ..Self::without_text(kind, "", label, Some(origin)) }
    }

    /// Creates an entry about a line of the form of which no figure was read.
    pub(super) fn without_text(kind: LogKind, code: &str, label: &str, origin: Option<FileLocator>) -> Self {
        let code = Some(code.into());
        Self { kind, code, label: label.to_owned(), text: String::new(), origin, suggestion: None }
    }
}

/// What can become of something that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogKind {
    /// A figure of the form.
    Matched,
    /// An empty cell of the form.
    Blank,
    /// A row the form does not have, kept under a code of its own.
    Local,
    /// A row of another form, kept under that form's code.
    Borrowed,
    /// A label or a column that may mean several things; nothing was taken.
    Ambiguous,
    /// A cell that holds no figure; kept as a comment.
    Unreadable,
    /// Figures whose columns cannot be known; kept as a comment.
    Lost,
    /// A second, different figure for the same indicator; kept as a comment.
    Twice,
    /// A figure in a column that was not asked for.
    Unused,
    /// A text in a table that is no label of the form.
    Text,
    /// Left out because the labels file says so.
    Skipped,
    /// An indicator of the form that was not found.
    Missing,
}

impl LogKind {
    /// Every kind, the most welcome first.
    pub const ALL: [Self; 12] = [
        Self::Matched,
        Self::Blank,
        Self::Local,
        Self::Borrowed,
        Self::Ambiguous,
        Self::Unreadable,
        Self::Lost,
        Self::Twice,
        Self::Unused,
        Self::Text,
        Self::Skipped,
        Self::Missing,
    ];

    /// Returns the name in machine-readable output and in string ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Blank => "blank",
            Self::Local => "local",
            Self::Borrowed => "borrowed",
            Self::Ambiguous => "ambiguous",
            Self::Unreadable => "unreadable",
            Self::Lost => "lost",
            Self::Twice => "twice",
            Self::Unused => "unused",
            Self::Text => "text",
            Self::Skipped => "skipped",
            Self::Missing => "missing",
        }
    }

    /// Returns whether somebody should look at it.
    pub fn needs_attention(self) -> bool {
        !matches!(self, Self::Matched | Self::Blank | Self::Borrowed | Self::Text | Self::Skipped)
    }
}
