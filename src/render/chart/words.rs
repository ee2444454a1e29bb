//! The words of a language that charts print.

use rust_decimal::Decimal;

use crate::chart::{AxisScale, MarkWords, NumberFormat, Words};
use crate::render::locale::Locale;

/// The words of a language that charts print.
pub(super) fn words(locale: &Locale) -> Words {
    let mark =
        |mark: &str, text: &str| MarkWords { mark: locale.text(mark).into(), text: locale.text(text).into() };
    let chinese = locale.lang.is_chinese();
    let scale =
        |from: u64, power, name: &str| AxisScale { from: Decimal::from(from), power, name: name.into() };
    let scales = if chinese {
        vec![scale(100_000, 4, "万"), scale(1_000_000_000, 8, "亿")]
    } else {
        vec![scale(100_000, 3, "thousand "), scale(10_000_000, 6, "million ")]
    };
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
            group: ",".into(),
            point: ".".into(),
            unit_gap: locale.unit_gap().into(),
            below: locale.text("chart-below").into(),
        },
        scales,
    }
}

/// The words where some totals are unknown: no agency that they count gives a figure.
pub(super) fn words_for_totals(locale: &Locale) -> Words {
    let mut words = words(locale);
    let [mark, text] = ["chart-mark-no-figure", "gap-no-figure"].map(|id| locale.text(id).into());
    words.not_transcribed = MarkWords { mark, text };
    words
}
