//! Resolves times of day. The day is taken from the expression, or else from the story so far.

use super::TimexKind;
use super::context::Context;
use super::resolved::{Captures, Resolved};
use super::value::Point;
use super::vocabulary::Class;
use super::{calendar, relative};

/// Resolves a time of day, such as "10 p.m. Wednesday", "noon" or "4 in the morning".
pub(super) fn clock(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let minutes = calendar::minutes(captures)?;
    let named = [Class::Month, Class::Weekday, Class::ShortDay, Class::Calendar, Class::DayWord];
    let day = if named.into_iter().any(|class| captures.has(class)) {
        let without_part =
            captures.0.iter().filter(|interpretation| interpretation.symbol != Class::Part.symbol()).copied();
        let without_part: Vec<_> = without_part.collect();
        let plain = Captures(&without_part);
        Some(if plain.step().is_some() { relative::read(&plain, context)? } else { calendar::read(&plain, context)? })
    } else {
        context.near_day().or(context.reference).map(|date| Resolved::point(Point::day(date), true))
    };
    if let Some((day, point)) = day.as_ref().and_then(|day| Some((day, day.point?))) {
        return Some(Resolved::point(Point { clock: Some(minutes), ..point }, day.relative));
    }
    let date = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.value);
    Some(Resolved::open(TimexKind::Time, format!("{date}T{:02}:{:02}", minutes / 60, minutes % 60)))
}
