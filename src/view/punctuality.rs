//! Whether a report was published by the deadline of its form.

use serde::Serialize;

use crate::model::Report;
use crate::view::local_portal::LocalPortal;

/// A report's day of publication compared with its deadline.
#[derive(Debug, Serialize)]
pub(crate) struct PunctualityView<'a> {
    /// `in-time`, `late` or `unknown`.
    pub(crate) state: &'static str,
    /// The same in words, with the number of days.
    pub(crate) text: String,
    /// The last day on time.
    pub(crate) due: String,
    /// The rule that sets the deadline.
    pub(crate) rule: &'a str,
}

/// Compares a report with the deadline of its form; `None` if the form has none for its period.
pub(crate) fn view<'a>(portal: &LocalPortal<'a>, report: &Report) -> Option<PunctualityView<'a>> {
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
    Some(PunctualityView {
        state,
        text,
        due: portal.locale.date(due),
        rule: deadline.source.get(&portal.locale.lang),
    })
}
