//! What making a page yields besides its view: files, the search document, faults.

use crate::base::artifact::{Artifact, SitePath};
use crate::base::diagnostic::Diagnostic;
use crate::search::Document;

use super::chart::ChartView;

/// Collects the files of a page, its search document and its faults while it is made.
#[derive(Default)]
pub(crate) struct Output {
    pub(crate) artifacts: Vec<Artifact>,
    pub(crate) document: Option<Document>,
    pub(crate) faults: Vec<Diagnostic>,
    /// Drops files, because only the search document is wanted. The view is built all the same: the document
    /// is made of its texts, so that search finds exactly what the page says.
    pub(crate) only_document: bool,
}

impl Output {
    /// Adds a file. A path that cannot be published is a fault.
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

    /// Adds the files of charts: images and tables.
    pub(crate) fn add_charts(&mut self, charts: &[ChartView<'_>]) {
        for (path, bytes) in charts.iter().flat_map(ChartView::files) {
            self.add(path, bytes);
        }
    }
}
