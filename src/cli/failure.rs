//! How commands fail, and which exit code follows from what was found.

use std::io;

use crate::base::diagnostic::{Message, Severity};
use crate::build::BuildError;
use crate::check;
use crate::config::{self, FailOn};
use crate::publish::WriteError;

use super::names::Exit;
use super::report::Reported;
use super::terminal::{Stream, Terminal};

/// The arguments cannot be followed.
#[derive(Debug, thiserror::Error)]
#[error("wrong usage: {}", message.id)]
pub(crate) struct UsageError {
    /// What is wrong with them.
    pub(crate) message: Message,
    /// What to do instead.
    pub(crate) help: Option<Message>,
}

impl UsageError {
    /// A fault without advice.
    pub(crate) fn new(message: Message) -> Self {
        Self { message, help: None }
    }
}

/// Says why a command ended early. A reader who closed the pipe has what they wanted.
pub(crate) fn report(error: &anyhow::Error, terminal: &mut Terminal) -> Exit {
    let pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(pipe) {
        return Exit::Done;
    }
    let label = terminal.words(&Message::new("severity-error"));
    let (text, help, exit) = match error.downcast_ref::<UsageError>() {
        Some(usage) => {
            let help = usage.help.as_ref().map(|help| terminal.words(help));
            (terminal.words(&usage.message), help, Exit::Usage)
        }
        None if is_about_names(error) => (format!("{error:#}"), None, Exit::Findings),
        None => (format!("{error:#}"), None, Exit::Io),
    };
    let help = help.map(|help| format!("\n{}: {help}", terminal.words(&Message::new("label-help"))));
    // Nobody is left to be told that standard error is closed.
    let _ = writeln!(terminal.stream(Stream::Err), "{label}: {text}{}", help.unwrap_or_default());
    exit
}

/// Whether a build failed because two pages want one place, which only the content can settle.
fn is_about_names(error: &anyhow::Error) -> bool {
    let is_name = |fault: &WriteError| {
        matches!(
            fault,
            WriteError::Twice { .. } | WriteError::SameName { .. } | WriteError::FileAndFolder { .. }
        )
    };
    match error.downcast_ref::<BuildError>() {
        Some(BuildError::Write(faults)) => faults.0.iter().all(is_name),
        _ => false,
    }
}

/// The exit code for what was found. Settings come first: what else is wrong may follow from them.
pub(crate) fn exit(reported: &[Reported], fail_on: FailOn) -> Exit {
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
    fn pages_in_one_place_are_a_matter_of_content() {
        let path = || crate::base::artifact::SitePath::new("a/index.html").unwrap();
        let names = BuildError::Write(WriteError::Twice { path: path() }.into());
        assert!(is_about_names(&names.into()));
        let busy = WriteError::Busy { output: "public".into(), process: None };
        assert!(!is_about_names(&BuildError::Write(busy.into()).into()));
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
        assert_eq!(exit(&[], warning), Exit::Done);
        assert_eq!(exit(&[note()], warning), Exit::Done);
        assert_eq!(exit(&[note()], FailOn::At(Severity::Note)), Exit::Findings);
        assert_eq!(exit(&[check()], warning), Exit::Findings);
        assert_eq!(exit(&[check()], never), Exit::Done);
        assert_eq!(exit(&[content()], never), Exit::Findings);
        assert_eq!(exit(&[content(), disk()], never), Exit::Io);
        assert_eq!(exit(&[disk(), content(), settings()], never), Exit::Usage);
        let accepted = Reported { accepted: Some("as printed".into()), ..check() };
        assert_eq!(exit(&[accepted], warning), Exit::Done);
    }
}
