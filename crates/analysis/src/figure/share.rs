//! Finds what a share is of, and which part of the whole it is: "40 per cent of voters backed the plan".

use super::guard::Guard;
use super::noun_phrase::NounPhrase;
use super::numeral::{self, Numeral};
use super::words::{Class, WORDS, lower};
use super::{outcome, predicate};
use crate::document::Document;
use crate::word_class::WordClass;
use dateline_core::text::folded;
use std::ops::Range;

/// Confidence of a share whose part the sentence names or describes.
const DESCRIBED: f32 = 0.85;
/// Confidence of a share without its part, which says nothing when it is read without its clause.
const BARE: f32 = 0.75;
/// Confidence of a share whose whole was named before: "40 per cent of that money".
const POINTING: f32 = 0.6;

fn class(document: &Document<'_>, at: usize) -> WordClass {
    document.classes.get(at).copied().unwrap_or(WordClass::Mark)
}

/// Whole that a share is of.
struct Whole {
    words: String,
    /// Index after the last token.
    end: usize,
}

/// Returns what the share `numeral` is of, with the confidence. The whole begins at token `at`, and `subject` is the subject
/// of the clause, which is looked for only if the verb says that it is the part.
pub(super) fn of_whole(
    document: &Document<'_>,
    numeral: &Numeral,
    at: usize,
    sentence: &Range<usize>,
    guard: &Guard<'_>,
    subject: impl FnOnce() -> Option<String>,
) -> Option<(String, f32)> {
    let limit = guard.before_time(at..sentence.end);
    let whole = whole(document, at, limit, guard)?;
    let start = numeral.tokens.start;
    // "40 per cent of that money" needs the sentence before.
    let pointing = matches!(&*lower(document, at), "that" | "this" | "those" | "these" | "such" | "them" | "it");
    let (described, bare) = if pointing { (POINTING, POINTING) } else { (DESCRIBED, BARE) };
    if WORDS.before(document, start, Class::Share).is_some_and(|(verb, _)| verb > sentence.start) {
        return Some(match subject() {
            Some(subject) => (format!("{subject} in {}", whole.words), described),
            None => (whole.words, bare),
        });
    }
    let known = outcome::before(document, start, sentence.start)
        .or_else(|| outcome::after(document, whole.end, sentence.end))
        .map(ToOwned::to_owned);
    let limit = guard.before_time(whole.end..sentence.end);
    Some(match known.or_else(|| predicate::clause(document, whole.end, limit)) {
        Some(happened) => (format!("{} {happened}", whole.words), described),
        None => (whole.words, bare),
    })
}

/// Reads the whole at token `at` with the noun that owns it: "Egypt's population", where a number may precede the noun.
fn whole(document: &Document<'_>, at: usize, limit: usize, guard: &Guard<'_>) -> Option<Whole> {
    let first = at + usize::from(matches!(class(document, at), WordClass::Determiner | WordClass::Possessive));
    let mut phrase = NounPhrase::read(document, first, limit)?;
    let owned = class(document, phrase.end) == WordClass::Possessive;
    if owned && let Some(count) = numeral::read(document, phrase.end + 1, limit) {
        phrase = NounPhrase::read(document, count.tokens.end, limit)?;
    }
    let name = |at: usize| guard.is_name(at);
    let words = phrase.words(document, limit, &name);
    let end = phrase.end_of_words(document, limit);
    let words = match owner(document, first..phrase.start, guard) {
        Some(owner) => format!("{owner} {words}"),
        None => words,
    };
    Some(Whole { words, end })
}

/// Returns the last noun in the possessive in `tokens`, which precede its noun: "Colorado's", "island's".
pub(super) fn owner(document: &Document<'_>, tokens: Range<usize>, guard: &Guard<'_>) -> Option<String> {
    let clitic = tokens.clone().rev().find(|at| class(document, *at) == WordClass::Possessive)?;
    let named = |at: &usize| {
        let class = class(document, *at);
        guard.is_name(*at) && class != WordClass::Determiner || class.is_noun() || class == WordClass::Adjective
    };
    let first = tokens.start..clitic;
    let first = first.rev().take_while(named).last()?;
    Some(folded(document.span(first..clitic + 1).of(document.text)))
}
