//! What can go wrong when a site is written, and what to do about it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::base::artifact::SitePath;

/// One fault of a publication.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Two artifacts have one path.
    #[error("`{path}` is published twice; give one of the two another address")]
    Twice {
        /// The path of both.
        path: SitePath,
    },
    /// Two paths are one file where file names are compared loosely.
    #[error(
        "`{first}` and `{second}` are one file on macOS and Windows; rename one so that they \
         differ in more than letter case or Unicode form"
    )]
    SameName {
        /// The path that sorts first.
        first: SitePath,
        /// The other path.
        second: SitePath,
    },
    /// A path is needed as a file and as a folder.
    #[error("`{file}` cannot be a file and the folder of `{inside}` at once; rename one")]
    FileAndFolder {
        /// The artifact that is a file.
        file: SitePath,
        /// An artifact inside a folder of that name.
        inside: SitePath,
    },
    /// Something that Glasshouse did not write is where an artifact must go.
    #[error(
        "{} is {found} that Glasshouse did not write, in the way of `{wanted}`; move it away, or \
         publish into another folder", path.display()
    )]
    Conflict {
        /// What is in the way.
        path: PathBuf,
        /// What kind of thing it is.
        found: Found,
        /// The first artifact that needs the place.
        wanted: SitePath,
    },
    /// Another build is writing into the same folder.
    #[error(
        "{} is being written by {}; wait until it is done, or end it", output.display(), Holder(*process)
    )]
    Busy {
        /// The published folder.
        output: PathBuf,
        /// The id of the other process, where the system lets us read it.
        process: Option<u32>,
    },
    /// The output path is taken by something that is no folder.
    #[error("{} is {found}, not a folder; publish elsewhere or move it away", output.display())]
    NoFolder {
        /// The output path.
        output: PathBuf,
        /// What is there.
        found: Found,
    },
    /// The manifest would be published with the site.
    #[error(
        "the manifest {} would be published, for it lies in {}; keep it outside",
        manifest.display(), output.display()
    )]
    ManifestPublished {
        /// The path of the manifest.
        manifest: PathBuf,
        /// The published folder.
        output: PathBuf,
    },
    /// The system refused an operation.
    #[error("cannot {action} {}: {fault}{}", path.display(), Advice(fault))]
    Io {
        /// What was tried: "create", "replace".
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
}

impl WriteError {
    /// Makes an [`WriteError::Io`] of an action and a path, to be mapped over a result.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |fault| Self::Io { action, path: path.to_owned(), fault }
    }
}

/// All faults of a publication, sorted by what they say.
#[derive(Debug, thiserror::Error)]
#[error("{}", Lines(.0))]
pub struct WriteErrors(pub Vec<WriteError>);

impl From<WriteError> for WriteErrors {
    fn from(error: WriteError) -> Self {
        Self(vec![error])
    }
}

struct Lines<'a>(&'a [WriteError]);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

/// What can be at a path, seen without following links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, to whatever.
    Link,
    /// A device, a pipe, a socket.
    Special,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a symbolic link",
            Self::Special => "a special file",
        })
    }
}

struct Holder(Option<u32>);

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(process) => write!(f, "process {process}"),
            None => f.write_str("another process"),
        }
    }
}

struct Advice<'a>(&'a io::Error);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind() {
            ErrorKind::PermissionDenied => "; check who may write there",
            ErrorKind::ReadOnlyFilesystem => "; publish to a place that can be written",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "; free some space",
            ErrorKind::InvalidFilename => "; shorten the names",
            _ => "",
        })
    }
}
