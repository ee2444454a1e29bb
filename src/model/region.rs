//! Regions: the folders that hold agencies and other regions.

use crate::base::text::Localized;

use super::{AgencyId, Body, RegionId};

/// A folder of agencies and other regions: a province, a city, a ministry.
#[derive(Clone, Debug)]
pub struct Region {
    /// Its path in the content and in the portal: `zhejiang/wenzhou`.
    pub path: Box<str>,
    /// Its name.
    pub name: Localized,
    /// Its administrative division code (GB/T 2260 for China), by which regions sort.
    pub code: Option<Box<str>>,
    /// The region that contains it.
    pub parent: Option<RegionId>,
    /// The regions directly in it.
    pub regions: Vec<RegionId>,
    /// The agencies directly in it.
    pub agencies: Vec<AgencyId>,
    /// Its position in a tile map.
    pub tile: Option<Tile>,
    /// Old addresses that redirect to it.
    pub aliases: Vec<Box<str>>,
    /// The text of its page.
    pub body: Body,
}

/// A position in a tile map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The column, from 1 at the left.
    pub column: u8,
    /// The row, from 1 at the top.
    pub row: u8,
    /// Its label; empty for the region's name.
    pub name: Localized,
}
