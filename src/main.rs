//! The `glasshouse` program: a thin shell around [`glasshouse::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    glasshouse::cli::main()
}
