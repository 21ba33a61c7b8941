//! Resolves times that are relative to the reference date or to the time last mentioned.

use super::TimexKind;
use super::calendar::{season_code, weekday_date};
use super::context::Context;
use super::duration::count;
use super::finding::Direction;
use super::resolved::{Captures, Resolved};
use super::value::{Point, Unit, civil, eve, moved, part_code, until, weekday};
use super::vocabulary::Class;
use jiff::civil::Date;

/// Resolves a day `days` days from the reference date.
fn days_from_now(context: &Context<'_>, days: i64, part: Option<i32>) -> Resolved {
    match context.reference.and_then(|reference| moved(reference, Unit::Day, days)) {
        Some(date) => Resolved::point(Point { part, ..Point::day(date) }, true),
        None => match part {
            Some(part) => Resolved::open(TimexKind::Time, format!("XXXX-XX-XX{}", part_code(part))),
            None => Resolved::open(TimexKind::Date, "XXXX-XX-XX"),
        },
    }
}

/// Resolves "yesterday", "today" and "tomorrow".
pub(super) fn day_word(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    Some(days_from_now(context, i64::from(captures.get(Class::DayWord)?), captures.get(Class::Part)))
}

/// Resolves "tonight".
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn tonight(_: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    Some(days_from_now(context, 0, Some(4)))
}

/// Resolves "overnight" to the night before the reference date.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn overnight(_: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    Some(days_from_now(context, -1, Some(4)))
}

/// Resolves "the day before yesterday".
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn two_days_ago(_: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    Some(days_from_now(context, -2, None))
}

/// Resolves "the day after tomorrow".
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn in_two_days(_: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    Some(days_from_now(context, 2, None))
}

/// Resolves the last, current or next unit, as in "last week", "this summer", "next Monday" or "last night".
pub(super) fn read(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let step = captures.step()?;
    if let Some(unit) = captures.unit() {
        return unit_from_now(unit, i64::from(step), context);
    }
    if let Some(day) = captures.get(Class::Weekday) {
        let date = context.reference.and_then(|reference| stepped_weekday(reference, day, step, context));
        let part = captures.get(Class::Part);
        return Some(match date {
            Some(date) => Resolved::point(Point { part, ..Point::day(date) }, true),
            None => Resolved::open(TimexKind::Date, format!("XXXX-WXX-{day}")),
        });
    }
    if let Some(part) = captures.get(Class::Part) {
        return Some(days_from_now(context, i64::from(step), Some(part)));
    }
    if let Some(month) = captures.get(Class::Month) {
        let make = |year| Point::month(year, month);
        return Some(yearly(context, step, make, format!("XXXX-{month:02}")));
    }
    let season = captures.get(Class::Season)?;
    Some(yearly(context, step, |year| Point::season(year, season), format!("XXXX-{}", season_code(season))))
}

/// Returns the unit `step` units away from the unit that contains the reference date.
fn unit_from_now(unit: Unit, step: i64, context: &Context<'_>) -> Option<Resolved> {
    let Some(reference) = context.reference else { return Some(open_unit(unit)) };
    if unit < Unit::Day {
        return None;
    }
    let part = (unit == Unit::Night).then_some(4);
    let point = Point::around(reference, unit)?.later(step)?;
    Some(Resolved::point(Point { part, ..point }, true))
}

/// Returns a unit at an unknown position.
fn open_unit(unit: Unit) -> Resolved {
    let value = match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year | Unit::Half | Unit::Season => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        _ => "XXXX-XX-XX",
    };
    Resolved::open(TimexKind::Date, value)
}

/// Returns the last, current or next weekday, for a `step` of -1, 0 or 1.
fn stepped_weekday(reference: Date, day: i32, step: i32, context: &Context<'_>) -> Option<Date> {
    let ahead = until(reference, weekday(day)?);
    let days = match step {
        ..=-1 => ahead - 7,
        0 if context.direction() == Direction::Past => return weekday_date(day, context),
        0 => ahead,
        _ if ahead == 0 => 7,
        _ => ahead,
    };
    moved(reference, Unit::Day, days)
}

