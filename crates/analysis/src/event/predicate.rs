//! Defines predications, from which timeline rows are built, and tests on verbs that finite clauses and participles
//! share.

use super::phrase::{class, names_something, parts_adjectives};
use super::subject::Arguments;
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Verb and its arguments, from which a timeline row is built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Predication {
    /// Subject, owner and object of the verb.
    pub arguments: Arguments,
    /// Token of the word that makes the clause a condition, such as "if".
    pub complementizer: Option<usize>,
    /// Tokens of the auxiliaries that this verb shares with the preceding verb, such as "was" in "was sold and burnt".
    pub auxiliaries: Vec<usize>,
    /// Whether the verb is a participle that describes its subject, as in "the treaty, signed in 1994".
    pub describes: bool,
    /// Tokens of the verb group.
    pub verb: Range<usize>,
    /// Tokens of the verb's complements.
    pub complement: Range<usize>,
    /// Tokens that are left out of the row together with the time inside them.
    pub omitted: Option<Range<usize>>,
    /// Certainty of the subject, from 0 (guessed) to 3 (no other candidate).
    pub margin: u8,
}

/// Returns whether the verb at token `verb` never takes an object.
pub(super) fn intransitive(document: &Document<'_>, verb: usize) -> bool {
    lists::INTRANSITIVE.contains_any_case(document.word(verb))
}

/// Returns whether the word at token `index` has the trait `wanted`.
#[inline]
pub(super) fn has(document: &Document<'_>, index: usize, wanted: Trait) -> bool {
    document.senses.get(index).is_some_and(|senses| senses.has(wanted))
}

/// Returns whether the word at token `index` is a modal or an auxiliary verb.
pub(super) fn is_auxiliary(document: &Document<'_>, index: usize) -> bool {
    class(document, index) == WordClass::Modal || document.senses.get(index).is_some_and(|senses| senses.is_auxiliary())
}

/// Returns the end of the complements of a verb group that ends before token `from`. The complements end at a
/// punctuation mark or at a separate clause. If `bare` is set, the verb needs at least one word after it.
pub(super) fn stop(document: &Document<'_>, from: usize, limit: usize, bare: bool, time: &Range<usize>) -> usize {
    let told =
        |index: usize| index > from + usize::from(bare) || index > from && names_something(document, from..index);
    (from..limit)
        .filter(|index| !time.contains(index))
        .find(|index| match class(document, *index) {
            WordClass::Mark => {
                !parts_adjectives(document, *index)
                    && matches!(document.word(*index), "," | ";" | ":" | "–" | "—" | "--" | "(" | "." | "?" | "!")
                    && (!bare || told(*index))
            }
            WordClass::Wh => told(*index),
            // Only the first of two content clauses is kept, as in "that … and that …".
            WordClass::Conjunction => class(document, *index + 1) == WordClass::Subordinator,
            WordClass::Subordinator => {
                let rough = document.word(*index) == "as" && class(document, *index - 1) == WordClass::Adverb;
                !rough && !lists::CONTENT_OPENERS.contains(document.word(*index)) && (!bare || told(*index))
            }
            _ => false,
        })
        .unwrap_or(limit)
}
