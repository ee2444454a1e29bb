//! The promises of the command line to scripts: exit codes and environment variables.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// What was asked for is done.
    Done = 0,
    /// There are findings that count, or content that cannot be published.
    Findings = 1,
    /// The arguments or the settings are wrong.
    Usage = 2,
    /// A file could not be read or written.
    Io = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The variables that name the language of messages, the strongest first (POSIX).
///
/// `NO_COLOR`, `CLICOLOR_FORCE` and `TERM` are read by `anstream`.
pub(crate) const LANGUAGE_VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];
