//! Flows: what came in becomes what went out, in bands as thick as the counts.
//!
//! A flow says that nothing was lost on the way, so it is drawn only where the figures say so too.

use rust_decimal::Decimal;

use super::super::input::{Datum, Hue};
use super::super::label::{Block, spread};
use super::super::scale::{Across, Px, Scale};
use super::super::scene::{Anchor, Ink, Item, Margins, Path, Scene, Show, Step, Text, Voice};
use super::super::text::{Face, lines_at_most};
use super::super::words::Words;
use super::super::{Drawing, Frame, KeyEntry, Layout, Sign};
use super::axis::steps;

/// A flow of fewer cases is a table.
const FEWEST: Decimal = Decimal::TEN;
/// The space for the name of the middle.
const HEAD: Px = Px::whole(22);
/// The thickness of everything together.
const BODY: Px = Px::whole(180);
/// Between neighbouring ends.
const GAP: Px = Px::whole(9);
/// The thinnest band.
const THINNEST: Px = Px::whole(1);
const LINE: Px = Px::whole(16);
/// The widest name of one line: the widest margin less the space before it.
const NAME_WIDTH: Px = Px::whole(175);
/// From the edge of the plot to a name, with room for the thin line between.
const NAME_GAP: Px = Px::whole(17);
/// Between two names.
const NAME_SPACE: Px = Px::whole(3);
/// Where everything comes together.
const MIDDLE: Across = Across(5_000);

/// What happened to the cases of one agency in one period.
#[derive(Clone, Copy, Debug)]
pub struct FlowChart<'a> {
    /// Where the cases came from.
    pub sources: &'a [Flow],
    /// What the middle is called: 办理.
    pub middle: &'a str,
    /// What became of them, what is carried over included, in the same order on every page.
    pub outcomes: &'a [Flow],
}

/// One end of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// How many cases.
    pub datum: Datum,
}

/// Why no flow can be drawn; a table shows the figures then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFlow {
    /// A figure is missing, so the balance cannot be taken.
    Missing,
    /// A figure is negative or too large.
    Improper,
    /// What came in is not what went out.
    Unbalanced {
        /// The sum of the sources.
        sources: Decimal,
        /// The sum of the outcomes.
        outcomes: Decimal,
    },
    /// Fewer than ten cases.
    Few,
}

/// Draws a flow, where its figures balance.
pub fn flow(chart: &FlowChart<'_>, frame: &Frame<'_>) -> Result<Drawing, NoFlow> {
    Ok(layout(chart, frame.words)?.draw(frame))
}

/// Lays a flow out.
pub(in super::super) fn layout(chart: &FlowChart<'_>, words: &Words) -> Result<Layout, NoFlow> {
    let sources = figures(chart.sources)?;
    let outcomes = figures(chart.outcomes)?;
    let total = sum(&sources)?;
    let out = sum(&outcomes)?;
    if total != out {
        return Err(NoFlow::Unbalanced { sources: total, outcomes: out });
    }
    if total < FEWEST {
        return Err(NoFlow::Few);
    }
    let scale = Scale::new(Decimal::ZERO, total, 0, BODY.0);
    let lay = |figures: Vec<(_, _)>| -> Vec<End> {
        figures.into_iter().map(|(flow, figure)| End::new(flow, figure, &scale, words)).collect()
    };
    let (sources, outcomes) = (lay(sources), lay(outcomes));
    let margin = |ends: &[End]| {
        let widest = ends.iter().flat_map(|end| &end.lines).map(|line| Face::BODY.width(line)).max();
        steps(widest.unwrap_or_default() + NAME_GAP)
    };
    let body = [&sources, &outcomes]
        .map(|ends| spread_height(ends).max(names_height(ends)))
        .into_iter()
        .fold(BODY, Px::max);
    let mut scene = Scene {
        height: HEAD + body + Px::whole(2),
        margins: Margins {
            left: margin(&sources),
            left_wide_only: true,
            right: margin(&outcomes),
            right_narrow: 0,
        },
        items: Vec::new(),
    };
    let centre = HEAD + body.half();
    let node = thickness(&sources).max(thickness(&outcomes));
    let node = (centre - node.half(), centre + node.half());
    draw_bands(&mut scene, &sources, Side::Left, centre, node.0);
    draw_bands(&mut scene, &outcomes, Side::Right, centre, node.0);
    let line = Path::line((MIDDLE, node.0), (MIDDLE, node.1));
    scene.items.push(Item::Path(Ink::node(Hue::CONTEXT), Show::Always, line));
    draw_names(&mut scene, &sources, Side::Left, centre);
    draw_names(&mut scene, &outcomes, Side::Right, centre);
    let name = format!("{} {}", chart.middle, words.numbers.full(total));
    let name = Text::new(name, MIDDLE, Px::whole(13)).anchored(Anchor::Middle);
    scene.items.push(Item::Text(name.voiced(Voice::Strong)));
    let key = sources.iter().chain(&outcomes).map(End::entry).collect();
    Ok(Layout { scene: Some(scene), drawing: Drawing { key, ..Drawing::default() } })
}

/// The flows that apply, with their figures.
fn figures(flows: &[Flow]) -> Result<Vec<(&Flow, Decimal)>, NoFlow> {
    let mut figures = Vec::with_capacity(flows.len());
    for flow in flows {
        match &flow.datum {
            Datum::Reported(reported) if reported.value < Decimal::ZERO => {
                return Err(NoFlow::Improper);
            }
            Datum::Reported(reported) => figures.push((flow, reported.value)),
            Datum::Gap(gap) if gap.is_missing() => return Err(NoFlow::Missing),
            Datum::Gap(_) => {}
        }
    }
    Ok(figures)
}

