//! Builds the timeline: each dated fact of a story, once. Uses the times, entities and quotes found by earlier stages
//! and does not depend on how they were found.

mod confidence;
mod event_time;
pub(crate) mod explain;
mod governing;
mod governing_clause;
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
use crate::syntax::Parsed;
use crate::word_class::WordClass;
use dateline_core::text::Span;
use governing_clause::GoverningClause;
use jiff::ToSpan;
use jiff::civil::Date;
use mentions::Mentions;
use predicate::Predication;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

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

impl Granularity {
    /// Returns the name used in the JSON interface.
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

impl Status {
    /// Returns the name used in the JSON interface.
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

/// Number of days before the reference date within which a day still belongs to the story's own news.
const MAX_NEWS_AGE: i64 = 7;

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
    let finder = EventFinder::new(document, entities, quotes, times, reference);
    let mut events: Vec<(Option<usize>, Event)> = Vec::new();
    let mut previous = None;
    for index in 0..times.len() {
        let block = times.get(index).and_then(|time| document.article.block_at(time.span.start));
        if block.is_some_and(|block| unrelated_captions.contains(&block)) {
            continue;
        }
        if let Some((verb, event)) = finder.event(index, &mut previous) {
            merge::add(document, times, &mut events, verb, event.clone());
            for (verb, joined) in finder.joined(index, &event) {
                merge::add(document, times, &mut events, verb, joined);
            }
        }
    }
    let events = events.into_iter().map(|(_, event)| event).collect();
    let mut events = merge::merge_repeated(document, events);
    events.sort_by_key(|event| (event.interval.is_none(), event.interval, event.clause.start));
    confidence::fold(&mut events);
    events
}

/// Returns the tokens of a sentence that a time in it can belong to. The limit exceeds any real sentence; it exists
/// because a list of ten thousand dates without a period would be read as one.
fn near(sentence: &Range<usize>, time: &Range<usize>) -> Range<usize> {
    const MAX_DISTANCE: usize = 120;
    sentence.start.max(time.start.saturating_sub(MAX_DISTANCE))..sentence.end.min(time.end + MAX_DISTANCE)
}

/// Chooses between the clause that word classes give a time and the one that the clauses of the sentence give it. The
/// first counts if both have the same verb, because it extends over the words around.
fn choose(
    known: Option<GoverningClause>,
    read: Option<&GoverningClause>,
    about: &Range<usize>,
) -> Option<GoverningClause> {
    match (known, read) {
        (Some(known), Some(clause))
            if known.verb == clause.verb || known.verb.is_none() && known.tokens.start > about.start =>
        {
            Some(known)
        }
        (_, Some(clause)) => Some(clause.clone()),
        (known, None) => known,
    }
}

/// A time expression that has dated a verb.
struct Dated {
    verb: Option<usize>,
    time: usize,
    tokens: Range<usize>,
    interval: Option<(Date, Date)>,
}

/// Inputs from which events are built.
struct EventFinder<'a> {
    document: &'a Document<'a>,
    entities: &'a [Entity],
    mentions: Mentions,
    quotes: &'a [Quote],
    times: &'a [Timex],
    reference: Option<Date>,
    weights: confidence::Weights,
}

impl<'a> EventFinder<'a> {
    fn new(
        document: &'a Document<'a>,
        entities: &'a [Entity],
        quotes: &'a [Quote],
        times: &'a [Timex],
        reference: Option<&Reference>,
    ) -> Self {
        Self {
            document,
            entities,
            mentions: Mentions::new(entities),
            quotes,
            times,
            reference: reference.map(|reference| reference.date),
            weights: confidence::Weights::bundled(),
        }
    }

