//! Builds the event dated by a time expression from the clause around that expression.

use super::candidate::Candidate;
use super::confidence::Weights;
use super::event_time::EventTime;
use super::governing::is_before_when;
use super::governing_clause::{self, GoverningClause};
use super::mentions::{self, Mentions};
use super::predicate::{Predication, is_auxiliary};
use super::signs::Grounds;
use super::status;
use super::{Event, Granularity, Status, event_time, merge, phrase, predication, summary};
use crate::document::Document;
use crate::entity::Entity;
use crate::lexicon::lists;
use crate::quote::Quote;
use crate::reference::Reference;
use crate::syntax::Parsed;
use crate::time::Timex;
use crate::word_class::{Trait, WordClass};
use dateline_core::text::Span;
use jiff::ToSpan;
use jiff::civil::Date;
use std::borrow::Cow;
use std::ops::Range;

/// Maximum age, in days before the reference date, of an event that is the story's own news.
const MAX_NEWS_AGE: i64 = 7;

/// Maximum confidence in a row that makes no sense by itself. The value is low so that such a row is folded before
/// others.
const MAX_SCRAP: f32 = 0.1;

/// Returns the tokens of a sentence that are near enough to a time to be dated by it. The limit is longer than any real
/// sentence, but a list of ten thousand dates without a period would be parsed as one sentence.
pub(super) fn near(sentence: &Range<usize>, time: &Range<usize>) -> Range<usize> {
    const MAX_DISTANCE: usize = 120;
    sentence.start.max(time.start.saturating_sub(MAX_DISTANCE))..sentence.end.min(time.end + MAX_DISTANCE)
}

/// Chooses between the governing clause found from word classes, `known`, and the one found by the clause parser,
/// `read`. If both have the same verb, `known` is chosen because it also includes the words around the parsed clause.
pub(super) fn choose(
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

/// Returns whether a time is in a phrase with a participle that opens the sentence, and so does not date the verb at token
/// `verb` after it: "Despite being repaired in 2002, the pier leans".
fn in_opening_phrase(document: &Document<'_>, sentence: &Range<usize>, time: &Range<usize>, verb: usize) -> bool {
    let class = |index: usize| phrase::class(document, index);
    let opens =
        matches!(class(sentence.start), WordClass::Preposition | WordClass::VerbGerund | WordClass::Subordinator);
    let own = (sentence.start..time.start)
        .any(|index| matches!(class(index), WordClass::VerbGerund | WordClass::VerbParticiple));
    let plain = !(sentence.start..time.start).any(|index| document.word(index) == ",");
    opens && own && plain && (time.end..verb).any(|index| document.word(index) == ",")
}

/// Verb with the time expression that dates it.
pub(super) struct Dated {
    verb: Option<usize>,
    time: usize,
    tokens: Range<usize>,
    interval: Option<(Date, Date)>,
}

/// Annotations and weights from which events are built.
pub(crate) struct EventFinder<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) entities: &'a [Entity],
    pub(super) mentions: Mentions,
    pub(super) quotes: &'a [Quote],
    pub(super) times: &'a [Timex],
    pub(super) reference: Option<Date>,
    pub(super) weights: Weights,
}

/// Words of a timeline row.
struct Row {
    /// One-line summary of the event, or an empty string if there is none.
    summary: String,
    /// Whether the row says nothing by itself and should be folded.
    scrap: bool,
}

impl Row {
    /// Creates a row that makes sense by itself.
    const fn whole(summary: String) -> Self {
        Self { summary, scrap: false }
    }
}

