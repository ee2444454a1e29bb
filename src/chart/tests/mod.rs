//! What holds for every kind of chart, drawn with the same cases.

mod colour;
pub(crate) mod fixture;
mod golden;
mod output;
pub(crate) mod places;

use std::collections::BTreeMap;

use self::fixture::{Case, LONG, chinese, frame};
use super::*;
use crate::base::text::Lang;

/// The cases every kind of chart is drawn with: a name, and data for the years from 2018 on.
const CASES: [(&str, &str); 11] = [
    ("ordinary", "120 135 160 158 201 289 402 380"),
    ("all-zero", "0 0 0 0 0 0 0 0"),
    ("one-value", "289"),
    ("all-missing", "_ _ . . ? ? _ _"),
    ("one-missing", "120 135 . 158 201 289 402 380"),
    ("break", "120 135 160 _ _ _ 402 380"),
    ("negative", "120 -35 160 158 201 -89 40 12"),
    ("huge", "1592372449 1201000000 79228162514264337593543950335 0 7 8 9 10"),
    ("tiny", "0.0001 0.00025 0 0.000007 . 0.0003 0.0002 0.0001"),
    ("long-names", "120 135 160 158 201 289 402 380"),
    ("flags", "120! 136* 161+ 158~ 202!* 290 403~! 380"),
];

/// Draws a kind of chart with a case.
type Draw = fn(&Case<'_>, &Frame<'_>) -> Drawing;

/// Every kind of chart: its module, the name of its golden files, and how it is drawn.
const KINDS: [(&str, &str, Draw); 12] = [
    ("bar", "bar", bar::tests::specimen),
    ("column", "column", column::tests::specimen),
    ("heatmap", "heat", heatmap::tests::specimen),
    ("line", "line", line::tests::specimen),
    ("sankey", "flow", sankey::tests::specimen),
    ("slope_chart", "slope", slope_chart::tests::specimen),
    ("small_multiples", "multiples", small_multiples::tests::specimen),
    ("stack", "stack", stack::tests::counts),
    ("stack", "shares", stack::tests::shares),
    ("strip_plot", "range", strip_plot::tests::specimen),
    ("tile_map", "tile", tile_map::tests::specimen),
    ("waffle", "waffle", waffle::tests::specimen),
];

#[test]
fn every_kind_is_drawn_here() {
    // Sparklines have no frame; `golden` draws them on their own.
    let kinds = include_str!("../mod.rs").split("mod words;").nth(1).unwrap();
    for line in kinds.lines() {
        let Some(module) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) else {
            continue;
        };
        let is_drawn = module == "sparkline" || KINDS.iter().any(|(known, ..)| *known == module);
        assert!(is_drawn, "chart::{module} is not in KINDS");
    }
}

/// All charts of all cases by their names: `line-ordinary`.
fn drawings() -> BTreeMap<String, Drawing> {
    let series = |name: &str| if name == "long-names" { LONG } else { "主动公开" };
    CASES.iter().flat_map(|(name, data)| drawings_of(&Case { name, series: series(name), data })).collect()
}

/// All charts of one case.
fn drawings_of(case: &Case<'_>) -> BTreeMap<String, Drawing> {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let draw = |(_, golden, draw): &(&str, &str, Draw)| {
        let id = format!("{golden}-{}", case.name);
        let drawing = draw(case, &frame(&id, &lang, &words));
        (id, drawing)
    };
    KINDS.iter().map(draw).collect()
}

/// Charts of real figures: outcomes of requests.
fn examples() -> BTreeMap<String, Drawing> {
    type Draw = fn(&Frame<'_>) -> Drawing;
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let examples: [(&str, Draw); 3] = [
        ("flow", sankey::tests::requests),
        ("stack-count", |frame| stack::tests::outcomes(Measure::Count, frame)),
        ("stack-share", |frame| stack::tests::outcomes(Measure::Share, frame)),
    ];
    examples.into_iter().map(|(id, draw)| (id.into(), draw(&frame(id, &lang, &words)))).collect()
}
