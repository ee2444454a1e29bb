//! The words of a language that charts print.

use rust_decimal::Decimal;

use crate::chart::{AxisScale, GapWords, NumberFormat, Words};
use crate::render::locale::Locale;

/// The words of a language that charts print.
pub(super) fn words(locale: &Locale) -> Words {
    let gap =
        |mark: &str, text: &str| GapWords { mark: locale.text(mark).into(), text: locale.text(text).into() };
    let chinese = locale.lang.is_chinese();
    let scale =
        |from: u64, power, name: &str| AxisScale { from: Decimal::from(from), power, name: name.into() };
    let scales = if chinese {
        vec![scale(100_000, 4, "万"), scale(1_000_000_000, 8, "亿")]
    } else {
        vec![scale(100_000, 3, "thousand "), scale(10_000_000, 6, "million ")]
    };
    Words {
        blank: gap("chart-mark-missing", "gap-blank"),
        not_applicable: gap("chart-mark-none", "gap-not-applicable"),
        no_report: gap("chart-mark-missing", "gap-no-report"),
        not_transcribed: gap("chart-mark-missing", "gap-not-transcribed"),
        questioned: locale.text("tag-questioned").into(),
        revised: locale.text("tag-revised").into(),
        cumulative: locale.text("tag-cumulative").into(),
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
