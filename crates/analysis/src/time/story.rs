//! The time that a story is at: its reference date, the dates spoken of so far, and whether the
//! sentence at hand looks back or ahead.

use super::value::{Point, Unit, moved};
use jiff::civil::Date;
use std::cell::Cell;

/// A year so far back is not one that a bare month of a news story may be in.
const RECENT: i16 = 2;

/// A day and month within so many days of the reference date are of that year.
const NEAR: i64 = 30;

/// Which way a sentence looks from the reference date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// "met on Thursday".
    Past,
    /// "will meet on Thursday".
    Future,
    /// Nothing tells.
    Unknown,
}

/// A point and where it was spoken of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    /// The point.
    pub point: Point,
    /// Its sentence.
    pub sentence: usize,
    /// Its block.
    pub block: usize,
    /// Whether it was spelt out with its year.
    pub spelt: bool,
    /// Whether it was so to say when something happened.
    pub told: bool,
    /// Whether its sentence looks ahead.
    pub ahead: bool,
}

/// What is known where the expression stands.
pub(super) struct Story<'a> {
    /// The day that relative times count from.
    pub reference: Option<Date>,
    /// The day that the range begins on which the expression ends: "from Monday to Friday".
    pub begin: Option<Date>,
    /// The month whose end is that of the period: "the quarter ended Sept. 30".
    pub ending: Option<i32>,
    /// Which way the sentence looks; worked out when first asked for.
    look: &'a dyn Fn() -> Direction,
    cached: Cell<Option<Direction>>,
    memory: &'a Memory,
    sentence: usize,
    block: usize,
}

/// The dates spoken of so far.
#[derive(Debug, Default)]
pub(super) struct Memory {
    last: Option<Mention>,
    day: Option<Mention>,
    quarter: Option<Mention>,
    spelt: Option<Mention>,
}

impl Memory {
    /// Remembers a point.
    pub(super) fn note(&mut self, mention: Mention) {
        self.last = Some(mention);
        match mention.point.unit {
            Unit::Day => {
                self.day = Some(mention);
                if mention.spelt {
                    self.spelt = Some(mention);
                }
            }
            // Of a quarter to come there are no figures yet that others could be measured by.
            Unit::Quarter if !mention.ahead => self.quarter = Some(mention),
            _ => {}
        }
    }

    /// A length of several months: figures are no longer those of a quarter.
    pub(super) fn note_months(&mut self) {
        self.quarter = None;
    }
}

impl<'a> Story<'a> {
    /// The story at a sentence of a block.
    pub(super) fn at(
        reference: Option<Date>,
        memory: &'a Memory,
        look: &'a dyn Fn() -> Direction,
        sentence: usize,
        block: usize,
    ) -> Self {
        Self { reference, begin: None, ending: None, look, cached: Cell::new(None), memory, sentence, block }
    }

    /// The story at the end of a range that begins on a day.
    pub(super) fn from(self, begin: Option<Date>) -> Self {
        Self { begin, ..self }
    }

    /// The story at a period that ends in a month.
    pub(super) fn until(self, ending: Option<i32>) -> Self {
        Self { ending, ..self }
    }

    /// Which way the sentence looks.
    pub(super) fn direction(&self) -> Direction {
        let known = self.cached.get();
        let direction = known.unwrap_or_else(|| (self.look)());
        self.cached.set(Some(direction));
        direction
    }

    /// The point last spoken of, or else the reference date.
    pub(super) fn last(&self) -> Option<Point> {
        self.memory.last.map(|mention| mention.point).or(self.reference.map(Point::day))
    }

    /// The day last spoken of, or else the reference date.
    pub(super) fn day(&self) -> Option<Date> {
        self.memory.day.map(|mention| mention.point.date).or(self.reference)
    }

    /// The day last spoken of, unless longer times have been spoken of since it.
    pub(super) fn fresh_day(&self) -> Option<Date> {
        let Some((day, last)) = self.memory.day.zip(self.memory.last) else { return self.day() };
        (day.sentence + 2 >= last.sentence).then_some(day.point.date)
    }

