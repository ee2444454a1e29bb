//! Sankey diagrams: what came in becomes what went out, in bands as thick as the counts.
//!
//! Bands say that nothing was lost on the way, so they are drawn only if the figures balance.

use rust_decimal::Decimal;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px, Scale};
use crate::chart::canvas::scene::{Anchor, Ink, Item, Margins, Scene, Show, Text, Voice};
use crate::chart::canvas::text::{Face, lines_at_most};
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{Category, Datum, Hue};
use crate::chart::drawing::{Drawing, Frame, KeyEntry, Sign};
use crate::chart::plot::label_spread::{Block, spread};
use crate::chart::plot::value_axis::steps;
use crate::figure::grouped;

/// Fewer cases make no diagram.
const FEWEST: Decimal = Decimal::TEN;
/// The space for the name of the middle.
const HEAD: Px = Px::whole(22);
/// The thickness of all bands together.
const BODY: Px = Px::whole(180);
const GAP: Px = Px::whole(9);
const THINNEST: Px = Px::whole(1);
const LINE: Px = Px::whole(16);
/// The widest name of one line: the widest margin less the space before it.
const NAME_WIDTH: Px = Px::whole(175);
/// From the edge of the plot to a name, with room for a leader.
const NAME_GAP: Px = Px::whole(17);
const NAME_SPACE: Px = Px::whole(3);
/// Where all bands meet.
const MIDDLE: Across = Across(5_000);

/// What happened to the cases of one agency in one period.
#[derive(Clone, Copy, Debug)]
pub struct SankeyChart<'a> {
    /// Where the cases came from.
    pub sources: &'a [Category],
    /// The name of the middle: 办理.
    pub middle: &'a str,
    /// What became of them, cases carried over included, in the same order on every page.
    pub outcomes: &'a [Category],
}

/// Why the figures cannot be drawn; a table shows them then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SankeyError {
    /// A figure is missing, so the balance cannot be taken.
    Missing,
    /// A figure is negative or too large.
    Improper,
    /// Sources and outcomes differ.
    Unbalanced {
        /// The sum of the sources.
        sources: Decimal,
        /// The sum of the outcomes.
        outcomes: Decimal,
    },
    /// Fewer than ten cases.
    Few,
}

/// Draws a Sankey diagram. Fails if the figures do not balance, or are missing or few.
pub fn sankey(chart: &SankeyChart<'_>, frame: &Frame<'_>) -> Result<Drawing, SankeyError> {
    Ok(layout(chart)?.draw(frame))
}

