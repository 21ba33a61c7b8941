//! Builds the timeline, in which each dated event of a story appears once. Uses the times, entities and quotes found by
//! earlier stages, but does not depend on how they were found.

mod antecedent;
mod attributive;
mod candidate;
mod confidence;
mod event_time;
pub(crate) mod explain;
mod finder;
mod governing;
mod governing_clause;
mod list;
mod mentions;
mod merge;
mod misparse;
mod naming;
mod participle;
mod phrase;
mod predicate;
mod predication;
mod reduced;
mod scrap;
mod signs;
mod status;
mod subject;
mod summary;

use candidate::Candidate;
use dateline_core::Named;
use dateline_core::text::Span;
pub(crate) use finder::EventFinder;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
pub(crate) use signs::Signs;

/// Dated event, shown as one row of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Sentence that reports the event.
    pub sentence: Span,
    /// Clause that describes the event, within the sentence that reports it.
    pub clause: Span,
    /// One-line summary of the event, as shown in its timeline row.
    pub summary: String,
    /// Index of the time expression that dates the event.
    pub time: usize,
    /// First and last day of the event, or `None` if the text does not determine them.
    #[serde(with = "crate::interval")]
    pub interval: Option<(Date, Date)>,
    /// Precision of the event's date, such as day or year.
    pub granularity: Granularity,
    /// Whether the event has continued up to the reference date, as in "since 1986".
    #[serde(default)]
    pub ongoing: bool,
    /// Whether the event happened, will happen, happens regularly or might happen.
    pub status: Status,
    /// Indices of the entities mentioned in the event's clause.
    pub entities: Vec<usize>,
    /// Index of the quote that reports the event, if any.
    pub reported: Option<usize>,
    /// Whether the event is the story's own news rather than background.
    pub news: bool,
    /// Other sentences of the story that report the same event.
    pub retold: Vec<Span>,
    /// Probability that the whole row is correct, from 0 to 1.
    #[serde(default = "certain")]
    pub confidence: f32,
    /// Whether the row is hidden under a count of folded rows, because it is more likely wrong than correct.
    #[serde(default)]
    pub folded: bool,
}

/// Returns the default confidence, for events stored by versions that did not record one.
const fn certain() -> f32 {
    1.0
}

/// Precision of a date or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// Precise to the time of day.
    Time,
    /// Precise to the day.
    Day,
    /// Precise to the week or weekend.
    Week,
    /// Precise to the month.
    Month,
    /// Precise to the quarter of a year.
    Quarter,
    /// Precise to the season.
    Season,
    /// Precise to the year.
    Year,
    /// Precise to the decade.
    Decade,
    /// Precise to the century.
    Century,
    /// Range from one date to another.
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

/// Whether an event happened, will happen, happens regularly or might happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The event happened.
    Past,
    /// The event is expected to happen.
    Scheduled,
    /// The event happens regularly.
    Habitual,
    /// The event might happen, or is denied.
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

/// Builds the timeline of a document, ordered by start date. Skips times in the blocks indexed by `unrelated_captions`.
#[must_use]
pub(crate) fn find(finder: &EventFinder<'_>, unrelated_captions: &[usize]) -> Vec<Event> {
    let mut events: Vec<Event> =
        candidates(finder, unrelated_captions).into_iter().map(|candidate| candidate.event).collect();
    confidence::fold(&mut events);
    events
}

/// Returns the events of the timeline, ordered by start date, with the features that determine their confidence.
pub(crate) fn candidates(finder: &EventFinder<'_>, unrelated_captions: &[usize]) -> Vec<Candidate> {
    let EventFinder { document, times, .. } = *finder;
    let mut found: Vec<Candidate> = Vec::new();
    let mut previous = None;
    for index in 0..times.len() {
        let block = times.get(index).and_then(|time| document.article.block_at(time.span.start));
        if block.is_some_and(|block| unrelated_captions.binary_search(&block).is_ok()) {
            continue;
        }
        let event_time = finder.event_time(index);
        let event = event_time.as_ref().and_then(|event_time| finder.event(index, event_time, &mut previous));
        for candidate in event.into_iter().chain(finder.others(index, event_time.as_ref())) {
            merge::add(document, times, &mut found, candidate);
        }
    }
    let mut found = merge::merge_repeated(document, found);
    found.sort_by_key(|Candidate { event, .. }| (event.interval.is_none(), event.interval, event.clause.start));
    found
}

#[cfg(test)]
mod tests;
