//! What became of requests: a flow or a waffle for one report.

use rust_decimal::Decimal;

use crate::chart::{self, Category, Hue, SankeyChart, SankeyError, WaffleChart};
use crate::check::Finding;
use crate::derive::{Gap, Point, Reading, own_report};
use crate::form::{FormIx, Role, Series, SeriesIx};
use crate::model::{RegionId, Report, ReportId};
use crate::view::context::Edition;
use crate::view::{cell, tables};

use super::figure::{ChartView, TableRow, Told, finish, table_only};
use super::finding::{certain, others};
use super::{datum, named_with_unit, unit_of, words};

/// The group of the series that are outcomes of requests; empty where there are none.
pub(crate) fn outcomes_group<'r>(edition: &Edition<'r>) -> &'r str {
    let catalog = &edition.site.catalog;
    let first = catalog.find_role(Role::Outcome).and_then(|ix| catalog.series(ix));
    first.map_or("", |series| &*series.group)
}

/// The outcomes that a report's form or some year asks for, each with its colour: the same on every
/// page.
pub(super) fn outcomes<'r>(
    edition: &Edition<'r>,
    is_asked: impl Fn(SeriesIx) -> bool,
) -> Vec<(SeriesIx, &'r Series, Hue)> {
    let all = edition.site.catalog.series.iter().enumerate();
    let all = all.filter(|(_, series)| series.role == Some(Role::Outcome));
    let mut coloured: Vec<(SeriesIx, &Series, Hue)> = Vec::new();
    for (at, series) in all {
        coloured.push((SeriesIx(at as u16), series, free_hue(series, &coloured)));
    }
    coloured.retain(|(ix, ..)| is_asked(*ix));
    coloured
}

/// The colour of the next outcome: by its place among all of them, unless an outcome that the same
/// form asks for has it and there is another. There are more outcomes than colours.
fn free_hue(series: &Series, earlier: &[(SeriesIx, &Series, Hue)]) -> Hue {
    let own = Hue::category(earlier.len());
    let goes_with = |other: &Series| series.terms.iter().any(|terms| other.codes(&terms.form).is_some());
    let is_free = |hue: &Hue| !earlier.iter().any(|(_, other, taken)| taken == hue && goes_with(other));
    (0..6).map(|step| Hue::category(earlier.len() + step)).find(is_free).unwrap_or(own)
}

/// The unit of some series; `None` where they have no single one.
pub(super) fn one_unit<'r>(
    edition: &Edition<'r>,
    series: impl IntoIterator<Item = &'r Series>,
) -> Option<&'r str> {
    let mut units = series.into_iter().map(|series| unit_of(edition, series));
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first)
}

/// A series as a row of a table.
fn row<'r>(edition: &Edition<'r>, series: &Series, point: &Point) -> TableRow<'r> {
    TableRow::new(series.title.get(&edition.locale.lang), vec![cell::of_point(edition, point)])
}

/// The flow of one report's requests from where they came to what became of them; as a table, with
/// what is wrong, where the figures do not balance or are few; and `None` where a figure is missing or
/// the form does not ask for what comes in and stays open.
pub(crate) fn flow<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    report: ReportId,
    period: &str,
) -> Option<ChartView<'r>> {
    let catalog = &edition.site.catalog;
    let point = |ix: SeriesIx| edition.derived.point(report, ix);
    let find = |role: Role, hue: Hue| {
        let ix = catalog.find_role(role)?;
        let series = catalog.series(ix)?;
        (*point(ix) != Point::Gap(Gap::NotAsked)).then_some((ix, series, hue))
    };
    let sources = [find(Role::Received, Hue::category(5))?, find(Role::CarriedIn, Hue::CONTEXT)?];
    let open = find(Role::CarriedOut, Hue::CONTEXT)?;
    let mut ends = outcomes(edition, |ix| *point(ix) != Point::Gap(Gap::NotAsked));
    let decided = ends.clone();
    ends.push(open);
    let unit = one_unit(edition, sources.iter().chain(&ends).map(|(_, series, _)| *series))?;
    let flows = |series: &[(SeriesIx, &Series, Hue)]| -> Vec<Category> {
        let flow = |(ix, series, hue): &(SeriesIx, &Series, Hue)| Category {
            name: series.title.get(&edition.locale.lang).to_owned(),
            hue: *hue,
            datum: datum(edition, point(*ix)),
        };
        series.iter().map(flow).collect()
    };
    let (from, to) = (flows(&sources), flows(&ends));
    let told = |summary: String| Told {
        id: id.to_owned(),
        title: flow_title(
            edition,
            (period, unit),
            whole(edition, report, &decided),
            decided.iter().map(|(ix, series, _)| (*series, point(*ix))),
        ),
        summary,
        head: vec![
            edition.word("column-indicator").to_owned(),
            named_with_unit(edition, edition.word("column-value"), unit),
        ],
        rows: sources.iter().chain(&ends).map(|(ix, series, _)| row(edition, series, point(*ix))).collect(),
    };
    let args = [("period", period.into()), ("unit", unit.into())];
    let chart = SankeyChart { sources: &from, middle: edition.word("chart-flow-middle"), outcomes: &to };
    let mut fault = None;
    let drawn =
        finish(edition, page, told(edition.say("chart-flow-summary", &args)), &words(edition), |frame| {
            chart::sankey(&chart, frame).unwrap_or_else(|no_flow| {
                fault = Some(no_flow);
                chart::Drawing::default()
            })
        });
    let say_wrong = match fault {
        None => return drawn,
        Some(SankeyError::Few) => edition.say("chart-flow-few", &args),
        Some(SankeyError::Missing | SankeyError::Improper) => return None,
        Some(SankeyError::Unbalanced { sources, outcomes }) => {
            let args = [
                ("period", period.into()),
                ("unit", unit.into()),
                ("in", sources.into()),
                ("out", outcomes.into()),
            ];
            let mut told = told(edition.say("chart-flow-unbalanced", &args));
            let flags = balance_findings(edition, page, report, [sources, outcomes]);
            for row in &mut told.rows {
                row.flag(&flags);
            }
            return Some(table_only(edition, told));
        }
    };
    Some(table_only(edition, told(say_wrong)))
}