fn sum(figures: &[(&Flow, Decimal)]) -> Result<Decimal, NoFlow> {
    figures
        .iter()
        .try_fold(Decimal::ZERO, |sum, (_, figure)| sum.checked_add(*figure).ok_or(NoFlow::Improper))
}

/// One end of the flow, laid out.
struct End {
    name: String,
    figure: String,
    hue: Hue,
    thickness: Px,
    lines: Vec<String>,
}

impl End {
    fn new(flow: &Flow, figure: Decimal, scale: &Scale, words: &Words) -> Self {
        let written = words.numbers.full(figure);
        let label = format!("{} {written}", flow.name);
        Self {
            name: flow.name.clone(),
            figure: written,
            hue: flow.hue,
            thickness: if figure.is_zero() { Px(0) } else { Px(scale.place(figure)).max(THINNEST) },
            lines: lines_at_most(&label, NAME_WIDTH, Face::BODY, 3),
        }
    }

    fn name_height(&self) -> Px {
        LINE * i32::try_from(self.lines.len()).unwrap_or(0) + NAME_SPACE
    }

    /// Its name in the key, for narrow drawings, which have no room for names.
    fn entry(&self) -> KeyEntry {
        KeyEntry {
            sign: Sign::Area,
            hue: self.hue,
            mark: String::new(),
            label: self.name.clone(),
            value: Some(self.figure.clone()),
            narrow_only: true,
        }
    }
}

/// How thick all ends are together.
fn thickness(ends: &[End]) -> Px {
    ends.iter().fold(Px(0), |sum, end| sum + end.thickness)
}

/// How high all ends are with the gaps between them.
fn spread_height(ends: &[End]) -> Px {
    let gaps = i32::try_from(ends.len().saturating_sub(1)).unwrap_or(0);
    thickness(ends) + GAP * gaps
}

fn names_height(ends: &[End]) -> Px {
    ends.iter().fold(Px(0), |sum, end| sum + end.name_height())
}

/// The side of the middle that ends lie on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// The upper edges of the ends, around a centre.
fn tops(ends: &[End], centre: Px) -> impl Iterator<Item = Px> {
    let mut next = centre - spread_height(ends).half();
    ends.iter().map(move |end| {
        let top = next;
        next = next + end.thickness + GAP;
        top
    })
}

fn draw_bands(scene: &mut Scene, ends: &[End], side: Side, centre: Px, node: Px) {
    let (edge, inset) = match side {
        Side::Left => (Across::LEFT, Px::whole(3)),
        Side::Right => (Across::RIGHT, -Px::whole(3)),
    };
    let mut inner = node;
    let mut stops = Vec::new();
    for (end, top) in ends.iter().zip(tops(ends, centre)) {
        if end.thickness == Px(0) {
            continue;
        }
        let bottom = top + end.thickness;
        let band = Path(vec![
            Step::Move(edge, top),
            Step::Level(MIDDLE, inner),
            Step::Line(MIDDLE, inner + end.thickness),
            Step::Level(edge, bottom),
            Step::Close,
        ]);
        scene.items.push(Item::Path(Ink::band(end.hue), Show::Always, band));
        let stop = Path::line((inset, top), (inset, bottom));
        stops.push(Item::Loose(Ink::node(end.hue), Show::Always, edge, stop));
        inner = inner + end.thickness;
    }
    scene.items.extend(stops);
}

/// Writes the names beside the ends; where it is narrow the key has them.
fn draw_names(scene: &mut Scene, ends: &[End], side: Side, centre: Px) {
    let blocks: Vec<Block> = ends
        .iter()
        .zip(tops(ends, centre))
        .map(|(end, top)| Block { middle: (top + end.thickness.half()).0, height: end.name_height().0 })
        .collect();
    let middles = spread(&blocks, HEAD.0, scene.height.0);
    let mut places = Vec::new();
    for (end, middle) in ends.iter().zip(&middles) {
        let mut y = Px(*middle) - (end.name_height() - NAME_SPACE).half() - Px::whole(4);
        for line in &end.lines {
            y = y + LINE;
            places.push((line, y));
        }
    }
    draw_leaders(scene, ends, side, &blocks, &middles);
    let (x, gap, anchor) = match side {
        Side::Left => (Across::LEFT, -NAME_GAP, Anchor::End),
        Side::Right => (Across::RIGHT, NAME_GAP, Anchor::Start),
    };
    let text = |(line, y)| Text::new(line, x, y).shifted(gap).anchored(anchor).voiced(Voice::Plain);
    scene.items.extend(places.into_iter().map(|place| Item::Text(text(place).shown(Show::Wide))));
}

/// Draws a thin line from an end to its name, where the name had to move.
fn draw_leaders(scene: &mut Scene, ends: &[End], side: Side, blocks: &[Block], middles: &[i32]) {
    let (edge, out) = match side {
        Side::Left => (Across::LEFT, -1),
        Side::Right => (Across::RIGHT, 1),
    };
    for ((end, block), middle) in ends.iter().zip(blocks).zip(middles) {
        let (from, to) = (Px(block.middle), Px(*middle));
        if (from.0 - to.0).abs() < Px::whole(2).0 || end.thickness == Px(0) {
            continue;
        }
        let at = |dx: i32| Px::whole(out * dx);
        let mut path = Path::line((at(1), from), (at(4), from));
        path.0.extend([Step::Line(at(9), to), Step::Line(at(13), to)]);
        scene.items.push(Item::Loose(Ink::leader(end.hue), Show::Wide, edge, path));
    }
}
