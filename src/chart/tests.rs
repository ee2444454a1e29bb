//! What holds for every chart: bytes that do not change unseen, places inside the frame, texts that
//! do not lie on each other, gaps that stay gaps.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;

use super::fixture::{chinese, datum, english, series, years};
use super::mark::{bar, column, flow as flow_mark, line, stack as stack_mark};
use super::scale::{Across, Px};
use super::scene::{Anchor, Item, MARGIN_STEP, NARROW, Scene, Show, Step, WIDE};
use super::text::Face;
use super::*;

const LONG: &str =
    "浙江省温州市苍南县住房和城乡建设局（城市管理与综合行政执法局、人民防空办公室）联合办公室";

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
    Break {
        after,
        kind,
        text: "统计口径改变。".into(),
    }
}

fn row(name: &str, figure: &str) -> Row {
    Row {
        name: name.into(),
        datum: datum(figure),
        subject: false,
    }
}

/// The cases every kind of chart is drawn with: a name, and data for the years from 2018 on.
const CASES: [(&str, &str); 9] = [
    ("ordinary", "120 135 160 158 201 289 402 380"),
    ("all-zero", "0 0 0 0 0 0 0 0"),
    ("one-value", "289"),
    ("all-missing", "_ _ . . ? ? _ _"),
    ("one-missing", "120 135 . 158 201 289 402 380"),
    ("break", "120 135 160 _ _ _ 402 380"),
    (
        "huge",
        "1592372449 1201000000 79228162514264337593543950335 0 7 8 9 10",
    ),
    ("tiny", "0.0001 0.00025 0 0.000007 . 0.0003 0.0002 0.0001"),
    ("long-names", "120 135 160 158 201 289 402 380"),
];

/// All charts of all cases: the name of the chart, and the drawing.
fn drawings() -> BTreeMap<String, Drawing> {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let mut drawn = BTreeMap::new();
    for (case, data) in CASES {
        let count = i32::try_from(data.split_whitespace().count()).unwrap();
        let periods = years(2018, 2017 + count);
        let breaks = match case {
            "break" => vec![change(0, BreakKind::Mark), change(5, BreakKind::Cut)],
            _ => Vec::new(),
        };
        let name = if case == "long-names" {
            LONG
        } else {
            "主动公开"
        };
        let one = series(name, 0, data);
        let two = series("其中网站", 1, &data.replace("135", "_"));
        let id = format!("line-{case}");
        let chart = LineChart {
            periods: &periods,
            series: &[one.clone(), two],
            breaks: &breaks,
            unit: "条",
            base: Base::Zero,
        };
        drawn.insert(id.clone(), lines(&chart, &frame(&id, &lang, &words)));
        let id = format!("column-{case}");
        let chart = ColumnChart {
            periods: &periods,
            series: &one,
            breaks: &breaks,
            unit: "条",
        };
        drawn.insert(id.clone(), columns(&chart, &frame(&id, &lang, &words)));
        let id = format!("bar-{case}");
        let rows: Vec<Row> = data
            .split_whitespace()
            .zip(1..)
            .map(|(figure, n)| row(&format!("{name}{n}"), figure))
            .collect();
        let chart = BarChart {
            rows: &rows,
            unit: "条",
        };
        drawn.insert(id.clone(), bars(&chart, &frame(&id, &lang, &words)));
    }
    drawn
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
    drawn.insert(
        "flow".into(),
        flow(&chart, &frame("flow", &lang, &words)).unwrap(),
    );
    drawn
}

/// Compares with a file under `tests/golden/chart`, or writes it where `UPDATE_GOLDEN` is set.
#[expect(clippy::disallowed_methods, reason = "golden files are on disk")]
fn golden(name: &str, drawn: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "golden", "chart", name]
        .iter()
        .collect();
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write(&path, drawn).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == drawn,
        "{name} has changed; look at it, then set UPDATE_GOLDEN=1"
    );
}

#[test]
fn pictures_are_as_they_were() {
    for (name, drawing) in drawings().into_iter().chain(stacks()) {
        assert_eq!(drawing.is_empty(), name.ends_with("all-missing"), "{name}");
        assert_eq!(drawing.is_empty(), drawing.fixed.is_empty(), "{name}");
        if !drawing.is_empty() {
            golden(&format!("{name}.svg"), &drawing.fixed);
        }
    }
}

