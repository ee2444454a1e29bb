//! How commands fail.

use std::io;

use crate::base::data;
use crate::base::diagnostic::Message;
use crate::build::BuildError;
use crate::publish::WriteError;

use super::exit_codes::Exit;
use super::terminal::{Stream, Terminal};

/// The arguments are wrong, or do not fit the site.
#[derive(Debug, thiserror::Error)]
#[error("wrong usage: {}", message.id)]
pub(crate) struct UsageError {
    pub(crate) message: Message,
    /// What to do instead.
    pub(crate) help: Option<Message>,
}

impl UsageError {
    /// Makes an error without help.
    pub(crate) fn new(message: Message) -> Self {
        Self { message, help: None }
    }

    /// Makes an error about an unknown name: suggests the nearest known one, or else gives other help.
    pub(crate) fn unknown<'n>(
        message: Message,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: Message,
    ) -> Self {
        Self { message, help: data::did_you_mean(name, known).or(Some(otherwise)) }
    }
}

/// Reports why a command failed. A closed pipe is no failure: its reader had enough.
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
    // If standard error is closed, there is no one to report to.
    let _ = writeln!(terminal.stream(Stream::Err), "{label}: {text}{}", help.unwrap_or_default());
    exit
}

/// Whether a build failed because two pages have the same path, which only the content can resolve.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_one_place_are_a_matter_of_content() {
        let path = || crate::base::artifact::SitePath::new("a/index.html").unwrap();
        let names = BuildError::Write(WriteError::Twice { path: path() }.into());
        assert!(is_about_names(&names.into()));
        let busy = WriteError::Busy { output: "public".into(), process: None };
        assert!(!is_about_names(&BuildError::Write(busy.into()).into()));
    }
}
