//! Waffles: the parts of one whole as a hundred squares.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{Ink, Item, Margins, NARROW, Scene, Show, Text, Voice};
use crate::chart::canvas::text::{Face, lines_at_most};
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{Category, GapReason};
use crate::chart::drawing::{Drawing, Frame};
use crate::chart::words::Words;
use crate::figure::grouped;

/// Fewer cases make no waffle.
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
    pub parts: &'a [Category],
}

/// Draws a waffle; empty if a part is missing or the whole is under twenty cases, so that no
/// share of little is shown.
pub fn waffle(chart: &WaffleChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

pub(crate) fn layout(chart: &WaffleChart<'_>, words: &Words) -> Layout {
    let empty = || Layout { scene: None, drawing: Drawing::default() };
    if chart.parts.iter().any(|part| part.datum.gap().is_some_and(GapReason::is_missing)) {
        return empty();
    }
    let parts: Vec<(&Category, Decimal)> =
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

/// Returns how many of a hundred squares each part has: its whole hundredths, and what is left over to those
/// that lost most by rounding (largest remainders). `None` if the numbers are too large.
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

/// Draws the squares, column by column from the upper left.
fn draw_cells(scene: &mut Scene, parts: &[(&Category, Decimal)], cells: &[usize]) {
    let mut next = 0;
    for ((part, _), count) in parts.iter().zip(cells) {
        let boxes = (next..next + count).map(|at| {
            let along = |n: usize| PITCH * i32::try_from(n).unwrap_or(0);
            let (left, top) = (along(at / SIDE), along(at % SIDE));
            Step::Box([(left, top + CELL), (left + CELL, top)])
        });
        let path = Path(boxes.collect());
        next += count;
        scene.draw_loose(Ink::area(part.hue), Show::Always, Across::LEFT, path);
    }
}

/// Writes the names with their exact shares, beside squares of their colours; returns where they end.
fn draw_names(scene: &mut Scene, parts: &[(&Category, Decimal)], sum: Decimal, words: &Words) -> Px {
    let mut y = Px(0);
    let mut texts = Vec::new();
    for (part, figure) in parts {
        let share = words.numbers.share(*figure, sum).unwrap_or_default();
        let top = y + Px::whole(3);
        let left = SQUARES + Px::whole(16);
        let sign = Path(vec![Step::Box([(left, top + Px::whole(10)), (left + Px::whole(10), top)])]);
        scene.draw_loose(Ink::area(part.hue), Show::Always, Across::LEFT, sign);
        for line in lines_at_most(&part.name, NARROW - NAME, Face::BODY, 3) {
            y = y + LINE;
            texts.push(Text::new(line, Across::LEFT, y - Px::whole(4)).shifted(NAME).voiced(Voice::Plain));
        }
        let full = grouped(*figure);
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
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        waffle(&WaffleChart { parts: &case.categories() }, frame)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn waffles_are_in_order(peers in any_peers(12), words in any_words()) {
            let parts = categories_of(&peers);
            let layout = layout(&WaffleChart { parts: &parts }, &words);
            let lacks_part = parts.iter().any(|part| part.datum.gap().is_some_and(GapReason::is_missing));
            prop_assert!(!lacks_part || layout.scene.is_none(), "a waffle without a part");
            prop_assert_eq!(check_layout(layout, &words), Ok(0));
        }
    }

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
