//! Free pages, the bodies of content files, and assets.

use serde::{Deserialize, Serialize};

use crate::base::source::FilePath;
use crate::base::text::Localized;

/// A free page: the home page's text, `about.md` and the like.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path in the portal: `about`; empty for the home page.
    pub path: Box<str>,
    /// Its title.
    pub title: Localized,
    /// The language its text is written in; `None` for the site's first.
    pub lang: Option<Box<str>>,
    /// Old addresses that redirect to it.
    pub aliases: Vec<Box<str>>,
    /// Whether it is left out of the search index.
    pub unlisted: bool,
    /// Its body.
    pub body: Body,
}

/// The Markdown body of a content file: where it is, not its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The file.
    pub file: FilePath,
    /// The byte offset at which the body begins, behind the front matter.
    pub offset: usize,
    /// Whether it is nothing but white space.
    pub is_empty: bool,
}

/// A file beside the content that is published as it is: a picture, an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The file: `content/zhejiang/map.png`.
    pub file: FilePath,
    /// Its path in the portal: `zhejiang/map.png`.
    pub path: Box<str>,
}
