//! What commands are given to work on: folders of the content, and files that are none of it.

use std::io;
use std::path::Path;

use crate::base::diagnostic::Message;
use crate::plan;

use super::failure::UsageError;

/// A folder below the content as typed, `content/` before it or not.
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

/// The bytes of a file that is no part of the site.
#[expect(clippy::disallowed_methods, reason = "foreign files are no content of the site")]
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

#[cfg(test)]
mod tests {
    use super::*;

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
