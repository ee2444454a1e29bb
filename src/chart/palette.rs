//! The colours of the theme and the rules of a picture that stands alone.
//!
//! Inline drawings take both from the theme's `chart.css`; a picture on its own must carry them,
//! and carries only the rules that it uses. Their colours are those of `chart.css`, which a test
//! compares.

use crate::chart::canvas::svg::Svg;

/// A colour of the theme on a light and on a dark ground.
pub(crate) struct Token {
    /// The name of the custom property, without dashes.
    pub(crate) name: &'static str,
    pub(crate) light: &'static str,
    pub(crate) dark: &'static str,
}

const fn token(name: &'static str, light: &'static str, dark: &'static str) -> Token {
    Token { name, light, dark }
}

/// Ground, inks and colours of categories. The categories were searched for the largest smallest
/// difference under normal and three kinds of deficient colour vision, at a contrast of 3:1.
pub(crate) const TOKENS: [Token; 17] = [
    token("ground", "#fff", "#14181d"),
    token("ink", "#1d2329", "#e8ebee"),
    token("ink2", "#59636e", "#a9b3bd"),
    token("rule", "#dde2e7", "#323a43"),
    token("s0", "#87919b", "#76818d"),
    token("s1", "#3049a4", "#478af1"),
    token("s2", "#9d2602", "#cb421e"),
    token("s3", "#379d86", "#85ecc8"),
    token("s4", "#4b1739", "#98638c"),
    token("s5", "#af8f15", "#e9bf4a"),
    token("s6", "#8d80ca", "#d0cbf6"),
    token("q1", "#e8eef7", "#1f2a3d"),
    token("q2", "#b9cbe8", "#29406c"),
    token("q3", "#86a3d6", "#3a62a8"),
    token("q4", "#4f73be", "#6c98dc"),
    token("q5", "#27458f", "#bcd3f7"),
    token("hatch", "#b9c1c9", "#4c5661"),
];

/// A rule of the style sheet: its class, what is the same in light and dark, and its colour.
struct Rule {
    class: &'static str,
    lasting: &'static str,
    paint: &'static str,
    token: &'static str,
}

const fn rule(class: &'static str, lasting: &'static str, paint: &'static str, token: &'static str) -> Rule {
    Rule { class, lasting, paint, token }
}

const FONT: &str = "font:12px system-ui,-apple-system,\"PingFang SC\",\"HarmonyOS Sans SC\",\
    \"Microsoft YaHei\",\"Noto Sans CJK SC\",\"Source Han Sans SC\",sans-serif;\
    font-variant-numeric:tabular-nums";

const RULES: [Rule; 47] = [
    rule("svg", FONT, "fill", "ink2"),
    rule("path", "fill:none", "", ""),
    rule("bg", "", "fill", "ground"),
    rule("b", "font-size:13px", "fill", "ink"),
    rule("s", "font-size:13px;font-weight:600", "fill", "ink"),
    rule("v", "font-size:13px", "fill", "ink"),
    rule("v", "paint-order:stroke;stroke-width:3px;stroke-linejoin:round", "stroke", "ground"),
    rule("u", "font-size:13px", "", ""),
    rule("h", "font-size:18px;font-weight:600", "fill", "ink"),
    rule("m", "text-anchor:middle", "", ""),
    rule("e", "text-anchor:end", "", ""),
    rule("gr", "", "stroke", "rule"),
    rule("ax", "", "stroke", "ink2"),
    rule("br", "stroke-dasharray:4 3", "stroke", "ink2"),
    rule("bm", "stroke-dasharray:1 4", "stroke", "ink2"),
    rule("ms", "stroke-width:5;stroke-linecap:square", "", ""),
    rule("hp", "", "stroke", "hatch"),
    rule("ln", "stroke-width:2;stroke-linejoin:round;stroke-linecap:round", "", ""),
    rule("ld", "stroke-width:1", "", ""),
    rule("nd", "stroke-width:6", "", ""),
    rule("fl", "fill-opacity:.45", "", ""),
    rule("pt", "stroke-width:7;stroke-linecap:round", "", ""),
    rule("ph", "stroke-width:3.4;stroke-linecap:round", "stroke", "ground"),
    rule("rg", "stroke-width:12;stroke-linecap:round", "", ""),
    rule("ha", "stroke-width:9;stroke-linecap:round", "stroke", "ground"),
    rule("sq", "stroke-width:6.5;stroke-linecap:square", "", ""),
    rule("hc", "stroke-width:2", "fill", "ground"),
    rule("k0", "", "stroke", "s0"),
    rule("k1", "", "stroke", "s1"),
    rule("k2", "", "stroke", "s2"),
    rule("k3", "", "stroke", "s3"),
    rule("k4", "", "stroke", "s4"),
    rule("k5", "", "stroke", "s5"),
    rule("k6", "", "stroke", "s6"),
    rule("f0", "", "fill", "s0"),
    rule("f1", "", "fill", "s1"),
    rule("f2", "", "fill", "s2"),
    rule("f3", "", "fill", "s3"),
    rule("f4", "", "fill", "s4"),
    rule("f5", "", "fill", "s5"),
    rule("f6", "", "fill", "s6"),
    rule("q1", "", "fill", "q1"),
    rule("q2", "", "fill", "q2"),
    rule("q3", "", "fill", "q3"),
    rule("q4", "", "fill", "q4"),
    rule("q5", "", "fill", "q5"),
    rule("i", "font-size:13px", "fill", "ground"),
];

/// The rules that every picture has.
const ALWAYS: [&str; 3] = ["svg", "path", "bg"];

/// Writes the style sheet of a picture: the rules of the classes it uses, then their dark colours.
pub(crate) fn write_style(svg: &mut Svg, used: &[&str]) {
    let rules = RULES.iter().filter(|rule| ALWAYS.contains(&rule.class) || used.contains(&rule.class));
    let token = |rule: &Rule| TOKENS.iter().find(|token| token.name == rule.token);
    svg.raw("<style>");
    for rule in rules.clone() {
        write_rule(svg, rule, rule.lasting, token(rule).map(|token| token.light));
    }
    svg.raw("@media(prefers-color-scheme:dark){");
    for rule in rules {
        write_rule(svg, rule, "", token(rule).map(|token| token.dark));
    }
    svg.raw("}</style>");
}

fn write_rule(svg: &mut Svg, rule: &Rule, lasting: &str, colour: Option<&str>) {
    if lasting.is_empty() && colour.is_none() {
        return;
    }
    let is_element = matches!(rule.class, "svg" | "path");
    for part in [if is_element { "" } else { "." }, rule.class, "{", lasting] {
        svg.raw(part);
    }
    if let Some(colour) = colour {
        let seam = if lasting.is_empty() { "" } else { ";" };
        for part in [seam, rule.paint, ":", colour] {
            svg.raw(part);
        }
    }
    svg.raw("}");
}
