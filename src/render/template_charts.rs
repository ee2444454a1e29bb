//! Charts that a template draws with `chart(…)`.
//!
//! Functions of the template engine get no context, so `chart(…)` cannot know the page it is called on. It
//! writes its arguments as JSON between two `\0` bytes instead ([`CHART_MARK`]). Once the page is rendered, it is
//! cut open at these marks, and each request is replaced by its chart, drawn as a shortcode of a text would be.

use rust_decimal::Decimal;

use crate::base::diagnostic::{Arg, At, Diagnostic, Message, Severity};
use crate::markdown::{Argument, Shortcode};
use crate::theme::Template;
use crate::view::chart::{NoChart, shortcode};
use crate::view::output::Output;
use crate::view::page::{PageContext, Slot};

use super::engine::CHART_MARK;

/// Replaces the chart requests in a rendered page by charts.
pub(super) fn draw(page: &PageContext<'_>, template: &str, html: Vec<u8>, output: &mut Output) -> Vec<u8> {
    if !html.contains(&CHART_MARK) {
        return html;
    }
    let mut drawn = Vec::with_capacity(html.len());
    for (at, part) in html.split(|byte| *byte == CHART_MARK).enumerate() {
        // Every second part is a request.
        if at % 2 == 0 {
            drawn.extend_from_slice(part);
            continue;
        }
        let id = format!("chart-asked-{}", at / 2 + 1);
        let figure = || -> Result<_, NoChart> {
            let (shortcode, level) = parse(part)?;
            let view = shortcode::chart(page, &id, &shortcode)?;
            let html = (page.chart_template)(&view, Slot { level, lang: None })?;
            Ok((view, html))
        };
        match figure() {
            Ok((view, html)) => {
                drawn.extend_from_slice(html.as_bytes());
                output.add_charts(&[view]);
            }
            // A template serves many pages; that one of them has too few figures is not a fault.
            Err(NoChart::Empty(_)) => {}
            Err(NoChart::Wrong(message)) => {
                output.faults.push(fault(message, template, &page.portal.theme.templates));
            }
        }
    }
    drawn
}

/// Parses a request into the shortcode that a text would have, and the heading level of the chart's title:
/// 2 unless the template sets another.
fn parse(request: &[u8]) -> Result<(Shortcode, u8), Message> {
    let wrong = || Message::new("call-chart-series");
    let mut args: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(request).map_err(|_| wrong())?;
    let level = match args.remove("level") {
        None => 2,
        Some(value) => match value.as_u64() {
            Some(level @ 2..=6) => level as u8,
            _ => return Err(Message::new("call-chart-level").arg("level", value.to_string())),
        },
    };
    let named = args.into_iter().map(|(name, value)| {
        let value = match value {
            serde_json::Value::String(text) => Argument::Text(text),
            serde_json::Value::Bool(truth) => Argument::Truth(truth),
            serde_json::Value::Number(number) => match number.as_i64() {
                // A year without its quotes.
                Some(whole) if name == "years" => Argument::Text(whole.to_string()),
                whole => Argument::Number(whole.map(Decimal::from).ok_or_else(wrong)?),
            },
            serde_json::Value::Array(items) => {
                let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
                Argument::List(texts.collect::<Option<_>>().ok_or_else(wrong)?)
            }
            serde_json::Value::Null | serde_json::Value::Object(_) => return Err(wrong()),
        };
        Ok((name, value))
    });
    let named = named.collect::<Result<_, _>>()?;
    Ok((Shortcode { name: "chart".into(), positional: Vec::new(), named, range: 0..0 }, level))
}

/// Returns the fault of a request, at the first `chart(…)` that has the offending word: in the template of the
/// page, or else in any other.
fn fault(message: Message, template: &str, templates: &[Template]) -> Diagnostic {
    let culprit = message.args.iter().find_map(|(_, arg)| match arg {
        Arg::Text(text) => Some(text.to_string()),
        _ => None,
    });
    let own = |one: &&Template| &*one.name == template;
    let all = templates.iter().filter(own).chain(templates.iter().filter(|one| !own(one)));
    let place = culprit.filter(|word| !word.is_empty()).and_then(|word| {
        all.into_iter().find_map(|one| {
            let calls = one.text.match_indices("chart(").map(|(at, _)| at);
            let within = |start: usize| {
                let call = one.text.get(start..)?;
                let end = call.find("}}").unwrap_or(call.len());
                let at = start + call.get(..end)?.find(&word)?;
                Some((&one.file, At::Span(at..at + word.len())))
            };
            calls.into_iter().find_map(within)
        })
    });
    let (code, severity) = ("template-chart", Severity::Error);
    let fault = Diagnostic { code, severity, message, places: Vec::new(), help: Vec::new() };
    match (place, templates.iter().find(own)) {
        (Some((file, at)), _) => fault.at(file, at),
        (None, Some(one)) => fault.at(&one.file, At::File),
        (None, None) => fault,
    }
}
