//! Parts of a timeline row, and the questions about verbs that finite clauses and participles share.

use super::phrase::{class, names_something, parts_adjectives};
use super::subject::Arguments;
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Predication: a verb with its arguments, as a timeline row needs them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Predication {
    /// Who or what, and whose.
    pub arguments: Arguments,
    /// The word that makes a condition of it: "if".
    pub opener: Option<usize>,
    /// An auxiliary that a participle lacks: "was".
    pub link: &'static str,
    /// The verb group.
    pub verb: Range<usize>,
    /// What belongs to the verb.
    pub rest: Range<usize>,
}

/// Whether a verb has no object.
pub(super) fn intransitive(document: &Document<'_>, verb: usize) -> bool {
    lists::INTRANSITIVE.contains_any_case(document.word(verb))
}

/// Whether token `index` has a trait.
#[inline]
pub(super) fn has(document: &Document<'_>, index: usize, wanted: Trait) -> bool {
    document.senses.get(index).is_some_and(|senses| senses.has(wanted))
}

/// Whether token `index` is a verb that says nothing alone.
pub(super) fn is_auxiliary(document: &Document<'_>, index: usize) -> bool {
    class(document, index) == WordClass::Modal || document.senses.get(index).is_some_and(|senses| senses.is_auxiliary())
}

/// Where what belongs to the verb group that ends before `from` stops: at a mark or at a clause of
/// its own. `bare` verbs want a word after them.
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
