//! Fingerprints of everything a page depends on: equal fingerprints mean equal pages.
//!
//! The page of a report depends on the reports of its agency and of the area of its peers; every other page
//! on all reports. A text with a shortcode, a link or HTML may show anything of the site, and so may every
//! page if a template draws charts of its own.

use xxhash_rust::xxh3::Xxh3Default;

use crate::derive::{Area, Derived};
use crate::load::{Fingerprint, Fingerprints};
use crate::model::{Agency, AgencyId, ReportId, Scope, Site};

use super::{PageKey, PageKind};

/// The fingerprints of the parts of a site, combined as pages need them.
#[derive(Debug)]
pub(crate) struct Dependencies {
    /// Settings, theme, program.
    base: u128,
    /// Regions, agencies, forms, free pages; which years, series and forms the reports have.
    frame: u128,
    /// All reports.
    all: u128,
    /// What the pages of each agency's reports depend on; empty if any page may show anything.
    agencies: Vec<u128>,
}

impl Dependencies {
    /// Combines the fingerprints of a site. If `templates_draw_charts`, every page depends on all reports.
    pub(crate) fn new(
        site: &Site,
        derived: &Derived,
        fingerprints: &Fingerprints,
        base: u128,
        templates_draw_charts: bool,
    ) -> Self {
        let of = |agency: &Agency| digest(|hash| reports(agency, site, fingerprints, hash));
        let agencies: Vec<u128> = site.agencies.iter().map(of).collect();
        let mut regions: Vec<Xxh3Default> = site.regions.iter().map(|_| Xxh3Default::new()).collect();
        for (agency, fingerprint) in site.agencies.iter().zip(&agencies) {
            for region in site.region_chain(agency.region) {
                let hash = &mut regions[region.0 as usize];
                hash.update(agency.path.as_bytes());
                hash.update(&fingerprint.to_le_bytes());
            }
        }
        let regions: Vec<u128> = regions.iter().map(Xxh3Default::digest128).collect();
        let all =
            digest(|hash| agencies.iter().for_each(|fingerprint| hash.update(&fingerprint.to_le_bytes())));
        let places = site.agencies.iter().enumerate().zip(&agencies);
        let with_peers = places.map(|((at, agency), own)| {
            // The agencies that a consolidated report covers may be anywhere.
            if site.reports_of(agency).iter().any(|report| report.scope == Scope::Consolidated) {
                return all;
            }
            match derived.peer_area(AgencyId(at as u32)) {
                None => *own,
                Some(Area::Region(region)) => regions[region.0 as usize],
                Some(Area::Site) => all,
            }
        });
        let agencies = if templates_draw_charts { Vec::new() } else { with_peers.collect() };
        Self { base, frame: frame(site, derived, fingerprints), all, agencies }
    }

    /// Returns the fingerprint of a page.
    pub(crate) fn fingerprint(
        &self,
        site: &Site,
        fingerprints: &Fingerprints,
        key: PageKey,
        path: &str,
    ) -> u128 {
        digest(|hash| {
            hash.update(path.as_bytes());
            hash.update(&[0, key.lang]);
            hash.update(&self.base.to_le_bytes());
            if key.kind == PageKind::Static {
                return;
            }
            hash.update(&self.frame.to_le_bytes());
            let (text, context) = match key.kind {
                PageKind::Report(id) => self.report(site, fingerprints, id),
                kind => {
                    (kind.body(site).and_then(|body| fingerprints.texts.get(&body.file)).copied(), self.all)
                }
            };
            hash.update(&context.to_le_bytes());
            hash.update(&text.map_or(0, |fingerprint| fingerprint.text).to_le_bytes());
        })
    }

    fn report(&self, site: &Site, fingerprints: &Fingerprints, id: ReportId) -> (Option<Fingerprint>, u128) {
        let fingerprint = fingerprints.reports[id.0 as usize];
        let context =
            if fingerprint.refers_elsewhere { None } else { self.agencies.get(site[id].agency.0 as usize) };
        (Some(fingerprint), context.copied().unwrap_or(self.all))
    }
}

/// Returns the fingerprint of everything that is not a report, and of which years, series and forms the reports
/// have.
fn frame(site: &Site, derived: &Derived, fingerprints: &Fingerprints) -> u128 {
    digest(|hash| {
        hash.update(&fingerprints.frame.to_le_bytes());
        derived.years().iter().for_each(|year| hash.update(&year.to_le_bytes()));
        derived.series(site).for_each(|(ix, _)| hash.update(&ix.0.to_le_bytes()));
        hash.update(&[0xff]);
        derived.forms().iter().for_each(|ix| hash.update(&ix.0.to_le_bytes()));
        derived.usual_forms().for_each(|(year, form)| {
            hash.update(&year.to_le_bytes());
            hash.update(&form.0.to_le_bytes());
        });
    })
}

/// Hashes the files and facts of an agency's reports.
fn reports(agency: &Agency, site: &Site, fingerprints: &Fingerprints, hash: &mut Xxh3Default) {
    for id in agency.reports.clone() {
        hash.update(site[ReportId(id)].file().as_bytes());
        hash.update(&[0]);
        hash.update(&fingerprints.reports[id as usize].facts.to_le_bytes());
    }
}

fn digest(fill: impl FnOnce(&mut Xxh3Default)) -> u128 {
    let mut hash = Xxh3Default::new();
    fill(&mut hash);
    hash.digest128()
}
