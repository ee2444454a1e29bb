//! Whether a report was published by the deadline of its form.

use serde::Serialize;

use crate::model::Report;
use crate::view::local_portal::LocalPortal;

/// A report's day of publication against its deadline.
#[derive(Debug, Serialize)]
pub(crate) struct TimelyView<'a> {
    /// `in-time`, `late` or `unknown`.
    pub(crate) state: &'static str,
    /// In words, with the number of days.
    pub(crate) text: String,
    /// The last day that is in time.
    pub(crate) due: String,
    /// The rule it comes from.
    pub(crate) rule: &'a str,
}

/// Holds a report against the deadline of its form; `None` where the form has none for its period.
pub(crate) fn view<'a>(portal: &LocalPortal<'a>, report: &Report) -> Option<TimelyView<'a>> {
    let form = &portal.site.catalog[report.form];
    let deadline = form.deadline.as_ref()?;
    let level = portal.site[report.agency].level.as_deref();
    let due = report.due(deadline, level)?;
    let (state, text) = match report.published {
        None => ("unknown", portal.word("timely-unknown").to_owned()),
        Some(published) if published <= due => ("in-time", portal.word("timely-in-time").to_owned()),
        Some(published) => {
            let days = due.until(published).map_or(0, |span| span.get_days());
            let days = usize::try_from(days).unwrap_or(0);
            ("late", portal.say("timely-late", &[("days", days.into())]))
        }
    };
    Some(TimelyView {
        state,
        text,
        due: portal.locale.date(due),
        rule: deadline.source.get(&portal.locale.lang),
    })
}