    /// The day last spoken of in this sentence or the one before it.
    pub(super) fn near_day(&self) -> Option<Date> {
        let day = self.memory.day.filter(|mention| mention.sentence + 1 >= self.sentence);
        day.map(|mention| mention.point.date)
    }

    /// The quarter that figures are given for, while it has not been spoken of too long ago.
    pub(super) fn quarter(&self) -> Option<Point> {
        let quarter = self.memory.quarter?;
        (quarter.sentence + 8 >= self.sentence).then_some(quarter.point)
    }

    /// The year that the story tells of, when it has spelt one out in this paragraph that is not
    /// the reference date's, and does not look ahead. Without a reference date, one before this
    /// paragraph will do.
    pub(super) fn year_told(&self) -> Option<i32> {
        let last = self.memory.last?;
        let year = last.point.date.year();
        let fine = matches!(last.point.unit, Unit::Year | Unit::Month | Unit::Day | Unit::Season);
        let exact = matches!(last.point.unit, Unit::Month | Unit::Day);
        let Some(reference) = self.reference else {
            // A history goes on from paragraph to paragraph in the past.
            let goes_on = match self.direction() {
                Direction::Past => true,
                Direction::Unknown => last.block == self.block,
                Direction::Future => false,
            };
            return (fine && last.told && goes_on).then_some(i32::from(year));
        };
        let told = exact && last.told && last.block == self.block && year + RECENT < reference.year();
        (told && self.direction() != Direction::Future).then_some(i32::from(year))
    }

    /// The year of the day spelt out before in this paragraph, when the date that `begins` tells follows within a month
    /// of it: "on Jan. 11, 2023 … on Jan. 16".
    fn year_of_account(&self, begins: impl Fn(i32) -> Option<Date>) -> Option<i32> {
        let spelt = self.memory.spelt.filter(|spelt| spelt.block == self.block)?.point.date;
        let date = begins(i32::from(spelt.year()))?;
        (spelt <= date && days(spelt, date) <= NEAR).then_some(i32::from(spelt.year()))
    }

    /// The year of a date that recurs yearly and was given without one: `begins` tells its first
    /// day in a year, `unit` how long it lasts.
    pub(super) fn year_of(&self, unit: Unit, begins: impl Fn(i32) -> Option<Date>) -> Option<i32> {
        if let Some(year) = self.year_told().filter(|year| begins(*year).is_some()) {
            return Some(year);
        }
        let reference = self.reference?;
        let account = if unit == Unit::Day { self.year_of_account(&begins) } else { None };
        let now = i32::from(reference.year());
        let dates = (now - 8..=now + 8).filter_map(|year| Some((year, begins(year)?)));
        let ended = |date: Date| moved(date, unit, 1).is_some_and(|next| next <= reference);
        let (past, future): (Vec<_>, Vec<_>) = dates.partition(|(_, date)| *date <= reference);
        let (past, future) = (past.last().copied(), future.first().copied());
        let near = |from: Date, to: Date| unit == Unit::Day && days(from, to) <= NEAR;
        let chosen = match (past, future) {
            // A day and month close by are meant, whatever the tense.
            (Some(past), _) if near(past.1, reference) => past,
            (_, Some(future)) if near(reference, future.1) => future,
            _ if account.is_some() => return account,
            (Some(past), Some(future)) => match self.direction() {
                Direction::Past => past,
                // What has begun and not ended lies ahead as well.
                Direction::Future if !ended(past.1) => past,
                Direction::Future => future,
                Direction::Unknown => {
                    let (behind, ahead) = (days(past.1, reference), days(reference, future.1));
                    if ahead.saturating_mul(3) <= behind { future } else { past }
                }
            },
            (past, future) => past.or(future)?,
        };
        Some(chosen.0)
    }
}

/// Days from one date to another.
fn days(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(i32::MAX, |span| span.get_days()))
}
