//! The picture of a heat map, which stands alone in its file.

use super::super::bins::{BINS, Bins};
use super::super::input::{Datum, Gap};
use super::super::scale::{Across, Px};
use super::super::scene::{
    Anchor, Fill, Ink, Item, MARGIN_STEP, Margins, Path, Rect, Scene, Show, Step, Text, Voice,
};
use super::super::text::lines_at_most;
use super::super::words::Words;
use super::{HeatRow, HeatTable};

/// The width of the names, in steps of a margin.
const NAMES: i32 = 15;
const LINE: Px = Px::whole(16);
/// The space between two cells, and around the text of one.
const SEAM: Px = Px::whole(2);
const PADDING: Px = Px::whole(5);
const NARROWEST: Px = Px::whole(34);
const HEAD: Px = Px::whole(22);

/// Lays the picture out, and tells how wide its columns together have to be.
pub(in super::super) fn layout(table: &HeatTable<'_>, bins: &Bins, words: &Words) -> (Scene, Px) {
    let count = table.columns.len();
    let pitch = pitch(table, words);
    let plot = pitch * i32::try_from(count).unwrap_or(i32::MAX);
    let names = Px::whole(NAMES * MARGIN_STEP);
    let mut scene =
        Scene { height: HEAD, margins: Margins { left: NAMES, ..Margins::default() }, items: Vec::new() };
    let at = |column: usize| Across::share(column, count);
    let seam = Across::share(SEAM.0.unsigned_abs() as usize, plot.0.unsigned_abs() as usize);
    let over = |x, text: &str| Text::new(text, x, Px::whole(14));
    scene.items.push(Item::Text(over(Across::LEFT, table.head).shifted(-names)));
    for (column, label) in table.columns.iter().enumerate() {
        let middle = Across::share(2 * column + 1, 2 * count);
        scene.items.push(Item::Text(over(middle, label).anchored(Anchor::Middle)));
    }
    let mut shades: [Path<Across>; BINS] = std::array::from_fn(|_| Path::new());
    let mut hatches = Vec::new();
    let mut labels = Vec::new();
    let mut texts = Vec::new();
    for row in table.rows {
        let lines = lines_at_most(&row.name, names - PADDING * 2, Voice::Plain.face(), 3);
        let height = LINE * i32::try_from(lines.len().max(1)).unwrap_or(1) + PADDING * 2;
        let (top, bottom) = (scene.height, scene.height + height - SEAM);
        for (line, y) in lines.iter().zip(1..) {
            let text = Text::new(line, Across::LEFT, top + LINE * y).shifted(-names);
            labels.push(Item::Text(text.voiced(Voice::Plain)));
        }
        let baseline = top + (height - SEAM).half() + Px::whole(5);
        for column in 0..count {
            let middle = Across::share(2 * column + 1, 2 * count);
            let (content, voice) = said(table, row.at(column), bins, words);
            if let Voice::OnBin(class) = voice
                && let Some(shade) = shades.get_mut(usize::from(class).saturating_sub(1))
            {
                shade.0.push(Step::Box([(at(column), bottom), (at(column + 1) - seam, top)]));
            }
            texts.push(Text::new(content, middle, baseline).anchored(Anchor::Middle).voiced(voice));
        }
        for (first, last) in hatched(row, count) {
            hatches.push(Item::Rect(Rect {
                fill: Fill::Hatch,
                x: at(first),
                width: at(last + 1) - seam - at(first),
                y: top,
                height: bottom - top,
            }));
        }
        scene.height = scene.height + height;
    }
    for (shade, class) in shades.into_iter().zip(1..) {
        if !shade.is_empty() {
            scene.items.push(Item::Path(Ink::bin(class), Show::Always, shade));
        }
    }
    scene.items.extend(hatches);
    scene.items.extend(labels);
    texts.sort_by_key(|text| text.voice.class());
    scene.items.extend(texts.into_iter().map(Item::Text));
    (scene, plot)
}

/// What stands in a cell, and how.
fn said(table: &HeatTable<'_>, datum: &Datum, bins: &Bins, words: &Words) -> (String, Voice) {
    match datum {
        Datum::Gap(gap) => (words.gap(*gap).mark.clone(), Voice::Value),
        Datum::Reported(reported) => {
            let mut text = table.text(reported, words);
            for remark in words.remarks(reported.flags) {
                text.push(' ');
                text.push_str(&remark.mark);
            }
            (text, Voice::OnBin(bins.class(reported.value)))
        }
    }
}

/// The width of a column: that of its widest text.
fn pitch(table: &HeatTable<'_>, words: &Words) -> Px {
    // The class of a figure does not change the size of its text.
    let bins = Bins::quantiles(&[]);
    let cells = table.all().map(|datum| said(table, datum, &bins, words));
    let cells = cells.map(|(text, voice)| voice.face().width(&text));
    let heads = table.columns.iter().map(|label| Voice::Axis.face().width(label));
    cells.chain(heads).max().unwrap_or_default().max(NARROWEST) + PADDING * 2
}

/// The runs of columns in which a row misses a figure.
fn hatched(row: &HeatRow, count: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for column in 0..count {
        if !row.at(column).gap().is_some_and(Gap::is_missing) {
            continue;
        }
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == column => *last = column,
            _ => runs.push((column, column)),
        }
    }
    runs
}
