//! Builds the timeline: each dated fact of a story, once. Uses the times, entities and quotes found by earlier stages
//! and does not depend on how they were found.

mod confidence;
mod event_time;
pub(crate) mod explain;
mod finder;
mod governing;
mod governing_clause;
mod list;
mod mentions;
mod merge;
mod naming;
mod participle;
mod phrase;
mod predicate;
mod predication;
mod status;
mod subject;
mod summary;

use super::document::Document;
use super::entity::Entity;
use super::quote::Quote;
use super::reference::Reference;
use super::time::Timex;
pub(crate) use confidence::Signs;
use dateline_core::Named;
use dateline_core::text::Span;
use finder::{Candidate, EventFinder};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One dated fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Sentence that reports it.
    pub sentence: Span,
    /// Clause that describes what happened, inside the sentence.
    pub clause: Span,
    /// The clause in one line: white space folded, leading and trailing phrases cut.
    pub summary: String,
    /// Index of its time expression.
    pub time: usize,
    /// First and last day; `None` when the text does not determine them.
    #[serde(with = "dateline_core::article::calendar::interval")]
    pub interval: Option<(Date, Date)>,
    /// How exact the time is.
    pub granularity: Granularity,
    /// Whether it has continued from then to the reference date: "since 1986".
    #[serde(default)]
    pub ongoing: bool,
    /// Whether it happened, will happen, happens regularly or might happen.
    pub status: Status,
    /// Indices of the entities mentioned in the clause.
    pub entities: Vec<usize>,
    /// Index of the quote that reports it, if a speaker does.
    pub reported: Option<usize>,
    /// Whether it is the story's own news rather than its background.
    pub news: bool,
    /// Other sentences that report the same event.
    pub retold: Vec<Span>,
    /// Probability that the row is right as a whole, 0 to 1.
    #[serde(default = "certain")]
    pub confidence: f32,
    /// Whether the row is more likely wrong than right and should be folded under a count.
    #[serde(default)]
    pub folded: bool,
}

/// Returns the confidence of events stored before there was one.
const fn certain() -> f32 {
    1.0
}

/// How exact a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// A time of day.
    Time,
    /// A day.
    Day,
    /// A week or weekend.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A season.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// From one date to another.
    Range,
}

impl Named for Granularity {
    fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Range => "range",
        }
    }
}

/// Whether an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It happened.
    Past,
    /// It is to happen.
    Scheduled,
    /// It happens again and again.
    Habitual,
    /// It might happen, or is denied.
    Hypothetical,
}

impl Named for Status {
    fn name(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Scheduled => "scheduled",
            Self::Habitual => "habitual",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// Builds the timeline of a document, ordered by start date. Skips the blocks in `unrelated_captions`.
#[must_use]
pub(crate) fn find(
    document: &Document<'_>,
    entities: &[Entity],
    quotes: &[Quote],
    times: &[Timex],
    unrelated_captions: &[usize],
    reference: Option<&Reference>,
) -> Vec<Event> {
    let candidates = candidates(document, entities, quotes, times, unrelated_captions, reference);
    let mut events: Vec<Event> = candidates.into_iter().map(|candidate| candidate.event).collect();
    confidence::fold(&mut events);
    events
}

/// Returns the events of a timeline with the grounds of their confidence, ordered by start date.
pub(crate) fn candidates(
    document: &Document<'_>,
    entities: &[Entity],
    quotes: &[Quote],
    times: &[Timex],
    unrelated_captions: &[usize],
    reference: Option<&Reference>,
) -> Vec<Candidate> {
    let finder = EventFinder::new(document, entities, quotes, times, reference);
    let mut found: Vec<Candidate> = Vec::new();
    let mut previous = None;
    for index in 0..times.len() {
        let block = times.get(index).and_then(|time| document.article.block_at(time.span.start));
        if block.is_some_and(|block| unrelated_captions.contains(&block)) {
            continue;
        }
        for candidate in finder.event(index, &mut previous).into_iter().chain(finder.others(index)) {
            merge::add(document, times, &mut found, candidate);
        }
    }
    let mut found = merge::merge_repeated(document, found);
    found.sort_by_key(|Candidate { event, .. }| (event.interval.is_none(), event.interval, event.clause.start));
    found
}

#[cfg(test)]
mod tests;
