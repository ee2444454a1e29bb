//! An artifact too large to be held: it comes in parts.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3Default;

use crate::output::SitePath;
use crate::source::Stamp;

/// An artifact on its way to the place where staged files wait.
pub struct Stream {
    pub(super) path: SitePath,
    pub(super) place: PathBuf,
    file: BufWriter<File>,
    hash: Xxh3Default,
}

impl Stream {
    pub(super) fn create(path: SitePath, place: PathBuf) -> io::Result<Self> {
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = BufWriter::with_capacity(1 << 16, File::create_new(&place)?);
        Ok(Self { path, place, file, hash: Xxh3Default::new() })
    }

    /// Adds a part.
    pub fn add(&mut self, part: &[u8]) -> io::Result<()> {
        self.hash.update(part);
        self.file.write_all(part)
    }

    /// The path, the staged file, its stamp, and the xxh3-128 of all parts.
    pub(super) fn finish(mut self) -> io::Result<(SitePath, PathBuf, Stamp, u128)> {
        self.file.flush()?;
        let stamp = Stamp::of(&Path::new(&self.place).symlink_metadata()?);
        Ok((self.path, self.place, stamp, self.hash.digest128()))
    }
}
