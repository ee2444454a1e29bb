//! The time axis: periods, their labels, breaks between them.

use crate::chart::canvas::path::Path;
use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{Anchor, Ink, Scene, Show, Text};
use crate::chart::canvas::text::Face;
use crate::chart::data::PlottedBreak;
use crate::chart::drawing::NumberedBreak;
use crate::chart::plot::value_axis::PlotWidths;
use crate::form::BreakKind;

/// The share of its slot that a column fills, in per cent.
const FILLED: i32 = 64;
/// Columns are as narrow as if there were at least this many.
const NARROWEST: usize = 5;
/// The minimum space between two labels.
const LABEL_GAP: Px = Px::whole(10);

/// The periods of a chart along its plot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Periods<'a> {
    labels: &'a [String],
    places: PeriodLayout,
    /// The width of the widest label.
    label_width: Px,
}

/// How periods lie along the plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PeriodLayout {
    /// The first at the left edge, the last at the right edge: lines.
    Points,
    /// Each in the middle of its share of the width: columns.
    Slots,
}

impl<'a> Periods<'a> {
    pub(crate) fn new(labels: &'a [String], places: PeriodLayout) -> Self {
        let label_width = labels.iter().map(|label| Face::SMALL.width(label)).max().unwrap_or_default();
        Self { labels, places, label_width }
    }

    pub(crate) const fn count(&self) -> usize {
        self.labels.len()
    }

    pub(crate) fn label(&self, period: usize) -> &'a str {
        self.labels.get(period).map_or("", String::as_str)
    }

    /// Returns the position of a period.
    pub(crate) fn centre(&self, period: usize) -> Across {
        match self.places {
            PeriodLayout::Points if self.count() < 2 => Across::share(1, 2),
            PeriodLayout::Points => Across::share(period, self.count() - 1),
            PeriodLayout::Slots => Across::share(2 * period + 1, 2 * self.count()),
        }
    }

    /// Returns the position between a period and the one before it; the left edge for the first.
    pub(crate) fn start(&self, period: usize) -> Across {
        if period == 0 {
            return Across::LEFT;
        }
        if period >= self.count() {
            return Across::RIGHT;
        }
        Across(i32::midpoint(self.centre(period - 1).0, self.centre(period).0))
    }

    pub(crate) fn column(&self) -> Across {
        Across(Across::share(1, self.count().max(NARROWEST)).0 * FILLED / 100)
    }

    /// Returns the distance between neighbours in a plot of this width.
    pub(crate) fn pitch(&self, width: Px) -> Px {
        let gaps = match self.places {
            PeriodLayout::Points => self.count().saturating_sub(1),
            PeriodLayout::Slots => self.count(),
        };
        width / i32::try_from(gaps.max(1)).unwrap_or(i32::MAX)
    }

    /// The width of the widest label.
    pub(crate) const fn label_width(&self) -> Px {
        self.label_width
    }

    /// Draws as many labels as fit, always the last and the first that has a figure; with ticks if there
    /// is a line to hang them on. `has_figure` says which periods have a figure.
    pub(crate) fn draw(
        &self,
        scene: &mut Scene,
        has_figure: &[bool],
        line: Option<Px>,
        baseline: Px,
        widths: PlotWidths,
    ) {
        let step = self.step(widths.wide, 1);
        let wide = self.labelled(has_figure, widths.wide, step);
        let narrow = self.labelled(has_figure, widths.narrow, self.step(widths.narrow, step));
        let mut seen: Vec<Option<Show>> = vec![None; self.count()];
        for (periods, alone) in [(wide, Show::Wide), (narrow, Show::Narrow)] {
            for period in periods {
                if let Some(seen) = seen.get_mut(period) {
                    *seen = Some(seen.map_or(alone, |_| Show::Always));
                }
            }
        }
        for show in [Show::Always, Show::Wide, Show::Narrow] {
            let mut ticks = Path::new();
            for (period, _) in seen.iter().enumerate().filter(|(_, seen)| **seen == Some(show)) {
                let x = self.centre(period);
                if let Some(y) = line {
                    ticks.add_line((x, y), (x, y + Px::whole(4)));
                }
                scene.write(Text::new(self.label(period), x, baseline).anchored(Anchor::Middle).shown(show));
            }
            scene.draw(Ink::AXIS, show, ticks);
        }
    }

    /// The minimum distance between the middles of two labels.
    fn room(&self) -> Px {
        self.label_width + LABEL_GAP
    }

    /// Returns the number of periods between labels at even distances: a multiple of `unit`.
    fn step(&self, width: Px, unit: usize) -> usize {
        let pitch = self.pitch(width);
        let all = self.count().max(1);
        let fits = |step: &usize| pitch * i32::try_from(*step).unwrap_or(i32::MAX) >= self.room();
        (1..=all).map(|n| n * unit).find(fits).unwrap_or(all)
    }

    /// Returns the periods labelled in a plot of this width: the last, the first with a figure, of
    /// columns as many others with a figure as fit, then those at even distances from the last.
    fn labelled(&self, has_figure: &[bool], width: Px, step: usize) -> Vec<usize> {
        let Some(last) = self.count().checked_sub(1) else { return Vec::new() };
        let with_figure = || (0..=last).filter(|&at| has_figure.get(at).copied().unwrap_or_default());
        let first = with_figure().next();
        let columns = with_figure().rev().filter(|_| self.places == PeriodLayout::Slots);
        let even = (0..=last).rev().step_by(step.max(1));
        let pitch = self.pitch(width);
        let mut labelled: Vec<usize> = Vec::new();
        for at in std::iter::once(last).chain(first).chain(columns).chain(even) {
            let distance = |other: &usize| pitch * i32::try_from(at.abs_diff(*other)).unwrap_or(i32::MAX);
            if labelled.iter().all(|other| distance(other) >= self.room()) {
                labelled.push(at);
            }
        }
        labelled
    }
}

