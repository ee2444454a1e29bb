//! What a page yields besides the view its template is filled in with.

use crate::base::artifact::{Artifact, SitePath};
use crate::base::diagnostic::Diagnostic;
use crate::search::Document;

use super::chart::ChartView;

/// The files of a page as they are made, what search knows of it, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Output {
    pub(crate) artifacts: Vec<Artifact>,
    pub(crate) document: Option<Document>,
    pub(crate) faults: Vec<Diagnostic>,
    /// Whether only the search document is wanted; files are then dropped.
    pub(crate) only_document: bool,
}

impl Output {
    /// Adds a file at a path of the portal. A path that cannot be published is a fault.
    pub(crate) fn add(&mut self, path: &str, bytes: Vec<u8>) {
        if self.only_document {
            return;
        }
        match SitePath::new(path) {
            Ok(path) => self.artifacts.push(Artifact { path, bytes }),
            Err(error) => self
                .faults
                .push(Diagnostic::error("unusable-path").arg("path", error.path).arg("detail", error.reason)),
        }
    }

    /// Adds the files of charts: their pictures and their tables.
    pub(crate) fn add_charts(&mut self, charts: &[ChartView<'_>]) {
        for (path, bytes) in charts.iter().flat_map(ChartView::files) {
            self.add(path, bytes);
        }
    }
}