pub(crate) fn layout(chart: &SankeyChart<'_>) -> Result<Layout, SankeyError> {
    let sources = figures(chart.sources)?;
    let outcomes = figures(chart.outcomes)?;
    let total = sum(&sources)?;
    let out = sum(&outcomes)?;
    if total != out {
        return Err(SankeyError::Unbalanced { sources: total, outcomes: out });
    }
    if total < FEWEST {
        return Err(SankeyError::Few);
    }
    let scale = Scale::new(Decimal::ZERO, total, 0, BODY.0);
    let lay = |figures: Vec<(_, _)>| -> Vec<End> {
        figures.into_iter().map(|(category, figure)| End::new(category, figure, &scale)).collect()
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
    scene.draw(Ink::node(Hue::CONTEXT), Show::Always, line);
    draw_names(&mut scene, &sources, Side::Left, centre);
    draw_names(&mut scene, &outcomes, Side::Right, centre);
    let name = format!("{} {}", chart.middle, grouped(total));
    let name = Text::new(name, MIDDLE, Px::whole(13)).anchored(Anchor::Middle);
    scene.write(name.voiced(Voice::Strong));
    let key = sources.iter().chain(&outcomes).map(End::entry).collect();
    Ok(Layout { scene: Some(scene), drawing: Drawing { key, ..Drawing::default() } })
}

/// Returns the categories that apply, with their figures.
fn figures(flows: &[Category]) -> Result<Vec<(&Category, Decimal)>, SankeyError> {
    let mut figures = Vec::with_capacity(flows.len());
    for flow in flows {
        match &flow.datum {
            Datum::Reported(reported) if reported.value < Decimal::ZERO => {
                return Err(SankeyError::Improper);
            }
            Datum::Reported(reported) => figures.push((flow, reported.value)),
            Datum::Gap(gap) if gap.is_missing() => return Err(SankeyError::Missing),
            Datum::Gap(_) => {}
        }
    }
    Ok(figures)
}

fn sum(figures: &[(&Category, Decimal)]) -> Result<Decimal, SankeyError> {
    figures
        .iter()
        .try_fold(Decimal::ZERO, |sum, (_, figure)| sum.checked_add(*figure).ok_or(SankeyError::Improper))
}

/// A source or outcome, laid out.
struct End {
    name: String,
    figure: String,
    hue: Hue,
    thickness: Px,
    lines: Vec<String>,
}

impl End {
    fn new(category: &Category, figure: Decimal, scale: &Scale) -> Self {
        let written = grouped(figure);
        let label = format!("{} {written}", category.name);
        Self {
            name: category.name.clone(),
            figure: written,
            hue: category.hue,
            thickness: if figure.is_zero() { Px(0) } else { Px(scale.place(figure)).max(THINNEST) },
            lines: lines_at_most(&label, NAME_WIDTH, Face::BODY, 3),
        }
    }

    fn name_height(&self) -> Px {
        LINE * self.lines.len() + NAME_SPACE
    }

    /// Returns its entry in the key, for narrow drawings, which have no room for names.
    fn entry(&self) -> KeyEntry {
        KeyEntry::narrow(Sign::Area, self.hue, &self.name, Some(self.figure.clone()))
    }
}

fn thickness(ends: &[End]) -> Px {
    ends.iter().fold(Px(0), |sum, end| sum + end.thickness)
}

/// Returns the height of all ends with the gaps between them.
fn spread_height(ends: &[End]) -> Px {
    let gaps = i32::try_from(ends.len().saturating_sub(1)).unwrap_or(0);
    thickness(ends) + GAP * gaps
}

fn names_height(ends: &[End]) -> Px {
    ends.iter().fold(Px(0), |sum, end| sum + end.name_height())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Returns the upper edges of the ends, around a centre.
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
        scene.draw(Ink::band(end.hue), Show::Always, band);
        let stop = Path::line((inset, top), (inset, bottom));
        stops.push(Item::Loose(Ink::node(end.hue), Show::Always, edge, stop));
        inner = inner + end.thickness;
    }
    scene.items.extend(stops);
}

/// Writes the names beside the ends; in narrow drawings the key has them.
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

