//! Years without a report lie between two reports of an agency. Such a gap is never bridged.

use crate::base::diagnostic::{At, DataPath, Message, Severity};
use crate::check::definition::{Check, Context, Group, Run};
use crate::model::Scope;

pub(super) const CHECK: Check = Check {
    name: "year-missing",
    group: Group::AcrossYears,
    severity: Severity::Note,
    order: 140,
    run: Run::Report(run),
};

fn run(context: &mut Context<'_>) {
    let report = context.report;
    if !report.period.is_year() || report.scope != Scope::Own {
        return;
    }
    let reports = context.site.reports_of(&context.site[report.agency]);
    let earlier = reports.iter().filter(|other| {
        other.scope == report.scope && other.period.span == report.period.span && other.period < report.period
    });
    let Some(last) = earlier.max_by_key(|other| other.period) else { return };
    let (from, to) = (last.period.year + 1, report.period.year - 1);
    let Some(count) = usize::try_from(to - from + 1).ok().filter(|count| *count > 0) else { return };
    let place = context.place(At::Key(DataPath::keys(&["period"])));
    context.add(&CHECK, "period", |finding| {
        finding.message = Message::new(CHECK.name)
            .arg("count", count)
            .arg("from", from.to_string())
            .arg("to", to.to_string());
        finding.places = vec![place];
    });
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, report, site};

    #[test]
    fn missing_years_are_named() {
        let mut site = site();
        report(&mut site, 0, "gb-2014", "2014", &[]);
        report(&mut site, 0, "gb-2014", "2015", &[]);
        report(&mut site, 0, "gb-2014", "2018", &[]);
        let findings = check(&site);
        assert_eq!(findings.all().count(), 1);
        assert_eq!(findings.all().next().unwrap().check, "year-missing");
        assert_eq!(findings.all().next().unwrap().report.0, 2);
    }
}
