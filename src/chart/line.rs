//! Lines over time: a gap stays a gap, a change of definition cuts the line, every figure is a point.

use rust_decimal::Decimal;

use crate::chart::canvas;
use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px, Scale};
use crate::chart::canvas::scene::{Ink, Margins, Scene, Show, Text, Voice};
use crate::chart::canvas::text::lines_at_most;
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{DataSeries, Flags, Hue, Observation, PlottedBreak};
use crate::chart::drawing::{Drawing, Frame, KeyEntry, Sign};
use crate::chart::plot::label_spread::{Block, spread};
use crate::chart::plot::plot_frame::{PLOT, Plot, PlotFrame, nothing};
use crate::chart::plot::time_axis::{PeriodLayout, Periods};
use crate::chart::plot::value_axis::{Base, ValueAxis, steps};
use crate::chart::words::Words;
use crate::figure::is_symbol;
use crate::form::BreakKind;

/// The space between the last point and its label.
const LABEL_GAP: Px = Px::whole(8);
/// The same if labels may move and leaders point to them.
const LEADER: Px = Px::whole(18);
/// The widest name beside a line; longer ones break.
const NAME_WIDTH: Px = Px::whole(124);
const NAME_LINE: Px = Px::whole(16);
/// The space between two labels that touch.
const BLOCK_GAP: Px = Px::whole(3);

/// One to four quantities over time.
#[derive(Clone, Copy, Debug)]
pub struct LineChart<'a> {
    /// The labels of the periods, without gaps.
    pub periods: &'a [String],
    /// The quantities, the most important first.
    pub series: &'a [DataSeries],
    /// The breaks.
    pub breaks: &'a [PlottedBreak],
    /// The unit of all figures.
    pub unit: &'a str,
    /// Where a value axis begins.
    pub base: Base,
}

/// Draws lines over time.
pub fn lines(chart: &LineChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

pub(crate) fn layout(chart: &LineChart<'_>, words: &Words) -> Layout {
    let count = chart.periods.len();
    let figures: Vec<Decimal> =
        chart.series.iter().flat_map(|one| one.reported(count).map(|(_, reported)| reported.value)).collect();
    if figures.is_empty() {
        return nothing(chart.series, count);
    }
    let axis = ValueAxis::new(&figures, chart.base, chart.unit, words);
    let periods = Periods::new(chart.periods, PeriodLayout::Points);
    let labels = labels(chart, words);
    let needed = labels.iter().map(|label| label.height).fold(Px(0), |sum, height| sum + height + BLOCK_GAP);
    let right = labels.iter().map(Label::width).max().unwrap_or_default();
    let overhang = steps(periods.label_width().half() + Px::whole(2));
    let right = steps(right + if labels.len() > 1 { LEADER } else { LABEL_GAP }).max(overhang);
    let mut scene = Scene::within(Margins {
        left: axis.margin().max(overhang),
        right,
        right_narrow: if labels.len() > 1 { overhang } else { right },
        ..Margins::default()
    });
    let panel = PlotFrame::new(
        &mut scene,
        axis,
        periods,
        chart.series,
        chart.breaks,
        Plot { height: PLOT.max(needed), values: Px(0), are_parts: false },
    );
    panel.draw_below(&mut scene);
    // The most important last, and remarks over all, so that no point hides a remark.
    let drawn = || chart.series.iter().rev();
    let all: Vec<Vec<Point<'_>>> = drawn().map(|one| points(one, &panel.periods, &panel.scale)).collect();
    for (one, points) in drawn().zip(&all) {
        draw_series(&mut scene, one.hue, points, chart.breaks);
    }
    for (one, points) in drawn().zip(&all) {
        draw_remarks(&mut scene, one.hue, points);
    }
    draw_labels(&mut scene, &panel, &labels);
    panel.draw_under(&mut scene, words);
    let mut drawing = panel.drawing(chart.series, words);
    drawing.key.splice(0..0, key(chart, &labels, words));
    Layout { scene: Some(scene), drawing }
}

/// A figure at its position.
pub(crate) struct Point<'a> {
    period: usize,
    pub(crate) reported: &'a Observation,
    pub(crate) place: (Across, Px),
}