#[test]
fn fluid_drawings_are_as_they_were() {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n\
         <link rel=\"stylesheet\" href=\"../../../themes/default/static/css/chart.css\">\n",
    );
    for (name, drawing) in drawings().into_iter().chain(stacks()) {
        let _ = write!(
            page,
            "<h2 id=\"{name}-title\">{name}</h2>\n<p id=\"{name}-summary\">"
        );
        let _ = write!(
            page,
            "{} missing</p>\n<div class=\"plot\">{}</div>\n",
            drawing.missing.len(),
            drawing.fluid
        );
    }
    for (case, data) in CASES {
        let data: Vec<Datum> = data.split_whitespace().map(datum).collect();
        let _ = writeln!(page, "<p>spark-{case} {}</p>", spark(&data));
    }
    golden("fluid.html", &page);
}

#[test]
fn drawings_are_equal_on_every_call() {
    assert_eq!(drawings(), drawings());
}

#[test]
fn budgets_are_kept() {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let data = "110 135 150 201 289 . . 455 510 630 845 . 1260 980 1105 1205 1188 1342";
    let chart = LineChart {
        periods: &years(2008, 2025),
        series: &[
            series("主动公开数量", 0, data),
            series("政府网站公开", 1, data),
        ],
        breaks: &[
            change(5, BreakKind::Cut),
            change(10, BreakKind::Cut),
            change(12, BreakKind::Mark),
        ],
        unit: "条",
        base: Base::Zero,
    };
    let drawing = lines(&chart, &frame("c1", &lang, &words));
    assert!(
        drawing.fluid.len() <= 4_096,
        "line: {} bytes",
        drawing.fluid.len()
    );
    let figures: Vec<Datum> = data.split_whitespace().map(datum).collect();
    assert!(
        spark(&figures).len() <= 300,
        "sparkline: {} bytes",
        spark(&figures).len()
    );
    let rows: Vec<Row> = (1..=10)
        .map(|n| row("苍南县人力资源和社会保障局", &(n * 321).to_string()))
        .collect();
    let drawing = bars(
        &BarChart {
            rows: &rows,
            unit: "条",
        },
        &frame("c2", &lang, &words),
    );
    assert!(
        drawing.fluid.len() <= 2_048,
        "bars: {} bytes",
        drawing.fluid.len()
    );
}

#[test]
fn budgets_of_stacks_and_flows_are_kept() {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let parts: Vec<Series> = (0..6)
        .map(|n| series("予以公开", n, "121 130 140 155 171 168 191 202"))
        .collect();
    let chart = StackChart {
        periods: &years(2017, 2024),
        parts: &parts,
        totals: None,
        breaks: &[],
        unit: "件",
        measure: Measure::Count,
    };
    let drawing = stack(&chart, &frame("c1", &lang, &words));
    assert!(
        drawing.fluid.len() <= 5_120,
        "stack: {} bytes",
        drawing.fluid.len()
    );
    let drawn = stacks();
    let flow = drawn.get("flow").unwrap();
    assert!(
        flow.fluid.len() <= 3_072,
        "flow: {} bytes",
        flow.fluid.len()
    );
}

/// Relative luminance as WCAG 2 defines it, of a colour such as `#fff` or `#14181d`.
fn luminance(colour: &str) -> f64 {
    let digits: Vec<u32> = colour.chars().filter_map(|c| c.to_digit(16)).collect();
    let channels: Vec<u32> = match digits.as_slice() {
        [r, g, b] => vec![r * 17, g * 17, b * 17],
        pairs => pairs.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
    };
    let linear = |channel: u32| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(channels[0]) + 0.7152 * linear(channels[1]) + 0.0722 * linear(channels[2])
}

