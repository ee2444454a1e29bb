//! Tiles: districts or provinces as equal squares in rough places, shaded by a figure.

use rust_decimal::Decimal;

use super::super::bins::Bins;
use super::super::input::{Datum, Hue};
use super::super::scale::{Across, Px};
use super::super::scene::{Anchor, Ink, Item, Margins, NARROW, Path, Scene, Show, Step, Text, Voice};
use super::super::words::Words;
use super::super::{Drawing, Frame, KeyEntry, Layout, Sign};

/// The largest and the smallest side of a tile with its gap.
const LARGEST: Px = Px::whole(60);
const SMALLEST: Px = Px::whole(22);
const GAP: Px = Px::whole(3);
/// The distance of the lines of the hatch.
const HATCH: i32 = 6;

/// Areas and their figures.
#[derive(Clone, Copy, Debug)]
pub struct TileChart<'a> {
    /// The areas, each at its place; the site supplies the places.
    pub tiles: &'a [Tile],
    /// Whether the figures are shares, whose classes have equal widths.
    pub share: bool,
    /// The unit of all figures.
    pub unit: &'a str,
}

/// One area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Its short name: two or three characters.
    pub name: String,
    /// Its column, from 0 at the left.
    pub column: u8,
    /// Its row, from 0 at the top.
    pub row: u8,
    /// Its figure, or why it has none.
    pub datum: Datum,
}

/// Draws tiles; empty where no figure was reported.
pub fn tiles(chart: &TileChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

/// Lays tiles out.
pub(in super::super) fn layout(chart: &TileChart<'_>, words: &Words) -> Layout {
    let rows: Vec<&[Datum]> = chart.tiles.iter().map(|tile| std::slice::from_ref(&tile.datum)).collect();
    let mut drawing = Drawing { missing: super::gap::runs(rows.into_iter(), 1), ..Drawing::default() };
    let figures: Vec<Decimal> =
        chart.tiles.iter().filter_map(|tile| Some(tile.datum.reported()?.value)).collect();
    if figures.is_empty() {
        return Layout { scene: None, drawing };
    }
    let bins = if chart.share {
        Bins::equal(Decimal::ZERO, Decimal::ONE_HUNDRED)
    } else {
        Bins::quantiles(&figures)
    };
    let columns = chart.tiles.iter().map(|tile| i32::from(tile.column) + 1).max().unwrap_or(1);
    let count = chart.tiles.iter().map(|tile| i32::from(tile.row) + 1).max().unwrap_or(1);
    let pitch = (NARROW / columns).min(LARGEST).max(SMALLEST);
    let mut scene = Scene { height: pitch * count, margins: Margins::default(), items: Vec::new() };
    draw_squares(&mut scene, chart, &bins, pitch);
    draw_texts(&mut scene, chart, &bins, pitch, words);
    drawing.key = key(chart, &bins, &figures, words);
    Layout { scene: Some(scene), drawing }
}

/// The left and the upper edge of a tile.
fn corner(tile: &Tile, pitch: Px) -> (Px, Px) {
    (pitch * i32::from(tile.column), pitch * i32::from(tile.row))
}

fn class(tile: &Tile, bins: &Bins) -> Option<u8> {
    Some(bins.class(tile.datum.reported()?.value))
}

/// The squares class by class, and those without a figure hatched.
fn draw_squares(scene: &mut Scene, chart: &TileChart<'_>, bins: &Bins, pitch: Px) {
    let side = pitch - GAP;
    for bin in 1..=super::super::bins::BINS as u8 {
        let of_class = chart.tiles.iter().filter(|tile| class(tile, bins) == Some(bin));
        let boxes = of_class.map(|tile| {
            let (left, top) = corner(tile, pitch);
            Step::Box([(left, top + side), (left + side, top)])
        });
        let path = Path(boxes.collect());
        if !path.is_empty() {
            scene.items.push(Item::Loose(Ink::bin(bin), Show::Always, Across::LEFT, path));
        }
    }
    let mut hatch = Path::new();
    for tile in chart.tiles.iter().filter(|tile| tile.datum.gap().is_some()) {
        hatch_square(&mut hatch, corner(tile, pitch), side);
    }
    if !hatch.is_empty() {
        scene.items.push(Item::Loose(Ink::HATCH, Show::Always, Across::LEFT, hatch));
    }
}

/// Diagonal lines within a square, and its outline.
fn hatch_square(path: &mut Path<Px>, (left, top): (Px, Px), side: Px) {
    let (right, bottom) = (left + side, top + side);
    path.0.push(Step::Box([(left, bottom), (right, top)]));
    let mut at = Px::whole(HATCH);
    while at < side + side {
        let over = (at - side).max(Px(0));
        let within = at.min(side);
        path.0.extend(Path::line((left + over, top + within), (left + within, top + over)).0);
        at = at + Px::whole(HATCH);
    }
}

/// Names, and under them figures where there is room for all of them.
fn draw_texts(scene: &mut Scene, chart: &TileChart<'_>, bins: &Bins, pitch: Px, words: &Words) {
    let side = pitch - GAP;
    let voice_of = |tile: &Tile| match class(tile, bins) {
        Some(bin) => Voice::OnBin(bin),
        None => Voice::Value,
    };
    let said = |tile: &Tile| match &tile.datum {
        Datum::Reported(reported) => words.numbers.full(reported.value),
        Datum::Gap(gap) => words.gap(*gap).mark.clone(),
    };
    let fits = |text: &str, voice: Voice| voice.face().width(text) <= side;
    let with_figures =
        side >= Px::whole(36) && chart.tiles.iter().all(|tile| fits(&said(tile), voice_of(tile)));
    let mut texts = Vec::new();
    for tile in chart.tiles {
        let (left, top) = corner(tile, pitch);
        let centre = left + side.half();
        let middle = top + side.half() + Px::whole(5);
        let voice = voice_of(tile);
        let mut line = |text: String, y: Px| {
            texts.push(
                Text::new(text, Across::LEFT, y).shifted(centre).anchored(Anchor::Middle).voiced(voice),
            );
        };
        let name =
            if fits(&tile.name, voice) { tile.name.clone() } else { tile.name.chars().take(1).collect() };
        if with_figures {
            line(name, middle - Px::whole(8));
            line(said(tile), middle + Px::whole(9));
        } else {
            line(name, middle);
        }
    }
    texts.sort_by_key(|text| text.voice.class());
    scene.items.extend(texts.into_iter().map(Item::Text));
}

/// The classes that occur, from small to large, and the hatch.
pub(super) fn key(chart: &TileChart<'_>, bins: &Bins, figures: &[Decimal], words: &Words) -> Vec<KeyEntry> {
    let entry = |sign, label| KeyEntry {
        sign,
        hue: Hue::CONTEXT,
        mark: String::new(),
        label,
        value: None,
        narrow_only: false,
    };
    let ranges = bins.ranges(figures).into_iter().map(|(class, low, high)| {
        let gap = if low < Decimal::ZERO { " – " } else { "–" };
        let (low, high) = (words.numbers.full(low), words.numbers.full(high));
        let range = if low == high { low } else { format!("{low}{gap}{high}") };
        entry(Sign::Bin(class), words.numbers.with_unit(&range, chart.unit).trim_end().to_owned())
    });
    let mut key: Vec<KeyEntry> = ranges.collect();
    let mut gaps: Vec<_> = chart.tiles.iter().filter_map(|tile| tile.datum.gap()).collect();
    gaps.sort_unstable();
    gaps.dedup();
    key.extend(gaps.into_iter().map(|gap| entry(Sign::Hatch, words.gap(gap).text.clone())));
    key
}
