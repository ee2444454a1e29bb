//! The report that stands for an agency in a year.

use crate::model::{Agency, AgencyId, Report, ReportId, Scope, Site};

/// Returns the reports of an agency on whole years, one a year: its own where it has one, else the
/// consolidated one.
pub fn yearly_reports<'s>(site: &'s Site, agency: &Agency) -> Vec<(ReportId, &'s Report)> {
    let mut reports: Vec<(ReportId, &Report)> = on_whole_years(site, agency).collect();
    // An own report comes before the consolidated one of the same period.
    reports.dedup_by_key(|(_, report)| report.period.year);
    reports
}

/// Returns the report of an agency on a year, as in [`yearly_reports`].
pub fn yearly_report<'s>(site: &'s Site, agency: &Agency, year: i16) -> Option<(ReportId, &'s Report)> {
    on_whole_years(site, agency).find(|(_, report)| report.period.year == year)
}

/// Returns the report by which an agency is counted in a year: its own, on a whole year.
pub fn own_report(site: &Site, agency: AgencyId, year: i16) -> Option<(ReportId, &Report)> {
    let mut reports = on_whole_years(site, &site[agency]);
    reports.find(|(_, report)| report.scope == Scope::Own && report.period.year == year)
}

fn on_whole_years<'s>(site: &'s Site, agency: &Agency) -> impl Iterator<Item = (ReportId, &'s Report)> {
    let ids = agency.reports.clone().map(ReportId);
    ids.map(|id| (id, &site[id])).filter(|(_, report)| report.period.is_year())
}
