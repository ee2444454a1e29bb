//! Regions: the folders that hold agencies and other regions.

use crate::base::text::Localized;

use super::{AgencyId, Body};

/// The place of a region in its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionId(pub u32);

/// A region.
#[derive(Clone, Debug)]
pub struct Region {
    /// Its path in the content and in the portal: `zhejiang/wenzhou`.
    pub path: Box<str>,
    /// Its name.
    pub name: Localized,
    /// Its administrative division code (GB/T 2260 for China), by which regions sort.
    pub code: Option<Box<str>>,
    /// The region around it.
    pub parent: Option<RegionId>,
    /// The regions directly in it.
    pub regions: Vec<RegionId>,
    /// The agencies directly in it.
    pub agencies: Vec<AgencyId>,
    /// Where it lies among its neighbours in a chart of tiles.
    pub tile: Option<Tile>,
    /// Addresses that lead to it.
    pub aliases: Vec<Box<str>>,
    /// What is said about it.
    pub body: Body,
}

/// A place in a chart of tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The column, from 1 at the left.
    pub column: u8,
    /// The row, from 1 at the top.
    pub row: u8,
    /// What stands on it; empty for the region's name.
    pub name: Localized,
}
