//! The checks, one family a file.

pub(super) mod acceptance;
pub(super) mod arithmetic;
pub(super) mod identity;
pub(super) mod time;
