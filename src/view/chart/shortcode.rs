//! `{{ chart(…) }}` in a text or a template: a series by its id, or a group of series, for the page's
//! agency or report, for agencies by their paths, or for the whole site.

use crate::base::diagnostic::Message;
use crate::markdown::{Argument, Shortcode};
use crate::view::page::PageContext;

use super::chart_view::ChartView;
use super::outcomes::outcomes_group;
use super::request::{
    self, DrawSeries, GroupRequest, Kind, NoChart, Request, SeriesRequest, check_arguments, unknown,
};
use super::{KINDS, KINDS_OF_OUTCOMES, bar, over_years};

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
        None => DrawSeries::Agencies(bar::of_agencies, None),
        Some(kind) => kind.series.ok_or_else(|| only_outcomes(kind, outcomes_group(&page.portal)))?,
    };
    let years = request.years()?;
    let request = SeriesRequest { request, ix, series: &catalog[ix], years };
    match draw {
        DrawSeries::Any(draw) => draw(&request)?,
        DrawSeries::Agencies(draw, shape) => match request.agencies()?.as_slice() {
            several @ [_, _, ..] => draw(&request, several),
            agency => over_years::of_one(&request, agency, shape),
        },
    }
    .ok_or_else(empty)
}

/// Draws a group of series: of one report, or over the years of an agency or of the whole site.
fn group<'r>(request: Request<'_, 'r>, kind: Option<&Kind>) -> request::Result<'r> {
    let outcomes = outcomes_group(request.portal());
    let kind = kind.unwrap_or(&bar::BARS);
    let is_outcomes = request.name == outcomes;
    let Some(draw) = kind.group else {
        let fit = if is_outcomes { KINDS_OF_OUTCOMES } else { &[&bar::BARS] };
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
