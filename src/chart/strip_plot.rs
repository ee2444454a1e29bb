//! Strip plots: dots along an axis that show how agencies spread, and where one stands among its peers.

use rust_decimal::Decimal;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px, Scale};
use crate::chart::canvas::scene::{
    Anchor, Ink, Item, MARGIN_STEP, Margins, NARROW, Scene, Show, Text, Voice, WIDE,
};
use crate::chart::canvas::text::{Face, lines_at_most};
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{Hue, Peer};
use crate::chart::drawing::{Drawing, Frame, KeyEntry, Sign};
use crate::chart::plot::missing::gap_runs;
use crate::chart::plot::tick::{Wish, ticks};
use crate::chart::plot::value_axis::axis_labels;
use crate::chart::words::Words;
use crate::figure::grouped;

/// The margins beside the plot: half a dot.
const MARGIN: i32 = 1;
/// The plot's width in the narrowest drawing.
const PLOT: Px = Px(NARROW.0 - 2 * 10 * MARGIN * MARGIN_STEP);
/// The distance of dots that do not touch.
const PITCH: Px = Px::whole(9);
const LINE: Px = Px::whole(16);
/// The minimum and the maximum number of rows of dots.
const ROWS: usize = 3;
const MOST_ROWS: usize = 24;
/// Fewer figures than this have no band of the middle half.
const FEWEST_HALVED: usize = 8;

/// The figures of agencies, one of which may be compared with the others.
#[derive(Clone, Copy, Debug)]
pub struct StripPlot<'a> {
    /// All of them, the subject included if there is one, in any order.
    pub peers: &'a [Peer],
    /// The unit of all figures.
    pub unit: &'a str,
}

