//! Stacked columns: the parts of a whole over time, as counts or as shares of their sum.

use rust_decimal::Decimal;

use super::super::input::{Break, Datum, Gap, Series};
use super::super::label::{Block, spread};
use super::super::scale::{Across, Px, Scale};
use super::super::scene::{Fill, Ink, Item, Margins, Path, Rect, Scene, Show, Step, Text, Voice};
use super::super::text;
use super::super::words::Words;
use super::super::{Drawing, Frame, Hue, KeyEntry, Layout, Sign};
use super::axis::{Base, ValueAxis, steps};
use super::panel::{PLOT, Panel, Plot, nothing};
use super::time::{Periods, Places};
use super::top::{self, Top};

const NAME_WIDTH: Px = Px::whole(116);
const NAME_LINE: Px = Px::whole(16);
/// From the plot to the names, with room for a coloured square.
const NAME_GAP: Px = Px::whole(22);
/// The ground between two parts.
const SEAM: Px = Px::whole(1);
/// The lowest part that is not zero.
const LOWEST: Px = Px(5);
/// The height of the hatch over a column that lacks a part, which may end anywhere above it.
const OPEN: Px = Px::whole(9);

/// The parts of a whole over time.
#[derive(Clone, Copy, Debug)]
pub struct StackChart<'a> {
    /// The labels of the periods, evenly spaced, without one left out.
    pub periods: &'a [String],
    /// The parts, the lowest first, in the same order on every page.
    pub parts: &'a [Series],
    /// The wholes as they were reported; a gap where that is not known. Without them the sum of the
    /// parts is the whole.
    pub totals: Option<&'a Series>,
    /// The changes of form.
    pub breaks: &'a [Break],
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

/// Lays stacked columns out.
pub(in super::super) fn layout(chart: &StackChart<'_>, words: &Words) -> Layout {
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
    let periods = Periods::new(chart.periods, Places::Slots);
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
            + if columns.iter().any(Column::differs) { top::LINE } else { Px(0) }
            + if chart.measure == Measure::Count && columns.iter().any(|column| column.is_partial) {
                OPEN + SEAM
            } else {
                Px(0)
            },
        are_parts: true,
    };
    let panel = Panel::new(&mut scene, axis, periods, chart.parts, chart.breaks, plot);
    panel.draw_below(&mut scene);
    for column in &mut columns {
        column.lay(chart.measure, &panel.scale);
    }
    draw_parts(&mut scene, &panel, chart, &columns);
    draw_open_ends(&mut scene, &panel, &columns);
    draw_totals(&mut scene, &panel, &columns, words);
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
    /// The heights of the lower and upper ends of those parts, once the column is laid out; none where
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
        let lacks = |part: &Series| match part.at(period) {
            Datum::Reported(reported) => reported.value < Decimal::ZERO,
            Datum::Gap(gap) => gap.is_missing(),
        };
        Self {
            ends: Vec::new(),
            is_whole: chart.totals.is_none(),
            sum,
            is_partial: !parts.is_empty()
                && chart.parts.iter().any(|part| part.at(period).gap().is_some_and(Gap::is_missing)),
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

    /// The height of its upper end as drawn; where nothing is, that of zero.
    fn end(&self, zero: Px) -> Px {
        let end = self.ends.last().map_or(zero, |(_, end)| *end);
        if self.is_partial && !self.ends.is_empty() { end - SEAM - OPEN } else { end }
    }

    /// The figure of a part, and the heights of its lower and upper end.
    fn part(&self, part: usize) -> Option<(Decimal, Px, Px)> {
        let mut laid = self.parts.iter().zip(&self.ends);
        let ((_, figure), (low, high)) = laid.find(|((at, _), _)| *at == part)?;
        Some((*figure, *low, *high))
    }

    /// Whether the whole was reported, all its parts too, and they do not add up to it.
    fn differs(&self) -> bool {
        self.complete && self.total.is_some_and(|total| total != self.sum)
    }

    /// The whole in words, the lowest line first: as it was reported, over the sum of the parts
    /// where that is another; the sum alone where it is the whole.
    fn label(&self, words: &Words) -> Vec<String> {
        let full = |figure| words.numbers.full(figure);
        match self.total {
            Some(total) if self.differs() => vec![format!("({})", full(self.sum)), full(total)],
            Some(total) => vec![full(total)],
            None if self.complete && self.is_whole => vec![full(self.sum)],
            None => Vec::new(),
        }
    }
}

