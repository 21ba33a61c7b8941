//! Resolves dates from their parts. Missing parts are inferred from the story.

use super::TimexKind;
use super::context::Context;
use super::finding::Direction;
use super::numeral::{DateOrder, decoded, is_swappable};
use super::resolved::{Captures, Resolved};
use super::value::{Point, Unit, civil, moved, part_code, until, weekday};
use super::vocabulary::Class;
use jiff::civil::Date;

/// Resolves a date from its parts.
pub(super) fn read(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    dated(captures, context, year(captures, context))
}

/// Resolves a date in the year of the current scene, as in "on 3 May that year" or "that February".
pub(super) fn then(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let year = context.scene().map(|point| i32::from(point.date.year()));
    dated(captures, context, Year { year, relative: true })
}

/// Year of a date.
#[derive(Clone, Copy)]
pub(super) struct Year {
    /// Number of the year, if known.
    pub year: Option<i32>,
    /// Whether the year was inferred rather than spelt out.
    pub relative: bool,
}

/// Returns the year, which may be spelt out, abbreviated to two digits, or described as "last", "this" or "next year".
pub(super) fn year(captures: &Captures<'_>, context: &Context<'_>) -> Year {
    if let Some(year) = captures.get(Class::Year) {
        return Year { year: Some(year), relative: false };
    }
    if let Some(short) = captures.get(Class::ShortYear) {
        return Year { year: Some(full_year(short, context)), relative: false };
    }
    let step = captures.step();
    let year = context.reference.zip(step).map(|(reference, step)| i32::from(reference.year()) + step);
    Year { year, relative: true }
}

/// Expands a two-digit year to the latest year that is at most ten years in the future.
fn full_year(short: i32, context: &Context<'_>) -> i32 {
    let now = context.reference.map_or(2000, |reference| i32::from(reference.year()));
    let year = now.div_euclid(100) * 100 + short;
    if year > now + 10 { year - 100 } else { year }
}

/// Resolves a date whose year may be known.
fn dated(captures: &Captures<'_>, context: &Context<'_>, year: Year) -> Option<Resolved> {
    if let Some(value) = captures.get(Class::Calendar) {
        let (year, first, second) = decoded(value);
        let swap = is_swappable(value) && context.date_order() == DateOrder::DayFirst;
        let (month, day) = if swap { (second, first) } else { (first, second) };
        let resolved = Resolved::point(Point::day(civil(year, month, day)?), false);
        return Some(with_part(resolved, captures));
    }
    let day = captures.get(Class::Day).or_else(|| captures.get(Class::Ordinal));
    match (captures.get(Class::Month), day) {
        (Some(month), Some(day)) => {
            let year = Year { year: year.year.or_else(|| year_of_weekday(captures, month, day, context)), ..year };
            day_of(month, day, year, context).map(|day| with_part(day, captures))
        }
        (Some(month), None) => month_of(month, year, context),
        _ => other(captures, context, year),
    }
}

/// Resolves "the early hours of Monday" to that day's morning.
pub(super) fn early_hours(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let day = read(captures, context)?;
    let point = day.point?;
    Some(Resolved::point(Point { part: Some(1), ..point }, day.relative))
}

/// Resolves a hyphenated date such as "19-Nov-12".
pub(super) fn short_date(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let short = captures.get(Class::Number).filter(|short| (0..100).contains(short));
    let year = captures.get(Class::Year).or_else(|| Some(full_year(short?, context)))?;
    day_of(captures.get(Class::Month)?, captures.get(Class::Day)?, Year { year: Some(year), relative: false }, context)
}

/// Returns whether the captured words are a day that does not exist, such as "31 February" or "29 February 2023".
pub(super) fn is_impossible(captures: &Captures<'_>) -> bool {
    if let Some(value) = captures.get(Class::Calendar) {
        let (year, month, day) = decoded(value);
        return civil(year, month, day).is_none();
    }
    let Some((month, day)) = captures.get(Class::Month).zip(captures.get(Class::Day)) else { return false };
    // Without a year, use 2000, which was a leap year.
    civil(captures.get(Class::Year).unwrap_or(2000), month, day).is_none()
}

/// Returns the year nearest to the reference date in which a day of a month falls on the captured weekday.
fn year_of_weekday(captures: &Captures<'_>, month: i32, day: i32, context: &Context<'_>) -> Option<i32> {
    let named_weekday = weekday(captures.get(Class::Weekday).or_else(|| captures.get(Class::ShortDay))?)?;
    let falls = |year| civil(year, month, day).is_some_and(|date| date.weekday() == named_weekday);
    let now = i32::from(context.reference?.year());
    let meant = context.year_of(Unit::Day, |year| civil(year, month, day));
    meant.into_iter().chain([now, now - 1, now + 1]).find(|year| falls(*year))
}

