//! Finds figures: numbers with what is counted or measured and the unit, such as "at least 12 people were killed".
//!
//! Numbers, units and outcomes are words of `crates/analysis/assets/figures/words.txt`. Numbers that name something (dates,
//! ages, addresses, models, scores) are not figures. A number without a counted thing is left out.

mod amount;
mod cardinal;
mod clause;
mod counted;
mod guard;
mod measure;
mod noun_phrase;
mod numeral;
mod outcome;
mod participle;
mod predicate;
mod role;
mod share;
mod source;
#[cfg(test)]
mod tests;
mod wording;
mod words;

use crate::document::Document;
use crate::entity::Entity;
use crate::event::Event;
use crate::quote::{Quote, QuoteKind, Speaker};
use crate::time::Timex;
use crate::token::TokenKind;
use dateline_core::text::Span;
use guard::Guard;
use numeral::{Kind, Numeral};
pub(crate) use outcome::{counts_people, known_outcome};
use serde::{Deserialize, Serialize};
use source::Source;
use std::borrow::Cow;
use std::ops::Range;
pub use wording::FigureWords;
use words::{WORDS, Words};

/// Number in the text with what is counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Byte span of the number with its limits and unit: "at least 12", "$3bn", "5 per cent".
    pub span: Span,
    /// Number in the text; `None` for a range such as "between 20 and 30" or "hundreds". A fraction is in hundredths.
    pub value: Option<f64>,
    /// Smallest number that the words allow: 12 for "at least 12". `None` without such a limit.
    pub low: Option<f64>,
    /// Largest number that the words allow: 50 for "up to 50". `None` without such a limit.
    pub high: Option<f64>,
    /// Unit: `percent`, a currency code of ISO 4217 such as `USD`, or a singular noun such as `kilometre`. `None` for a
    /// number of things.
    pub unit: Option<Cow<'static, str>>,
    /// Counted thing, with what happened to it: "people dead", "homes destroyed", "unemployment".
    pub counted: String,
    /// Index of the innermost quote that contains the number.
    pub quote: Option<usize>,
    /// Index of the time expression that dates the counted event.
    pub time: Option<usize>,
    /// Probability that the number and the counted thing are correct, from 0 to 1.
    pub confidence: f32,
    /// Byte span of the words that say what is counted, with the number: as much of the sentence as is needed. Empty in
    /// annotations of older versions.
    #[serde(default)]
    pub clause: Span,
    /// Byte span of the words before that the clause refers to, as in "The attack killed 12 people".
    #[serde(default)]
    pub context: Option<Span>,
    /// Who claims the number, if the attribution is outside the quote or there is no quote.
    #[serde(default)]
    pub source: Option<Speaker>,
}

/// Annotations that figures refer to.
#[derive(Clone, Copy)]
pub(crate) struct Annotations<'a> {
    /// Entities, because a number in a name is not a figure.
    pub entities: &'a [Entity],
    /// Times in text order, because a number in a time is not a figure.
    pub times: &'a [Timex],
    /// Quotes ordered by start, whose speakers are the sources of figures.
    pub quotes: &'a [Quote],
    /// Events, which date the figures in their clauses.
    pub events: &'a [Event],
}

/// Finds the figures of a document, in text order.
#[must_use]
pub(crate) fn find(document: &Document<'_>, annotations: Annotations<'_>) -> Vec<Figure> {
    let words: &Words = &WORDS;
    let opening = document.distinct.positions(|index| {
        let number = document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number);
        number || words.opens_number(document.word(index))
    });
    let guard = Guard::new(document, annotations.entities, annotations.times);
    let mut clauses: Vec<(Span, usize)> = annotations.events.iter().map(|event| (event.clause, event.time)).collect();
    clauses.sort_unstable_by_key(|(clause, time)| (clause.start, clause.end, *time));
    let speakers = source::Sources::new(document, annotations.entities);
    let sources = Sources { quotes: annotations.quotes, times: annotations.times, clauses, speakers };
    let mut figures = Vec::new();
    let mut opening = opening.into_iter().peekable();
    while let Some(first) = opening.peek() {
        let number = document.sentence_of(*first);
        let Some((number, sentence)) = number.and_then(|number| Some((number, document.sentences.get(number)?))) else {
            opening.next();
            continue;
        };
        let tokens = sentence.tokens.clone();
        let is_in_story = guard.is_in_story(sentence.block);
        let mut previous: Option<counted::Previous> = None;
        let mut free = tokens.start;
        while let Some(at) = opening.next_if(|at| *at < tokens.end) {
            if at < free || !is_in_story || !words.may_begin_number(document, at) {
                continue;
            }
            if guard.is_time(at) || guard.is_name(at) {
                continue;
            }
            let numeral = numeral::read(document, at, tokens.end);
            let Some(numeral) = numeral.filter(|numeral| guard.allows(numeral, &tokens)) else { continue };
            free = numeral.tokens.end;
            let scene =
                counted::Scene { document, sentence: &tokens, number, guard: &guard, previous: previous.as_ref() };
            if let Some(counted) = scene.counted(&numeral) {
                let (words, outcome) = (counted.words.clone(), counted.outcome);
                previous = Some(counted::Previous { words, outcome, tokens: numeral.tokens.clone() });
                let mut figure = figure(document, sentence.span, &numeral, counted, &sources);
                sources.explain(document, &guard, (&numeral, number), &mut figure);
                figures.push(figure);
            }
        }
    }
    figures
}

/// Confidence from which the clauses of the sentence are found for the words around a figure and for its source, because that
/// takes more time than finding the figure.
const CLEAR: f32 = 0.7;

