//! Whatever is drawn: places inside the frame, texts that do not lie on each other, a gap in the
//! line for each gap in the figures.

use proptest::prelude::*;

use super::super::bins::Bins;
use super::super::fixture::{chinese, english, years};
use super::super::heat::picture;
use super::super::mark::{
    bar, column, flow as flow_mark, line, multiple, range as range_mark, slope as slope_mark,
    stack as stack_mark, tile, waffle as waffle_mark,
};
use super::super::scale::Px;
use super::super::scene::MARGIN_STEP;
use super::meaning::line_parts;
use super::output::check_numbers;
use super::places::{check_scene, check_scene_in};
use super::*;

/// How many gaps a drawing tells of.
fn missing(drawing: &Drawing) -> usize {
    drawing.missing.iter().map(|run| run.last - run.first + 1).sum()
}

/// How many gaps there are.
fn gaps(series: &[Series]) -> usize {
    series.iter().flat_map(|one| &one.data).filter(|datum| datum.gap().is_some()).count()
}

/// Checks the numbers of both drawings.
fn check_drawing(layout: Layout, words: &Words) -> Result<(), String> {
    let lang = Lang::new("zh-CN");
    let drawing = layout.draw(&frame("c1", &lang, words));
    check_numbers(&drawing.fluid).and_then(|()| check_numbers(&drawing.fixed))
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
    prop_oneof![
        3 => (figure, flags).prop_map(|((mantissa, scale), flags)| {
            Datum::flagged(rust_decimal::Decimal::new(mantissa, scale), flags)
        }),
        1 => any_gap().prop_map(Datum::Gap),
    ]
}

fn any_gap() -> impl Strategy<Value = Gap> {
    prop_oneof![Just(Gap::Blank), Just(Gap::NoReport), Just(Gap::NotApplicable), Just(Gap::NotTranscribed),]
}

