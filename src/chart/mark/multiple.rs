//! Small multiples: a grid of small lines, one a series, each named with its last figure.

use rust_decimal::Decimal;

use super::super::figure::grid;
use super::super::input::{Break, BreakKind, Flags, Series};
use super::super::number::{axis_labels, is_symbol};
use super::super::scale::{Across, Px, Scale};
use super::super::scene::{Anchor, Fill, Ink, Item, Path, Rect, Scene, Show, Text};
use super::super::tick::{Wish, ticks};
use super::super::words::Words;
use super::super::{Drawing, Frame, MissingRun, NumberedBreak};
use super::gap;
use super::line::{Point, add_line, parts, points};
use super::time::{Periods, Places, number_breaks};

/// The height of a plot.
const PLOT: Px = Px::whole(58);
/// The space over it for the label of its upper gridline.
const HEAD: Px = Px::whole(16);
/// The space under it for the first and the last period.
const FOOT: Px = Px::whole(19);
/// The space under it for the numbers of changes.
const BREAK_LINE: Px = Px::whole(15);
/// From so many missing periods in a row there is a band.
const BAND: usize = 3;

/// Series side by side over the same periods.
#[derive(Clone, Copy, Debug)]
pub struct MultiplesChart<'a> {
    /// The labels of the periods, evenly spaced, without one left out.
    pub periods: &'a [String],
    /// The series, in the order of the grid.
    pub panels: &'a [PanelSeries],
    /// Whether all have one scale, so that heights compare from one to the next; they have one unit
    /// then.
    pub shared: bool,
}

/// One series of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelSeries {
    /// Its name and figures.
    pub series: Series,
    /// Where its name leads; empty for nowhere.
    pub href: String,
    /// Its unit.
    pub unit: String,
    /// The changes of form that concern it.
    pub breaks: Vec<Break>,
}

/// What the scale has at least above the greatest figure, of the whole span.
const HEADROOM: Decimal = Decimal::from_parts(4, 0, 0, false, 2);

/// A panel, laid out: its texts stand above its scene.
pub(in super::super) struct Panel {
    pub(in super::super) name: String,
    pub(in super::super) href: String,
    pub(in super::super) value: String,
    pub(in super::super) scene: Scene,
}

/// Draws small multiples. A series of which no figure was reported has no panel.
pub fn multiples(chart: &MultiplesChart<'_>, frame: &Frame<'_>) -> Drawing {
    let (panels, mut drawing) = layout(chart, frame.words);
    if !panels.is_empty() {
        drawing.fluid = grid::fluid(&panels, frame);
        (drawing.fixed, drawing.size) = grid::fixed(&panels, frame, &drawing);
    }
    drawing
}

/// Lays small multiples out.
pub(in super::super) fn layout(chart: &MultiplesChart<'_>, words: &Words) -> (Vec<Panel>, Drawing) {
    let count = chart.periods.len();
    let breaks = numbered(chart);
    let missing = missing(chart);
    let drawing = Drawing { breaks: breaks.clone(), missing, ..Drawing::default() };
    let all: Vec<Decimal> = chart.panels.iter().flat_map(|panel| figures(panel, count)).collect();
    let has_breaks = !breaks.is_empty();
    let panels = chart.panels.iter().filter_map(|panel| {
        let own = figures(panel, count);
        if own.is_empty() {
            return None;
        }
        let scale = if chart.shared { &all } else { &own };
        lay(chart, panel, scale, &breaks, has_breaks, words)
    });
    (panels.collect(), drawing)
}

fn figures(panel: &PanelSeries, count: usize) -> Vec<Decimal> {
    panel.series.reported(count).map(|(_, reported)| reported.value).collect()
}

fn lay(
    chart: &MultiplesChart<'_>,
    panel: &PanelSeries,
    figures: &[Decimal],
    breaks: &[NumberedBreak],
    has_breaks: bool,
    words: &Words,
) -> Option<Panel> {
    let count = chart.periods.len();
    let (last, figure) = panel.series.reported(count).next_back()?;
    let periods = Periods::new(chart.periods, Places::Points);
    let low = figures.iter().min()?.min(&Decimal::ZERO);
    let high = figures.iter().max()?.max(&Decimal::ZERO);
    let whole = figures.iter().all(Decimal::is_integer);
    let wish = Wish { count: 3, whole, ..Wish::MEASURE };
    // A little more than the greatest, so that no line runs along the upper edge.
    let over = high.checked_sub(*low).unwrap_or_default() * HEADROOM;
    let over = if whole { over.ceil() } else { over };
    let ticks = ticks(*low, high.checked_add(over).unwrap_or(*high), &wish);
    let bottom = HEAD + PLOT;
    let scale = Scale::new(*ticks.first()?, *ticks.last()?, bottom.0, HEAD.0);
    let foot = if has_breaks { BREAK_LINE } else { Px(0) };
    let mut scene = Scene { height: bottom + foot + FOOT, ..Scene::default() };
    draw_bands(&mut scene, &periods, &panel.series, bottom);
    draw_axis(&mut scene, &ticks, &scale, &panel.unit, words);
    draw_breaks(&mut scene, &periods, panel, breaks, bottom);
    draw_line(&mut scene, &periods, panel, &scale);
    let baseline = scene.height - Px::whole(5);
    for (period, anchor) in [(0, Anchor::Start), (count.saturating_sub(1), Anchor::End)] {
        if period > 0 || anchor == Anchor::Start {
            let x = if anchor == Anchor::Start { Across::LEFT } else { Across::RIGHT };
            scene.items.push(Item::Text(Text::new(periods.label(period), x, baseline).anchored(anchor)));
        }
    }
    let value = words.numbers.with_unit(&words.figure(figure), &panel.unit);
    let mut value = value.trim_end().to_owned();
    if last + 1 < count {
        value = format!("{value} · {}", periods.label(last));
    }
    Some(Panel { name: panel.series.name.clone(), href: panel.href.clone(), value, scene })
}

