//! Resolves holidays, and times counted from a day in the same expression, as in "three days before Christmas".

use super::TimexKind;
use super::calendar;
use super::context::Context;
use super::duration::count;
use super::holiday::holidays;
use super::resolved::{Captures, Resolved};
use super::value::{Point, Unit, moved, until, weekday};
use super::vocabulary::Class;

/// Resolves a holiday, such as "Christmas", "Labor Day 2022" or "last Easter".
pub(super) fn holiday(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let holiday = holidays().get(usize::try_from(captures.get(Class::Holiday)?).ok()?)?;
    if captures.has(Class::Every) {
        return Some(Resolved::open(TimexKind::Set, holiday.recurrence()));
    }
    if let (Some(step), Some(reference)) = (captures.step(), context.reference) {
        let now = i32::from(reference.year());
        let mut years = now - 1..=now + 1;
        let date = match step {
            ..=-1 => years.rev().find_map(|year| holiday.date(year).filter(|date| *date < reference)),
            0 => holiday.date(now),
            _ => years.find_map(|year| holiday.date(year).filter(|date| *date > reference)),
        };
        return Some(Resolved::point(Point::day(date?), true));
    }
    let spelt = calendar::year(captures, context);
    let known = spelt.year.or_else(|| context.year_of(Unit::Day, |year| holiday.date(year)));
    Some(match known.and_then(|known| holiday.date(known)) {
        Some(date) => Resolved::point(Point::day(date), spelt.relative),
        None => Resolved::open(TimexKind::Date, "XXXX-XX-XX"),
    })
}

/// Resolves a day, week, month or year counted from the time `anchor`. Returns `None` if the anchor is a time of day or
/// is longer than the counted unit, or if the counted unit is shorter than a day.
pub(super) fn counted_from(captures: &Captures<'_>, anchor: &Resolved) -> Option<Resolved> {
    let sign = i64::from(captures.get(Class::Offset)?);
    let point = anchor.point.filter(|point| !point.is_time())?;
    let resolved = |point| Resolved { confidence: anchor.confidence, ..Resolved::point(point, true) };
    if let Some(day) = captures.get(Class::Weekday).filter(|_| point.is_day()) {
        let ahead = until(point.date, weekday(day)?);
        let days = if sign < 0 || ahead == 0 { ahead + 7 * sign } else { ahead };
        return Some(resolved(Point::day(moved(point.date, Unit::Day, days)?)));
    }
    let unit = captures.unit().filter(|unit| *unit >= Unit::Day.max(point.unit))?;
    let date = moved(point.date, unit, sign * (count(captures)? / 10))?;
    Some(resolved(Point::around(date, unit.min(Unit::Year))?))
}
