//! Lints the content: finds faults in texts, addresses and settings that only appear when the site is put
//! together. Publishes nothing.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::artifact::SitePath;
use crate::base::diagnostic::{At, Diagnostic};
use crate::base::source::FilePath;
use crate::check::{self, Findings};
use crate::derive::Derived;
use crate::load;
use crate::publish::{self, WriteError};
use crate::render::Renderer;

use super::project::Project;
use super::timing::{Phase, Timings};

/// Renders the text of every page, and compares all addresses.
pub fn lint(project: &Project, findings: &Findings, timings: &mut Timings) -> Vec<Diagnostic> {
    let mut found = check::unmatched_folders(&project.site, &project.config.check);
    let derived = timings.measure(Phase::Derive, || Derived::new(&project.site, findings));
    let body = |body: &crate::model::Body| load::body(&project.root, body);
    let (renderer, faults) = Renderer::new(project.portal(findings, &derived, &body));
    found.extend(faults);
    let Some(renderer) = renderer else { return found };
    let texts = timings.measure(Phase::Render, || {
        let pages = renderer.plan().par_iter().map(|key| renderer.lint(key));
        pages.collect::<Vec<Vec<Diagnostic>>>()
    });
    found.extend(texts.into_iter().flatten());
    found.extend(collisions(project, &renderer));
    found
}

/// Returns an error for each two pages or files that would be the same file on some system, at their sources.
fn collisions(project: &Project, renderer: &Renderer<'_>) -> Vec<Diagnostic> {
    let mut sources: BTreeMap<SitePath, Option<FilePath>> = BTreeMap::new();
    let mut found = Vec::new();
    let assets = project.site.assets.iter().map(|asset| (asset.path.to_string(), Some(asset.file.clone())));
    let pages = renderer.plan().iter().filter_map(|key| renderer.published(key));
    for (path, source) in pages.chain(assets) {
        let Ok(path) = SitePath::new(&path) else { continue };
        if let Some(first) = sources.get(&path) {
            found.push(collision(path.as_str(), path.as_str(), [source.as_ref(), first.as_ref()]));
        } else {
            sources.insert(path, source);
        }
    }
    let source = |path: &SitePath| sources.get(path).and_then(Option::as_ref);
    found.extend(publish::collisions(sources.keys()).iter().filter_map(|fault| match fault {
        WriteError::SameName { first, second }
        | WriteError::FileAndFolder { file: first, inside: second } => {
            Some(collision(first.as_str(), second.as_str(), [source(second), source(first)]))
        }
        _ => None,
    }));
    found
}

fn collision(first: &str, second: &str, sources: [Option<&FilePath>; 2]) -> Diagnostic {
    let fault = Diagnostic::error("path-collision").arg("first", first).arg("second", second);
    sources.into_iter().flatten().fold(fault, |fault, file| fault.at(file, At::File))
}
