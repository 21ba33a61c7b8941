//! Temporal context of an expression: the story's reference date, the dates mentioned so far, and whether the current
//! sentence is about the past or the future.

use super::finding::{Direction, Finding};
use super::numeral::DateOrder;
use super::scene::Role;
use super::value::{Point, Unit, moved};
use jiff::civil::Date;
use std::cell::Cell;

/// Maximum age, in years, for a mentioned year to count as recent. A recent year is not applied to a month without a
/// year, because such a month in the news is normally the most recent one.
const MAX_RECENT_YEARS: i16 = 2;

/// Maximum number of days between the reference date and an update for a weekday to be the day of the update.
const MAX_UPDATE_DAYS: i64 = 2;

/// Maximum distance from a known date, in days, at which a day and month without a year refer to their nearest
/// occurrence.
const MAX_NEAR_DAYS: i64 = 30;

/// Point in time mentioned in the story, with its position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Antecedent {
    /// Point on the calendar.
    pub point: Point,
    /// Index of the sentence that mentions the point.
    pub sentence: usize,
    /// Index of the block that mentions the point.
    pub block: usize,
    /// Whether the point was spelt out with its year.
    pub spelt: bool,
    /// Whether "in" or "on" before the point shows that the point dates an event.
    pub dates_event: bool,
    /// Whether the sentence is about the future.
    pub ahead: bool,
    /// Role of the mention in the narrative.
    pub role: Role,
}

/// Context in which a time expression is resolved.
pub(super) struct Context<'a> {
    /// Day from which relative times are counted, if known.
    pub reference: Option<Date>,
    /// First day of a range that ends with the expression, as in "from Monday to Friday".
    pub begin: Option<Date>,
    /// Day that precedes the expression in a list such as "July 10 and 11", and whether the day was inferred.
    pub listed: Option<(Date, bool)>,
    /// Number of the month in which a period ends, as in "the quarter ended Sept. 30".
    pub ending: Option<i32>,
    /// Day on which the article was last updated, if known.
    updated: Option<Date>,
    /// Function that determines the direction of the sentence. Called on first use.
    look: &'a dyn Fn() -> Finding,
    cached: Cell<Option<Finding>>,
    /// Function that determines the order of day and month in the document. Called when the order is needed.
    order: &'a dyn Fn() -> DateOrder,
    antecedents: &'a Antecedents,
    sentence: usize,
    block: usize,
}

/// Dates mentioned so far.
#[derive(Debug, Default)]
pub(super) struct Antecedents {
    last: Option<Antecedent>,
    day: Option<Antecedent>,
    quarter: Option<Antecedent>,
    spelt: Option<Antecedent>,
    scene: Option<Antecedent>,
}

impl Antecedents {
    /// Records a point mentioned in the story.
    pub(super) fn note(&mut self, mention: Antecedent) {
        self.last = Some(mention);
        if mention.role != Role::Background {
            self.scene = Some(mention);
        }
        match mention.point.unit {
            Unit::Day => {
                self.day = Some(mention);
                if mention.spelt {
                    self.spelt = Some(mention);
                }
            }
            // A future quarter has no results yet, so other quarters cannot be compared with it.
            Unit::Quarter if !mention.ahead => self.quarter = Some(mention),
            _ => {}
        }
    }

    /// Forgets the quarter. Called after a period of several months, because the results in the story are then no
    /// longer quarterly.
    pub(super) fn note_months(&mut self) {
        self.quarter = None;
    }
}

impl<'a> Context<'a> {
    /// Creates the context of a sentence, given the indices of the sentence and its block.
    pub(super) fn at(
        reference: Option<Date>,
        antecedents: &'a Antecedents,
        look: &'a dyn Fn() -> Finding,
        sentence: usize,
        block: usize,
    ) -> Self {
        let (cached, order) = (Cell::new(None), &|| DateOrder::MonthFirst);
        Self {
            reference,
            begin: None,
            listed: None,
            ending: None,
            updated: None,
            look,
            cached,
            order,
            antecedents,
            sentence,
            block,
        }
    }

