//! Slope charts: a few agencies in two periods, each a line from then to now.

use rust_decimal::Decimal;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px, Scale};
use crate::chart::canvas::scene::{Anchor, Ink, Margins, NARROW, Scene, Show, Text, Voice};
use crate::chart::canvas::text::{lines, lines_at_most};
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{Datum, Hue, Observation};
use crate::chart::drawing::{Drawing, Frame, GapRun};
use crate::chart::plot::label_spread::{Block, spread};
use crate::chart::plot::missing::gap_runs;
use crate::chart::plot::value_axis::steps;
use crate::chart::words::Words;
use crate::figure::is_symbol;

/// The least height of the plot.
const PLOT: Px = Px::whole(170);
/// The space for the labels of the periods.
const HEAD: Px = Px::whole(30);
/// From a point to its label, with room for a leader.
const LABEL_GAP: Px = Px::whole(18);
const LINE: Px = Px::whole(16);
/// The widest label of the first period, and of the second.
const WIDTHS: [Px; 2] = [Px::whole(76), Px::whole(124)];

/// A comparison of two periods.
#[derive(Clone, Copy, Debug)]
pub struct SlopeChart<'a> {
    /// The labels of the periods, the earlier first. No definition may have changed between them.
    pub periods: [&'a str; 2],
    /// About eight at most.
    pub rows: &'a [SlopeRow],
    /// The unit of all figures.
    pub unit: &'a str,
}

/// An agency or item in two periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlopeRow {
    /// Its name.
    pub name: String,
    /// Its figures in the two periods, or why it has none.
    pub data: [Datum; 2],
    /// Whether the page is about it; the others are context then.
    pub subject: bool,
}

