//! Sparklines: the shape of a series beside its numbers in a table. They add nothing to the
//! numbers, so they are hidden from screen readers.

use rust_decimal::Decimal;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Px, Scale};
use crate::chart::canvas::svg::Svg;
use crate::chart::data::Datum;

const WIDTH: i32 = 96;
const HEIGHT: i32 = 24;
/// Room for the last point.
const PADDING: i32 = 3;

/// Draws a series from zero up as a small `svg` element for a page with the theme's style sheet;
/// empty if no figure was reported.
pub fn sparkline(data: &[Datum]) -> String {
    let figures = || data.iter().filter_map(|datum| Some(datum.reported()?.value));
    let (Some(low), Some(high)) = (figures().min(), figures().max()) else {
        return String::new();
    };
    let bottom = Px::whole(HEIGHT - PADDING);
    let scale = Scale::new(low.min(Decimal::ZERO), high.max(Decimal::ZERO), bottom.0, Px::whole(PADDING).0);
    let steps = i32::try_from(data.len().saturating_sub(1)).unwrap_or(i32::MAX).max(1);
    let places: Vec<Option<(Px, Px)>> = data
        .iter()
        .zip(0..)
        .map(|(datum, at)| {
            let x = Px::whole(PADDING) + Px::whole(WIDTH - 2 * PADDING) * at / steps;
            Some((x, Px(scale.place(datum.reported()?.value))))
        })
        .collect();
    let mut line = Path::new();
    let mut dots = Path::new();
    for part in places.chunk_by(|a, b| a.is_some() == b.is_some()) {
        let mut points = part.iter().flatten();
        match (points.next(), part.len()) {
            (Some(&(x, y)), 1) => dots.0.push(Step::Dot(x, y)),
            (Some(&(x, y)), _) => {
                line.0.push(Step::Move(x, y));
                line.0.extend(points.map(|&(x, y)| Step::Line(x, y)));
            }
            (None, _) => {}
        }
    }
    let last = places.iter().flatten().next_back();
    let drawn = matches!((last, dots.0.last()), (Some(&last), Some(&Step::Dot(x, y))) if last == (x, y));
    if let (Some(&(x, y)), false) = (last, drawn) {
        dots.0.push(Step::Dot(x, y));
    }
    let mut svg = Svg::with_capacity(300);
    svg.tag("svg")
        .classes(["spark"])
        .attr("width", WIDTH)
        .attr("height", HEIGHT)
        .attr("aria-hidden", "true")
        .open();
    if !line.is_empty() {
        svg.tag("path").path(&line, |x| x).empty();
    }
    svg.tag("path").classes(["pt"]).path(&dots, |x| x).empty();
    svg.close("svg");
    svg.finish()
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::tests::fixture::*;

    /// The places that the paths of a sparkline go to.
    fn places_of(svg: &str) -> Vec<(f64, f64)> {
        let paths = svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let numbers: Vec<f64> = paths
            .flat_map(|path| path.split("h.01").flat_map(|part| part.split(['M', 'L', ' '])))
            .filter(|number| !number.is_empty())
            .map(|number| number.parse().unwrap())
            .collect();
        numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn sparklines_are_in_order(data in prop::collection::vec(any_datum(), 0..=40)) {
            let drawn = sparkline(&data);
            for (x, y) in places_of(&drawn) {
                prop_assert!((3.0..=93.0).contains(&x) && (3.0..=21.0).contains(&y), "{} {} in {}", x, y, drawn);
            }
            let runs = data.chunk_by(|a, b| a.gap().is_some() == b.gap().is_some());
            let joined = runs.filter(|run| run.len() > 1 && run[0].reported().is_some()).count();
            let line = drawn.split("<path d=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("");
            prop_assert_eq!(line.matches('M').count(), joined, "a gap parts the line: {}", drawn);
            prop_assert_eq!(check_numbers(&drawn), Ok(()));
            prop_assert_eq!(drawn.is_empty(), data.iter().all(|datum| datum.gap().is_some()));
        }
    }
}
