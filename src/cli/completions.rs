//! `glasshouse completions`: writes a completion script for a shell.

use clap::CommandFactory;

use super::args::{Cli, CompletionsArgs};
use super::exit_codes::Exit;
use super::terminal::{Stream, Terminal};

/// Writes the script to standard output.
pub(crate) fn run(args: &CompletionsArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    // The generator panics if a write fails, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "glasshouse", &mut script);
    terminal.stream(Stream::Out).write_all(&script)?;
    Ok(Exit::Done)
}
