//! A consolidated report (汇总) against the sum of its members, where all of them are there.

use rust_decimal::Decimal;

use crate::base::diagnostic::{At, Message, Place, Severity};
use crate::check::Context;
use crate::model::{AgencyId, Report, Scope, Site};

/// Each figure of a consolidated report is the sum of the own reports of the agency and of those
/// that name it as `parent`. A member without a report, or on another form, leaves it unassessed.
pub(in crate::check) fn run(context: &mut Context<'_>) {
    let report = context.report;
    let site = context.site;
    if report.scope != Scope::Consolidated {
        return;
    }
    let Some(form) = site.catalog.form(report.form) else { return };
    let Some(members) = members(site, report) else { return };
    for (ix, figure) in &report.figures {
        let (Some(found), Some(indicator)) = (figure.exact(), form.indicator(*ix)) else { continue };
        let parts: Option<Vec<Decimal>> =
            members.iter().map(|member| member.figure(*ix).and_then(crate::figure::Figure::exact)).collect();
        let Some(sum) = parts.map(|parts| parts.into_iter().sum::<Decimal>()).filter(|sum| *sum != found)
        else {
            continue;
        };
        let at = At::Value(form.data_path(*ix));
        let place = Place { file: report.file().clone(), at, label: None };
        context.add("consolidated-differs", Severity::Warning, &indicator.code, |finding| {
            finding.codes = vec![indicator.code.clone()];
            finding.found = Some(found);
            finding.expected = Some(sum);
            finding.message = Message::new("consolidated-differs")
                .arg("part", indicator.name.clone())
                .arg("found", found)
                .arg("expected", sum)
                .arg("count", members.len())
                .arg("difference", (found - sum).abs());
            finding.places = vec![place];
        });
    }
}

/// The own reports that a consolidated one adds up; `None` where one is missing or there are none.
fn members<'s>(site: &'s Site, report: &Report) -> Option<Vec<&'s Report>> {
    let of = |agency: AgencyId| {
        let mut reports = site.reports_of(site.agency(agency)?).iter().map(|own| &**own);
        reports.find(|own| own.scope == Scope::Own && own.period == report.period && own.form == report.form)
    };
    let below = site.agencies.iter().enumerate().filter(|(_, agency)| agency.parent == Some(report.agency));
    let below: Vec<&Report> = below.map(|(at, _)| of(AgencyId(at as u32))).collect::<Option<_>>()?;
    if below.is_empty() {
        return None;
    }
    Some(std::iter::once(of(report.agency)?).chain(below).collect())
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
