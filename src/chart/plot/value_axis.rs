//! The value axis: gridlines, their labels, the unit above them.

use rust_decimal::Decimal;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px, Scale};
use crate::chart::canvas::scene::{Anchor, Ink, MARGIN_STEP, MARGIN_STEPS, NARROW, Scene, Show, Text, WIDE};
use crate::chart::canvas::text::Face;
use crate::chart::plot::tick::{Wish, ticks};
use crate::chart::words::Words;
use crate::figure::{grouped, is_symbol};

/// Space between a tick label and the plot.
const LABEL_GAP: Px = Px::whole(8);

/// Where a value axis begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// At zero, as lengths and areas must.
    #[default]
    Zero,
    /// Near the smallest figure, with a quarter to a third of the height free below: only for
    /// lines of rates that move in a narrow band.
    Near,
}

/// The gridlines of a value axis and their labels.
pub(crate) struct ValueAxis {
    ticks: Vec<Decimal>,
    labels: AxisLabels,
}

impl ValueAxis {
    /// Returns the axis for these figures; ticks are whole numbers if all figures are.
    pub(crate) fn new(figures: &[Decimal], base: Base, unit: &str, words: &Words) -> Self {
        let whole = figures.iter().all(Decimal::is_integer);
        let low = figures.iter().min().copied().unwrap_or_default();
        let high = figures.iter().max().copied().unwrap_or_default();
        let start = match base {
            Base::Zero => low.min(Decimal::ZERO),
            Base::Near => below(low, high),
        };
        let wish = if whole { Wish::COUNT } else { Wish::MEASURE };
        let ticks = ticks(start, high.max(start), &wish);
        let labels = axis_labels(&ticks, unit, words);
        Self { ticks, labels }
    }

    /// Returns the margin that its labels take, in steps.
    pub(crate) fn margin(&self) -> i32 {
        let widest = self.labels.ticks.iter().map(|label| Face::SMALL.width(label)).max();
        steps(widest.unwrap_or_default() + LABEL_GAP).max(2)
    }

    pub(crate) fn has_zero(&self) -> bool {
        self.ticks.iter().any(Decimal::is_zero)
    }

    /// Returns the width of the unit; zero if there is none.
    pub(crate) fn unit_width(&self) -> Px {
        Face::SMALL.width(&self.labels.unit)
    }

    /// Returns the scale from figures to heights.
    pub(crate) fn scale(&self, top: Px, bottom: Px) -> Scale {
        let low = self.ticks.first().copied().unwrap_or_default();
        let high = self.ticks.last().copied().unwrap_or_default();
        Scale::new(low, high, bottom.0, top.0)
    }

    /// Draws gridlines, labels and unit; `margin` is the scene's left margin, in steps.
    pub(crate) fn draw(&self, scene: &mut Scene, scale: &Scale, margin: i32) {
        let mut grid = Path::new();
        let mut zero = Path::new();
        for tick in &self.ticks {
            let y = Px(scale.place(*tick));
            let path = if tick.is_zero() { &mut zero } else { &mut grid };
            path.0.push(Step::Move(Across::LEFT, y));
            path.0.push(Step::Line(Across::RIGHT, y));
        }
        for (ink, path) in [(Ink::GRID, grid), (Ink::AXIS, zero)] {
            scene.draw(ink, Show::Always, path);
        }
        for (tick, label) in self.ticks.iter().zip(&self.labels.ticks) {
            let y = Px(scale.place(*tick)) + Px::whole(4);
            scene.write(Text::new(label, Across::LEFT, y).shifted(-LABEL_GAP).anchored(Anchor::End));
        }
        if !self.labels.unit.is_empty() {
            scene.write(
                Text::new(&self.labels.unit, Across::LEFT, Px::whole(13))
                    .shifted(-Px::whole(margin * MARGIN_STEP)),
            );
        }
    }
}

/// Returns a start that leaves two fifths of the band free below it, but does not cross zero.
fn below(low: Decimal, high: Decimal) -> Decimal {
    let free =
        high.checked_sub(low).and_then(|band| band.checked_mul(Decimal::new(4, 1))).unwrap_or_default();
    let start = low.checked_sub(free).unwrap_or(low);
    if low >= Decimal::ZERO { start.max(Decimal::ZERO) } else { start }
}

