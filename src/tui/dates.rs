//! Formats dates, no more precisely than they are known.

use dateline_core::article::DateSource;
use jiff::civil::Date;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns the month's name, abbreviated to three letters.
fn month(date: Date) -> &'static str {
    MONTHS.get((date.month() - 1) as usize).copied().unwrap_or_default()
}

/// Returns the weekday's name, abbreviated to three letters.
fn weekday(date: Date) -> &'static str {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    names.get(date.weekday().to_monday_zero_offset() as usize).copied().unwrap_or_default()
}

/// Formats one day: `Sat 23 Sep 2023`.
#[must_use]
pub(crate) fn day(date: Date) -> String {
    format!("{} {}", weekday(date), short(date))
}

/// Formats a day, preceded by `~` if it was inferred: `~23 Sep 2023`.
#[must_use]
pub(crate) fn marked(date: Date, inferred: bool) -> String {
    format!("{}{}", if inferred { "~" } else { "" }, short(date))
}

/// Formats a day relative to `today`: `today`, `yesterday`, or a weekday if it is less than a week ago. Any other day
/// is formatted by [`marked`]. If the clock time is known, `minutes` is the number of minutes since midnight, and the
/// time is appended: `today 09:14`.
#[must_use]
pub(crate) fn recent(date: Date, minutes: Option<u16>, today: Option<Date>, inferred: bool) -> String {
    // Every row of a list needs this in every frame, and hours are cheaper to compute than calendar units.
    let age = today.map(|today| today.duration_since(date).as_hours() / 24);
    let name = match age {
        Some(0) => "today",
        Some(1) => "yesterday",
        Some(2..=6) => weekday(date),
        _ => return marked(date, inferred),
    };
    let sign = if inferred { "~" } else { "" };
    match minutes.filter(|_| !inferred) {
        Some(minutes) => format!("{name} {}", hours(minutes)),
        None => format!("{sign}{name}"),
    }
}

/// Parses the clock time in an ISO 8601 timestamp. Returns minutes since midnight.
#[must_use]
pub(crate) fn clock(moment: &str) -> Option<u16> {
    let (hours, minutes) = moment.get(11..16)?.split_once(':')?;
    let minutes: u16 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
    Some(hours.parse::<u16>().ok().filter(|hours| *hours < 24)? * 60 + minutes)
}

/// Formats a clock time, given in minutes since midnight: `09:14`.
#[must_use]
pub(crate) fn hours(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Formats a day without its weekday: `23 Sep 2023`.
#[must_use]
pub(crate) fn short(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// Formats an interval as briefly as possible: as a day, a month, a year, or a range.
#[must_use]
pub(crate) fn interval(first: Date, last: Date) -> String {
    let whole_months = first.day() == 1 && last == last.last_of_month();
    if first == last {
        day(first)
    } else if whole_months && first == first.first_of_year() && last == last.last_of_year() {
        if first.year() == last.year() {
            first.year().to_string()
        } else {
            format!("{}–{}", first.year(), last.year())
        }
    } else if whole_months && (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} {}", month(first), first.year())
    } else if whole_months && first.year() == last.year() {
        format!("{}–{} {}", month(first), month(last), first.year())
    } else if first.year() != last.year() {
        format!("{} – {}", short(first), short(last))
    } else if first.month() != last.month() {
        format!("{} {} – {}", first.day(), month(first), short(last))
    } else {
        format!("{}–{}", first.day(), short(last))
    }
}

/// Describes the source of a date in words for the user.
#[must_use]
pub(crate) const fn source(source: DateSource) -> &'static str {
    match source {
        DateSource::Option => "set by you",
        DateSource::Metadata => "page metadata",
        DateSource::Dateline => "from the dateline",
        DateSource::Text => "printed on the page",
        DateSource::Inferred => "inferred",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_last_week_is_named_by_its_days() {
        let today = Some(date(2024, 5, 15));
        let said = |day, minutes| recent(date(2024, 5, day), minutes, today, false);
        assert_eq!(said(15, clock("2024-05-15T09:04:00Z")), "today 09:04");
        assert_eq!(said(14, None), "yesterday");
        assert_eq!(said(11, Some(860)), "Sat 14:20");
        assert_eq!([said(8, Some(860)), said(16, None)], ["8 May 2024", "16 May 2024"]);
        assert_eq!(recent(date(2024, 5, 15), Some(1), None, false), "15 May 2024");
        assert_eq!(recent(date(2024, 5, 14), Some(1), today, true), "~yesterday");
        assert_eq!([clock("2024-05-15"), clock("2024-05-15T99:04"), clock("2024-05-15Tab:cd")], [None; 3]);
    }

    #[test]
    fn an_interval_is_said_no_more_exactly_than_it_is() {
        let said = |a, b| interval(a, b);
        assert_eq!(said(date(2023, 9, 23), date(2023, 9, 23)), "Sat 23 Sep 2023");
        assert_eq!(said(date(2023, 9, 1), date(2023, 9, 30)), "Sep 2023");
        assert_eq!(said(date(2023, 1, 1), date(2023, 12, 31)), "2023");
        assert_eq!(said(date(1990, 1, 1), date(1999, 12, 31)), "1990–1999");
        assert_eq!(said(date(2023, 4, 1), date(2023, 6, 30)), "Apr–Jun 2023");
        assert_eq!(said(date(2023, 9, 3), date(2023, 9, 9)), "3–9 Sep 2023");
        assert_eq!(said(date(2023, 8, 28), date(2023, 9, 3)), "28 Aug – 3 Sep 2023");
        assert_eq!(said(date(2022, 12, 26), date(2023, 1, 1)), "26 Dec 2022 – 1 Jan 2023");
    }
}
