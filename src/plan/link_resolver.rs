//! Resolves links between content files: from the path in the source to the address of the page.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::percent;
use crate::base::source::FilePath;
use crate::model::Site;

use super::links::PageLinks;
use super::page_kind::{PageKey, PageKind};

/// An index of content files, pages and assets by path.
#[derive(Debug, Default)]
pub(crate) struct LinkResolver {
    /// Pages by content file (`zhejiang/_index.md`) and by path without language (`years/2012/`).
    pages: FxHashMap<Box<str>, PageKind>,
    /// Published files by path.
    assets: FxHashSet<Box<str>>,
}

impl LinkResolver {
    /// Indexes a site and the pages planned for it.
    pub(crate) fn new(site: &Site, keys: &[PageKey]) -> Self {
        let mut index = Self::default();
        for key in keys.iter().filter(|key| key.lang == 0) {
            let address = key.kind.path(site);
            if !address.is_empty() && !matches!(key.kind, PageKind::Redirect(_)) {
                index.pages.insert(address.into(), key.kind);
            }
            if let Some(file) = key.kind.source(site) {
                let path = file.strip_prefix("content/").unwrap_or(file);
                index.pages.insert(path.into(), key.kind);
            }
        }
        index.assets = site.assets.iter().map(|asset| asset.path.clone()).collect();
        index
    }

    /// Returns the address that a link in a content file leads to; `None` if the link is broken.
    pub(crate) fn resolve(&self, links: PageLinks<'_>, file: &FilePath, destination: &str) -> Option<String> {
        if is_elsewhere(destination) {
            return Some(destination.to_owned());
        }
        let at = destination.find(['#', '?']).unwrap_or(destination.len());
        let (path, rest) = destination.split_at(at);
        let path = absolute(file, &percent::decoded(path))?;
        if path.is_empty() {
            return Some(format!("{}{rest}", links.page("")));
        }
        let with_slash = format!("{path}/");
        let page = [path.as_str(), with_slash.as_str()].into_iter().find_map(|path| self.pages.get(path));
        if let Some(kind) = page {
            let address = kind.path(links.site);
            let language_free = !address.ends_with('/') && !address.is_empty();
            let href = if language_free { links.roots.href(&address) } else { links.page(&address) };
            return Some(format!("{href}{rest}"));
        }
        self.assets.contains(path.as_str()).then(|| format!("{}{rest}", links.roots.href(&path)))
    }

    /// Returns the path of the published file that an image in a content file shows.
    pub(crate) fn asset(&self, file: &FilePath, destination: &str) -> Option<&str> {
        let path = absolute(file, &percent::decoded(destination))?;
        self.assets.get(path.as_str()).map(|path| &**path)
    }
}

/// Returns whether a destination is a web or mail address.
fn is_elsewhere(destination: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| destination.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Resolves a path in a content file against the root of the content; `None` if it leads outside.
fn absolute(file: &FilePath, path: &str) -> Option<String> {
    let file = file.strip_prefix("content/").unwrap_or(file);
    let mut segments: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => file.rsplit_once('/').map(|(folder, _)| folder.split('/').collect()).unwrap_or_default(),
    };
    for segment in path.trim_start_matches('/').split('/') {
        match segment {
            "" | "." => {}
            ".." => _ = segments.pop()?,
            other => segments.push(other),
        }
    }
    let mut joined = segments.join("/");
    if path.ends_with('/') && !joined.is_empty() {
        joined.push('/');
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_from_the_file_they_stand_in() {
        let file: FilePath = "content/zhejiang/wenzhou/office/2012.md".into();
        for (path, found) in [
            ("../_index.md", Some("zhejiang/wenzhou/_index.md")),
            ("2013.md", Some("zhejiang/wenzhou/office/2013.md")),
            ("/about.md", Some("about.md")),
            ("/", Some("")),
            ("./", Some("zhejiang/wenzhou/office/")),
            ("../../../../x.md", None),
        ] {
            assert_eq!(absolute(&file, path).as_deref(), found, "{path}");
        }
    }
}