/// Resolves a month or season. Depending on `step`, returns its last completed occurrence, this year's occurrence, or
/// the next occurrence to begin.
fn yearly(context: &Context<'_>, step: i32, make: impl Fn(i32) -> Option<Point>, open: String) -> Resolved {
    let found = context.reference.and_then(|reference| {
        let now = i32::from(reference.year());
        let mut years = now - 2..=now + 2;
        match step {
            ..=-1 => years
                .rev()
                .find_map(|year| make(year).filter(|point| point.interval().is_some_and(|(_, end)| end < reference))),
            0 => make(now),
            _ => years.find_map(|year| make(year).filter(|point| point.date > reference)),
        }
    });
    found.map_or_else(|| Resolved::open(TimexKind::Date, open), |point| Resolved::point(point, true))
}

/// Resolves "the week of March 6".
pub(super) fn week_of(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let day = super::calendar::read(captures, context)?;
    let Some(point) = day.point else { return Some(open_unit(Unit::Week)) };
    Some(Resolved::point(Point::around(point.date, Unit::Week)?, day.relative))
}

/// Resolves "the weekend" to the next weekend if the sentence is about the future, or else to the last weekend that has
/// begun.
pub(super) fn weekend(_: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let Some(reference) = context.reference else { return Some(open_unit(Unit::Weekend)) };
    let this = Point::around(reference, Unit::Weekend)?;
    let is_past = context.direction() != Direction::Future && this.date > reference;
    Some(Resolved::point(if is_past { this.later(-1)? } else { this }, true))
}

/// Resolves "the current fiscal year".
pub(super) fn current(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    unit_from_now(captures.unit()?, 0, context)
}

/// Resolves the last day of a month or year, as in "the last day of August" or "the last day of the year".
pub(super) fn last_day(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let named = captures.has(Class::Month) || captures.step().is_some();
    let whole = if named { super::calendar::read(captures, context)? } else { current(captures, context)? };
    let (_, end) = whole.interval?;
    Some(Resolved::point(Point::day(end), whole.relative))
}

/// Resolves "two years ago".
pub(super) fn ago(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    counted(captures, context.reference, -1)
}

/// Resolves a duration before today or before a weekday to the exact day, as in "three years ago today" or "a year ago
/// Monday".
pub(super) fn ago_today(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let (unit, count) = (captures.unit()?, count(captures)? / 10);
    let Some(reference) = context.reference else { return Some(open_unit(Unit::Day)) };
    let from = match captures.get(Class::Weekday) {
        Some(day) if captures.has(Class::This) => moved(reference, Unit::Day, until(reference, weekday(day)?))?,
        Some(day) if captures.has(Class::Last) => stepped_weekday(reference, day, -1, context)?,
        Some(day) => weekday_date(day, context)?,
        None => reference,
    };
    Some(Resolved::point(Point::day(moved(from, unit, -count)?), true))
}

/// Resolves "half a century ago" and "a quarter-century ago" to a year, and "half a year ago" to a month.
pub(super) fn half_ago(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let quarter = captures.units().next() == Some(Unit::Quarter);
    let (unit, count, grain) = match captures.units().last()? {
        Unit::Century if quarter => (Unit::Year, 25, Unit::Year),
        Unit::Year => (Unit::Month, 6, Unit::Month),
        Unit::Decade => (Unit::Year, 5, Unit::Year),
        Unit::Century => (Unit::Year, 50, Unit::Year),
        Unit::Millennium => (Unit::Year, 500, Unit::Year),
        unit => return Some(Resolved::open(TimexKind::Duration, unit.duration(5))),
    };
    let Some(reference) = context.reference else { return Some(open_unit(grain)) };
    Some(Resolved::point(Point::around(moved(reference, unit, -count)?, grain)?, true))
}

