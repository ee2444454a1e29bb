//! `{{ chart(…) }}` in a text or a template: a series by its id, or a group of series, for the page's
//! agency or report, for agencies by their paths, or for the whole site.

use crate::base::diagnostic::Message;
use crate::markdown::{Argument, Shortcode};
use crate::view::page::PageContext;

use super::chart_view::ChartView;
use super::outcomes::outcomes_group;
use super::request::{self, GroupRequest, Kind, NoChart, Request, SeriesRequest, check_arguments, unknown};
use super::{
    bar, heatmap, over_years, sankey, slope_chart, small_multiples, stack, strip_plot, tile_map, waffle,
};

/// The kinds of charts, in the order in which messages list them.
const KINDS: [&Kind; 12] = [
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
const OF_OUTCOMES: [&Kind; 5] = [&bar::BARS, &sankey::FLOW, &waffle::WAFFLE, &stack::STACK, &stack::SHARES];

/// Draws what a call asks for, or says why not.
pub(crate) fn chart<'r>(
    page: &PageContext<'r>,
    id: &str,
    call: &Shortcode,
) -> Result<ChartView<'r>, NoChart> {
    check_arguments(call)?;
    let kind = kind(call)?;
    let request = Request::new(page, id, call)?;
    let name = request.name;
    let empty = || NoChart::Empty(Message::new("call-chart-empty").arg("series", name));
    let catalog = &page.portal.site.catalog;
    let Some(ix) = catalog.find_series(name) else {
        let is_group = catalog.series.iter().any(|series| *series.group == *name);
        if !is_group {
            let known = || catalog.series.iter().map(|series| &*series.id);
            return Err(unknown("call-unknown-series", "code", name, known).into());
        }
        return group(request, kind)?.ok_or_else(empty);
    };
    let draw = match kind {
        None => by_figures,
        Some(kind) => kind.series.ok_or_else(|| only_outcomes(kind, outcomes_group(&page.portal)))?,
    };
    let years = request.years()?;
    draw(&SeriesRequest { request, ix, series: &catalog[ix], years })?.ok_or_else(empty)
}

/// Draws a series without a kind: several agencies side by side, or one over the years.
fn by_figures<'r>(request: &SeriesRequest<'_, 'r>) -> request::Result<'r> {
    let agencies = request.agencies()?;
    match agencies.as_slice() {
        [_, _, ..] => Ok(bar::of_agencies(request, &agencies)),
        _ => over_years::of_one(request, None),
    }
}

/// Draws a group of series: of one report, or over the years of an agency or of the whole site.
fn group<'r>(request: Request<'_, 'r>, kind: Option<&Kind>) -> request::Result<'r> {
    let outcomes = outcomes_group(request.portal());
    let kind = kind.unwrap_or(&bar::BARS);
    let is_outcomes = request.name == outcomes;
    let Some(draw) = kind.group else {
        let fit = if is_outcomes { OF_OUTCOMES.as_slice() } else { &[&bar::BARS] };
        let fit: Vec<&str> = fit.iter().map(|kind| kind.name).collect();
        let message = Message::new("call-chart-kind-series").arg("kind", kind.name);
        return Err(message.arg("group", request.name).arg("kinds", fit.join(", ")).into());
    };
    if kind.series.is_none() && !is_outcomes {
        return Err(only_outcomes(kind, outcomes).into());
    }
    draw(&GroupRequest::new(request)?)
}

fn only_outcomes(kind: &Kind, outcomes: &str) -> Message {
    Message::new("call-chart-kind-group").arg("kind", kind.name).arg("group", outcomes)
}

/// Finds the kind that is asked for.
fn kind(call: &Shortcode) -> Result<Option<&'static Kind>, Message> {
    let Some(asked) = call.get("kind") else { return Ok(None) };
    let name = if let Argument::Text(name) = asked { &**name } else { "" };
    let found = KINDS.iter().find(|kind| kind.name == name);
    found.map(|kind| Some(*kind)).ok_or_else(|| {
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        Message::new("call-chart-kind").arg("kind", name).arg("kinds", names.join(", "))
    })
}
