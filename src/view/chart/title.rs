//! Titles of charts: sentences computed from the figures, that state only what is beyond doubt.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::derive::{self, Change, Gap, Point, YearPoint};
use crate::figure::{grouped, percent};
use crate::form::Series;
use crate::view::cell;
use crate::view::local_portal::LocalPortal;

/// States the latest figure of a series, and its change on the year before if two reports of one agency give it.
pub(super) fn latest<'a>(
    portal: &LocalPortal<'a>,
    series: &'a Series,
    points: &[YearPoint],
) -> Option<String> {
    let at = points.iter().rposition(|at| at.point.reading().is_some())?;
    let (now, before) = (points.get(at)?, at.checked_sub(1).and_then(|at| points.get(at)));
    let amount = portal.with_unit(&cell::of_reading(portal, now.point.reading()?).text, &series.unit);
    let title = portal.say(
        "chart-title",
        &[
            ("series", series.title.get(&portal.locale.lang).into()),
            ("year", portal.year(now.year).into()),
            ("amount", amount.into()),
        ],
    );
    let Some((before, difference)) =
        before.and_then(|before| Some((before.year, change_on(portal, series, before, now)?)))
    else {
        return Some(title);
    };
    let change = cell::difference(portal, series, before, difference);
    Some(portal.say("chart-title-change", &[("title", title.into()), ("change", change.into())]))
}

/// Returns the number of a point, if it is exact, unquestioned and not a share of few.
pub(super) fn certain(point: &Point) -> Option<Decimal> {
    let reading = point.reading()?;
    point.exact().filter(|_| !reading.questioned && !cell::is_share_of_few(reading))
}

/// Returns the numbers of one agency in two years, if both are certain and count the same offices: the figures of
/// a report of its own are not to be compared with those of a consolidated one.
pub(super) fn certain_pair(
    portal: &LocalPortal<'_>,
    before: &YearPoint,
    now: &YearPoint,
) -> Option<(Decimal, Decimal)> {
    let scope = |at: &YearPoint| at.report.map(|id| portal.site[id].scope);
    let pair = certain(&before.point).zip(certain(&now.point));
    pair.filter(|_| scope(before) == scope(now))
}

/// Returns the change from one year to the next, if it is certain.
pub(super) fn change_on(
    portal: &LocalPortal<'_>,
    series: &Series,
    before: &YearPoint,
    now: &YearPoint,
) -> Option<Decimal> {
    let form = |at: &YearPoint| at.report.map(|id| &*portal.site.catalog[portal.site[id].form].id);
    let (form_before, form_now) = (form(before)?, form(now)?);
    certain_pair(portal, before, now)?;
    let change = derive::change(series, now.year, Some((form_before, &before.point)), (form_now, &now.point));
    match change {
        Change::Known { difference, .. } if before.year + 1 == now.year => Some(difference),
        _ => None,
    }
}

/// Returns the largest of several with its amount; `None` if a figure that is missing, in doubt
/// or not exact could be larger, or if two share the first place.
pub(super) fn most<'n>(figures: impl Iterator<Item = (&'n str, &'n Point)>) -> Option<(&'n str, Decimal)> {
    let mut first: Option<(&str, Decimal)> = None;
    let mut is_shared = false;
    let mut count = 0;
    for (name, point) in figures {
        if let Point::Gap(Gap::NotAsked | Gap::NotApplicable | Gap::NoDenominator) = point {
            continue;
        }
        let amount = certain(point)?;
        count += 1;
        match first {
            Some((_, most)) if amount < most => {}
            Some((_, most)) if amount == most => is_shared = true,
            _ => (first, is_shared) = (Some((name, amount)), false),
        }
    }
    first.filter(|_| count > 1 && !is_shared)
}

/// Returns what a whole has beside some parts; `None` if the whole is not certain, or smaller than they are.
pub(super) fn others<'p>(parts: impl Iterator<Item = &'p Point>, whole: &Point) -> Option<Decimal> {
    let mut known = parts.filter_map(Point::exact);
    known.try_fold(certain(whole)?, Decimal::checked_sub).filter(|others| *others >= Decimal::ZERO)
}

/// Whether the greatest of some parts is greater than all that the whole may have beside them.
pub(super) fn is_most_of<'p>(most: Decimal, parts: impl Iterator<Item = &'p Point>, whole: &Point) -> bool {
    others(parts, whole).is_some_and(|others| others < most)
}

/// Adds the largest to a title.
pub(super) fn with_most(
    portal: &LocalPortal<'_>,
    title: String,
    most: Option<(&str, Decimal)>,
    said: impl FnOnce(Decimal) -> String,
) -> String {
    let Some((name, amount)) = most else { return title };
    let args = [("title", title.into()), ("name", name.into()), ("amount", said(amount).into())];
    portal.say("chart-title-highest", &args)
}