#[test]
fn every_colour_is_seen_on_its_ground() {
    let colour = |name: &str, dark: bool| {
        let token = palette::TOKENS
            .iter()
            .find(|token| token.name == name)
            .unwrap();
        luminance(if dark { token.dark } else { token.light })
    };
    for dark in [false, true] {
        let ground = colour("ground", dark);
        let contrast = |name: &str| {
            let ink = colour(name, dark);
            (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05)
        };
        for text in ["ink", "ink2"] {
            assert!(contrast(text) >= 4.5, "{text}: {}", contrast(text));
        }
        for mark in ["s0", "s1", "s2", "s3", "s4", "s5", "s6"] {
            assert!(contrast(mark) >= 3.0, "{mark}: {}", contrast(mark));
        }
    }
}

#[test]
fn the_style_sheet_has_every_class_and_the_same_colours() {
    let css = include_str!("../../themes/default/static/css/chart.css");
    for (name, drawing) in drawings().into_iter().chain(stacks()) {
        for class in classes(&drawing.fluid) {
            let known = css.contains(&format!(".{class} ")) || css.contains(&format!(".{class}{{"));
            assert!(known, "chart.css lacks .{class}, which {name} uses");
        }
        assert!(!drawing.fluid.contains("style="), "{name}");
        assert!(
            !drawing.fluid.contains('#') || drawing.fluid.contains("url(#"),
            "{name}"
        );
    }
    for token in &palette::TOKENS {
        let light = format!("--{}: {};", token.name, token.light);
        let dark = format!("--{}: {};", token.name, token.dark);
        assert_eq!(
            css.matches(&light).count(),
            2,
            "{light} on screen and on paper"
        );
        assert_eq!(
            css.matches(&dark).count(),
            2,
            "{dark} by choice and by preference"
        );
    }
}

fn classes(svg: &str) -> Vec<&str> {
    svg.split("class=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .flat_map(|classes| classes.split(' '))
        .collect()
}

#[test]
fn texts_of_the_page_stay_texts() {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let evil = "<script>alert(\"1\")</script>&\u{0}";
    let mut frame = frame("c1", &lang, &words);
    (frame.title, frame.summary, frame.source) = (evil, evil, evil);
    let rows = [row(evil, "1"), row(evil, "_")];
    let drawing = bars(
        &BarChart {
            rows: &rows,
            unit: evil,
        },
        &frame,
    );
    for out in [&drawing.fluid, &drawing.fixed] {
        assert!(!out.contains("<script") && !out.contains('\u{0}'), "{out}");
        assert!(
            out.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;"),
            "{out}"
        );
    }
}

#[test]
fn a_cut_and_a_gap_part_the_line_and_a_mark_does_not() {
    let periods = years(2020, 2025);
    let one = [series("", 0, "1 2 3 4 _ 6")];
    let parts = |breaks: &[Break]| {
        let chart = LineChart {
            periods: &periods,
            series: &one,
            breaks,
            unit: "",
            base: Base::Zero,
        };
        let layout = line::layout(&chart, &chinese());
        let parts: Vec<usize> = line_parts(&layout.scene.unwrap());
        (parts, layout.drawing.missing.len())
    };
    assert_eq!(parts(&[]), (vec![1], 1), "the last point stands alone");
    assert_eq!(parts(&[change(1, BreakKind::Mark)]), (vec![1], 1));
    assert_eq!(parts(&[change(1, BreakKind::Cut)]), (vec![2], 1));
}

/// For each line of a scene the number of its joined parts.
fn line_parts(scene: &Scene) -> Vec<usize> {
    let lines = scene.items.iter().filter_map(|item| match item {
        Item::Path(ink, _, path) if ink.0 == "ln" => Some(path),
        _ => None,
    });
    lines
        .map(|path| path.data(Across::thousandths).matches('M').count())
        .collect()
}

#[test]
fn three_missing_years_are_a_band_and_two_are_words() {
    let bands = |data: &str| {
        let count = i32::try_from(data.split_whitespace().count()).unwrap();
        let chart = LineChart {
            periods: &years(2001, 2000 + count),
            series: &[series("", 0, data)],
            breaks: &[],
            unit: "",
            base: Base::Zero,
        };
        let scene = line::layout(&chart, &chinese()).scene.unwrap();
        let bands = scene.items.iter().filter(|item| item.is_hatched()).count();
        let words = scene
            .items
            .iter()
            .filter(|item| matches!(item, Item::Text(text) if text.content == "缺"));
        (bands, words.count())
    };
    assert_eq!(bands("1 _ 2 _ _ 3"), (0, 3));
    assert_eq!(bands("1 _ _ _ 3"), (1, 1));
    assert_eq!(
        bands("1 - - - 3"),
        (0, 0),
        "what does not apply is not missing"
    );
    assert_eq!(bands("1 0 0 0 3"), (0, 0), "zero is a figure");
}

#[test]
fn zero_has_its_figure_and_no_bar_and_a_gap_has_words() {
    let rows = [
        row("a", "0"),
        row("b", "."),
        row("c", "1000"),
        row("d", "1"),
        row("e", "-"),
    ];
    let layout = bar::layout(
        &BarChart {
            rows: &rows,
            unit: "条",
        },
        &chinese(),
    );
    let scene = layout.scene.unwrap();
    let widths: Vec<i32> = scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Rect(rect) => Some(rect.width.0),
            _ => None,
        })
        .collect();
    assert_eq!(widths, [10_000, 20], "1 of 1000 is drawn as 0.2 %");
    let texts: Vec<&str> = scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Text(text) => Some(text.content.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        texts,
        [
            "c",
            "1,000条",
            "d",
            "1",
            "a",
            "0",
            "b",
            "e",
            "未填报",
            "不适用"
        ]
    );
    assert_eq!(layout.drawing.missing.len(), 2);
}

