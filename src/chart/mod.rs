//! Charts: series and labels in, SVG text out.
//!
//! Each kind of chart is one file: its input, its layout, its tests. A layout is a scene
//! ([`canvas`]), which is written twice: as a fluid drawing for the page and as a picture that stands
//! alone. What charts over time share is in [`plot`]. The module has no words of its own ([`Words`]),
//! knows no report, agency or file, and cannot take a missing figure for zero ([`Datum`]).

mod canvas;
mod data;
mod drawing;
mod palette;
mod plot;
mod words;

mod bar;
mod column;
mod heatmap;
mod line;
mod sankey;
mod slope_chart;
mod small_multiples;
mod sparkline;
mod stack;
mod strip_plot;
mod tile_map;
mod waffle;

pub use bar::{BarChart, bars};
pub use column::{ColumnChart, columns};
pub use data::{Category, DataSeries, Datum, Flags, GapReason, Hue, Observation, Peer, PlottedBreak};
pub use drawing::{Drawing, Frame, GapRun, KeyEntry, NumberedBreak, Sign};
pub use heatmap::{Heatmap, HeatmapRow, heatmap};
pub use line::{LineChart, lines};
pub use plot::value_axis::Base;
pub use sankey::{SankeyChart, SankeyError, sankey};
pub use slope_chart::{SlopeChart, SlopeRow, slope_chart};
pub use small_multiples::{PanelSeries, SmallMultiples, small_multiples};
pub use sparkline::sparkline;
pub use stack::{Measure, StackChart, stack};
pub use strip_plot::{StripPlot, median, middle_half, strip_plot};
pub use tile_map::{MapTile, TileMap, tile_map};
pub use waffle::{WaffleChart, waffle};
pub use words::{AxisScale, MarkWords, Words};

#[cfg(test)]
#[path = "../../tests/golden/harness/mod.rs"] // beside the golden files that it draws
mod tests;

/// The charts that tests draw of each kind, by the beginnings of the names of their golden files.
#[cfg(test)]
const SPECIMENS: &[(&str, tests::Specimen)] = &[
    ("bar", bar::tests::specimen),
    ("column", column::tests::specimen),
    ("heat", heatmap::tests::specimen),
    ("line", line::tests::specimen),
    ("flow", sankey::tests::specimen),
    ("slope", slope_chart::tests::specimen),
    ("multiples", small_multiples::tests::specimen),
    ("stack", stack::tests::counts),
    ("shares", stack::tests::shares),
    ("range", strip_plot::tests::specimen),
    ("tile", tile_map::tests::specimen),
    ("waffle", waffle::tests::specimen),
];