/// Numbers the breaks that lie between periods of the chart, in order.
pub(crate) fn number_breaks(breaks: &[PlottedBreak], periods: usize) -> Vec<NumberedBreak> {
    let mut inside: Vec<&PlottedBreak> = breaks.iter().filter(|b| b.after + 1 < periods).collect();
    inside.sort_by_key(|b| b.after);
    inside
        .into_iter()
        .zip(1_u32..)
        .map(|(b, number)| NumberedBreak {
            number: circled(number),
            after: b.after,
            kind: b.kind,
            text: b.text.clone(),
        })
        .collect()
}

fn circled(number: u32) -> String {
    match number {
        1..=20 => char::from_u32(0x245f + number),
        21..=35 => char::from_u32(0x323c + number),
        _ => None,
    }
    .map_or_else(|| format!("({number})"), String::from)
}

/// Draws breaks: a rule down to `axis` below each number, which stands on its baseline.
pub(crate) fn draw_breaks<'b>(
    scene: &mut Scene,
    breaks: impl Iterator<Item = (&'b NumberedBreak, Px)>,
    periods: &Periods<'_>,
    axis: Px,
) {
    let mut cuts = Path::new();
    let mut marks = Path::new();
    for (change, baseline) in breaks {
        let x = periods.start(change.after + 1);
        let rules = match change.kind {
            BreakKind::Cut => &mut cuts,
            BreakKind::Mark => &mut marks,
        };
        rules.add_line((x, baseline + Px::whole(4)), (x, axis));
        scene.write(Text::new(&change.number, x, baseline).anchored(Anchor::Middle));
    }
    for (ink, rules) in [(Ink::BREAK, cuts), (Ink::FORM, marks)] {
        scene.draw(ink, Show::Always, rules);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_numbered_in_order() {
        let change = |after| PlottedBreak { after, kind: BreakKind::Cut, text: String::new() };
        let numbered = number_breaks(&[change(4), change(1), change(9)], 10);
        let seen: Vec<_> = numbered.iter().map(|b| (b.number.as_str(), b.after)).collect();
        assert_eq!(seen, [("①", 1), ("②", 4)], "a change after the last period is outside");
        assert_eq!(circled(20), "⑳");
        assert_eq!(circled(21), "㉑");
        assert_eq!(circled(36), "(36)");
    }

    #[test]
    fn the_first_period_with_a_figure_and_the_last_have_their_label() {
        let labels: Vec<String> = (2017..2025).map(|year| year.to_string()).collect();
        let width = |eighth: i32| Px::whole(eighth * 8);
        let labelled = |places, told: &str, eighth| {
            let periods = Periods::new(&labels, places);
            let told: Vec<bool> = told.chars().map(|c| c == '+').collect();
            let mut at = periods.labelled(&told, width(eighth), periods.step(width(eighth), 1));
            at.sort_unstable();
            at
        };
        assert_eq!(labelled(PeriodLayout::Slots, "+......+", 25), [0, 3, 5, 7]);
        assert_eq!(
            labelled(PeriodLayout::Slots, "+.+....+", 25),
            [0, 2, 5, 7],
            "columns before what is empty"
        );
        assert_eq!(labelled(PeriodLayout::Points, "++++++++", 25), [0, 3, 5, 7]);
        assert_eq!(labelled(PeriodLayout::Points, ".+++++++", 25), [1, 3, 5, 7]);
        assert_eq!(labelled(PeriodLayout::Slots, "++++++++", 50), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(labelled(PeriodLayout::Slots, "+......+", 4), [7], "no two that would lie on each other");
    }

    #[test]
    fn periods_span_the_plot() {
        let labels: Vec<String> = (2020..2025).map(|year| year.to_string()).collect();
        let points = Periods::new(&labels, PeriodLayout::Points);
        assert_eq!((points.centre(0), points.centre(4)), (Across::LEFT, Across::RIGHT));
        assert_eq!(points.start(1), Across(1_250));
        let slots = Periods::new(&labels, PeriodLayout::Slots);
        assert_eq!((slots.centre(0), slots.start(1)), (Across(1_000), Across(2_000)));
        let one = Periods::new(labels.get(..1).unwrap(), PeriodLayout::Points);
        assert_eq!((one.centre(0), one.start(0), one.start(1)), (Across(5_000), Across::LEFT, Across::RIGHT));
    }
}