/// Resolves "the week before last".
pub(super) fn before_last(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    unit_from_now(captures.unit()?, -2, context)
}

/// Resolves "the week after next".
pub(super) fn after_next(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    unit_from_now(captures.unit()?, 2, context)
}

/// Resolves "a week from Friday".
pub(super) fn week_from(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let Some(reference) = context.reference else { return Some(open_unit(Unit::Day)) };
    let days = match captures.get(Class::Weekday) {
        Some(day) => until(reference, weekday(day)?),
        None => i64::from(captures.get(Class::DayWord)?),
    };
    let weeks = weeks(captures)?;
    Some(Resolved::point(Point::day(moved(reference, Unit::Day, days.checked_add(weeks.checked_mul(7)?)?)?), true))
}

/// Resolves "Tuesday week" and "Tuesday fortnight" to one or two weeks after the next Tuesday.
pub(super) fn weekday_week(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let day = captures.get(Class::Weekday)?;
    let Some(now) = context.reference else {
        return Some(Resolved::open(TimexKind::Date, format!("XXXX-WXX-{day}")));
    };
    let days = until(now, weekday(day)?) + 7 * weeks(captures)?;
    Some(Resolved::point(Point::day(moved(now, Unit::Day, days)?), true))
}

/// Resolves a number of weeks after a future day, as in "a week on Friday" or "a week tomorrow". Sentences about the
/// past are excluded, such as "They sold a boat a week on Friday".
pub(super) fn week_on(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    if context.direction() == Direction::Past { None } else { week_from(captures, context) }
}

/// Resolves "a week last Monday" or "a week ago Monday".
pub(super) fn week_before(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let Some(reference) = context.reference else { return Some(open_unit(Unit::Day)) };
    let last = until(reference, weekday(captures.get(Class::Weekday)?)?) - 7;
    let days = last - 7 * weeks(captures)?;
    Some(Resolved::point(Point::day(moved(reference, Unit::Day, days)?), true))
}

/// Resolves a weekday in a given week, as in "Monday next week" or "Friday of the following week". Weeks begin on
/// Monday.
pub(super) fn weekday_in_week(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let day = captures.get(Class::Weekday)?;
    let from_last = captures.has(Class::Previous) || captures.has(Class::Following);
    let from = if from_last { context.last().map(|point| point.date) } else { context.reference };
    let Some(from) = from else { return Some(Resolved::open(TimexKind::Date, format!("XXXX-WXX-{day}"))) };
    let week = Point::around(from, Unit::Week)?.later(i64::from(captures.step()?))?;
    Some(Resolved::point(Point::day(moved(week.date, Unit::Day, i64::from(day) - 1)?), true))
}

/// Returns the captured number of weeks, or one if no number was captured. A fortnight counts as two weeks.
fn weeks(captures: &Captures<'_>) -> Option<i64> {
    let length = if captures.unit() == Some(Unit::Fortnight) { 2 } else { 1 };
    captures.get(Class::Number).map_or(Some(length), |number| i64::from(number).checked_mul(length))
}

/// Resolves "two years from now".
pub(super) fn hence(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    counted(captures, context.reference, 1)
}

/// Moves the day `from` by a number of units. The result is as precise as the unit, but never coarser than a year.
fn counted(captures: &Captures<'_>, from: Option<Date>, sign: i64) -> Option<Resolved> {
    let unit = captures.unit()?;
    let count = count(captures)?;
    if unit < Unit::Day {
        let kind = TimexKind::Duration;
        return Some(Resolved::open(kind, unit.duration(count)));
    }
    let Some(from) = from else { return Some(open_unit(unit)) };
    let date = moved(from, unit, sign * (count / 10))?;
    // A date several decades or centuries ago is a year, not a decade.
    let grain = if unit > Unit::Year { Unit::Year } else { unit };
    Some(Resolved::point(Point::around(date, grain)?, true))
}

