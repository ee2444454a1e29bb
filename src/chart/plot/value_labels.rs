//! Figures over columns: all of them if they fit, else the last and the greatest.

use rust_decimal::Decimal;

use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{Anchor, Scene, Show, Text, Voice};
use crate::chart::plot::plot_frame::PlotFrame;

/// The face of the figures.
pub(crate) const VALUE_VOICE: Voice = Voice::Value;
/// The distance between two lines.
pub(crate) const VALUE_LINE: Px = Px::whole(14);
/// The space between a column and its figure.
const GAP: Px = Px::whole(5);

/// The least space between two figures side by side.
const APART: Px = Px::whole(2);

pub(crate) struct ValueLabel {
    period: usize,
    end: Px,
    value: Decimal,
    lines: Vec<String>,
    width: Px,
}

/// The position of the lines over a column.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    x: Across,
    anchor: Anchor,
    from: Px,
    to: Px,
}

impl ValueLabel {
    /// `lines` are written over the column from the bottom up, none if it has no figure; `end` is its upper
    /// end; `value` decides which column is the greatest.
    pub(crate) fn new(period: usize, end: Px, value: Decimal, lines: Vec<String>) -> Self {
        let width = lines.iter().map(|line| VALUE_VOICE.face().width(line)).max().unwrap_or_default();
        Self { period, end, value, lines, width }
    }

    /// Returns a place over the column's middle, or at the edge of the plot that it would cross; `None` if the plot
    /// is too narrow.
    fn place(&self, panel: &PlotFrame<'_>, plot: Px) -> Option<Place> {
        let (width, x) = (self.width, panel.periods.centre(self.period));
        let left = x.of(plot) - width.half();
        if width > plot {
            None
        } else if left < Px(0) {
            Some(Place { x: Across::LEFT, anchor: Anchor::Start, from: Px(0), to: width })
        } else if left + width > plot {
            Some(Place { x: Across::RIGHT, anchor: Anchor::End, from: plot - width, to: plot })
        } else {
            Some(Place { x, anchor: Anchor::Middle, from: left, to: left + width })
        }
    }
}

/// Writes figures over columns.
pub(crate) fn draw_value_labels(scene: &mut Scene, panel: &PlotFrame<'_>, tops: &[ValueLabel]) {
    let widths = panel.widths();
    let [wide, narrow] = [widths.wide, widths.narrow].map(|plot| chosen(panel, tops, plot));
    for (top, (wide, narrow)) in tops.iter().zip(wide.into_iter().zip(narrow)) {
        let shown = |place: Option<Place>| place.map(|place| (place.x, place.anchor));
        let places = if shown(wide) == shown(narrow) {
            [(wide, Show::Always), (None, Show::Narrow)]
        } else {
            [(wide, Show::Wide), (narrow, Show::Narrow)]
        };
        for (place, show) in places {
            let Some(place) = place else { continue };
            let mut y = top.end - GAP;
            for line in &top.lines {
                let text = Text::new(line, place.x, y).anchored(place.anchor).voiced(VALUE_VOICE);
                scene.write(text.shown(show));
                y = y - VALUE_LINE;
            }
        }
    }
}

/// Returns the places of the figures in a plot of this width; those not written have none.
fn chosen(panel: &PlotFrame<'_>, tops: &[ValueLabel], plot: Px) -> Vec<Option<Place>> {
    let widest = tops.iter().map(|top| top.width).max().unwrap_or_default();
    if widest + APART <= panel.periods.pitch(plot) {
        return tops.iter().map(|top| top.place(panel, plot)).collect();
    }
    let mut places: Vec<Option<Place>> = tops.iter().map(|_| None).collect();
    let written = || tops.iter().enumerate().filter(|(_, top)| !top.lines.is_empty());
    let last = written().next_back();
    let greatest = written().rev().max_by_key(|(_, top)| top.value);
    for (at, top) in last.into_iter().chain(greatest) {
        let is_clear = |place: &Place| {
            let crosses = |from: Px, to: Px| from < place.to + APART && place.from - APART < to;
            let half = Px(panel.periods.column().of(plot).0 / 2);
            tops.iter().zip(&places).enumerate().all(|(other, (column, written))| {
                let middle = panel.periods.centre(column.period).of(plot);
                let is_under = !crosses(middle - half, middle + half) || column.end >= top.end - GAP;
                let distance = (column.end - top.end).max(top.end - column.end);
                let lines = i32::try_from(column.lines.len().max(top.lines.len())).unwrap_or(i32::MAX);
                let is_apart = written.is_none_or(|written| {
                    !crosses(written.from, written.to) || distance >= VALUE_LINE * lines
                });
                other == at || is_under && is_apart
            })
        };
        let place = top.place(panel, plot).filter(is_clear);
        if let Some(slot) = places.get_mut(at) {
            *slot = slot.take().or(place);
        }
    }
    places
}