impl Point<'_> {
    pub(crate) const fn dot(&self) -> Step<Across> {
        Step::Dot(self.place.0, self.place.1)
    }

    /// Whether a line may join it with its neighbour, because both count the same thing.
    fn goes_on_to(&self, next: &Self, breaks: &[PlottedBreak]) -> bool {
        let cumulative = |point: &Self| point.reported.flags.contains(Flags::CUMULATIVE);
        let cut = breaks.iter().any(|b| b.after == self.period && b.kind == BreakKind::Cut);
        self.period + 1 == next.period && !cut && cumulative(self) == cumulative(next)
    }
}

/// Returns the figures of a series at their positions.
pub(crate) fn points<'a>(series: &'a DataSeries, periods: &Periods<'_>, scale: &Scale) -> Vec<Point<'a>> {
    let count = periods.count();
    let mut points = Vec::with_capacity(count);
    points.extend(series.reported(count).map(|(period, reported)| {
        let place = (periods.centre(period), Px(scale.place(reported.value)));
        Point { period, reported, place }
    }));
    points
}

/// Splits the points of a series into lines and single points.
pub(crate) fn parts<'p, 'a>(
    points: &'p [Point<'a>],
    breaks: &'p [PlottedBreak],
) -> impl Iterator<Item = &'p [Point<'a>]> {
    points.chunk_by(|point, next| point.goes_on_to(next, breaks))
}

/// Adds the line through a part.
pub(crate) fn add_line(line: &mut Path<Across>, part: &[Point<'_>]) {
    if let [Point { place: (x, y), .. }, rest @ ..] = part {
        line.0.push(Step::Move(*x, *y));
        line.0.extend(rest.iter().map(|Point { place: (x, y), .. }| Step::Line(*x, *y)));
    }
}

fn draw_series(scene: &mut Scene, hue: Hue, points: &[Point<'_>], breaks: &[PlottedBreak]) {
    let mut line = Path(Vec::with_capacity(points.len()));
    for part in parts(points, breaks).filter(|part| part.len() > 1) {
        add_line(&mut line, part);
    }
    scene.draw(Ink::series(hue), Show::Always, line);
    draw_points(scene, points, &[Ink::point(hue)], |flags| !flags.contains(Flags::CUMULATIVE));
    draw_points(scene, points, &[Ink::square(hue)], |flags| flags.contains(Flags::CUMULATIVE));
}

/// Draws points with a remark: a ring if revised, a hole if questioned.
fn draw_remarks(scene: &mut Scene, hue: Hue, points: &[Point<'_>]) {
    let ring = [Ink::ring(hue), Ink::HALO, Ink::point(hue)];
    draw_points(scene, points, &ring, |flags| flags.contains(Flags::REVISED));
    let hole = [Ink::point(hue), Ink::HOLE];
    draw_points(scene, points, &hole, |flags| flags.contains(Flags::QUESTIONED));
}

fn draw_points(scene: &mut Scene, points: &[Point<'_>], inks: &[Ink], wanted: fn(Flags) -> bool) {
    let wanted = points.iter().filter(|point| wanted(point.reported.flags));
    let mut dots = Vec::with_capacity(points.len());
    dots.extend(wanted.map(Point::dot));
    if dots.is_empty() {
        return;
    }
    for ink in inks {
        scene.draw(*ink, Show::Always, Path(dots.clone()));
    }
}

/// The label beside the end of a line.
struct Label<'a> {
    series: &'a DataSeries,
    last: usize,
    figure: &'a Observation,
    /// The lines of the name; none if the chart has one series, which its title names.
    name: Vec<String>,
    value: Vec<String>,
    /// The face of the value.
    voice: Voice,
    height: Px,
}

impl Label<'_> {
    fn width(&self) -> Px {
        let strong = self.name.iter().map(|line| Voice::Strong.face().width(line)).max();
        let value = self.value.iter().map(|line| self.voice.face().width(line)).max();
        strong.max(value).unwrap_or_default()
    }
}

/// Returns the labels of the series that have a figure.
fn labels<'a>(chart: &LineChart<'a>, words: &Words) -> Vec<Label<'a>> {
    let count = chart.periods.len();
    let several = chart.series.len() > 1;
    let mut labels = Vec::new();
    for series in chart.series {
        let Some((last, figure)) = series.reported(count).next_back() else {
            continue;
        };
        let value = value_text(chart, several.then_some(last), figure, words);
        let name = if several {
            lines_at_most(&series.name, NAME_WIDTH, Voice::Strong.face(), 3)
        } else {
            Vec::new()
        };
        let voice = if several { Voice::Plain } else { Voice::Strong };
        let value = canvas::text::lines(&value, NAME_WIDTH, voice.face());
        let count = i32::try_from(name.len() + value.len()).unwrap_or(0);
        labels.push(Label { series, last, figure, name, value, voice, height: NAME_LINE * count });
    }
    labels
}

