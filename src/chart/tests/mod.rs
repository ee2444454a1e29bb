//! What holds for every chart, and the cases that each kind is drawn with.

mod colour;
mod golden;
mod meaning;
mod order;
mod output;
mod places;

use std::collections::BTreeMap;

use super::fixture::{chinese, datum, series, years};
use super::*;

const LONG: &str = "浙江省温州市苍南县住房和城乡建设局（城市管理与综合行政执法局、人民防空办公室）联合办公室";

fn frame<'a>(id: &'a str, lang: &'a Lang, words: &'a Words) -> Frame<'a> {
    Frame {
        id,
        title: "主动公开政府信息数",
        summary: "2008年至2025年，单位：条。",
        source: "来源：各单位《政府信息公开工作年度报告》。",
        lang,
        words,
    }
}

fn change(after: usize, kind: BreakKind) -> Break {
    Break { after, kind, text: "统计口径改变。".into() }
}

fn row(name: &str, figure: &str) -> Row {
    Row { name: name.into(), datum: datum(figure), subject: false }
}

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

/// All charts of all cases: the name of the chart, and the drawing.
fn drawings() -> BTreeMap<String, Drawing> {
    let mut drawn = BTreeMap::new();
    for (case, data) in CASES {
        drawn.extend(drawings_of(case, data, if case == "long-names" { LONG } else { "主动公开" }));
    }
    drawn
}

/// All charts of one case: of figures, with a name.
fn drawings_of(case: &str, data: &str, name: &str) -> BTreeMap<String, Drawing> {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let mut drawn = BTreeMap::new();
    let mut add = |kind: &str, draw: &dyn Fn(&Frame<'_>) -> Drawing| {
        let id = format!("{kind}-{case}");
        let drawing = draw(&frame(&id, &lang, &words));
        drawn.insert(id, drawing);
    };
    let count = i32::try_from(data.split_whitespace().count()).unwrap();
    let periods = years(2018, 2017 + count);
    let breaks = match case {
        "break" => vec![change(0, BreakKind::Mark), change(5, BreakKind::Cut)],
        _ => Vec::new(),
    };
    let one = series(name, 0, data);
    let two = series("其中网站", 1, &data.replace("135", "_"));
    let three = series("其中微信", 2, &data.replace("160", "0").replace("402", "4"));
    let both = [one.clone(), two.clone()];
    let chart =
        LineChart { periods: &periods, series: &both, breaks: &breaks, unit: "条", base: Base::Zero };
    add("line", &|frame| lines(&chart, frame));
    let chart = ColumnChart { periods: &periods, series: &one, breaks: &breaks, unit: "条" };
    add("column", &|frame| columns(&chart, frame));
    let parts = [one.clone(), two, three];
    for (kind, measure) in [("stack", Measure::Count), ("shares", Measure::Share)] {
        let chart = StackChart {
            periods: &periods,
            parts: &parts,
            totals: None,
            breaks: &breaks,
            unit: "件",
            measure,
        };
        add(kind, &|frame| stack(&chart, frame));
    }
    let rows: Vec<Row> =
        data.split_whitespace().zip(1..).map(|(figure, n)| row(&format!("{name}{n}"), figure)).collect();
    add("bar", &|frame| bars(&BarChart { rows: &rows, unit: "条" }, frame));
    let ends: Vec<Flow> = rows
        .iter()
        .enumerate()
        .map(|(n, row)| Flow { name: row.name.clone(), hue: Hue::category(n), datum: row.datum.clone() })
        .collect();
    let chart = FlowChart { sources: &ends, middle: "办理", outcomes: &ends };
    add("flow", &|frame| flow(&chart, frame).unwrap_or_default());
    let panels: Vec<PanelSeries> = (0..4)
        .map(|n| PanelSeries {
            series: series(&format!("{name}{n}"), 0, &data.replace("201", if n == 1 { "." } else { "201" })),
            href: if n == 3 { "../".into() } else { String::new() },
            unit: "条".into(),
            breaks: if n == 2 { Vec::new() } else { breaks.clone() },
        })
        .collect();
    let chart = MultiplesChart { periods: &periods, panels: &panels, shared: false };
    add("multiples", &|frame| multiples(&chart, frame));
    let row = |name: &str, data: &str| HeatRow {
        name: name.into(),
        href: if name == LONG { String::new() } else { "../".into() },
        data: data.split_whitespace().map(datum).collect(),
    };
    let of_rows = [row(name, data), row("苍南县档案馆", &data.replace("289", "- "))];
    let all = years(2018, 2025);
    let table = HeatTable { head: "单位", columns: &all, rows: &of_rows, share: false };
    add("heat", &|frame| heat(&table, frame));
    for (kind, drawing) in of_places(&rows, &lang, &words, case) {
        drawn.insert(format!("{kind}-{case}"), drawing);
    }
    drawn
}

