//! Agencies: who reports.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::text::Localized;

use super::{Body, RegionId};

/// The place of an agency in its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AgencyId(pub u32);

/// A body that publishes reports. Its path is its identity and its address.
#[derive(Clone, Debug)]
pub struct Agency {
    /// Its path in the content and in the portal: `zhejiang/wenzhou/cangnan/xincheng`.
    pub path: Box<str>,
    /// The region it lies in.
    pub region: Option<RegionId>,
    /// Its official name.
    pub name: Localized,
    /// A short name.
    pub short_name: Localized,
    /// Other names that documents use for it.
    pub other_names: Vec<Box<str>>,
    /// The key of its place in lists: its name's reading.
    pub sort_key: Box<str>,
    /// Its level: an id that `site.toml` names, such as `county-department`.
    pub level: Option<Box<str>>,
    /// The agency it belongs to.
    pub parent: Option<AgencyId>,
    /// Agencies whose duties it took over.
    pub succeeds: Vec<AgencyId>,
    /// Its own site.
    pub url: Option<Box<str>>,
    /// How to reach it.
    pub contact: Option<Box<str>>,
    /// Its reports, oldest first, as places in the site.
    pub reports: Range<u32>,
    /// Addresses that lead to it.
    pub aliases: Vec<Box<str>>,
    /// What is said about it.
    pub body: Body,
}

impl Agency {
    /// The short name, or the official one where there is none.
    pub fn brief_name(&self) -> &Localized {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }
}