    /// Sets the function that determines the order of day and month in ambiguous numeric dates.
    pub(super) fn ordered(self, order: &'a dyn Fn() -> DateOrder) -> Self {
        Self { order, ..self }
    }

    /// Returns the order of day and month in ambiguous numeric dates.
    pub(super) fn date_order(&self) -> DateOrder {
        (self.order)()
    }

    /// Sets the first day of a range that ends with the expression.
    pub(super) fn from(self, begin: Option<Date>) -> Self {
        Self { begin, ..self }
    }

    /// Sets the day that precedes the expression in a list.
    pub(super) fn listed(self, listed: Option<(Date, bool)>) -> Self {
        Self { listed, ..self }
    }

    /// Sets the day on which the article was last updated.
    pub(super) fn updated(self, updated: Option<Date>) -> Self {
        Self { updated, ..self }
    }

    /// Sets the month in which the period ends.
    pub(super) fn until(self, ending: Option<i32>) -> Self {
        Self { ending, ..self }
    }

    /// Returns the direction of the sentence.
    pub(super) fn direction(&self) -> Direction {
        let known = self.cached.get();
        let finding = known.unwrap_or_else(|| (self.look)());
        self.cached.set(Some(finding));
        finding.direction
    }

    /// Returns the probability that the direction is correct, or 1 if no result depended on the direction.
    pub(super) fn confidence(&self) -> f32 {
        self.cached.get().map_or(1.0, |finding| finding.evidence.confidence())
    }

    /// Returns the point last mentioned, or else the reference date.
    pub(super) fn last(&self) -> Option<Point> {
        self.antecedents.last.map(|mention| mention.point).or(self.reference.map(Point::day))
    }

    /// Returns the time of the current scene, or else the point last mentioned. Words such as "that year" refer to the
    /// scene, because a date in an aside does not move the narrative.
    pub(super) fn scene(&self) -> Option<Point> {
        self.antecedents.scene.map(|mention| mention.point).or_else(|| self.last())
    }

    /// Returns the day last mentioned, without falling back to the reference date.
    pub(super) fn mentioned_day(&self) -> Option<Date> {
        self.antecedents.day.map(|mention| mention.point.date)
    }

    /// Returns the day of an update that was made within two days after the reference date.
    pub(super) fn update(&self) -> Option<Date> {
        let (reference, updated) = self.reference.zip(self.updated)?;
        (1..=MAX_UPDATE_DAYS).contains(&days(reference, updated)).then_some(updated)
    }

    /// Returns the day last mentioned, or else the reference date.
    pub(super) fn day(&self) -> Option<Date> {
        self.antecedents.day.map(|mention| mention.point.date).or(self.reference)
    }

    /// Returns the day last mentioned, unless another time was mentioned more than two sentences later.
    pub(super) fn fresh_day(&self) -> Option<Date> {
        let Some((day, last)) = self.antecedents.day.zip(self.antecedents.last) else { return self.day() };
        (day.sentence + 2 >= last.sentence).then_some(day.point.date)
    }

    /// Returns the day last mentioned in this or the previous sentence.
    pub(super) fn near_day(&self) -> Option<Date> {
        let day = self.antecedents.day.filter(|mention| mention.sentence + 1 >= self.sentence);
        day.map(|mention| mention.point.date)
    }

    /// Returns the first day of the day or month mentioned last, if it was mentioned in this or the previous sentence.
    pub(super) fn near_month(&self) -> Option<Date> {
        let last = self.antecedents.last.filter(|last| last.sentence + 1 >= self.sentence)?;
        matches!(last.point.unit, Unit::Day | Unit::Month).then_some(last.point.date)
    }

    /// Returns the quarter of the financial results if it was mentioned within the last eight sentences.
    pub(super) fn quarter(&self) -> Option<Point> {
        let quarter = self.antecedents.quarter?;
        (quarter.sentence + 8 >= self.sentence).then_some(quarter.point)
    }

