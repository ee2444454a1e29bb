//! Stacked columns: the parts of a whole over time, as counts or as shares of their sum.

use rust_decimal::Decimal;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px, Scale};
use crate::chart::canvas::scene::{Fill, Ink, Item, Margins, Rect, Scene, Show, Text, Voice};
use crate::chart::canvas::text::lines_at_most;
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{DataSeries, Datum, GapReason, Hue, PlottedBreak};
use crate::chart::drawing::{Drawing, Frame, KeyEntry, Sign};
use crate::chart::plot::label_spread::{Block, spread};
use crate::chart::plot::plot_frame::{PLOT, Plot, PlotFrame, nothing};
use crate::chart::plot::time_axis::{PeriodLayout, Periods};
use crate::chart::plot::value_axis::{Base, ValueAxis, steps};
use crate::chart::plot::value_labels::{VALUE_LINE, ValueLabel, draw_value_labels};
use crate::chart::words::Words;
use crate::figure::grouped;

const NAME_WIDTH: Px = Px::whole(116);
const NAME_LINE: Px = Px::whole(16);
/// From the plot to the names, with room for a coloured square.
const NAME_GAP: Px = Px::whole(22);
/// The gap between two parts.
const SEAM: Px = Px::whole(1);
/// The least height of a part that is not zero.
const LOWEST: Px = Px(5);
/// The height of the hatch over a column that lacks a part, which may end anywhere above it.
const OPEN: Px = Px::whole(9);

/// The parts of a whole over time.
#[derive(Clone, Copy, Debug)]
pub struct StackChart<'a> {
    /// The labels of the periods, without gaps.
    pub periods: &'a [String],
    /// The parts, the lowest first, in the same order on every page.
    pub parts: &'a [DataSeries],
    /// The wholes as reported; a gap if not known. Without them the sum of the
    /// parts is the whole.
    pub totals: Option<&'a DataSeries>,
    /// The breaks.
    pub breaks: &'a [PlottedBreak],
    /// The unit of all figures.
    pub unit: &'a str,
    /// What heights mean.
    pub measure: Measure,
}

/// What the heights of stacked columns mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The figures themselves.
    Count,
    /// Shares of the sum of the parts; only of periods that report every part.
    Share,
}

