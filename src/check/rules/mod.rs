//! The checks, one family a file.

pub(super) mod acceptance;
pub(super) mod arithmetic;
pub(super) mod consolidated;
pub(super) mod identity;
pub(super) mod plausible;
pub(super) mod prose;
pub(super) mod time;
