//! Heat maps: a table of agencies and years, each cell shaded by the class of its figure.
//!
//! In a page a table, not a drawing: it has real headings, its figures can be read aloud, searched and
//! copied. Only its file is a picture.

use rust_decimal::Decimal;

use crate::chart::canvas::path::{Path, Step};
use crate::chart::canvas::scale::{Across, Px};
use crate::chart::canvas::scene::{
    Anchor, Fill, Ink, Item, MARGIN_STEP, Margins, Rect, Scene, Show, Text, Voice,
};
use crate::chart::canvas::svg::Svg;
use crate::chart::canvas::text::lines_at_most;
use crate::chart::canvas::writer::fixed_wide;
use crate::chart::data::{Datum, Flags, GapReason, Observation};
use crate::chart::drawing::{Drawing, Frame, KeyEntry};
use crate::chart::plot::classes::{CLASS_COUNT, Classes};
use crate::chart::plot::missing::gap_runs;
use crate::chart::words::{MarkWords, Words};

/// Rows and columns with a figure for each pair.
#[derive(Clone, Copy, Debug)]
pub struct Heatmap<'a> {
    /// The heading of the rows' names.
    pub head: &'a str,
    /// The headings of the columns: years.
    pub columns: &'a [String],
    /// The rows, in the order of the page.
    pub rows: &'a [HeatmapRow],
    /// Whether the figures are shares, whose classes have equal widths.
    pub share: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatmapRow {
    /// Its name.
    pub name: String,
    /// The link of the name; may be empty.
    pub href: String,
    /// A datum for each column; if it ends early, the rest counts as no report.
    pub data: Vec<Datum>,
}

impl HeatmapRow {
    fn at(&self, column: usize) -> &Datum {
        self.data.get(column).unwrap_or(&Datum::Gap(GapReason::NoReport))
    }
}

impl Heatmap<'_> {
    fn all(&self) -> impl Iterator<Item = &Datum> {
        self.rows.iter().flat_map(|row| (0..self.columns.len()).map(|column| row.at(column)))
    }

    /// Writes a figure as in its cell, without its remarks.
    fn text(&self, reported: &Observation, words: &Words) -> String {
        let text = words.figure(reported);
        if self.share { text + "%" } else { text }
    }
}

/// Writes the table and its picture; empty if no figure was reported.
pub fn heatmap(table: &Heatmap<'_>, frame: &Frame<'_>) -> Drawing {
    let rows = table.rows.iter().map(|row| row.data.as_slice());
    let mut drawing = Drawing { missing: gap_runs(rows, table.columns.len()), ..Drawing::default() };
    let figures: Vec<Decimal> = table.all().filter_map(|datum| Some(datum.reported()?.value)).collect();
    if figures.is_empty() {
        return drawing;
    }
    let classes = Classes::of(&figures, table.share);
    drawing.key = key(table, frame.words);
    drawing.fluid = html(table, &classes, frame);
    let (scene, plot) = picture(table, &classes, frame.words);
    (drawing.fixed, drawing.size) = fixed_wide(&scene, frame, &drawing, plot);
    drawing
}

/// Returns the marks that occur: those of gaps, then those of figures.
fn key(table: &Heatmap<'_>, words: &Words) -> Vec<KeyEntry> {
    let mut gaps: Vec<GapReason> = table.all().filter_map(Datum::gap).collect();
    gaps.sort_unstable();
    gaps.dedup();
    let reported = table.all().filter_map(Datum::reported);
    let flags = reported.fold(Flags::default(), |all, one| all | one.flags);
    gaps.into_iter().map(|gap| words.gap(gap)).chain(words.remarks(flags)).map(KeyEntry::of_mark).collect()
}

fn html(table: &Heatmap<'_>, classes: &Classes, frame: &Frame<'_>) -> String {
    let mut out = Svg::default();
    out.tag("table").classes(["heat"]).open();
    out.tag("caption").classes(["hidden"]).text(frame.title);
    out.tag("thead").open();
    out.tag("tr").open();
    out.tag("th").attr("scope", "col").text(table.head);
    for column in table.columns {
        out.tag("th").attr("scope", "col").text(column);
    }
    out.close("tr");
    out.close("thead");
    out.tag("tbody").open();
    for row in table.rows {
        out.tag("tr").open();
        out.tag("th").attr("scope", "row").open();
        if row.href.is_empty() {
            out.tag("span").text(&row.name);
        } else {
            out.tag("a").attr("href", &*row.href).text(&row.name);
        }
        out.close("th");
        for column in 0..table.columns.len() {
            cell(&mut out, table, row.at(column), classes, frame.words);
        }
        out.close("tr");
    }
    out.close("tbody");
    out.close("table");
    out.finish()
}

