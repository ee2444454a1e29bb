//! Lowers content files to what the model knows: reports in an agency's folder, free pages elsewhere.

use std::path::Path;

use crate::base::data::{Faults, Fields};
use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::source::{FilePath, Stamp};
use crate::base::text::Localized;
use crate::model::{Page, Report};
use crate::state::ReportCache;

use super::content_file::{self, ContentFile, folder_of};
use super::directory::Directory;
use super::file::stamp;
use super::fingerprint::Fingerprint;
use super::report;

pub(super) enum Item {
    Report(Box<Report>),
    Page(Page),
}

/// What it takes to make reports and pages of content files.
pub(super) struct Lowering<'a> {
    pub(super) root: &'a Path,
    pub(super) cache: &'a ReportCache<Fingerprint>,
    pub(super) directory: &'a Directory,
    pub(super) reports: report::Context<'a>,
    /// Whether every `_index.md` could be read.
    pub(super) is_directory_whole: bool,
}

/// The result of reading a file.
pub(super) struct Lowered {
    pub(super) faults: Vec<Diagnostic>,
    pub(super) item: Option<Item>,
    pub(super) fingerprint: Fingerprint,
    pub(super) stamp: Option<Stamp>,
    pub(super) is_recalled: bool,
}

impl Lowering<'_> {
    /// Reads a file, or recalls what an earlier reading made of it.
    pub(super) fn read(&self, file: &FilePath) -> Lowered {
        // The stamp is taken first: a change after it shows the next time.
        let stamp = stamp(self.root, file);
        if let Some((mut report, fingerprint)) = stamp.and_then(|stamp| self.cache.get(file, stamp))
            && let Some(agency) = self.directory.by_folder.get(folder_of(file))
        {
            report.agency = *agency;
            let item = Some(Item::Report(Box::new(report)));
            return Lowered { faults: Vec::new(), item, fingerprint, stamp, is_recalled: true };
        }
        let mut faults = Faults::new(file);
        let content = content_file::read(self.root, &mut faults);
        let mut fingerprint = content.as_ref().map(|content| content.fingerprint).unwrap_or_default();
        let item = content.and_then(|content| self.lower(&content, &mut faults));
        if let Some(Item::Report(report)) = &item {
            fingerprint = fingerprint.with_mentions(&report.mentions, report.body.is_empty);
        }
        Lowered { faults: faults.into_vec(), item, fingerprint, stamp, is_recalled: false }
    }

    /// Makes of a file what its folder and its front matter say it is.
    fn lower(&self, content: &ContentFile, faults: &mut Faults) -> Option<Item> {
        let folder = content.folder();
        if let Some(agency) = self.directory.by_folder.get(folder) {
            let report = self.reports.lower(content, *agency, faults);
            return report.map(|report| Item::Report(Box::new(report)));
        }
        if ["statistics", "form", "period"].iter().any(|key| content.has(key)) {
            // Where an `_index.md` could not be read, its reports are not to blame.
            if self.is_directory_whole {
                let fault = Diagnostic::error("report-outside-agency").arg("folder", folder);
                let help = Message::new("help-make-agency").arg("folder", folder);
                faults.add(fault.help(help), At::File);
            }
            return None;
        }
        page(content, content.path(), faults).map(Item::Page)
    }
}

/// Makes a free page of a file; one at the empty path, the home page, needs no title.
pub(super) fn page(content: &ContentFile, path: &str, faults: &mut Faults) -> Option<Page> {
    let mut fields = Fields::new(&content.fields, faults);
    let title = fields.localized("title");
    let lang = fields.owned_text("lang");
    let aliases = fields.texts("aliases");
    let unlisted = fields.flag("search") == Some(false);
    fields.finish();
    let title = title.or_else(|| path.is_empty().then(Localized::default));
    if title.is_none() {
        faults.add(Diagnostic::error("title-missing").help(Message::new("help-title")), At::File);
    }
    Some(Page { path: path.into(), title: title?, lang, aliases, unlisted, body: content.body.clone() })
}
