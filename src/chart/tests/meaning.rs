//! Gaps stay gaps, zero stays zero, and what does not add up says so.

use super::super::fixture::{chinese, datum, english, series, years};
use super::super::mark::{bar, flow as flow_mark, line, stack as stack_mark};
use super::super::scale::Across;
use super::super::scene::{Item, Path, Scene, Show, Step};
use super::*;

#[test]
fn a_cut_and_a_gap_part_the_line_and_a_mark_does_not() {
    let periods = years(2020, 2025);
    let one = [series("", 0, "1 2 3 4 _ 6")];
    let parts = |breaks: &[Break]| {
        let chart = LineChart { periods: &periods, series: &one, breaks, unit: "", base: Base::Zero };
        let layout = line::layout(&chart, &chinese());
        let parts: Vec<usize> = line_parts(&layout.scene.unwrap());
        (parts, layout.drawing.missing.len())
    };
    assert_eq!(parts(&[]), (vec![1], 1), "the last point stands alone");
    assert_eq!(parts(&[change(1, BreakKind::Mark)]), (vec![1], 1));
    assert_eq!(parts(&[change(1, BreakKind::Cut)]), (vec![2], 1));
}

/// For each line of a scene the number of its joined parts.
pub(super) fn line_parts(scene: &Scene) -> Vec<usize> {
    let lines = scene.items.iter().filter_map(|item| match item {
        Item::Path(ink, _, path) if ink.0 == "ln" => Some(path),
        _ => None,
    });
    let parts = |path: &Path<Across>| path.0.iter().filter(|step| matches!(step, Step::Move(..))).count();
    lines.map(parts).collect()
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
        let words =
            scene.items.iter().filter(|item| matches!(item, Item::Text(text) if text.content == "缺"));
        (bands, words.count())
    };
    assert_eq!(bands("1 _ 2 _ _ 3"), (0, 3));
    assert_eq!(bands("1 _ _ _ 3"), (1, 1));
    assert_eq!(bands("1 - - - 3"), (0, 0), "what does not apply is not missing");
    assert_eq!(bands("1 0 0 0 3"), (0, 0), "zero is a figure");
}

#[test]
fn zero_has_its_figure_and_no_bar_and_a_gap_has_words() {
    let rows = [row("a", "0"), row("b", "."), row("c", "1000"), row("d", "1"), row("e", "-")];
    let layout = bar::layout(&BarChart { rows: &rows, unit: "条" }, &chinese());
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
    assert_eq!(texts, ["c", "1,000条", "d", "1", "a", "0", "b", "e", "未填报", "不适用"]);
    assert_eq!(layout.drawing.missing.len(), 2);
}

#[test]
fn a_stack_says_what_does_not_add_up_and_shares_need_every_part() {
    let drawn = stacks();
    let count = drawn.get("stack-count").unwrap();
    assert!(count.fluid.contains(">170<") && count.fluid.contains(">(169)<"), "{}", count.fluid);
    assert!(!count.fluid.contains(">47"), "the parts of 2023 are incomplete: no sum of them");
    assert!(count.key.iter().any(|entry| entry.label.contains("不符")));
    let share = drawn.get("stack-share").unwrap();
    assert!(share.fluid.contains("予以公开 50.2%"), "{}", share.fluid);
    let boxes = |drawing: &Drawing| drawing.fluid.matches('Z').count();
    // 2021: 2 parts; 2022: 3; 2023: 3 without the missing one; 2024: 4.
    assert_eq!((boxes(count), boxes(share)), (12, 9));
}

