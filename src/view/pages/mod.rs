//! The pages: what each kind says, as a struct that its template fills in.

pub(crate) mod agency;
pub(crate) mod check;
pub(crate) mod completeness;
pub(crate) mod data;
pub(crate) mod form;
pub(crate) mod free;
pub(crate) mod gallery;
pub(crate) mod glossary;
pub(crate) mod home;
pub(crate) mod indicator;
pub(crate) mod listing;
pub(crate) mod quality;
pub(crate) mod region;
pub(crate) mod report;
pub(crate) mod revisions;
pub(crate) mod search;
pub(crate) mod year;