/// The hatch of three and more missing periods in a row.
fn draw_bands(scene: &mut Scene, periods: &Periods<'_>, series: &Series, bottom: Px) {
    let missing = |period: usize| series.at(period).gap().is_some_and(super::super::Gap::is_missing);
    let all: Vec<usize> = (0..periods.count()).collect();
    for run in all.chunk_by(|a, b| missing(*a) == missing(*b)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if missing(*first) && run.len() >= BAND {
            let x = periods.start(*first);
            let width = periods.start(last + 1) - x;
            scene.items.push(Item::Rect(Rect {
                fill: Fill::Hatch,
                x,
                width,
                y: HEAD,
                height: bottom - HEAD,
            }));
        }
    }
}

/// The uppermost gridline with its label, and the line of zero.
fn draw_axis(scene: &mut Scene, ticks: &[Decimal], scale: &Scale, unit: &str, words: &Words) {
    let labels = axis_labels(ticks, unit, &words.scales, &words.numbers);
    let line = |tick: &Decimal| {
        let y = Px(scale.place(*tick));
        Path::line((Across::LEFT, y), (Across::RIGHT, y))
    };
    if let (Some(top), Some(label)) = (ticks.last(), labels.ticks.last()) {
        scene.items.push(Item::Path(Ink::GRID, Show::Always, line(top)));
        // The unit stands beside the last figure; here only the word of a large scale.
        let name = if is_symbol(unit) { labels.unit } else { labels.unit.replace(unit, "") };
        let text = words.numbers.with_unit(label, name.trim_end());
        let text = Text::new(text.trim_end(), Across::LEFT, HEAD - Px::whole(4));
        // A label of very many digits finds no room; the figures stand in the table.
        if text.voice.face().width(&text.content) <= grid::NARROW {
            scene.items.push(Item::Text(text));
        }
    }
    let zero = ticks.iter().find(|tick| tick.is_zero()).or(ticks.first());
    scene.items.extend(zero.map(|zero| Item::Path(Ink::AXIS, Show::Always, line(zero))));
}

/// The changes that concern a panel, under the numbers they have in the whole chart.
fn draw_breaks(
    scene: &mut Scene,
    periods: &Periods<'_>,
    panel: &PanelSeries,
    breaks: &[NumberedBreak],
    bottom: Px,
) {
    let concerned = |at: &&NumberedBreak| {
        panel.breaks.iter().any(|own| own.after == at.after && own.kind == at.kind && own.text == at.text)
    };
    let half = super::super::text::Face::SMALL.size * 5;
    let mut free = Px(0);
    for change in breaks.iter().filter(concerned) {
        let x = periods.start(change.after + 1);
        let ink = if change.kind == BreakKind::Cut { Ink::BREAK } else { Ink::FORM };
        let rule = Path::line((x, HEAD), (x, bottom + Px::whole(3)));
        scene.items.push(Item::Path(ink, Show::Always, rule));
        let middle = x.of(grid::NARROW);
        if middle - Px(half) >= free && middle + Px(half) <= grid::NARROW {
            free = middle + Px(half);
            let text = Text::new(&change.number, x, bottom + Px::whole(14)).anchored(Anchor::Middle);
            scene.items.push(Item::Text(text));
        }
    }
}

/// The line with its gaps; the last point, and each that stands alone.
fn draw_line(scene: &mut Scene, periods: &Periods<'_>, panel: &PanelSeries, scale: &Scale) {
    let hue = panel.series.hue;
    let points = points(&panel.series, periods, scale);
    let mut line = Path::new();
    let mut dots = Path::new();
    for part in parts(&points, &panel.breaks) {
        match part {
            [only] => dots.0.push(only.dot()),
            several => add_line(&mut line, several),
        }
    }
    if parts(&points, &panel.breaks).last().is_some_and(|part| part.len() > 1) {
        dots.0.extend(points.last().map(Point::dot));
    }
    let questioned = points.iter().filter(|point| point.reported.flags.contains(Flags::QUESTIONED));
    let holes = Path(questioned.map(Point::dot).collect());
    dots.0.extend(holes.0.iter().copied());
    for (ink, path) in [(Ink::series(hue), line), (Ink::point(hue), dots), (Ink::HOLE, holes)] {
        if !path.is_empty() {
            scene.items.push(Item::Path(ink, Show::Always, path));
        }
    }
}

/// The changes of all panels, each once, numbered from the earliest on.
fn numbered(chart: &MultiplesChart<'_>) -> Vec<NumberedBreak> {
    let mut all: Vec<Break> = Vec::new();
    for change in chart.panels.iter().flat_map(|panel| &panel.breaks) {
        if !all.contains(change) {
            all.push(change.clone());
        }
    }
    number_breaks(&all, chart.periods.len())
}

fn missing(chart: &MultiplesChart<'_>) -> Vec<MissingRun> {
    gap::runs(chart.panels.iter().map(|panel| panel.series.data.as_slice()), chart.periods.len())
}