/// The numbers of the findings that say that the two sides differ, on the page that lists them.
fn balance_findings(
    edition: &Edition<'_>,
    page: &str,
    id: ReportId,
    [sources, outcomes]: [Decimal; 2],
) -> Vec<usize> {
    let is_own = |report: &Report| edition.links().report(report) == edition.roots.href(page);
    if !edition.site.report(id).is_some_and(is_own) {
        return Vec::new();
    }
    let sides = [Some(sources), Some(outcomes)];
    let says_so = |finding: &Finding| {
        let held = [finding.found, finding.expected];
        finding.check == "balance-broken" && (held == sides || held == [sides[1], sides[0]])
    };
    let findings = edition.findings.of(id).iter().enumerate();
    findings.filter(|(_, finding)| says_so(finding)).map(|(at, _)| at + 1).collect()
}

/// How many requests a report decided, where its outcomes add up to them: some forms ask for outcomes that
/// no series counts.
fn whole(edition: &Edition<'_>, report: ReportId, outcomes: &[(SeriesIx, &Series, Hue)]) -> Option<Decimal> {
    let decided = edition.site.catalog.find_role(Role::Decided)?;
    let decided = edition.derived.point(report, decided);
    let parts = outcomes.iter().map(|(ix, ..)| edition.derived.point(report, *ix));
    others(parts, decided).filter(Decimal::is_zero).and(decided.exact())
}

/// The outcomes of one report's requests as squares, each a hundredth; `None` where one is missing, where
/// they do not add up to what was decided, or there are fewer than twenty requests.
pub(crate) fn waffle<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    report: ReportId,
    period: &str,
) -> Option<ChartView<'r>> {
    let point = |ix: SeriesIx| edition.derived.point(report, ix);
    let decided = outcomes(edition, |ix| *point(ix) != Point::Gap(Gap::NotAsked));
    let whole = whole(edition, report, &decided)?;
    let parts: Vec<Part<'r>> =
        decided.into_iter().map(|(ix, series, hue)| (series, hue, point(ix).clone())).collect();
    squares(edition, page, id, period, (whole, &parts), "")
}