/// Adds the largest in a year to a title.
pub(super) fn with_most_in(
    portal: &LocalPortal<'_>,
    title: String,
    year: i16,
    name: &str,
    amount: String,
) -> String {
    let args = [
        ("title", title.into()),
        ("year", year.to_string().into()),
        ("name", name.into()),
        ("amount", amount.into()),
    ];
    portal.say("chart-title-most-in", &args)
}

/// Writes an exact figure of a series with its unit; a share as a percentage.
pub(super) fn said<'a>(portal: &LocalPortal<'a>, series: &'a Series, amount: Decimal) -> String {
    match series.ratio {
        Some(_) => percent(amount),
        None => portal.with_unit(&grouped(amount), &series.unit),
    }
}

/// The number of agencies or series that rose, fell and stayed the same between two years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moves {
    pub(super) up: usize,
    pub(super) down: usize,
    pub(super) same: usize,
}

impl Moves {
    /// Counts differences, new minus old.
    pub(super) fn of(differences: impl Iterator<Item = Decimal>) -> Self {
        let mut moves = Self::default();
        for difference in differences {
            match difference.cmp(&Decimal::ZERO) {
                Ordering::Greater => moves.up += 1,
                Ordering::Less => moves.down += 1,
                Ordering::Equal => moves.same += 1,
            }
        }
        moves
    }

    /// Counts the changes from the first year to the second, leaving out series whose change is
    /// not certain.
    pub(super) fn between<'p>(
        portal: &LocalPortal<'_>,
        (first, last): (i16, i16),
        all: impl Iterator<Item = (&'p Series, &'p [YearPoint])>,
    ) -> Self {
        Self::of(all.filter_map(|(series, points)| {
            let of = |year: i16| points.iter().find(|at| at.year == year);
            change_on(portal, series, of(first)?, of(last)?)
        }))
    }

    const fn compared(self) -> usize {
        self.up + self.down + self.same
    }

    /// Adds the counts to a title, unless fewer than two can be
    /// compared.
    pub(super) fn after(self, portal: &LocalPortal<'_>, title: String, (first, last): (i16, i16)) -> String {
        if self.compared() < 2 {
            return title;
        }
        let args = [
            ("title", title.into()),
            ("first", first.to_string().into()),
            ("last", last.to_string().into()),
            ("compared", self.compared().into()),
            ("up", self.up.into()),
            ("down", self.down.into()),
            ("same", self.same.into()),
        ];
        portal.say("chart-title-moves", &args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::Reading;
    use crate::figure::Bound;

    fn value(amount: i64) -> Point {
        Point::Value(Reading::exact(amount.into()))
    }

    #[test]
    fn the_most_is_told_only_where_nothing_missing_could_be_more() {
        let (four, nine, gap, none) =
            (value(4), value(9), Point::Gap(Gap::Blank), Point::Gap(Gap::NotApplicable));
        let told = |figures: &[(&'static str, &Point)]| {
            most(figures.iter().copied()).map(|(name, amount)| (name.to_owned(), amount))
        };
        let nine_of_b = Some(("b".to_owned(), Decimal::from(9)));
        assert_eq!(told(&[("a", &four), ("b", &nine)]), nine_of_b);
        assert_eq!(told(&[("a", &four), ("b", &nine), ("c", &none)]), nine_of_b);
        assert_eq!(told(&[("a", &four), ("b", &nine), ("c", &gap)]), None);
        assert_eq!(told(&[("a", &nine), ("b", &nine)]), None);
        assert_eq!(told(&[("a", &nine), ("b", &none)]), None);
        for doubt in [
            Reading { bound: Some(Bound::About), ..Reading::exact(3.into()) },
            Reading { questioned: true, ..Reading::exact(3.into()) },
            Reading { fraction: Some(Box::new((3.into(), 4.into()))), ..Reading::exact(75.into()) },
        ] {
            assert_eq!(told(&[("a", &four), ("b", &nine), ("c", &Point::Value(doubt))]), None);
        }
    }

    #[test]
    fn a_part_is_the_most_only_where_no_other_could_be_more() {
        let parts = [value(4), value(9)];
        let leads = |whole: &Point| is_most_of(9.into(), parts.iter(), whole);
        let holds = [13, 21, 22, 12].map(|whole| leads(&value(whole)));
        assert_eq!(holds, [true, true, false, false]);
        assert!(!leads(&Point::Gap(Gap::Blank)));
    }

    #[test]
    fn moves_are_counted_by_their_direction() {
        let moves = Moves::of([5, -5, 0, 2].map(Decimal::from).into_iter());
        assert_eq!(moves, Moves { up: 2, down: 1, same: 1 });
    }
}
