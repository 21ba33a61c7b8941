//! Points and intervals on the calendar, with their TIMEX3 values. Independent of any text.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// Units of time, from the shortest to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// Returns the unit for a value of the word class UNIT.
    pub(super) fn numbered(value: i32) -> Option<Self> {
        const ALL: [Unit; 16] = [
            Unit::Second,
            Unit::Minute,
            Unit::Hour,
            Unit::Day,
            Unit::Night,
            Unit::Week,
            Unit::Weekend,
            Unit::Fortnight,
            Unit::Month,
            Unit::Quarter,
            Unit::Season,
            Unit::Half,
            Unit::Year,
            Unit::Decade,
            Unit::Century,
            Unit::Millennium,
        ];
        ALL.get(usize::try_from(value).ok()?.checked_sub(1)?).copied()
    }

    /// Returns how a TIMEX3 duration in this unit is written: the prefix, the conversion factor and the designator. For
    /// example, `("P", 10, "Y")` for a decade, which is written as ten years.
    const fn letters(self) -> (&'static str, u32, &'static str) {
        match self {
            Self::Second => ("PT", 1, "S"),
            Self::Minute => ("PT", 1, "M"),
            Self::Hour => ("PT", 1, "H"),
            Self::Day | Self::Night => ("P", 1, "D"),
            Self::Week => ("P", 1, "W"),
            Self::Weekend => ("P", 1, "WE"),
            Self::Fortnight => ("P", 2, "W"),
            Self::Month => ("P", 1, "M"),
            Self::Quarter => ("P", 1, "Q"),
            Self::Season => ("P", 3, "M"),
            Self::Half => ("P", 6, "M"),
            Self::Year => ("P", 1, "Y"),
            Self::Decade => ("P", 10, "Y"),
            Self::Century => ("P", 100, "Y"),
            Self::Millennium => ("P", 1000, "Y"),
        }
    }

    /// Formats tenths of this unit as a TIMEX3 duration, such as `P3Y` or `P2.5Y`.
    pub(super) fn duration(self, tenths: i64) -> String {
        let (prefix, factor, letter) = self.letters();
        let tenths = tenths.saturating_mul(i64::from(factor));
        if tenths % 10 == 0 {
            return format!("{prefix}{}{letter}", tenths / 10);
        }
        // Fractions of hours and minutes use the next smaller unit, because half an hour is written as thirty minutes
        // in TIMEX3.
        match self {
            Self::Hour => format!("PT{}M", tenths * 6),
            Self::Minute => format!("PT{}S", tenths * 6),
            _ => format!("{prefix}{}.{}{letter}", tenths / 10, tenths % 10),
        }
    }

    /// Formats hundredths of this unit as a TIMEX3 duration, such as `P2Y6M` or `PT45M`. Fractions of a year become
    /// months, and fractions of an hour become minutes.
    pub(super) fn hundredths(self, hundredths: i64) -> String {
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        match self {
            Self::Year if rest * 12 % 100 == 0 && rest > 0 => {
                let years = if whole > 0 { format!("{whole}Y") } else { String::new() };
                format!("P{years}{}M", rest * 12 / 100)
            }
            Self::Hour if rest > 0 => format!("PT{}M", hundredths.saturating_mul(60) / 100),
            Self::Minute if rest > 0 => format!("PT{}S", hundredths.saturating_mul(60) / 100),
            Self::Decade if hundredths % 10 == 0 => format!("P{}Y", hundredths / 10),
            Self::Century | Self::Millennium => {
                let (_, factor, _) = self.letters();
                format!("P{}Y", hundredths.saturating_mul(i64::from(factor)) / 100)
            }
            _ if hundredths % 10 == 0 => self.duration(hundredths / 10),
            _ => {
                let (prefix, _, letter) = self.letters();
                format!("{prefix}{whole}.{rest:02}{letter}")
            }
        }
    }

    /// Returns the TIMEX3 value of an unknown number of this unit, such as `PXY`.
    pub(super) fn some(self) -> String {
        let (prefix, _, letter) = self.letters();
        match self {
            Self::Decade => "PXE".into(),
            Self::Century => "PXC".into(),
            _ => format!("{prefix}X{letter}"),
        }
    }

    /// Returns `count` of this unit as a calendar span, or `None` if the unit is shorter than a day.
    pub(super) fn span(self, count: i64) -> Option<Span> {
        let span = Span::new();
        match self {
            Self::Second | Self::Minute | Self::Hour => None,
            Self::Day | Self::Night => span.try_days(count).ok(),
            Self::Week | Self::Weekend => span.try_weeks(count).ok(),
            Self::Fortnight => span.try_weeks(count.checked_mul(2)?).ok(),
            Self::Month => span.try_months(count).ok(),
            Self::Quarter | Self::Season => span.try_months(count.checked_mul(3)?).ok(),
            Self::Half => span.try_months(count.checked_mul(6)?).ok(),
            Self::Year => span.try_years(count).ok(),
            Self::Decade => span.try_years(count.checked_mul(10)?).ok(),
            Self::Century => span.try_years(count.checked_mul(100)?).ok(),
            Self::Millennium => span.try_years(count.checked_mul(1000)?).ok(),
        }
    }
}