/// Resolves "two years earlier" or "the previous Friday".
pub(super) fn earlier(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    from_last(captures, context, -1)
}

/// Resolves "two days later" or "the following month".
pub(super) fn later(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    from_last(captures, context, 1)
}

/// Counts from the time last mentioned, unless the result contradicts the tense.
fn from_last(captures: &Captures<'_>, context: &Context<'_>, sign: i64) -> Option<Resolved> {
    let found = counted_from_last(captures, context, sign)?;
    // A future result in a sentence about the past means that the text counts from another time.
    let ahead = found.interval.zip(context.reference).is_some_and(|((begin, _), now)| begin > now);
    if sign > 0 && ahead && context.direction() == Direction::Past {
        let part = |part| Resolved::open(TimexKind::Time, format!("XXXX-XX-XX{}", part_code(part)));
        let open = captures.unit().map(open_unit).or_else(|| captures.get(Class::Part).map(part));
        return Some(open.unwrap_or(found));
    }
    Some(found)
}

/// Counts from the time last mentioned, without checking the result.
fn counted_from_last(captures: &Captures<'_>, context: &Context<'_>, sign: i64) -> Option<Resolved> {
    // In a sentence about the future, "over the next year" is counted from now.
    let now = captures.has(Class::Next) && context.direction() == Direction::Future;
    let last = if now { context.reference.map(Point::day) } else { context.last() };
    let Some(unit) = captures.unit() else { return named_from_last(captures, last, sign) };
    let from = match last {
        // A unit cannot be counted from a longer one: a day cannot be counted from a year, nor a week from a month.
        Some(point) if point.unit > unit => context.fresh_day().map(Point::day),
        point => point,
    };
    if captures.has(Class::Number) || captures.has(Class::Tenths) {
        return counted(captures, from.map(|point| point.date), sign);
    }
    let Some(from) = from else { return Some(open_unit(unit)) };
    if unit < Unit::Day {
        return Some(Resolved::open(TimexKind::Duration, unit.duration(10)));
    }
    let part = (unit == Unit::Night).then_some(4);
    let point = Point::around(from.date, unit)?.later(sign)?;
    Some(Resolved::point(Point { part, ..point }, true))
}

/// Finds the weekday, month, season or part of the day before or after the time last mentioned.
fn named_from_last(captures: &Captures<'_>, last: Option<Point>, sign: i64) -> Option<Resolved> {
    if let Some(day) = captures.get(Class::Weekday) {
        let Some(last) = last else {
            return Some(Resolved::open(TimexKind::Date, format!("XXXX-WXX-{day}")));
        };
        let ahead = until(last.date, weekday(day)?);
        let days = match (sign > 0, ahead) {
            (true, 0) => 7,
            (true, ahead) => ahead,
            (false, ahead) => ahead - 7,
        };
        return Some(Resolved::point(Point::day(moved(last.date, Unit::Day, days)?), true));
    }
    if let Some(part) = captures.get(Class::Part) {
        let Some(last) = last else {
            return Some(Resolved::open(TimexKind::Time, format!("XXXX-XX-XX{}", part_code(part))));
        };
        let date = moved(last.date, Unit::Day, sign)?;
        return Some(Resolved::point(Point { part: Some(part), ..Point::day(date) }, true));
    }
    let make = |year| match (captures.get(Class::Month), captures.get(Class::Season)) {
        (Some(month), _) => Point::month(year, month),
        (None, Some(season)) => Point::season(year, season),
        (None, None) => None,
    };
    let last = last?;
    let now = i32::from(last.date.year());
    let mut years = now - 1..=now + 1;
    let point = if sign > 0 {
        years.find_map(|year| make(year).filter(|point| point.date > last.date))
    } else {
        years.rev().find_map(|year| make(year).filter(|point| point.date < last.date))
    };
    Some(Resolved::point(point?, true))
}

