//! Finds noun phrases and the segments between punctuation marks, using only word classes.

use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::WordClass;
use std::ops::Range;

/// Maximum length of a noun phrase, in tokens.
const MAX_DISTANCE: usize = 16;

/// Returns the word class of the token at `index`.
#[inline]
pub(super) fn class(document: &Document<'_>, index: usize) -> WordClass {
    crate::steps::step();
    document.classes.get(index).copied().unwrap_or(WordClass::Mark)
}

/// Returns whether the token at `index` is a punctuation mark.
#[inline]
pub(super) fn is_mark(document: &Document<'_>, index: usize) -> bool {
    class(document, index) == WordClass::Mark
}

/// Returns whether a range contains a noun, pronoun or number.
pub(super) fn names_something(document: &Document<'_>, mut tokens: Range<usize>) -> bool {
    tokens.any(|index| {
        class(document, index).is_noun() || matches!(class(document, index), WordClass::Pronoun | WordClass::Number)
    })
}

/// Prepositions that may occur inside a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// No prepositions.
    Noun,
    /// Only "of".
    Of,
    /// Prepositions of place, which identify a particular thing, as in "the pool in Altoona".
    Places,
    /// All prepositions that can follow a noun, as in "a decision on its funding".
    Any,
}

/// Returns the first token of the noun phrase that ends before token `end`. Tokens before `limit` are not examined.
pub(super) fn phrase_start(document: &Document<'_>, limit: usize, end: usize, reach: Reach) -> usize {
    let mut start = end;
    let mut index = end;
    let spans = |index: usize| match reach {
        Reach::Noun => false,
        Reach::Of => document.word(index) == "of",
        Reach::Places => lists::PLACE_PREPOSITIONS.contains(document.word(index)),
        Reach::Any => class(document, index) == WordClass::Preposition || document.word(index) == "to",
    };
    let floor = limit.max(end.saturating_sub(MAX_DISTANCE));
    while index > floor {
        index -= 1;
        let class = class(document, index);
        let inside = class.is_noun() || class.is_modifier() || class == WordClass::Pronoun || is_rough(document, index);
        // A participle before a preposition belongs to the phrase, as in "a sketch attributed to Vermeer".
        let attached = reach == Reach::Any && class == WordClass::VerbParticiple && spans(index + 1);
        let joins = start < end && (spans(index) || class == WordClass::Adverb || attached);
        if inside {
            start = index;
            let opens = matches!(class, WordClass::Determiner | WordClass::Pronoun);
            let before = index.checked_sub(1).filter(|before| *before >= floor);
            let goes_on = before.is_some_and(|before| {
                spans(before)
                    || is_rough(document, before)
                    || self::class(document, before) == WordClass::Determiner
                    // A number precedes the article, as in "$51 a share".
                    || self::class(document, before) == WordClass::Number && is_article(document, index)
            });
            if opens && !goes_on {
                break;
            }
        } else if !joins {
            break;
        }
    }
    start
}

/// Returns whether the token at `index` is "a" or "an".
fn is_article(document: &Document<'_>, index: usize) -> bool {
    matches!(document.word(index), "a" | "an")
}

/// Returns whether the token at `index` marks the number after it as approximate.
pub(super) fn is_rough(document: &Document<'_>, index: usize) -> bool {
    class(document, index + 1) == WordClass::Number && lists::ROUGHLY.contains_any_case(document.word(index))
        || matches!(document.word(index), "than" | "More" | "more" | "Some" | "some")
            && class(document, index + 1) != WordClass::Mark
            && (index..index + 3).any(|near| class(document, near) == WordClass::Number)
}

/// Returns whether the comma at `index` separates two adjectives that describe the same noun, as in "his small,
/// cluttered shop".
pub(super) fn parts_adjectives(document: &Document<'_>, index: usize) -> bool {
    let next = class(document, index + 1);
    document.word(index) == ","
        && index > 1
        && (class(document, index - 1) == WordClass::Adjective || lists::ORDINALS.contains(document.word(index - 1)))
        && class(document, index - 2).is_modifier()
        && (next == WordClass::Adjective || next == WordClass::Noun)
}

/// Returns whether the punctuation mark at `index` separates segments before a verb.
pub(super) fn splits(document: &Document<'_>, index: usize) -> bool {
    !parts_adjectives(document, index)
        && matches!(document.word(index), "," | "–" | "—" | "--" | "-" | "(" | ")" | ":" | ";")
        && is_mark(document, index)
}

/// Returns the segments between the punctuation marks in a range.
pub(super) fn segments(document: &Document<'_>, region: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = region.start;
    for index in region.clone() {
        if splits(document, index) {
            out.push(start..index);
            start = index + 1;
        }
    }
    out.push(start..region.end);
    out.retain(|segment| !segment.is_empty());
    out
}

/// Truncates a noun phrase of more than twelve tokens after its head.
pub(super) fn short(document: &Document<'_>, noun: Range<usize>) -> Range<usize> {
    const MAX_LENGTH: usize = 12;
    if noun.len() <= MAX_LENGTH {
        return noun;
    }
    let ends = |index: &usize| {
        let class = class(document, *index);
        matches!(class, WordClass::VerbGerund | WordClass::VerbParticiple | WordClass::Subordinator)
            || class == WordClass::Preposition && document.word(*index) != "of"
    };
    let end = (noun.start + 1..noun.end).find(|index| ends(index) && names_something(document, noun.start..*index));
    noun.start..end.unwrap_or(noun.end)
}

/// Trims leading conjunctions and subordinators, and punctuation marks at both ends, from a range.
pub(super) fn trimmed(document: &Document<'_>, mut tokens: Range<usize>) -> Range<usize> {
    let leads = |index: usize| {
        matches!(class(document, index), WordClass::Conjunction | WordClass::Subordinator)
            || (is_mark(document, index) && !matches!(document.word(index), "$" | "£" | "€" | "“" | "\"" | "‘"))
    };
    while !tokens.is_empty() && leads(tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty()
        && is_mark(document, tokens.end - 1)
        && !matches!(document.word(tokens.end - 1), "%" | ")" | "”" | "\"")
    {
        tokens.end -= 1;
    }
    tokens
}
