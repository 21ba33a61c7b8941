//! Meanings of patterns: map the captured words and the time of the story to a value, without access to the text.

use super::TimexKind;
use super::clock;
use super::context::Context;
use super::duration;
use super::resolved::{Captures, Resolved};
use super::{anchor, calendar, relative};

/// Declares the meanings with their names in `crates/analysis/assets/times/patterns.txt`.
macro_rules! meanings {
    ($($(#[$doc:meta])* $normalization:ident $name:literal => $read:path,)*) => {
        /// Interpretation of the words of a pattern.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Normalization { $($(#[$doc])* $normalization,)* }

        impl Normalization {
            /// Looks up a meaning by its name in the table.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$normalization),)* _ => None }
            }

            /// Resolves the captured words in this context; `None` if they are not a time.
            pub(super) fn read(self, captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
                match self { $(Self::$normalization => $read(captures, context),)* }
            }

            /// Returns the number of atoms that are known not to be a time, out of a match of `length`: all those of a
            /// name or of a day that no calendar has, one of another pattern of the table.
            pub(super) fn rejected(self, length: usize, captures: &Captures<'_>) -> Option<usize> {
                match self {
                    Self::Nothing => Some(1),
                    Self::Name => Some(length),
                    _ => calendar::is_impossible(captures).then_some(length),
                }
            }

            /// Returns whether the story continues from this time; a comparison with last year does not move it.
            pub(super) const fn moves_context(self) -> bool {
                !matches!(self, Self::YearAgo)
            }
        }
    };
}

meanings! {
    /// Not a time, however much it looks like one.
    Nothing "nothing" => nothing,
    /// A name that contains the words of a time.
    Name "name" => nothing,
    /// A date by its parts: day, month, year, decade, season, weekday, part of the day.
    Calendar "calendar" => calendar::read,
    /// A date in the year last mentioned.
    CalendarThen "calendar-then" => calendar::then,
    /// A century by its number.
    Century "century" => calendar::century,
    /// A quarter by its number.
    Quarter "quarter" => calendar::quarter,
    /// Half a year.
    Half "half" => calendar::half,
    /// A holiday, by its name in `holidays.txt`.
    Holiday "holiday" => anchor::holiday,
    /// "Tuesday week": one week after the coming Tuesday.
    WeekdayWeek "weekday-week" => relative::weekday_week,
    /// From one day of a month to another.
    Days "days" => calendar::days,
    /// From one year to another.
    Years "years" => calendar::years,
    /// A time of day, with or without its date.
    Clock "clock" => clock::clock,
    /// The hours after the midnight of a day.
    EarlyHours "early-hours" => calendar::early_hours,
    /// Yesterday, today, tomorrow.
    DayWord "dayword" => relative::day_word,
    /// The night of today.
    Tonight "tonight" => relative::tonight,
    /// The night that has just passed.
    Overnight "overnight" => relative::overnight,
    /// The day before yesterday.
    TwoDaysAgo "two-days-ago" => relative::two_days_ago,
    /// The day after tomorrow.
    InTwoDays "in-two-days" => relative::in_two_days,
    /// The week that holds a day.
    WeekOf "week-of" => relative::week_of,
    /// The weekend before or after, depending on the direction of the sentence.
    Weekend "weekend" => relative::weekend,
    /// This, the last or the next unit.
    Relative "relative" => relative::read,
    /// The current unit, whatever else the words say.
    Current "current" => relative::current,
    /// A length of time before now.
    Ago "ago" => relative::ago,
    /// A length of time before today, resolved to a day.
    AgoToday "ago-today" => relative::ago_today,
    /// Half of a unit before now.
    HalfAgo "half-ago" => relative::half_ago,
    /// The one before the last.
    BeforeLast "before-last" => relative::before_last,
    /// The one after the next.
    AfterNext "after-next" => relative::after_next,
    /// A number of weeks after a future day.
    WeekFrom "week-from" => relative::week_from,
    /// A number of weeks after a future day: "a week on Friday".
    WeekOn "week-on" => relative::week_on,
    /// A number of weeks before a past day.
    WeekBefore "week-before" => relative::week_before,
    /// A weekday of a week.
    WeekdayInWeek "weekday-in-week" => relative::weekday_in_week,
    /// A day, month and year joined by hyphens.
    ShortDate "short-date" => calendar::short_date,
    /// The nth weekday of a month.
    WeekdayOf "weekday-of" => calendar::weekday_of,
    /// The last day of a month or year.
    LastDay "last-day" => relative::last_day,
    /// A year before or after the epoch (BC, AD).
    Era "era" => calendar::era,
    /// A length of time from now.
    Hence "hence" => relative::hence,
    /// A length of time before the time last mentioned, or the preceding unit.
    Earlier "earlier" => relative::earlier,
    /// A length of time after the time last mentioned, or the following unit.
    Later "later" => relative::later,
    /// The same period a year earlier.
    YearAgo "year-ago" => relative::year_ago,
    /// The current reporting period.
    Latest "latest" => relative::latest,
    /// The unit last mentioned.
    Anaphor "anaphor" => relative::anaphor,
    /// The unit last mentioned, or the current one if the sentence looks ahead.
    TheUnit "the-unit" => relative::the_unit,
    /// All of the year.
    WholeYear "whole-year" => relative::whole_year,
    /// The last day of the year.
    YearEnd "year-end" => relative::year_end,
    /// A length of time.
    Duration "duration" => duration::duration,
    /// Two of a unit.
    Couple "couple" => duration::couple,
    /// Half of a unit, or a number of units and a half.
    HalfDuration "half-duration" => duration::half,
    /// A fraction of a unit, or a number of units and a fraction.
    Fraction "fraction" => duration::fraction,
    /// One unit and a half.
    UnitAndHalf "unit-and-half" => duration::unit_and_half,
    /// A length that ends now.
    Past "past" => duration::past,
    /// A length that begins now.
    Coming "coming" => duration::coming,
    /// A recurring time.
    Set "set" => duration::set,
    /// Every second unit.
    Alternate "alternate" => duration::alternate,
    /// A frequency: a number of times per unit.
    Times "times" => duration::times,
    /// Some time before now.
    PastReference "past-ref" => past_reference,
    /// Now.
    PresentReference "present-ref" => present_reference,
    /// Some time after now.
    FutureReference "future-ref" => future_reference,
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
fn past_reference(_: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Date, "PAST_REF"))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
fn present_reference(_: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Date, "PRESENT_REF"))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
fn future_reference(_: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Date, "FUTURE_REF"))
}

/// Returns no value: the pattern consumes words that are not a time.
const fn nothing(_: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    None
}
