//! The checks of links, pictures, headings and HTML in texts. `markdown` finds these problems wherever
//! it renders a text, and reports them under the names given here.

use crate::base::diagnostic::Severity;

use super::definition::{Check, Group, Run};

pub(super) const CHECKS: [Check; 9] = [
    text("broken-link", Severity::Warning, 180),
    text("broken-anchor", Severity::Warning, 190),
    text("link-scheme", Severity::Warning, 200),
    text("missing-image", Severity::Warning, 210),
    text("image-without-alt", Severity::Note, 220),
    text("heading-order", Severity::Warning, 230),
    text("heading-id", Severity::Warning, 240),
    text("html-removed", Severity::Warning, 250),
    text("footnote-unused", Severity::Note, 260),
];

const fn text(name: &'static str, severity: Severity, order: u16) -> Check {
    Check { name, group: Group::Text, severity, order, run: Run::Texts }
}
