//! Ids: the positions of regions, agencies and reports in the lists of their [`Site`](super::Site).
//!
//! Only the loader makes them, so the site is indexed by them directly: `site[id]`.

use serde::{Deserialize, Serialize};

/// The position of a region in [`Site::regions`](super::Site::regions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionId(pub u32);

/// The position of an agency in [`Site::agencies`](super::Site::agencies).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AgencyId(pub u32);

/// The position of a report in [`Site::reports`](super::Site::reports).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(pub u32);