/// Writes the last figure of a series; with its period, if the label stands apart from the point and that is
/// not of the chart's last period.
fn value_text(chart: &LineChart<'_>, period: Option<usize>, figure: &Observation, words: &Words) -> String {
    let mut text = words.figure(figure);
    if is_symbol(chart.unit) {
        text.push_str(chart.unit);
    }
    let earlier = period.filter(|period| period + 1 < chart.periods.len());
    match earlier.and_then(|period| chart.periods.get(period)) {
        Some(label) => format!("{text} · {label}"),
        None => text,
    }
}

fn draw_labels(scene: &mut Scene, panel: &PlotFrame<'_>, labels: &[Label<'_>]) {
    let wished: Vec<Block> = labels
        .iter()
        .map(|label| Block {
            middle: panel.scale.place(label.figure.value),
            height: label.height.0 + BLOCK_GAP.0,
        })
        .collect();
    let several = labels.len() > 1;
    let show = if several { Show::Wide } else { Show::Always };
    let middles = spread(&wished, panel.top.0 - 60, panel.bottom.0 + 60);
    let dx = if several { LEADER } else { LABEL_GAP };
    for ((label, block), middle) in labels.iter().zip(&wished).zip(&middles) {
        let middle = Px(*middle);
        let x = if several { Across::RIGHT } else { panel.periods.centre(label.last) };
        if several {
            let from = if label.last + 1 == panel.periods.count() { Px(block.middle) } else { middle };
            let path = Path(vec![
                Step::Move(Px::whole(5), from),
                Step::Line(Px::whole(9), from),
                Step::Line(Px::whole(11), middle),
                Step::Line(Px::whole(15), middle),
            ]);
            scene.draw_loose(Ink::leader(label.series.hue), show, Across::RIGHT, path);
        }
        let mut y = middle - label.height.half() - Px::whole(4);
        let names = label.name.iter().map(|line| (line, Voice::Strong));
        let values = label.value.iter().map(|line| (line, label.voice));
        for (line, voice) in names.chain(values) {
            y = y + NAME_LINE;
            scene.write(Text::new(line, x, y).shifted(dx).voiced(voice).shown(show));
        }
    }
}

