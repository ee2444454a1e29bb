//! What a build produces: paths inside the published folder, and the bytes at them.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A path inside the published folder: relative, with `/`, and never leading out of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
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

impl TryFrom<String> for SitePath {
    type Error = SitePathError;

    fn try_from(path: String) -> Result<Self, SitePathError> {
        Self::new(&path)
    }
}

impl SitePath {
    /// Checks and takes a path such as `zhejiang/2012/index.html`.
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

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The media type that a web server should send for it.
    pub fn media(&self) -> Media {
        Media::of(&self.0)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Media types of what a portal publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A page.
    Html,
    /// A style sheet.
    Css,
    /// A script.
    JavaScript,
    /// A picture as SVG.
    Svg,
    /// JSON data.
    Json,
    /// Comma-separated values.
    Csv,
    /// XML: a sitemap or a feed.
    Xml,
    /// Plain text.
    Text,
    /// A raster picture, by its subtype.
    Image(&'static str),
    /// A PDF document.
    Pdf,
    /// Anything else.
    Binary,
}

impl Media {
    /// The media type of a file name, by its extension.
    pub fn of(path: &str) -> Self {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" => Self::Html,
            "css" => Self::Css,
            "js" | "mjs" => Self::JavaScript,
            "svg" => Self::Svg,
            "json" => Self::Json,
            "csv" => Self::Csv,
            "xml" => Self::Xml,
            "txt" | "md" => Self::Text,
            "png" => Self::Image("png"),
            "jpg" | "jpeg" => Self::Image("jpeg"),
            "gif" => Self::Image("gif"),
            "webp" => Self::Image("webp"),
            "avif" => Self::Image("avif"),
            "ico" => Self::Image("x-icon"),
            "pdf" => Self::Pdf,
            _ => Self::Binary,
        }
    }

    /// The `Content-Type` header.
    pub fn content_type(self) -> String {
        match self {
            Self::Html => "text/html; charset=utf-8".into(),
            Self::Css => "text/css; charset=utf-8".into(),
            Self::JavaScript => "text/javascript; charset=utf-8".into(),
            Self::Svg => "image/svg+xml".into(),
            Self::Json => "application/json".into(),
            Self::Csv => "text/csv; charset=utf-8".into(),
            Self::Xml => "application/xml".into(),
            Self::Text => "text/plain; charset=utf-8".into(),
            Self::Image(subtype) => format!("image/{subtype}"),
            Self::Pdf => "application/pdf".into(),
            Self::Binary => "application/octet-stream".into(),
        }
    }
}

/// One file of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where it is published.
    pub path: SitePath,
    /// What is published there.
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