/// Writes a cell: its figure on the shade of its class, with the marks of its remarks; or hatched with the
/// mark of its gap. The key has the marks in words.
fn cell(out: &mut Svg, table: &Heatmap<'_>, datum: &Datum, classes: &Classes, words: &Words) {
    let mark =
        |out: &mut Svg, words: &MarkWords| out.tag("abbr").attr("title", &*words.text).text(&words.mark);
    match datum {
        Datum::Reported(reported) => {
            let class = Ink::shade(classes.class(reported.value)).0;
            let doubt = if reported.flags.contains(Flags::QUESTIONED) { "doubt" } else { "" };
            let cell = out.tag("td").classes([class, doubt]);
            let text = table.text(reported, words);
            if reported.flags.is_empty() {
                return cell.text(&text);
            }
            cell.open();
            out.tag("span").text(&text);
            words.remarks(reported.flags).for_each(|remark| mark(out, remark));
            out.close("td");
        }
        Datum::Gap(gap) => {
            out.tag("td").classes([if gap.is_missing() { "none" } else { "void" }]).open();
            mark(out, words.gap(*gap));
            out.close("td");
        }
    }
}

/// The width of the names, in steps of a margin.
const NAMES: i32 = 15;
const LINE: Px = Px::whole(16);
/// The space between two cells, and around the text of one.
const SEAM: Px = Px::whole(2);
const PADDING: Px = Px::whole(5);
const NARROWEST: Px = Px::whole(34);
const HEAD: Px = Px::whole(22);

/// Lays the picture out, and returns the width of all its columns.
fn picture(table: &Heatmap<'_>, classes: &Classes, words: &Words) -> (Scene, Px) {
    let count = table.columns.len();
    let pitch = pitch(table, words);
    let plot = pitch * i32::try_from(count).unwrap_or(i32::MAX);
    let names = Px::whole(NAMES * MARGIN_STEP);
    let mut scene =
        Scene { height: HEAD, margins: Margins { left: NAMES, ..Margins::default() }, items: Vec::new() };
    let at = |column: usize| Across::share(column, count);
    let seam = Across::share(SEAM.0.unsigned_abs() as usize, plot.0.unsigned_abs() as usize);
    let over = |x, text: &str| Text::new(text, x, Px::whole(14));
    scene.write(over(Across::LEFT, table.head).shifted(-names));
    for (column, label) in table.columns.iter().enumerate() {
        let middle = Across::share(2 * column + 1, 2 * count);
        scene.write(over(middle, label).anchored(Anchor::Middle));
    }
    let mut shades: [Path<Across>; CLASS_COUNT] = std::array::from_fn(|_| Path::new());
    let mut hatches = Vec::new();
    let mut labels = Vec::new();
    let mut texts = Vec::new();
    for row in table.rows {
        let lines = lines_at_most(&row.name, names - PADDING * 2, Voice::Plain.face(), 3);
        let height = LINE * i32::try_from(lines.len().max(1)).unwrap_or(1) + PADDING * 2;
        let (top, bottom) = (scene.height, scene.height + height - SEAM);
        for (line, y) in lines.iter().zip(1..) {
            let text = Text::new(line, Across::LEFT, top + LINE * y).shifted(-names);
            labels.push(Item::Text(text.voiced(Voice::Plain)));
        }
        let baseline = top + (height - SEAM).half() + Px::whole(5);
        for column in 0..count {
            let middle = Across::share(2 * column + 1, 2 * count);
            let (content, voice) = said(table, row.at(column), classes, words);
            if let Voice::OnShade(class) = voice
                && let Some(shade) = shades.get_mut(usize::from(class).saturating_sub(1))
            {
                shade.0.push(Step::Box([(at(column), bottom), (at(column + 1) - seam, top)]));
            }
            texts.push(Text::new(content, middle, baseline).anchored(Anchor::Middle).voiced(voice));
        }
        for (first, last) in hatched(row, count) {
            hatches.push(Item::Rect(Rect {
                fill: Fill::Hatch,
                x: at(first),
                width: at(last + 1) - seam - at(first),
                y: top,
                height: bottom - top,
            }));
        }
        scene.height = scene.height + height;
    }
    for (shade, class) in shades.into_iter().zip(1..) {
        scene.draw(Ink::shade(class), Show::Always, shade);
    }
    scene.items.extend(hatches);
    scene.items.extend(labels);
    texts.sort_by_key(|text| text.voice.class());
    scene.items.extend(texts.into_iter().map(Item::Text));
    (scene, plot)
}

