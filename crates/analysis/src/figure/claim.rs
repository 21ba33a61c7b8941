//! Finds figures whose source is doubtful, because the sentence names another one than the quote around the figure.

use super::noun_phrase::NounPhrase;
use super::numeral::Numeral;
use super::words::{Class, WORDS};
use crate::document::Document;
use crate::quote::Quote;
use crate::word_class::WordClass;
use std::ops::Range;

/// Maximum distance in tokens from a verb such as "called" to its "for".
const NEAR: usize = 5;

fn class(document: &Document<'_>, at: usize) -> WordClass {
    document.classes.get(at).copied().unwrap_or(WordClass::Mark)
}

/// Returns whether another source than the speaker of `quote`, or than the publisher without a quote, claims the number.
pub(super) fn is_doubtful(
    document: &Document<'_>,
    numeral: &Numeral,
    sentence: &Range<usize>,
    quote: Option<&Quote>,
) -> bool {
    match quote.and_then(|quote| quote.speaker.as_ref()) {
        Some(speaker) => {
            let mention = document.tokens_in(speaker.mention);
            // "300,000 employees and last month, announced" does not name a speaker.
            let unnamed = speaker.entity.is_none() && speaker.name.bytes().any(|byte| byte.is_ascii_digit());
            unnamed
                || last_attribution(document, numeral.tokens.end, sentence)
                    .is_some_and(|attribution| !attribution.contains(&mention.start))
        }
        None => {
            is_forecast(document, numeral.tokens.start, sentence.start)
                || source(document, numeral, sentence).is_some()
                || last_attribution(document, numeral.tokens.end, sentence).is_some()
        }
    }
}

/// Returns the tokens of the words that name who claims the number, if no quote contains it: "officials" in "12 people died,
/// officials said", "a poll" in "a poll shows 12 per cent", "the bureau" in "according to the bureau".
fn source(document: &Document<'_>, numeral: &Numeral, sentence: &Range<usize>) -> Option<Range<usize>> {
    according(document, sentence)
        .or_else(|| trailing(document, numeral.tokens.end, sentence))
        .or_else(|| leading(document, numeral.tokens.start, sentence))
        .filter(|source| source.end <= numeral.tokens.start || numeral.tokens.end <= source.start)
}

/// Returns the source after "according to"; `None` if the sentence has two of them.
fn according(document: &Document<'_>, sentence: &Range<usize>) -> Option<Range<usize>> {
    let mut found = sentence.clone().filter(|at| {
        document.word(*at).eq_ignore_ascii_case("according") && document.word(at + 1) == "to" && at + 2 < sentence.end
    });
    let at = found.next().filter(|_| found.next().is_none())?;
    named(document, at + 2, sentence.end)
}

/// Returns the source of an attribution that ends the sentence after token `from`: ", the party announced Tuesday".
fn trailing(document: &Document<'_>, from: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    /// Maximum length in tokens of what follows the verb, such as "on Tuesday" or "in a statement".
    const LONG: usize = 6;
    let comma = (from..sentence.end).rev().find(|at| matches!(document.word(*at), "," | "”" | "\""))?;
    let source = named(document, comma + 1, sentence.end)?;
    let verb = source.end;
    let inverted = || {
        let source = named(document, comma + 2, sentence.end).filter(|_| is_reporting(document, comma + 1))?;
        (sentence.end - source.end <= LONG).then_some(source)
    };
    if is_reporting(document, verb) && sentence.end - verb <= LONG { Some(source) } else { inverted() }
}

/// Returns the subject of a verb that introduces the number right before token `start`: "a poll shows 12 per cent".
fn leading(document: &Document<'_>, start: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let that = start.checked_sub(1).filter(|at| *at > sentence.start)?;
    let verb = that - usize::from(document.word(that) == "that");
    if verb <= sentence.start || !class(document, verb).is_finite() || !is_reporting(document, verb) {
        return None;
    }
    let phrase = NounPhrase::ending_at(document, verb, sentence.start)?;
    // "A poll in January shows" would name the month.
    let governed = phrase.start > sentence.start && class(document, phrase.start - 1) == WordClass::Preposition;
    let determiner = phrase.start > sentence.start
        && matches!(class(document, phrase.start - 1), WordClass::Determiner | WordClass::Possessive);
    (!governed).then_some(phrase.start - usize::from(determiner)..phrase.end)
}

/// Returns the noun phrase at token `at` with its determiner.
fn named(document: &Document<'_>, at: usize, limit: usize) -> Option<Range<usize>> {
    let first = at + usize::from(matches!(class(document, at), WordClass::Determiner | WordClass::Possessive));
    let phrase = NounPhrase::read(document, first, limit)?;
    Some(at..phrase.end)
}

/// Returns whether a finite verb that reports a statement is at token `at`.
fn is_reporting(document: &Document<'_>, at: usize) -> bool {
    let verb = class(document, at).is_finite() || class(document, at) == WordClass::VerbParticiple;
    verb && WORDS.word(document.word(at), Class::Attribution).is_some()
}

/// Returns whether the number before token `end` depends on a verb whose subject expects or demands it: "is forecasting a
/// 30 percent chance", "called on Monday for a cut of 20 buses".
fn is_forecast(document: &Document<'_>, end: usize, start: usize) -> bool {
    (start..end).any(|at| {
        let Some((next, phrase)) = WORDS.at(document, at, Class::Forecast) else { return false };
        let class = class(document, at);
        let active = class.is_finite() || matches!(class, WordClass::VerbBase | WordClass::VerbGerund);
        let leads = phrase.value != "for" || (next..end.min(next + NEAR)).any(|at| document.word(at) == "for");
        active && leads
    })
}

/// Returns the tokens of the attribution that ends the sentence after token `from`: ", a banker close to the plan tells
/// the Orra Post".
fn last_attribution(document: &Document<'_>, from: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    /// Maximum length in tokens of the subject.
    const LONG: usize = 10;
    let comma = (from..sentence.end).rev().find(|at| document.word(*at) == ",")?;
    if !matches!(class(document, comma + 1), WordClass::Determiner | WordClass::Adjective | WordClass::NounPlural) {
        return None;
    }
    let verb = (comma + 2..sentence.end.min(comma + LONG))
        .find(|at| class(document, *at).is_finite() && WORDS.at(document, *at, Class::Attribution).is_some())?;
    (verb > comma + 1).then_some(comma..sentence.end)
}