/// Returns the key: the series, for narrow drawings, which have no labels; and the marks that occur.
fn key(chart: &LineChart<'_>, labels: &[Label<'_>], words: &Words) -> Vec<KeyEntry> {
    let mut key = Vec::new();
    if chart.series.len() > 1 {
        key.extend(chart.series.iter().map(|series| {
            let label = labels.iter().find(|label| std::ptr::eq(label.series, series));
            let value = label.map(|label| value_text(chart, Some(label.last), label.figure, words));
            KeyEntry::narrow(Sign::Line, series.hue, &series.name, value)
        }));
    }
    for (flag, sign, word) in [
        (Flags::QUESTIONED, Sign::Hollow, &words.questioned.text),
        (Flags::REVISED, Sign::Ring, &words.revised.text),
        (Flags::CUMULATIVE, Sign::Square, &words.cumulative.text),
    ] {
        let count = chart.periods.len();
        let flagged = chart
            .series
            .iter()
            .find(|series| series.reported(count).any(|(_, reported)| reported.flags.contains(flag)));
        if let Some(series) = flagged {
            key.push(KeyEntry::new(sign, series.hue, word));
        }
    }
    key
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::canvas::scene::Item;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        let [one, two, _] = case.three_series();
        let (periods, series, breaks) = (case.periods(), [one, two], case.breaks());
        lines(
            &LineChart { periods: &periods, series: &series, breaks: &breaks, unit: "条", base: Base::Zero },
            frame,
        )
    }

    /// For each line of a scene the number of its joined parts.
    fn line_parts(scene: &Scene) -> Vec<usize> {
        let lines = scene.items.iter().filter_map(|item| match item {
            Item::Path(ink, _, path) if ink.0 == "ln" => Some(path),
            _ => None,
        });
        let parts = |path: &Path<Across>| path.0.iter().filter(|step| matches!(step, Step::Move(..))).count();
        lines.map(parts).collect()
    }

    /// Returns the number of runs of two and more figures that are all cumulative, or all not.
    fn joined_runs(series: &DataSeries) -> usize {
        let kinds: Vec<Option<bool>> = series
            .data
            .iter()
            .map(|datum| datum.reported().map(|reported| reported.flags.contains(Flags::CUMULATIVE)))
            .collect();
        kinds.chunk_by(|a, b| a == b).filter(|run| run.len() > 1 && run[0].is_some()).count()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn lines_are_in_order(
            data in (1_usize..=20).prop_flat_map(|count| {
                prop::collection::vec(prop::collection::vec(any_datum(), count), 1..=4)
            }),
            breaks in any_breaks(),
            words in any_words(),
            names in prop::collection::vec("[a-z ]{1,30}|[县局、（）公开数量]{1,24}", 4),
            near in any::<bool>(),
        ) {
            let count = data.first().map_or(0, Vec::len);
            let all: Vec<DataSeries> = data
                .into_iter()
                .zip(names)
                .enumerate()
                .map(|(n, (data, name))| DataSeries { name, hue: Hue::category(n), data })
                .collect();
            let chart = LineChart {
                periods: &years(2001, 2000 + i32::try_from(count).unwrap()),
                series: &all,
                breaks: &breaks,
                unit: "件",
                base: if near { Base::Near } else { Base::Zero },
            };
            let layout = layout(&chart, &words);
            if let Some(scene) = layout.scene.as_ref().filter(|_| breaks.is_empty() && all.len() == 1) {
                    prop_assert_eq!(line_parts(scene).iter().sum::<usize>(), joined_runs(&all[0]));
            }
            prop_assert_eq!(check_layout(layout, &words), Ok(gaps(&all)));
        }
    }

    #[test]
    fn a_cut_and_a_gap_part_the_line_and_a_mark_does_not() {
        let periods = years(2020, 2025);
        let one = [series("", 0, "1 2 3 4 _ 6")];
        let parts = |breaks: &[PlottedBreak]| {
            let chart = LineChart { periods: &periods, series: &one, breaks, unit: "", base: Base::Zero };
            let layout = layout(&chart, &chinese());
            let parts: Vec<usize> = line_parts(&layout.scene.unwrap());
            (parts, layout.drawing.missing.len())
        };
        assert_eq!(parts(&[]), (vec![1], 1), "the last point stands alone");
        assert_eq!(parts(&[change(1, BreakKind::Mark)]), (vec![1], 1));
        assert_eq!(parts(&[change(1, BreakKind::Cut)]), (vec![2], 1));
    }

    #[test]
    fn three_missing_years_are_a_band_and_two_are_words() {
        let bands = |data: &str| {
            let count = i32::try_from(data.split_whitespace().count()).unwrap();
            let chart = LineChart {
                periods: &years(2001, 2000 + count),
                series: &[series("", 0, data)],
                breaks: &[],
                unit: "",
                base: Base::Zero,
            };
            let scene = layout(&chart, &chinese()).scene.unwrap();
            let bands = scene.items.iter().filter(|item| item.is_hatched()).count();
            let words =
                scene.items.iter().filter(|item| matches!(item, Item::Text(text) if text.content == "缺"));
            (bands, words.count())
        };
        assert_eq!(bands("1 _ 2 _ _ 3"), (0, 3));
        assert_eq!(bands("1 _ _ _ 3"), (1, 1));
        assert_eq!(bands("1 - - - 3"), (0, 0), "what does not apply is not missing");
        assert_eq!(bands("1 0 0 0 3"), (0, 0), "zero is a figure");
    }
}