/// Returns the text of a cell and its voice.
fn said(table: &Heatmap<'_>, datum: &Datum, classes: &Classes, words: &Words) -> (String, Voice) {
    match datum {
        Datum::Gap(gap) => (words.gap(*gap).mark.clone(), Voice::Value),
        Datum::Reported(reported) => {
            let mut text = table.text(reported, words);
            for remark in words.remarks(reported.flags) {
                text.push(' ');
                text.push_str(&remark.mark);
            }
            (text, Voice::OnShade(classes.class(reported.value)))
        }
    }
}

/// Returns the width of a column: that of its widest text.
fn pitch(table: &Heatmap<'_>, words: &Words) -> Px {
    // The class of a figure does not change the size of its text.
    let classes = Classes::quantiles(&[]);
    let cells = table.all().map(|datum| said(table, datum, &classes, words));
    let cells = cells.map(|(text, voice)| voice.face().width(&text));
    let heads = table.columns.iter().map(|label| Voice::Axis.face().width(label));
    cells.chain(heads).max().unwrap_or_default().max(NARROWEST) + PADDING * 2
}

/// Returns the runs of columns in which a row misses a figure.
fn hatched(row: &HeatmapRow, count: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for column in 0..count {
        if !row.at(column).gap().is_some_and(GapReason::is_missing) {
            continue;
        }
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == column => *last = column,
            _ => runs.push((column, column)),
        }
    }
    runs
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::text::Lang;
    use crate::chart::tests::fixture::*;

    pub(crate) fn specimen(case: &Case<'_>, frame: &Frame<'_>) -> Drawing {
        let row = |name: &str, data: &str| HeatmapRow {
            name: name.into(),
            href: if name == LONG { String::new() } else { "../".into() },
            data: data.split_whitespace().map(datum).collect(),
        };
        let rows = [row(case.series, case.data), row("苍南县档案馆", &case.data.replace("289", "- "))];
        heatmap(&Heatmap { head: "单位", columns: &years(2018, 2025), rows: &rows, share: false }, frame)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn heat_maps_are_in_order(
            rows in prop::collection::vec(
                (prop::collection::vec(any_datum(), 1..=20), "[a-z ]{1,60}|[县局、（）公开数量]{1,50}"), 1..=6,
            ),
            words in any_words(),
            share in any::<bool>(),
        ) {
            let rows: Vec<HeatmapRow> =
                rows.into_iter().map(|(data, name)| HeatmapRow { name, href: String::new(), data }).collect();
            let count = rows.iter().map(|row| row.data.len()).max().unwrap_or(1);
            let columns = years(2001, 2000 + i32::try_from(count).unwrap());
            let table = Heatmap { head: "单位", columns: &columns, rows: &rows, share };
            let (scene, plot) = picture(&table, &Classes::quantiles(&[]), &words);
            let margins = Px::whole((scene.margins.left + scene.margins.right) * MARGIN_STEP);
            for width in [plot + margins, (plot + margins).max(Px::whole(672))] {
                prop_assert_eq!(check_scene_in(&scene, &[(width, false)]), Ok(()));
            }
            let drawing = heatmap(&table, &frame("h", &Lang::new("zh-CN"), &words));
            let gaps = rows.iter().map(|row| {
                let gaps = row.data.iter().filter(|datum| datum.gap().is_some()).count();
                gaps + count - row.data.len()
            });
            prop_assert_eq!(gap_count(&drawing), gaps.sum::<usize>());
            prop_assert_eq!(check_numbers(&drawing.fixed), Ok(()));
        }
    }

    #[test]
    fn a_heat_table_says_each_reason_with_a_mark_of_its_own_and_in_its_key() {
        for (words, lang) in [(chinese(), Lang::new("zh-CN")), (english(), Lang::new("en"))] {
            let drawn = |data: &str| {
                let row = |name: &str| HeatmapRow {
                    name: name.into(),
                    href: String::new(),
                    data: data.split_whitespace().map(datum).collect(),
                };
                let rows = [row("a"), row("b")];
                let columns = years(2018, 2017 + i32::try_from(rows[0].data.len()).unwrap());
                let table = Heatmap { head: "x", columns: &columns, rows: &rows, share: false };
                heatmap(&table, &frame("h", &lang, &words))
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
}
