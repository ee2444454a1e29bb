//! The usual change, made quickly: the files of some reports were saved, and their place in the site
//! is what it was. Nothing else is read again, checked again or planned again than depends on them.

use std::sync::Arc;

use crate::base::source::FilePath;
use crate::build::Project;
use crate::check;
use crate::derive::Derived;
use crate::load::{self, Fingerprints};
use crate::model::{ReportId, Site};

use super::portal::Portal;

/// So many reports are read one by one; where more have changed, all is read.
const FEW: usize = 64;

/// The portal after the files at these paths were saved; `None` where that takes more than reading
/// some reports again.
pub(super) fn portal(before: &Portal, drafts: bool, paths: &[FilePath]) -> Option<Portal> {
    let project = before.project();
    if paths.len() > FEW {
        return None;
    }
    let ids: Vec<ReportId> = paths.iter().map(|path| before.report(path)).collect::<Option<_>>()?;
    let drafts = drafts || project.config.drafts;
    let read = load::reread(&project.root, &project.site, drafts, &ids)?;
    let mut prints = Fingerprints::clone(&project.prints);
    let mut changed = Vec::new();
    for (id, (_, print)) in ids.iter().zip(&read) {
        let slot = prints.reports.get_mut(id.0 as usize)?;
        if slot.facts != print.facts {
            changed.push(*id);
        }
        *slot = *print;
    }
    let prints = Arc::new(prints);
    if changed.is_empty() {
        // The texts alone have changed: they are read when a page is asked for.
        return Some(before.renewed(Project { prints, ..project.clone() }, None));
    }
    let mut site = Site::clone(&project.site);
    for (id, (report, _)) in ids.iter().zip(read) {
        *site.reports.get_mut(id.0 as usize)? = Arc::new(report);
    }
    let findings = check::renew(&site, &project.config.check, before.findings(), &changed);
    let derived = Derived::renew(before.derived(), &site, &findings, &changed);
    let project = Project { prints, site: Arc::new(site), ..project.clone() };
    let renewed = before.renewed(project, Some((findings, derived)));
    (renewed.derived().has_shape_of(before.derived()) && renewed.is_planned()).then_some(renewed)
}
