//! A report among the others of its agency.

use serde::Serialize;

use crate::derive;
use crate::model::{Agency, Report, ReportId, Scope};
use crate::view::components::NamedLink;
use crate::view::context::Edition;

/// A year of the agency.
#[derive(Debug, Serialize)]
pub(crate) struct YearStep {
    name: String,
    /// Its report; `None` where there is none.
    url: Option<String>,
    current: bool,
}

/// Every year from the agency's first report to its last, by the report that stands for it.
pub(super) fn years(edition: &Edition<'_>, agency: &Agency, shown: &Report) -> Vec<YearStep> {
    let yearly = derive::yearly_reports(edition.site, agency);
    let (Some((_, first)), Some((_, last)), 2..) = (yearly.first(), yearly.last(), yearly.len()) else {
        return Vec::new();
    };
    let step = |year: i16| YearStep {
        name: year.to_string(),
        url: yearly
            .iter()
            .find(|(_, report)| report.period.year == year)
            .map(|(_, report)| edition.links().report(report)),
        current: shown.period.is_year() && shown.period.year == year,
    };
    (first.period.year..=last.period.year).map(step).collect()
}

/// The reports before and after, and the same period in the other scope.
pub(super) fn neighbours(
    edition: &Edition<'_>,
    agency: &Agency,
    id: ReportId,
) -> (Option<NamedLink>, Option<NamedLink>, Option<NamedLink>) {
    let report = &edition.site[id];
    let link = |report: &Report| NamedLink {
        name: edition.report_name(report),
        url: edition.links().report(report),
    };
    let all = edition.site.reports_of(agency);
    let same: Vec<&Report> =
        all.iter().map(|other| &**other).filter(|other| other.scope == report.scope).collect();
    let at = same.iter().position(|other| other.slug == report.slug);
    let beside = |step: isize| {
        let at = at?.checked_add_signed(step)?;
        same.get(at).map(|report| link(report))
    };
    let twin = all.iter().find(|other| other.period == report.period && other.scope != report.scope);
    let twin = twin.map(|report| NamedLink {
        name: match report.scope {
            Scope::Own => edition.word("twin-own"),
            Scope::Consolidated => edition.word("twin-consolidated"),
        }
        .to_owned(),
        url: edition.links().report(report),
    });
    (beside(-1), beside(1), twin)
}
