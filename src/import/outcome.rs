//! What became of each row and cell that was read.

use super::document::Origin;

/// What became of something that was read, or should have been there.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What became of it.
    pub kind: EntryKind,
    /// The code it was given, or would have been.
    pub code: Option<Box<str>>,
    /// Its label as printed; the official one where nothing was found.
    pub label: String,
    /// What its cells say.
    pub text: String,
    /// Where it stands.
    pub origin: Option<Origin>,
    /// An official label it resembles, or what it may mean.
    pub suggestion: Option<String>,
}

/// The fates of what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A figure of the form.
    Matched,
    /// An empty cell of the form.
    Blank,
    /// A row the form does not have, kept under a code of its own.
    Local,
    /// A row of another form.
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
    /// Set aside because the labels file says so.
    Skipped,
    /// An indicator of the form that was not found.
    Missing,
}

impl EntryKind {
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

    /// The name in machine-readable output and in string ids.
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

    /// Whether somebody should look at it.
    pub fn needs_attention(self) -> bool {
        !matches!(self, Self::Matched | Self::Blank | Self::Borrowed | Self::Text | Self::Skipped)
    }
}