fn any_breaks() -> impl Strategy<Value = Vec<Break>> {
    let kind = prop_oneof![Just(BreakKind::Cut), Just(BreakKind::Mark)];
    prop::collection::vec((0_usize..20, kind), 0..4)
        .prop_map(|breaks| breaks.into_iter().map(|(after, kind)| change(after, kind)).collect())
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
        prop_assert_eq!(missing(&layout.drawing), gaps(&all));
        if let Some(scene) = &layout.scene {
            prop_assert_eq!(check_scene(scene), Ok(()));
            if breaks.is_empty() && all.len() == 1 {
                prop_assert_eq!(line_parts(scene).iter().sum::<usize>(), joined_runs(&all[0]));
            }
        }
        prop_assert_eq!(check_drawing(layout, &words), Ok(()));
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
        let layout = column::layout(&chart, &words);
        prop_assert_eq!(missing(&layout.drawing), gaps(std::slice::from_ref(&one)));
        if let Some(scene) = &layout.scene {
            prop_assert_eq!(check_scene(scene), Ok(()));
        }
        prop_assert_eq!(check_drawing(layout, &words), Ok(()));
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
        let layout = stack_mark::layout(&chart, &words);
        prop_assert_eq!(missing(&layout.drawing), gaps(&parts));
        if let Some(scene) = &layout.scene {
            prop_assert_eq!(check_scene(scene), Ok(()));
        }
        prop_assert_eq!(check_drawing(layout, &words), Ok(()));
    }

    #[test]
    fn flows_are_in_order(
        sources in prop::collection::vec(0_i64..5_000, 1..4),
        cuts in prop::collection::vec(0_i64..5_000, 0..6),
        names in prop::collection::vec("[a-z ]{1,30}|[县局、（）公开数量]{1,24}", 11),
        lost in (any_gap(), 0_usize..12),
        words in any_words(),
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
        let ends = |figures: Vec<i64>, names: &[String]| -> Vec<Flow> {
            let end = |(n, (figure, name)): (usize, (i64, &String))| Flow {
                name: name.clone(), hue: Hue::category(n), datum: Datum::value(figure),
            };
            figures.into_iter().zip(names).enumerate().map(end).collect()
        };
        let (sources, mut outcomes) = (ends(sources, &names[..4]), ends(outcomes, &names[4..]));
        let laid = |sources: &[Flow], outcomes: &[Flow]| {
            flow_mark::layout(&FlowChart { sources, middle: "办理", outcomes }, &words)
        };
        match laid(&sources, &outcomes) {
            Ok(layout) => {
                prop_assert_eq!(check_scene(layout.scene.as_ref().unwrap()), Ok(()));
                prop_assert_eq!(layout.drawing.key.len(), sources.len() + outcomes.len());
                prop_assert_eq!(check_drawing(layout, &words), Ok(()));
            }
            Err(no_flow) => prop_assert!(no_flow == NoFlow::Few && total < 10),
        }
        // What does not apply is no end of it; with one figure missing there is no flow.
        let (gap, at) = lost;
        let before = laid(&sources, &outcomes).is_ok();
        let datum = Datum::Gap(gap);
        outcomes.insert(at % (outcomes.len() + 1), Flow { name: "缺".into(), hue: Hue::CONTEXT, datum });
        match laid(&sources, &outcomes) {
            Err(NoFlow::Missing) => prop_assert!(gap.is_missing()),
            other => prop_assert!(!gap.is_missing() && other.is_ok() == before),
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
        let without = rows.iter().filter(|row| row.datum.gap().is_some()).count();
        prop_assert_eq!(missing(&layout.drawing), without);
        if let Some(scene) = &layout.scene {
            prop_assert_eq!(check_scene(scene), Ok(()));
        }
        prop_assert_eq!(check_drawing(layout, &words), Ok(()));
    }

    #[test]
    fn ranges_slopes_tiles_and_waffles_are_in_order(
        rows in prop::collection::vec(
            (any_datum(), any_datum(), "[a-z ]{1,60}|[县局、（）公开数量]{1,50}"), 1..=12,
        ),
        subject in 0_usize..12,
        words in any_words(),
        columns in 1_u8..=11,
        share in any::<bool>(),
    ) {
        let all: Vec<Row> = rows
            .iter()
            .enumerate()
            .map(|(at, (datum, _, name))| Row { name: name.clone(), datum: datum.clone(), subject: at == subject })
            .collect();
        let slopes: Vec<SlopeRow> = rows
            .iter()
            .enumerate()
            .map(|(at, (a, b, name))| SlopeRow { name: name.clone(), data: [a.clone(), b.clone()], subject: at == subject })
            .collect();
        let placed: Vec<Tile> = rows
            .iter()
            .zip(0_u8..)
            .map(|((datum, _, name), at)| Tile {
                name: name.chars().take(3).collect(), column: at % columns, row: at / columns, datum: datum.clone(),
            })
            .collect();
        let parts: Vec<Flow> = all
            .iter()
            .enumerate()
            .map(|(n, row)| Flow { name: row.name.clone(), hue: Hue::category(n), datum: row.datum.clone() })
            .collect();
        let of_rows = all.iter().filter(|row| row.datum.gap().is_some()).count();
        let of_pairs = slopes.iter().flat_map(|row| &row.data).filter(|datum| datum.gap().is_some()).count();
        let lacks_part = parts.iter().any(|part| part.datum.gap().is_some_and(Gap::is_missing));
        let laid = [
            range_mark::layout(&RangeChart { peers: &all, unit: "件" }, &words),
            slope_mark::layout(&SlopeChart { periods: ["2019", "2024"], rows: &slopes, unit: "件" }, &words),
            tile::layout(&TileChart { tiles: &placed, share, unit: "件" }, &words),
            waffle_mark::layout(&WaffleChart { parts: &parts }, &words),
        ];
        let told: Vec<usize> = laid.iter().map(|layout| missing(&layout.drawing)).collect();
        prop_assert_eq!(&told[..3], [of_rows, of_pairs, of_rows]);
        prop_assert!(!lacks_part || laid[3].scene.is_none(), "a waffle without a part");
        for layout in laid {
            if let Some(scene) = &layout.scene {
                prop_assert_eq!(check_scene(scene), Ok(()));
            }
            prop_assert_eq!(check_drawing(layout, &words), Ok(()));
        }
    }

    #[test]
    fn heat_maps_are_in_order(
        rows in prop::collection::vec(
            (prop::collection::vec(any_datum(), 1..=20), "[a-z ]{1,60}|[县局、（）公开数量]{1,50}"), 1..=6,
        ),
        words in any_words(),
        share in any::<bool>(),
    ) {
        let rows: Vec<HeatRow> =
            rows.into_iter().map(|(data, name)| HeatRow { name, href: String::new(), data }).collect();
        let count = rows.iter().map(|row| row.data.len()).max().unwrap_or(1);
        let columns = years(2001, 2000 + i32::try_from(count).unwrap());
        let table = HeatTable { head: "单位", columns: &columns, rows: &rows, share };
        let (scene, plot) = picture::layout(&table, &Bins::quantiles(&[]), &words);
        let margins = Px::whole((scene.margins.left + scene.margins.right) * MARGIN_STEP);
        for width in [plot + margins, (plot + margins).max(Px::whole(672))] {
            prop_assert_eq!(check_scene_in(&scene, &[(width, false)]), Ok(()));
        }
        let drawing = heat(&table, &frame("h", &Lang::new("zh-CN"), &words));
        let gaps = rows.iter().map(|row| {
            let gaps = row.data.iter().filter(|datum| datum.gap().is_some()).count();
            gaps + count - row.data.len()
        });
        prop_assert_eq!(missing(&drawing), gaps.sum::<usize>());
        prop_assert_eq!(check_numbers(&drawing.fixed), Ok(()));
    }

    #[test]
    fn multiples_are_in_order(
        data in (2_usize..=20).prop_flat_map(|count| {
            prop::collection::vec(prop::collection::vec(any_datum(), count), 1..=6)
        }),
        breaks in any_breaks(),
        words in any_words(),
        shared in any::<bool>(),
    ) {
        let count = data.first().map_or(0, Vec::len);
        let panels: Vec<PanelSeries> = data
            .into_iter()
            .map(|data| PanelSeries {
                series: Series { name: "公开".into(), hue: Hue::SUBJECT, data },
                href: String::new(),
                unit: "件".into(),
                breaks: breaks.clone(),
            })
            .collect();
        let periods = years(2001, 2000 + i32::try_from(count).unwrap());
        let chart = MultiplesChart { periods: &periods, panels: &panels, shared };
        let (laid, drawing) = multiple::layout(&chart, &words);
        let drawn = panels.iter().filter(|panel| panel.series.data.iter().any(|datum| datum.reported().is_some()));
        prop_assert_eq!(laid.len(), drawn.count());
        let containers = [(Px::whole(132), true), (Px::whole(230), false)];
        for panel in &laid {
            prop_assert_eq!(check_scene_in(&panel.scene, &containers), Ok(()));
        }
        let gaps = panels.iter().flat_map(|one| &one.series.data).filter(|datum| datum.gap().is_some()).count();
        prop_assert_eq!(missing(&drawing), gaps);
    }

    #[test]
    fn sparklines_are_in_order(data in prop::collection::vec(any_datum(), 0..=40)) {
        let drawn = spark(&data);
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

/// How many runs of two and more figures a series has that are alike in being cumulative or not.
fn joined_runs(series: &Series) -> usize {
    let kinds: Vec<Option<bool>> = series
        .data
        .iter()
        .map(|datum| datum.reported().map(|reported| reported.flags.contains(Flags::CUMULATIVE)))
        .collect();
    kinds.chunk_by(|a, b| a == b).filter(|run| run.len() > 1 && run[0].is_some()).count()
}

#[test]
fn a_label_of_many_digits_does_not_leave_its_panel() {
    let data = [60_000_000_021, 0, -1]
        .map(|value| Datum::flagged(rust_decimal::Decimal::new(value, 0), Flags::default()));
    let series = Series { name: "件".into(), hue: Hue::category(0), data: data.to_vec() };
    let panels = [PanelSeries { series, href: String::new(), unit: String::new(), breaks: Vec::new() }];
    let chart = MultiplesChart { periods: &years(2001, 2003), panels: &panels, shared: false };
    let (panels, _) = multiple::layout(&chart, &english());
    for panel in &panels {
        assert_eq!(check_scene_in(&panel.scene, &[(Px::whole(132), true)]), Ok(()));
    }
    assert_eq!(panels.len(), 1);
}