    /// Returns the year of the past events that the story narrates. The year must be spelt out in this paragraph and be
    /// well before the reference date, and the sentence must not be about the future. If there is no reference date,
    /// the year may come from an earlier paragraph.
    pub(super) fn year_of_narrative(&self) -> Option<i32> {
        let last = self.antecedents.last?;
        let year = last.point.date.year();
        let fine = matches!(last.point.unit, Unit::Year | Unit::Month | Unit::Day | Unit::Season);
        let exact = matches!(last.point.unit, Unit::Month | Unit::Day);
        let Some(reference) = self.reference else {
            // A narrative of the past continues from paragraph to paragraph.
            let goes_on = match self.direction() {
                Direction::Past => true,
                Direction::Unknown => last.block == self.block,
                Direction::Future => false,
            };
            return (fine && last.dates_event && goes_on).then_some(i32::from(year));
        };
        let dates_event =
            exact && last.dates_event && last.block == self.block && year + MAX_RECENT_YEARS < reference.year();
        (dates_event && self.direction() != Direction::Future).then_some(i32::from(year))
    }

    /// Returns the year of a day spelt out earlier in this paragraph if the date given by `begins` follows within a
    /// month, as in "on Jan. 11, 2023 … on Jan. 16".
    fn year_of_account(&self, begins: impl Fn(i32) -> Option<Date>) -> Option<i32> {
        let spelt = self.antecedents.spelt.filter(|spelt| spelt.block == self.block)?.point.date;
        let date = begins(i32::from(spelt.year()))?;
        (spelt <= date && days(spelt, date) <= MAX_NEAR_DAYS).then_some(i32::from(spelt.year()))
    }

    /// Returns the year in which the time given by `begins` falls within the scene of this paragraph. The time may be
    /// in a year that a relative clause describes ("in 2021, when it moved to May"), in the season last mentioned
    /// ("next spring. It sails on 3 April"), or after a month or season that refers back to the scene ("that February.
    /// She wrote again in May").
    fn year_of_scene(&self, begins: impl Fn(i32) -> Option<Date>) -> Option<i32> {
        let last = self.antecedents.last.filter(|last| last.block == self.block)?;
        let (first, end) = last.point.interval()?;
        let year = i32::from(first.year());
        let within = |year| begins(year).filter(|date| (first..=end).contains(date)).map(|_| year);
        match (last.role, last.point.unit) {
            (Role::Described, Unit::Year) if last.sentence == self.sentence => within(year),
            (Role::Anaphor, Unit::Month | Unit::Season) if self.direction() != Direction::Future => {
                (year..=year + 1).find(|year| begins(*year).is_some_and(|date| date >= first))
            }
            (_, Unit::Season) => within(year).or_else(|| within(year + 1)),
            _ => None,
        }
    }

    /// Returns the year of a date or yearly period that is mentioned without its year. `begins` returns the first day
    /// of the period in a given year, and `unit` is the period's length.
    pub(super) fn year_of(&self, unit: Unit, begins: impl Fn(i32) -> Option<Date>) -> Option<i32> {
        if let Some(year) = self.year_of_narrative().filter(|year| begins(*year).is_some()) {
            return Some(year);
        }
        if let Some(year) = self.year_of_scene(&begins) {
            return Some(year);
        }
        let reference = self.reference?;
        let account = if unit == Unit::Day { self.year_of_account(&begins) } else { None };
        let now = i32::from(reference.year());
        let dates = (now - 8..=now + 8).filter_map(|year| Some((year, begins(year)?)));
        let ended = |date: Date| moved(date, unit, 1).is_some_and(|next| next <= reference);
        let (past, future): (Vec<_>, Vec<_>) = dates.partition(|(_, date)| *date <= reference);
        let (past, future) = (past.last().copied(), future.first().copied());
        let near = |from: Date, to: Date| unit == Unit::Day && days(from, to) <= MAX_NEAR_DAYS;
        let chosen = match (past, future) {
            // An occurrence near the reference date is meant, regardless of the tense.
            (Some(past), _) if near(past.1, reference) => past,
            (_, Some(future)) if near(reference, future.1) => future,
            _ if account.is_some() => return account,
            (Some(past), Some(future)) => match self.direction() {
                Direction::Past => past,
                // A period that has begun but not ended also counts as future.
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

/// Returns the number of days between two dates.
fn days(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(i32::MAX, |span| span.get_days()))
}
