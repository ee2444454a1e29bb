//! The outcomes of requests: what charts of them share.

use rust_decimal::Decimal;

use crate::chart::{Category, Hue};
use crate::derive::{Gap, Point};
use crate::form::{Role, Series, SeriesIx};
use crate::model::ReportId;
use crate::view::cell;
use crate::view::local_portal::LocalPortal;

use super::chart_view::{Caption, TableRow};
use super::points::{datum, named_with_unit, title_of};
use super::title::{certain, others};

/// Returns the group of the series that are outcomes of requests; empty if there are none.
pub(crate) fn outcomes_group<'r>(portal: &LocalPortal<'r>) -> &'r str {
    let catalog = &portal.site.catalog;
    catalog.find_role(Role::Outcome).map_or("", |ix| &*catalog[ix].group)
}

/// A series with the colour it has on every page.
#[derive(Clone, Copy)]
pub(super) struct Coloured<'r> {
    pub(super) ix: SeriesIx,
    pub(super) series: &'r Series,
    pub(super) hue: Hue,
}

/// A part of a whole: its series, its colour, its figure.
pub(super) struct Part<'r> {
    pub(super) series: &'r Series,
    pub(super) hue: Hue,
    pub(super) point: Point,
}

impl<'r> Part<'r> {
    /// The part that a report gives.
    pub(super) fn of_report(portal: &LocalPortal<'_>, of: Coloured<'r>, report: ReportId) -> Self {
        Self { series: of.series, hue: of.hue, point: portal.derived.point(report, of.ix).clone() }
    }

    pub(super) fn category(&self, portal: &LocalPortal<'_>) -> Category {
        let name = title_of(portal, self.series).to_owned();
        Category { name, hue: self.hue, datum: datum(portal, &self.point) }
    }
}

/// Returns the caption of a chart of parts, with a row for each of them.
pub(super) fn caption_of<'r, 'p>(
    portal: &LocalPortal<'r>,
    title: String,
    summary: String,
    unit: &str,
    parts: impl Iterator<Item = &'p Part<'r>>,
) -> Caption<'r>
where
    'r: 'p,
{
    let row = |part: &Part<'r>| {
        TableRow::new(title_of(portal, part.series), vec![cell::of_point(portal, &part.point)])
    };
    Caption {
        title,
        summary,
        head: vec![
            portal.word("column-indicator").to_owned(),
            named_with_unit(portal, portal.word("column-value"), unit),
        ],
        rows: parts.map(row).collect(),
    }
}

/// Returns the outcomes that a report's form or some year asks for.
pub(super) fn outcomes<'r>(
    portal: &LocalPortal<'r>,
    is_asked: impl Fn(SeriesIx) -> bool,
) -> Vec<Coloured<'r>> {
    let mut coloured = coloured(&portal.site.catalog.series);
    coloured.retain(|outcome| is_asked(outcome.ix));
    coloured
}

/// Returns the outcomes that the form of a report asks for.
pub(super) fn outcomes_of<'r>(portal: &LocalPortal<'r>, report: ReportId) -> Vec<Coloured<'r>> {
    outcomes(portal, |ix| *portal.derived.point(report, ix) != Point::Gap(Gap::NotAsked))
}

fn coloured(all: &[Series]) -> Vec<Coloured<'_>> {
    let mut coloured: Vec<Coloured<'_>> = Vec::new();
    for (series, at) in all.iter().zip(0..).filter(|(series, _)| series.role == Some(Role::Outcome)) {
        coloured.push(Coloured { ix: SeriesIx(at), series, hue: free_hue(series, &coloured) });
    }
    coloured
}

/// Chooses the colour of the next outcome: by its place among all of them, unless an outcome that the
/// same form asks for has it and another is free. There are more outcomes than colours.
fn free_hue(series: &Series, earlier: &[Coloured<'_>]) -> Hue {
    let own = Hue::category(earlier.len());
    let goes_with = |other: &Series| series.terms.iter().any(|terms| other.codes(&terms.form).is_some());
    let is_free = |hue: &Hue| !earlier.iter().any(|other| other.hue == *hue && goes_with(other.series));
    (0..6).map(|step| Hue::category(earlier.len() + step)).find(is_free).unwrap_or(own)
}

/// Returns how many requests a report decided, if its outcomes add up to them: some forms ask for
/// outcomes that no series counts.
pub(super) fn whole(
    portal: &LocalPortal<'_>,
    report: ReportId,
    outcomes: &[Coloured<'_>],
) -> Option<Decimal> {
    let decided = portal.site.catalog.find_role(Role::Decided)?;
    let decided = portal.derived.point(report, decided);
    let parts = outcomes.iter().map(|outcome| portal.derived.point(report, outcome.ix));
    others(parts, decided).filter(Decimal::is_zero).and(decided.exact())
}

/// Says how many were decided, if the outcomes add up to a known whole, and which outcome was the most
/// frequent, if one was.
pub(super) fn decided_title<'p, 'r: 'p>(
    portal: &LocalPortal<'_>,
    period: &str,
    unit: &str,
    whole: Option<Decimal>,
    decided: impl Iterator<Item = &'p Part<'r>>,
) -> String {
    let figures: Option<Vec<(Decimal, &Series)>> = decided
        .filter(|part| !matches!(part.point, Point::Gap(Gap::NotApplicable)))
        .map(|part| Some((certain(&part.point)?, part.series)))
        .collect();
    let plain = || portal.say("chart-flow-title", &[("period", period.into())]);
    let Some(figures) = figures else { return plain() };
    let Some((most, series)) = figures.iter().max_by_key(|(figure, _)| *figure) else { return plain() };
    let is_alone = figures.iter().filter(|(figure, _)| figure == most).count() == 1;
    match whole {
        Some(total) if is_alone && !total.is_zero() => portal.say(
            "chart-flow-title-most",
            &[
                ("period", period.into()),
                ("unit", unit.into()),
                ("total", total.into()),
                ("outcome", title_of(portal, series).into()),
                ("most", (*most).into()),
            ],
        ),
        _ => plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_outcomes_of_a_form_have_one_colour() {
        let (catalog, _) = crate::load::catalog(&[]);
        let coloured = coloured(&catalog.series);
        assert!(coloured.len() > 6, "fewer outcomes than colours need no care");
        for form in &catalog.forms {
            let asked = coloured.iter().filter(|outcome| outcome.series.codes(&form.id).is_some());
            let hues: Vec<u8> = asked.map(|outcome| outcome.hue.slot()).collect();
            let different: std::collections::BTreeSet<&u8> = hues.iter().collect();
            assert_eq!(different.len(), hues.len(), "{}: {hues:?}", form.id);
        }
    }
}