/// Draws slopes.
pub fn slope_chart(chart: &SlopeChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

pub(crate) fn layout(chart: &SlopeChart<'_>, words: &Words) -> Layout {
    let drawing = Drawing { missing: missing(chart.rows), ..Drawing::default() };
    let figures =
        || chart.rows.iter().flat_map(|row| &row.data).filter_map(|datum| Some(datum.reported()?.value));
    let (Some(low), Some(high)) = (figures().min(), figures().max()) else {
        return Layout { scene: None, drawing };
    };
    let labels = [0, 1].map(|side| labels(chart, side, words));
    let needed = labels.iter().map(|side| height(side)).fold(PLOT, Px::max);
    let widths = [0, 1].map(|side| margin(chart, &labels, side));
    let mut scene = Scene::within(Margins {
        left: widths[0],
        right: widths[1],
        right_narrow: widths[1],
        ..Margins::default()
    });
    let (top, bottom) = (HEAD, HEAD + needed);
    scene.height = bottom + Px::whole(2);
    // A single figure lies in the middle.
    let around = |step: Decimal| low.checked_add(step).unwrap_or(low);
    let (low, high) =
        if low == high { (around(Decimal::NEGATIVE_ONE), around(Decimal::ONE)) } else { (low, high) };
    let inset = Px::whole(8);
    let scale = Scale::new(low, high, (bottom - inset).0, (top + inset).0);
    draw_frame(&mut scene, chart, (top, bottom));
    draw_rows(&mut scene, chart, &scale);
    for (side, labels) in labels.iter().enumerate() {
        draw_labels(&mut scene, side, labels, &scale, (top, bottom));
    }
    draw_incomplete(&mut scene, chart, words);
    Layout { scene: Some(scene), drawing }
}

/// Returns the edge of the plot that a period lies at.
fn edge(side: usize) -> Across {
    if side == 0 { Across::LEFT } else { Across::RIGHT }
}

/// Returns the colour of a row: context is grey if there is a subject.
fn hue(chart: &SlopeChart<'_>, row: &SlopeRow) -> Hue {
    let has_subject = chart.rows.iter().any(|row| row.subject);
    if has_subject && !row.subject { Hue::CONTEXT } else { Hue::SUBJECT }
}

/// The label beside a point.
struct Label {
    value: Decimal,
    hue: Hue,
    lines: Vec<String>,
    voice: Voice,
}

impl Label {
    fn height(&self) -> Px {
        LINE * self.lines.len()
    }
}

fn height(labels: &[Label]) -> Px {
    labels.iter().fold(Px(0), |sum, label| sum + label.height())
}

/// Returns the labels of one period: figures at the left, figures and names at the right. A row without
/// a later figure is named below the plot.
fn labels(chart: &SlopeChart<'_>, side: usize, words: &Words) -> Vec<Label> {
    let width = WIDTHS.get(side).copied().unwrap_or_default();
    let label = |row: &SlopeRow| {
        let reported = row.data.get(side)?.reported()?;
        let voice = if row.subject { Voice::Strong } else { Voice::Plain };
        let mut lines = lines(&figure(chart, reported, words), width, voice.face());
        if side == 1 {
            let together = lines.first().map(|value| format!("{value} {}", row.name)).unwrap_or_default();
            if lines.len() == 1 && voice.face().width(&together) <= width {
                lines = vec![together];
            } else {
                lines.extend(lines_at_most(&row.name, width, voice.face(), 2));
            }
        }
        Some(Label { value: reported.value, hue: hue(chart, row), lines, voice })
    };
    chart.rows.iter().filter_map(label).collect()
}

fn figure(chart: &SlopeChart<'_>, reported: &Observation, words: &Words) -> String {
    let text = words.figure(reported);
    if is_symbol(chart.unit) { text + chart.unit } else { text }
}

/// Returns the margin of a side, in steps: its labels, and half of its period's.
fn margin(chart: &SlopeChart<'_>, labels: &[Vec<Label>; 2], side: usize) -> i32 {
    let of_side = labels.get(side).map(Vec::as_slice).unwrap_or_default();
    let texts =
        of_side.iter().flat_map(|label| label.lines.iter().map(|line| label.voice.face().width(line)));
    let widest = texts.max().map(|width| width + LABEL_GAP).unwrap_or_default();
    let period = chart.periods.get(side).map(|text| Voice::Strong.face().width(text)).unwrap_or_default();
    steps(widest.max(period.half() + Px::whole(1)))
}

/// Draws the periods, and the lines that figures lie on.
fn draw_frame(scene: &mut Scene, chart: &SlopeChart<'_>, (top, bottom): (Px, Px)) {
    let mut rules = Path::new();
    for side in [0, 1] {
        rules.0.extend(Path::line((edge(side), top - Px::whole(8)), (edge(side), bottom)).0);
    }
    scene.draw(Ink::GRID, Show::Always, rules);
    for (side, period) in chart.periods.iter().enumerate() {
        let text = Text::new(*period, edge(side), Px::whole(14)).anchored(Anchor::Middle);
        scene.write(text.voiced(Voice::Strong));
    }
}

/// Draws the rows; the subject last, over the others.
fn draw_rows(scene: &mut Scene, chart: &SlopeChart<'_>, scale: &Scale) {
    let mut hues: Vec<Hue> = chart.rows.iter().map(|row| hue(chart, row)).collect();
    hues.sort_unstable();
    hues.dedup();
    for wanted in hues {
        let mut line = Path::new();
        let mut dots = Path::new();
        for row in chart.rows.iter().filter(|row| hue(chart, row) == wanted) {
            let ends = [0, 1].map(|side| {
                let reported = row.data.get(side)?.reported()?;
                Some((edge(side), Px(scale.place(reported.value))))
            });
            if let [Some(from), Some(to)] = ends {
                line.0.extend(Path::line(from, to).0);
            }
            dots.0.extend(ends.into_iter().flatten().map(|(x, y)| Step::Dot(x, y)));
        }
        for (ink, path) in [(Ink::series(wanted), line), (Ink::point(wanted), dots)] {
            scene.draw(ink, Show::Always, path);
        }
    }
}

/// Draws the labels of one side, moved apart, each with a leader to its point.
fn draw_labels(scene: &mut Scene, side: usize, labels: &[Label], scale: &Scale, (top, bottom): (Px, Px)) {
    let blocks: Vec<Block> = labels
        .iter()
        .map(|label| Block { middle: scale.place(label.value), height: label.height().0 })
        .collect();
    let middles = spread(&blocks, top.0, bottom.0);
    let outward = |pixels: i32| if side == 0 { -Px::whole(pixels) } else { Px::whole(pixels) };
    for ((label, block), middle) in labels.iter().zip(&blocks).zip(&middles) {
        let (from, to) = (Px(block.middle), Px(*middle));
        let path = Path(vec![
            Step::Move(outward(5), from),
            Step::Line(outward(8), from),
            Step::Line(outward(12), to),
            Step::Line(outward(15), to),
        ]);
        scene.draw_loose(Ink::leader(label.hue), Show::Always, edge(side), path);
    }
    let anchor = if side == 0 { Anchor::End } else { Anchor::Start };
    let gap = if side == 0 { -LABEL_GAP } else { LABEL_GAP };
    for (label, middle) in labels.iter().zip(&middles) {
        let mut y = Px(*middle) - label.height().half() - Px::whole(4);
        for line in &label.lines {
            y = y + LINE;
            scene.write(Text::new(line, edge(side), y).shifted(gap).anchored(anchor).voiced(label.voice));
        }
    }
}

/// Writes the rows that lack a figure in words below the plot.
fn draw_incomplete(scene: &mut Scene, chart: &SlopeChart<'_>, words: &Words) {
    let margin = Px::whole(scene.margins.left * crate::chart::canvas::scene::MARGIN_STEP);
    let said = |datum: &Datum| match datum {
        Datum::Reported(reported) => figure(chart, reported, words),
        Datum::Gap(gap) => words.gap(*gap).text.clone(),
    };
    let mut y = scene.height + Px::whole(4);
    for row in chart.rows.iter().filter(|row| row.data.iter().any(|datum| datum.gap().is_some())) {
        let [before, after] = &row.data;
        let text = format!(
            "{} · {} {} · {} {}",
            row.name,
            chart.periods[0],
            said(before),
            chart.periods[1],
            said(after)
        );
        for line in lines(&text, NARROW, Voice::Absent.face()) {
            y = y + LINE;
            scene.write(Text::new(line, Across::LEFT, y).shifted(-margin).voiced(Voice::Absent));
        }
    }
    if y > scene.height + Px::whole(4) {
        scene.height = y + Px::whole(4);
    }
}

/// Returns the gaps; each row counts as a series of two periods.
fn missing(rows: &[SlopeRow]) -> Vec<GapRun> {
    gap_runs(rows.iter().map(|row| row.data.as_slice()), 2)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::data::Peer;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        let peers = case.peers_with_subject();
        let later = peers.iter().rev().map(|peer| peer.datum.clone());
        let row = |(peer, later): (&Peer, Datum)| SlopeRow {
            name: peer.name.clone(),
            data: [peer.datum.clone(), later],
            subject: peer.subject,
        };
        let rows: Vec<SlopeRow> = peers.iter().zip(later).map(row).collect();
        slope_chart(&SlopeChart { periods: ["2019", "2024"], rows: &rows, unit: "条" }, frame)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn slopes_are_in_order(
            peers in any_peers(12),
            later in prop::collection::vec(any_datum(), 12),
            words in any_words(),
        ) {
            let row = |(peer, later): (Peer, Datum)| SlopeRow {
                name: peer.name,
                data: [peer.datum, later],
                subject: peer.subject,
            };
            let rows: Vec<SlopeRow> = peers.into_iter().zip(later).map(row).collect();
            let layout = layout(&SlopeChart { periods: ["2019", "2024"], rows: &rows, unit: "件" }, &words);
            let without = rows.iter().flat_map(|row| &row.data).filter(|datum| datum.gap().is_some()).count();
            prop_assert_eq!(check_layout(layout, &words), Ok(without));
        }
    }
}