#[test]
fn a_stack_says_what_does_not_add_up_and_shares_need_every_part() {
    let drawn = stacks();
    let count = drawn.get("stack-count").unwrap();
    assert!(
        count.fluid.contains(">170<") && count.fluid.contains(">(169)<"),
        "{}",
        count.fluid
    );
    assert!(
        !count.fluid.contains(">47"),
        "the parts of 2023 are incomplete: no sum of them"
    );
    assert!(count.key.iter().any(|entry| entry.label.contains("不符")));
    let share = drawn.get("stack-share").unwrap();
    assert!(share.fluid.contains("予以公开 50.2%"), "{}", share.fluid);
    let boxes = |drawing: &Drawing| drawing.fluid.matches('Z').count();
    // 2021: 2 parts; 2022: 3; 2023: 3 without the missing one; 2024: 4.
    assert_eq!((boxes(count), boxes(share)), (12, 9));
}

#[test]
fn a_flow_must_balance() {
    let end = |figure: &str| Flow {
        name: "x".into(),
        hue: Hue::SUBJECT,
        datum: datum(figure),
    };
    let laid = |sources: &[&str], outcomes: &[&str]| {
        let sources: Vec<Flow> = sources.iter().map(|figure| end(figure)).collect();
        let outcomes: Vec<Flow> = outcomes.iter().map(|figure| end(figure)).collect();
        let chart = FlowChart {
            sources: &sources,
            middle: "y",
            outcomes: &outcomes,
        };
        flow_mark::layout(&chart, &chinese()).map(|_| ())
    };
    assert_eq!(laid(&["10", "2"], &["5", "7"]), Ok(()));
    assert_eq!(laid(&["10", "2"], &["12", "0", "-"]), Ok(()));
    assert_eq!(laid(&["10", "_"], &["5", "5"]), Err(NoFlow::Missing));
    let unbalanced = NoFlow::Unbalanced {
        sources: 12.into(),
        outcomes: 11.into(),
    };
    assert_eq!(laid(&["10", "2"], &["5", "6"]), Err(unbalanced));
    assert_eq!(laid(&["9"], &["9"]), Err(NoFlow::Few));
    assert_eq!(laid(&["10", "-2"], &["8"]), Err(NoFlow::Improper));
    let most = "79228162514264337593543950335";
    assert_eq!(laid(&[most, most], &[most, most]), Err(NoFlow::Improper));
}

