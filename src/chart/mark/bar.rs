//! Bars of one year, longest first: the name above the bar, so that long names fit a narrow
//! screen, and the figure at its end.

use rust_decimal::Decimal;

use super::super::input::{Datum, Flags, Hue, Reported};
use super::super::number::is_symbol;
use super::super::scale::{Across, Px, Scale};
use super::super::scene::{Fill, Item, MARGIN_STEP, MARGIN_STEPS, Margins, NARROW, Rect, Scene, Text, Voice};
use super::super::text::lines_at_most;
use super::super::words::Words;
use super::super::{Drawing, Frame, KeyEntry, Layout, MissingRun, Sign};

/// More rows than this are cut to the first ten and the subject.
const MANY: usize = 25;
const FIRST: usize = 10;
const LINE: Px = Px::whole(17);
const BAR: Px = Px::whole(12);
const ROW_GAP: Px = Px::whole(12);
/// From the end of a bar to its figure.
const VALUE_GAP: Px = Px::whole(6);
/// The shortest bar of a figure that is not zero.
const SHORTEST: Across = Across(20);

/// A comparison of agencies or items.
#[derive(Clone, Copy, Debug)]
pub struct BarChart<'a> {
    /// What is compared, in any order; equal figures keep theirs.
    pub rows: &'a [Row],
    /// The unit of all figures.
    pub unit: &'a str,
}

/// One of those compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its figure, or why it has none.
    pub datum: Datum,
    /// Whether the page is about it; the others are context then.
    pub subject: bool,
}