/// Resolves a day of a month.
fn day_of(month: i32, day: i32, year: Year, context: &Context<'_>) -> Option<Resolved> {
    // Reject a day that does not exist in the leap year 2000, because no other year has it either.
    civil(2000, month, day)?;
    let year_known = year.year.or_else(|| context.year_of(Unit::Day, |year| civil(year, month, day)));
    match year_known {
        Some(known) => Some(Resolved::point(Point::day(civil(known, month, day)?), year.relative)),
        None => Some(Resolved::open(TimexKind::Date, format!("XXXX-{month:02}-{day:02}"))),
    }
}

/// Resolves a month of a year.
fn month_of(month: i32, year: Year, context: &Context<'_>) -> Option<Resolved> {
    let year_known = year.year.or_else(|| context.year_of(Unit::Month, |year| civil(year, month, 1)));
    match year_known {
        Some(known) => Some(Resolved::point(Point::month(known, month)?, year.relative)),
        None => Some(Resolved::open(TimexKind::Date, format!("XXXX-{month:02}"))),
    }
}

/// Resolves weekdays, seasons, decades and years.
fn other(captures: &Captures<'_>, context: &Context<'_>, year: Year) -> Option<Resolved> {
    if let Some(day) = captures.get(Class::Weekday).or_else(|| captures.get(Class::ShortDay)) {
        let resolved = match weekday_date(day, context) {
            Some(date) => Resolved::point(Point::day(date), true),
            None => Resolved::open(TimexKind::Date, format!("XXXX-WXX-{day}")),
        };
        return Some(with_part(resolved, captures));
    }
    if let Some(step) = captures.get(Class::DayWord) {
        let date = context.reference.and_then(|reference| moved(reference, Unit::Day, i64::from(step)));
        let resolved = match date {
            Some(date) => Resolved::point(Point::day(date), true),
            None => Resolved::open(TimexKind::Date, "XXXX-XX-XX"),
        };
        return Some(with_part(resolved, captures));
    }
    if let Some(season) = captures.get(Class::Season) {
        let begins = |year| Point::season(year, season).map(|point| point.date);
        let known = year.year.or_else(|| context.year_of(Unit::Season, begins));
        return match known {
            Some(known) => Some(Resolved::point(Point::season(known, season)?, year.relative)),
            None => Some(Resolved::open(TimexKind::Date, format!("XXXX-{}", season_code(season)))),
        };
    }
    if let Some(decade) = captures.get(Class::Decade) {
        // "The 1800s" are a century, but "the 2000s" are a decade.
        let unit = if decade % 100 == 0 && decade < 2000 { Unit::Century } else { Unit::Decade };
        return Some(Resolved::point(Point::around(civil(decade, 1, 1)?, unit)?, false));
    }
    if let Some(tens) = captures.get(Class::Tens) {
        // A decade given only by its tens has already begun: in 2023, "the '30s" are the 1930s.
        let begun = |decade: &i32| context.reference.is_none_or(|now| *decade <= i32::from(now.year()));
        let decade = Some(full_year(tens, context)).filter(begun).unwrap_or_else(|| full_year(tens, context) - 100);
        return Some(Resolved::point(Point::around(civil(decade, 1, 1)?, Unit::Decade)?, false));
    }
    Some(Resolved::point(Point::year(year.year?)?, year.relative))
}

/// Returns the TIMEX3 code of a season.
pub(super) const fn season_code(season: i32) -> &'static str {
    match season {
        1 => "SP",
        2 => "SU",
        3 => "FA",
        _ => "WI",
    }
}

/// Returns the date of a weekday: its next occurrence if the sentence is about the future, or else its last occurrence,
/// which may be today.
pub(super) fn weekday_date(day: i32, context: &Context<'_>) -> Option<Date> {
    if let Some(begin) = context.begin {
        return moved(begin, Unit::Day, until(begin, weekday(day)?));
    }
    let reference = context.reference?;
    let named = weekday(day)?;
    if let Some(update) = context.update().filter(|update| update.weekday() == named)
        && context.direction() != Direction::Future
    {
        return Some(update);
    }
    let ahead = until(reference, named);
    let step = match context.direction() {
        Direction::Future => ahead,
        _ if ahead == 0 => 0,
        _ => ahead - 7,
    };
    moved(reference, Unit::Day, step)
}

/// Narrows a day to the captured part of the day.
fn with_part(resolved: Resolved, captures: &Captures<'_>) -> Resolved {
    let Some(part) = captures.get(Class::Part) else { return resolved };
    match resolved.point {
        Some(point) => Resolved::point(Point { part: Some(part), ..point }, resolved.relative),
        None => Resolved::open(TimexKind::Time, format!("{}{}", resolved.value, part_code(part))),
    }
}

