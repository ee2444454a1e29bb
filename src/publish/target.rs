//! Decides where a site may be published: never over its own sources.

use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// Folders of a site that hold what somebody has written by hand, or the state of builds.
const INPUTS: [&str; 9] =
    ["content", "themes", "templates", "static", "strings", "src", "tests", ".git", ".glasshouse"];

/// Why a folder is refused as an output folder.
#[derive(Debug, thiserror::Error)]
pub enum OutputRefused {
    /// It is the root of a file system.
    #[error("{} is the root of the file system; name a folder for the site alone", output.display())]
    Root {
        /// The folder, with links followed.
        output: PathBuf,
    },
    /// It is, or holds, the folder of the site's sources.
    #[error(
        "{} holds the site's sources ({}); name a folder for the published site alone, such as `public`",
        output.display(), holds.display()
    )]
    HoldsSources {
        /// The folder, with links followed.
        output: PathBuf,
        /// The sources it would be mixed with.
        holds: PathBuf,
    },
    /// It lies inside a folder of sources.
    #[error(
        "{} lies in {}, where the site's sources are; name a folder outside it, such as `public`",
        output.display(), input.display()
    )]
    InsideSources {
        /// The folder, with links followed.
        output: PathBuf,
        /// The folder of sources.
        input: PathBuf,
    },
    /// It is not a folder.
    #[error("{} is not a folder; name a folder, or move it away", output.display())]
    NoFolder {
        /// The path, with links followed.
        output: PathBuf,
    },
    /// The path cannot be looked up.
    #[error("cannot look up {}: {fault}", path.display())]
    Unknown {
        /// The path.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
}

/// Refuses an output folder that is or holds the site's root, or lies among its sources; also the root of
/// the file system, and anything that is not a folder. Follows relative paths, `..` and links as far as
/// they exist.
pub fn refuse_output(site_root: &Path, content_dir: &Path, output: &Path) -> Result<(), OutputRefused> {
    let look_up =
        |path: &Path| resolve(path).map_err(|fault| OutputRefused::Unknown { path: path.to_owned(), fault });
    let output = look_up(output)?;
    if output.parent().is_none() {
        return Err(OutputRefused::Root { output });
    }
    let holds = look_up(site_root)?;
    if holds.starts_with(&output) {
        return Err(OutputRefused::HoldsSources { output, holds });
    }
    let mut inputs = vec![look_up(content_dir)?];
    for name in INPUTS {
        inputs.push(look_up(&site_root.join(name))?);
    }
    for input in inputs {
        if input.starts_with(&output) {
            let holds = input;
            return Err(OutputRefused::HoldsSources { output, holds });
        }
        if output.starts_with(&input) {
            return Err(OutputRefused::InsideSources { output, input });
        }
    }
    match output.metadata() {
        Ok(found) if !found.is_dir() => Err(OutputRefused::NoFolder { output }),
        Err(fault) if fault.kind() != ErrorKind::NotFound => {
            Err(OutputRefused::Unknown { path: output, fault })
        }
        _ => Ok(()),
    }
}

/// Resolves `.`, `..` and links of a path as far as it exists. What does not exist is taken as written.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut resolved = PathBuf::new();
    for component in std::path::absolute(path)?.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            Component::Prefix(_) | Component::RootDir => resolved.push(component),
            Component::Normal(name) => {
                resolved.push(name);
                match resolved.symlink_metadata() {
                    Ok(_) => resolved = resolved.canonicalize()?,
                    // A path below a file is reported when it is looked at.
                    Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
                    Err(fault) => return Err(fault),
                }
            }
        }
    }
    Ok(resolved)
}
