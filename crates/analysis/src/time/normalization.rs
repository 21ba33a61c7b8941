//! Meanings of patterns. A meaning maps the captured words and the temporal context to a value, without access to the
//! text.

use super::TimexKind;
use super::clock;
use super::context::Context;
use super::duration;
use super::resolved::{Captures, Resolved};
use super::{anchor, calendar, relative};

/// Declares the meanings and their names in `crates/analysis/assets/times/patterns.txt`.
macro_rules! meanings {
    ($($(#[$doc:meta])* $normalization:ident $name:literal => $read:path,)*) => {
        /// How the words of a pattern are resolved.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Normalization { $($(#[$doc])* $normalization,)* }

        impl Normalization {
            /// Looks up a meaning by its name in the table.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$normalization),)* _ => None }
            }

            /// Resolves the captured words in the given context. Returns `None` if they are not a time.
            pub(super) fn read(self, captures: &Captures<'_>, context: &Context<'_>) -> Option<Resolved> {
                match self { $(Self::$normalization => $read(captures, context),)* }
            }

            /// Returns the number of atoms at the beginning of a match that are known not to be a time: all `length`
            /// atoms for a name or a day that does not exist, or one atom for other words that only look like a time.
            pub(super) fn rejected(self, length: usize, captures: &Captures<'_>) -> Option<usize> {
                match self {
                    Self::Nothing => Some(1),
                    Self::Name => Some(length),
                    _ => calendar::is_impossible(captures).then_some(length),
                }
            }

            /// Returns whether the words refer back to the scene, as in "that year" or "that February".
            pub(super) const fn refers_back(self) -> bool {
                matches!(self, Self::Anaphor | Self::CalendarThen)
            }

            /// Returns whether later times in the story can refer to this time. They cannot refer to the time of a
            /// comparison such as "a year earlier".
            pub(super) const fn moves_context(self) -> bool {
                !matches!(self, Self::YearAgo)
            }
        }
    };
}

meanings! {
    /// Words that look like a time but are not.
    Nothing "nothing" => nothing,
    /// Name that contains time words.
    Name "name" => nothing,
    /// Date made of parts, such as a day, month, year, decade, season, weekday or part of the day.
    Calendar "calendar" => calendar::read,
    /// Date in the year last mentioned.
    CalendarThen "calendar-then" => calendar::then,
    /// Century, given by its number.
    Century "century" => calendar::century,
    /// Quarter of a year, given by its number.
    Quarter "quarter" => calendar::quarter,
    /// First or second half of a year.
    Half "half" => calendar::half,
    /// Holiday, named in `holidays.txt`.
    Holiday "holiday" => anchor::holiday,
    /// One or two weeks after the next occurrence of a weekday, as in "Tuesday week".
    WeekdayWeek "weekday-week" => relative::weekday_week,
    /// Day in a list of days, as the "11" of "July 10 and 11".
    ListedDay "listed-day" => calendar::listed_day,
    /// Day by its number in a month, as in "the 25th of this month" or "on the 12th".
    DayOfMonth "day-of-month" => calendar::day_of_month,
    /// Range of days in a month.
    Days "days" => calendar::days,
    /// Range of months.
    Months "months" => calendar::months,
    /// Weekday counted from the day last mentioned, as in "the Thursday".
    TheWeekday "the-weekday" => calendar::the_weekday,
    /// Range of years.
    Years "years" => calendar::years,
    /// Time of day, with or without a date.
    Clock "clock" => clock::clock,
    /// Morning of a day, called its "early hours".
    EarlyHours "early-hours" => calendar::early_hours,
    /// Yesterday, today or tomorrow.
    DayWord "dayword" => relative::day_word,
    /// Tonight.
    Tonight "tonight" => relative::tonight,
    /// Last night, called "overnight".
    Overnight "overnight" => relative::overnight,
    /// Day before yesterday.
    TwoDaysAgo "two-days-ago" => relative::two_days_ago,
    /// Day after tomorrow.
    InTwoDays "in-two-days" => relative::in_two_days,
    /// Week that contains a given day.
    WeekOf "week-of" => relative::week_of,
    /// Last or next weekend, depending on the direction of the sentence.
    Weekend "weekend" => relative::weekend,
    /// Last, current or next unit of time.
    Relative "relative" => relative::read,
    /// Current unit of time, as in "the current fiscal year".
    Current "current" => relative::current,
    /// Duration before the present.
    Ago "ago" => relative::ago,
    /// Duration before today, resolved to a day.
    AgoToday "ago-today" => relative::ago_today,
    /// Half of a unit before the present.
    HalfAgo "half-ago" => relative::half_ago,
    /// Unit before the last one.
    BeforeLast "before-last" => relative::before_last,
    /// Unit after the next one.
    AfterNext "after-next" => relative::after_next,
    /// Number of weeks after a future day.
    WeekFrom "week-from" => relative::week_from,
    /// Number of weeks after a future day with "on", as in "a week on Friday".
    WeekOn "week-on" => relative::week_on,
    /// Number of weeks before a past day.
    WeekBefore "week-before" => relative::week_before,
    /// Weekday of a given week.
    WeekdayInWeek "weekday-in-week" => relative::weekday_in_week,
    /// Day, month and year joined by hyphens.
    ShortDate "short-date" => calendar::short_date,
    /// Nth or last weekday of a month.
    WeekdayOf "weekday-of" => calendar::weekday_of,
    /// Last day of a month or year.
    LastDay "last-day" => relative::last_day,
    /// Year with its era, BC or AD.
    Era "era" => calendar::era,
    /// Duration after the present.
    Hence "hence" => relative::hence,
    /// Duration before the time last mentioned, or the preceding unit.
    Earlier "earlier" => relative::earlier,
    /// Duration after the time last mentioned, or the following unit.
    Later "later" => relative::later,
    /// Same period a year earlier.
    YearAgo "year-ago" => relative::year_ago,
    /// Latest reporting period.
    Latest "latest" => relative::latest,
    /// Unit last mentioned.
    Anaphor "anaphor" => relative::anaphor,
    /// Unit last mentioned, or the current unit if the sentence is about the future.
    TheUnit "the-unit" => relative::the_unit,
    /// Entire year that contains the time last mentioned.
    WholeYear "whole-year" => relative::whole_year,
    /// Last day of the year or month.
    YearEnd "year-end" => relative::year_end,
    /// Length of time.
    Duration "duration" => duration::duration,
    /// Two units of time.
    Couple "couple" => duration::couple,
    /// Half of a unit, or a number of units and a half.
    HalfDuration "half-duration" => duration::half,
    /// Fraction of a unit, or a number of units and a fraction.
    Fraction "fraction" => duration::fraction,
    /// One and a half units.
    UnitAndHalf "unit-and-half" => duration::unit_and_half,
    /// Period that ends on the reference date.
    Past "past" => duration::past,
    /// Period that begins on the reference date.
    Coming "coming" => duration::coming,
    /// Recurring time.
    Set "set" => duration::set,
    /// Every second unit.
    Alternate "alternate" => duration::alternate,
    /// Frequency: a number of times per unit.
    Times "times" => duration::times,
    /// Vague reference to the past.
    PastReference "past-ref" => past_reference,
    /// Vague reference to the present.
    PresentReference "present-ref" => present_reference,
    /// Vague reference to the future.
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

/// Resolves to nothing, for patterns of words that are not a time.
const fn nothing(_: &Captures<'_>, _: &Context<'_>) -> Option<Resolved> {
    None
}
