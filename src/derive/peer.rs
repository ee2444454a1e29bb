//! Peers: the agencies that one is compared with.

use rustc_hash::FxHashMap;

use crate::model::{Agency, AgencyId, Site};

use super::total::areas_of;
use super::{Area, Derived};

/// So many agencies of a level make peers; among fewer, a place says little.
const ENOUGH: u32 = 5;

/// For each agency the area in which it has peers.
pub(super) fn areas(site: &Site) -> Vec<Option<Area>> {
    let agencies = || site.agencies.iter().enumerate().map(|(at, agency)| (AgencyId(at as u32), agency));
    let mut counts: FxHashMap<(Area, &str), u32> = FxHashMap::default();
    for (id, level) in agencies().filter_map(|(id, agency)| Some((id, agency.level.as_deref()?))) {
        for area in areas_of(site, id) {
            *counts.entry((area, level)).or_default() += 1;
        }
    }
    let area = |(id, agency): (AgencyId, &Agency)| {
        let level = agency.level.as_deref()?;
        let mut around: Vec<Area> = areas_of(site, id).collect();
        // From the innermost region outwards; the site is the last already.
        let regions = around.len().saturating_sub(1);
        around.get_mut(..regions)?.reverse();
        around.into_iter().find(|area| counts.get(&(*area, level)).is_some_and(|count| *count >= ENOUGH))
    };
    agencies().map(area).collect()
}

impl Derived {
    /// The area whose agencies of the same level are an agency's peers: the smallest region around it
    /// that has five of them, itself included, else the whole site; `None` where even that has not.
    /// It follows from the tree of agencies alone, never from what they report.
    pub fn peer_area(&self, agency: AgencyId) -> Option<Area> {
        self.peer_areas.get(agency.0 as usize).copied().flatten()
    }
}
