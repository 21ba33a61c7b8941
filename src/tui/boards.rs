//! The rows of the pages over the panes, from what the library answers. Pure functions.

mod dossier;
mod sources;
mod versions;

pub(super) use dossier::about;
pub use dossier::dossier;
pub use sources::sources;
pub use versions::versions;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

/// The day of so many days since 1970-01-01.
fn day_of(days: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(days.checked_rem_euclid(4_000_000)?.days()).ok()
}

/// A day as the lists show it; nothing for one beyond the calendar.
fn short(days: i64) -> String {
    day_of(days).map(super::dates::short).unwrap_or_default()
}

/// The day and the minute of a moment in Unix seconds.
fn moment(seconds: i64) -> String {
    let at = Timestamp::from_second(seconds).map(|at| at.to_zoned(TimeZone::system()));
    at.map(|at| format!("{} {:02}:{:02}", super::dates::short(at.date()), at.hour(), at.minute())).unwrap_or_default()
}

/// A count with its noun.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{count} {many}") }
}
