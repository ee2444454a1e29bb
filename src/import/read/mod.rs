//! Readers: one a format, all giving a neutral [`Document`](super::document::Document).

pub(super) mod text;
