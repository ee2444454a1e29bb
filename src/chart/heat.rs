//! Heat maps: a table of agencies and years, each cell shaded by the class of its figure.
//!
//! A table, not a drawing: it has real headings, its figures can be read aloud, searched and copied.

use rust_decimal::Decimal;

use super::bins::Bins;
use super::input::{Datum, Flags};
use super::scene::Ink;
use super::svg::Svg;
use super::words::Words;

/// Rows and columns with a figure for each pair.
#[derive(Clone, Copy, Debug)]
pub struct HeatTable<'a> {
    /// What the table is called; read aloud before it.
    pub caption: &'a str,
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

/// Writes the table; empty where no figure was reported.
pub fn heat(table: &HeatTable<'_>, words: &Words) -> String {
    let figures: Vec<Decimal> = table
        .rows
        .iter()
        .flat_map(|row| &row.data)
        .filter_map(|datum| Some(datum.reported()?.value))
        .collect();
    if figures.is_empty() {
        return String::new();
    }
    let bins = if table.share {
        Bins::equal(Decimal::ZERO, Decimal::ONE_HUNDRED)
    } else {
        Bins::quantiles(&figures)
    };
    let mut out = Svg::default();
    out.tag("table").classes(["heat"]).open();
    out.tag("caption").classes(["hidden"]).text(table.caption);
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
        for at in 0..table.columns.len() {
            cell(&mut out, row.data.get(at), &bins, table.share, words);
        }
        out.close("tr");
    }
    out.close("tbody");
    out.close("table");
    out.finish()
}

/// A cell: its figure on the shade of its class, or hatched with the word for its gap. A screen
/// reader reads the whole reason, others see its mark.
fn cell(out: &mut Svg, datum: Option<&Datum>, bins: &Bins, share: bool, words: &Words) {
    let missing = Datum::Gap(super::Gap::NoReport);
    match datum.unwrap_or(&missing) {
        Datum::Reported(reported) => {
            let class = Ink::bin(bins.class(reported.value)).0;
            let mut text = words.figure(reported);
            if share {
                text.push('%');
            }
            let questioned = reported.flags.contains(Flags::QUESTIONED);
            if questioned {
                out.tag("td").classes([class, "doubt"]).attr("title", &*words.questioned).text(&text);
            } else {
                out.tag("td").classes([class]).text(&text);
            }
        }
        Datum::Gap(gap) => {
            let word = words.gap(*gap);
            out.tag("td").classes([if gap.is_missing() { "none" } else { "void" }]).open();
            out.tag("abbr").attr("title", &*word.text).text(&word.mark);
            out.close("td");
        }
    }
}