    /// Returns the event that time `index` dates, together with its verb.
    fn event(&self, index: usize, previous: &mut Option<Dated>) -> Option<(Option<usize>, Event)> {
        let time = self.times.get(index)?;
        let tokens = self.tokens(time.span);
        let event_time::EventTime { interval, granularity, ongoing } =
            event_time::resolve(self.document, time, &tokens, self.reference)?;
        let sentence = self.document.sentences.get(self.document.sentence_of(tokens.start)?)?;
        let about = near(&sentence.tokens, &tokens);
        let parsed = &*self.parsed_around(&tokens)?;
        let read = parsed.predication(self.document, &tokens);
        let known = governing_clause::find(self.document, &about, &tokens);
        let mut governing = choose(known, read.as_ref().map(|(clause, _)| clause), &about)?;
        let dated = Dated { verb: governing.verb, time: index, tokens: tokens.clone(), interval };
        if let Some(before) = previous.replace(dated) {
            self.split(&before, &mut governing, index, interval, &tokens);
        }
        if read.is_none() && event_time::is_credit(self.document, &sentence.tokens, &tokens) {
            return None;
        }
        let status = status::status(self.document, &governing, interval, self.reference);
        if status::is_standing(self.document, &governing, interval, granularity, self.reference) {
            return None;
        }
        let clause = self.document.span(governing.tokens.clone());
        let mut event = Event {
            sentence: sentence.span,
            clause,
            summary: self.summary(&governing, &about, &tokens, read.as_ref().map(|(_, read)| read.clone()), parsed),
            time: index,
            interval,
            granularity,
            ongoing,
            status,
            entities: self.entities_in(&governing),
            reported: self.reported(time.span),
            news: self.is_news(interval, granularity, status),
            retold: Vec::new(),
            confidence: 1.0,
            folded: false,
        };
        event.confidence = self.confidence(&event, &governing, read.as_ref().map(|(_, read)| read), &tokens);
        (!event.summary.is_empty()).then_some((governing.verb, event))
    }

