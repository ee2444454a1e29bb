//! Peers: the agencies that an agency is compared with.

use rustc_hash::FxHashMap;

use crate::model::{Agency, AgencyId, Site};

use super::total::{Area, areas_of, regions_of};

/// The fewest agencies of a level that make peers; among fewer, a rank says little.
const MIN_PEERS: u32 = 5;

/// Returns for each agency the area in which it has peers.
pub(super) fn areas(site: &Site) -> Vec<Option<Area>> {
    let mut counts: FxHashMap<(Area, &str), u32> = FxHashMap::default();
    for (id, level) in
        site.agencies_with_ids().filter_map(|(id, agency)| Some((id, agency.level.as_deref()?)))
    {
        for area in areas_of(site, id) {
            *counts.entry((area, level)).or_default() += 1;
        }
    }
    let area = |(id, agency): (AgencyId, &Agency)| {
        let level = agency.level.as_deref()?;
        let has_peers = |area: &Area| counts.get(&(*area, level)).is_some_and(|count| *count >= MIN_PEERS);
        let mut inwards: Vec<Area> = std::iter::once(Area::Site).chain(regions_of(site, id)).collect();
        inwards.reverse();
        inwards.into_iter().find(has_peers)
    };
    site.agencies_with_ids().map(area).collect()
}