#[test]
fn a_long_list_keeps_its_subject() {
    let mut rows: Vec<Row> = (0..40)
        .map(|n| row(&format!("n{n}"), &(1_000 - n).to_string()))
        .collect();
    rows.get_mut(30).unwrap().subject = true;
    let chart = BarChart {
        rows: &rows,
        unit: "",
    };
    let layout = bar::layout(&chart, &english());
    assert_eq!(layout.drawing.omitted, 29);
    let scene = layout.scene.unwrap();
    let has = |wanted: &str| {
        scene
            .items
            .iter()
            .any(|item| matches!(item, Item::Text(text) if text.content == wanted))
    };
    assert!(has("n9") && !has("n10") && has("n30") && has("⋯ 29 more agencies"));
}

/// A text as it lies in a drawing.
struct Placed<'a> {
    content: &'a str,
    left: Px,
    right: Px,
    top: Px,
    bottom: Px,
}

/// The texts of a scene in a container of some width.
fn placed(scene: &Scene, container: Px, narrow: bool) -> Vec<Placed<'_>> {
    let margins = scene.margins;
    let right = if narrow {
        margins.right_narrow
    } else {
        margins.right
    };
    let left = Px::whole(margins.left * MARGIN_STEP);
    let plot = container - left - Px::whole(right * MARGIN_STEP);
    let hidden = if narrow { Show::Wide } else { Show::Narrow };
    let texts = scene.items.iter().filter_map(|item| match item {
        Item::Text(text) if text.show != hidden => Some(text),
        _ => None,
    });
    texts
        .map(|text| {
            let face: Face = text.voice.face();
            let width = face.width(&text.content);
            let x = left + text.x.of(plot) + text.dx;
            let start = match text.anchor {
                Anchor::Start => x,
                Anchor::Middle => x - width.half(),
                Anchor::End => x - width,
            };
            Placed {
                content: &text.content,
                left: start,
                right: start + width,
                top: text.y - Px(face.size * 8),
                bottom: text.y + Px(face.size * 2),
            }
        })
        .collect()
}

/// Checks that nothing leaves the frame and that no text lies on another by more than a pixel.
fn check_scene(scene: &Scene) -> Result<(), String> {
    let slack = Px::whole(1);
    for (container, narrow) in [
        (NARROW, true),
        (Px::whole(440), true),
        (WIDE, false),
        (Px::whole(672), false),
        (Px::whole(1_600), false),
    ] {
        let texts = placed(scene, container, narrow);
        for (at, text) in texts.iter().enumerate() {
            let inside = text.left >= -slack
                && text.right <= container + slack
                && text.top >= -slack
                && text.bottom <= scene.height + slack;
            if !inside {
                return Err(format!(
                    "{} leaves {container} × {}",
                    text.content, scene.height
                ));
            }
            for other in &texts[..at] {
                let apart = text.left + slack >= other.right
                    || other.left + slack >= text.right
                    || text.top + slack >= other.bottom
                    || other.top + slack >= text.bottom;
                if !apart {
                    return Err(format!(
                        "{} lies on {} in {container}",
                        text.content, other.content
                    ));
                }
            }
        }
    }
    for item in &scene.items {
        let inside = match item {
            Item::Rect(rect) => {
                rect.x >= Across::LEFT
                    && rect.x + rect.width <= Across::RIGHT
                    && rect.width > Across::LEFT
                    && rect.height > Px(0)
                    && rect.y >= Px(0)
                    && rect.y + rect.height <= scene.height
            }
            Item::Path(_, _, path) => path.0.iter().all(|step| {
                let places = match *step {
                    Step::Box(corners) => corners.to_vec(),
                    Step::Close => Vec::new(),
                    Step::Move(x, y) | Step::Line(x, y) | Step::Level(x, y) | Step::Dot(x, y) => {
                        vec![(x, y)]
                    }
                };
                places.into_iter().all(|(x, y)| {
                    (Across::LEFT..=Across::RIGHT).contains(&x)
                        && (Px(0)..=scene.height).contains(&y)
                })
            }),
            Item::Text(_) | Item::Loose(..) => true,
        };
        if !inside {
            return Err(format!("{item:?} leaves the plot"));
        }
    }
    Ok(())
}