#[test]
fn a_period_that_lacks_a_part_has_a_mark_of_its_own_and_an_open_end() {
    let drawn = |a: &str, b: &str, measure| {
        let parts = [series("予以公开", 0, a), series("不予公开", 1, b)];
        let chart = StackChart {
            periods: &years(2021, 2023),
            parts: &parts,
            totals: None,
            breaks: &[],
            unit: "件",
            measure,
        };
        let layout = stack_mark::layout(&chart, &chinese());
        let items = layout.scene.unwrap().items;
        let said = |mark: &str| {
            items.iter().filter(|item| matches!(item, Item::Text(text) if text.content == mark)).count()
        };
        let marks = ["部", "缺", "空"].map(said);
        let key: Vec<String> = layout
            .drawing
            .key
            .into_iter()
            .filter(|entry| !entry.narrow_only)
            .map(|entry| entry.label)
            .collect();
        (marks, items.iter().filter(|item| item.is_hatched()).count(), key)
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let both = words(&["无报告", "部分数据缺"]);
    assert_eq!(drawn("5 7 _", "3 . _", Measure::Count), ([1, 1, 0], 1, both.clone()));
    assert_eq!(
        drawn("5 7 _", "3 . _", Measure::Share),
        ([1, 1, 0], 0, both),
        "no shares of an unknown whole"
    );
    assert_eq!(
        drawn("0 7 5", ". 4 5", Measure::Count),
        ([1, 0, 0], 1, words(&["部分数据缺"])),
        "zero is no whole either"
    );
    assert_eq!(
        drawn("5 7 5", "3 - 5", Measure::Count),
        ([0, 0, 0], 0, Vec::new()),
        "what does not apply is no part"
    );
    assert_eq!(drawn("5 . 5", "3 . 5", Measure::Count), ([0, 0, 1], 0, words(&["未填报"])));
}

#[test]
fn a_part_without_any_figure_has_no_colour_in_a_stack_but_is_missing() {
    let parts = [series("予以公开", 0, "5 7"), series("不予公开", 1, "? 2"), series("无法提供", 2, "? ?")];
    let chart = StackChart {
        periods: &years(2021, 2022),
        parts: &parts,
        totals: None,
        breaks: &[],
        unit: "件",
        measure: Measure::Count,
    };
    let layout = stack_mark::layout(&chart, &chinese());
    let labels: Vec<&str> = layout.drawing.key.iter().map(|entry| &*entry.label).collect();
    assert_eq!(labels, ["予以公开", "不予公开", "部分数据缺"]);
    let dots = layout.scene.unwrap().items.into_iter().filter_map(|item| match item {
        Item::Path(ink, _, path) if ink.0 == "ms" => Some((ink, path.0.len())),
        _ => None,
    });
    assert_eq!(dots.map(|(_, count)| count).collect::<Vec<usize>>(), [1], "of the one in the key");
    assert_eq!(layout.drawing.missing.len(), 2);
}

#[test]
fn a_flow_must_balance() {
    let end = |figure: &str| Flow { name: "x".into(), hue: Hue::SUBJECT, datum: datum(figure) };
    let laid = |sources: &[&str], outcomes: &[&str]| {
        let sources: Vec<Flow> = sources.iter().map(|figure| end(figure)).collect();
        let outcomes: Vec<Flow> = outcomes.iter().map(|figure| end(figure)).collect();
        let chart = FlowChart { sources: &sources, middle: "y", outcomes: &outcomes };
        flow_mark::layout(&chart, &chinese()).map(|_| ())
    };
    assert_eq!(laid(&["10", "2"], &["5", "7"]), Ok(()));
    assert_eq!(laid(&["10", "2"], &["12", "0", "-"]), Ok(()));
    assert_eq!(laid(&["10", "_"], &["5", "5"]), Err(NoFlow::Missing));
    let unbalanced = NoFlow::Unbalanced { sources: 12.into(), outcomes: 11.into() };
    assert_eq!(laid(&["10", "2"], &["5", "6"]), Err(unbalanced));
    assert_eq!(laid(&["9"], &["9"]), Err(NoFlow::Few));
    assert_eq!(laid(&["10", "-2"], &["8"]), Err(NoFlow::Improper));
    let most = "79228162514264337593543950335";
    assert_eq!(laid(&[most, most], &[most, most]), Err(NoFlow::Improper));
}

#[test]
fn the_names_of_a_flow_stand_beside_it_each_in_one_line_and_where_it_is_narrow_in_its_key() {
    let end = |name: &str, figure: &str| Flow { name: name.into(), hue: Hue::SUBJECT, datum: datum(figure) };
    let sources = [end("Requests received", "3511"), end("Carried in", "96")];
    let outcomes = [
        end("Unable to provide", "3078"),
        end("Declined to process", "406"),
        end("Handled otherwise", "2"),
        end("Open at year end", "121"),
    ];
    let chart = FlowChart { sources: &sources, middle: "handled", outcomes: &outcomes };
    let layout = flow_mark::layout(&chart, &english()).unwrap();
    let scene = layout.scene.unwrap();
    let said = |hidden: Show| -> Vec<String> {
        let texts = scene.items.iter().filter_map(|item| match item {
            Item::Text(text) if text.show != hidden => Some(text.content.clone()),
            _ => None,
        });
        texts.collect()
    };
    assert_eq!(said(Show::Wide), ["handled 3,607"], "no name lies on a band");
    let wide = said(Show::Narrow);
    let key: Vec<String> = layout
        .drawing
        .key
        .iter()
        .map(|entry| format!("{} {}", entry.label, entry.value.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(wide.get(..6), Some(&*key), "the key has each of them");
}

#[test]
fn a_long_list_keeps_its_subject() {
    let mut rows: Vec<Row> = (0..40).map(|n| row(&format!("n{n}"), &(1_000 - n).to_string())).collect();
    rows.get_mut(30).unwrap().subject = true;
    let chart = BarChart { rows: &rows, unit: "" };
    let layout = bar::layout(&chart, &english());
    assert_eq!(layout.drawing.omitted, 29);
    let scene = layout.scene.unwrap();
    let has = |wanted: &str| {
        scene.items.iter().any(|item| matches!(item, Item::Text(text) if text.content == wanted))
    };
    assert!(has("n9") && !has("n10") && has("n30") && has("⋯ 29 more agencies"));
}

#[test]
fn a_heat_table_says_each_reason_with_a_mark_of_its_own_and_in_its_key() {
    for (words, lang) in [(chinese(), Lang::new("zh-CN")), (english(), Lang::new("en"))] {
        let drawn = |data: &str| {
            let row = |name: &str| HeatRow {
                name: name.into(),
                href: String::new(),
                data: data.split_whitespace().map(datum).collect(),
            };
            let rows = [row("a"), row("b")];
            let columns = years(2018, 2017 + i32::try_from(rows[0].data.len()).unwrap());
            let table = HeatTable { head: "x", columns: &columns, rows: &rows, share: false };
            heat(&table, &frame("h", &lang, &words))
        };
        let drawing = drawn("1 . _ ? - 8! 9* 7+");
        let all = [
            &words.blank,
            &words.not_applicable,
            &words.no_report,
            &words.not_transcribed,
            &words.questioned,
            &words.revised,
            &words.cumulative,
        ];
        let key: Vec<(&str, &str)> =
            drawing.key.iter().map(|entry| (entry.mark.as_str(), entry.label.as_str())).collect();
        let wanted: Vec<(&str, &str)> =
            all.iter().map(|words| (words.mark.as_str(), words.text.as_str())).collect();
        assert_eq!(key, wanted);
        for words in all {
            assert_eq!(drawing.fluid.matches(&format!(">{}</abbr>", words.mark)).count(), 2, "{words:?}");
            assert!(drawing.fixed.contains(&words.text), "{words:?} in {}", drawing.fixed);
        }
        let marks: std::collections::BTreeSet<&str> = wanted.iter().map(|(mark, _)| *mark).collect();
        assert_eq!(marks.len(), wanted.len(), "two reasons have one mark");
        let key = drawn("1 _ 3").key;
        assert_eq!(key.len(), 1, "the key has what occurs: {key:?}");
    }
}
