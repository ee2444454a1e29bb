//! What follows from the figures: series over the years, totals, changes, ranks, completeness.
//!
//! Everything here is a pure function of the site and its findings. A missing figure stays missing:
//! it breaks a line, drops out of a total, and is never ranked.

mod change;
mod completeness;
mod derived;
mod peer;
mod point;
mod rank;
mod series;
mod total;
mod yearly;

pub use change::{Change, TotalChange, UnknownChange, change, change_of_total};
pub use completeness::{Completeness, completeness};
pub use derived::Derived;
pub use point::{Gap, Point, Reading, YearPoint};
pub use rank::{Ranked, Ranking, Unranked, UnrankedReason};
pub use total::{Area, Total};
pub use yearly::{own_report, yearly_report, yearly_reports};
