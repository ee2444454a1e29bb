//! The frame that charts over time share: value axis, time axis, breaks, gaps.

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
/// The space over a plot for the unit and one row of numbers of breaks.
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
    pub(crate) height: Px,
    /// The space for values above the plot.
    pub(crate) values: Px,
    /// Whether the series are parts of a whole.
    pub(crate) are_parts: bool,
}

pub(crate) struct PlotFrame<'a> {
    pub(crate) periods: Periods<'a>,
    /// For each period, whether any series has a figure.
    has_figure: Vec<bool>,
    breaks: Vec<NumberedBreak>,
    /// For each break, the row of its number, 0 at the top.
    rows: Vec<i32>,
    pub(crate) top: Px,
    pub(crate) bottom: Px,
    pub(crate) scale: Scale,
    axis: ValueAxis,
    gaps: MissingMarks,
    widths: PlotWidths,
}

impl<'a> PlotFrame<'a> {
    /// Lays the frame out and sets the height of the scene, whose margins must be set.
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
        let has_figure = |period| series.iter().any(|one| one.at(period).reported().is_some());
        let has_figure = (0..periods.count()).map(has_figure).collect();
        Self {
            scale: axis.scale(top, bottom),
            periods,
            has_figure,
            breaks,
            rows,
            top,
            bottom,
            axis,
            gaps,
            widths,
        }
    }

    /// Draws what the marks are drawn over.
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
        self.periods.draw(scene, &self.has_figure, line, baseline, self.widths);
    }

    pub(crate) const fn widths(&self) -> PlotWidths {
        self.widths
    }

    /// Returns what the page is given besides the scene.
    pub(crate) fn drawing(self, series: &[DataSeries], words: &Words) -> Drawing {
        let missing = missing(series, self.periods.count());
        Drawing { key: self.gaps.key(&missing, words), breaks: self.breaks, missing, ..Drawing::default() }
    }
}

/// Returns the layout of a chart of which nothing was reported.
pub(crate) fn nothing(series: &[DataSeries], periods: usize) -> Layout {
    let drawing = Drawing { missing: missing(series, periods), ..Drawing::default() };
    Layout { scene: None, drawing }
}

fn missing(series: &[DataSeries], periods: usize) -> Vec<GapRun> {
    gap_runs(series.iter().map(|one| one.data.as_slice()), periods)
}

/// Returns the rows of the numbers of breaks: beside the unit or below it, and apart from each other, even
/// in the narrowest drawing.
fn rows(
    axis: &ValueAxis,
    breaks: &[NumberedBreak],
    periods: &Periods<'_>,
    margin: i32,
    widths: PlotWidths,
) -> Vec<i32> {
    let margin = Px::whole(margin * MARGIN_STEP);
    // The end of the last number of each row; the unit begins at the left edge of the drawing.
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
