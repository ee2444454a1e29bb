//! Sankey diagrams: the requests of one report, from where they came to what became of them.

use rust_decimal::Decimal;

use crate::chart::{self, Category, Drawing, Hue, SankeyChart, SankeyError};
use crate::check::Finding;
use crate::derive::{Gap, Point};
use crate::form::Role;
use crate::model::ReportId;
use crate::view::local_portal::LocalPortal;

use super::chart_view::{ChartId, ChartView, finish, table_only};
use super::outcomes::{Coloured, Part, caption_of, decided_title, outcomes_of, whole};
use super::points::one_unit;
use super::request::Kind;
use super::words::words;

pub(super) const FLOW: Kind = Kind::of_outcomes("flow", |request| {
    let (portal, report) = request.report()?;
    Ok(sankey(&portal, request.chart(), report))
});

/// Draws the requests of one report; as a table, with what is wrong, if the figures do not balance or
/// are few; `None` if a figure is missing or the form does not ask for what comes in and stays open.
pub(crate) fn sankey<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    report: ReportId,
) -> Option<ChartView<'r>> {
    let catalog = &portal.site.catalog;
    let find = |role: Role, hue: Hue| {
        let ix = catalog.find_role(role)?;
        let part = Part::of_report(portal, Coloured { ix, series: &catalog[ix], hue }, report);
        (part.point != Point::Gap(Gap::NotAsked)).then_some(part)
    };
    let sources = [find(Role::Received, Hue::category(5))?, find(Role::CarriedIn, Hue::CONTEXT)?];
    let open = find(Role::CarriedOut, Hue::CONTEXT)?;
    let decided = outcomes_of(portal, report);
    let whole = whole(portal, report, &decided);
    let decided: Vec<Part<'r>> =
        decided.into_iter().map(|outcome| Part::of_report(portal, outcome, report)).collect();
    let parts = || sources.iter().chain(&decided).chain([&open]);
    let unit = one_unit(portal, parts().map(|part| part.series))?;
    let period = portal.period(&portal.site[report]);
    let caption = |summary: String| {
        let title = decided_title(portal, &period, unit, whole, decided.iter());
        caption_of(portal, title, summary, unit, parts())
    };
    let from: Vec<Category> = sources.iter().map(|part| part.category(portal)).collect();
    let to: Vec<Category> = decided.iter().chain([&open]).map(|part| part.category(portal)).collect();
    let drawn = SankeyChart { sources: &from, middle: portal.word("chart-flow-middle"), outcomes: &to };
    let args = [("period", period.as_str().into()), ("unit", unit.into())];
    let summary = portal.say("chart-flow-summary", &args);
    let mut error = None;
    let view = finish(portal, chart, caption(summary), &words(portal), |frame| {
        chart::sankey(&drawn, frame).unwrap_or_else(|found| {
            error = Some(found);
            Drawing::default()
        })
    });
    match error {
        None => view,
        Some(SankeyError::Few) => {
            Some(table_only(portal, chart, caption(portal.say("chart-flow-few", &args))))
        }
        Some(SankeyError::Missing | SankeyError::Improper) => None,
        Some(SankeyError::Unbalanced { sources, outcomes }) => {
            let args = [
                ("period", period.as_str().into()),
                ("unit", unit.into()),
                ("in", sources.into()),
                ("out", outcomes.into()),
            ];
            let mut caption = caption(portal.say("chart-flow-unbalanced", &args));
            let flags = balance_findings(portal, chart.page, report, [sources, outcomes]);
            for row in &mut caption.rows {
                row.flag(&flags);
            }
            Some(table_only(portal, chart, caption))
        }
    }
}

/// Returns the numbers of the findings that the two sides differ, if the page lists them.
fn balance_findings(
    portal: &LocalPortal<'_>,
    page: &str,
    id: ReportId,
    [sources, outcomes]: [Decimal; 2],
) -> Vec<usize> {
    if portal.links().report(&portal.site[id]) != portal.roots.href(page) {
        return Vec::new();
    }
    let sides = [Some(sources), Some(outcomes)];
    let says_so = |finding: &Finding| {
        let held = [finding.found, finding.expected];
        finding.check == "balance-broken" && (held == sides || held == [sides[1], sides[0]])
    };
    let findings = portal.findings.of(id).iter().enumerate();
    findings.filter(|(_, finding)| says_so(finding)).map(|(at, _)| at + 1).collect()
}
