//! Figures of a report that its form does not ask for.

use serde::Serialize;

use crate::model::{Origin, OtherFigure, Report};
use crate::view::cell;
use crate::view::components::{Cell, Text};
use crate::view::local_portal::LocalPortal;

/// A figure outside the form.
#[derive(Debug, Serialize)]
pub(super) struct OtherView<'a> {
    pub(super) code: &'a str,
    pub(super) label: Text<'a>,
    pub(super) unit: Option<&'a str>,
    pub(super) origin: &'a str,
    pub(super) cell: Cell<'a>,
}

/// Returns the figures outside the form. `annotate` adds to each cell what is said about its code.
pub(super) fn others<'a>(
    portal: &LocalPortal<'a>,
    report: &'a Report,
    annotate: &mut impl FnMut(&str, &mut Cell<'a>),
) -> Vec<OtherView<'a>> {
    let view = |other: &'a OtherFigure| {
        let mut cell = cell::of_figure(portal, Some(&other.figure), report.lang.as_deref());
        annotate(&other.code, &mut cell);
        OtherView {
            code: &other.code,
            label: portal.text(&other.label),
            unit: other.unit.as_deref().map(|unit| portal.unit(unit)),
            origin: portal.word(match other.origin {
                Origin::Local => "origin-local",
                Origin::Text => "origin-text",
                Origin::Form(_) => "origin-form",
            }),
            cell,
        }
    };
    report.others.iter().map(view).collect()
}
