//! The `glasshouse` program: a thin shell around [`glasshouse::cli`].

use std::process::ExitCode;

/// Rendering makes many small texts on all threads: with the system's allocator it takes a tenth longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A huge page is all taken where a few bytes of it are: an eighth of a build's memory, for no time won.
    // Where it cannot be turned off, nothing but memory is lost.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    glasshouse::cli::main()
}
