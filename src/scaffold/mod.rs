//! Scaffolds: the files that authors begin with, as text. Nothing here touches the disk.

mod agency;
mod report;
pub mod scalar;
mod site;
mod theme;

pub use agency::{NewAgency, agency};
pub use report::{Previous, report, title};
pub use site::{SiteFile, site};
pub use theme::{ThemeError, theme};
