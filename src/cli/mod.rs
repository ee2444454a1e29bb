//! The command line: arguments in, exit codes out.

mod args;
mod names;
mod options;
mod report;

use std::process::ExitCode;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
