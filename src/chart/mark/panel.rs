//! The frame that charts over time share: value axis, time axis, changes of form, gaps.

use rust_decimal::Decimal;

use super::super::input::{Break, Series};
use super::super::scale::{Px, Scale};
use super::super::scene::{MARGIN_STEP, Scene};
use super::super::text::Face;
use super::super::words::Words;
use super::super::{Drawing, Layout, MissingRun, NumberedBreak};
use super::axis::{ValueAxis, Widths};
use super::gap::{self, Gaps};
use super::time::{Periods, draw_breaks, number_breaks};

/// The height of a plot.
pub(super) const PLOT: Px = Px::whole(190);
/// The space over a plot for the unit and one row of numbers of changes.
const HEAD: Px = Px::whole(26);
/// The space over a plot for half a tick label.
const BARE_HEAD: Px = Px::whole(8);
/// The baseline of the unit and of the first row of numbers.
const FIRST_ROW: Px = Px::whole(13);
const ROW: Px = Px::whole(15);
const PERIOD_LINE: Px = Px::whole(22);

/// What a kind of chart needs of its plot.
#[derive(Clone, Copy)]
pub(super) struct Plot {
    /// The height of the plot.
    pub(super) height: Px,
    /// The space that values take above it.
    pub(super) values: Px,
    /// Whether the series are parts of a whole.
    pub(super) are_parts: bool,
}

/// A frame around marks over time.
pub(super) struct Panel<'a> {
    pub(super) periods: Periods<'a>,
    /// For each period whether a series has a figure.
    told: Vec<bool>,
    breaks: Vec<NumberedBreak>,
    /// For each change the row that its number stands in, 0 at the top.
    rows: Vec<i32>,
    /// The upper edge of the plot.
    pub(super) top: Px,
    /// The lower edge of the plot.
    pub(super) bottom: Px,
    /// From figures to heights.
    pub(super) scale: Scale,
    axis: ValueAxis,
    gaps: Gaps,
    widths: Widths,
}

impl<'a> Panel<'a> {
    /// Lays the frame out, below the head, for a plot of some height. The margins must stand.
    pub(super) fn new(
        scene: &mut Scene,
        axis: ValueAxis,
        periods: Periods<'a>,
        series: &[Series],
        breaks: &[Break],
        plot: Plot,
    ) -> Self {
        let breaks = number_breaks(breaks, periods.count());
        let widths = Widths::of(scene);
        let gaps = Gaps::find(series, periods.count(), plot.are_parts);
        let rows = rows(&axis, &breaks, &periods, scene.margins.left, widths);
        let head = match rows.iter().max() {
            Some(last) => HEAD + ROW * *last,
            None if axis.unit_width() > Px(0) => HEAD,
            None => BARE_HEAD,
        };
        let top = head + plot.values;
        let bottom = top + plot.height;
        scene.height = bottom + gaps.height + PERIOD_LINE;
        let is_told = |period| series.iter().any(|one| one.at(period).reported().is_some());
        let told = (0..periods.count()).map(is_told).collect();
        Self { scale: axis.scale(top, bottom), periods, told, breaks, rows, top, bottom, axis, gaps, widths }
    }

    /// Draws what lies below the marks.
    pub(super) fn draw_below(&self, scene: &mut Scene) {
        let margin = scene.margins.left;
        self.gaps.draw_bands(scene, &self.periods, self.top, self.bottom);
        self.axis.draw(scene, &self.scale, margin);
        let baselines = self.rows.iter().map(|row| FIRST_ROW + ROW * *row);
        draw_breaks(scene, self.breaks.iter().zip(baselines), &self.periods, self.bottom);
    }

    /// Draws what lies under the axis.
    pub(super) fn draw_under(&self, scene: &mut Scene, words: &Words) {
        self.gaps.draw_words(scene, &self.periods, self.bottom, self.widths, words);
        let baseline = self.bottom + self.gaps.height + PERIOD_LINE - Px::whole(4);
        let at_zero = Px(self.scale.place(Decimal::ZERO)) == self.bottom && self.axis.has_zero();
        let line = at_zero.then_some(self.bottom);
        self.periods.draw(scene, &self.told, line, baseline, self.widths);
    }

    /// The widths its plot has at least.
    pub(super) const fn widths(&self) -> Widths {
        self.widths
    }

    /// What it tells the page.
    pub(super) fn drawing(self, series: &[Series], words: &Words) -> Drawing {
        let missing = missing(series, self.periods.count());
        Drawing { key: self.gaps.key(&missing, words), breaks: self.breaks, missing, ..Drawing::default() }
    }
}

/// A drawing of nothing, because nothing was reported.
pub(super) fn nothing(series: &[Series], periods: usize) -> Layout {
    let drawing = Drawing { missing: missing(series, periods), ..Drawing::default() };
    Layout { scene: None, drawing }
}

fn missing(series: &[Series], periods: usize) -> Vec<MissingRun> {
    gap::runs(series.iter().map(|one| one.data.as_slice()), periods)
}

/// The rows of the numbers of changes: beside the unit or below it, and apart from each other, even
/// in the narrowest drawing.
fn rows(
    axis: &ValueAxis,
    breaks: &[NumberedBreak],
    periods: &Periods<'_>,
    margin: i32,
    widths: Widths,
) -> Vec<i32> {
    let margin = Px::whole(margin * MARGIN_STEP);
    // Where each row is free from; the unit begins at the left edge of the drawing.
    let mut free = vec![axis.unit_width() - margin];
    let mut rows = Vec::with_capacity(breaks.len());
    for change in breaks {
        let half = Face::SMALL.width(&change.number).half();
        let middle = periods.start(change.after + 1).of(widths.narrow);
        let row = free.iter().position(|end| *end <= middle - half).unwrap_or(free.len());
        match free.get_mut(row) {
            Some(end) => *end = middle + half,
            None => free.push(middle + half),
        }
        rows.push(i32::try_from(row).unwrap_or(0));
    }
    rows
}