/// The charts that compare places: of rows that are in order of their years in other charts.
fn of_places(rows: &[Row], lang: &Lang, words: &Words, case: &str) -> Vec<(&'static str, Drawing)> {
    let id = |kind: &str| format!("{kind}-{case}");
    let mut rows = rows.to_vec();
    if let Some(subject) = rows.get_mut(4) {
        subject.subject = true;
    }
    let range = range(&RangeChart { peers: &rows, unit: "条" }, &frame(&id("range"), lang, words));
    let later = rows.iter().rev().map(|row| row.datum.clone());
    let slopes: Vec<SlopeRow> = rows
        .iter()
        .zip(later)
        .map(|(row, later)| SlopeRow {
            name: row.name.clone(),
            data: [row.datum.clone(), later],
            subject: row.subject,
        })
        .collect();
    let chart = SlopeChart { periods: ["2019", "2024"], rows: &slopes, unit: "条" };
    let slope = slope(&chart, &frame(&id("slope"), lang, words));
    let placed: Vec<Tile> = rows
        .iter()
        .zip(0..)
        .map(|(row, at)| Tile {
            name: row.name.chars().take(if case == "long-names" { 9 } else { 2 }).collect(),
            column: at % 3,
            row: at / 3,
            datum: row.datum.clone(),
        })
        .collect();
    let chart = TileChart { tiles: &placed, share: false, unit: "条" };
    let tiles = tiles(&chart, &frame(&id("tile"), lang, words));
    let parts: Vec<Flow> = rows
        .iter()
        .enumerate()
        .map(|(n, row)| Flow { name: row.name.clone(), hue: Hue::category(n), datum: row.datum.clone() })
        .collect();
    let waffle = waffle(&WaffleChart { parts: &parts }, &frame(&id("waffle"), lang, words));
    vec![("range", range), ("slope", slope), ("tile", tiles), ("waffle", waffle)]
}

/// The outcomes of requests over three years, one of them incomplete, one not adding up.
fn outcomes() -> [Series; 4] {
    [
        series("予以公开", 0, "121 140 . 202"),
        series("部分公开", 1, "30 28 31 49"),
        series("不予公开", 2, "0 1 12 35"),
        series("结转下年度", 3, "- - 4 116"),
    ]
}

fn stacks() -> BTreeMap<String, Drawing> {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let totals = series("合计", 0, "151 170 . 402");
    let mut drawn = BTreeMap::new();
    for (case, measure) in [("count", Measure::Count), ("share", Measure::Share)] {
        let id = format!("stack-{case}");
        let chart = StackChart {
            periods: &years(2021, 2024),
            parts: &outcomes(),
            totals: Some(&totals),
            breaks: &[change(1, BreakKind::Mark)],
            unit: "件",
            measure,
        };
        drawn.insert(id.clone(), stack(&chart, &frame(&id, &lang, &words)));
    }
    let ends = |flows: &[(&str, &str)]| -> Vec<Flow> {
        let ends = flows.iter().enumerate().map(|(n, (name, figure))| Flow {
            name: (*name).into(),
            hue: Hue::category(n),
            datum: datum(figure),
        });
        ends.collect()
    };
    let chart = FlowChart {
        sources: &ends(&[("本年新收", "380"), ("上年结转", "22")]),
        middle: "办理",
        outcomes: &ends(&[
            ("予以公开", "202"),
            ("部分公开", "49"),
            ("不予公开", "35"),
            ("无法提供", "100"),
            ("不予处理", "0"),
            ("结转下年度", "16"),
        ]),
    };
    drawn.insert("flow".into(), flow(&chart, &frame("flow", &lang, &words)).unwrap());
    drawn
}