    /// Returns the clauses around a time. A list of ten thousand dates without a period is read around each of them.
    fn parsed_around(&self, time: &Range<usize>) -> Option<Cow<'_, Parsed>> {
        let index = self.document.sentence_of(time.start)?;
        if let Some(parsed) = self.document.parsed(index) {
            return Some(Cow::Borrowed(parsed));
        }
        let sentence = self.document.sentences.get(index)?;
        Some(Cow::Owned(Parsed::new(self.document, near(&sentence.tokens, time))))
    }

    /// Returns the events of the clauses that share the time of `event` over a conjunction.
    fn joined(&self, index: usize, event: &Event) -> Vec<(Option<usize>, Event)> {
        let Some(time) = self.times.get(index) else { return Vec::new() };
        let tokens = self.tokens(time.span);
        let Some(parsed) = self.parsed_around(&tokens) else { return Vec::new() };
        let parsed = &*parsed;
        let dated = |range: &Range<usize>| {
            let span = self.document.span(range.clone());
            let first = self.times.partition_point(|other| other.span.start < span.start);
            self.times.get(first).is_some_and(|other| span.covers(other.span))
        };
        let rows = parsed.joined(self.document, &tokens, dated);
        rows.into_iter()
            .filter_map(|(governing, read)| {
                let summary = self.format_row(&read, parsed, &tokens);
                let mut event = Event {
                    clause: self.document.span(governing.tokens.clone()),
                    summary: self.in_own_words(summary, &tokens),
                    entities: self.entities_in(&governing),
                    ..event.clone()
                };
                event.confidence = self.confidence(&event, &governing, Some(&read), &tokens);
                let named = !matches!(phrase::class(self.document, read.arguments.subject.start), WordClass::Pronoun);
                (named && !event.summary.is_empty()).then_some((governing.verb, event))
            })
            .collect()
    }

    /// Returns the probability that an event is right as a whole.
    fn confidence(
        &self,
        event: &Event,
        governing: &GoverningClause,
        parsed: Option<&Predication>,
        time: &Range<usize>,
    ) -> f32 {
        let grounds = confidence::Grounds { document: self.document, governing, parsed, time };
        self.weights.of(grounds.signs(event))
    }

    /// Returns the index of the quote that contains a span.
    fn reported(&self, span: Span) -> Option<usize> {
        let (before, near) = mentions::quotes_near(self.quotes, span);
        near.iter().position(|quote| quote.span.covers(span)).map(|at| before + at)
    }

    /// Makes two facts of two disjoint dates of one verb: the words after the first date describe the second. "He
    /// plays in Ostrel on Monday and in Vell on Friday."
    fn split(
        &self,
        before: &Dated,
        governing: &mut GoverningClause,
        index: usize,
        interval: Option<(Date, Date)>,
        time: &Range<usize>,
    ) {
        let both = before.interval.zip(interval);
        let apart = both.is_some_and(|(before, interval)| before.1 < interval.0 || interval.1 < before.0);
        let same = governing.verb.is_some_and(|verb| before.verb == Some(verb) && verb < before.tokens.start);
        if !same || !apart || merge::is_range(self.document, self.times, before.time, index) {
            return;
        }
        let rest = phrase::trimmed(self.document, before.tokens.end..governing.tokens.end);
        if rest.start + 2 <= time.start && time.end <= rest.end {
            governing.shared = governing.verb.map(|verb| (verb, before.tokens.start));
            governing.verb = Some(time.start);
            governing.tokens = rest;
        }
    }

    /// Summarises the event in one line.
    fn summary(
        &self,
        governing: &GoverningClause,
        sentence: &Range<usize>,
        time: &Range<usize>,
        read: Option<Predication>,
        parsed: &Parsed,
    ) -> String {
        let said = governing.content.as_ref().map(|content| self.document.span(content.clone()));
        let said = said.or_else(|| self.quoted_date(governing, time));
        if let Some(said) = said.and_then(|span| self.quoted_summary(span)) {
            return said;
        }
        let sentence = summary::without_dateline(self.document, sentence, time);
        let predication = predication::predication(self.document, &sentence, governing, time, read);
        if let Some(words) = predication.as_ref().and_then(|predication| self.quoted(predication, time)) {
            return words;
        }
        let row = predication.map(|predication| self.format_row(&predication, parsed, time));
        let row = row.unwrap_or_else(|| {
            let whole = governing.verb.is_some() && governing.tokens.len() <= time.len() + 3;
            let tokens = if whole { &sentence } else { &governing.tokens };
            if self.reports(tokens) { summary::stretch(self.document, tokens, time) } else { String::new() }
        });
        self.in_own_words(row, time)
    }

    /// Formats a predication as a row, with the reported content in place of a bare reporting clause. A statement
    /// about the future names its speaker: "The mill: It will close".
    fn format_row(&self, predication: &Predication, parsed: &Parsed, time: &Range<usize>) -> String {
        let named = |subject: &Range<usize>| self.named(subject);
        let speaker = predication.arguments.subject.clone();
        let content = Some(parsed).filter(|_| predication.reports_nothing(self.document));
        let content = content.and_then(|parsed| parsed.content_before(self.document, predication, time));
        let content = content.unwrap_or_else(|| predication.clone());
        let foretold = content != *predication && phrase::class(self.document, content.verb.start) == WordClass::Modal;
        let row = summary::summarize(self.document, &content, time, &named).unwrap_or_default();
        if !foretold || row.is_empty() {
            return row;
        }
        let head = speaker.clone().find(|index| {
            phrase::class(self.document, *index) == WordClass::Preposition && self.document.word(*index) != "of"
        });
        let words = |subject: Range<usize>| self.document.span(subject).of(self.document.text);
        let name = named(&speaker).unwrap_or_else(|| words(speaker.start..head.unwrap_or(speaker.end)));
        let whole = format!("{name}: {row}");
        // The content matters more than the speaker when only one of them fits.
        if whole.chars().count() > summary::MAX_LENGTH { row } else { summary::finished(&whole) }
    }

    /// Returns whether words without a subject say anything: "Rising from a third to a half" does not.
    fn reports(&self, tokens: &Range<usize>) -> bool {
        let first = phrase::class(self.document, tokens.start);
        let led = matches!(first, WordClass::VerbGerund | WordClass::VerbParticiple) || first.is_finite();
        // "jailed for taking bribes between 2015 and 2019".
        let deed = tokens
            .start
            .checked_sub(1)
            .is_some_and(|lead| matches!(self.document.word(lead), "for" | "of" | "to" | "with"));
        !led || deed || (tokens.start + 1..tokens.end).any(|index| phrase::class(self.document, index).is_finite())
    }

    /// Returns the tokens that a span touches; an expression may be part of a hyphenated word.
    fn tokens(&self, span: Span) -> Range<usize> {
        let start = self.document.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.document.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start + 1)
    }

    /// Returns the entities mentioned in the clause or in its reported content.
    fn entities_in(&self, governing: &GoverningClause) -> Vec<usize> {
        let clause = self.document.span(governing.tokens.clone());
        let content = governing.content.clone().map(|content| self.document.span(content));
        let mut entities: Vec<usize> =
            [Some(clause), content].into_iter().flatten().flat_map(|span| self.mentions.overlapping(span)).collect();
        entities.sort_unstable();
        entities.dedup();
        entities
    }

    /// Returns whether an event is the subject of the story rather than its background.
    fn is_news(&self, interval: Option<(Date, Date)>, granularity: Granularity, status: Status) -> bool {
        let Some((reference, interval)) = self.reference.zip(interval) else { return false };
        let fresh = reference.checked_sub(MAX_NEWS_AGE.days()).is_ok_and(|since| interval.1 >= since);
        status == Status::Scheduled || (fresh && granularity <= Granularity::Week)
    }
}

#[cfg(test)]
mod tests;
