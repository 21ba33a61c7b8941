//! Builds the rows of full-screen pages. All functions here are pure functions of the library's replies.

mod differences;
mod profile;
mod sources;
mod suggestions;
mod versions;

pub(crate) use differences::differences;
pub(super) use profile::about;
pub(crate) use profile::profile;
pub(crate) use sources::sources;
pub(crate) use suggestions::suggestions;
pub(crate) use versions::versions;

use super::library_messages::Renewal;
use jiff::civil::{Date, date};
use jiff::{Span, Timestamp, tz::TimeZone};

/// Converts a number of days since 1970-01-01 to a date; earlier days are negative. Returns `None` outside the
/// calendar's range.
fn day_of(days: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Formats a day, given in days since 1970-01-01, as in the lists. Returns an empty string if it is out of range.
fn short(days: i64) -> String {
    day_of(days).map(super::dates::short).unwrap_or_default()
}

/// Formats a time, given in Unix seconds, as day, hour and minute.
fn moment(seconds: i64) -> String {
    let at = Timestamp::from_second(seconds).map(|at| at.to_zoned(TimeZone::system()));
    at.map(|at| format!("{} {:02}:{:02}", super::dates::short(at.date()), at.hour(), at.minute())).unwrap_or_default()
}

/// Describes the progress of annotating the library.
pub(super) fn renewed(renewal: Renewal) -> String {
    match renewal {
        Renewal::Left(left) => format!("annotating: {} left", grouped(left)),
        Renewal::Ended(1) => "annotated 1 story".to_owned(),
        Renewal::Ended(count) => format!("annotated {} stories", grouped(count)),
    }
}

/// Formats a number with commas between groups of three digits: `12,345`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = (0..digits.len())
        .filter(|&at| at == 0 || (digits.len() - at).is_multiple_of(3))
        .map(|at| {
            let end = at + 1 + (digits.len() - at - 1) % 3;
            digits.get(at..end).unwrap_or_default()
        })
        .collect();
    groups.join(",")
}

/// Formats a count with its noun, in the singular or plural.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{count} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_before_1970_are_days_too() {
        let days = [-9_000, -1, 0, 45_000].map(|days| day_of(days).map(|day| day.to_string()));
        let expected = ["1945-05-12", "1969-12-31", "1970-01-01", "2093-03-16"];
        assert_eq!(days, expected.map(|day| Some(day.to_owned())));
        assert_eq!(day_of(i64::MAX), None);
    }

    #[test]
    fn long_numbers_are_written_in_groups() {
        let numbers = [0, 12, 999, 1_000, 12_034, 100_000, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "12", "999", "1,000", "12,034", "100,000", "1,234,567"]);
    }
}