/// Resolves a century such as "the 19th century".
pub(super) fn century(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    // In "the first half of the 20th century", the last ordinal is the century's.
    let ordinal = captures.all(Class::Ordinal).last().or_else(|| captures.get(Class::Number))?;
    let year = ordinal.checked_sub(1)?.checked_mul(100)?;
    if !(100..2200).contains(&year) {
        return None;
    }
    Some(Resolved::point(Point::around(civil(year, 1, 1)?, Unit::Century)?, false))
}

/// Resolves a day in a list, as the "11" of "July 10 and 11", in the month of the day before it.
pub(super) fn listed_day(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let (before, relative) = context.listed?;
    let day = captures.get(Class::Day).and_then(|day| i8::try_from(day).ok()).filter(|day| *day > before.day())?;
    Some(Resolved::point(Point::day(before.with().day(day).build().ok()?), relative))
}

/// Resolves a day by its number in a month, as in "the 25th of this month" or "on the 12th". If no month is named, the
/// month is that of a day or month mentioned shortly before, or else the one that fits the direction of the sentence.
pub(super) fn day_of_month(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let number = captures.get(Class::Day).or_else(|| captures.get(Class::Ordinal))?;
    let within = |month: Date| civil(i32::from(month.year()), i32::from(month.month()), number);
    if captures.unit().is_some() {
        return Some(Resolved::point(Point::day(within(month_from(captures, context)?)?), true));
    }
    let Some(reference) = context.reference else {
        return Some(Resolved::open(TimexKind::Date, format!("XXXX-XX-{number:02}")));
    };
    let ahead = context.direction() == Direction::Future;
    let fits = |date: &Date| if ahead { *date >= reference } else { *date <= reference };
    let mentioned = context.near_month().and_then(|last| {
        [last, moved(last, Unit::Month, 1)?].into_iter().filter_map(within).find(|date| *date >= last)
    });
    let steps = if ahead { [0, 1, 2] } else { [0, -1, -2] };
    let mut months = steps.into_iter().filter_map(|step| moved(reference, Unit::Month, step));
    let date = mentioned.filter(&fits).or_else(|| months.find_map(|month| within(month).filter(&fits)))?;
    Some(Resolved::point(Point::day(date), true))
}

/// Resolves the nth or last weekday of a month, as in "the first Tuesday in November", "the last Friday of May 2021" or
/// "the first Friday of next month".
pub(super) fn weekday_of(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let day = weekday(captures.get(Class::Weekday)?)?;
    let place = captures.get(Class::Ordinal).filter(|place| (1..=5).contains(place));
    let within = |first: Date| {
        let (from, weeks) = match place {
            Some(place) => (first, i64::from(place) - 1),
            None => (moved(first, Unit::Month, 1)?, -1),
        };
        moved(from, Unit::Day, until(from, day) + weeks * 7).filter(|date| date.month() == first.month())
    };
    let Some(month) = captures.get(Class::Month) else {
        return Some(Resolved::point(Point::day(within(month_from(captures, context)?)?), true));
    };
    let date = |year| within(civil(year, month, 1)?);
    let spelt = year(captures, context);
    let known = spelt.year.or_else(|| context.year_of(Unit::Day, date))?;
    Some(Resolved::point(Point::day(date(known)?), spelt.relative))
}

/// Returns the first day of a relative month, such as "next month", "the following month" or "the month".
fn month_from(captures: &Captures<'_>, context: &Context<'_>) -> Option<Date> {
    let counted = captures.has(Class::Last) || captures.has(Class::Next) || captures.has(Class::This);
    let from = if counted { context.reference? } else { context.last()?.date };
    // In "the last Friday of last month", the first "last" belongs to the weekday and the second to the month.
    let step = if captures.all(Class::Last).next().is_some() { -1 } else { captures.step().unwrap_or(0) };
    Point::around(from, Unit::Month)?.later(i64::from(step)).map(|point| point.date)
}

/// Resolves a year with its era, such as "300 BC" or "A.D. 79".
pub(super) fn era(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    let year = captures.get(Class::Number).filter(|year| (1..10_000).contains(year))?;
    if captures.get(Class::Era)? < 0 {
        return Some(Resolved::open(TimexKind::Date, format!("BC{year:04}")));
    }
    Some(Resolved::point(Point::year(year)?, false))
}

/// Resolves a quarter such as "the third quarter". If no year is given, uses the year to which financial results would
/// refer.
pub(super) fn quarter(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let quarter =
        captures.get(Class::Quarter).or_else(|| captures.get(Class::Ordinal)).filter(|n| (1..=4).contains(n))?;
    let year = year(captures, context);
    let begins = |year| Point::quarter(year, quarter).map(|point| point.date);
    match year.year.or_else(|| period_year(context, begins)) {
        Some(known) => Some(Resolved::point(Point::quarter(known, quarter)?, year.relative)),
        None => Some(Resolved::open(TimexKind::Date, format!("XXXX-Q{quarter}"))),
    }
}

