//! Regions: the folders that hold agencies and other regions.

use crate::text::Localized;

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
    /// Addresses that lead to it.
    pub aliases: Vec<Box<str>>,
    /// What is said about it.
    pub body: Body,
}
