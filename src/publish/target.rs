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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn site() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for folder in ["site/content/a", "site/themes", "site/src", "elsewhere"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("site/file"), "x").unwrap();
        root
    }

    fn verdict(root: &Path, output: &str) -> &'static str {
        let site = root.join("site");
        match refuse_output(&site, &site.join("content"), &root.join(output)) {
            Ok(()) => "ok",
            Err(OutputRefused::Root { .. }) => "root",
            Err(OutputRefused::HoldsSources { .. }) => "holds",
            Err(OutputRefused::InsideSources { .. }) => "inside",
            Err(OutputRefused::NoFolder { .. }) => "no folder",
            Err(OutputRefused::Unknown { .. }) => "unknown",
        }
    }

    #[test]
    fn sources_are_never_published_over() {
        let root = site();
        for (output, expected) in [
            ("site/public", "ok"),
            ("elsewhere", "ok"),
            ("site/docs/new/deep", "ok"),
            ("site/contents", "ok"),
            ("site", "holds"),
            ("site/", "holds"),
            ("site/.", "holds"),
            (".", "holds"),
            ("site/not/there/../..", "holds"),
            ("elsewhere/../site", "holds"),
            ("/", "root"),
            ("site/content", "holds"),
            ("site/content/a", "inside"),
            ("site/content/new/public", "inside"),
            ("site/not-there/../content", "holds"),
            ("site/themes/x", "inside"),
            ("site/templates", "holds"),
            ("site/src/public", "inside"),
            ("site/.glasshouse/public", "inside"),
            ("site/file", "no folder"),
            ("site/file/x", "unknown"),
        ] {
            assert_eq!(verdict(root.path(), output), expected, "{output}");
        }
    }

    #[test]
    fn content_elsewhere_is_protected_too() {
        let root = site();
        let path = root.path();
        let content = path.join("elsewhere/texts");
        fs::create_dir(&content).unwrap();
        let refused = refuse_output(&path.join("site"), &content, &path.join("elsewhere"));
        assert!(matches!(refused, Err(OutputRefused::HoldsSources { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed() {
        use std::os::unix::fs::symlink;
        let root = site();
        let path = root.path();
        symlink(path.join("site"), path.join("elsewhere/link")).unwrap();
        symlink("../site/content", path.join("elsewhere/content-link")).unwrap();
        symlink("nowhere", path.join("elsewhere/dangling")).unwrap();
        assert_eq!(verdict(path, "elsewhere/link"), "holds");
        assert_eq!(verdict(path, "elsewhere/link/.."), "holds");
        assert_eq!(verdict(path, "elsewhere/link/public"), "ok");
        assert_eq!(verdict(path, "elsewhere/link/content/x"), "inside");
        assert_eq!(verdict(path, "elsewhere/content-link/x"), "inside");
        assert_eq!(verdict(path, "elsewhere/dangling"), "unknown");
        // The sources may be reached by a link as well.
        let site = path.join("elsewhere/link");
        let refused = refuse_output(&site, &site.join("content"), &path.join("site"));
        assert!(matches!(refused, Err(OutputRefused::HoldsSources { .. })));
    }

    #[test]
    fn relative_paths_start_at_the_working_folder() {
        let here = resolve(Path::new(".")).unwrap();
        assert!(here.is_absolute());
        assert_eq!(resolve(Path::new("src/..")).unwrap(), here);
        let refused = refuse_output(Path::new("."), Path::new("content"), Path::new("src/.."));
        assert!(matches!(refused, Err(OutputRefused::HoldsSources { .. })));
    }
}