/// Checks that every number in the markup is a plain one.
fn check_numbers(svg: &str) -> Result<(), String> {
    for name in ["x", "y", "dx", "width", "height", "viewBox", "d"] {
        for rest in svg.split(&format!(" {name}=\"")).skip(1) {
            let value = rest.split('"').next().unwrap_or_default();
            let plain = value.chars().all(|c| "0123456789.-% MLCHVhZ".contains(c));
            if !plain || value.is_empty() {
                return Err(format!("{name}=\"{value}\""));
            }
        }
    }
    Ok(())
}

#[test]
fn golden_scenes_are_in_order() {
    for (name, drawing) in drawings().into_iter().chain(stacks()) {
        for out in [&drawing.fluid, &drawing.fixed] {
            assert_eq!(check_numbers(out), Ok(()), "{name}");
        }
    }
}

fn any_datum() -> impl Strategy<Value = Datum> {
    let figure = prop_oneof![
        4 => (0_i64..2_000, 0_u32..1),
        1 => (0_i64..10, 0_u32..6),
        1 => (0_i64..100_000_000_000, 0_u32..4),
        1 => (-500_i64..500, 0_u32..2),
    ];
    let flags = prop_oneof![
        5 => Just(Flags::default()),
        1 => Just(Flags::QUESTIONED),
        1 => Just(Flags::REVISED | Flags::APPROXIMATE),
        1 => Just(Flags::CUMULATIVE),
    ];
    let gap = prop_oneof![
        Just(Gap::Blank),
        Just(Gap::NoReport),
        Just(Gap::NotApplicable),
        Just(Gap::NotTranscribed),
    ];
    prop_oneof![
        3 => (figure, flags).prop_map(|((mantissa, scale), flags)| {
            Datum::flagged(rust_decimal::Decimal::new(mantissa, scale), flags)
        }),
        1 => gap.prop_map(Datum::Gap),
    ]
}

fn any_breaks() -> impl Strategy<Value = Vec<Break>> {
    let kind = prop_oneof![Just(BreakKind::Cut), Just(BreakKind::Mark)];
    prop::collection::vec((0_usize..20, kind), 0..4).prop_map(|breaks| {
        breaks
            .into_iter()
            .map(|(after, kind)| change(after, kind))
            .collect()
    })
}

