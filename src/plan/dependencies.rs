//! What a page depends on, as one fingerprint: equal fingerprints, equal page.
//!
//! A report's page depends on the reports of its agency and of the area in which that has its peers;
//! every other page on all reports. A text that has a call, a link or HTML may show anything; so may
//! every page where a template asks for charts.

use xxhash_rust::xxh3::Xxh3Default;

use crate::derive::{Area, Derived};
use crate::load::{Fingerprint, Fingerprints};
use crate::model::{Agency, AgencyId, ReportId, Scope, Site};

use super::{PageKey, PageKind};

/// The fingerprints of a site's parts, joined as pages need them.
#[derive(Debug)]
pub(crate) struct Dependencies {
    /// Settings, theme, program.
    base: u128,
    /// Regions, agencies, forms, free pages; what the reports ask for.
    frame: u128,
    /// All reports.
    all: u128,
    /// For each agency what the pages of its reports depend on; none where any page may show anything.
    agencies: Vec<u128>,
}

impl Dependencies {
    /// `reaches` says whether templates ask for charts.
    pub(crate) fn new(
        site: &Site,
        derived: &Derived,
        fingerprints: &Fingerprints,
        base: u128,
        reaches: bool,
    ) -> Self {
        let of = |agency: &Agency| digest(|hash| reports(agency, site, fingerprints, hash));
        let agencies: Vec<u128> = site.agencies.iter().map(of).collect();
        let mut regions: Vec<Xxh3Default> = site.regions.iter().map(|_| Xxh3Default::new()).collect();
        for (agency, print) in site.agencies.iter().zip(&agencies) {
            for region in site.region_chain(agency.region) {
                if let Some(hash) = regions.get_mut(region.0 as usize) {
                    hash.update(agency.path.as_bytes());
                    hash.update(&print.to_le_bytes());
                }
            }
        }
        let regions: Vec<u128> = regions.iter().map(Xxh3Default::digest128).collect();
        let all = digest(|hash| agencies.iter().for_each(|print| hash.update(&print.to_le_bytes())));
        let places = site.agencies.iter().enumerate().zip(&agencies);
        let around = places.map(|((at, agency), own)| {
            // What a consolidated report adds up may lie anywhere.
            if site.reports_of(agency).iter().any(|report| report.scope == Scope::Consolidated) {
                return all;
            }
            match derived.peer_area(AgencyId(at as u32)) {
                None => *own,
                Some(Area::Region(region)) => regions.get(region.0 as usize).copied().unwrap_or(all),
                Some(Area::Site) => all,
            }
        });
        let agencies = if reaches { Vec::new() } else { around.collect() };
        Self {
            base,
            frame: digest(|hash| {
                hash.update(&fingerprints.frame.to_le_bytes());
                derived.years().iter().for_each(|year| hash.update(&year.to_le_bytes()));
                derived.series(site).for_each(|(ix, _)| hash.update(&ix.0.to_le_bytes()));
                hash.update(&[0xff]);
                derived.forms().iter().for_each(|ix| hash.update(&ix.0.to_le_bytes()));
                derived.usual_forms().for_each(|(year, form)| {
                    hash.update(&year.to_le_bytes());
                    hash.update(&form.0.to_le_bytes());
                });
            }),
            all,
            agencies,
        }
    }

    /// The fingerprint of a page at a path.
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
            hash.update(&text.map_or(0, |print| print.text).to_le_bytes());
        })
    }

    fn report(&self, site: &Site, fingerprints: &Fingerprints, id: ReportId) -> (Option<Fingerprint>, u128) {
        let print = fingerprints.reports[id.0 as usize];
        let context = if print.reaches { None } else { self.agencies.get(site[id].agency.0 as usize) };
        (Some(print), context.copied().unwrap_or(self.all))
    }
}

/// Adds the reports of an agency, by file and facts.
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
