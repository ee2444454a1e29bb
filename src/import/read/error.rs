//! Why a file cannot be read, and the limits that every reader keeps.

use crate::base::diagnostic::{At, Diagnostic, Message};

/// The maximum size of a file, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The maximum number of cells in a document.
pub(super) const MAX_CELLS: usize = 1_000_000;

/// Returns an error if a document has too many cells.
pub(super) fn check_cells(count: usize) -> Result<(), ReadError> {
    if count > MAX_CELLS { Err(ReadError::TooManyCells { limit: MAX_CELLS }) } else { Ok(()) }
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is empty.
    #[error("the file is empty")]
    Empty,
    /// It is too large, packed or unpacked.
    #[error("larger than {limit} MiB")]
    TooLarge {
        /// The limit, in MiB.
        limit: usize,
    },
    /// It has more than 1,000,000 cells.
    #[error("more than {limit} cells")]
    TooManyCells {
        /// The limit.
        limit: usize,
    },
    /// Its elements are nested too deeply.
    #[error("nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// It is not text in any encoding that reports use.
    #[error("neither UTF-8, UTF-16 nor GB18030 text")]
    NotText,
    /// Its format is not supported.
    #[error("{format} cannot be read")]
    Unsupported {
        /// The format.
        format: &'static str,
    },
    /// Its content is not of the format that its name announces.
    #[error("named like {announced}, but it is {found}")]
    WrongName {
        /// The format that the name announces.
        announced: &'static str,
        /// The format of the content.
        found: &'static str,
    },
    /// It is protected by a password.
    #[error("locked with a password")]
    Locked,
    /// It is damaged.
    #[error("damaged {format}: {detail}")]
    Broken {
        /// The format.
        format: &'static str,
        /// What the parser reports.
        detail: String,
    },
}

impl ReadError {
    pub(super) fn wrong_name(announced: &'static str, found: &'static str) -> Self {
        Self::WrongName { announced, found }
    }

    pub(super) fn broken(format: &'static str, error: &dyn std::fmt::Display) -> Self {
        Self::Broken { format, detail: error.to_string() }
    }

    /// Returns the error as a diagnostic about the file.
    pub fn diagnostic(&self, file: &str) -> Diagnostic {
        let fault = match self {
            Self::Empty => Diagnostic::error("import-empty"),
            Self::TooLarge { limit } => Diagnostic::error("import-too-large").arg("limit", *limit),
            Self::TooManyCells { limit } => Diagnostic::error("import-too-many-cells").arg("limit", *limit),
            Self::TooDeep { limit } => Diagnostic::error("import-too-deep").arg("limit", *limit),
            Self::NotText => Diagnostic::error("import-not-text"),
            Self::Unsupported { format } => Diagnostic::error("import-unsupported")
                .arg("format", *format)
                .help(Message::new("help-import-formats")),
            Self::WrongName { announced, found } => Diagnostic::error("import-wrong-name")
                .arg("announced", *announced)
                .arg("found", *found)
                .help(Message::new("help-import-rename")),
            Self::Locked => Diagnostic::error("import-locked"),
            Self::Broken { format, detail } => {
                Diagnostic::error("import-broken").arg("format", *format).arg("detail", &**detail)
            }
        };
        fault.at(&file.into(), At::File)
    }
}