/// Draws a strip plot.
pub fn strip_plot(chart: &StripPlot<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

/// Returns the median of some figures.
pub fn median(figures: &[Decimal]) -> Option<Decimal> {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable();
    let (upper, lower) = (sorted.get(sorted.len() / 2)?, sorted.get(sorted.len().checked_sub(1)? / 2)?);
    if upper == lower {
        return Some(*upper);
    }
    let half = upper.checked_sub(*lower)? / Decimal::TWO;
    Some(lower.checked_add(half)?.normalize())
}

/// Returns the least and the greatest figure of the middle half: what is left when as many as possible, a
/// quarter at most, are taken away at either end.
pub fn middle_half(figures: &[Decimal]) -> Option<(Decimal, Decimal)> {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable();
    let quarter = sorted.len() / 4;
    Some((*sorted.get(quarter)?, *sorted.get(sorted.len().checked_sub(quarter + 1)?)?))
}

pub(crate) fn layout(chart: &StripPlot<'_>, words: &Words) -> Layout {
    let mut drawing = Drawing {
        missing: gap_runs(chart.peers.iter().map(|row| std::slice::from_ref(&row.datum)), 1),
        ..Drawing::default()
    };
    let figures: Vec<Decimal> =
        chart.peers.iter().filter_map(|row| Some(row.datum.reported()?.value)).collect();
    let (Some(low), Some(high), Some(median)) =
        (figures.iter().min(), figures.iter().max(), median(&figures))
    else {
        return Layout { scene: None, drawing };
    };
    let whole = figures.iter().all(Decimal::is_integer);
    let wish = if whole { Wish::COUNT } else { Wish::MEASURE };
    let ticks = ticks((*low).min(Decimal::ZERO), (*high).max(Decimal::ZERO), &wish);
    let ends = (ticks.first().copied().unwrap_or_default(), ticks.last().copied().unwrap_or_default());
    let scale = Scale::new(ends.0, ends.1, 0, Across::RIGHT.0);
    let mut scene =
        Scene::within(Margins { left: MARGIN, right: MARGIN, right_narrow: MARGIN, ..Margins::default() });
    let (labels, head) = head(chart, median, &scale, words);
    let (dots, each) = swarm(chart.peers, &scale);
    let rows = dots.iter().map(|dot| dot.row + 1).max().unwrap_or(0).max(ROWS);
    let axis = head + PITCH * i32::try_from(rows).unwrap_or(i32::MAX) + Px::whole(6);
    if let Some(half) = middle_half(&figures).filter(|_| figures.len() >= FEWEST_HALVED) {
        drawing.key.extend(draw_half(
            &mut scene,
            half,
            &scale,
            (head - Px::whole(6), axis),
            chart.unit,
            words,
        ));
    }
    if each > 1 {
        drawing.key.push(KeyEntry::word("●", words.each_dot.replace("{n}", &each.to_string())));
    }
    draw_axis(&mut scene, &ticks, &scale, axis, chart.unit, words);
    draw_rules(&mut scene, &labels, &dots, axis);
    draw_dots(&mut scene, chart.peers, &dots, axis);
    for label in labels {
        scene.items.extend(label.texts.into_iter().map(Item::Text));
    }
    Layout { scene: Some(scene), drawing }
}

/// A name over the plot, from which a rule leads down.
struct Label {
    x: Across,
    texts: Vec<Text>,
    /// Where the rule begins.
    from: Px,
    subject: bool,
}

/// Returns the names of the subject and of the median, and where the dots may begin.
fn head(chart: &StripPlot<'_>, median: Decimal, scale: &Scale, words: &Words) -> (Vec<Label>, Px) {
    let with_unit = |figure: String| words.numbers.with_unit(&figure, chart.unit);
    let mut labels = Vec::new();
    let mut y = Px(0);
    let subject = chart.peers.iter().find(|row| row.subject);
    if let Some((row, reported)) = subject.and_then(|row| Some((row, row.datum.reported()?))) {
        let x = Across(scale.place(reported.value));
        let mut lines = lines_at_most(&row.name, PLOT, Voice::Strong.face(), 2);
        let value = with_unit(words.figure(reported));
        match lines.as_mut_slice() {
            [only] if Voice::Strong.face().width(&format!("{only} {value}")) <= PLOT => {
                only.push(' ');
                only.push_str(&value);
            }
            _ => lines.extend(lines_at_most(&value, PLOT, Voice::Strong.face(), 2)),
        }
        let texts = place(&lines, x, y, Voice::Strong);
        y = y + LINE * lines.len();
        labels.push(Label { x, texts, from: y + Px::whole(2), subject: true });
    }
    let x = Across(scale.place(median));
    let value = format!("{} {}", words.median, with_unit(grouped(median)));
    let lines = lines_at_most(&value, PLOT, Voice::Axis.face(), 3);
    let mut texts = place(&lines, x, y, Voice::Axis);
    // Moved aside if the subject's rule would cross the words.
    if let Some(subject) = labels.first().map(|label| label.x) {
        let width = lines.iter().map(|line| Voice::Axis.face().width(line)).max().unwrap_or_default();
        let room = width + Px::whole(4);
        let (at, other) = (x.of(PLOT), subject.of(PLOT));
        let crossed = (at.0 - other.0).abs() < width.half().0 + 40;
        // To the side away from it; if both stand at one place, to the side that has room.
        let is_same = (at.0 - other.0).abs() < 20;
        let right = other < at && !is_same || is_same && at < room;
        let (anchor, dx) = if right { (Anchor::Start, Px::whole(4)) } else { (Anchor::End, -Px::whole(4)) };
        let fits = if right { at + room <= PLOT } else { at >= room };
        if crossed && fits {
            texts = texts.into_iter().map(|text| Text { x, dx, anchor, ..text }).collect();
        }
    }
    y = y + LINE * lines.len();
    labels.push(Label { x, texts, from: y + Px::whole(2), subject: false });
    (labels, y + Px::whole(8))
}

/// Writes lines over a place: centred if they fit the narrowest drawing, else from the
/// nearer edge on.
fn place(lines: &[String], x: Across, top: Px, voice: Voice) -> Vec<Text> {
    let half = lines.iter().map(|line| voice.face().width(line)).max().unwrap_or_default().half();
    let centre = x.of(PLOT);
    let (x, anchor) = if centre >= half && centre + half <= PLOT {
        (x, Anchor::Middle)
    } else if x.0 * 2 <= Across::RIGHT.0 {
        (Across::LEFT, Anchor::Start)
    } else {
        (Across::RIGHT, Anchor::End)
    };
    let text = |(line, n): (&String, i32)| {
        Text::new(line, x, top + LINE * n + Px::whole(13)).anchored(anchor).voiced(voice)
    };
    lines.iter().zip(0..).map(text).collect()
}

/// A dot: the index of its peer, and its row.
struct Dot {
    at: usize,
    x: Across,
    row: usize,
}

/// Piles up dots; returns them and how many figures each stands for. If they would pile too high, every
/// second, fifth, tenth of them in their order is drawn, and the subject.
fn swarm(peers: &[Peer], scale: &Scale) -> (Vec<Dot>, usize) {
    let mut places: Vec<(Across, usize)> = peers
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Some((Across(scale.place(row.datum.reported()?.value)), at)))
        .collect();
    places.sort_unstable();
    let subject = peers.iter().position(|row| row.subject);
    let mut steps = (0..).flat_map(|power| [1, 2, 5].map(|step| step * 10_usize.pow(power)));
    let piled = |each: usize| {
        let chosen = places
            .iter()
            .enumerate()
            .filter(|(order, (_, at))| order % each == each / 2 || Some(*at) == subject);
        pile(chosen.map(|(_, place)| *place)).map(|dots| (dots, each))
    };
    steps.find_map(piled).unwrap_or_default()
}

