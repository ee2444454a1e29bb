//! Lengths, texts and marks of a scene, and the SVG they become.

pub(crate) mod path;
pub(crate) mod scale;
pub(crate) mod scene;
pub(crate) mod svg;
pub(crate) mod text;
pub(crate) mod writer;
