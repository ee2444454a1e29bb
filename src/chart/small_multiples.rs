//! Small multiples: a grid of small lines, one per series, each with its last figure.

use rust_decimal::Decimal;

use crate::chart::canvas::path::Path;
use crate::chart::canvas::scale::{Across, Px, Scale};
use crate::chart::canvas::scene::{Anchor, Fill, Ink, Item, Rect, Scene, Show, Text};
use crate::chart::canvas::svg::Svg;
use crate::chart::canvas::text::{Face, lines_at_most};
use crate::chart::canvas::writer::{INNER, Medium, NOTE_LINE, PADDING, Page, USUAL, named_as, write_items};
use crate::chart::data::{DataSeries, Flags, GapReason, PlottedBreak};
use crate::chart::drawing::{Drawing, Frame, GapRun, NumberedBreak};
use crate::chart::line::{Point, add_line, parts, points};
use crate::chart::plot::missing::gap_runs;
use crate::chart::plot::tick::{Wish, ticks};
use crate::chart::plot::time_axis::{PeriodLayout, Periods, number_breaks};
use crate::chart::plot::value_axis::axis_labels;
use crate::chart::words::Words;
use crate::figure::is_symbol;
use crate::form::BreakKind;

/// The height of a plot.
const PLOT: Px = Px::whole(58);
/// The space over the plot for the label of the upper gridline.
const HEAD: Px = Px::whole(16);
/// The space under the plot for the first and the last period.
const FOOT: Px = Px::whole(19);
/// The space under the plot for the numbers of breaks.
const BREAK_LINE: Px = Px::whole(15);
/// From this many missing periods in a row on, there is a band.
const BAND: usize = 3;

/// Series side by side over the same periods.
#[derive(Clone, Copy, Debug)]
pub struct SmallMultiples<'a> {
    /// The labels of the periods, without gaps.
    pub periods: &'a [String],
    /// The series, in the order of the grid.
    pub panels: &'a [PanelSeries],
    /// Whether all have one scale, so that heights can be compared; they have one unit
    /// then.
    pub shared: bool,
}

/// One series of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelSeries {
    /// Its name and figures.
    pub series: DataSeries,
    /// The link of its name; may be empty.
    pub href: String,
    /// Its unit.
    pub unit: String,
    /// The breaks that concern it.
    pub breaks: Vec<PlottedBreak>,
}

/// The least space above the greatest figure, as a share of the span.
const HEADROOM: Decimal = Decimal::from_parts(4, 0, 0, false, 2);

/// A panel, laid out; its texts stand above its scene.
pub(crate) struct LaidPanel {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) value: String,
    pub(crate) scene: Scene,
}

/// Draws small multiples. A series without any figure has no panel.
pub fn small_multiples(chart: &SmallMultiples<'_>, frame: &Frame<'_>) -> Drawing {
    let (panels, mut drawing) = layout(chart, frame.words);
    if !panels.is_empty() {
        drawing.fluid = write_fluid(&panels, frame);
        (drawing.fixed, drawing.size) = write_fixed_picture(&panels, frame, &drawing);
    }
    drawing
}

pub(crate) fn layout(chart: &SmallMultiples<'_>, words: &Words) -> (Vec<LaidPanel>, Drawing) {
    let count = chart.periods.len();
    let breaks = numbered(chart);
    let missing = missing(chart);
    let drawing = Drawing { breaks: breaks.clone(), missing, ..Drawing::default() };
    let all: Vec<Decimal> = chart.panels.iter().flat_map(|panel| figures(panel, count)).collect();
    let has_breaks = !breaks.is_empty();
    let panels = chart.panels.iter().filter_map(|panel| {
        let own = figures(panel, count);
        if own.is_empty() {
            return None;
        }
        let scale = if chart.shared { &all } else { &own };
        lay(chart, panel, scale, &breaks, has_breaks, words)
    });
    (panels.collect(), drawing)
}

fn figures(panel: &PanelSeries, count: usize) -> Vec<Decimal> {
    panel.series.reported(count).map(|(_, reported)| reported.value).collect()
}

