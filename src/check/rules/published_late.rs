//! The report was published after the statutory deadline of its form and level.

use crate::base::diagnostic::{Message, Severity};
use crate::check::definition::{Check, Context, Group, Run};

pub(super) const CHECK: Check = Check {
    name: "published-late",
    group: Group::Time,
    severity: Severity::Note,
    order: 160,
    run: Run::Report(run),
};

fn run(context: &mut Context<'_>) {
    let report = context.report;
    let (Some(published), Some(deadline)) = (report.published, &context.form.deadline) else { return };
    let level = context.site[report.agency].level.as_deref();
    let Some(due) = report.due(deadline, level).filter(|due| published > *due) else { return };
    let days = due.until(published).map_or(0, |span| span.get_days());
    let place = context.value_place("published");
    context.add(&CHECK, "published", |finding| {
        finding.found = Some(days.into());
        finding.message = Message::new(CHECK.name)
            .arg("published", published.to_string())
            .arg("due", due.to_string())
            .arg("days", usize::try_from(days).unwrap_or(0))
            .arg("source", deadline.source.clone());
        finding.places = vec![place];
    });
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, report, site};

    #[test]
    fn deadlines_depend_on_form_and_level() {
        let late = |form: &str, period: &str, level: Option<&str>, published: &str| {
            let mut site = site();
            site.agencies[0].level = level.map(Into::into);
            report(&mut site, 0, form, period, &[]).published = Some(published.parse().unwrap());
            check(&site).all().next().map(|finding| finding.found.unwrap().to_string())
        };
        assert_eq!(late("gb-2021", "2023", None, "2024-01-31"), None);
        assert_eq!(late("gb-2021", "2023", Some("township"), "2024-03-26").as_deref(), Some("55"));
        assert_eq!(late("gb-2021", "2022", Some("province-government"), "2023-03-31"), None, "on the day");
        assert_eq!(late("zj-2012", "2012", None, "2013-04-01").as_deref(), Some("1"));
        assert_eq!(
            late("gb-2021", "2023-24", None, "2025-02-01").as_deref(),
            Some("1"),
            "a fiscal year ends a year later"
        );
        assert_eq!(late("gb-2021", "2023-H1", None, "2025-02-01"), None, "no deadline for a half-year");
    }
}
