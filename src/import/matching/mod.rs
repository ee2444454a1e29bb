//! Matches the labels of tables with the lines of a form, and their cells with its columns.
//!
//! `labels` holds every label of a form. A table in the form's own shape is cut into labelled rows
//! (`rows`, `column_roles`) that `assign` gives to lines; in a wide table (`wide_table`) each row is
//! a report and each column an indicator. `cell` reads a cell as a figure.

pub(super) mod assign;
pub(super) mod cell;
pub(super) mod column_roles;
pub(super) mod labels;
pub(super) mod mapping;
pub(super) mod rows;
pub(super) mod wide_table;

pub use assign::ExtraFigure;
pub use cell::TranscribedFigure;
pub use mapping::{LabelMapping, LabelMappingError};
