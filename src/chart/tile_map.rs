//! Tile maps: districts or provinces as equal squares in rough places, shaded by a figure.

use rust_decimal::Decimal;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{Anchor, Ink, Item, Margins, NARROW, Scene, Show, Text, Voice};
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{Datum, Hue};
use crate::chart::drawing::{Drawing, Frame, KeyEntry, Sign};
use crate::chart::plot::classes::Classes;
use crate::chart::plot::missing::gap_runs;
use crate::chart::words::Words;
use crate::figure::grouped;

/// The largest and the smallest side of a tile with its gap.
const LARGEST: Px = Px::whole(60);
const SMALLEST: Px = Px::whole(22);
const GAP: Px = Px::whole(3);
/// The distance between the lines of the hatch.
const HATCH: i32 = 6;

/// Areas and their figures.
#[derive(Clone, Copy, Debug)]
pub struct TileMap<'a> {
    /// The areas, each at the place that the site gives it.
    pub tiles: &'a [MapTile],
    /// The unit of all figures.
    pub unit: &'a str,
}

/// One area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapTile {
    /// Its short name: two or three characters.
    pub name: String,
    /// Its column, from 0 at the left.
    pub column: u8,
    /// Its row, from 0 at the top.
    pub row: u8,
    /// Its figure, or why it has none.
    pub datum: Datum,
}

/// Draws a tile map; empty if no figure was reported.
pub fn tile_map(chart: &TileMap<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

pub(crate) fn layout(chart: &TileMap<'_>, words: &Words) -> Layout {
    let mut drawing = Drawing {
        missing: gap_runs(chart.tiles.iter().map(|tile| std::slice::from_ref(&tile.datum)), 1),
        ..Drawing::default()
    };
    let figures: Vec<Decimal> =
        chart.tiles.iter().filter_map(|tile| Some(tile.datum.reported()?.value)).collect();
    if figures.is_empty() {
        return Layout { scene: None, drawing };
    }
    let classes = Classes::quantiles(&figures);
    let columns = chart.tiles.iter().map(|tile| i32::from(tile.column) + 1).max().unwrap_or(1);
    let count = chart.tiles.iter().map(|tile| i32::from(tile.row) + 1).max().unwrap_or(1);
    let pitch = (NARROW / columns).min(LARGEST).max(SMALLEST);
    let mut scene = Scene { height: pitch * count, margins: Margins::default(), items: Vec::new() };
    draw_squares(&mut scene, chart, &classes, pitch);
    draw_texts(&mut scene, chart, &classes, pitch, words);
    drawing.key = key(chart, &classes, &figures, words);
    Layout { scene: Some(scene), drawing }
}

fn corner(tile: &MapTile, pitch: Px) -> (Px, Px) {
    (pitch * i32::from(tile.column), pitch * i32::from(tile.row))
}

fn class(tile: &MapTile, classes: &Classes) -> Option<u8> {
    Some(classes.class(tile.datum.reported()?.value))
}

/// Draws the squares class by class, and those without a figure hatched.
fn draw_squares(scene: &mut Scene, chart: &TileMap<'_>, classes: &Classes, pitch: Px) {
    let side = pitch - GAP;
    for bin in 1..=crate::chart::plot::classes::CLASS_COUNT as u8 {
        let of_class = chart.tiles.iter().filter(|tile| class(tile, classes) == Some(bin));
        let boxes = of_class.map(|tile| {
            let (left, top) = corner(tile, pitch);
            Step::Box([(left, top + side), (left + side, top)])
        });
        let path = Path(boxes.collect());
        scene.draw_loose(Ink::shade(bin), Show::Always, Across::LEFT, path);
    }
    let mut hatch = Path::new();
    for tile in chart.tiles.iter().filter(|tile| tile.datum.gap().is_some()) {
        hatch_square(&mut hatch, corner(tile, pitch), side);
    }
    scene.draw_loose(Ink::HATCH, Show::Always, Across::LEFT, hatch);
}

/// Adds diagonal lines within a square, and its outline.
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

/// Writes names, and figures under them if there is room for all of them.
fn draw_texts(scene: &mut Scene, chart: &TileMap<'_>, classes: &Classes, pitch: Px, words: &Words) {
    let side = pitch - GAP;
    let voice_of = |tile: &MapTile| match class(tile, classes) {
        Some(bin) => Voice::OnShade(bin),
        None => Voice::Value,
    };
    let said = |tile: &MapTile| match &tile.datum {
        Datum::Reported(reported) => grouped(reported.value),
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

/// Returns the classes that occur, from small to large, and the hatch.
pub(crate) fn key(
    chart: &TileMap<'_>,
    classes: &Classes,
    figures: &[Decimal],
    words: &Words,
) -> Vec<KeyEntry> {
    let entry = |sign, label| KeyEntry::new(sign, Hue::CONTEXT, label);
    let ranges = classes.ranges(figures).into_iter().map(|(class, low, high)| {
        let gap = if low < Decimal::ZERO { " – " } else { "–" };
        let (low, high) = (grouped(low), grouped(high));
        let range = if low == high { low } else { format!("{low}{gap}{high}") };
        entry(Sign::Shade(class), words.numbers.with_unit(&range, chart.unit).trim_end().to_owned())
    });
    let mut key: Vec<KeyEntry> = ranges.collect();
    let mut gaps: Vec<_> = chart.tiles.iter().filter_map(|tile| tile.datum.gap()).collect();
    gaps.sort_unstable();
    gaps.dedup();
    key.extend(gaps.into_iter().map(|gap| entry(Sign::Hatch, words.gap(gap).text.clone())));
    key
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::data::Peer;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        let length = if case.name == "long-names" { 9 } else { 2 };
        let tiles = placed(&case.peers_with_subject(), 3, length);
        tile_map(&TileMap { tiles: &tiles, unit: "条" }, frame)
    }

    fn placed(peers: &[Peer], columns: u8, length: usize) -> Vec<MapTile> {
        let tile = |(peer, at): (&Peer, u8)| MapTile {
            name: peer.name.chars().take(length).collect(),
            column: at % columns,
            row: at / columns,
            datum: peer.datum.clone(),
        };
        peers.iter().zip(0..).map(tile).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn tiles_are_in_order(
            peers in any_peers(12),
            columns in 1_u8..=11,
            words in any_words(),
        ) {
            let layout = layout(&TileMap { tiles: &placed(&peers, columns, 3), unit: "件" }, &words);
            let without = peers.iter().filter(|peer| peer.datum.gap().is_some()).count();
            prop_assert_eq!(check_layout(layout, &words), Ok(without));
        }
    }
}