/// Returns the year of the reference date if the period has begun by then or the sentence is about the future. In all
/// other cases, returns the year before.
fn period_year(context: &Context<'_>, begins: impl Fn(i32) -> Option<Date>) -> Option<i32> {
    let reference = context.reference?;
    let now = i32::from(reference.year());
    let begun = begins(now)? <= reference;
    let ahead = context.direction() == Direction::Future;
    Some(if begun || ahead { now } else { now - 1 })
}

/// Resolves half of a year, such as "the first half of 2022".
pub(super) fn half(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let half = captures.get(Class::Ordinal).filter(|n| (1..=2).contains(n))?;
    let year = year(captures, context);
    let begins = |year| Point::half(year, half).map(|point| point.date);
    let known = year.year.or_else(|| period_year(context, begins))?;
    Some(Resolved::point(Point::half(known, half)?, year.relative))
}

/// Resolves a range of days, such as "June 5–7".
pub(super) fn days(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let month = captures.get(Class::Month)?;
    let mut days = captures.days();
    let (first, last) = (days.next()?, days.next()?);
    if first >= last {
        return None;
    }
    let spelt = year(captures, context);
    let year = spelt.year.or_else(|| context.year_of(Unit::Day, |year| civil(year, month, first)))?;
    let (begin, end) = (civil(year, month, first)?, civil(year, month, last)?);
    Some(range(begin, end, format!("{begin}/{end}"), spelt.relative))
}

/// Resolves a range of months, such as "between March and July 2021". If no year is given, the year is inferred from
/// the last month.
pub(super) fn months(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let mut months = captures.all(Class::Month);
    let (first, last) = (months.next()?, months.next()?);
    let spelt = year(captures, context);
    let year = spelt.year.or_else(|| context.year_of(Unit::Month, |year| civil(year, last, 1)))?;
    let begin = Point::month(if first < last { year } else { year - 1 }, first)?;
    let end = Point::month(year, last)?;
    let value = format!("{}/{}", begin.value(), end.value());
    (first != last).then_some(())?;
    Some(range(begin.date, end.interval()?.1, value, spelt.relative))
}

/// Resolves a weekday with "the" to its first occurrence on or after the day last mentioned, as in "On 11 January 2005
/// … On the Thursday". If no day was mentioned, resolves an ordinary weekday.
pub(super) fn the_weekday(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let day = captures.get(Class::Weekday)?;
    let (Some(from), Some(reference)) = (context.mentioned_day(), context.reference) else {
        return read(captures, context);
    };
    let date = moved(from, Unit::Day, until(from, weekday(day)?))?;
    if date > reference {
        return read(captures, context);
    }
    Some(with_part(Resolved::point(Point::day(date), true), captures))
}

/// Resolves a range of years, such as "1992-95".
pub(super) fn years(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    let mut years = captures.all(Class::Year);
    let first = years.next()?;
    let last = match (years.next(), captures.get(Class::Number)) {
        (Some(year), _) => year,
        (None, Some(short)) if (1..100).contains(&short) => first.div_euclid(100) * 100 + short,
        _ => return None,
    };
    let (begin, end) = (Point::year(first)?, Point::year(last)?);
    (first < last).then_some(())?;
    let value = format!("{}/{}", begin.value(), end.value());
    Some(range(begin.date, end.interval()?.1, value, false))
}

/// Creates a value for the interval from one day to another.
fn range(begin: Date, end: Date, value: String, relative: bool) -> Resolved {
    Resolved { kind: TimexKind::Date, value, point: None, interval: Some((begin, end)), relative, confidence: 1.0 }
}

/// Returns the captured time of day in minutes since midnight.
pub(super) fn minutes(captures: &Captures<'_>) -> Option<i32> {
    if let Some(minutes) = captures.get(Class::ClockWord) {
        return Some(minutes);
    }
    if captures.has(Class::Zone) && !captures.has(Class::Clock) && !captures.has(Class::Hour) {
        // Military time, such as "0735 GMT".
        let figures =
            captures.get(Class::Number).filter(|figures| (100..2400).contains(figures) && figures % 100 < 60)?;
        return Some(figures / 100 * 60 + figures % 100);
    }
    let time = captures.get(Class::Clock).or_else(|| captures.get(Class::Hour).map(|hour| hour * 60))?;
    let late = match (captures.get(Class::AmPm), captures.get(Class::Part)) {
        (Some(half), _) => half > 0,
        (None, Some(part)) => part > 1 && !(part == 4 && time < 300),
        (None, None) => return Some(time),
    };
    let twelve = time % 720;
    (time <= 780 || !captures.has(Class::AmPm)).then_some(if late { twelve + 720 } else { twelve })
}
