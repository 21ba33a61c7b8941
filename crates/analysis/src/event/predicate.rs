//! Parts of a timeline row, and the tests on verbs that finite clauses and participles share.

use super::phrase::{class, names_something, parts_adjectives};
use super::subject::Arguments;
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Predication: a verb with its arguments, as a timeline row needs them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Predication {
    /// Subject, owner and object.
    pub arguments: Arguments,
    /// Word that makes it a condition: "if".
    pub complementizer: Option<usize>,
    /// Auxiliary that the verb shares with the one before it: "was" in "was sold and burnt".
    pub auxiliary: &'static str,
    /// Whether the verb is a participle that describes its subject: "the treaty, signed in 1994".
    pub describes: bool,
    /// Verb group.
    pub verb: Range<usize>,
    /// Complements of the verb.
    pub complement: Range<usize>,
    /// Certainty of the subject, from 0 (guessed) to 3 (no other candidate).
    pub margin: u8,
}

/// Returns whether a verb takes no object.
pub(super) fn intransitive(document: &Document<'_>, verb: usize) -> bool {
    lists::INTRANSITIVE.contains_any_case(document.word(verb))
}

/// Returns whether token `index` has a trait.
#[inline]
pub(super) fn has(document: &Document<'_>, index: usize, wanted: Trait) -> bool {
    document.senses.get(index).is_some_and(|senses| senses.has(wanted))
}

/// Returns whether token `index` is a verb that says nothing by itself.
pub(super) fn is_auxiliary(document: &Document<'_>, index: usize) -> bool {
    class(document, index) == WordClass::Modal || document.senses.get(index).is_some_and(|senses| senses.is_auxiliary())
}

/// Returns where the complements of the verb group that ends before `from` stop: at a mark or at a separate clause.
/// `bare` verbs need at least one word after them.
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
            // "that … and that …": the second clause is one too many.
            WordClass::Conjunction => class(document, *index + 1) == WordClass::Subordinator,
            WordClass::Subordinator => {
                let rough = document.word(*index) == "as" && class(document, *index - 1) == WordClass::Adverb;
                !rough && !lists::CONTENT_OPENERS.contains(document.word(*index)) && (!bare || told(*index))
            }
            _ => false,
        })
        .unwrap_or(limit)
}