/// Moves `date` by `count` units. Returns `None` if the result is outside the calendar.
pub(super) fn moved(date: Date, unit: Unit, count: i64) -> Option<Date> {
    date.checked_add(unit.span(count)?).ok()
}

/// Returns the TIMEX3 code for a part of the day, given as a value of the word class PART.
pub(super) const fn part_code(part: i32) -> &'static str {
    match part {
        1 => "TMO",
        2 => "TAF",
        3 => "TEV",
        _ => "TNI",
    }
}

/// Words that narrow or move a time expression, such as "early", "about" or "the day before".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    Start,
    Mid,
    End,
    Before,
    After,
    DayBefore,
    DayAfter,
    Counted,
    Approximate,
}

impl Modifier {
    /// Looks up a modifier by its name in the table.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "START" => Self::Start,
            "MID" => Self::Mid,
            "END" => Self::End,
            "BEFORE" => Self::Before,
            "AFTER" => Self::After,
            "DAY-BEFORE" => Self::DayBefore,
            "DAY-AFTER" => Self::DayAfter,
            "COUNTED" => Self::Counted,
            "APPROX" => Self::Approximate,
            _ => return None,
        })
    }

    /// Returns the number of days by which the modifier shifts the day that follows it.
    pub(super) const fn days(self) -> i64 {
        match self {
            Self::DayBefore => -1,
            Self::DayAfter => 1,
            _ => 0,
        }
    }
}

/// Point on the calendar: a unit that begins on a given day, or a time on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// Granularity of the point: the unit of time that it spans, such as a day or a month.
    pub unit: Unit,
    /// First day of the point.
    pub date: Date,
    /// Part of the day, as a value of the word class PART.
    pub part: Option<i32>,
    /// Time of day in minutes since midnight.
    pub clock: Option<i32>,
}

impl Point {
    /// Returns the unit of time that contains `date`, such as its week, month or year.
    pub(super) fn around(date: Date, unit: Unit) -> Option<Self> {
        let (year, month) = (date.year(), date.month());
        let begin = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => date,
            Unit::Week | Unit::Fortnight => monday(date)?,
            Unit::Weekend => moved(monday(date)?, Unit::Day, 5)?,
            Unit::Month => Date::new(year, month, 1).ok()?,
            Unit::Quarter => Date::new(year, (month - 1) / 3 * 3 + 1, 1).ok()?,
            Unit::Season => season(date)?,
            Unit::Half => Date::new(year, (month - 1) / 6 * 6 + 1, 1).ok()?,
            Unit::Year => Date::new(year, 1, 1).ok()?,
            Unit::Decade => Date::new(year.div_euclid(10) * 10, 1, 1).ok()?,
            Unit::Century => Date::new(year.div_euclid(100) * 100, 1, 1).ok()?,
            Unit::Millennium => Date::new(year.div_euclid(1000) * 1000, 1, 1).ok()?,
        };
        Some(Self { unit, date: begin, part: None, clock: None })
    }

    /// Creates a point for one day.
    pub(super) const fn day(date: Date) -> Self {
        Self { unit: Unit::Day, date, part: None, clock: None }
    }

    /// Creates a point for one year.
    pub(super) fn year(year: i32) -> Option<Self> {
        Self::around(Date::new(i16::try_from(year).ok()?, 1, 1).ok()?, Unit::Year)
    }

    /// Creates a point for a month in a given year.
    pub(super) fn month(year: i32, month: i32) -> Option<Self> {
        Self::around(civil(year, month, 1)?, Unit::Month)
    }

    /// Creates a point for a quarter of a year, numbered from 1 to 4.
    pub(super) fn quarter(year: i32, quarter: i32) -> Option<Self> {
        let first = quarter.checked_sub(1)?.checked_mul(3)?.checked_add(1)?;
        Self::around(civil(year, first, 1)?, Unit::Quarter)
    }

    /// Creates a point for half of a year, numbered 1 or 2.
    pub(super) fn half(year: i32, half: i32) -> Option<Self> {
        let first = half.checked_sub(1)?.checked_mul(6)?.checked_add(1)?;
        Self::around(civil(year, first, 1)?, Unit::Half)
    }

    /// Creates a point for a season of a year, numbered from 1 (spring) to 4 (winter). A winter belongs to the year of
    /// its December.
    pub(super) fn season(year: i32, season: i32) -> Option<Self> {
        Self::around(civil(year, season.checked_mul(3)?, 1)?, Unit::Season)
    }

    /// Returns the point that is `count` units later and has the same length.
    pub(super) fn later(self, count: i64) -> Option<Self> {
        Some(Self { date: moved(self.date, self.unit, count)?, ..self })
    }

    /// Returns the first and last day of the point.
    pub(super) fn interval(self) -> Option<(Date, Date)> {
        let next = match self.unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => return Some((self.date, self.date)),
            Unit::Weekend => return Some((self.date, moved(self.date, Unit::Day, 1)?)),
            Unit::Fortnight => moved(self.date, Unit::Week, 1)?,
            unit => moved(self.date, unit, 1)?,
        };
        Some((self.date, next.yesterday().ok()?))
    }

    /// Returns whether the point is one whole day.
    pub(super) fn is_day(self) -> bool {
        self.unit == Unit::Day && !self.is_time()
    }

    /// Returns whether the point is a time of day.
    #[inline]
    pub(super) const fn is_time(self) -> bool {
        self.part.is_some() || self.clock.is_some()
    }

    /// Returns the TIMEX3 value of the point.
    pub(super) fn value(self) -> String {
        let (year, month) = (self.date.year(), self.date.month());
        match self.unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => {
                let part = self.part.map(part_code).unwrap_or_default();
                let clock = self.clock.map(|minutes| format!("T{:02}:{:02}", minutes / 60, minutes % 60));
                format!("{}{}", self.date, clock.as_deref().unwrap_or(part))
            }
            Unit::Week | Unit::Fortnight => week(self.date),
            Unit::Weekend => format!("{}-WE", week(self.date)),
            Unit::Month => format!("{}-{month:02}", year4(year)),
            Unit::Quarter => format!("{}-Q{}", year4(year), (month - 1) / 3 + 1),
            Unit::Season => {
                let name = match month {
                    3 => "SP",
                    6 => "SU",
                    9 => "FA",
                    _ => "WI",
                };
                format!("{}-{name}", year4(year))
            }
            Unit::Half => format!("{}-H{}", year4(year), (month - 1) / 6 + 1),
            Unit::Year => year4(year),
            Unit::Decade => format!("{:03}", year.div_euclid(10)),
            Unit::Century => format!("{:02}", year.div_euclid(100)),
            Unit::Millennium => format!("{}", year.div_euclid(1000)),
        }
    }
}

