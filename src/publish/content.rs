//! Writes files of the site itself, for its editors. A new file never takes the place of another, and a
//! changed one is replaced as a whole. If one file cannot be written, the new ones are removed again.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentFile {
    /// The path relative to the site's folder, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
    /// Whether it may replace an existing file.
    pub replaces: bool,
}

/// Why files could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A path leads out of the site's folder.
    #[error("`{0}` is no path in the site's folder")]
    Path(String),
    /// The file exists.
    #[error("`{}` is there already", .0.display())]
    Exists(PathBuf),
    /// The system refused an operation.
    #[error("cannot write {}: {cause}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// Writes all files below `root`, or none.
pub fn put(root: &Path, files: &[ContentFile]) -> Result<(), ContentError> {
    let mut places = Vec::with_capacity(files.len());
    for file in files {
        let is_inside = !file.path.is_empty()
            && !file.path.contains('\\')
            && file.path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if !is_inside {
            return Err(ContentError::Path(file.path.clone()));
        }
        let place = root.join(&file.path);
        if !file.replaces && place.try_exists().map_err(|cause| fault(&place, cause))? {
            return Err(ContentError::Exists(place));
        }
        places.push((place, file));
    }
    let mut made: Vec<PathBuf> = Vec::new();
    let written = write_all(&places, &mut made);
    if written.is_err() {
        for path in made.iter().rev() {
            // Folders that others have put something into stay.
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
    written
}

fn fault(path: &Path, cause: io::Error) -> ContentError {
    if cause.kind() == io::ErrorKind::AlreadyExists {
        return ContentError::Exists(path.to_owned());
    }
    ContentError::Io { path: path.to_owned(), cause }
}

/// Writes new files first: these can be removed again.
fn write_all(places: &[(PathBuf, &ContentFile)], made: &mut Vec<PathBuf>) -> Result<(), ContentError> {
    for (place, file) in places.iter().filter(|(_, file)| !file.replaces) {
        make_folders(place, made)?;
        let mut new = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(place)
            .map_err(|cause| fault(place, cause))?;
        made.push(place.clone());
        new.write_all(file.text.as_bytes()).map_err(|cause| fault(place, cause))?;
    }
    let mut exchanges = Vec::new();
    for (place, file) in places.iter().filter(|(_, file)| file.replaces) {
        make_folders(place, made)?;
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = place.with_file_name(format!(".{name}.new"));
        fs::write(&beside, &file.text).map_err(|cause| fault(&beside, cause))?;
        made.push(beside.clone());
        exchanges.push((beside, place));
    }
    for (beside, place) in exchanges {
        fs::rename(&beside, place).map_err(|cause| fault(place, cause))?;
    }
    Ok(())
}

fn make_folders(place: &Path, made: &mut Vec<PathBuf>) -> Result<(), ContentError> {
    let mut missing = Vec::new();
    let mut folder = place.parent();
    while let Some(path) = folder.filter(|path| !path.as_os_str().is_empty() && !path.is_dir()) {
        missing.push(path.to_owned());
        folder = path.parent();
    }
    for path in missing.into_iter().rev() {
        match fs::create_dir(&path) {
            Ok(()) => made.push(path),
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(cause) => return Err(fault(&path, cause)),
        }
    }
    Ok(())
}
