//! The `glasshouse` program: a thin shell around [`glasshouse::cli`].

use std::process::ExitCode;

/// Rendering makes many small texts on all threads: a fifth of a build's time lies in the allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    glasshouse::cli::main()
}
