//! The files that a build produces: their paths inside the published folder, media types and bytes.

use std::borrow::Borrow;
use std::fmt;

/// A path inside the published folder: relative, with `/`, and never leading out of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Box<str>);

/// Why a text is not a [`SitePath`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{path}` is no path inside the published folder: {reason}")]
pub struct SitePathError {
    /// The text that was refused.
    pub path: String,
    /// The rule it breaks.
    pub reason: &'static str,
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl SitePath {
    /// Checks a path such as `zhejiang/2012/index.html`. Fails if it could lead out of the folder, or if file
    /// systems or browsers could read it otherwise.
    pub fn new(path: &str) -> Result<Self, SitePathError> {
        let refuse = |reason| Err(SitePathError { path: path.to_owned(), reason });
        if path.is_empty() || path.starts_with('/') || path.ends_with('/') {
            return refuse("it must name a file, relative to the folder");
        }
        if path.contains(['\\', '\0', ':']) || path.chars().any(char::is_control) {
            return refuse("it holds a character that file systems or browsers read otherwise");
        }
        for segment in path.split('/') {
            if segment.is_empty() || segment == "." || segment == ".." {
                return refuse("it holds an empty, `.` or `..` segment");
            }
            if segment.len() > 200 {
                return refuse("one of its segments is longer than 200 bytes");
            }
        }
        if path.len() > 2_000 {
            return refuse("it is longer than 2,000 bytes");
        }
        Ok(Self(path.into()))
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the media type that a web server should send for it.
    pub fn media(&self) -> MediaType {
        MediaType::of(&self.0)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The media type of a published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaType(&'static str);

impl MediaType {
    /// A page.
    pub const HTML: Self = Self("text/html; charset=utf-8");
    /// A style sheet.
    pub const CSS: Self = Self("text/css; charset=utf-8");
    /// A script.
    pub const JAVASCRIPT: Self = Self("text/javascript; charset=utf-8");

    /// Returns the media type of a file name, by its extension.
    pub fn of(path: &str) -> Self {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" => Self::HTML,
            "css" => Self::CSS,
            "js" | "mjs" => Self::JAVASCRIPT,
            "svg" => Self("image/svg+xml"),
            "json" => Self("application/json"),
            "csv" => Self("text/csv; charset=utf-8"),
            "xml" => Self("application/xml"),
            "txt" | "md" => Self("text/plain; charset=utf-8"),
            "png" => Self("image/png"),
            "jpg" | "jpeg" => Self("image/jpeg"),
            "gif" => Self("image/gif"),
            "webp" => Self("image/webp"),
            "avif" => Self("image/avif"),
            "ico" => Self("image/x-icon"),
            "pdf" => Self("application/pdf"),
            _ => Self("application/octet-stream"),
        }
    }

    /// Returns the value of the `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        self.0
    }
}

/// One file of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The path it is published at.
    pub path: SitePath,
    /// The content.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_folder() {
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a\\b", "c:x", "a\0b", "a\nb"] {
            assert!(SitePath::new(bad).is_err(), "{bad:?} was taken");
        }
        for good in ["index.html", "zhejiang/2012/index.html", "图/表.svg", "a..b/c"] {
            assert!(SitePath::new(good).is_ok(), "{good:?} was refused");
        }
    }
}
