//! Paths as typed: files of the site, folders of the content, foreign files.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::base::diagnostic::Message;
use crate::plan;

use super::failure::UsageError;

/// The maximum depth to which folders are searched for files to import.
#[cfg(feature = "import")]
const MAX_DEPTH: usize = 16;

/// The files selected on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Files and folders relative to the site's folder; empty for the whole site.
    chosen: Vec<String>,
}

impl Selection {
    /// Selects paths as typed; each must exist and lie in the site's folder.
    pub(crate) fn new(site: &Path, paths: &[PathBuf]) -> anyhow::Result<Self> {
        let site = plain(site)?;
        let mut chosen = Vec::with_capacity(paths.len());
        for path in paths {
            let shown = || path.to_string_lossy().into_owned();
            if !path.try_exists()? {
                return Err(UsageError::new(Message::new("path-missing").arg("path", shown())).into());
            }
            let inside = plain(path)?.strip_prefix(&site).map(Path::to_path_buf);
            let Ok(inside) = inside else {
                return Err(UsageError::new(Message::new("path-outside-site").arg("path", shown())).into());
            };
            let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            chosen.push(parts.join("/"));
        }
        Ok(Self { chosen })
    }

    /// Whether a file of the site is selected.
    pub(crate) fn includes(&self, file: &str) -> bool {
        let holds = |chosen: &String| {
            chosen.is_empty()
                || file.strip_prefix(&**chosen).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.chosen.is_empty() || self.chosen.iter().any(holds)
    }
}

/// Makes a path absolute, without `.` and `..`.
fn plain(path: &Path) -> io::Result<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    Ok(plain)
}

/// Returns a typed folder relative to the content; `content/` before it is optional.
pub(crate) fn content_folder(typed: &str) -> anyhow::Result<String> {
    let path = typed.replace('\\', "/");
    let path = path.trim_start_matches("./").trim_end_matches('/');
    let path = path.strip_prefix("content/").unwrap_or(path);
    let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_part = |part: &str| !part.is_empty() && part.chars().all(is_safe) && !part.starts_with(['.', '_']);
    let first = path.split('/').next().unwrap_or("");
    if path.split('/').all(is_part) && !plan::RESERVED.contains(&first) {
        return Ok(path.to_owned());
    }
    let message = Message::new("path-not-content").arg("path", typed);
    Err(UsageError { message, help: Some(Message::new("help-path-content")) }.into())
}

/// Reads a file that is not part of the site.
#[expect(clippy::disallowed_methods, reason = "foreign files are not part of the site")]
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// Expands typed paths: a folder stands for the files below it, in order.
#[cfg(feature = "import")]
pub(crate) fn expand(typed: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in typed {
        if !path.try_exists()? {
            let message = Message::new("path-missing").arg("path", path.display().to_string());
            return Err(UsageError::new(message).into());
        }
        if path.is_dir() { walk(path, MAX_DEPTH, &mut files)? } else { files.push(path.clone()) }
    }
    Ok(files)
}

#[cfg(feature = "import")]
#[expect(clippy::disallowed_methods, reason = "foreign folders are not part of the site")]
fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type()?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && depth > 0 && !is_hidden {
            walk(&entry.path(), depth - 1, files)?;
        } else if kind.is_file() && !is_hidden {
            files.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(site: &Path, paths: &[&Path]) -> anyhow::Result<Selection> {
        Selection::new(site, &paths.iter().map(|path| path.to_path_buf()).collect::<Vec<_>>())
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "makes the folders the test is about")]
    fn folders_and_files_are_chosen() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path();
        std::fs::create_dir_all(root.join("content/zhejiang")).unwrap();
        std::fs::write(root.join("content/about.md"), "").unwrap();

        let all = selection(root, &[]).unwrap();
        assert!(all.includes("content/zhejiang/2012.md"));

        let folder = selection(root, &[&root.join("content/./zhejiang/")]).unwrap();
        assert!(folder.includes("content/zhejiang/2012.md"));
        assert!(!folder.includes("content/zhejiang2/2012.md"));
        assert!(!folder.includes("content/about.md"));

        let file = selection(root, &[&root.join("content/zhejiang/../about.md")]).unwrap();
        assert!(file.includes("content/about.md"));

        assert!(selection(root, &[root]).unwrap().includes("site.toml"));
        assert!(selection(root, &[&root.join("content/nothing")]).is_err());
        assert!(selection(&root.join("content"), &[root]).is_err());
    }

    #[test]
    fn folders_of_the_content_are_addresses() {
        for (typed, folder) in [
            ("zhejiang/wenzhou", "zhejiang/wenzhou"),
            ("content/zhejiang/", "zhejiang"),
            ("./content/示例县/office", "示例县/office"),
        ] {
            assert_eq!(content_folder(typed).unwrap(), folder, "{typed}");
        }
        for typed in ["", "../x", "a//b", "/etc", "a b", "_forms", "years/x", "a/.b", "content"] {
            let refused = content_folder(typed).is_err();
            assert!(refused || typed == "content", "{typed}");
        }
    }
}
