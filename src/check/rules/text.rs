//! Checks of links, pictures, headings and HTML in texts. `markdown` finds these problems wherever a
//! text is rendered, and reports them under the names given here.

use crate::base::diagnostic::Severity;
use crate::check::definition::{Check, Group, Run};

pub(super) const BROKEN_LINK: Check = text("broken-link", Severity::Warning);
pub(super) const BROKEN_ANCHOR: Check = text("broken-anchor", Severity::Warning);
pub(super) const LINK_SCHEME: Check = text("link-scheme", Severity::Warning);
pub(super) const MISSING_IMAGE: Check = text("missing-image", Severity::Warning);
pub(super) const IMAGE_WITHOUT_ALT: Check = text("image-without-alt", Severity::Note);
pub(super) const HEADING_ORDER: Check = text("heading-order", Severity::Warning);
pub(super) const HEADING_ID: Check = text("heading-id", Severity::Warning);
pub(super) const HTML_REMOVED: Check = text("html-removed", Severity::Warning);
pub(super) const FOOTNOTE_UNUSED: Check = text("footnote-unused", Severity::Note);

const fn text(name: &'static str, severity: Severity) -> Check {
    Check { name, group: Group::Text, severity, run: Run::Texts }
}
