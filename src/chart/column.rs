//! Columns: one quantity over a few years that each stand alone.

use rust_decimal::Decimal;

use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{Fill, Item, Margins, Rect, Scene};
use crate::chart::canvas::writer::Layout;
use crate::chart::data::{DataSeries, Flags, PlottedBreak};
use crate::chart::drawing::{Drawing, Frame, KeyEntry, Sign};
use crate::chart::plot::plot_frame::{PLOT, Plot, PlotFrame, nothing};
use crate::chart::plot::time_axis::{PeriodLayout, Periods};
use crate::chart::plot::value_axis::{Base, ValueAxis, steps};
use crate::chart::plot::value_labels::{ValueLabel, draw_value_labels};
use crate::chart::words::Words;

/// The least height of a figure that is not zero.
const LOWEST: Px = Px::whole(1);

/// One quantity over a few periods.
#[derive(Clone, Copy, Debug)]
pub struct ColumnChart<'a> {
    /// The labels of the periods, without gaps; about twelve at most.
    pub periods: &'a [String],
    /// The quantity.
    pub series: &'a DataSeries,
    /// The breaks.
    pub breaks: &'a [PlottedBreak],
    /// The unit of the figures.
    pub unit: &'a str,
}

/// Draws columns over time.
pub fn columns(chart: &ColumnChart<'_>, frame: &Frame<'_>) -> Drawing {
    layout(chart, frame.words).draw(frame)
}

pub(crate) fn layout(chart: &ColumnChart<'_>, words: &Words) -> Layout {
    let count = chart.periods.len();
    let series = std::slice::from_ref(chart.series);
    let figures: Vec<Decimal> = chart.series.reported(count).map(|(_, reported)| reported.value).collect();
    if figures.is_empty() {
        return nothing(series, count);
    }
    let axis = ValueAxis::new(&figures, Base::Zero, chart.unit, words);
    let periods = Periods::new(chart.periods, PeriodLayout::Slots);
    let overhang = steps(periods.label_width().half() + Px::whole(2));
    let mut scene = Scene::within(Margins {
        left: axis.margin(),
        right: overhang,
        right_narrow: overhang,
        ..Margins::default()
    });
    let panel = PlotFrame::new(
        &mut scene,
        axis,
        periods,
        series,
        chart.breaks,
        Plot { height: PLOT, values: Px::whole(8), are_parts: false },
    );
    panel.draw_below(&mut scene);
    draw_columns(&mut scene, &panel, chart.series);
    draw_values(&mut scene, &panel, chart.series, words);
    panel.draw_under(&mut scene, words);
    let mut drawing = panel.drawing(series, words);
    if chart.series.reported(count).any(|(_, r)| r.flags.contains(Flags::QUESTIONED)) {
        drawing.key.insert(0, KeyEntry::new(Sign::Hollow, chart.series.hue, &words.questioned.text));
    }
    Layout { scene: Some(scene), drawing }
}

fn draw_columns(scene: &mut Scene, panel: &PlotFrame<'_>, series: &DataSeries) {
    let zero = Px(panel.scale.place(Decimal::ZERO));
    let count = panel.periods.count();
    let width = panel.periods.column();
    for (period, reported) in series.reported(count).filter(|(_, r)| !r.value.is_zero()) {
        let end = Px(panel.scale.place(reported.value));
        let height = (zero.max(end) - zero.min(end)).max(LOWEST);
        let fill = if reported.flags.contains(Flags::QUESTIONED) {
            Fill::Hollow(series.hue)
        } else {
            Fill::Solid(series.hue)
        };
        scene.items.push(Item::Rect(Rect {
            fill,
            x: Across(panel.periods.centre(period).0 - width.0 / 2),
            width,
            y: if reported.value.is_sign_negative() { zero } else { zero - height },
            height,
        }));
    }
}

/// Writes the figures over their columns.
fn draw_values(scene: &mut Scene, panel: &PlotFrame<'_>, series: &DataSeries, words: &Words) {
    let tops: Vec<ValueLabel> = series
        .reported(panel.periods.count())
        .map(|(period, reported)| {
            // A column below zero leaves room above zero.
            let end = Px(panel.scale.place(reported.value.max(Decimal::ZERO)));
            ValueLabel::new(period, end, reported.value, vec![words.figure(reported)])
        })
        .collect();
    draw_value_labels(scene, panel, &tops);
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::canvas::scene::Show;
    use crate::chart::data::Hue;
    use crate::chart::plot::value_labels::VALUE_VOICE;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        let (periods, series, breaks) = (case.periods(), case.series(), case.breaks());
        columns(&ColumnChart { periods: &periods, series: &series, breaks: &breaks, unit: "条" }, frame)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn columns_are_in_order(
            data in prop::collection::vec(any_datum(), 1..=12),
            breaks in any_breaks(),
            words in any_words(),
        ) {
            let one = DataSeries { name: "主动公开".into(), hue: Hue::SUBJECT, data };
            let chart = ColumnChart {
                periods: &years(2001, 2000 + i32::try_from(one.data.len()).unwrap()),
                series: &one,
                breaks: &breaks,
                unit: "件",
            };
            let layout = layout(&chart, &words);
            prop_assert_eq!(check_layout(layout, &words), Ok(gaps(std::slice::from_ref(&one))));
        }
    }

    /// The figures written over columns in wide drawings, and in narrow ones.
    fn written(data: &str) -> [Vec<String>; 2] {
        let periods = years(2018, 2017 + i32::try_from(data.split_whitespace().count()).unwrap());
        let figures = series("主动公开", 0, data);
        let chart = ColumnChart { periods: &periods, series: &figures, breaks: &[], unit: "条" };
        let scene = layout(&chart, &chinese()).scene.unwrap();
        let shown = |hidden: Show| {
            let texts = scene.items.iter().filter_map(|item| match item {
                Item::Text(text) if text.voice == VALUE_VOICE && text.show != hidden => {
                    Some(text.content.clone())
                }
                _ => None,
            });
            texts.collect()
        };
        [shown(Show::Narrow), shown(Show::Wide)]
    }

    #[test]
    fn where_not_all_figures_fit_the_last_and_the_greatest_are_written() {
        assert_eq!(written("120 135 160"), [["120", "135", "160"], ["120", "135", "160"]]);
        let [wide, narrow] = written("3 120000 0 99999999 7 1");
        assert_eq!(narrow, ["99,999,999", "1"]);
        assert!(wide.len() == 6 || wide == narrow, "{wide:?}");
        // The greatest stands next to the last, as high: there is room for one.
        assert_eq!(written("1 2 3 4 5 6 7 8 9 10 99999998 99999999")[1], ["99,999,999"]);
        assert_eq!(written("1 2 3 4 5 6 7 8 9 10 99999999 99999998")[1], ["99,999,998"]);
    }
}
