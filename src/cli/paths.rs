//! Paths as typed → files of the site.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::base::diagnostic::Message;

use super::failure::UsageError;

/// The files that somebody asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Files and folders relative to the site's folder; none stands for the whole site.
    chosen: Vec<String>,
}

impl Selection {
    /// Takes paths as typed; each must exist and lie in the site's folder.
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

    /// Whether a file of the site was asked about.
    pub(crate) fn includes(&self, file: &str) -> bool {
        let holds = |chosen: &String| {
            chosen.is_empty()
                || file.strip_prefix(&**chosen).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.chosen.is_empty() || self.chosen.iter().any(holds)
    }
}

/// An absolute path without `.` and `..`.
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
}
