//! What a pattern means: from the words that it caught and the time that the story is at to a
//! value. Knows no text.

use super::TimexKind;
use super::clock;
use super::length;
use super::resolved::{Resolved, Words};
use super::story::Story;
use super::{calendar, relative};

/// Declares the meanings with their names in `crates/analysis/assets/times/patterns.txt`.
macro_rules! meanings {
    ($($(#[$doc:meta])* $meaning:ident $name:literal => $read:path,)*) => {
        /// How the words of a pattern are to be understood.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Meaning { $($(#[$doc])* $meaning,)* }

        impl Meaning {
            /// The meaning that the table calls so.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$meaning),)* _ => None }
            }

            /// What the caught words say at this place of the story; none when they say no time.
            pub(super) fn read(self, words: &Words<'_>, story: &Story<'_>) -> Option<Resolved> {
                match self { $(Self::$meaning => $read(words, story),)* }
            }

            /// Whether the story goes on from the time told: a comparison with last year does not move it.
            pub(super) const fn moves_story(self) -> bool {
                !matches!(self, Self::YearAgo)
            }
        }
    };
}

meanings! {
    /// No time, however much it looks like one.
    Nothing "nothing" => nothing,
    /// A date by its parts: day, month, year, decade, season, weekday, part of the day.
    Calendar "calendar" => calendar::read,
    /// A date in the year last spoken of.
    CalendarThen "calendar-then" => calendar::then,
    /// A century by its number.
    Century "century" => calendar::century,
    /// A quarter by its number.
    Quarter "quarter" => calendar::quarter,
    /// Half a year.
    Half "half" => calendar::half,
    /// A holiday; the table's own word for `holidays.txt`.
    Holiday "holiday" => calendar::holiday,
    /// "Tuesday week": the weekday after the next.
    WeekdayWeek "weekday-week" => calendar::weekday_week,
    /// From one day of a month to another.
    Days "days" => calendar::days,
    /// From one year to another.
    Years "years" => calendar::years,
    /// A time of day, with or without its date.
    Clock "clock" => clock::clock,
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
    /// The weekend before or after, as the sentence looks.
    Weekend "weekend" => relative::weekend,
    /// This, last or next of something.
    Relative "relative" => relative::read,
    /// This one, whatever else the words say.
    Current "current" => relative::current,
    /// So long before now.
    Ago "ago" => relative::ago,
    /// So long before today, to the day.
    AgoToday "ago-today" => relative::ago_today,
    /// Half of a unit before now.
    HalfAgo "half-ago" => relative::half_ago,
    /// The one before the last.
    BeforeLast "before-last" => relative::before_last,
    /// The one after the next.
    AfterNext "after-next" => relative::after_next,
    /// So many weeks after a day to come.
    WeekFrom "week-from" => relative::week_from,
    /// The weekday of a month by its place in it.
    WeekdayOf "weekday-of" => calendar::weekday_of,
    /// The last day of a month or year.
    LastDay "last-day" => relative::last_day,
    /// A year counted before or after the beginning of the count.
    Era "era" => calendar::era,
    /// So long from now.
    Hence "hence" => relative::hence,
    /// So long before the time last spoken of, or the one before it.
    Earlier "earlier" => relative::earlier,
    /// So long after the time last spoken of, or the one after it.
    Later "later" => relative::later,
    /// The same period a year before.
    YearAgo "year-ago" => relative::year_ago,
    /// The period being reported on.
    Latest "latest" => relative::latest,
    /// The one last spoken of.
    Anaphor "anaphor" => relative::anaphor,
    /// The one last spoken of, or the one at hand when the sentence looks ahead.
    TheUnit "the-unit" => relative::the_unit,
    /// All of the year.
    WholeYear "whole-year" => relative::whole_year,
    /// The last day of the year.
    YearEnd "year-end" => relative::year_end,
    /// A length of time.
    Duration "duration" => length::duration,
    /// Two of a unit.
    Couple "couple" => length::couple,
    /// Half of a unit, or so many and a half.
    HalfDuration "half-duration" => length::half,
    /// One unit and half of it.
    UnitAndHalf "unit-and-half" => length::unit_and_half,
    /// A length that ends now.
    Past "past" => length::past,
    /// A length that begins now.
    Coming "coming" => length::coming,
    /// Again and again.
    Set "set" => length::set,
    /// Every second one.
    Alternate "alternate" => length::alternate,
    /// So many times in each.
    Times "times" => length::times,
    /// Some time before now.
    PastReference "past-ref" => past_reference,
    /// Now.
    PresentReference "present-ref" => present_reference,
    /// Some time after now.
    FutureReference "future-ref" => future_reference,
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
fn past_reference(_: &Words<'_>, _: &Story<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Date, "PAST_REF"))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
fn present_reference(_: &Words<'_>, _: &Story<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Date, "PRESENT_REF"))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all meanings")]
fn future_reference(_: &Words<'_>, _: &Story<'_>) -> Option<Resolved> {
    Some(Resolved::open(TimexKind::Date, "FUTURE_REF"))
}

/// The pattern swallows what is no time.
const fn nothing(_: &Words<'_>, _: &Story<'_>) -> Option<Resolved> {
    None
}
