//! Bars of one year, longest first: the name above the bar, so that long names fit a narrow
//! screen, and the figure at its end.

use rust_decimal::Decimal;

use crate::chart::canvas::scale::{Across, Px, Scale};
use crate::chart::canvas::scene::{
    Fill, Item, MARGIN_STEP, MARGIN_STEPS, Margins, NARROW, Rect, Scene, Text, Voice,
};
use crate::chart::canvas::text::lines_at_most;
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{Datum, Flags, Hue, Observation, Peer};
use crate::chart::drawing::{Drawing, Frame, KeyEntry, Sign};
use crate::chart::plot::missing::gap_runs;
use crate::chart::words::Words;
use crate::figure::is_symbol;

/// More rows than this are cut to the first ten and the subject.
const MANY: usize = 25;
const FIRST: usize = 10;
const LINE: Px = Px::whole(17);
const BAR: Px = Px::whole(12);
const ROW_GAP: Px = Px::whole(12);
/// The space between a bar and its figure.
const VALUE_GAP: Px = Px::whole(6);
/// The shortest bar of a figure that is not zero.
const SHORTEST: Across = Across(20);

/// A comparison of agencies or items.
#[derive(Clone, Copy, Debug)]
pub struct BarChart<'a> {
    /// The rows in any order; rows of equal figures keep theirs.
    pub rows: &'a [Peer],
    /// The unit of all figures.
    pub unit: &'a str,
}

/// Draws sorted bars; rows without a figure come last, with the reason in words.
pub fn bars(chart: &BarChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

pub(crate) fn layout(chart: &BarChart<'_>, words: &Words) -> Layout {
    let mut drawing = Drawing {
        missing: gap_runs(chart.rows.iter().map(|row| std::slice::from_ref(&row.datum)), 1),
        ..Drawing::default()
    };
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
        y = layers.peer(row, y, margin.is_none());
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
        drawing.key.push(KeyEntry::new(Sign::Hollow, Hue::SUBJECT, &words.questioned.text));
    }
    Layout { scene: Some(scene), drawing }
}

/// Returns the rows to show, sorted: the first ones, and subjects further down if the list is cut.
fn choose(rows: &[Peer]) -> (Vec<&Peer>, Vec<&Peer>) {
    let mut sorted: Vec<&Peer> = rows.iter().collect();
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
    /// The left and the right end of the bar.
    bar: (Across, Across),
    fill: Fill,
    voice: Voice,
    reported: bool,
}

impl Style<'_> {
    fn lay(&self, row: &Peer, first: bool) -> Laid {
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

    /// Writes the figure with its remarks; in the first row, and if it is a symbol, with the unit.
    fn value(&self, reported: &Observation, first: bool) -> String {
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

/// Returns the smallest right margin with which every figure fits the narrowest drawing; `None` if none
/// does, and figures need a line of their own.
fn margin(rows: &[Laid]) -> Option<i32> {
    (0..=MARGIN_STEPS).find(|steps| {
        let plot = NARROW - Px::whole(steps * MARGIN_STEP);
        rows.iter().all(|row| row.bar.1.of(plot) + VALUE_GAP + row.voice.face().width(&row.value) <= NARROW)
    })
}

/// Marks and texts, so that those of one class can be written together.
#[derive(Default)]
struct Layers {
    bars: Vec<Rect>,
    texts: Vec<Text>,
}

impl Layers {
    /// Draws a row from `y` on; returns where the next begins.
    fn peer(&mut self, row: &Laid, mut y: Px, value_apart: bool) -> Px {
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

    /// Writes how many rows are left out.
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

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        bars(&BarChart { rows: &case.peers(), unit: "条" }, frame)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn bars_are_in_order(
            rows in prop::collection::vec(
                (any_datum(), "[a-z ]{1,60}|[县局、（）公开数量]{1,50}", any::<bool>()), 1..=30,
            ),
            words in any_words(),
        ) {
            let rows: Vec<Peer> = rows
                .into_iter()
                .map(|(datum, name, subject)| Peer { name, datum, subject })
                .collect();
            let layout = layout(&BarChart { rows: &rows, unit: "件" }, &words);
            let without = rows.iter().filter(|row| row.datum.gap().is_some()).count();
            prop_assert_eq!(check_layout(layout, &words), Ok(without));
        }
    }

    #[test]
    fn zero_has_its_figure_and_no_bar_and_a_gap_has_words() {
        let rows = [peer("a", "0"), peer("b", "."), peer("c", "1000"), peer("d", "1"), peer("e", "-")];
        let layout = layout(&BarChart { rows: &rows, unit: "条" }, &chinese());
        let scene = layout.scene.unwrap();
        let widths: Vec<i32> = scene
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Rect(rect) => Some(rect.width.0),
                _ => None,
            })
            .collect();
        assert_eq!(widths, [10_000, 20], "1 of 1000 is drawn as 0.2 %");
        let texts: Vec<&str> = scene
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(text) => Some(text.content.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["c", "1,000条", "d", "1", "a", "0", "b", "e", "未填报", "不适用"]);
        assert_eq!(layout.drawing.missing.len(), 2);
    }

    #[test]
    fn a_long_list_keeps_its_subject() {
        let mut rows: Vec<Peer> = (0..40).map(|n| peer(&format!("n{n}"), &(1_000 - n).to_string())).collect();
        rows.get_mut(30).unwrap().subject = true;
        let chart = BarChart { rows: &rows, unit: "" };
        let layout = layout(&chart, &english());
        assert_eq!(layout.drawing.omitted, 29);
        let scene = layout.scene.unwrap();
        let has = |wanted: &str| {
            scene.items.iter().any(|item| matches!(item, Item::Text(text) if text.content == wanted))
        };
        assert!(has("n9") && !has("n10") && has("n30") && has("⋯ 29 more agencies"));
    }
}
