//! The theme's colours that are no chart's are read on every ground they stand on: contrast as WCAG 2
//! defines it. The charts' own are held in `chart_colours.rs`.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../themes/default/static/css/tokens.css");
const CHARTS: &str = include_str!("../../themes/default/static/css/chart.css");

/// Linear light: red, green, blue from 0 to 1.
pub(crate) type Light = [f64; 3];

/// Custom properties by name, as written.
pub(crate) type Colours = BTreeMap<&'static str, &'static str>;

/// The colours that a block sets.
fn block(css: &'static str, opening: &str) -> Colours {
    let (_, rest) = css.split_once(opening).unwrap_or_else(|| panic!("no block {opening}"));
    let (body, _) = rest.split_once('}').unwrap();
    let set = body.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    set.collect()
}

/// Both style sheets in the light, and in the dark.
pub(crate) fn themes() -> [(&'static str, Colours); 2] {
    [("light", "\n:root {"), ("dark", ":root[data-theme=\"dark\"] {")].map(|(name, opening)| {
        let mut colours = block(CHARTS, opening);
        colours.extend(block(TOKENS, opening));
        (name, colours)
    })
}

pub(crate) fn light(hex: &str) -> Light {
    let digits: Vec<f64> = hex.chars().filter_map(|c| c.to_digit(16)).map(f64::from).collect();
    let channel = |at: usize| match digits.as_slice() {
        short if short.len() == 3 => short[at] * 17.0,
        long => long[2 * at] * 16.0 + long[2 * at + 1],
    };
    let linear = |at: usize| {
        let share = channel(at) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    [linear(0), linear(1), linear(2)]
}

pub(crate) fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |[red, green, blue]: Light| 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let (one, other) = (luminance(light(one)), luminance(light(other)));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_that_of_the_definition() {
    assert!((contrast("000", "ffffff") - 21.0).abs() < 0.001);
    assert!((contrast("767676", "fff") - 4.54).abs() < 0.01);
}

#[test]
fn the_dark_that_is_chosen_is_the_dark_that_the_system_prefers() {
    let preferred = ":root:not([data-theme=\"light\"]) {";
    for css in [TOKENS, CHARTS] {
        assert_eq!(block(css, preferred), block(css, ":root[data-theme=\"dark\"] {"));
    }
    let names = |at: usize| themes()[at].1.keys().copied().collect::<Vec<_>>();
    assert_eq!(names(0), names(1), "a colour is set in one of light and dark only");
}

#[test]
fn every_text_is_read_on_every_ground_it_stands_on() {
    let grounds = ["ground", "wash", "warn-wash", "error-wash"];
    let texts = ["ink", "ink2", "link", "link-visited", "warn", "error", "good"];
    let everywhere = texts.into_iter().flat_map(|text| grounds.map(|ground| (text, ground)));
    // A tag has a wash of its own; the header is a band; the button of the search form is a link's colour.
    let own = [("good", "good-wash"), ("band-ink", "band"), ("ground", "link")];
    for (theme, colours) in themes() {
        for (text, ground) in everywhere.clone().chain(own) {
            let contrast = contrast(colours[text], colours[ground]);
            assert!(contrast >= 4.5, "{theme}: {text} on {ground}: {contrast:.2}");
        }
    }
}

#[test]
fn marks_are_seen_on_every_ground_they_stand_on() {
    for (theme, colours) in themes() {
        for (mark, grounds) in [
            ("focus", &["ground", "wash", "warn-wash", "error-wash"][..]),
            ("accent", &["ground", "wash"]),
            ("warn", &["warn-wash"]),
            ("error", &["error-wash"]),
            ("good", &["wash"]),
        ] {
            for ground in grounds {
                let contrast = contrast(colours[mark], colours[*ground]);
                assert!(contrast >= 3.0, "{theme}: {mark} on {ground}: {contrast:.2}");
            }
        }
    }
}
