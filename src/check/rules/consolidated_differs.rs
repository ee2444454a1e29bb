//! A consolidated report (汇总) differs from the sum of its members' reports, where all of them exist.

use rust_decimal::Decimal;

use crate::base::diagnostic::Severity;
use crate::check::definition::{Check, Context, Group, Run};
use crate::figure::Figure;
use crate::model::{AgencyId, Report, Scope, Site};

pub(super) const CHECK: Check = Check {
    name: "consolidated-differs",
    group: Group::Identity,
    severity: Severity::Warning,
    order: 150,
    run: Run::Report(run),
};

/// Compares each figure with the sum over the own reports of the agency and of those that name it as
/// `parent`. If a member has no report, or one on another form, nothing is assessed.
fn run(context: &mut Context<'_>) {
    let report = context.report;
    if report.scope != Scope::Consolidated {
        return;
    }
    let Some(members) = members(context.site, report) else { return };
    for (ix, figure) in &report.figures {
        let Some(found) = figure.exact() else { continue };
        let parts = members.iter().map(|member| member.figure(*ix).and_then(Figure::exact));
        let Some(sum) = parts.sum::<Option<Decimal>>().filter(|sum| *sum != found) else { continue };
        context.add_figure(&CHECK, *ix, found, Some(sum), |finding| {
            finding.message.args.push(("count", members.len().into()));
            finding.message.args.push(("difference", (found - sum).abs().into()));
        });
    }
}

/// Returns the reports that a consolidated one adds up; `None` if one is missing or there are none.
fn members<'s>(site: &'s Site, report: &Report) -> Option<Vec<&'s Report>> {
    let own_report = |agency: AgencyId| {
        let mut reports = site.reports_of(&site[agency]).iter().map(|own| &**own);
        reports.find(|own| own.scope == Scope::Own && own.period == report.period && own.form == report.form)
    };
    let below = site.agencies_with_ids().filter(|(_, agency)| agency.parent == Some(report.agency));
    let below: Vec<&Report> = below.map(|(id, _)| own_report(id)).collect::<Option<_>>()?;
    if below.is_empty() {
        return None;
    }
    Some(std::iter::once(own_report(report.agency)?).chain(below).collect())
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{agency, found, report, site};
    use crate::model::{AgencyId, Scope};

    fn city(members: &[(u32, &str)], total: &str) -> Vec<(&'static str, String)> {
        let mut site = site();
        site.agencies.push(agency("a/b", Some(AgencyId(0))));
        site.agencies.push(agency("a/c", Some(AgencyId(0))));
        report(&mut site, 0, "gb-2021", "2023", &[("req_new__total", "1")]);
        report(&mut site, 0, "gb-2021", "2023", &[("req_new__total", total)]).scope = Scope::Consolidated;
        for (agency, value) in members {
            report(&mut site, *agency, "gb-2021", "2023", &[("req_new__total", value)]);
        }
        found(&site)
    }

    #[test]
    fn a_consolidated_report_is_the_sum_of_its_members() {
        assert_eq!(city(&[(1, "2"), (2, "3")], "6"), []);
        assert_eq!(city(&[(1, "2"), (2, "3")], "7"), [("consolidated-differs", "req_new__total".into())]);
        assert_eq!(city(&[(1, "2")], "7"), [], "a member has not reported");
        assert_eq!(city(&[(1, "2"), (2, "")], "7"), [], "a member left it blank");
    }
}