/// Piles up dots that would touch in the narrowest drawing, from the smallest figure on; `None`
/// if they pile too high.
fn pile(places: impl Iterator<Item = (Across, usize)>) -> Option<Vec<Dot>> {
    // The right end of each row.
    let mut ends: Vec<Px> = Vec::new();
    let mut dots = Vec::new();
    for (x, at) in places {
        let left = x.of(PLOT);
        let row = ends.iter().position(|end| *end <= left).unwrap_or(ends.len());
        match ends.get_mut(row) {
            Some(end) => *end = left + PITCH,
            None if row == MOST_ROWS => return None,
            None => ends.push(left + PITCH),
        }
        dots.push(Dot { at, x, row });
    }
    Some(dots)
}

/// Draws the band of the middle half and returns its key; nothing if the half is one figure.
fn draw_half(
    scene: &mut Scene,
    (low, high): (Decimal, Decimal),
    scale: &Scale,
    (top, axis): (Px, Px),
    unit: &str,
    words: &Words,
) -> Option<KeyEntry> {
    let (left, right) = (Across(scale.place(low)), Across(scale.place(high)));
    if left == right {
        return None;
    }
    let band = Path(vec![Step::Box([(left, axis), (right, top)])]);
    scene.draw(Ink::shade(1), Show::Always, band);
    let gap = if low < Decimal::ZERO { " – " } else { "–" };
    let span = format!("{}{gap}{}", grouped(low), grouped(high));
    Some(KeyEntry::new(
        Sign::Shade(1),
        Hue::CONTEXT,
        format!("{} {}", words.middle_half, words.numbers.with_unit(&span, unit)),
    ))
}

fn height(dot: &Dot, axis: Px) -> Px {
    axis - Px::whole(7) - PITCH * i32::try_from(dot.row).unwrap_or(0)
}

fn draw_dots(scene: &mut Scene, peers: &[Peer], dots: &[Dot], axis: Px) {
    for (subject, hue) in [(false, Hue::CONTEXT), (true, Hue::SUBJECT)] {
        let of_kind = dots.iter().filter(|dot| peers.get(dot.at).is_some_and(|row| row.subject == subject));
        let steps: Vec<Step<Across>> = of_kind.map(|dot| Step::Dot(dot.x, height(dot, axis))).collect();
        if steps.is_empty() {
            continue;
        }
        let ink = if subject { Ink::ring(hue) } else { Ink::point(hue) };
        scene.draw(ink, Show::Always, Path(steps));
    }
}

/// Draws the rules from the names down: to the subject's dot, and for the median to the axis.
fn draw_rules(scene: &mut Scene, labels: &[Label], dots: &[Dot], axis: Px) {
    for label in labels {
        let to = if label.subject {
            let row = dots.iter().filter(|dot| dot.x == label.x).map(|dot| height(dot, axis)).min();
            row.unwrap_or(axis)
        } else {
            axis
        };
        let ink = if label.subject { Ink::leader(Hue::SUBJECT) } else { Ink::BREAK };
        let path = Path::line((label.x, label.from), (label.x, to));
        scene.draw(ink, Show::Always, path);
    }
}