fn draw_parts(scene: &mut Scene, panel: &Panel<'_>, chart: &StackChart<'_>, columns: &[Column]) {
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
        if !boxes.is_empty() {
            scene.items.push(Item::Path(Ink::area(part.hue), Show::Always, boxes));
        }
    }
}

/// Hatches what lies over the columns that lack a part.
fn draw_open_ends(scene: &mut Scene, panel: &Panel<'_>, columns: &[Column]) {
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
fn draw_totals(scene: &mut Scene, panel: &Panel<'_>, columns: &[Column], words: &Words) {
    let top = |(period, column): (usize, &Column)| {
        let end = column.end(panel.bottom);
        let lines = if column.ends.is_empty() { Vec::new() } else { column.label(words) };
        Top::new(period, end, column.total.unwrap_or(column.sum), lines)
    };
    let tops: Vec<Top> = columns.iter().enumerate().map(top).collect();
    top::draw(scene, panel, &tops);
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
            let lines = text::lines_at_most(&label, NAME_WIDTH, Voice::Plain.face(), 3);
            let count = i32::try_from(lines.len()).unwrap_or(0);
            Name { part, hue: series.hue, value, lines, height: NAME_LINE * count }
        })
        .collect()
}

/// The figure of a part in the last period, in the measure of the chart.
fn value(chart: &StackChart<'_>, columns: &[Column], part: usize, words: &Words) -> Option<String> {
    let last = chart.periods.len().checked_sub(1)?;
    let Datum::Reported(reported) = chart.parts.get(part)?.at(last) else {
        return None;
    };
    match chart.measure {
        Measure::Count => Some(words.figure(reported)),
        Measure::Share => {
            let column = columns.get(last).filter(|column| column.complete)?;
            words.numbers.percent(reported.value, column.sum)
        }
    }
}

fn draw_names(scene: &mut Scene, panel: &Panel<'_>, columns: &[Column], names: &[Name]) {
    let last = columns.iter().rfind(|column| !column.parts.is_empty());
    let mut height = panel.bottom;
    let mut blocks = Vec::with_capacity(names.len());
    for name in names {
        let laid = last.and_then(|column| column.part(name.part));
        let (low, high) = laid.map_or((height, height), |(_, low, high)| (low, high));
        height = high;
        blocks.push(Block { middle: i32::midpoint(low.0, high.0), height: name.height.0 });
    }
    // Parts of no height wish for one place; each a little above the one before keeps their order.
    for (at, block) in (0..).zip(&mut blocks) {
        block.middle -= at;
    }
    let middles = spread(&blocks, panel.top.0 - 80, panel.bottom.0 + 80);
    for (name, middle) in names.iter().zip(middles) {
        let mut y = Px(middle) - name.height.half() - Px::whole(4);
        let swatch = Path(vec![Step::Dot(Px::whole(12), y + Px::whole(12))]);
        let ink = Ink::square(name.hue);
        scene.items.push(Item::Loose(ink, Show::Wide, Across::RIGHT, swatch));
        for line in &name.lines {
            y = y + NAME_LINE;
            let text = Text::new(line, Across::RIGHT, y).shifted(NAME_GAP);
            scene.items.push(Item::Text(text.voiced(Voice::Plain).shown(Show::Wide)));
        }
    }
}

/// The key: the parts that have a figure, for narrow drawings; and what brackets mean.
fn key(chart: &StackChart<'_>, columns: &[Column], names: Vec<Name>, words: &Words) -> Vec<KeyEntry> {
    let mut key: Vec<KeyEntry> = chart
        .parts
        .iter()
        .zip(names)
        .filter(|(series, _)| series.reported(chart.periods.len()).next().is_some())
        .map(|(series, name)| KeyEntry {
            sign: Sign::Area,
            hue: series.hue,
            mark: String::new(),
            label: series.name.clone(),
            value: name.value,
            narrow_only: true,
        })
        .collect();
    if columns.iter().any(Column::differs) {
        key.push(KeyEntry {
            sign: Sign::Word,
            hue: Hue::CONTEXT,
            mark: "( )".into(),
            label: words.sum_differs.clone(),
            value: None,
            narrow_only: false,
        });
    }
    key
}