fn lay(
    chart: &SmallMultiples<'_>,
    panel: &PanelSeries,
    figures: &[Decimal],
    breaks: &[NumberedBreak],
    has_breaks: bool,
    words: &Words,
) -> Option<LaidPanel> {
    let count = chart.periods.len();
    let (last, figure) = panel.series.reported(count).next_back()?;
    let periods = Periods::new(chart.periods, PeriodLayout::Points);
    let low = figures.iter().min()?.min(&Decimal::ZERO);
    let high = figures.iter().max()?.max(&Decimal::ZERO);
    let whole = figures.iter().all(Decimal::is_integer);
    let wish = Wish { count: 3, whole, ..Wish::MEASURE };
    // A little more than the greatest, so that no line runs along the upper edge.
    let over = high.checked_sub(*low).unwrap_or_default() * HEADROOM;
    let over = if whole { over.ceil() } else { over };
    let ticks = ticks(*low, high.checked_add(over).unwrap_or(*high), &wish);
    let bottom = HEAD + PLOT;
    let scale = Scale::new(*ticks.first()?, *ticks.last()?, bottom.0, HEAD.0);
    let foot = if has_breaks { BREAK_LINE } else { Px(0) };
    let mut scene = Scene { height: bottom + foot + FOOT, ..Scene::default() };
    draw_bands(&mut scene, &periods, &panel.series, bottom);
    draw_axis(&mut scene, &ticks, &scale, &panel.unit, words);
    draw_breaks(&mut scene, &periods, panel, breaks, bottom);
    draw_line(&mut scene, &periods, panel, &scale);
    let baseline = scene.height - Px::whole(5);
    for (period, anchor) in [(0, Anchor::Start), (count.saturating_sub(1), Anchor::End)] {
        if period > 0 || anchor == Anchor::Start {
            let x = if anchor == Anchor::Start { Across::LEFT } else { Across::RIGHT };
            scene.write(Text::new(periods.label(period), x, baseline).anchored(anchor));
        }
    }
    let value = words.numbers.with_unit(&words.figure(figure), &panel.unit);
    let mut value = value.trim_end().to_owned();
    if last + 1 < count {
        value = format!("{value} · {}", periods.label(last));
    }
    Some(LaidPanel { name: panel.series.name.clone(), href: panel.href.clone(), value, scene })
}

/// Draws the hatch of three and more missing periods in a row.
fn draw_bands(scene: &mut Scene, periods: &Periods<'_>, series: &DataSeries, bottom: Px) {
    let missing = |period: usize| series.at(period).gap().is_some_and(GapReason::is_missing);
    let all: Vec<usize> = (0..periods.count()).collect();
    for run in all.chunk_by(|a, b| missing(*a) == missing(*b)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if missing(*first) && run.len() >= BAND {
            let x = periods.start(*first);
            let width = periods.start(last + 1) - x;
            scene.items.push(Item::Rect(Rect {
                fill: Fill::Hatch,
                x,
                width,
                y: HEAD,
                height: bottom - HEAD,
            }));
        }
    }
}

/// Draws the uppermost gridline with its label, and the line of zero.
fn draw_axis(scene: &mut Scene, ticks: &[Decimal], scale: &Scale, unit: &str, words: &Words) {
    let labels = axis_labels(ticks, unit, words);
    let line = |tick: &Decimal| {
        let y = Px(scale.place(*tick));
        Path::line((Across::LEFT, y), (Across::RIGHT, y))
    };
    if let (Some(top), Some(label)) = (ticks.last(), labels.ticks.last()) {
        scene.draw(Ink::GRID, Show::Always, line(top));
        // The unit stands beside the last figure, so the label has only the word of a large scale.
        let name = if is_symbol(unit) { labels.unit } else { labels.unit.replace(unit, "") };
        let text = words.numbers.with_unit(label, name.trim_end());
        let text = Text::new(text.trim_end(), Across::LEFT, HEAD - Px::whole(4));
        // A label of very many digits finds no room; the table has the figures.
        if text.voice.face().width(&text.content) <= NARROWEST {
            scene.write(text);
        }
    }
    let zero = ticks.iter().find(|tick| tick.is_zero()).or(ticks.first());
    scene.items.extend(zero.map(|zero| Item::Path(Ink::AXIS, Show::Always, line(zero))));
}

