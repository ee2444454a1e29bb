//! Why a file cannot be read.

use crate::base::diagnostic::{At, Diagnostic, Message};

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It, or what it unpacks to, is too large.
    #[error("larger than {limit} MiB")]
    TooLarge {
        /// The limit, in MiB.
        limit: usize,
    },
    /// It has more cells than any report.
    #[error("more than {limit} cells")]
    TooManyCells {
        /// The limit.
        limit: usize,
    },
    /// Its elements are nested more deeply than in any report.
    #[error("nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// It is no text in any encoding that reports use.
    #[error("neither UTF-8, UTF-16 nor GB18030 text")]
    NotText,
    /// It is of a format that holds no tables that could be read.
    #[error("{format} cannot be read")]
    Unsupported {
        /// The format.
        format: &'static str,
    },
    /// It is something else than its name says.
    #[error("named like {announced}, but it is {found}")]
    WrongName {
        /// What the name says.
        announced: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// It is locked with a password.
    #[error("locked with a password")]
    Locked,
    /// It is damaged.
    #[error("damaged {format}: {detail}")]
    Broken {
        /// The format.
        format: &'static str,
        /// What is wrong.
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

    /// The error as a diagnostic of the file.
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
