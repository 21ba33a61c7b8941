//! The timeline: each dated fact of a story once.

use super::document::Document;
use super::entity::Entity;
use super::quote::Quote;
use super::time::Timex;
use crate::text::Span;
use jiff::civil::Date;

/// One dated fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The sentence that tells it.
    pub sentence: Span,
    /// The clause that happened, inside the sentence.
    pub clause: Span,
    /// The clause in one line, white space folded, leading and trailing matter cut.
    pub summary: String,
    /// Index of its time expression.
    pub time: usize,
    /// First and last day.
    pub interval: Option<(Date, Date)>,
    /// How exact the time is.
    pub granularity: Granularity,
    /// Whether it happened, will, does or might.
    pub status: Status,
    /// Indices of the entities in the clause.
    pub entities: Vec<usize>,
    /// Index of the quote that reports it, when it is somebody's word.
    pub reported: Option<usize>,
    /// Whether it is the story's own news rather than its background.
    pub news: bool,
    /// Other sentences that tell the same happening.
    pub retold: Vec<Span>,
}

/// How exact a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

impl Granularity {
    /// The name in the JSON interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

impl Status {
    /// The name in the JSON interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Scheduled => "scheduled",
            Self::Habitual => "habitual",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// The timeline of a document, in order of begin. Blocks of `stray` are passed over.
#[must_use]
pub fn find(
    _document: &Document<'_>,
    _entities: &[Entity],
    _quotes: &[Quote],
    _times: &[Timex],
    _stray: &[usize],
) -> Vec<Event> {
    Vec::new()
}