/// Draws sorted bars; rows without a figure come last, with the reason in words.
pub fn bars(chart: &BarChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

/// Lays bars out.
pub(in super::super) fn layout(chart: &BarChart<'_>, words: &Words) -> Layout {
    let mut drawing = Drawing { missing: missing(chart.rows), ..Drawing::default() };
    let figures = || chart.rows.iter().filter_map(|row| Some(row.datum.reported()?.value));
    let (Some(low), Some(high)) = (figures().min(), figures().max()) else {
        return Layout { scene: None, drawing };
    };
    let (low, high) = (low.min(Decimal::ZERO), high.max(Decimal::ZERO));
    let scale = Scale::new(low, high, 0, Across::RIGHT.0);
    let (first, more) = choose(chart.rows);
    drawing.omitted = chart.rows.len() - first.len() - more.len();
    let style =
        Style { scale, unit: chart.unit, has_subject: chart.rows.iter().any(|row| row.subject), words };
    let laid: Vec<Laid> = first
        .iter()
        .enumerate()
        .map(|(at, row)| style.lay(row, at == 0))
        .chain(more.iter().map(|row| style.lay(row, false)))
        .collect();
    let margin = margin(&laid);
    let mut layers = Layers::default();
    let mut y = Px(0);
    for (at, row) in laid.iter().enumerate() {
        if drawing.omitted > 0 && at == first.len() {
            y = layers.omission(words, drawing.omitted, y);
        }
        y = layers.row(row, y, margin.is_none());
    }
    if drawing.omitted > 0 && more.is_empty() {
        y = layers.omission(words, drawing.omitted, y);
    }
    let right = margin.unwrap_or(0);
    let scene = Scene {
        height: y - ROW_GAP + Px::whole(2),
        margins: Margins { right, right_narrow: right, ..Margins::default() },
        items: layers.items(),
    };
    if laid.iter().any(|row| matches!(row.fill, Fill::Hollow(_))) {
        drawing.key.push(questioned(words));
    }
    Layout { scene: Some(scene), drawing }
}

/// The rows to show, sorted: the first ones, and subjects further down where the list is cut.
fn choose(rows: &[Row]) -> (Vec<&Row>, Vec<&Row>) {
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by(|a, b| match (a.datum.reported(), b.datum.reported()) {
        (Some(a), Some(b)) => b.value.cmp(&a.value),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    if sorted.len() <= MANY {
        return (sorted, Vec::new());
    }
    let rest = sorted.split_off(FIRST);
    (sorted, rest.into_iter().filter(|row| row.subject).collect())
}

/// What all rows have in common.
struct Style<'a> {
    scale: Scale,
    unit: &'a str,
    has_subject: bool,
    words: &'a Words,
}

/// A row, laid out.
struct Laid {
    name: Vec<String>,
    value: String,
    /// The left and the right end of its bar.
    bar: (Across, Across),
    fill: Fill,
    voice: Voice,
    reported: bool,
}

impl Style<'_> {
    fn lay(&self, row: &Row, first: bool) -> Laid {
        let voice = if row.subject { Voice::Strong } else { Voice::Plain };
        let hue = if self.has_subject && !row.subject { Hue::CONTEXT } else { Hue::SUBJECT };
        let value = match &row.datum {
            Datum::Reported(reported) => self.value(reported, first),
            Datum::Gap(gap) => self.words.gap(*gap).text.clone(),
        };
        let flags = row.datum.reported().map(|reported| reported.flags).unwrap_or_default();
        Laid {
            name: lines_at_most(&row.name, NARROW, voice.face(), 2),
            value,
            bar: row.datum.reported().map_or((Across::LEFT, Across::LEFT), |r| self.bar(r.value)),
            fill: if flags.contains(Flags::QUESTIONED) { Fill::Hollow(hue) } else { Fill::Solid(hue) },
            voice,
            reported: row.datum.reported().is_some(),
        }
    }

    /// The figure in full; with its unit where it is the first, and with its remarks.
    fn value(&self, reported: &Reported, first: bool) -> String {
        let mut text = self.words.figure(reported);
        if first || is_symbol(self.unit) {
            text = self.words.numbers.with_unit(&text, self.unit);
        }
        for (flag, word) in
            [(Flags::REVISED, &self.words.revised.text), (Flags::CUMULATIVE, &self.words.cumulative.text)]
        {
            if reported.flags.contains(flag) {
                text = format!("{text} {word}");
            }
        }
        text
    }

    fn bar(&self, value: Decimal) -> (Across, Across) {
        let zero = Across(self.scale.place(Decimal::ZERO));
        let end = Across(self.scale.place(value));
        let (left, right) = (zero.min(end), zero.max(end));
        if value.is_zero() || right - left >= SHORTEST {
            return (left, right);
        }
        let left = left.min(Across::RIGHT - SHORTEST);
        (left, left + SHORTEST)
    }
}

/// The smallest right margin with which every figure fits the narrowest drawing; `None` where none
/// does, and figures need a line of their own.
fn margin(rows: &[Laid]) -> Option<i32> {
    (0..=MARGIN_STEPS).find(|steps| {
        let plot = NARROW - Px::whole(steps * MARGIN_STEP);
        rows.iter().all(|row| row.bar.1.of(plot) + VALUE_GAP + row.voice.face().width(&row.value) <= NARROW)
    })
}

/// Marks and texts by kind, so that those of one class stand together.
#[derive(Default)]
struct Layers {
    bars: Vec<Rect>,
    texts: Vec<Text>,
}

impl Layers {
    /// Draws a row from `y` on; returns where the next begins.
    fn row(&mut self, row: &Laid, mut y: Px, value_apart: bool) -> Px {
        for line in &row.name {
            self.texts.push(Text::new(line, Across::LEFT, y + Px::whole(12)).voiced(row.voice));
            y = y + LINE;
        }
        let voice = if row.reported { row.voice } else { Voice::Absent };
        if value_apart || !row.reported {
            self.texts.push(Text::new(&row.value, Across::LEFT, y + Px::whole(12)).voiced(voice));
            y = y + LINE;
        }
        if !row.reported {
            return y + ROW_GAP;
        }
        let (left, right) = row.bar;
        if right > left {
            self.bars.push(Rect {
                fill: row.fill,
                x: left,
                width: right - left,
                y: y + Px::whole(2),
                height: BAR,
            });
        }
        if !value_apart {
            let gap = if right > left { VALUE_GAP } else { Px(0) };
            let text = Text::new(&row.value, right, y + Px::whole(13)).shifted(gap).voiced(voice);
            self.texts.push(text);
        }
        y + BAR + Px::whole(4) + ROW_GAP
    }

    /// Says how many rows are left out.
    fn omission(&mut self, words: &Words, omitted: usize, y: Px) -> Px {
        let text = format!("⋯ {}", words.omitted.replace("{n}", &omitted.to_string()));
        self.texts.push(Text::new(text, Across::LEFT, y + Px::whole(12)).voiced(Voice::Absent));
        y + LINE + ROW_GAP
    }

    fn items(mut self) -> Vec<Item> {
        self.bars.sort_by_key(|bar| bar.fill.classes());
        self.texts.sort_by_key(|text| text.voice.class());
        let bars = self.bars.into_iter().map(Item::Rect);
        bars.chain(self.texts.into_iter().map(Item::Text)).collect()
    }
}

fn questioned(words: &Words) -> KeyEntry {
    KeyEntry {
        sign: Sign::Hollow,
        hue: Hue::SUBJECT,
        mark: String::new(),
        label: words.questioned.text.clone(),
        value: None,
        narrow_only: false,
    }
}

/// The rows without a figure; each row counts as a series of one period.
fn missing(rows: &[Row]) -> Vec<MissingRun> {
    rows.iter()
        .enumerate()
        .filter_map(|(at, row)| {
            let gap = row.datum.gap()?;
            Some(MissingRun { series: at, first: 0, last: 0, gap })
        })
        .collect()
}
