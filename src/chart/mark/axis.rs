//! The value axis: gridlines, their labels, the unit above them.

use rust_decimal::Decimal;

use super::super::number::{AxisLabels, axis_labels};
use super::super::scale::{Across, Px, Scale};
use super::super::scene::{
    Anchor, Ink, Item, MARGIN_STEP, MARGIN_STEPS, NARROW, Path, Scene, Show, Step, Text, WIDE,
};
use super::super::text::Face;
use super::super::tick::{Wish, ticks};
use super::super::words::Words;

/// Space between a tick label and the plot.
const LABEL_GAP: Px = Px::whole(8);

/// Where the value axis begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// At zero, as lengths and areas must.
    #[default]
    Zero,
    /// Near the smallest figure, with a quarter to a third of the height free below: only for
    /// lines of rates that move in a narrow band.
    Near,
}

/// The gridlines of a value axis and what they say.
pub(super) struct ValueAxis {
    ticks: Vec<Decimal>,
    labels: AxisLabels,
}

impl ValueAxis {
    /// The axis for these figures; ticks are whole numbers where all figures are.
    pub(super) fn new(figures: &[Decimal], base: Base, unit: &str, words: &Words) -> Self {
        let whole = figures.iter().all(Decimal::is_integer);
        let low = figures.iter().min().copied().unwrap_or_default();
        let high = figures.iter().max().copied().unwrap_or_default();
        let start = match base {
            Base::Zero => low.min(Decimal::ZERO),
            Base::Near => below(low, high),
        };
        let wish = if whole { Wish::COUNT } else { Wish::MEASURE };
        let ticks = ticks(start, high.max(start), &wish);
        let labels = axis_labels(&ticks, unit, &words.scales, &words.numbers);
        Self { ticks, labels }
    }

    /// The margin that its labels take, in steps.
    pub(super) fn margin(&self) -> i32 {
        let widest = self.labels.ticks.iter().map(|label| Face::SMALL.width(label)).max();
        steps(widest.unwrap_or_default() + LABEL_GAP).max(2)
    }

    /// Whether one of its gridlines is zero.
    pub(super) fn has_zero(&self) -> bool {
        self.ticks.iter().any(Decimal::is_zero)
    }

    /// How wide the unit is; nothing where there is none.
    pub(super) fn unit_width(&self) -> Px {
        Face::SMALL.width(&self.labels.unit)
    }

    /// The way from figures to heights.
    pub(super) fn scale(&self, top: Px, bottom: Px) -> Scale {
        let low = self.ticks.first().copied().unwrap_or_default();
        let high = self.ticks.last().copied().unwrap_or_default();
        Scale::new(low, high, bottom.0, top.0)
    }

    /// Draws gridlines, labels and unit; `margin` as the scene's left margin, in steps.
    pub(super) fn draw(&self, scene: &mut Scene, scale: &Scale, margin: i32) {
        let mut grid = Path::new();
        let mut zero = Path::new();
        for tick in &self.ticks {
            let y = Px(scale.place(*tick));
            let path = if tick.is_zero() { &mut zero } else { &mut grid };
            path.0.push(Step::Move(Across::LEFT, y));
            path.0.push(Step::Line(Across::RIGHT, y));
        }
        for (ink, path) in [(Ink::GRID, grid), (Ink::AXIS, zero)] {
            if !path.is_empty() {
                scene.items.push(Item::Path(ink, Show::Always, path));
            }
        }
        for (tick, label) in self.ticks.iter().zip(&self.labels.ticks) {
            let y = Px(scale.place(*tick)) + Px::whole(4);
            let text = Text::new(label, Across::LEFT, y).shifted(-LABEL_GAP).anchored(Anchor::End);
            scene.items.push(Item::Text(text));
        }
        if !self.labels.unit.is_empty() {
            let text = Text::new(&self.labels.unit, Across::LEFT, Px::whole(13))
                .shifted(-Px::whole(margin * MARGIN_STEP));
            scene.items.push(Item::Text(text));
        }
    }
}

/// A start that leaves two fifths of the band free below it, but crosses zero for no reason.
fn below(low: Decimal, high: Decimal) -> Decimal {
    let free =
        high.checked_sub(low).and_then(|band| band.checked_mul(Decimal::new(4, 1))).unwrap_or_default();
    let start = low.checked_sub(free).unwrap_or(low);
    if low >= Decimal::ZERO { start.max(Decimal::ZERO) } else { start }
}

/// The margin steps that hold a width.
pub(super) fn steps(width: Px) -> i32 {
    ((width.ceil() + MARGIN_STEP - 1) / MARGIN_STEP).clamp(0, MARGIN_STEPS)
}

/// The widths a plot has at least, in wide and in narrow drawings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    /// In wide drawings and in pictures.
    pub(super) wide: Px,
    /// In narrow ones.
    pub(super) narrow: Px,
}

impl Widths {
    /// The widths that the margins of a scene leave.
    pub(super) fn of(scene: &Scene) -> Self {
        let margins = scene.margins;
        let less = |whole: Px, right: i32| whole - Px::whole((margins.left + right) * MARGIN_STEP);
        Self { wide: less(WIDE, margins.right), narrow: less(NARROW, margins.right_narrow) }
    }
}
