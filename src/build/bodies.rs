//! Reads the bodies of content files while the site is rendered, and notices if one has changed since the site
//! was loaded.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_128;

use crate::base::diagnostic::Diagnostic;
use crate::base::source::FilePath;
use crate::load;
use crate::model::Body;

use super::project::Project;

/// Reads bodies, which loading does not keep in memory.
pub(super) struct BodyReader<'p> {
    root: &'p Path,
    /// The xxh3-128 of each body when it was loaded.
    fingerprints: FxHashMap<&'p FilePath, u128>,
    have_changed: AtomicBool,
}

impl<'p> BodyReader<'p> {
    /// Creates a reader for a project.
    pub(super) fn new(project: &'p Project) -> Self {
        let reports = project.site.reports.iter().zip(&project.fingerprints.reports);
        let mut fingerprints: FxHashMap<_, _> =
            reports.map(|(report, fingerprint)| (report.file(), fingerprint.text)).collect();
        for body in project.site.bodies() {
            if let Some(fingerprint) = project.fingerprints.texts.get(&body.file) {
                fingerprints.insert(&body.file, fingerprint.text);
            }
        }
        Self { root: &project.root, fingerprints, have_changed: AtomicBool::new(false) }
    }

    /// Reads a body.
    pub(super) fn read(&self, body: &Body) -> Result<String, Box<Diagnostic>> {
        let text = load::body(self.root, body);
        let is_as_loaded =
            |text: &String| self.fingerprints.get(&body.file) == Some(&xxh3_128(text.as_bytes()));
        if !text.as_ref().is_ok_and(is_as_loaded) {
            self.have_changed.store(true, Ordering::Relaxed);
        }
        text
    }

    /// Returns whether every body that was read is still as it was loaded.
    pub(super) fn are_as_loaded(&self) -> bool {
        !self.have_changed.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{Overrides, Timings, open};
    use crate::publish::content::{self, ContentFile};

    #[test]
    fn a_body_that_was_changed_after_loading_is_noticed() {
        let root = tempfile::tempdir().unwrap();
        let file = |path: &str, text: &str| {
            let is_there = root.path().join(path).try_exists().unwrap();
            let file = ContentFile { path: path.into(), text: text.into(), replaces: is_there };
            content::put(root.path(), &[file]).unwrap();
        };
        file("site.toml", "title = \"年报\"\n");
        file("content/_index.md", "---\ntitle: 首页\n---\n你好\n");
        let office = "content/county/office";
        file("content/county/_index.md", "---\nkind: region\nname: 某县\n---\n介绍\n");
        file(&format!("{office}/_index.md"), "---\nkind: agency\nname: 某局\n---\n");
        let report = |text: &str| format!("---\nform: zj-2012\nstatistics:\n  budget: 6\n---\n{text}\n");
        file(&format!("{office}/2012.md"), &report("正文"));
        let project = open(root.path(), &Overrides::default(), &mut Timings::default());
        let bodies = BodyReader::new(&project);
        let read = || project.site.bodies().map(|body| bodies.read(body).unwrap()).collect::<Vec<_>>();
        assert!(read().iter().any(|text| text.contains("正文")));
        assert!(bodies.are_as_loaded());
        file(&format!("{office}/2012.md"), &report("别的"));
        read();
        assert!(!bodies.are_as_loaded());
    }
}