/// Returns the margin, in steps, that holds a width.
pub(crate) fn steps(width: Px) -> i32 {
    ((width.ceil() + MARGIN_STEP - 1) / MARGIN_STEP).clamp(0, MARGIN_STEPS)
}

/// The minimum widths of a plot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlotWidths {
    /// In wide drawings and pictures.
    pub(crate) wide: Px,
    /// In narrow drawings.
    pub(crate) narrow: Px,
}

impl PlotWidths {
    /// Returns the widths that the margins of a scene leave.
    pub(crate) fn of(scene: &Scene) -> Self {
        let margins = scene.margins;
        let less = |whole: Px, right: i32| whole - Px::whole((margins.left + right) * MARGIN_STEP);
        Self { wide: less(WIDE, margins.right), narrow: less(NARROW, margins.right_narrow) }
    }
}

/// The labels of the ticks of an axis, and the unit they count in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AxisLabels {
    pub(crate) ticks: Vec<String>,
    /// The unit with the word of its scale: `万件`; may be empty.
    pub(crate) unit: String,
}

/// Writes all ticks of an axis in one scale.
pub(crate) fn axis_labels(ticks: &[Decimal], unit: &str, words: &Words) -> AxisLabels {
    let top = ticks.iter().map(Decimal::abs).max().unwrap_or_default();
    let scale = words.scales.iter().filter(|scale| scale.from <= top).max_by_key(|scale| scale.power);
    let (mut power, mut name) = scale.map_or((0, String::new()), |s| (s.power, s.name.clone()));
    // No report has figures beyond every word of the language, but no label may overflow.
    let beyond = (top.mantissa().checked_ilog10().unwrap_or(0)).saturating_sub(top.scale());
    if beyond > power + 9 {
        power = beyond / 3 * 3;
        name = format!("10{} ", superscript(power));
    }
    let symbol = is_symbol(unit);
    AxisLabels {
        ticks: ticks
            .iter()
            .map(|tick| {
                let label = grouped(shift_down(*tick, power));
                if symbol { label + unit } else { label }
            })
            .collect(),
        unit: if symbol { name.trim_end().to_owned() } else { format!("{name}{unit}").trim_end().to_owned() },
    }
}

fn superscript(number: u32) -> String {
    let digits = number.to_string().into_bytes().into_iter();
    digits.filter_map(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(usize::from(digit - b'0'))).collect()
}

/// `figure / 10^power`, without trailing zeros.
fn shift_down(figure: Decimal, power: u32) -> Decimal {
    let mut figure = figure.normalize();
    let (mut mantissa, mut scale) = (figure.mantissa(), figure.scale() + power);
    while scale > 0 && mantissa % 10 == 0 && mantissa != 0 {
        mantissa /= 10;
        scale -= 1;
    }
    // Only an axis whose ends are not round numbers can have more than 28 decimals.
    while scale > 28 {
        mantissa /= 10;
        scale -= 1;
    }
    if let Ok(shifted) = Decimal::try_from_i128_with_scale(mantissa, scale) {
        figure = shifted.normalize();
    }
    figure.round_dp(8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::fixture::{chinese, english};

    #[test]
    fn an_axis_has_one_scale() {
        let labels = |ticks: &[&str], unit: &str| {
            let ticks: Vec<Decimal> = ticks.iter().map(|tick| tick.parse().unwrap()).collect();
            let labels = axis_labels(&ticks, unit, &chinese());
            (labels.ticks.join(" "), labels.unit)
        };
        assert_eq!(labels(&["0", "50000"], "件"), ("0 50,000".into(), "件".into()));
        assert_eq!(labels(&["0", "50000", "100000", "125000"], "件"), ("0 5 10 12.5".into(), "万件".into()));
        assert_eq!(labels(&["0", "500000000", "1000000000"], "元"), ("0 5 10".into(), "亿元".into()));
        assert_eq!(labels(&["0", "50", "100"], "%"), ("0% 50% 100%".into(), String::new()));
        let labels = axis_labels(&[2_000_000.into()], "items", &english());
        assert_eq!((labels.ticks, labels.unit), (vec!["2".into()], "million items".into()));
    }

    #[test]
    fn no_label_is_longer_than_the_largest_scale() {
        let labels = axis_labels(&[Decimal::ZERO, Decimal::MAX], "条", &chinese());
        assert_eq!(labels.ticks, ["0", "79.22816251"]);
        assert_eq!(labels.unit, "10²⁷ 条");
    }
}
