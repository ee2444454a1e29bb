//! Words and data for tests.

use rust_decimal::Decimal;

use super::Hue;
use super::{AxisScale, Datum, Flags, Gap, MarkWords, NumberFormat, Series, Words};

fn gap(mark: &str, text: &str) -> MarkWords {
    MarkWords { mark: mark.into(), text: text.into() }
}

fn scale(from: i64, power: u32, name: &str) -> AxisScale {
    AxisScale { from: Decimal::from(from), power, name: name.into() }
}

fn numbers(unit_gap: &str, below: &str) -> NumberFormat {
    NumberFormat {
        group: ",".into(),
        point: ".".into(),
        unit_gap: unit_gap.into(),
        below: below.into(),
        units_of_one: Vec::new(),
    }
}

pub(super) fn chinese() -> Words {
    Words {
        blank: gap("空", "未填报"),
        not_applicable: gap("–", "不适用"),
        no_report: gap("缺", "无报告"),
        not_transcribed: gap("待", "待录入"),
        partial: gap("部", "部分数据缺"),
        questioned: gap("疑", "存疑"),
        revised: gap("修", "已修订"),
        cumulative: gap("累", "累计数"),
        approximate: "约".into(),
        sum_differs: "合计与分项之和不符，括号内为分项之和".into(),
        omitted: "另有{n}个单位".into(),
        median: "中位数".into(),
        middle_half: "居中的一半".into(),
        each_dot: "每点代表{n}个单位".into(),
        numbers: numbers("", "不足"),
        scales: vec![scale(100_000, 4, "万"), scale(1_000_000_000, 8, "亿")],
    }
}

pub(super) fn english() -> Words {
    Words {
        blank: gap("[ ]", "not reported"),
        not_applicable: gap("–", "not applicable"),
        no_report: gap("×", "no report"),
        not_transcribed: gap("…", "not transcribed"),
        partial: gap("(×)", "part of the figures missing"),
        questioned: gap("?", "in doubt"),
        revised: gap("r", "revised"),
        cumulative: gap("c", "cumulative"),
        approximate: "about ".into(),
        sum_differs: "total differs from the sum of its parts, in brackets".into(),
        omitted: "{n} more agencies".into(),
        median: "median".into(),
        middle_half: "middle half".into(),
        each_dot: "each dot is {n} agencies".into(),
        numbers: NumberFormat {
            units_of_one: vec![("items".into(), "item".into())],
            ..numbers(" ", "under ")
        },
        scales: vec![scale(100_000, 3, "thousand "), scale(1_000_000, 6, "million ")],
    }
}

/// The years from one to another.
pub(super) fn years(first: i32, last: i32) -> Vec<String> {
    (first..=last).map(|year| year.to_string()).collect()
}

/// A series written as numbers and `_` (no report), `.` (blank), `-` (not applicable), `?` (not
/// transcribed); `!` stands after a questioned number, `*` after a revised, `+` after a cumulative, `~`
/// after an approximate one.
pub(super) fn series(name: &str, category: usize, data: &str) -> Series {
    Series {
        name: name.into(),
        hue: Hue::category(category),
        data: data.split_whitespace().map(datum).collect(),
    }
}

pub(super) fn datum(text: &str) -> Datum {
    match text {
        "_" => Datum::Gap(Gap::NoReport),
        "." => Datum::Gap(Gap::Blank),
        "-" => Datum::Gap(Gap::NotApplicable),
        "?" => Datum::Gap(Gap::NotTranscribed),
        number => {
            let all = [
                ('!', Flags::QUESTIONED),
                ('*', Flags::REVISED),
                ('+', Flags::CUMULATIVE),
                ('~', Flags::APPROXIMATE),
            ];
            let plain = number.trim_end_matches(all.map(|(sign, _)| sign));
            let signs = number.strip_prefix(plain).unwrap_or_default();
            let given = all.into_iter().filter(|(sign, _)| signs.contains(*sign));
            let flags = given.fold(Flags::default(), |flags, (_, flag)| flags | flag);
            Datum::flagged(plain.parse::<Decimal>().unwrap(), flags)
        }
    }
}