impl<'a> EventFinder<'a> {
    /// Creates a finder for a document from its times, entities and quotes.
    pub(crate) fn new(
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
            weights: Weights::bundled(),
        }
    }

    /// Returns the event dated by the time expression at `index`. `event_time` is the time of that event, and
    /// `previous` is the last dated verb.
    pub(super) fn event(
        &self,
        index: usize,
        event_time: &EventTime,
        previous: &mut Option<Dated>,
    ) -> Option<Candidate> {
        let time = self.times.get(index)?;
        let tokens = self.tokens(time.span);
        let sentence = self.document.sentences.get(self.document.sentence_of(tokens.start)?)?;
        let about = near(&sentence.tokens, &tokens);
        let parsed = &*self.parsed_around(&tokens)?;
        let read = parsed.predication(self.document, &tokens);
        let known = governing_clause::find(self.document, &about, &tokens);
        let mut governing = choose(known, read.as_ref().map(|(clause, _)| clause), &about)?;
        let interval = event_time.interval;
        let dated = Dated { verb: governing.verb, time: index, tokens: tokens.clone(), interval };
        if let Some(before) = previous.replace(dated) {
            self.split(&before, &mut governing, index, interval, &tokens);
        }
        let outside = event_time::is_credit(self.document, &sentence.tokens, &tokens)
            || governing.verb.is_some_and(|verb| in_opening_phrase(self.document, &about, &tokens, verb));
        if read.is_none() && outside || self.is_excepted(&tokens) {
            return None;
        }
        let read = read.map(|(_, read)| read);
        let row = self.row(&governing, &about, &tokens, read.clone(), parsed);
        self.candidate(index, event_time, &governing, read.as_ref(), row)
    }

    /// Builds an event from a clause and its row. Returns `None` if the row is empty or the clause is a
    /// question or describes a state.
    fn candidate(
        &self,
        index: usize,
        event_time: &EventTime,
        governing: &GoverningClause,
        read: Option<&Predication>,
        row: Row,
    ) -> Option<Candidate> {
        let time = self.times.get(index)?;
        let tokens = self.tokens(time.span);
        let sentence = self.document.sentences.get(self.document.sentence_of(tokens.start)?)?.span;
        let EventTime { interval, granularity, ongoing } = *event_time;
        let auxiliaries = read.map_or(&[][..], |read| &read.auxiliaries);
        let status = status::status(self.document, governing, auxiliaries, interval, self.reference);
        let standing = status::is_standing(self.document, governing, &tokens, interval, granularity, self.reference);
        if standing || row.summary.is_empty() || self.asks(&tokens) {
            return None;
        }
        let mut event = Event {
            sentence,
            clause: self.document.span(governing.tokens.clone()),
            summary: row.summary,
            time: index,
            interval,
            granularity,
            ongoing,
            status,
            entities: self.entities_in(governing),
            reported: self.reported(time.span),
            news: self.is_news(interval, granularity, status),
            retold: Vec::new(),
            confidence: 1.0,
            folded: false,
        };
        let signs = self.grounds(time, governing, read, &*self.parsed_around(&tokens)?).signs(&event);
        event.confidence = self.weights.of(signs);
        if row.scrap {
            event.confidence = event.confidence.min(MAX_SCRAP);
        }
        Some(Candidate { verb: governing.verb, signs, event })
    }

    /// Collects the analyses from which the features of a row are computed.
    pub(super) fn grounds<'b>(
        &'b self,
        time: &Timex,
        governing: &'b GoverningClause,
        parsed: Option<&'b Predication>,
        sentence: &'b Parsed,
    ) -> Grounds<'b> {
        let tokens = self.tokens(time.span);
        let relative = time.relative;
        Grounds { document: self.document, governing, parsed, time: tokens, relative, sentence }
    }

    /// Returns whether the sentence around a time is a question with an inverted subject, as in "Why don't you come on
    /// Tuesday?"
    fn asks(&self, time: &Range<usize>) -> bool {
        let sentence = self.document.sentence_of(time.start).and_then(|index| self.document.sentences.get(index));
        sentence.is_some_and(|sentence| {
            let marked = sentence.tokens.clone().rev().take(3).any(|index| self.document.word(index) == "?");
            let opens = |index: usize| {
                phrase::class(self.document, index) == WordClass::Wh
                    || self.document.senses.get(index).is_some_and(|senses| senses.is_auxiliary())
            };
            // Example: "If it rains on Monday, should they go?".
            let inverted = |index: usize| {
                let subject = self.document.senses.get(index + 1).is_some_and(|senses| senses.has(Trait::Subject));
                is_auxiliary(self.document, index) && subject
            };
            marked && (sentence.tokens.clone().take(2).any(opens) || sentence.tokens.clone().any(inverted))
        })
    }

    /// Returns the time of the event dated by the time expression at `index`, or `None` if the expression dates no
    /// event.
    pub(super) fn event_time(&self, index: usize) -> Option<EventTime> {
        let time = self.times.get(index)?;
        self.resolve(time, &self.tokens(time.span))
    }

    /// Returns the time of the event dated by `time`, or `None` if the expression dates no event.
    fn resolve(&self, time: &Timex, tokens: &Range<usize>) -> Option<EventTime> {
        let happening = || {
            let Some(parsed) = self.parsed_around(tokens) else { return false };
            let dated = |clause: Span| self.times_in(clause).any(|other| other.span != time.span);
            let shared = || parsed.heads_happening(self.document, tokens) || parsed.shares_date(self.document, tokens);
            parsed.at_occasion(self.document, tokens).is_some()
                || shared() && parsed.clause_around(tokens).is_some_and(|clause| !dated(self.document.span(clause)))
        };
        event_time::resolve(self.document, time, tokens, happening, self.reference)
    }

    /// Returns the time expressions inside `span`.
    fn times_in(&self, span: Span) -> impl Iterator<Item = &Timex> {
        let first = self.times.partition_point(|other| other.span.start < span.start);
        self.times.iter().skip(first).take_while(move |other| span.covers(other.span))
    }

    /// Returns the parsed clauses around a time. An overlong sentence, such as a list of ten thousand dates, is parsed
    /// around each time separately.
    pub(super) fn parsed_around(&self, time: &Range<usize>) -> Option<Cow<'_, Parsed>> {
        let index = self.document.sentence_of(time.start)?;
        if let Some(parsed) = self.document.parsed(index) {
            return Some(Cow::Borrowed(parsed));
        }
        let sentence = self.document.sentences.get(index)?;
        Some(Cow::Owned(self.document.parse(near(&sentence.tokens, time))))
    }

    /// Returns the events of further clauses dated by the time expression at `index`: clauses joined to the first
    /// clause by a conjunction, and a "when" clause after the date.
    pub(super) fn others(&self, index: usize, event_time: Option<&EventTime>) -> Vec<Candidate> {
        let Some(time) = self.times.get(index) else { return Vec::new() };
        let tokens = self.tokens(time.span);
        if event_time.is_none() && !is_before_when(self.document, &tokens) {
            // Return early, because parsing is expensive and most sentences with such a time are not parsed for
            // anything else.
            return Vec::new();
        }
        let Some(parsed) = self.parsed_around(&tokens) else { return Vec::new() };
        let dated = |range: &Range<usize>| self.times_in(self.document.span(range.clone())).next().is_some();
        let joined = event_time.map(|_| parsed.joined(self.document, &tokens, dated)).unwrap_or_default();
        // Another excepted time follows the clause: "except 2020, when it rained, and 2021, when it snowed".
        let own = |range: &Range<usize>| {
            let mut times = self.times_in(self.document.span(range.clone()));
            times.all(|other| self.is_excepted(&self.tokens(other.span)))
        };
        let after = parsed.after_when(self.document, &tokens).filter(|(clause, _)| own(&clause.tokens));
        // "He left in 1978, when the war ended" reports one event, while "has governed since 1978, when it won" reports
        // two.
        let apart = event_time.is_none_or(|event_time| event_time.ongoing) || self.is_excepted(&tokens);
        let whole = event_time::of_calendar(time).filter(|_| apart && after.is_some());
        let rows = joined.into_iter().filter_map(|row| Some((row, event_time?)));
        let rows: Vec<_> = rows.chain(after.and_then(|row| Some((row, whole.as_ref()?)))).collect();
        let named = |read: &Predication| {
            let subject = read.arguments.subject.clone();
            phrase::class(self.document, subject.start) != WordClass::Pronoun || self.named(&subject).is_some()
        };
        rows.into_iter()
            .filter(|((_, read), _)| named(read))
            .filter_map(|((governing, read), event_time)| {
                let mut row = self.format_row(&read, &parsed, &tokens);
                row.summary = self.in_own_words(row.summary, &tokens);
                self.candidate(index, event_time, &governing, Some(&read), row)
            })
            .collect()
    }

    /// Returns whether the sentence excepts the time from what it says, as in "every year apart from 2020, when it rained,
    /// and 2021, when it snowed".
    fn is_excepted(&self, time: &Range<usize>) -> bool {
        let word = |index: usize| self.document.word(index);
        let Some(lead) = time.start.checked_sub(1) else { return false };
        let start = self.document.sentence_of(time.start).and_then(|at| self.document.sentences.get(at));
        let start = start.map_or(lead, |sentence| sentence.tokens.start);
        let excepts = |index: usize| {
            let before = index.checked_sub(1).map_or("", word);
            lists::EXCEPTIONS.contains_any_case(word(index))
                || matches!((before, word(index)), ("apart", "from") | ("except" | "save", "for" | "in"))
        };
        let listed = word(lead) == "and" && is_before_when(self.document, time);
        excepts(lead) || listed && (start..lead).any(|index| word(index) == "when") && (start..lead).any(excepts)
    }

    /// Returns the index of the quote that contains `span`.
    fn reported(&self, span: Span) -> Option<usize> {
        let (before, near) = mentions::quotes_near(self.quotes, span);
        near.iter().position(|quote| quote.span.covers(span)).map(|at| before + at)
    }

    /// Splits a clause whose verb has two different dates, as in "He plays in Ostrel on Monday and in Vell on Friday."
    /// The words after the first date then describe the second event.
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
            if let Some(verb) = (rest.start..time.start).find(|index| phrase::class(self.document, *index).is_finite())
            {
                // The second date has a verb of its own: "was here in 1975 and was here in 2010".
                governing.verb = Some(verb);
                governing.tokens = rest;
                return;
            }
            governing.shared = governing.verb.map(|verb| (verb, before.tokens.start));
            governing.verb = Some(time.start);
            governing.tokens = rest;
        }
    }

    /// Summarises the event of a clause in one line.
    fn row(
        &self,
        governing: &GoverningClause,
        sentence: &Range<usize>,
        time: &Range<usize>,
        read: Option<Predication>,
        parsed: &Parsed,
    ) -> Row {
        let said = governing.content.as_ref().map(|content| self.document.span(content.clone()));
        let said = said.or_else(|| self.quoted_date(governing, time));
        if let Some(said) = said.and_then(|span| self.quoted_summary(span)) {
            return Row::whole(said);
        }
        let sentence = summary::without_dateline(self.document, sentence, time);
        let predication = predication::predication(self.document, &sentence, governing, time, read);
        if let Some(words) = predication.as_ref().and_then(|predication| self.quoted(predication, time)) {
            return Row::whole(words);
        }
        let row = predication.map(|predication| self.format_row(&predication, parsed, time));
        let mut row = row.unwrap_or_else(|| {
            let whole = governing.verb.is_some() && governing.tokens.len() <= time.len() + 3;
            let tokens = if whole { &sentence } else { &governing.tokens };
            let reports = self.reports(tokens);
            Row::whole(if reports { summary::stretch(self.document, tokens, time, 0) } else { String::new() })
        });
        row.summary = self.in_own_words(row.summary, time);
        row
    }

    /// Formats a predication as a row. A bare reporting clause is replaced by the reported content. If that content is
    /// about the future, the row also names the speaker, as in "The mill: It will close".
    fn format_row(&self, predication: &Predication, parsed: &Parsed, time: &Range<usize>) -> Row {
        let speaker = predication.arguments.subject.clone();
        let content = Some(parsed).filter(|_| predication.reports_nothing(self.document));
        let content = content.and_then(|parsed| {
            let before = parsed.content_before(self.document, predication, time);
            before.or_else(|| parsed.first_in(self.document, &self.reported_words(predication)?, time))
        });
        if content.as_ref().is_some_and(|content| self.is_dated(content)) {
            // The day of the report is not the day of the event, as in "The blast on Monday killed nine, police said
            // Tuesday".
            return Row::whole(String::new());
        }
        let content = content.unwrap_or_else(|| predication.clone());
        let foretold = content != *predication && phrase::class(self.document, content.verb.start) == WordClass::Modal;
        let row = summary::summarize(self.document, &content, time, self).unwrap_or_default();
        let scrap = summary::is_scrap(self.document, &content, time);
        if !foretold || row.is_empty() {
            return Row { summary: row, scrap };
        }
        let head = speaker.clone().find(|index| {
            phrase::class(self.document, *index) == WordClass::Preposition && self.document.word(*index) != "of"
        });
        let words = |subject: Range<usize>| self.document.span(subject).of(self.document.text);
        let name = self.named(&speaker).unwrap_or_else(|| words(speaker.start..head.unwrap_or(speaker.end)));
        let whole = format!("{name}: {row}");
        // If the speaker and the content do not both fit, the row shows only the content.
        let fits = whole.chars().count() <= summary::MAX_LENGTH;
        Row { summary: if fits { summary::finished(&whole) } else { row }, scrap }
    }

    /// Returns whether a predication contains its own time expression that dates an event.
    fn is_dated(&self, predication: &Predication) -> bool {
        let subject = &predication.arguments.subject;
        let start = subject.start.min(predication.verb.start);
        let clause = self.document.span(start..predication.complement.end.max(predication.verb.end));
        self.times_in(clause)
            .any(|time| time.interval.is_some() && self.resolve(time, &self.tokens(time.span)).is_some())
    }

    /// Returns whether words without a subject make sense as a row. For example, "Rising from a third to a half" makes
    /// no sense as a row.
    fn reports(&self, tokens: &Range<usize>) -> bool {
        let first = phrase::class(self.document, tokens.start);
        let led =
            matches!(first, WordClass::VerbGerund | WordClass::VerbParticiple | WordClass::VerbBase | WordClass::Wh)
                || first.is_finite();
        // A gerund after a preposition names an act, as in "jailed for taking bribes between 2015 and 2019".
        let deed = tokens
            .start
            .checked_sub(1)
            .is_some_and(|lead| matches!(self.document.word(lead), "for" | "of" | "to" | "with"));
        !led || deed || (tokens.start + 1..tokens.end).any(|index| phrase::class(self.document, index).is_finite())
    }

    /// Returns the tokens that overlap `span`. A time expression need not begin or end at a token boundary, because it
    /// can be part of a hyphenated word.
    pub(super) fn tokens(&self, span: Span) -> Range<usize> {
        let start = self.document.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.document.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start + 1)
    }

    /// Returns the indices of the entities mentioned in the clause or in the reported content, without duplicates.
    fn entities_in(&self, governing: &GoverningClause) -> Vec<usize> {
        let clause = self.document.span(governing.tokens.clone());
        let content = governing.content.clone().map(|content| self.document.span(content));
        let mut entities: Vec<usize> =
            [Some(clause), content].into_iter().flatten().flat_map(|span| self.mentions.overlapping(span)).collect();
        entities.sort_unstable();
        entities.dedup();
        entities
    }

    /// Returns whether an event is the story's own news rather than background.
    fn is_news(&self, interval: Option<(Date, Date)>, granularity: Granularity, status: Status) -> bool {
        let Some((reference, interval)) = self.reference.zip(interval) else { return false };
        let fresh = reference.checked_sub(MAX_NEWS_AGE.days()).is_ok_and(|since| interval.1 >= since);
        status == Status::Scheduled || (fresh && granularity <= Granularity::Week)
    }
}
