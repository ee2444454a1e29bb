//! The day it is, for revisions: the only thing the program ever asks a clock.

use std::time::UNIX_EPOCH;

use jiff::ToSpan;
use jiff::civil::Date;

/// Today, in Greenwich.
#[expect(clippy::disallowed_methods, reason = "a revision bears the date on which it is made")]
pub(crate) fn today() -> Date {
    let seconds = std::time::SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = i64::try_from(seconds / 86_400).unwrap_or(0);
    jiff::civil::date(1970, 1, 1).checked_add(days.days()).unwrap_or(Date::MIN)
}
