//! Locks a published folder, so that one build at a time writes into it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::{FileType, WriteError};

/// A folder beside the output with a locked file in it; both are removed when it is dropped. The system
/// frees the lock when the process dies, so what is left behind locks nobody out.
#[derive(Debug)]
pub(super) struct Lock {
    _locked: File,
    folder: PathBuf,
}

impl Lock {
    /// Makes and locks `folder`; fails with [`WriteError::Busy`] if another process writes to `output`.
    pub(super) fn take(folder: PathBuf, output: &Path) -> Result<Self, WriteError> {
        let path = path_in(&folder);
        loop {
            make(&folder)?;
            let mut file = match open(&path) {
                // Its last holder has just removed the folder.
                Err(fault) if fault.kind() == ErrorKind::NotFound => continue,
                opened => opened.map_err(WriteError::io("create", &path))?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(WriteError::Busy { output: output.to_owned(), process: holder(&path) });
                }
                // Some network file systems know no locks; a build there goes without.
                Err(TryLockError::Error(fault)) if fault.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(fault)) => {
                    return Err(WriteError::io("lock", &path)(fault));
                }
            }
            // Its last holder may have removed the file between our opening and our locking it.
            if is_at(&file, &path) {
                file.set_len(0)
                    .and_then(|()| write!(file, "{}", std::process::id()))
                    .map_err(WriteError::io("write", &path))?;
                return Ok(Self { _locked: file, folder });
            }
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held: whoever opens the path from now on makes a file of their own. What
        // cannot be removed is taken over by the next build.
        let _ = fs::remove_file(path_in(&self.folder));
        let _ = fs::remove_dir(&self.folder);
    }
}

fn path_in(folder: &Path) -> PathBuf {
    folder.join("lock")
}

fn make(folder: &Path) -> Result<(), WriteError> {
    match fs::create_dir(folder) {
        Err(fault) if fault.kind() != ErrorKind::AlreadyExists => {
            Err(WriteError::io("create", folder)(fault))
        }
        Err(_) if folder.is_symlink() => {
            Err(WriteError::NoFolder { output: folder.to_owned(), found: FileType::Link })
        }
        _ => Ok(()),
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)
}

fn holder(path: &Path) -> Option<u32> {
    fs::read_to_string(path).ok()?.trim().parse().ok()
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_is_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("staging");
        let first = Lock::take(path.clone(), folder.path()).unwrap();
        let Err(WriteError::Busy { process, .. }) = Lock::take(path.clone(), folder.path()) else {
            panic!("locked twice");
        };
        if cfg!(unix) {
            assert_eq!(process, Some(std::process::id()));
        }
        drop(first);
        assert!(!path.exists());
        Lock::take(path, folder.path()).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_on_a_removed_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = open(&path).unwrap();
        assert!(is_at(&held, &path));
        fs::remove_file(&path).unwrap();
        assert!(!is_at(&held, &path));
        let other = open(&path).unwrap();
        assert!(!is_at(&held, &path) && is_at(&other, &path));
    }

    #[test]
    fn what_a_dead_process_left_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("staging");
        fs::create_dir(&path).unwrap();
        fs::write(path_in(&path), "999999999").unwrap();
        let lock = Lock::take(path.clone(), folder.path()).unwrap();
        if cfg!(unix) {
            assert_eq!(holder(&path_in(&path)), Some(std::process::id()));
        }
        drop(lock);
        assert!(!path.exists());
    }

    #[test]
    fn only_one_of_many_holds_it() {
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("staging");
        let inside = AtomicUsize::new(0);
        let taken = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        match Lock::take(path.clone(), folder.path()) {
                            Ok(lock) => {
                                assert_eq!(inside.fetch_add(1, SeqCst), 0);
                                taken.fetch_add(1, SeqCst);
                                inside.fetch_sub(1, SeqCst);
                                drop(lock);
                            }
                            Err(WriteError::Busy { .. }) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                });
            }
        });
        assert!(taken.into_inner() > 0);
    }
}
