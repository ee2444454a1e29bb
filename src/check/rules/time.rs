//! When a report was published, against its form's statutory deadline.

use jiff::civil::Date;

use crate::check::Context;
use crate::diagnostic::{At, DataPath, Message, Place, Severity};
use crate::form::Deadline;
use crate::model::Report;

/// A report published after its deadline.
pub(in crate::check) fn run(context: &mut Context<'_>) {
    let report = context.report;
    let site = context.site;
    let Some(published) = report.published else { return };
    let Some(deadline) = site.catalog.form(report.form).and_then(|form| form.deadline.as_ref()) else {
        return;
    };
    let level = site.agency(report.agency).and_then(|agency| agency.level.as_deref());
    let Some(due) = due(deadline, report, level).filter(|due| published > *due) else { return };
    let days = due.until(published).map_or(0, |span| span.get_days());
    let place =
        Place { file: report.file().clone(), at: At::Value(DataPath::keys(&["published"])), label: None };
    context.add("published-late", Severity::Note, "published", |finding| {
        finding.found = Some(days.into());
        finding.message = Message::new("published-late")
            .arg("published", published.to_string())
            .arg("due", due.to_string())
            .arg("days", usize::try_from(days).unwrap_or(0))
            .arg("source", deadline.source.clone());
        finding.places = vec![place];
    });
}

/// The last day on which a report is in time.
fn due(deadline: &Deadline, report: &Report, level: Option<&str>) -> Option<Date> {
    let of_level = deadline.levels.iter().find(|(known, ..)| level == Some(known));
    let (month, day) = of_level.map_or((deadline.month, deadline.day), |(_, month, day)| (*month, *day));
    let year = report.period.end_year() + 1;
    report.period.is_year().then(|| Date::new(year, month, day).ok()).flatten()
}
