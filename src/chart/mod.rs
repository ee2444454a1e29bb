//! Charts: series and labels in, SVG text out.
//!
//! Every chart is laid out once as a scene and written twice: as a fluid drawing for the page and
//! as a picture that stands alone. The module prints no word of its own ([`Words`]), knows no
//! report, agency or file, and cannot take a missing figure for zero ([`Datum`]).

mod bins;
mod digits;
mod figure;
#[cfg(test)]
mod fixture;
mod heat;
mod input;
mod label;
mod mark;
mod number;
mod palette;
mod path;
mod scale;
mod scene;
mod svg;
#[cfg(test)]
mod tests;
mod text;
mod tick;
mod words;

pub use bins::{BINS, Bins};
pub use heat::{HeatRow, HeatTable, heat};
pub use input::{Break, BreakKind, Datum, Flags, Gap, Hue, Reported, Series};
pub use mark::bar::{BarChart, Row, bars};
pub use mark::column::{ColumnChart, columns};
pub use mark::flow::{Flow, FlowChart, NoFlow, flow};
pub use mark::line::{Base, LineChart, lines};
pub use mark::multiple::{MultiplesChart, PanelSeries, multiples};
pub use mark::range::{RangeChart, median, middle_half, range};
pub use mark::slope::{SlopeChart, SlopeRow, slope};
pub use mark::spark::spark;
pub use mark::stack::{Measure, StackChart, stack};
pub use mark::tile::{Tile, TileChart, tiles};
pub use mark::waffle::{WaffleChart, waffle};
pub use number::{AxisScale, NumberFormat};
pub use words::{MarkWords, Words};

use crate::base::text::Lang;

/// What surrounds a chart: its name in the page, and the texts of its picture.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Unique in its page. The drawing is named by the element `{id}-title` and described by
    /// `{id}-summary`, both of which the page must have.
    pub id: &'a str,
    /// What the chart shows, as a finding.
    pub title: &'a str,
    /// Measure, unit, period and missing years, in one sentence.
    pub summary: &'a str,
    /// Where the figures are from; empty for nothing.
    pub source: &'a str,
    /// The language of all texts.
    pub lang: &'a Lang,
    /// The words of that language.
    pub words: &'a Words,
}

/// A chart, drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// An `svg` element for a page with the theme's style sheet, to be put in an element of class
    /// `plot`. Empty when no figure was reported: then a sentence says so, in place of a chart.
    pub fluid: String,
    /// A whole SVG file; empty as `fluid` is.
    pub fixed: String,
    /// Width and height of the file's picture in pixels.
    pub size: (u32, u32),
    /// What the colours and marks mean.
    pub key: Vec<KeyEntry>,
    /// The changes of form within the chart, numbered as they are in it.
    pub breaks: Vec<NumberedBreak>,
    /// The gaps, series by series.
    pub missing: Vec<MissingRun>,
    /// How many rows a long list does not show.
    pub omitted: usize,
}

impl Drawing {
    /// Whether there was no figure to draw.
    pub const fn is_empty(&self) -> bool {
        self.fluid.is_empty()
    }
}

/// A colour or mark and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// What the mark looks like.
    pub sign: Sign,
    /// Its colour.
    pub hue: Hue,
    /// The mark itself, where it is a word.
    pub mark: String,
    /// What it means.
    pub label: String,
    /// The last figure of the series, where it has one.
    pub value: Option<String>,
    /// Whether wide drawings say it beside the mark itself.
    pub narrow_only: bool,
}

/// The look of a mark in a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A line of a series.
    Line,
    /// An area of a category.
    Area,
    /// A hollow point: a questioned figure.
    Hollow,
    /// A ringed point: a revised figure.
    Ring,
    /// A square point: a cumulative figure.
    Square,
    /// A word at the axis: a missing figure.
    Word,
    /// The shade of a class of figures, 1 for the smallest to 5.
    Bin(u8),
    /// The hatch of a missing figure.
    Hatch,
}

impl KeyEntry {
    /// The class of its sign in the style sheet: `line s1`.
    pub fn class(&self) -> String {
        let shape = match self.sign {
            Sign::Line => "line",
            Sign::Area => "area",
            Sign::Hollow => "hollow",
            Sign::Ring => "ring",
            Sign::Square => "square",
            Sign::Word => return "word".to_owned(),
            Sign::Bin(class) => return format!("area q{class}"),
            Sign::Hatch => return "area none".to_owned(),
        };
        format!("{shape} s{}", self.hue.slot())
    }
}

/// A change of form, with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedBreak {
    /// ①, ②, …
    pub number: String,
    /// The index of the last period before it.
    pub after: usize,
    /// What it does to the series.
    pub kind: BreakKind,
    /// What changed.
    pub text: String,
}

/// Consecutive gaps of one series for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingRun {
    /// The index of the series.
    pub series: usize,
    /// The index of its first period or row.
    pub first: usize,
    /// The index of its last.
    pub last: usize,
    /// The reason.
    pub gap: Gap,
}

/// What laying a chart out gives: the scene, unless nothing was reported, and what the page is told.
struct Layout {
    scene: Option<scene::Scene>,
    drawing: Drawing,
}

impl Layout {
    /// Writes both outputs of the scene.
    fn draw(self, frame: &Frame<'_>) -> Drawing {
        let Self { scene, mut drawing } = self;
        if let Some(scene) = scene {
            drawing.fluid = figure::fluid(&scene, frame);
            (drawing.fixed, drawing.size) = figure::fixed(&scene, frame, &drawing);
        }
        drawing
    }
}
