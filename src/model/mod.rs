//! The site as facts: regions, agencies, reports, free pages. Immutable once loaded.
//!
//! The model knows nothing of YAML, HTML or disks. Bodies are not kept: a [`Body`] says where the
//! text is, and rendering reads it again.

mod agency;
mod id;
mod page;
mod period;
mod region;
mod report;
mod site;

pub use agency::Agency;
pub use id::{AgencyId, RegionId, ReportId};
pub use page::{Asset, Body, Page};
pub use period::{Period, PeriodError, Span};
pub use region::{Region, Tile};
pub use report::{
    Acceptance, FigureChange, Mention, Origin, OtherFigure, Prose, Report, Revision, Scope, SourceDocument,
};
pub use site::Site;
