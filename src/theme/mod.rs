//! The theme: templates, styles, scripts and words; the embedded one, and a site's own above it.

mod strings;

pub use strings::Strings;
