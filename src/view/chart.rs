//! Charts for pages: series of the site as drawings, each with its table and its files.
//!
//! A kind of chart is one file: from facts to the input of [`crate::chart`], its title sentence, and
//! its row in [`KINDS`].

mod bar;
mod chart_view;
mod heatmap;
mod outcomes;
mod over_years;
mod points;
mod request;
mod sankey;
pub(crate) mod shortcode;
mod slope_chart;
mod small_multiples;
mod stack;
mod strip_plot;
mod tile_map;
mod title;
mod waffle;
mod words;

pub(crate) use bar::group_bars;
pub(crate) use chart_view::{ChartId, ChartView};
pub(crate) use heatmap::agency_heatmap;
pub(crate) use outcomes::outcomes_group;
pub(crate) use over_years::{over_years, sparkline};
pub(crate) use points::breaks_in_use;
pub(crate) use request::NoChart;
pub(crate) use sankey::sankey;
pub(crate) use small_multiples::{Panel, small_multiples};
pub(crate) use stack::stack;
pub(crate) use strip_plot::{spread, standing};
pub(crate) use waffle::region_waffle;

use request::Kind;

/// The kinds of charts that [`shortcode`] can ask for, in the order in which messages list them.
const KINDS: &[&Kind] = &[
    &over_years::LINE,
    &over_years::COLUMNS,
    &bar::BARS,
    &sankey::FLOW,
    &strip_plot::RANGE,
    &slope_chart::SLOPE,
    &small_multiples::MULTIPLES,
    &stack::STACK,
    &stack::SHARES,
    &waffle::WAFFLE,
    &tile_map::TILES,
    &heatmap::HEAT,
];

/// The kinds that outcomes of requests can be drawn as, in the order in which messages list them.
const KINDS_OF_OUTCOMES: &[&Kind] =
    &[&bar::BARS, &sankey::FLOW, &waffle::WAFFLE, &stack::STACK, &stack::SHARES];
