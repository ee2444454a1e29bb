//! Size, colours, classes, escapes and numbers of what is written.

use super::fixture::*;
use super::*;
use crate::chart::palette;
use crate::form::BreakKind;

#[test]
fn budgets_are_kept() {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let data = "110 135 150 201 289 . . 455 510 630 845 . 1260 980 1105 1205 1188 1342";
    let chart = LineChart {
        periods: &years(2008, 2025),
        series: &[series("主动公开数量", 0, data), series("政府网站公开", 1, data)],
        breaks: &[change(5, BreakKind::Cut), change(10, BreakKind::Cut), change(12, BreakKind::Mark)],
        unit: "条",
        base: Base::Zero,
    };
    let drawing = lines(&chart, &frame("c1", &lang, &words));
    assert!(drawing.fluid.len() <= 4_096, "line: {} bytes", drawing.fluid.len());
    let figures: Vec<Datum> = data.split_whitespace().map(datum).collect();
    assert!(sparkline(&figures).len() <= 300, "sparkline: {} bytes", sparkline(&figures).len());
    let rows: Vec<Peer> =
        (1..=10).map(|n| peer("苍南县人力资源和社会保障局", &(n * 321).to_string())).collect();
    let drawing = bars(&BarChart { rows: &rows, unit: "条" }, &frame("c2", &lang, &words));
    assert!(drawing.fluid.len() <= 2_048, "bars: {} bytes", drawing.fluid.len());
}

#[test]
fn budgets_of_stacks_and_flows_are_kept() {
    let (words, lang) = (chinese(), Lang::new("zh-CN"));
    let parts: Vec<DataSeries> =
        (0..6).map(|n| series("予以公开", n, "121 130 140 155 171 168 191 202")).collect();
    let chart = StackChart {
        periods: &years(2017, 2024),
        parts: &parts,
        totals: None,
        breaks: &[],
        unit: "件",
        measure: Measure::Count,
    };
    let drawing = stack(&chart, &frame("c1", &lang, &words));
    assert!(drawing.fluid.len() <= 5_120, "stack: {} bytes", drawing.fluid.len());
    let drawn = examples();
    let flow = drawn.get("flow").unwrap();
    assert!(flow.fluid.len() <= 3_072, "flow: {} bytes", flow.fluid.len());
    let (words, lang) = (english(), Lang::new("en"));
    let chart = SankeyChart {
        sources: &categories(&[("Requests received", "35110"), ("Carried in", "960")]),
        middle: "handled",
        outcomes: &categories(&[
            ("Granted in full", "11910"),
            ("Granted in part", "3280"),
            ("Refused", "1420"),
            ("Unable to provide", "10780"),
            ("Declined to process", "4060"),
            ("Handled otherwise", "3410"),
            ("Open at year end", "1210"),
        ]),
    };
    let drawing = sankey(&chart, &frame("chart-outcomes", &lang, &words)).unwrap();
    assert!(drawing.fluid.len() <= 3_072, "flow: {} bytes", drawing.fluid.len());
}

#[test]
fn the_style_sheet_has_every_class_and_the_same_colours() {
    let css = include_str!("../../../themes/default/static/css/chart.css");
    for (name, drawing) in all_drawings() {
        for class in classes(&drawing.fluid).into_iter().filter(|class| *class != "hidden") {
            let known = css.contains(&format!(".{class} ")) || css.contains(&format!(".{class}{{"));
            assert!(known, "chart.css lacks .{class}, which {name} uses");
        }
        assert!(!drawing.fluid.contains("style="), "{name}");
        assert!(!drawing.fluid.contains('#') || drawing.fluid.contains("url(#"), "{name}");
    }
    for token in &palette::TOKENS {
        let light = format!("--{}: {};", token.name, token.light);
        let dark = format!("--{}: {};", token.name, token.dark);
        assert_eq!(css.matches(&light).count(), 2, "{light} on screen and on paper");
        assert_eq!(css.matches(&dark).count(), 2, "{dark} by choice and by preference");
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
    let rows = [peer(evil, "1"), peer(evil, "_")];
    let drawing = bars(&BarChart { rows: &rows, unit: evil }, &frame);
    for (name, drawing) in
        drawings_of(&Case { name: "ordinary", series: evil, data: "120 135 160 158 201 289 402 380" })
    {
        for out in [&drawing.fluid, &drawing.fixed] {
            assert!(!out.contains("<script"), "{name}: {out}");
            assert!(!out.contains('\u{0}'), "{name}: {out}");
        }
    }
    for out in [&drawing.fluid, &drawing.fixed] {
        assert!(!out.contains("<script") && !out.contains('\u{0}'), "{out}");
        assert!(out.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;"), "{out}");
    }
}

#[test]
fn golden_scenes_are_in_order() {
    for (name, drawing) in all_drawings() {
        for out in [&drawing.fluid, &drawing.fixed] {
            assert_eq!(check_numbers(out), Ok(()), "{name}");
        }
    }
}
