//! Recognises which form a document fills in, whose report it is, and what it says about itself.

pub(super) mod agency_match;
pub(super) mod form_match;
pub(super) mod metadata;
