//! Links from a report to the others of its agency.

use serde::Serialize;

use crate::derive;
use crate::model::{Agency, Report, ReportId, Scope};
use crate::view::components::NamedLink;
use crate::view::local_portal::LocalPortal;

/// A year of the agency.
#[derive(Debug, Serialize)]
pub(crate) struct YearStep {
    name: String,
    /// The report; `None` if there is none.
    url: Option<String>,
    current: bool,
}

/// Returns every year from the agency's first report to its last, with the report that represents it.
pub(super) fn years(portal: &LocalPortal<'_>, agency: &Agency, shown: &Report) -> Vec<YearStep> {
    let yearly = derive::yearly_reports(portal.site, agency);
    let (Some((_, first)), Some((_, last)), 2..) = (yearly.first(), yearly.last(), yearly.len()) else {
        return Vec::new();
    };
    let step = |year: i16| YearStep {
        name: year.to_string(),
        url: yearly
            .iter()
            .find(|(_, report)| report.period.year == year)
            .map(|(_, report)| portal.links().report(report)),
        current: shown.period.is_year() && shown.period.year == year,
    };
    (first.period.year..=last.period.year).map(step).collect()
}

/// The reports before and after, and that of the same period in the other scope.
pub(super) struct Neighbours {
    pub(super) previous: Option<NamedLink>,
    pub(super) next: Option<NamedLink>,
    pub(super) twin: Option<NamedLink>,
}

pub(super) fn neighbours(portal: &LocalPortal<'_>, agency: &Agency, id: ReportId) -> Neighbours {
    let report = &portal.site[id];
    let all = portal.site.reports_of(agency);
    let same: Vec<_> = all.iter().filter(|other| other.scope == report.scope).collect();
    let at = same.iter().position(|other| other.slug == report.slug);
    let beside = |step: isize| {
        let at = at?.checked_add_signed(step)?;
        same.get(at).map(|report| portal.report_link(report))
    };
    let twin = all.iter().find(|other| other.period == report.period && other.scope != report.scope);
    let twin = twin.map(|report| NamedLink {
        name: match report.scope {
            Scope::Own => portal.word("twin-own"),
            Scope::Consolidated => portal.word("twin-consolidated"),
        }
        .to_owned(),
        url: portal.links().report(report),
    });
    Neighbours { previous: beside(-1), next: beside(1), twin }
}
