//! Heat maps: a table of agencies and years, each cell shaded by the class of its figure.
//!
//! In a page a table, not a drawing: it has real headings, its figures can be read aloud, searched and
//! copied. Only its file is a picture.

pub(super) mod picture;

use rust_decimal::Decimal;

use super::bins::Bins;
use super::input::{Datum, Flags, Gap, Reported};
use super::mark::gap;
use super::scene::Ink;
use super::svg::Svg;
use super::words::{MarkWords, Words};
use super::{Drawing, Frame, KeyEntry, figure};

/// Rows and columns with a figure for each pair.
#[derive(Clone, Copy, Debug)]
pub struct HeatTable<'a> {
    /// The heading of the rows' names.
    pub head: &'a str,
    /// The headings of the columns: years.
    pub columns: &'a [String],
    /// The rows, in the order of the page.
    pub rows: &'a [HeatRow],
    /// Whether the figures are shares, whose classes have equal widths.
    pub share: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// Where the name leads; empty for nowhere.
    pub href: String,
    /// A datum for each column; where it ends early, the rest counts as no report.
    pub data: Vec<Datum>,
}

impl HeatRow {
    /// The datum of a column.
    fn at(&self, column: usize) -> &Datum {
        self.data.get(column).unwrap_or(&Datum::Gap(Gap::NoReport))
    }
}

impl HeatTable<'_> {
    /// The data, row by row.
    fn all(&self) -> impl Iterator<Item = &Datum> {
        self.rows.iter().flat_map(|row| (0..self.columns.len()).map(|column| row.at(column)))
    }

    /// A figure as its cell says it, without its remarks.
    fn text(&self, reported: &Reported, words: &Words) -> String {
        let text = words.figure(reported);
        if self.share { text + "%" } else { text }
    }
}

/// Writes the table and its picture; empty where no figure was reported.
pub fn heat(table: &HeatTable<'_>, frame: &Frame<'_>) -> Drawing {
    let rows = table.rows.iter().map(|row| row.data.as_slice());
    let mut drawing = Drawing { missing: gap::runs(rows, table.columns.len()), ..Drawing::default() };
    let figures: Vec<Decimal> = table.all().filter_map(|datum| Some(datum.reported()?.value)).collect();
    if figures.is_empty() {
        return drawing;
    }
    let bins = if table.share {
        Bins::equal(Decimal::ZERO, Decimal::ONE_HUNDRED)
    } else {
        Bins::quantiles(&figures)
    };
    drawing.key = key(table, frame.words);
    drawing.fluid = html(table, &bins, frame);
    let (scene, plot) = picture::layout(table, &bins, frame.words);
    (drawing.fixed, drawing.size) = figure::fixed_wide(&scene, frame, &drawing, plot);
    drawing
}

/// The marks that occur, in words: those of gaps, then those of figures.
fn key(table: &HeatTable<'_>, words: &Words) -> Vec<KeyEntry> {
    let mut gaps: Vec<Gap> = table.all().filter_map(Datum::gap).collect();
    gaps.sort_unstable();
    gaps.dedup();
    let reported = table.all().filter_map(Datum::reported);
    let flags = reported.fold(Flags::default(), |all, one| all | one.flags);
    gaps.into_iter().map(|gap| words.gap(gap)).chain(words.remarks(flags)).map(gap::entry).collect()
}

fn html(table: &HeatTable<'_>, bins: &Bins, frame: &Frame<'_>) -> String {
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
            cell(&mut out, table, row.at(column), bins, frame.words);
        }
        out.close("tr");
    }
    out.close("tbody");
    out.close("table");
    out.finish()
}

/// A cell: its figure on the shade of its class, with the marks of its remarks; or hatched with the
/// mark of its gap. The key has the marks in words.
fn cell(out: &mut Svg, table: &HeatTable<'_>, datum: &Datum, bins: &Bins, words: &Words) {
    let mark =
        |out: &mut Svg, words: &MarkWords| out.tag("abbr").attr("title", &*words.text).text(&words.mark);
    match datum {
        Datum::Reported(reported) => {
            let class = Ink::bin(bins.class(reported.value)).0;
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