/// Draws a leader from an end to its name, if the name had to move.
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
        scene.draw_loose(Ink::leader(end.hue), Show::Wide, edge, path);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        let ends = case.categories();
        sankey(&SankeyChart { sources: &ends, middle: "办理", outcomes: &ends }, frame).unwrap_or_default()
    }

    /// The requests of one year, from where they came to what became of them.
    pub(crate) fn requests(frame: &Frame<'_>) -> Drawing {
        let chart = SankeyChart {
            sources: &categories(&[("本年新收", "380"), ("上年结转", "22")]),
            middle: "办理",
            outcomes: &categories(&[
                ("予以公开", "202"),
                ("部分公开", "49"),
                ("不予公开", "35"),
                ("无法提供", "100"),
                ("不予处理", "0"),
                ("结转下年度", "16"),
            ]),
        };
        sankey(&chart, frame).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn flows_are_in_order(
            sources in prop::collection::vec(0_i64..5_000, 1..4),
            cuts in prop::collection::vec(0_i64..5_000, 0..6),
            names in prop::collection::vec("[a-z ]{1,30}|[县局、（）公开数量]{1,24}", 11),
            lost in (any_gap(), 0_usize..12),
            words in any_words(),
        ) {
            let total: i64 = sources.iter().sum();
            let mut rest = total;
            let mut outcomes: Vec<i64> = cuts
                .into_iter()
                .map(|cut| {
                    let part = cut.min(rest);
                    rest -= part;
                    part
                })
                .collect();
            outcomes.push(rest);
            let ends = |figures: Vec<i64>, names: &[String]| -> Vec<Category> {
                let end = |(n, (figure, name)): (usize, (i64, &String))| Category {
                    name: name.clone(), hue: Hue::category(n), datum: Datum::value(figure),
                };
                figures.into_iter().zip(names).enumerate().map(end).collect()
            };
            let (sources, mut outcomes) = (ends(sources, &names[..4]), ends(outcomes, &names[4..]));
            let laid = |sources: &[Category], outcomes: &[Category]| {
                layout(&SankeyChart { sources, middle: "办理", outcomes })
            };
            match laid(&sources, &outcomes) {
                Ok(layout) => {
                    prop_assert!(layout.scene.is_some());
                    prop_assert_eq!(layout.drawing.key.len(), sources.len() + outcomes.len());
                    prop_assert_eq!(check_layout(layout, &words), Ok(0));
                }
                Err(no_flow) => prop_assert!(no_flow == SankeyError::Few && total < 10),
            }
            // What does not apply is no end of it; with one figure missing there is no flow.
            let (gap, at) = lost;
            let before = laid(&sources, &outcomes).is_ok();
            let datum = Datum::Gap(gap);
            outcomes.insert(at % (outcomes.len() + 1), Category { name: "缺".into(), hue: Hue::CONTEXT, datum });
            match laid(&sources, &outcomes) {
                Err(SankeyError::Missing) => prop_assert!(gap.is_missing()),
                other => prop_assert!(!gap.is_missing() && other.is_ok() == before),
            }
        }
    }

    #[test]
    fn a_flow_must_balance() {
        let end = |figure: &str| Category { name: "x".into(), hue: Hue::SUBJECT, datum: datum(figure) };
        let laid = |sources: &[&str], outcomes: &[&str]| {
            let sources: Vec<Category> = sources.iter().map(|figure| end(figure)).collect();
            let outcomes: Vec<Category> = outcomes.iter().map(|figure| end(figure)).collect();
            let chart = SankeyChart { sources: &sources, middle: "y", outcomes: &outcomes };
            layout(&chart).map(|_| ())
        };
        assert_eq!(laid(&["10", "2"], &["5", "7"]), Ok(()));
        assert_eq!(laid(&["10", "2"], &["12", "0", "-"]), Ok(()));
        assert_eq!(laid(&["10", "_"], &["5", "5"]), Err(SankeyError::Missing));
        let unbalanced = SankeyError::Unbalanced { sources: 12.into(), outcomes: 11.into() };
        assert_eq!(laid(&["10", "2"], &["5", "6"]), Err(unbalanced));
        assert_eq!(laid(&["9"], &["9"]), Err(SankeyError::Few));
        assert_eq!(laid(&["10", "-2"], &["8"]), Err(SankeyError::Improper));
        let most = "79228162514264337593543950335";
        assert_eq!(laid(&[most, most], &[most, most]), Err(SankeyError::Improper));
    }

    #[test]
    fn the_names_of_a_flow_stand_beside_it_each_in_one_line_and_where_it_is_narrow_in_its_key() {
        let end = |name: &str, figure: &str| Category {
            name: name.into(),
            hue: Hue::SUBJECT,
            datum: datum(figure),
        };
        let sources = [end("Requests received", "3511"), end("Carried in", "96")];
        let outcomes = [
            end("Unable to provide", "3078"),
            end("Declined to process", "406"),
            end("Handled otherwise", "2"),
            end("Open at year end", "121"),
        ];
        let chart = SankeyChart { sources: &sources, middle: "handled", outcomes: &outcomes };
        let layout = layout(&chart).unwrap();
        let scene = layout.scene.unwrap();
        let said = |hidden: Show| -> Vec<String> {
            let texts = scene.items.iter().filter_map(|item| match item {
                Item::Text(text) if text.show != hidden => Some(text.content.clone()),
                _ => None,
            });
            texts.collect()
        };
        assert_eq!(said(Show::Wide), ["handled 3,607"], "no name lies on a band");
        let wide = said(Show::Narrow);
        let key: Vec<String> = layout
            .drawing
            .key
            .iter()
            .map(|entry| format!("{} {}", entry.label, entry.value.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(wide.get(..6), Some(&*key), "the key has each of them");
    }
}
