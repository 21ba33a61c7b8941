//! Days and ranges of days in queries: `2023`, `2023-09`, `2023-09-24`, `yesterday`, `last-week`, `2023-09..2023-10`,
//! `>=2023`. Relative dates are resolved only when a query is run, so "yesterday" in a saved query means the day before
//! that.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::fmt;

/// A range of days, as written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayRange {
    /// Days within one period.
    In(DatePoint),
    /// Days from the start of the first period to the end of the second.
    Between(DatePoint, DatePoint),
    /// Days from the start of a period onwards.
    From(DatePoint),
    /// Days up to the end of a period.
    Until(DatePoint),
    /// Days after the end of a period.
    After(DatePoint),
    /// Days before the start of a period.
    Before(DatePoint),
}

/// A period named in a query: a day, week, month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DatePoint {
    /// A calendar year, such as 2023.
    Year(i16),
    /// A month in a certain year. The month is from 1 to 12.
    Month(i16, i8),
    /// A single day.
    Day(Date),
    /// A day relative to the current one: -1 is yesterday, 0 today.
    Relative(i8),
    /// A week, month or year relative to the current one: -1 is the previous one.
    Period(CalendarUnit, i8),
    /// The last days, weeks, months or years, up to and including the current day.
    Past(u16, CalendarUnit),
}

/// Unit of the calendar, for relative periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CalendarUnit {
    /// A day, which can be used only with a number.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// Names of relative days, with their offsets from the current day.
const DAYS: &[(&str, i8)] = &[("yesterday", -1), ("today", 0), ("tomorrow", 1)];
/// Words for the previous, current and next week, month or year, with their offsets.
const WHICH: &[(&str, i8)] = &[("last", -1), ("this", 0), ("next", 1)];
/// Names of the calendar units.
const UNITS: &[(&str, CalendarUnit)] = &[
    ("day", CalendarUnit::Day),
    ("week", CalendarUnit::Week),
    ("month", CalendarUnit::Month),
    ("year", CalendarUnit::Year),
];
/// Maximum number of days, weeks, months or years in a relative period.
const MAX_COUNT: u16 = 9_999;

impl DayRange {
    /// Parses a range of days. Returns `None` if the words are not a range.
    #[must_use]
    pub(crate) fn parse(words: &str) -> Option<Self> {
        let words = words.trim();
        for (sign, make) in
            [(">=", Self::From as fn(DatePoint) -> Self), ("<=", Self::Until), (">", Self::After), ("<", Self::Before)]
        {
            if let Some(rest) = words.strip_prefix(sign) {
                return DatePoint::parse(rest).map(make);
            }
        }
        let Some((left, right)) = words.split_once("..") else { return DatePoint::parse(words).map(Self::In) };
        match (left.trim().is_empty(), right.trim().is_empty()) {
            (true, true) => None,
            (true, false) => DatePoint::parse(right).map(Self::Until),
            (false, true) => DatePoint::parse(left).map(Self::From),
            (false, false) => Some(Self::Between(DatePoint::parse(left)?, DatePoint::parse(right)?)),
        }
    }

    /// Returns the first and last day of the range, inclusive. An open end is `None`. `today` is the current date.
    ///
    /// A range that ends before it begins is empty.
    #[must_use]
    pub(crate) fn resolve(self, today: Date) -> (Option<Date>, Option<Date>) {
        match self {
            Self::In(moment) => {
                let (begin, end) = moment.resolve(today);
                (Some(begin), Some(end))
            }
            Self::Between(first, last) => (Some(first.resolve(today).0), Some(last.resolve(today).1)),
            Self::From(moment) => (Some(moment.resolve(today).0), None),
            Self::Until(moment) => (None, Some(moment.resolve(today).1)),
            Self::After(moment) => (Some(moment.resolve(today).1.saturating_add(1.day())), None),
            Self::Before(moment) => (None, Some(moment.resolve(today).0.saturating_sub(1.day()))),
        }
    }
}

impl DatePoint {
    /// Parses a day, a month, a year or a relative period. The words of a relative period may be separated by hyphens,
    /// underscores or spaces.
    fn parse(words: &str) -> Option<Self> {
        let words = words.trim();
        if words.starts_with(|first: char| first.is_ascii_digit()) {
            return Self::absolute(words);
        }
        let lower = words.to_ascii_lowercase();
        let parts: Vec<&str> = lower.split([' ', '-', '_']).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [name] => named(DAYS, name).map(Self::Relative),
            [which, unit] => {
                let unit = named(UNITS, unit).filter(|unit| *unit != CalendarUnit::Day)?;
                named(WHICH, which).map(|which| Self::Period(unit, which))
            }
            ["last" | "past", count, unit] => {
                let count = count.parse().ok().filter(|count| (1..=MAX_COUNT).contains(count))?;
                named(UNITS, unit.strip_suffix('s').unwrap_or(unit)).map(|unit| Self::Past(count, unit))
            }
            _ => None,
        }
    }

    /// Parses a year, month or day: `2023`, `2023-09` or `2023-09-24`.
    fn absolute(words: &str) -> Option<Self> {
        let digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = words.split('-');
        let year = parts.next().filter(|part| part.len() == 4 && digits(part, 4))?.parse().ok()?;
        let Some(month) = parts.next() else { return Some(Self::Year(year)) };
        let month = Some(month).filter(|part| digits(part, 2))?.parse().ok()?;
        let Some(day) = parts.next() else { return Date::new(year, month, 1).ok().map(|_| Self::Month(year, month)) };
        let day = Some(day).filter(|part| digits(part, 2))?.parse().ok()?;
        if parts.next().is_some() {
            return None;
        }
        Date::new(year, month, day).ok().map(Self::Day)
    }

    /// Returns the first and last day of the period.
    fn resolve(self, today: Date) -> (Date, Date) {
        match self {
            Self::Year(year) => (first_of(year, 1), first_of(year, 12).last_of_month()),
            Self::Month(year, month) => (first_of(year, month), first_of(year, month).last_of_month()),
            Self::Day(day) => (day, day),
            Self::Relative(days) => {
                let day = today.saturating_add(i64::from(days).days());
                (day, day)
            }
            Self::Period(unit, which) => period(unit, i64::from(which), today),
            Self::Past(count, unit) => {
                let back = i64::from(count);
                let begin = match unit {
                    CalendarUnit::Day => today.saturating_sub(back.days()),
                    CalendarUnit::Week => today.saturating_sub(back.weeks()),
                    CalendarUnit::Month => today.saturating_sub(back.months()),
                    CalendarUnit::Year => today.saturating_sub(back.years()),
                };
                (begin.saturating_add(1.day()), today)
            }
        }
    }
}

