//! Waffles: the parts of one whole as a hundred squares.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::input::Gap;
use super::super::scale::{Across, Px};
use super::super::scene::{Ink, Item, Margins, NARROW, Path, Scene, Show, Step, Text, Voice};
use super::super::text::{Face, lines_at_most};
use super::super::words::Words;
use super::super::{Drawing, Frame, Layout};
use super::flow::Flow;

/// A whole of fewer cases is told in a table.
const FEWEST: Decimal = Decimal::from_parts(20, 0, 0, false, 0);
const SIDE: usize = 10;
const CELL: Px = Px::whole(13);
const PITCH: Px = Px::whole(15);
/// The width of all squares.
const SQUARES: Px = Px(PITCH.0 * 10 - 20);
/// Where the names begin, after their squares.
const NAME: Px = Px(SQUARES.0 + 160 + 160);
const LINE: Px = Px::whole(17);

/// The parts of one whole.
#[derive(Clone, Copy, Debug)]
pub struct WaffleChart<'a> {
    /// The parts in the same order on every page; together they are the whole.
    pub parts: &'a [Flow],
}

/// Draws a waffle; empty where a part is missing or the whole is under twenty cases, so that no
/// share of little is shown.
pub fn waffle(chart: &WaffleChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

/// Lays a waffle out.
pub(in super::super) fn layout(chart: &WaffleChart<'_>, words: &Words) -> Layout {
    let empty = || Layout { scene: None, drawing: Drawing::default() };
    if chart.parts.iter().any(|part| part.datum.gap().is_some_and(Gap::is_missing)) {
        return empty();
    }
    let parts: Vec<(&Flow, Decimal)> =
        chart.parts.iter().filter_map(|part| Some((part, part.datum.reported()?.value))).collect();
    let figures: Vec<Decimal> = parts.iter().map(|(_, figure)| *figure).collect();
    let sum = figures.iter().try_fold(Decimal::ZERO, |sum, figure| sum.checked_add(*figure));
    let Some(sum) = sum.filter(|sum| *sum >= FEWEST && figures.iter().all(|f| *f >= Decimal::ZERO)) else {
        return empty();
    };
    let Some(cells) = shares(&figures, sum) else { return empty() };
    let mut scene = Scene::within(Margins::default());
    draw_cells(&mut scene, &parts, &cells);
    let height = draw_names(&mut scene, &parts, sum, words);
    scene.height = height.max(SQUARES) + Px::whole(2);
    Layout { scene: Some(scene), drawing: Drawing::default() }
}

/// How many of a hundred squares each part has: its whole hundredths, and what is left over to those
/// that lost most by that. `None` where the numbers are too large.
fn shares(figures: &[Decimal], sum: Decimal) -> Option<Vec<usize>> {
    let exact: Vec<Decimal> = figures
        .iter()
        .map(|figure| figure.checked_div(sum)?.checked_mul(Decimal::ONE_HUNDRED))
        .collect::<Option<_>>()?;
    let mut cells: Vec<usize> = exact.iter().map(|share| share.trunc().to_usize()).collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(exact.get(*at).map(Decimal::fract)));
    let left = (SIDE * SIDE).checked_sub(cells.iter().sum())?;
    for at in order.into_iter().cycle().take(left) {
        *cells.get_mut(at)? += 1;
    }
    Some(cells)
}

/// The squares, column by column from the upper left.
fn draw_cells(scene: &mut Scene, parts: &[(&Flow, Decimal)], cells: &[usize]) {
    let mut next = 0;
    for ((part, _), count) in parts.iter().zip(cells) {
        let boxes = (next..next + count).map(|at| {
            let along = |n: usize| PITCH * i32::try_from(n).unwrap_or(0);
            let (left, top) = (along(at / SIDE), along(at % SIDE));
            Step::Box([(left, top + CELL), (left + CELL, top)])
        });
        let path = Path(boxes.collect());
        next += count;
        if !path.is_empty() {
            scene.items.push(Item::Loose(Ink::area(part.hue), Show::Always, Across::LEFT, path));
        }
    }
}

/// The names with their exact shares, beside squares of their colours; returns where they end.
fn draw_names(scene: &mut Scene, parts: &[(&Flow, Decimal)], sum: Decimal, words: &Words) -> Px {
    let mut y = Px(0);
    let mut texts = Vec::new();
    for (part, figure) in parts {
        let share = words.numbers.percent(*figure, sum).unwrap_or_default();
        let top = y + Px::whole(3);
        let left = SQUARES + Px::whole(16);
        let sign = Path(vec![Step::Box([(left, top + Px::whole(10)), (left + Px::whole(10), top)])]);
        scene.items.push(Item::Loose(Ink::area(part.hue), Show::Always, Across::LEFT, sign));
        for line in lines_at_most(&part.name, NARROW - NAME, Face::BODY, 3) {
            y = y + LINE;
            texts.push(Text::new(line, Across::LEFT, y - Px::whole(4)).shifted(NAME).voiced(Voice::Plain));
        }
        let full = words.numbers.full(*figure);
        let both = format!("{full} · {share}");
        let fits = Voice::Axis.face().width(&both) <= NARROW - NAME;
        for line in if fits { vec![both] } else { vec![full, share] } {
            y = y + LINE;
            texts.push(Text::new(line, Across::LEFT, y - Px::whole(4)).shifted(NAME).voiced(Voice::Axis));
        }
        y = y + Px::whole(6);
    }
    texts.sort_by_key(|text| text.voice.class());
    scene.items.extend(texts.into_iter().map(Item::Text));
    y
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn squares_are_a_hundred_and_nearly_the_shares(numbers in prop::collection::vec(0_i64..5_000, 1..9)) {
            let sum: i64 = numbers.iter().sum();
            prop_assume!(sum > 0);
            let figures: Vec<Decimal> = numbers.iter().map(|n| Decimal::from(*n)).collect();
            let cells = shares(&figures, Decimal::from(sum)).unwrap();
            prop_assert_eq!(cells.iter().sum::<usize>(), 100);
            for (cell, number) in cells.iter().zip(&numbers) {
                let exact = number * 100 / sum;
                prop_assert!((exact..=exact + 1).contains(&i64::try_from(*cell).unwrap()));
            }
        }
    }
}
