//! What holds for every kind of chart, drawn with the same cases.

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
pub(super) type Specimen = fn(&Case<'_>, &Frame<'_>) -> Drawing;

#[test]
fn every_kind_has_a_specimen() {
    let registry = include_str!("../../../src/chart/mod.rs");
    let (_, kinds) = registry.split_once("mod words;").unwrap();
    let kinds = kinds.split("pub use").next().unwrap().lines();
    for kind in kinds.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')) {
        // Sparklines have no frame; `golden` draws them on their own.
        let is_drawn = kind == "sparkline" || registry.contains(&format!(", {kind}::tests::"));
        assert!(is_drawn, "chart::{kind} is not in SPECIMENS");
    }
}

/// All charts of all cases by their names: `line-ordinary`.
fn drawings() -> BTreeMap<String, Drawing> {
    let series = |name: &str| if name == "long-names" { LONG } else { "主动公开" };
    CASES.iter().flat_map(|(name, data)| drawings_of(&Case { name, series: series(name), data })).collect()
}

/// The charts of all cases, then those of real figures.
fn all_drawings() -> impl Iterator<Item = (String, Drawing)> {
    drawings().into_iter().chain(examples())
}

/// All charts of one case.
fn drawings_of(case: &Case<'_>) -> BTreeMap<String, Drawing> {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let draw = |(golden, draw): &(&str, Specimen)| {
        let id = format!("{golden}-{}", case.name);
        let drawing = draw(case, &frame(&id, &lang, &words));
        (id, drawing)
    };
    SPECIMENS.iter().map(draw).collect()
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
