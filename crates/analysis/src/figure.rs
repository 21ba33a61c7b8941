//! Finds figures: numbers with what is counted or measured and the unit, such as "at least 12 people were killed".
//!
//! Numbers, units and outcomes are words of `crates/analysis/assets/figures/words.txt`. Numbers that name something (dates,
//! ages, addresses, models, scores) are not figures. A number without a counted thing is left out.

mod amount;
mod cardinal;
mod claim;
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
#[cfg(test)]
mod tests;
mod words;

use crate::document::Document;
use crate::entity::Entity;
use crate::event::Event;
use crate::quote::Quote;
use crate::time::Timex;
use crate::token::TokenKind;
use dateline_core::text::Span;
use guard::Guard;
use numeral::Numeral;
pub(crate) use outcome::{counts_people, known_outcome};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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
    let sources = Sources { quotes: annotations.quotes, times: annotations.times, clauses };
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
                let quote = figure.quote.and_then(|quote| annotations.quotes.get(quote));
                if claim::is_doubtful(document, &numeral, &tokens, quote) {
                    figure.confidence = figure.confidence.min(DOUBTFUL_SOURCE);
                }
                figures.push(figure);
            }
        }
    }
    figures
}

/// Maximum confidence of a figure that another source may claim than the quote says.
const DOUBTFUL_SOURCE: f32 = 0.6;

/// Annotations around the figures, prepared for look-up.
struct Sources<'a> {
    quotes: &'a [Quote],
    times: &'a [Timex],
    /// Clauses of the events in text order, each with the index of its time.
    clauses: Vec<(Span, usize)>,
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
    }
}

impl Sources<'_> {
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
