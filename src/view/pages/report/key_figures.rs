//! The key figures of a report: those with a number and its change, and those without.

use std::borrow::Cow;

use serde::Serialize;

use crate::derive::{self, Change, Gap, Point};
use crate::model::{Agency, Report, ReportId};
use crate::view::cell;
use crate::view::components::{Cell, Link};
use crate::view::local_portal::LocalPortal;

/// The maximum number of key figures.
const KEY_FIGURES: usize = 6;

/// Headline figures that have no number for the same reason.
#[derive(Debug, Serialize)]
pub(super) struct MissingKeys<'a> {
    reason: Cow<'a, str>,
    series: Vec<Link<'a>>,
}

/// A key figure with its change.
#[derive(Debug, Serialize)]
pub(super) struct KeyFigure<'a> {
    series: Link<'a>,
    unit: &'a str,
    cell: Cell<'a>,
    /// Numerator and denominator in words, if it is a share.
    fraction: Option<String>,
    /// The change on the year before, or why it is unknown.
    change: String,
}

/// The headline figures of a report.
pub(super) struct Keys<'a> {
    pub(super) given: Vec<KeyFigure<'a>>,
    pub(super) missing: Vec<MissingKeys<'a>>,
    /// The reason why several have no change, if none has one.
    pub(super) no_change: Option<String>,
}

/// Removes the commonest reason from the figures that share it, so that it is said only once.
fn take_shared_reason(keys: &mut [KeyFigure<'_>]) -> Option<String> {
    let shared = |reason: &str| keys.iter().filter(|key| key.change == reason).count();
    let reasons = keys.iter().map(|key| &*key.change).filter(|reason| !reason.is_empty());
    let reason = reasons.filter(|reason| shared(reason) > 1).max_by_key(|reason| shared(reason))?.to_owned();
    for key in keys.iter_mut().filter(|key| key.change == reason) {
        key.change.clear();
    }
    Some(reason)
}

/// Returns the headline figures that the report's form asks for.
pub(super) fn keys<'a>(
    portal: &LocalPortal<'a>,
    agency: &'a Agency,
    id: ReportId,
    report: &'a Report,
) -> Keys<'a> {
    let before_year = report.period.previous().year;
    let before = before(portal, agency, report);
    let mut keys: Vec<KeyFigure<'a>> = Vec::new();
    let mut known_changes = 0;
    let mut missing: Vec<MissingKeys<'a>> = Vec::new();
    let form = &portal.site.catalog[report.form].id;
    for (ix, series) in portal.derived.series(portal.site).filter(|(_, series)| series.headline) {
        let point = portal.derived.point(id, ix);
        let link = portal.series_link(series);
        match point {
            Point::Gap(Gap::NotAsked | Gap::NotTranscribed) => {}
            Point::Gap(reason) => {
                let reason = cell::gap(portal, *reason).text;
                match missing.iter_mut().find(|known| known.reason == reason) {
                    Some(known) => known.series.push(link),
                    None => missing.push(MissingKeys { reason, series: vec![link] }),
                }
            }
            Point::Value(_) if keys.len() == KEY_FIGURES => {}
            Point::Value(_) => {
                let before = before.map(|(id, form)| (form, portal.derived.point(id, ix)));
                let change = derive::change(series, report.period.year, before, (form, point));
                // A share with a small denominator has no percentage that could have changed.
                let is_of_few = |point: &Point| point.reading().is_some_and(cell::is_share_of_few);
                let is_of_few = is_of_few(point) || before.is_some_and(|(_, before)| is_of_few(before));
                let has_change = report.period.is_year() && !is_of_few;
                known_changes += usize::from(matches!(change, Change::Known { .. }));
                let cell = cell::of_point(portal, point);
                keys.push(KeyFigure {
                    series: link,
                    unit: if series.ratio.is_some() { "" } else { portal.unit_for(&cell.text, &series.unit) },
                    cell,
                    fraction: cell::fraction(portal, point),
                    change: if has_change {
                        cell::change(portal, series, before_year, &change)
                    } else {
                        String::new()
                    },
                });
            }
        }
    }
    let no_change = if known_changes == 0 { take_shared_reason(&mut keys) } else { None };
    Keys { given: keys, missing, no_change }
}

/// Returns the report of the same scope for the period before, and the id of its form.
pub(super) fn before<'a>(
    portal: &LocalPortal<'a>,
    agency: &Agency,
    report: &Report,
) -> Option<(ReportId, &'a str)> {
    let period = report.period.previous();
    agency.reports.clone().map(ReportId).find_map(|id| {
        let other = &portal.site[id];
        let form = &portal.site.catalog[other.form];
        (other.period == period && other.scope == report.scope).then_some((id, &*form.id))
    })
}
