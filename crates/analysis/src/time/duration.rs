//! Resolves durations and recurring times.

use super::TimexKind;
use super::calendar::season_code;
use super::context::Context;
use super::resolved::{Captures, Resolved};
use super::value::{Unit, moved, part_code};
use super::vocabulary::Class;

/// Returns the number of units in tenths, for example 30 for "three" and 10 for "a". Returns `None` for a vague number.
pub(super) fn count(captures: &Captures<'_>) -> Option<i64> {
    if let Some(tenths) = captures.get(Class::Tenths) {
        return Some(i64::from(tenths));
    }
    let number = captures.all(Class::Number).last();
    match number {
        Some(number) => Some(i64::from(number).saturating_mul(10)),
        None if captures.has(Class::Vague) || captures.has(Class::Units) => None,
        None => Some(10),
    }
}

/// Resolves a duration such as "three years" or "several weeks".
pub(super) fn duration(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    let unit = captures.unit().or_else(|| Unit::numbered(captures.get(Class::Lasting)?))?;
    let value = count(captures).map_or_else(|| unit.some(), |count| unit.duration(count));
    Some(Resolved::open(TimexKind::Duration, value))
}

/// Resolves "a couple of years".
pub(super) fn couple(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Duration, captures.unit()?.duration(20)))
}

/// Resolves a duration with a half, such as "half an hour" or "two and a half years".
pub(super) fn half(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    let whole = captures.get(Class::Number).map_or(0, i64::from);
    Some(Resolved::open(TimexKind::Duration, captures.unit()?.hundredths(whole.saturating_mul(100).saturating_add(50))))
}

/// Resolves "a year and a half".
pub(super) fn unit_and_half(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Duration, captures.unit()?.hundredths(150)))
}

/// Resolves a duration with a fraction, such as "2½ years", "a quarter of an hour" or "three quarters of an hour".
pub(super) fn fraction(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    let mut units = captures.units();
    let first = units.next()?;
    let number = captures.get(Class::Number).map(i64::from);
    let (unit, hundredths) = match (captures.get(Class::Fraction).map(i64::from), units.next()) {
        (Some(fraction), _) => (first, number.unwrap_or(0).saturating_mul(100).saturating_add(fraction)),
        // The first unit is a fraction of the second, as in "three quarters of an hour".
        (None, Some(unit)) if first == Unit::Quarter && number.is_none_or(|number| number < 4) => {
            (unit, number.unwrap_or(1) * 25)
        }
        _ => return None,
    };
    Some(Resolved::open(TimexKind::Duration, unit.hundredths(hundredths)))
}

/// Resolves a period that ends on the reference date, such as "the past nine months".
pub(super) fn past(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let length = duration(captures, context)?;
    let begin = || moved(context.reference?, captures.unit()?, -(count(captures)? / 10));
    let interval = begin().zip(context.reference).filter(|(begin, end)| begin <= end);
    Some(Resolved { interval, ..length })
}

/// Resolves a period that begins on the reference date, such as "the next two weeks".
pub(super) fn coming(captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
    let length = duration(captures, context)?;
    let end = || moved(context.reference?, captures.unit()?, count(captures)? / 10);
    let interval = context.reference.zip(end()).filter(|(begin, end)| begin <= end);
    Some(Resolved { interval, ..length })
}

/// Resolves a recurring time, as in "every Monday", "daily" or "$3 million a year".
#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
pub(super) fn set(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    let part = captures.get(Class::Part).or_else(|| captures.get(Class::Parts)).map(part_code).unwrap_or_default();
    let day = [Class::Weekday, Class::Weekdays].into_iter().find_map(|class| captures.get(class));
    let clock = captures.has(Class::AmPm) || captures.has(Class::ClockWord) || captures.has(Class::Clock);
    let value = if let Some(day) = day {
        let time = super::calendar::minutes(captures).filter(|_| clock);
        let time = time.map(|minutes| format!("T{:02}:{:02}", minutes / 60, minutes % 60));
        format!("XXXX-WXX-{day}{}", time.as_deref().unwrap_or(part))
    } else if let Some(unit) = captures.get(Class::Frequency).and_then(Unit::numbered) {
        unit.duration(10)
    } else if let Some(unit) = captures.unit() {
        let every = captures.get(Class::Number).or_else(|| captures.get(Class::Ordinal)).unwrap_or(1);
        unit.duration(i64::from(every) * 10)
    } else if let Some(month) = captures.get(Class::Month) {
        format!("XXXX-{month:02}")
    } else if let Some(season) = captures.get(Class::Season) {
        format!("XXXX-{}", season_code(season))
    } else {
        format!("XXXX-XX-XX{part}")
    };
    Some(Resolved::open(TimexKind::Set, value))
}

/// Resolves "every other week" or "every other Tuesday".
pub(super) fn alternate(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    let weekday = captures.has(Class::Weekday).then_some(Unit::Week);
    Some(Resolved::open(TimexKind::Set, captures.unit().or(weekday)?.duration(20)))
}

/// Resolves a frequency such as "twice a week".
pub(super) fn times(captures: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Set, captures.unit()?.duration(10)))
}