/// Draws stacked columns.
pub fn stack(chart: &StackChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

pub(crate) fn layout(chart: &StackChart<'_>, words: &Words) -> Layout {
    let count = chart.periods.len();
    let mut columns: Vec<Column> = (0..count).map(|period| Column::new(chart, period)).collect();
    if columns.iter().all(|column| column.parts.is_empty()) {
        return nothing(chart.parts, count);
    }
    let tops: Vec<Decimal> = match chart.measure {
        Measure::Count => columns.iter().map(|column| column.sum).collect(),
        Measure::Share => vec![Decimal::ZERO, Decimal::ONE_HUNDRED],
    };
    let unit = match chart.measure {
        Measure::Count => chart.unit,
        Measure::Share => "%",
    };
    let axis = ValueAxis::new(&tops, Base::Zero, unit, words);
    let periods = Periods::new(chart.periods, PeriodLayout::Slots);
    let names = names(chart, &columns, words);
    let widest = names.iter().map(Name::width).max().unwrap_or_default();
    let overhang = steps(periods.label_width().half() + Px::whole(2));
    let mut scene = Scene::within(Margins {
        left: axis.margin(),
        right: steps(NAME_GAP + widest).max(overhang),
        right_narrow: overhang,
        ..Margins::default()
    });
    let plot = Plot {
        height: PLOT.max(names.iter().fold(Px(0), |sum, name| sum + name.height)),
        values: Px::whole(8)
            + if columns.iter().any(Column::differs) { VALUE_LINE } else { Px(0) }
            + if chart.measure == Measure::Count && columns.iter().any(|column| column.is_partial) {
                OPEN + SEAM
            } else {
                Px(0)
            },
        are_parts: true,
    };
    let panel = PlotFrame::new(&mut scene, axis, periods, chart.parts, chart.breaks, plot);
    panel.draw_below(&mut scene);
    for column in &mut columns {
        column.lay(chart.measure, &panel.scale);
    }
    draw_parts(&mut scene, &panel, chart, &columns);
    draw_open_ends(&mut scene, &panel, &columns);
    draw_totals(&mut scene, &panel, &columns);
    draw_names(&mut scene, &panel, &columns, &names);
    panel.draw_under(&mut scene, words);
    let mut drawing = panel.drawing(chart.parts, words);
    drawing.key.splice(0..0, key(chart, &columns, names, words));
    Layout { scene: Some(scene), drawing }
}

/// The figures of one period.
struct Column {
    /// The index of each part that was reported, and its figure; never below zero.
    parts: Vec<(usize, Decimal)>,
    /// The lower and upper ends of those parts, once the column is laid out; none if
    /// it has no shares.
    ends: Vec<(Px, Px)>,
    sum: Decimal,
    /// Whether every part that applies was reported, and none is below zero: the parts drawn are then
    /// all there is.
    complete: bool,
    /// Whether some parts were reported and others are missing.
    is_partial: bool,
    total: Option<Decimal>,
    /// Whether the sum of the parts is the whole.
    is_whole: bool,
}

impl Column {
    fn new(chart: &StackChart<'_>, period: usize) -> Self {
        let parts: Vec<(usize, Decimal)> = chart
            .parts
            .iter()
            .enumerate()
            .filter_map(|(at, part)| Some((at, part.at(period).reported()?.value.max(Decimal::ZERO))))
            .collect();
        let sum =
            parts.iter().fold(Decimal::ZERO, |sum, (_, part)| sum.checked_add(*part).unwrap_or(Decimal::MAX));
        let lacks = |part: &DataSeries| match part.at(period) {
            Datum::Reported(reported) => reported.value < Decimal::ZERO,
            Datum::Gap(gap) => gap.is_missing(),
        };
        Self {
            ends: Vec::new(),
            is_whole: chart.totals.is_none(),
            sum,
            is_partial: !parts.is_empty()
                && chart.parts.iter().any(|part| part.at(period).gap().is_some_and(GapReason::is_missing)),
            complete: !parts.is_empty() && !chart.parts.iter().any(lacks),
            total: chart
                .totals
                .and_then(|totals| totals.at(period).reported())
                .map(|reported| reported.value),
            parts,
        }
    }

    /// Places the ends of the parts.
    fn lay(&mut self, measure: Measure, scale: &Scale) {
        if measure == Measure::Share && !(self.complete && self.sum > Decimal::ZERO) {
            return;
        }
        let place = |figure: Decimal| match measure {
            Measure::Count => Px(scale.place(figure)),
            Measure::Share => {
                let share = figure.checked_div(self.sum).unwrap_or_default();
                Px(scale.place(share * Decimal::ONE_HUNDRED))
            }
        };
        let mut sum = Decimal::ZERO;
        let mut low = place(sum);
        self.ends = Vec::with_capacity(self.parts.len());
        for (_, part) in &self.parts {
            sum = sum.checked_add(*part).unwrap_or(sum);
            let high = place(sum);
            self.ends.push((low, high));
            low = high;
        }
    }

    /// Returns its upper end as drawn; that of zero if nothing is drawn.
    fn end(&self, zero: Px) -> Px {
        let end = self.ends.last().map_or(zero, |(_, end)| *end);
        if self.is_partial && !self.ends.is_empty() { end - SEAM - OPEN } else { end }
    }

    /// Returns the figure of a part, and its lower and upper end.
    fn part(&self, part: usize) -> Option<(Decimal, Px, Px)> {
        let mut laid = self.parts.iter().zip(&self.ends);
        let ((_, figure), (low, high)) = laid.find(|((at, _), _)| *at == part)?;
        Some((*figure, *low, *high))
    }

    /// Whether the whole and all its parts were reported and do not add up.
    fn differs(&self) -> bool {
        self.complete && self.total.is_some_and(|total| total != self.sum)
    }

    /// Writes the whole, the lowest line first: as reported, over the sum of the parts
    /// if that differs; the sum alone if it is the whole.
    fn label(&self) -> Vec<String> {
        match self.total {
            Some(total) if self.differs() => vec![format!("({})", grouped(self.sum)), grouped(total)],
            Some(total) => vec![grouped(total)],
            None if self.complete && self.is_whole => vec![grouped(self.sum)],
            None => Vec::new(),
        }
    }
}

fn draw_parts(scene: &mut Scene, panel: &PlotFrame<'_>, chart: &StackChart<'_>, columns: &[Column]) {
    let width = panel.periods.column();
    let zero = Px(panel.scale.place(Decimal::ZERO));
    for (at, part) in chart.parts.iter().enumerate() {
        let mut boxes = Path(Vec::with_capacity(columns.len()));
        for (period, column) in columns.iter().enumerate() {
            let Some((figure, low, high)) = column.part(at) else { continue };
            if figure.is_zero() {
                continue;
            }
            let seam = if low - high > SEAM * 2 && low != zero { SEAM } else { Px(0) };
            let height = (low - high - seam).max(LOWEST);
            let left = Across(panel.periods.centre(period).0 - width.0 / 2);
            let bottom = low - seam;
            boxes.0.push(Step::Box([(left, bottom), (left + width, bottom - height)]));
        }
        scene.draw(Ink::area(part.hue), Show::Always, boxes);
    }
}

/// Hatches the space over the columns that lack a part.
fn draw_open_ends(scene: &mut Scene, panel: &PlotFrame<'_>, columns: &[Column]) {
    let width = panel.periods.column();
    let partial =
        columns.iter().enumerate().filter(|(_, column)| column.is_partial && !column.ends.is_empty());
    scene.items.extend(partial.map(|(period, column)| {
        Item::Rect(Rect {
            fill: Fill::Hatch,
            x: Across(panel.periods.centre(period).0 - width.0 / 2),
            width,
            y: column.end(panel.bottom),
            height: OPEN,
        })
    }));
}

/// Writes the wholes over their columns.
fn draw_totals(scene: &mut Scene, panel: &PlotFrame<'_>, columns: &[Column]) {
    let top = |(period, column): (usize, &Column)| {
        let end = column.end(panel.bottom);
        let lines = if column.ends.is_empty() { Vec::new() } else { column.label() };
        ValueLabel::new(period, end, column.total.unwrap_or(column.sum), lines)
    };
    let tops: Vec<ValueLabel> = columns.iter().enumerate().map(top).collect();
    draw_value_labels(scene, panel, &tops);
}

/// The name of a part beside the last column.
struct Name {
    part: usize,
    hue: Hue,
    /// The figure of the part in the last period, in the measure of the chart.
    value: Option<String>,
    lines: Vec<String>,
    height: Px,
}

impl Name {
    fn width(&self) -> Px {
        let face = Voice::Plain.face();
        self.lines.iter().map(|line| face.width(line)).max().unwrap_or_default()
    }
}

fn names(chart: &StackChart<'_>, columns: &[Column], words: &Words) -> Vec<Name> {
    chart
        .parts
        .iter()
        .enumerate()
        .map(|(part, series)| {
            let value = value(chart, columns, part, words);
            let label = match &value {
                Some(value) => [&series.name, " ", value].concat(),
                None => series.name.clone(),
            };
            let lines = lines_at_most(&label, NAME_WIDTH, Voice::Plain.face(), 3);
            let count = lines.len();
            Name { part, hue: series.hue, value, lines, height: NAME_LINE * count }
        })
        .collect()
}

/// The figure of the part in the last period, in the measure of the chart.
fn value(chart: &StackChart<'_>, columns: &[Column], part: usize, words: &Words) -> Option<String> {
    let last = chart.periods.len().checked_sub(1)?;
    let Datum::Reported(reported) = chart.parts.get(part)?.at(last) else {
        return None;
    };
    match chart.measure {
        Measure::Count => Some(words.figure(reported)),
        Measure::Share => {
            let column = columns.get(last).filter(|column| column.complete)?;
            words.numbers.share(reported.value, column.sum)
        }
    }
}

fn draw_names(scene: &mut Scene, panel: &PlotFrame<'_>, columns: &[Column], names: &[Name]) {
    let last = columns.iter().rfind(|column| !column.parts.is_empty());
    let mut height = panel.bottom;
    let mut blocks = Vec::with_capacity(names.len());
    for name in names {
        let laid = last.and_then(|column| column.part(name.part));
        let (low, high) = laid.map_or((height, height), |(_, low, high)| (low, high));
        height = high;
        blocks.push(Block { middle: i32::midpoint(low.0, high.0), height: name.height.0 });
    }
    // Parts of no height have the same place; each a little above the one before keeps their order.
    for (at, block) in (0..).zip(&mut blocks) {
        block.middle -= at;
    }
    let middles = spread(&blocks, panel.top.0 - 80, panel.bottom.0 + 80);
    for (name, middle) in names.iter().zip(middles) {
        let mut y = Px(middle) - name.height.half() - Px::whole(4);
        let swatch = Path(vec![Step::Dot(Px::whole(12), y + Px::whole(12))]);
        let ink = Ink::square(name.hue);
        scene.draw_loose(ink, Show::Wide, Across::RIGHT, swatch);
        for line in &name.lines {
            y = y + NAME_LINE;
            let text = Text::new(line, Across::RIGHT, y).shifted(NAME_GAP);
            scene.write(text.voiced(Voice::Plain).shown(Show::Wide));
        }
    }
}

/// Returns the key: the parts that have a figure, for narrow drawings; and the meaning of brackets.
fn key(chart: &StackChart<'_>, columns: &[Column], names: Vec<Name>, words: &Words) -> Vec<KeyEntry> {
    let mut key: Vec<KeyEntry> = chart
        .parts
        .iter()
        .zip(names)
        .filter(|(series, _)| series.reported(chart.periods.len()).next().is_some())
        .map(|(series, name)| KeyEntry::narrow(Sign::Area, series.hue, &series.name, name.value))
        .collect();
    if columns.iter().any(Column::differs) {
        key.push(KeyEntry::word("( )", &words.sum_differs));
    }
    key
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::text::Lang;
    use crate::chart::tests::fixture::*;
    use crate::form::BreakKind;

    pub(crate) fn counts(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        specimen(case, Measure::Count, frame)
    }

    pub(crate) fn shares(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        specimen(case, Measure::Share, frame)
    }

    fn specimen(case: &Case<'_>, measure: Measure, frame: &Frame<'_>) -> Drawing {
        let (periods, parts, breaks) = (case.periods(), case.three_series(), case.breaks());
        let chart = StackChart {
            periods: &periods,
            parts: &parts,
            totals: None,
            breaks: &breaks,
            unit: "件",
            measure,
        };
        stack(&chart, frame)
    }

    /// Outcomes of requests over four years, one of them incomplete, one not adding up.
    pub(crate) fn outcomes(measure: Measure, frame: &Frame<'_>) -> Drawing {
        let parts = [
            series("予以公开", 0, "121 140 . 202"),
            series("部分公开", 1, "30 28 31 49"),
            series("不予公开", 2, "0 1 12 35"),
            series("结转下年度", 3, "- - 4 116"),
        ];
        let chart = StackChart {
            periods: &years(2021, 2024),
            parts: &parts,
            totals: Some(&series("合计", 0, "151 170 . 402")),
            breaks: &[change(1, BreakKind::Mark)],
            unit: "件",
            measure,
        };
        stack(&chart, frame)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn stacks_are_in_order(
            data in (1_usize..=12).prop_flat_map(|count| {
                prop::collection::vec(prop::collection::vec(any_datum(), count), 1..=6)
            }),
            names in prop::collection::vec("[a-z ]{1,30}|[县局、（）公开数量]{1,24}", 6),
            breaks in any_breaks(),
            words in any_words(),
            share in any::<bool>(),
        ) {
            let count = data.first().map_or(0, Vec::len);
            let parts: Vec<DataSeries> = data
                .into_iter()
                .zip(names)
                .enumerate()
                .map(|(n, (data, name))| DataSeries { name, hue: Hue::category(n), data })
                .collect();
            let chart = StackChart {
                periods: &years(2001, 2000 + i32::try_from(count).unwrap()),
                parts: &parts,
                totals: parts.first(),
                breaks: &breaks,
                unit: "件",
                measure: if share { Measure::Share } else { Measure::Count },
            };
            let layout = layout(&chart, &words);
            prop_assert_eq!(check_layout(layout, &words), Ok(gaps(&parts)));
        }
    }

    #[test]
    fn a_stack_says_what_does_not_add_up_and_shares_need_every_part() {
        let (lang, words) = (Lang::new("zh-CN"), chinese());
        let [count, share] =
            [Measure::Count, Measure::Share].map(|measure| outcomes(measure, &frame("stack", &lang, &words)));
        assert!(count.fluid.contains(">170<") && count.fluid.contains(">(169)<"), "{}", count.fluid);
        assert!(!count.fluid.contains(">47"), "the parts of 2023 are incomplete: no sum of them");
        assert!(count.key.iter().any(|entry| entry.label.contains("不符")));
        assert!(share.fluid.contains("予以公开 50.2%"), "{}", share.fluid);
        let boxes = |drawing: &Drawing| drawing.fluid.matches('Z').count();
        // 2021: 2 parts; 2022: 3; 2023: 3 without the missing one; 2024: 4.
        assert_eq!((boxes(&count), boxes(&share)), (12, 9));
    }

    #[test]
    fn a_period_that_lacks_a_part_has_a_mark_of_its_own_and_an_open_end() {
        let drawn = |a: &str, b: &str, measure| {
            let parts = [series("予以公开", 0, a), series("不予公开", 1, b)];
            let chart = StackChart {
                periods: &years(2021, 2023),
                parts: &parts,
                totals: None,
                breaks: &[],
                unit: "件",
                measure,
            };
            let layout = layout(&chart, &chinese());
            let items = layout.scene.unwrap().items;
            let said = |mark: &str| {
                items.iter().filter(|item| matches!(item, Item::Text(text) if text.content == mark)).count()
            };
            let marks = ["部", "缺", "空"].map(said);
            let key: Vec<String> = layout
                .drawing
                .key
                .into_iter()
                .filter(|entry| !entry.narrow_only)
                .map(|entry| entry.label)
                .collect();
            (marks, items.iter().filter(|item| item.is_hatched()).count(), key)
        };
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
        let both = words(&["无报告", "部分数据缺"]);
        assert_eq!(drawn("5 7 _", "3 . _", Measure::Count), ([1, 1, 0], 1, both.clone()));
        assert_eq!(
            drawn("5 7 _", "3 . _", Measure::Share),
            ([1, 1, 0], 0, both),
            "no shares of an unknown whole"
        );
        assert_eq!(
            drawn("0 7 5", ". 4 5", Measure::Count),
            ([1, 0, 0], 1, words(&["部分数据缺"])),
            "zero is no whole either"
        );
        assert_eq!(
            drawn("5 7 5", "3 - 5", Measure::Count),
            ([0, 0, 0], 0, Vec::new()),
            "what does not apply is no part"
        );
        assert_eq!(drawn("5 . 5", "3 . 5", Measure::Count), ([0, 0, 1], 0, words(&["未填报"])));
    }

    #[test]
    fn a_part_without_any_figure_has_no_colour_in_a_stack_but_is_missing() {
        let parts =
            [series("予以公开", 0, "5 7"), series("不予公开", 1, "? 2"), series("无法提供", 2, "? ?")];
        let chart = StackChart {
            periods: &years(2021, 2022),
            parts: &parts,
            totals: None,
            breaks: &[],
            unit: "件",
            measure: Measure::Count,
        };
        let layout = layout(&chart, &chinese());
        let labels: Vec<&str> = layout.drawing.key.iter().map(|entry| &*entry.label).collect();
        assert_eq!(labels, ["予以公开", "不予公开", "部分数据缺"]);
        let dots = layout.scene.unwrap().items.into_iter().filter_map(|item| match item {
            Item::Path(ink, _, path) if ink.0 == "ms" => Some((ink, path.0.len())),
            _ => None,
        });
        assert_eq!(dots.map(|(_, count)| count).collect::<Vec<usize>>(), [1], "of the one in the key");
        assert_eq!(layout.drawing.missing.len(), 2);
    }
}