fn any_words() -> impl Strategy<Value = Words> {
    prop_oneof![Just(chinese()), Just(english())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn lines_are_in_order(
        data in (1_usize..=20).prop_flat_map(|count| {
            prop::collection::vec(prop::collection::vec(any_datum(), count), 1..=4)
        }),
        breaks in any_breaks(),
        words in any_words(),
        names in prop::collection::vec("[a-z ]{1,30}|[县局、（）公开数量]{1,24}", 4),
        near in any::<bool>(),
    ) {
        let count = data.first().map_or(0, Vec::len);
        let all: Vec<Series> = data
            .into_iter()
            .zip(names)
            .enumerate()
            .map(|(n, (data, name))| Series { name, hue: Hue::category(n), data })
            .collect();
        let chart = LineChart {
            periods: &years(2001, 2000 + i32::try_from(count).unwrap()),
            series: &all,
            breaks: &breaks,
            unit: "件",
            base: if near { Base::Near } else { Base::Zero },
        };
        let layout = line::layout(&chart, &words);
        let missing: usize = layout.drawing.missing.iter().map(|run| run.last - run.first + 1).sum();
        let gaps = all.iter().flat_map(|one| &one.data).filter(|datum| datum.gap().is_some()).count();
        prop_assert_eq!(missing, gaps);
        if let Some(scene) = &layout.scene {
            prop_assert_eq!(check_scene(scene), Ok(()));
            if breaks.is_empty() && all.len() == 1 {
                prop_assert_eq!(line_parts(scene).iter().sum::<usize>(), joined_runs(&all[0]));
            }
        }
        let lang = Lang::new("zh-CN");
        let drawing = layout.draw(&frame("c1", &lang, &words));
        prop_assert_eq!(check_numbers(&drawing.fluid), Ok(()));
        prop_assert_eq!(check_numbers(&drawing.fixed), Ok(()));
    }

    #[test]
    fn columns_are_in_order(
        data in prop::collection::vec(any_datum(), 1..=12),
        breaks in any_breaks(),
        words in any_words(),
    ) {
        let one = Series { name: "主动公开".into(), hue: Hue::SUBJECT, data };
        let chart = ColumnChart {
            periods: &years(2001, 2000 + i32::try_from(one.data.len()).unwrap()),
            series: &one,
            breaks: &breaks,
            unit: "件",
        };
        if let Some(scene) = column::layout(&chart, &words).scene {
            prop_assert_eq!(check_scene(&scene), Ok(()));
        }
    }

    #[test]
    fn stacks_are_in_order(
        data in (1_usize..=12).prop_flat_map(|count| {
            prop::collection::vec(prop::collection::vec(any_datum(), count), 1..=6)
        }),
        names in prop::collection::vec("[a-z ]{1,30}|[县局、（）公开数量]{1,24}", 6),
        breaks in any_breaks(),
        words in any_words(),
        share in any::<bool>(),
    ) {
        let count = data.first().map_or(0, Vec::len);
        let parts: Vec<Series> = data
            .into_iter()
            .zip(names)
            .enumerate()
            .map(|(n, (data, name))| Series { name, hue: Hue::category(n), data })
            .collect();
        let chart = StackChart {
            periods: &years(2001, 2000 + i32::try_from(count).unwrap()),
            parts: &parts,
            totals: parts.first(),
            breaks: &breaks,
            unit: "件",
            measure: if share { Measure::Share } else { Measure::Count },
        };
        if let Some(scene) = stack_mark::layout(&chart, &words).scene {
            prop_assert_eq!(check_scene(&scene), Ok(()));
        }
    }

    #[test]
    fn flows_are_in_order(
        sources in prop::collection::vec(0_i64..5_000, 1..4),
        cuts in prop::collection::vec(0_i64..5_000, 0..6),
        name in "[a-z ]{1,30}|[县局、（）公开数量]{1,24}",
    ) {
        let total: i64 = sources.iter().sum();
        let mut rest = total;
        let mut outcomes: Vec<i64> = cuts
            .into_iter()
            .map(|cut| {
                let part = cut.min(rest);
                rest -= part;
                part
            })
            .collect();
        outcomes.push(rest);
        let ends = |figures: Vec<i64>| -> Vec<Flow> {
            let end = |(n, figure)| Flow { name: name.clone(), hue: Hue::category(n), datum: Datum::value(figure) };
            figures.into_iter().enumerate().map(end).collect()
        };
        let chart = FlowChart { sources: &ends(sources), middle: "办理", outcomes: &ends(outcomes) };
        match flow_mark::layout(&chart, &chinese()) {
            Ok(layout) => prop_assert_eq!(check_scene(&layout.scene.unwrap()), Ok(())),
            Err(no_flow) => prop_assert!(no_flow == NoFlow::Few && total < 10),
        }
    }

    #[test]
    fn bars_are_in_order(
        rows in prop::collection::vec(
            (any_datum(), "[a-z ]{1,60}|[县局、（）公开数量]{1,50}", any::<bool>()), 1..=30,
        ),
        words in any_words(),
    ) {
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|(datum, name, subject)| Row { name, datum, subject })
            .collect();
        let layout = bar::layout(&BarChart { rows: &rows, unit: "件" }, &words);
        if let Some(scene) = &layout.scene {
            prop_assert_eq!(check_scene(scene), Ok(()));
        }
    }

    #[test]
    fn sparklines_have_plain_numbers(data in prop::collection::vec(any_datum(), 0..=40)) {
        let drawn = spark(&data);
        prop_assert_eq!(check_numbers(&drawn), Ok(()));
        prop_assert_eq!(drawn.is_empty(), data.iter().all(|datum| datum.gap().is_some()));
    }
}

/// How many runs of two and more figures a series has that are alike in being cumulative or not.
fn joined_runs(series: &Series) -> usize {
    let kinds: Vec<Option<bool>> = series
        .data
        .iter()
        .map(|datum| {
            datum
                .reported()
                .map(|reported| reported.flags.contains(Flags::CUMULATIVE))
        })
        .collect();
    kinds
        .chunk_by(|a, b| a == b)
        .filter(|run| run.len() > 1 && run[0].is_some())
        .count()
}