/// Formats a year with at least four digits.
fn year4(year: i16) -> String {
    if year < 0 { format!("-{:04}", year.unsigned_abs()) } else { format!("{year:04}") }
}

/// Formats the ISO 8601 week of a date, such as `2023-W38`.
fn week(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{}-W{:02}", year4(week.year()), week.week())
}

/// Returns the Monday of the week that contains `date`.
fn monday(date: Date) -> Option<Date> {
    moved(date, Unit::Day, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// Returns the first day of the season that contains `date`.
fn season(date: Date) -> Option<Date> {
    let (year, month) = (date.year(), date.month());
    match month {
        1 | 2 => Date::new(year.checked_sub(1)?, 12, 1).ok(),
        _ => Date::new(year, month / 3 * 3, 1).ok(),
    }
}

/// Creates a date, or returns `None` if the calendar has no such day.
pub(super) fn civil(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Returns the weekday for a value of the word class WEEKDAY.
pub(super) fn weekday(value: i32) -> Option<Weekday> {
    Weekday::from_monday_one_offset(i8::try_from(value).ok()?).ok()
}

/// Returns the number of days from `date` to the first `weekday` on or after that date, from 0 to 6.
pub(super) fn until(date: Date, weekday: Weekday) -> i64 {
    i64::from(date.weekday().until(weekday))
}

/// Returns the day before `date`.
pub(super) fn eve(date: Date) -> Option<Date> {
    date.checked_sub(1.day()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn value(unit: Unit) -> String {
        Point::around(date(2023, 9, 27), unit).unwrap().value()
    }

    #[test]
    fn every_unit_has_its_value() {
        let all = [Unit::Day, Unit::Week, Unit::Weekend, Unit::Month, Unit::Quarter, Unit::Season, Unit::Half];
        assert_eq!(
            all.map(value),
            ["2023-09-27", "2023-W39", "2023-W39-WE", "2023-09", "2023-Q3", "2023-FA", "2023-H2"]
        );
        assert_eq!([Unit::Year, Unit::Decade, Unit::Century].map(value), ["2023", "202", "20"]);
    }

    #[test]
    fn an_interval_ends_on_the_last_day() {
        let month = Point::month(2024, 2).unwrap();
        assert_eq!(month.interval().unwrap().1, date(2024, 2, 29));
        let winter = Point::season(2022, 4).unwrap();
        assert_eq!(winter.interval().unwrap(), (date(2022, 12, 1), date(2023, 2, 28)));
    }

    #[test]
    fn nothing_leaves_the_calendar() {
        assert!(Point::year(99_999).is_none());
        assert!(moved(date(9999, 12, 31), Unit::Century, 1).is_none());
        assert!(Point::year(9999).unwrap().interval().is_none());
    }

    #[test]
    fn durations_are_written_as_iso_has_them() {
        assert_eq!(Unit::Year.duration(30), "P3Y");
        assert_eq!(Unit::Hour.duration(5), "PT30M");
        assert_eq!(Unit::Decade.duration(20), "P20Y");
        assert_eq!(Unit::Century.duration(5), "P50Y");
    }
}
