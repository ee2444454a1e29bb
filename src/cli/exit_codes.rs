//! Exit codes, which are a promise to scripts.

use std::process::ExitCode;

use crate::base::diagnostic::Severity;
use crate::check;
use crate::config::{self, FailOn};

use super::report::Reported;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// The command succeeded.
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

/// Returns the exit code for diagnostics. Errors in the settings take precedence, because others may
/// follow from them.
pub(crate) fn exit_for(reported: &[Reported], fail_on: FailOn) -> Exit {
    let mut exit = Exit::Done;
    for reported in reported.iter().filter(|reported| reported.accepted.is_none()) {
        let diagnostic = &reported.diagnostic;
        let is_check = check::info(diagnostic.code).is_some();
        let is_fatal = diagnostic.severity == Severity::Error && !is_check;
        let in_settings = diagnostic.places.first().is_some_and(|place| *place.file == *config::FILE_NAME);
        match () {
            () if is_fatal && in_settings => return Exit::Usage,
            () if is_fatal && diagnostic.code == "unreadable" => exit = Exit::Io,
            () if is_fatal || fail_on.includes(diagnostic.severity) => exit = exit.max(Exit::Findings),
            () => {}
        }
    }
    exit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::{At, Diagnostic};

    fn found(severity: Severity, code: &'static str, file: &str) -> Reported {
        Diagnostic::new(severity, code).at(&file.into(), At::File).into()
    }

    #[test]
    fn the_exit_code_follows_from_the_worst() {
        let never = FailOn::Never;
        let warning = FailOn::At(Severity::Warning);
        let check = || found(Severity::Error, "sum-mismatch", "content/a.md");
        let note = || found(Severity::Note, "published-late", "content/a.md");
        let content = || found(Severity::Error, "form-unknown", "content/a.md");
        let disk = || found(Severity::Error, "unreadable", "content/a.md");
        let settings = || found(Severity::Error, "unknown-key", "site.toml");
        assert_eq!(exit_for(&[], warning), Exit::Done);
        assert_eq!(exit_for(&[note()], warning), Exit::Done);
        assert_eq!(exit_for(&[note()], FailOn::At(Severity::Note)), Exit::Findings);
        assert_eq!(exit_for(&[check()], warning), Exit::Findings);
        assert_eq!(exit_for(&[check()], never), Exit::Done);
        assert_eq!(exit_for(&[content()], never), Exit::Findings);
        assert_eq!(exit_for(&[content(), disk()], never), Exit::Io);
        assert_eq!(exit_for(&[disk(), content(), settings()], never), Exit::Usage);
        let accepted = Reported { accepted: Some("as printed".into()), ..check() };
        assert_eq!(exit_for(&[accepted], warning), Exit::Done);
    }
}
