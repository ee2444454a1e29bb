//! Waffles: the outcomes of requests as squares, each a hundredth.

use rust_decimal::Decimal;

use crate::chart::{self, Category, WaffleChart};
use crate::derive::{Gap, Point, Reading, own_report};
use crate::form::{FormIx, SeriesIx};
use crate::model::{RegionId, ReportId};
use crate::view::local_portal::LocalPortal;
use crate::view::tables;

use super::chart_view::{ChartId, ChartView, finish};
use super::outcomes::{Part, caption_of, decided_title, outcomes, outcomes_of, whole};
use super::points::one_unit;
use super::request::Kind;
use super::words::words;

pub(super) const WAFFLE: Kind = Kind::of_outcomes("waffle", |request| {
    let (portal, report) = request.report()?;
    Ok(waffle(&portal, request.chart(), report))
});

/// What a waffle shows.
struct Squares<'r> {
    period: String,
    whole: Decimal,
    parts: Vec<Part<'r>>,
    /// What to add to the summary.
    remark: String,
}

/// Draws the outcomes of one report's requests; `None` if one is missing, if they do not add up to what
/// was decided, or if there are fewer than twenty requests.
fn waffle<'r>(portal: &LocalPortal<'r>, chart: ChartId<'_>, report: ReportId) -> Option<ChartView<'r>> {
    let decided = outcomes_of(portal, report);
    let whole = whole(portal, report, &decided)?;
    let parts = decided.into_iter().map(|outcome| Part::of_report(portal, outcome, report)).collect();
    let period = portal.period(&portal.site[report]);
    squares(portal, chart, Squares { period, whole, parts, remark: String::new() })
}

/// Draws the sums over the agencies of a region in the latest year in which two or more of them gave
/// every outcome exactly, adding up to what they decided, all in the form most common that year.
pub(crate) fn region_waffle<'r>(
    portal: &LocalPortal<'r>,
    chart: ChartId<'_>,
    region: RegionId,
) -> Option<ChartView<'r>> {
    let all = outcomes(portal, |_| true);
    let is_known = |report: ReportId, ix: SeriesIx| match portal.derived.point(report, ix) {
        Point::Gap(gap) => matches!(gap, Gap::NotAsked | Gap::NotApplicable),
        point => point.exact().is_some(),
    };
    let agencies = tables::agencies_within(portal, region);
    let mut forms: Vec<(i16, FormIx)> = portal.derived.usual_forms().collect();
    forms.reverse();
    let (year, counted) = forms.into_iter().find_map(|(year, form)| {
        let reports = agencies.iter().filter_map(|agency| own_report(portal.site, *agency, year));
        let counted: Vec<ReportId> = reports
            .filter(|(id, report)| report.form == form && all.iter().all(|outcome| is_known(*id, outcome.ix)))
            .map(|(id, _)| id)
            .filter(|id| whole(portal, *id, &all).is_some())
            .collect();
        (counted.len() > 1).then_some((year, counted))
    })?;
    let sum = |ix: SeriesIx| {
        let mut figures = counted.iter().filter_map(|report| portal.derived.point(*report, ix).exact());
        figures.try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let is_asked = |ix: SeriesIx| {
        counted.iter().any(|report| *portal.derived.point(*report, ix) != Point::Gap(Gap::NotAsked))
    };
    let parts = all
        .iter()
        .filter(|outcome| is_asked(outcome.ix))
        .map(|outcome| {
            let point = Point::Value(Reading::exact(sum(outcome.ix)?));
            Some(Part { series: outcome.series, hue: outcome.hue, point })
        })
        .collect::<Option<_>>()?;
    let mut decided = counted.iter().map(|id| whole(portal, *id, &all));
    let decided = decided.try_fold(Decimal::ZERO, |sum, decided| sum.checked_add(decided?))?;
    let remark = portal.say(
        "chart-waffle-region",
        &[("counted", counted.len().into()), ("agencies", agencies.len().into())],
    );
    squares(portal, chart, Squares { period: portal.year(year), whole: decided, parts, remark })
}

fn squares<'r>(portal: &LocalPortal<'r>, chart: ChartId<'_>, squares: Squares<'r>) -> Option<ChartView<'r>> {
    let Squares { period, whole, parts, remark } = squares;
    let unit = one_unit(portal, parts.iter().map(|part| part.series))?;
    let title = decided_title(portal, &period, unit, Some(whole), parts.iter());
    let args = [("period", period.as_str().into()), ("unit", unit.into())];
    let summary = portal.say("chart-waffle-summary", &args) + &remark;
    let caption = caption_of(portal, title, summary, unit, parts.iter());
    let drawn: Vec<Category> = parts.iter().map(|part| part.category(portal)).collect();
    finish(portal, chart, caption, &words(portal), |frame| {
        chart::waffle(&WaffleChart { parts: &drawn }, frame)
    })
}
