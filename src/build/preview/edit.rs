//! Refreshes a site quickly after the usual change: some reports were edited in place. Only what depends on them
//! is read, checked and derived again.

use std::sync::Arc;

use crate::base::source::FilePath;
use crate::build::project::{Overrides, Project};
use crate::check;
use crate::derive::Derived;
use crate::load::{self, Fingerprints};
use crate::model::{ReportId, Site};

use super::live_site::LiveSite;

/// The maximum number of reports that are read one by one; if more have changed, the site is read anew.
const FEW: usize = 64;

/// Returns the site after the files at these paths were saved; `None` if that takes more than reading some
/// reports again.
pub(super) fn refresh(before: &LiveSite, overrides: &Overrides, paths: &[FilePath]) -> Option<LiveSite> {
    let project = before.project();
    if paths.len() > FEW {
        return None;
    }
    let ids: Vec<ReportId> = paths.iter().map(|path| before.report(path)).collect::<Option<_>>()?;
    let drafts = overrides.drafts || project.config.drafts;
    let read = load::reread(&project.root, &project.site, drafts, &ids)?;
    let mut fingerprints = Fingerprints::clone(&project.fingerprints);
    let mut changed = Vec::new();
    for (id, (_, fingerprint)) in ids.iter().zip(&read) {
        let slot = fingerprints.reports.get_mut(id.0 as usize)?;
        if slot.facts != fingerprint.facts {
            changed.push(*id);
        }
        *slot = *fingerprint;
    }
    let fingerprints = Arc::new(fingerprints);
    if changed.is_empty() {
        // Only bodies have changed, which are read when a page is rendered.
        return Some(before.renewed(Project { fingerprints, ..project.clone() }, None));
    }
    let mut site = Site::clone(&project.site);
    for (id, (report, _)) in ids.iter().zip(read) {
        *site.reports.get_mut(id.0 as usize)? = Arc::new(report);
    }
    let findings = check::renew(&site, &project.config.check, before.findings(), &changed);
    let derived = Derived::renew(before.derived(), &site, &findings, &changed);
    let project = Project { fingerprints, site: Arc::new(site), ..project.clone() };
    let renewed = before.renewed(project, Some((findings, derived)));
    (renewed.derived().has_shape_of(before.derived()) && renewed.is_planned()).then_some(renewed)
}
