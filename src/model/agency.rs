//! Agencies: who reports.

use std::ops::Range;

use crate::base::text::Localized;

use super::{AgencyId, Body, RegionId};

/// An agency that publishes reports. Its path is its identity and its address.
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
    /// Other names by which documents call it.
    pub other_names: Vec<Box<str>>,
    /// The key by which lists sort it: the reading of its name.
    pub sort_key: Box<str>,
    /// Its level: an id that `site.toml` names, such as `county-department`.
    pub level: Option<Box<str>>,
    /// The agency it belongs to.
    pub parent: Option<AgencyId>,
    /// Agencies whose duties it took over.
    pub succeeds: Vec<AgencyId>,
    /// The address of its own website.
    pub url: Option<Box<str>>,
    /// Its public contact.
    pub contact: Option<Box<str>>,
    /// Its reports, oldest first: a range of [`ReportId`](super::ReportId)s.
    pub reports: Range<u32>,
    /// Old addresses that redirect to it.
    pub aliases: Vec<Box<str>>,
    /// The text of its page.
    pub body: Body,
}

impl Agency {
    /// Returns the short name, or the official one where there is none.
    pub fn brief_name(&self) -> &Localized {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }
}