/// Resolves "a year earlier" or "the year-ago quarter".
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn year_ago(_: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let quarter = context.quarter().and_then(|quarter| quarter.later(-4));
    let year = || Point::around(moved(context.last()?.date, Unit::Year, -1)?, Unit::Year);
    Some(quarter.or_else(year).map_or_else(|| open_unit(Unit::Year), |point| Resolved::point(point, true)))
}

/// Resolves "the latest quarter" to the quarter that ends in a given month, or else the quarter of the current
/// financial results, or else the last completed quarter.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn latest(_: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let over = || Point::around(context.reference?, Unit::Quarter)?.later(-1);
    let point = context.ending.and_then(|month| ended(month, context)).or_else(|| context.quarter()).or_else(over);
    Some(point.map_or_else(|| open_unit(Unit::Quarter), |point| Resolved::point(point, true)))
}

/// Resolves a quarter by its last month, as in "the quarter ended Sept. 30".
fn ended(month: i32, context: &Context<'_>) -> Option<Point> {
    let year = context.year_of(Unit::Month, |year| civil(year, month, 1))?;
    Point::around(civil(year, month, 1)?, Unit::Quarter)
}

/// Resolves a reference to a time mentioned earlier, as in "that year", "the same day" or "that evening".
pub(super) fn anaphor(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    if let Some(part) = captures.get(Class::Part) {
        let date = context.day();
        return Some(match date {
            Some(date) => Resolved::point(Point { part: Some(part), ..Point::day(date) }, true),
            None => Resolved::open(TimexKind::Time, format!("XXXX-XX-XX{}", part_code(part))),
        });
    }
    if let Some(season) = captures.get(Class::Season) {
        let year = context.scene().map(|point| i32::from(point.date.year()));
        return Some(Resolved::point(Point::season(year?, season)?, true));
    }
    let unit = captures.unit()?;
    if unit < Unit::Day {
        return None;
    }
    let scene = if unit == Unit::Year { context.scene() } else { context.last() };
    let last = scene.filter(|point| point.unit <= unit).map(|point| point.date).or_else(|| context.day());
    let Some(date) = last else { return Some(open_unit(unit)) };
    let part = (unit == Unit::Night).then_some(4);
    Some(Resolved::point(Point { part, ..Point::around(date, unit)? }, true))
}

/// Resolves a unit with "the", as in "the end of the year". The result is the current unit if the sentence is about the
/// future, or else the unit last mentioned.
pub(super) fn the_unit(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let unit = captures.unit()?;
    if unit > Unit::Day && unit <= Unit::Year && context.reference.is_some() && context.direction() == Direction::Future
    {
        return unit_from_now(unit, 0, context);
    }
    anaphor(captures, context)
}

/// Resolves "the full year".
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn whole_year(_: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let year = context.last().and_then(|point| Point::around(point.date, Unit::Year));
    Some(year.map_or_else(|| open_unit(Unit::Year), |point| Resolved::point(point, true)))
}

/// Resolves "year-end" or "month-end" to the last day of the year or month.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn year_end(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    if captures.unit() == Some(Unit::Month) {
        let month = context.reference.and_then(|reference| Point::around(reference, Unit::Month)?.interval());
        return Some(month.map_or_else(|| open_unit(Unit::Day), |(_, end)| Resolved::point(Point::day(end), true)));
    }
    let day = context.reference.and_then(|reference| {
        let end = civil(i32::from(reference.year()), 12, 31)?;
        // In a sentence about the past, the expression refers to the end of the previous year, because this year has
        // not ended.
        let is_past = context.direction() == Direction::Past;
        if is_past && end > reference { eve(civil(i32::from(reference.year()), 1, 1)?) } else { Some(end) }
    });
    Some(day.map_or_else(|| open_unit(Unit::Day), |day| Resolved::point(Point::day(day), true)))
}
