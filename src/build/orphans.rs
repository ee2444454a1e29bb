//! Finds orphans: content that no link from the home page reaches.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::diagnostic::Diagnostic;
use crate::base::percent;
use crate::base::source::FilePath;
use crate::check::Findings;
use crate::derive::Derived;
use crate::load;
use crate::plan::{PageKey, PageKind};
use crate::render::Renderer;

use super::project::Project;

/// Returns the files of orphans. Renders every page in memory and follows all links from the home pages.
/// Fails if the templates cannot be read.
pub fn orphans(project: &Project, findings: &Findings) -> Result<Vec<FilePath>, Vec<Diagnostic>> {
    let derived = Derived::new(&project.site, findings);
    let body = |body: &crate::model::Body| load::body(&project.root, body);
    let (renderer, faults) = Renderer::new(project.portal(findings, &derived, &body));
    let Some(renderer) = renderer else { return Err(faults) };
    let base = project.config.base_url.path().trim_end_matches('/').to_owned();
    let origin = project.config.base_url.origin().unwrap_or("").to_owned();
    let links = links(&renderer, &origin, &base);
    let mut reached: FxHashSet<&str> = FxHashSet::default();
    let homes = renderer.plan().iter().filter(|key| key.kind == PageKind::Home);
    let homes: Vec<String> = homes.map(|key| renderer.path(key)).collect();
    let mut open: Vec<&str> = homes.iter().map(String::as_str).collect();
    while let Some(path) = open.pop() {
        if reached.insert(path) {
            open.extend(links.get(path).into_iter().flatten().map(String::as_str));
        }
    }
    let source = |key: &PageKey| Some((renderer.path(key), key.kind.source(&project.site)?));
    let pages = renderer.plan().iter().filter(|key| key.lang == 0).filter_map(source);
    let assets = project.site.assets.iter().map(|asset| (asset.path.to_string(), &asset.file));
    let orphans = pages.chain(assets).filter(|(path, _)| !reached.contains(&**path));
    Ok(orphans.map(|(_, file)| file.clone()).collect())
}

/// Returns the paths that each page links to, by the path of the page.
fn links(renderer: &Renderer<'_>, origin: &str, base: &str) -> FxHashMap<String, Vec<String>> {
    let of_page = |key: &PageKey| {
        let artifacts = renderer.render(key).artifacts;
        let mut found = Vec::new();
        for artifact in artifacts.iter().filter(|artifact| is_page(artifact.path.as_str())) {
            let html = String::from_utf8_lossy(&artifact.bytes);
            found.extend(addresses(&html).filter_map(|address| inside(address, origin, base)));
        }
        (renderer.path(key), found)
    };
    // Static files are many, and contain no links.
    let pages = renderer.plan().par_iter().filter(|key| key.kind != PageKind::Static);
    pages.map(of_page).collect()
}

fn is_page(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// Returns the addresses of a page's links and images.
fn addresses(html: &str) -> impl Iterator<Item = &str> {
    [" href=\"", " src=\""]
        .into_iter()
        .flat_map(|attribute| html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()))
}

/// Returns the decoded path within the portal that an address leads to.
fn inside(address: &str, origin: &str, base: &str) -> Option<String> {
    let path = if origin.is_empty() { address } else { address.strip_prefix(origin).unwrap_or(address) };
    let path = path.strip_prefix(base)?.strip_prefix('/')?;
    let path = path.split(['#', '?']).next().unwrap_or(path).replace("&amp;", "&");
    Some(percent::decoded(&path).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        let html = r#"<a href="/p/a%20b/#x">a</a><img src="/p/map.png"><a href="https://e.org/">e</a>"#;
        let found: Vec<String> = addresses(html).filter_map(|address| inside(address, "", "/p")).collect();
        assert_eq!(found, ["a b/", "map.png"]);
        assert_eq!(inside("https://e.org/p/x/", "https://e.org", "/p").as_deref(), Some("x/"));
        assert_eq!(inside("/elsewhere/", "", "/p"), None);
    }
}