/// Draws the axis with as many labels as fit; the last one has the unit.
fn draw_axis(scene: &mut Scene, all: &[Decimal], scale: &Scale, axis: Px, unit: &str, words: &Words) {
    let labels = axis_labels(all, unit, words);
    let last = all.len().saturating_sub(1);
    let text = |at: usize| {
        let label = labels.ticks.get(at).cloned().unwrap_or_default();
        if at == last { words.numbers.with_unit(&label, &labels.unit).trim_end().to_owned() } else { label }
    };
    let widest = (0..=last).map(|at| Face::SMALL.width(&text(at))).max().unwrap_or_default();
    let step_in = |width: Px| {
        let fits = |step: &usize| {
            let pitch = width * i32::try_from(*step).unwrap_or(1) / i32::try_from(last.max(1)).unwrap_or(1);
            last.is_multiple_of(*step) && pitch >= widest + widest.half() + Px::whole(8)
        };
        (1..=last.max(1)).find(fits).unwrap_or(last.max(1))
    };
    let wide = step_in(WIDE - Px::whole(2 * MARGIN * MARGIN_STEP));
    let narrow = step_in(PLOT);
    let line = Path::line((Across::LEFT, axis), (Across::RIGHT, axis));
    scene.draw(Ink::AXIS, Show::Always, line);
    for show in [Show::Always, Show::Wide] {
        let mut marks = Path::new();
        for at in (0..=last).step_by(wide) {
            let always = at.is_multiple_of(narrow);
            let Some(tick) = all.get(at).filter(|_| always == (show == Show::Always)) else { continue };
            let x = Across(scale.place(*tick));
            marks.0.extend(Path::line((x, axis), (x, axis + Px::whole(4))).0);
            let (anchor, dx) = match at {
                0 => (Anchor::Start, -Px::whole(8)),
                _ if at == last => (Anchor::End, Px::whole(8)),
                _ => (Anchor::Middle, Px(0)),
            };
            let label = Text::new(text(at), x, axis + Px::whole(18)).anchored(anchor).shifted(dx).shown(show);
            scene.write(label);
        }
        scene.draw(Ink::AXIS, show, marks);
    }
    scene.height = axis + Px::whole(24);
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        strip_plot(&StripPlot { peers: &case.peers_with_subject(), unit: "条" }, frame)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn strip_plots_are_in_order(peers in any_peers(12), words in any_words()) {
            let layout = layout(&StripPlot { peers: &peers, unit: "件" }, &words);
            let without = peers.iter().filter(|peer| peer.datum.gap().is_some()).count();
            prop_assert_eq!(check_layout(layout, &words), Ok(without));
        }
    }

    #[test]
    fn the_median_is_the_middle() {
        let of = |numbers: &[i64]| median(&numbers.iter().map(|n| Decimal::from(*n)).collect::<Vec<_>>());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[3]), Some(Decimal::from(3)));
        assert_eq!(of(&[9, 1, 5]), Some(Decimal::from(5)));
        assert_eq!(of(&[1, 2]), Some(Decimal::new(15, 1)));
    }

    #[test]
    fn the_middle_half_has_half_of_the_figures_and_no_more_than_it_must() {
        for count in 1..60_i64 {
            let figures: Vec<Decimal> = (0..count).rev().map(Decimal::from).collect();
            let (low, high) = middle_half(&figures).unwrap();
            let within = figures.iter().filter(|figure| (low..=high).contains(*figure)).count();
            assert!(
                within * 2 >= figures.len() && (count < 4 || (within - 2) * 2 < figures.len()),
                "{count}"
            );
            assert_eq!(low, Decimal::from(count - 1) - high);
        }
        assert_eq!(middle_half(&[]), None);
    }

    #[test]
    fn points_that_pile_too_high_stand_for_several_agencies() {
        let row = |value: i64, subject| Peer {
            name: String::new(),
            datum: crate::chart::data::Datum::value(value),
            subject,
        };
        let scale = Scale::new(Decimal::ZERO, Decimal::from(100), 0, Across::RIGHT.0);
        for (zeros, each) in [(24, 1), (25, 2), (49, 2), (51, 5), (1000, 50), (100_000, 5000)] {
            let mut peers: Vec<Peer> = (0..zeros).map(|_| row(0, false)).collect();
            peers.push(row(100, true));
            let (dots, drawn) = swarm(&peers, &scale);
            assert_eq!(drawn, each, "{zeros}");
            assert!(dots.iter().all(|dot| dot.row < MOST_ROWS));
            assert!(dots.iter().any(|dot| dot.at == zeros), "the subject");
        }
    }
}
