//! Decides whether anything has changed since the last build. If not, nothing is derived, planned or rendered;
//! only the published files are looked at.

use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use crate::load;
use crate::model::Asset;

use super::project::Project;

/// Returns the fingerprint of everything that a project's pages are made from. `assets` are the xxh3-128 of the
/// assets in order; the result is `None` if one is missing.
pub(super) fn sources(project: &Project, mut assets: impl Iterator<Item = Option<u128>>) -> Option<u128> {
    let mut hash = Xxh3Default::new();
    let mut add = |name: &[u8], fingerprints: &[u128]| {
        hash.update(&(name.len() as u64).to_le_bytes());
        hash.update(name);
        for fingerprint in fingerprints {
            hash.update(&fingerprint.to_le_bytes());
        }
    };
    add(b"", &[project.base, project.fingerprints.frame]);
    for (report, fingerprint) in project.site.reports.iter().zip(&project.fingerprints.reports) {
        add(report.file().as_bytes(), &[fingerprint.facts, fingerprint.text]);
    }
    // Reports have bodies too, but are not among the texts.
    for body in project.site.bodies() {
        if let Some(fingerprint) = project.fingerprints.texts.get(&body.file) {
            add(body.file.as_bytes(), &[fingerprint.facts, fingerprint.text]);
        }
    }
    for asset in &project.site.assets {
        add(asset.file.as_bytes(), &[assets.next()??]);
    }
    Some(hash.digest128())
}

/// Returns the xxh3-128 of each asset as it is now.
pub(super) fn assets(project: &Project) -> impl Iterator<Item = Option<u128>> {
    let bytes = |asset: &Asset| load::bytes(&project.root, &asset.file).ok();
    project.site.assets.iter().map(move |asset| bytes(asset).map(|bytes| xxh3_128(&bytes)))
}