/// Draws the breaks that concern a panel, with the numbers they have in the whole chart.
fn draw_breaks(
    scene: &mut Scene,
    periods: &Periods<'_>,
    panel: &PanelSeries,
    breaks: &[NumberedBreak],
    bottom: Px,
) {
    let concerned = |at: &&NumberedBreak| {
        panel.breaks.iter().any(|own| own.after == at.after && own.kind == at.kind && own.text == at.text)
    };
    let half = Face::SMALL.size * 5;
    let mut free = Px(0);
    for change in breaks.iter().filter(concerned) {
        let x = periods.start(change.after + 1);
        let ink = if change.kind == BreakKind::Cut { Ink::BREAK } else { Ink::FORM };
        let rule = Path::line((x, HEAD), (x, bottom + Px::whole(3)));
        scene.draw(ink, Show::Always, rule);
        let middle = x.of(NARROWEST);
        if middle - Px(half) >= free && middle + Px(half) <= NARROWEST {
            free = middle + Px(half);
            scene.write(Text::new(&change.number, x, bottom + Px::whole(14)).anchored(Anchor::Middle));
        }
    }
}

/// Draws the line with its gaps, the last point, and points that stand alone.
fn draw_line(scene: &mut Scene, periods: &Periods<'_>, panel: &PanelSeries, scale: &Scale) {
    let hue = panel.series.hue;
    let points = points(&panel.series, periods, scale);
    let mut line = Path::new();
    let mut dots = Path::new();
    for part in parts(&points, &panel.breaks) {
        match part {
            [only] => dots.0.push(only.dot()),
            several => add_line(&mut line, several),
        }
    }
    if parts(&points, &panel.breaks).last().is_some_and(|part| part.len() > 1) {
        dots.0.extend(points.last().map(Point::dot));
    }
    let questioned = points.iter().filter(|point| point.reported.flags.contains(Flags::QUESTIONED));
    let holes = Path(questioned.map(Point::dot).collect());
    dots.0.extend(holes.0.iter().copied());
    for (ink, path) in [(Ink::series(hue), line), (Ink::point(hue), dots), (Ink::HOLE, holes)] {
        scene.draw(ink, Show::Always, path);
    }
}

/// Returns the breaks of all panels, each once, numbered from the earliest on.
fn numbered(chart: &SmallMultiples<'_>) -> Vec<NumberedBreak> {
    let mut all: Vec<PlottedBreak> = Vec::new();
    for change in chart.panels.iter().flat_map(|panel| &panel.breaks) {
        if !all.contains(change) {
            all.push(change.clone());
        }
    }
    number_breaks(&all, chart.periods.len())
}

fn missing(chart: &SmallMultiples<'_>) -> Vec<GapRun> {
    gap_runs(chart.panels.iter().map(|panel| panel.series.data.as_slice()), chart.periods.len())
}

/// The panels side by side in a picture, and the space between them.
const ACROSS: usize = 3;
const GUTTER: i32 = 24;
const PANEL: Px = Px((INNER.0 - 20 * GUTTER) / 3);
/// The least width of a panel.
const NARROWEST: Px = Px::whole(132);

/// Writes a grid of small drawings: to a screen reader one picture with one name. If names are links,
/// it is a group instead, because a picture cannot contain links.
fn write_fluid(panels: &[LaidPanel], frame: &Frame<'_>) -> String {
    let mut out = Svg::with_capacity(USUAL);
    let role = if panels.iter().all(|panel| panel.href.is_empty()) { "img" } else { "group" };
    named_as(out.tag("div").classes(["multiples"]), role, frame).open();
    for (at, panel) in panels.iter().enumerate() {
        out.tag("div").open();
        out.tag("p").open();
        if panel.href.is_empty() {
            out.tag("span").text(&panel.name);
        } else {
            out.tag("a").attr("href", &*panel.href).text(&panel.name);
        }
        out.tag("b").text(&panel.value);
        out.close("p");
        let tag = out.tag("svg").classes(["chart"]).attr("height", panel.scene.height);
        if role == "img" {
            tag.open();
        } else {
            tag.attr("aria-hidden", "true").open();
        }
        write_items(&mut out, &panel.scene, Medium::Fluid, &[frame.id, "-", &(at + 1).to_string()]);
        out.close("svg");
        out.close("div");
    }
    out.close("div");
    out.finish()
}

