//! The words of a language that charts print.

use crate::chart::{AxisScale, MarkWords, Words};
use crate::figure::{NumberFormat, Unit};
use crate::view::local_portal::LocalPortal;

/// Returns the words of a language that charts print.
pub(super) fn words(portal: &LocalPortal<'_>) -> Words {
    let locale = portal.locale;
    let of_one = |unit: &Unit| {
        let word = unit.one.exact(&locale.lang)?;
        Some((unit.name.get(&locale.lang).to_owned(), word.to_owned()))
    };
    let mark =
        |mark: &str, text: &str| MarkWords { mark: locale.text(mark).into(), text: locale.text(text).into() };
    Words {
        blank: mark("chart-mark-blank", "gap-blank"),
        not_applicable: mark("chart-mark-not-applicable", "gap-not-applicable"),
        no_report: mark("chart-mark-no-report", "gap-no-report"),
        not_transcribed: mark("chart-mark-not-transcribed", "gap-not-transcribed"),
        partial: mark("chart-mark-partial", "chart-partial"),
        questioned: mark("chart-mark-questioned", "tag-questioned"),
        revised: mark("chart-mark-revised", "tag-revised"),
        cumulative: mark("chart-mark-cumulative", "tag-cumulative"),
        approximate: locale.text("chart-approximate").into(),
        sum_differs: locale.text("chart-sum-differs").into(),
        omitted: locale.text("chart-omitted").into(),
        median: locale.text("chart-median").into(),
        middle_half: locale.text("chart-middle-half").into(),
        each_dot: locale.text("chart-each-dot").into(),
        numbers: NumberFormat {
            unit_gap: locale.unit_gap().into(),
            below: locale.text("chart-below").into(),
            units_of_one: portal.site.catalog.units.iter().filter_map(of_one).collect(),
        },
        scales: scales(locale.text("chart-scales"), locale.unit_gap()),
    }
}

/// Returns the words for charts of totals: no agency that an unknown total counts gives a figure.
pub(super) fn words_for_totals(portal: &LocalPortal<'_>) -> Words {
    let mut words = words(portal);
    let [mark, text] = ["chart-mark-no-figure", "gap-no-figure"].map(|id| portal.word(id).into());
    words.not_transcribed = MarkWords { mark, text };
    words
}

/// Reads the words for large numbers, `100000 4 万; 1000000000 8 亿`: the largest tick from which on an
/// axis uses each, the power of ten it stands for, and the word. Malformed items are skipped.
fn scales(listed: &str, unit_gap: &str) -> Vec<AxisScale> {
    let scale = |item: &str| {
        let mut parts = item.trim().splitn(3, ' ');
        let (from, power, word) = (parts.next()?, parts.next()?, parts.next()?);
        let name = format!("{word}{unit_gap}");
        Some(AxisScale { from: from.parse().ok()?, power: power.parse().ok()?, name })
    };
    listed.split(';').filter_map(scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_large_numbers_are_read_from_their_list() {
        let read = |listed, gap| -> Vec<(String, u32, String)> {
            let scales = scales(listed, gap).into_iter();
            scales.map(|scale| (scale.from.to_string(), scale.power, scale.name)).collect()
        };
        assert_eq!(
            read("100000 4 万; 1000000000 8 亿", ""),
            [("100000".into(), 4, "万".into()), ("1000000000".into(), 8, "亿".into())]
        );
        assert_eq!(read("100000 3 thousand", " "), [("100000".into(), 3, "thousand ".into())]);
        assert_eq!(read("", " "), []);
        assert_eq!(read("many 3 thousand; 10 x y; 7", " "), []);
    }
}
