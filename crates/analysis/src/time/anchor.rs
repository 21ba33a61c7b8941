//! Resolves holidays, and times counted from a day in the same expression: "three days before Christmas".

use super::TimexKind;
use super::calendar;
use super::context::Context;
use super::duration::count;
use super::holiday::holidays;
use super::resolved::{Captures, Resolved};
use super::value::{Point, Unit, moved, until, weekday};
use super::vocabulary::Class;
use crate::document::Document;
use crate::lexicon::lists;

/// Resolves a holiday: "Christmas", "Labor Day 2022", "last Easter".
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
/// longer than the counted unit, or if hours or minutes are counted.
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

/// Returns whether a length of days or longer is counted from the time at token `at`: "two weeks after the vote of 5
/// May". The event is then on another day.
pub(super) fn is_anchor(document: &Document<'_>, sentence: usize, at: usize) -> bool {
    /// Maximum distance from a time back to "before" or "after", in tokens.
    const MAX_DISTANCE: usize = 8;
    let Some(start) = document.sentences.get(sentence).map(|sentence| sentence.tokens.start) else { return false };
    let vocabulary = &super::table::table().vocabulary;
    for index in (at.saturating_sub(MAX_DISTANCE).max(start + 1)..at).rev() {
        let word = document.word(index);
        let verb = document.classes.get(index).is_some_and(|class| class.is_verb());
        let offset = ["before", "after", "following"].iter().any(|known| word.eq_ignore_ascii_case(known));
        if !offset && (verb || matches!(word, "," | ";" | ":" | "and" | "but")) {
            return false;
        }
        if offset {
            let before = vocabulary.interpretations(document.word(index - 1));
            let unit = before.value(Class::Unit).or_else(|| before.value(Class::Units)).and_then(Unit::numbered);
            return unit.is_some_and(|unit| unit >= Unit::Day)
                || lists::PARTS_OF_DAYS.contains(document.word(index - 1));
        }
    }
    false
}
