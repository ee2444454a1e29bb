//! The frame that charts over time share: value axis, time axis, changes of form, gaps.

use rust_decimal::Decimal;

use crate::chart::canvas::scale::{Px, Scale};
use crate::chart::canvas::scene::{MARGIN_STEP, Scene};
use crate::chart::canvas::text::Face;
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{DataSeries, PlottedBreak};
use crate::chart::drawing::{Drawing, GapRun, NumberedBreak};
use crate::chart::plot::missing::{MissingMarks, gap_runs};
use crate::chart::plot::time_axis::{Periods, draw_breaks, number_breaks};
use crate::chart::plot::value_axis::{PlotWidths, ValueAxis};
use crate::chart::words::Words;

/// The height of a plot.
pub(crate) const PLOT: Px = Px::whole(190);
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
pub(crate) struct Plot {
    /// The height of the plot.
    pub(crate) height: Px,
    /// The space that values take above it.
    pub(crate) values: Px,
    /// Whether the series are parts of a whole.
    pub(crate) are_parts: bool,
}

/// A frame around marks over time.
pub(crate) struct PlotFrame<'a> {
    pub(crate) periods: Periods<'a>,
    /// For each period whether a series has a figure.
    told: Vec<bool>,
    breaks: Vec<NumberedBreak>,
    /// For each change the row that its number stands in, 0 at the top.
    rows: Vec<i32>,
    /// The upper edge of the plot.
    pub(crate) top: Px,
    /// The lower edge of the plot.
    pub(crate) bottom: Px,
    /// From figures to heights.
    pub(crate) scale: Scale,
    axis: ValueAxis,
    gaps: MissingMarks,
    widths: PlotWidths,
}

impl<'a> PlotFrame<'a> {
    /// Lays the frame out, below the head, for a plot of some height. The margins must stand.
    pub(crate) fn new(
        scene: &mut Scene,
        axis: ValueAxis,
        periods: Periods<'a>,
        series: &[DataSeries],
        breaks: &[PlottedBreak],
        plot: Plot,
    ) -> Self {
        let breaks = number_breaks(breaks, periods.count());
        let widths = PlotWidths::of(scene);
        let gaps = MissingMarks::find(series, periods.count(), plot.are_parts);
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
    pub(crate) fn draw_below(&self, scene: &mut Scene) {
        let margin = scene.margins.left;
        self.gaps.draw_bands(scene, &self.periods, self.top, self.bottom);
        self.axis.draw(scene, &self.scale, margin);
        let baselines = self.rows.iter().map(|row| FIRST_ROW + ROW * *row);
        draw_breaks(scene, self.breaks.iter().zip(baselines), &self.periods, self.bottom);
    }

    /// Draws what lies under the axis.
    pub(crate) fn draw_under(&self, scene: &mut Scene, words: &Words) {
        self.gaps.draw_words(scene, &self.periods, self.bottom, self.widths, words);
        let baseline = self.bottom + self.gaps.height + PERIOD_LINE - Px::whole(4);
        let at_zero = Px(self.scale.place(Decimal::ZERO)) == self.bottom && self.axis.has_zero();
        let line = at_zero.then_some(self.bottom);
        self.periods.draw(scene, &self.told, line, baseline, self.widths);
    }

    /// The widths its plot has at least.
    pub(crate) const fn widths(&self) -> PlotWidths {
        self.widths
    }

    /// What it tells the page.
    pub(crate) fn drawing(self, series: &[DataSeries], words: &Words) -> Drawing {
        let missing = missing(series, self.periods.count());
        Drawing { key: self.gaps.key(&missing, words), breaks: self.breaks, missing, ..Drawing::default() }
    }
}

/// A drawing of nothing, because nothing was reported.
pub(crate) fn nothing(series: &[DataSeries], periods: usize) -> Layout {
    let drawing = Drawing { missing: missing(series, periods), ..Drawing::default() };
    Layout { scene: None, drawing }
}

fn missing(series: &[DataSeries], periods: usize) -> Vec<GapRun> {
    gap_runs(series.iter().map(|one| one.data.as_slice()), periods)
}

/// The rows of the numbers of changes: beside the unit or below it, and apart from each other, even
/// in the narrowest drawing.
fn rows(
    axis: &ValueAxis,
    breaks: &[NumberedBreak],
    periods: &Periods<'_>,
    margin: i32,
    widths: PlotWidths,
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