/// Returns the first and last day of the week, month or year at an offset from the current one.
fn period(unit: CalendarUnit, which: i64, today: Date) -> (Date, Date) {
    match unit {
        CalendarUnit::Day => {
            let day = today.saturating_add(which.days());
            (day, day)
        }
        CalendarUnit::Week => {
            let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
            let begin = monday.saturating_add(which.weeks());
            (begin, begin.saturating_add(6.days()))
        }
        CalendarUnit::Month => {
            let begin = today.first_of_month().saturating_add(which.months());
            (begin, begin.last_of_month())
        }
        CalendarUnit::Year => {
            let begin = today.first_of_year().saturating_add(which.years());
            (begin, begin.last_of_year())
        }
    }
}

/// Returns the first day of a month. If the month is invalid, returns 1 January of the year 1.
fn first_of(year: i16, month: i8) -> Date {
    Date::new(year, month, 1).unwrap_or(date(1, 1, 1))
}

fn named<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == name).map(|&(_, value)| value)
}

impl fmt::Display for DayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(moment) => write!(f, "{moment}"),
            Self::Between(first, last) => write!(f, "{first}..{last}"),
            Self::From(moment) => write!(f, "{moment}.."),
            Self::Until(moment) => write!(f, "..{moment}"),
            Self::After(moment) => write!(f, ">{moment}"),
            Self::Before(moment) => write!(f, "<{moment}"),
        }
    }
}

impl fmt::Display for DatePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Relative(days) => f.write_str(name_of(DAYS, *days)),
            Self::Period(unit, which) => write!(f, "{}-{}", name_of(WHICH, *which), name_of(UNITS, *unit)),
            Self::Past(1, unit) => write!(f, "last-1-{}", name_of(UNITS, *unit)),
            Self::Past(count, unit) => write!(f, "last-{count}-{}s", name_of(UNITS, *unit)),
        }
    }
}

fn name_of<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|&&(_, known)| known == value).map_or("", |&(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Current date in these tests, a Wednesday.
    const TODAY: Date = date(2024, 5, 15);

    fn days(words: &str) -> (String, String) {
        let (begin, end) = DayRange::parse(words).unwrap().resolve(TODAY);
        (begin.map(|day| day.to_string()).unwrap_or_default(), end.map(|day| day.to_string()).unwrap_or_default())
    }

    #[test]
    fn a_year_a_month_and_a_day_hold_all_their_days() {
        assert_eq!(days("2024"), ("2024-01-01".into(), "2024-12-31".into()));
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days("2024-02-03"), ("2024-02-03".into(), "2024-02-03".into()));
    }

    #[test]
    fn ranges_include_the_whole_of_both_ends() {
        assert_eq!(days("2023-09..2023-10"), ("2023-09-01".into(), "2023-10-31".into()));
        assert_eq!(days("2023.."), ("2023-01-01".into(), String::new()));
        assert_eq!(days(">2023"), ("2024-01-01".into(), String::new()));
        assert_eq!(days("<=2023"), (String::new(), "2023-12-31".into()));
        assert_eq!(days("<2023-09-24"), (String::new(), "2023-09-23".into()));
    }

    #[test]
    fn relative_names_count_from_the_clock() {
        assert_eq!(days("yesterday").0, "2024-05-14");
        assert_eq!(days("last week"), ("2024-05-06".into(), "2024-05-12".into()));
        assert_eq!(days("this-month"), ("2024-05-01".into(), "2024-05-31".into()));
        assert_eq!(days("last-7-days"), ("2024-05-09".into(), "2024-05-15".into()));
        assert_eq!(days("last-week..today"), ("2024-05-06".into(), "2024-05-15".into()));
    }

    #[test]
    fn invalid_days_are_refused() {
        for words in ["", "..", "2023-13", "2023-02-30", "soon", "24", "last", "2023-1-1-1", "99999", "2023-+9"] {
            assert_eq!(DayRange::parse(words), None, "{words}");
        }
    }
}