/// Writes the picture of a grid, and returns its size.
fn write_fixed_picture(panels: &[LaidPanel], frame: &Frame<'_>, drawing: &Drawing) -> (String, (u32, u32)) {
    let mut page = Page::titled(frame, INNER);
    for (row, panels) in panels.chunks(ACROSS).enumerate() {
        let names: Vec<Vec<String>> =
            panels.iter().map(|panel| lines_at_most(&panel.name, PANEL, Face::BODY, 2)).collect();
        let height = |names: &Vec<String>| names.iter().fold(NOTE_LINE, |sum, _| sum + NOTE_LINE);
        let top = page.y + names.iter().map(height).max().unwrap_or_default();
        let mut left = Px::whole(PADDING);
        for (at, (panel, names)) in panels.iter().zip(&names).enumerate() {
            let mut y = top - height(names);
            for line in names {
                y = y + NOTE_LINE;
                page.svg.tag("text").classes(["b"]).attr("x", left).attr("y", y).text(line);
            }
            page.svg.tag("text").classes(["s"]).attr("x", left).attr("y", y + NOTE_LINE).text(&panel.value);
            page.svg.tag("g").moved(left, top + Px::whole(10)).open();
            let number = (row * ACROSS + at + 1).to_string();
            let medium = Medium::Fixed { width: PANEL };
            write_items(&mut page.svg, &panel.scene, medium, &[frame.id, "-", &number]);
            page.svg.close("g");
            left = left + PANEL + Px::whole(GUTTER);
        }
        let height = panels.iter().map(|panel| panel.scene.height).max().unwrap_or_default();
        page.y = top + Px::whole(10) + height + Px::whole(10);
    }
    page.finish(frame, drawing)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::data::{Datum, Hue};
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        let panel = |n: usize| PanelSeries {
            series: series(
                &format!("{}{n}", case.series),
                0,
                &case.data.replace("201", if n == 1 { "." } else { "201" }),
            ),
            href: if n == 3 { "../".into() } else { String::new() },
            unit: "条".into(),
            breaks: if n == 2 { Vec::new() } else { case.breaks() },
        };
        let panels: Vec<PanelSeries> = (0..4).map(panel).collect();
        small_multiples(&SmallMultiples { periods: &case.periods(), panels: &panels, shared: false }, frame)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

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
                    series: DataSeries { name: "公开".into(), hue: Hue::SUBJECT, data },
                    href: String::new(),
                    unit: "件".into(),
                    breaks: breaks.clone(),
                })
                .collect();
            let periods = years(2001, 2000 + i32::try_from(count).unwrap());
            let chart = SmallMultiples { periods: &periods, panels: &panels, shared };
            let (laid, drawing) = layout(&chart, &words);
            let drawn = panels.iter().filter(|panel| panel.series.data.iter().any(|datum| datum.reported().is_some()));
            prop_assert_eq!(laid.len(), drawn.count());
            let containers = [(Px::whole(132), true), (Px::whole(230), false)];
            for panel in &laid {
                prop_assert_eq!(check_scene_in(&panel.scene, &containers), Ok(()));
            }
            let gaps = panels.iter().flat_map(|one| &one.series.data).filter(|datum| datum.gap().is_some()).count();
            prop_assert_eq!(gap_count(&drawing), gaps);
        }
    }

    #[test]
    fn a_label_of_many_digits_does_not_leave_its_panel() {
        let data = [60_000_000_021, 0, -1]
            .map(|value| Datum::flagged(rust_decimal::Decimal::new(value, 0), Flags::default()));
        let series = DataSeries { name: "件".into(), hue: Hue::category(0), data: data.to_vec() };
        let panels = [PanelSeries { series, href: String::new(), unit: String::new(), breaks: Vec::new() }];
        let chart = SmallMultiples { periods: &years(2001, 2003), panels: &panels, shared: false };
        let (panels, _) = layout(&chart, &english());
        for panel in &panels {
            assert_eq!(check_scene_in(&panel.scene, &[(Px::whole(132), true)]), Ok(()));
        }
        assert_eq!(panels.len(), 1);
    }
}