/// Maximum confidence of a figure that another source may claim than the quote says.
const DOUBTFUL_SOURCE: f32 = 0.6;

/// Returns whether the number is only a part of a longer one: "a growth of 2% to 2.5%", "50%–70%", "half of 1 percent".
fn is_part_of_number(document: &Document<'_>, numeral: &Numeral) -> bool {
    let number = |at: usize| document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
    let Range { start, end } = numeral.tokens;
    let lead = start.checked_sub(1).map_or("", |lead| document.word(lead));
    let before = matches!(lead, "–" | "-") && (start.saturating_sub(3)..start).any(number);
    let after = matches!(document.word(end), "to" | "–" | "-") && number(end + 1);
    // "less than half of 1 percent"
    let part = document.word(end) == "of" && number(end + 1) && numeral.kind == Kind::Share;
    before || part || after && numeral.kind != Kind::Count && matches!(lead, "of" | "between")
}

/// Annotations around the figures, prepared for look-up.
struct Sources<'a> {
    quotes: &'a [Quote],
    times: &'a [Timex],
    /// Clauses of the events in text order, each with the index of its time.
    clauses: Vec<(Span, usize)>,
    speakers: source::Sources<'a>,
}

/// Number of annotations before a figure that are compared with it, because one that contains it may begin before others.
const NEAR: usize = 16;

fn figure(
    document: &Document<'_>,
    sentence: Span,
    numeral: &Numeral,
    counted: counted::Counted,
    sources: &Sources<'_>,
) -> Figure {
    let span = document.span(numeral.tokens.clone());
    Figure {
        span,
        value: numeral.amount.value,
        low: numeral.amount.low,
        high: numeral.amount.high,
        unit: numeral.unit.map(Cow::Borrowed),
        counted: counted.words,
        quote: sources.quote_of(span),
        time: sources.time_of(span, sentence),
        confidence: counted.confidence,
        clause: Span::default(),
        context: None,
        source: None,
    }
}

impl Sources<'_> {
    /// Adds the source of a figure and the words that are shown with it. `at` is the number and the index of its sentence.
    fn explain(&self, document: &Document<'_>, guard: &Guard<'_>, at: (&Numeral, usize), figure: &mut Figure) {
        let (numeral, number) = at;
        let Some(sentence) = document.sentences.get(number).map(|sentence| sentence.tokens.clone()) else { return };
        let quote = figure.quote.and_then(|quote| self.quotes.get(quote));
        let parsed = (figure.confidence >= CLEAR).then_some(number);
        let mut tokens = sentence.clone();
        let mut known = true;
        match source::find(document, numeral, parsed, &sentence, quote) {
            Source::Quoted => {
                figure.source = quote.and_then(|quote| self.speakers.verbatim(quote.speaker.as_ref()?));
                if let Some(quote) = quote.filter(|quote| quote.kind != QuoteKind::Mixed) {
                    let inside = document.tokens_in(quote.span);
                    let that = usize::from(document.word(inside.start) == "that");
                    tokens = (inside.start + that).max(sentence.start)..inside.end.min(sentence.end);
                }
            }
            Source::Named(attribution) => {
                figure.source = self.speakers.speaker(attribution.words);
                known = figure.source.is_some();
                tokens = attribution.statement;
            }
            Source::Unknown => known = false,
        }
        if !known || is_part_of_number(document, numeral) {
            figure.confidence = figure.confidence.min(DOUBTFUL_SOURCE);
        }
        let statement = clause::Statement { document, guard, number, parsed, tokens, numeral };
        let tokens = statement.clause();
        figure.clause = document.span(tokens.clone());
        let context = statement.context(&tokens, &|pronoun| self.speakers.is_resolved(pronoun));
        // The words of another speaker would read as those of the source.
        let foreign = |context: &Span| {
            let speaker = self.quote_of(Span::new(context.start, context.start + 1).trimmed(document.text));
            let speaker =
                speaker.and_then(|quote| self.quotes.get(quote)).filter(|quote| quote.kind != QuoteKind::Indirect);
            speaker.is_some_and(|other| {
                other.speaker.as_ref().map(|it| &it.name) != quote.and_then(|it| it.speaker.as_ref()).map(|it| &it.name)
            })
        };
        figure.context = context.filter(|context| !foreign(context));
    }

    /// Returns the index of the shortest quote that contains `span`.
    fn quote_of(&self, span: Span) -> Option<usize> {
        let after = self.quotes.partition_point(|quote| quote.span.start <= span.start);
        let near = (after.saturating_sub(NEAR)..after).filter_map(|index| Some((index, self.quotes.get(index)?.span)));
        near.filter(|(_, quote)| quote.covers(span)).min_by_key(|(_, quote)| quote.len()).map(|(index, _)| index)
    }

    /// Returns the index of the time of the event in whose clause `span` is, or of the only time of its sentence.
    fn time_of(&self, span: Span, sentence: Span) -> Option<usize> {
        let after = self.clauses.partition_point(|(clause, _)| clause.start <= span.start);
        let near = self.clauses.get(after.saturating_sub(NEAR)..after).unwrap_or_default().iter();
        if let Some((_, time)) = near.filter(|(clause, _)| clause.covers(span)).min_by_key(|(clause, _)| clause.len()) {
            return Some(*time);
        }
        let first = self.times.partition_point(|time| time.span.start < sentence.start);
        let inside = |time: &&Timex| sentence.covers(time.span);
        let only = self.times.get(first).filter(inside).filter(|time| time.interval.is_some())?;
        let alone = self.times.get(first + 1).is_none_or(|time| !inside(&time));
        (alone && sentence.covers(only.span)).then_some(first)
    }
}
