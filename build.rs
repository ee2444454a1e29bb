//! Lists the checks, one a file, and tells Cargo that the embedded theme is part of the program, and the
//! program which build it is: what another build has kept is not to be trusted.

use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3Default;

/// All that decides what the program does.
const PARTS: [&str; 5] = ["src", "themes/default", "Cargo.toml", "Cargo.lock", "build.rs"];

/// Each file here but `mod.rs` is a check.
const CHECKS: &str = "src/check/rules";

#[expect(clippy::disallowed_methods, reason = "this runs before there is a `load`")]
fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for part in PARTS {
        // Of a folder, Cargo watches every file in it, and so sees one that is added.
        println!("cargo:rerun-if-changed={part}");
        collect(Path::new(part), &mut files)?;
    }
    files.sort();
    let out = std::env::var_os("OUT_DIR").ok_or(std::io::ErrorKind::NotFound)?;
    std::fs::write(Path::new(&out).join("checks.rs"), checks(&files))?;
    let mut hash = Xxh3Default::new();
    for file in files {
        hash.update(file.to_string_lossy().as_bytes());
        hash.update(&[0]);
        hash.update(&std::fs::read(&file)?);
    }
    println!("cargo:rustc-env=GLASSHOUSE_BUILD={:032x}", hash.digest128());
    Ok(())
}

/// Returns the array of all checks as an expression: `[jump::CHECK, row_total::CHECK]`.
fn checks(files: &[PathBuf]) -> String {
    let files = files.iter().filter(|file| file.parent() == Some(Path::new(CHECKS)));
    let modules = files.filter_map(|file| file.file_name()?.to_str()?.strip_suffix(".rs"));
    let rows = modules.filter(|module| *module != "mod").map(|module| format!("{module}::CHECK"));
    format!("[{}]\n", rows.collect::<Vec<_>>().join(", "))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in path.read_dir()? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}
