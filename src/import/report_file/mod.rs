//! Report files: composes new ones, and merges figures into those that are there.

mod compose;
mod merge;
mod merge_policy;

pub use compose::report as compose;
pub use merge::{Difference, MergeError};
pub use merge_policy::{ExistingFile, MergeDecision, MergePolicy, MergeState, decide, existing_report};
