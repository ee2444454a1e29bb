//! The command line: arguments in, exit codes out. The only place that prints.
//!
//! The arguments ([`args`]) become the options of every command ([`options`]) and one command, each in
//! its own file. Commands call the library and write the results through [`terminal`].

mod args;
mod build;
mod check;
mod completions;
mod doctor;
mod exit_codes;
mod failure;
mod forms;
#[cfg(feature = "import")]
mod import;
mod init;
mod list;
mod man;
mod new;
mod options;
mod paths;
mod report;
mod search;
mod serve;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use self::args::{Cli, Command};
use self::exit_codes::Exit;
use self::options::Options;
use self::terminal::Terminal;

/// Runs the program with the arguments and the environment of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no error.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            let _ = error.print();
            return exit.into();
        }
    };
    let mut terminal = Terminal::new(Options::resolve(&cli.global, variable));
    let outcome = run(&cli.command, &mut terminal);
    outcome.unwrap_or_else(|error| failure::report(&error, &mut terminal)).into()
}

fn run(command: &Command, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    match command {
        Command::Build(args) => build::run(args, terminal),
        Command::Check(args) => check::run(args, terminal),
        Command::Doctor(args) => doctor::run(args, terminal),
        Command::Forms(args) => forms::run(args, terminal),
        #[cfg(feature = "import")]
        Command::Import(args) => import::run(args, terminal),
        Command::Init(args) => init::run(args, terminal),
        Command::List(args) => list::run(args, terminal),
        Command::New(args) => new::run(args, terminal),
        Command::Serve(args) => serve::run(args, terminal),
        Command::Search(args) => search::run(args, terminal),
        Command::Completions(args) => completions::run(args, terminal),
        Command::Man => man::run(terminal),
    }
}

#[expect(clippy::disallowed_methods, reason = "the environment is read here, for the options")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