/// The same of the agencies of a region in the latest year in which two or more of them gave every
/// outcome exactly, adding up to what they decided, all in the form that most reports of that year stand on.
pub(crate) fn region_waffle<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    region: RegionId,
) -> Option<ChartView<'r>> {
    let all = outcomes(edition, |_| true);
    let is_told = |report: ReportId, ix: SeriesIx| match edition.derived.point(report, ix) {
        Point::Gap(gap) => matches!(gap, Gap::NotAsked | Gap::NotApplicable),
        point => point.exact().is_some(),
    };
    let agencies = tables::agencies_within(edition, region);
    let mut forms: Vec<(i16, FormIx)> = edition.derived.usual_forms().collect();
    forms.reverse();
    let (year, counted) = forms.into_iter().find_map(|(year, form)| {
        let reports = agencies.iter().filter_map(|agency| own_report(edition.site, *agency, year));
        let counted: Vec<ReportId> = reports
            .filter(|(id, report)| report.form == form && all.iter().all(|(ix, ..)| is_told(*id, *ix)))
            .map(|(id, _)| id)
            .filter(|id| whole(edition, *id, &all).is_some())
            .collect();
        (counted.len() > 1).then_some((year, counted))
    })?;
    let sum = |ix: SeriesIx| {
        let mut figures = counted.iter().filter_map(|report| edition.derived.point(*report, ix).exact());
        figures.try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let is_asked = |ix: SeriesIx| {
        counted.iter().any(|report| *edition.derived.point(*report, ix) != Point::Gap(Gap::NotAsked))
    };
    let parts = all
        .iter()
        .filter(|(ix, ..)| is_asked(*ix))
        .map(|(ix, series, hue)| Some((*series, *hue, Point::Value(Reading::exact(sum(*ix)?)))));
    let parts: Vec<Part<'r>> = parts.collect::<Option<_>>()?;
    let mut decided = counted.iter().map(|id| whole(edition, *id, &all));
    let decided = decided.try_fold(Decimal::ZERO, |sum, decided| sum.checked_add(decided?))?;
    let remark = edition.say(
        "chart-waffle-region",
        &[("counted", counted.len().into()), ("agencies", agencies.len().into())],
    );
    squares(edition, page, id, &edition.year(year), (decided, &parts), &remark)
}

/// A part of a whole: its series, its colour, its figure.
type Part<'r> = (&'r Series, Hue, Point);

fn squares<'r>(
    edition: &Edition<'r>,
    page: &str,
    id: &str,
    period: &str,
    (whole, parts): (Decimal, &[Part<'r>]),
    remark: &str,
) -> Option<ChartView<'r>> {
    let unit = one_unit(edition, parts.iter().map(|(series, ..)| *series))?;
    let drawn = parts.iter().map(|(series, hue, point)| Category {
        name: series.title.get(&edition.locale.lang).to_owned(),
        hue: *hue,
        datum: datum(edition, point),
    });
    let drawn: Vec<Category> = drawn.collect();
    let told = Told {
        id: id.to_owned(),
        title: flow_title(
            edition,
            (period, unit),
            Some(whole),
            parts.iter().map(|(series, _, point)| (*series, point)),
        ),
        summary: edition.say("chart-waffle-summary", &[("period", period.into()), ("unit", unit.into())])
            + remark,
        head: vec![
            edition.word("column-indicator").to_owned(),
            named_with_unit(edition, edition.word("column-value"), unit),
        ],
        rows: parts.iter().map(|(series, _, point)| row(edition, series, point)).collect(),
    };
    let chart = WaffleChart { parts: &drawn };
    finish(edition, page, told, &words(edition), |frame| chart::waffle(&chart, frame))
}

/// How many were decided, where the outcomes add up to a known whole, and which outcome was the most
/// frequent, where one was.
fn flow_title<'s>(
    edition: &Edition<'_>,
    (period, unit): (&str, &str),
    whole: Option<Decimal>,
    decided: impl Iterator<Item = (&'s Series, &'s Point)>,
) -> String {
    let figures: Option<Vec<(Decimal, &Series)>> = decided
        .filter(|(_, point)| !matches!(point, Point::Gap(Gap::NotApplicable)))
        .map(|(series, point)| Some((certain(point)?, series)))
        .collect();
    let plain = || edition.say("chart-flow-title", &[("period", period.into())]);
    let Some(figures) = figures else { return plain() };
    let Some((most, series)) = figures.iter().max_by_key(|(figure, _)| *figure) else { return plain() };
    let is_alone = figures.iter().filter(|(figure, _)| figure == most).count() == 1;
    match whole {
        Some(total) if is_alone && !total.is_zero() => edition.say(
            "chart-flow-title-most",
            &[
                ("period", period.into()),
                ("unit", unit.into()),
                ("total", total.into()),
                ("outcome", series.title.get(&edition.locale.lang).into()),
                ("most", (*most).into()),
            ],
        ),
        _ => plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_outcomes_of_a_form_have_one_colour() {
        let (catalog, _) = crate::load::catalog(&[]);
        let mut coloured: Vec<(SeriesIx, &Series, Hue)> = Vec::new();
        for (at, series) in catalog.series.iter().enumerate().filter(|(_, s)| s.role == Some(Role::Outcome)) {
            coloured.push((SeriesIx(at as u16), series, free_hue(series, &coloured)));
        }
        assert!(coloured.len() > 6, "fewer outcomes than colours need no care");
        for form in &catalog.forms {
            let asked = coloured.iter().filter(|(_, series, _)| series.codes(&form.id).is_some());
            let hues: Vec<u8> = asked.map(|(.., hue)| hue.slot()).collect();
            let different: std::collections::BTreeSet<&u8> = hues.iter().collect();
            assert_eq!(different.len(), hues.len(), "{}: {hues:?}", form.id);
        }
    }
}
