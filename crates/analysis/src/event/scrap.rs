//! Recognises rows that say nothing when read by themselves, without the preceding sentences.

use super::phrase::class;
use super::predicate::{Predication, has};
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};

/// Returns whether a predication lacks a part without which its row says nothing: a finite verb, or the words that were
/// said. `content` is whether the complements contain words other than the time.
pub(super) fn is_scrap(document: &Document<'_>, predication: &Predication, content: bool) -> bool {
    let arguments = &predication.arguments;
    let reporting = predication.verb.clone().any(|index| has(document, index, Trait::Reporting));
    let leads = predication.verb.end <= arguments.subject.start;
    // Words before the subject may be what was said: "The bridge will close, the board announced". The verb after them
    // looks like a participle if the sentence is long.
    let fronted = arguments.subject.start.checked_sub(1).is_some_and(|index| document.word(index) == ",");
    if reporting && fronted && !leads {
        return false;
    }
    if predication.describes {
        // Examples: "the pact, signed on Monday", "Asked about the fees on Monday, Vale".
        let generic = lists::GENERIC_DETERMINERS.contains_any_case(document.word(arguments.subject.start));
        // A name with a date is enough: "Vell, founded in 1621".
        let named = arguments.subject.clone().any(|index| class(document, index) == WordClass::Proper);
        return !content && !named || leads && reporting || generic;
    }
    // Example: "Vale says".
    reporting && !content && arguments.object.is_none() && class(document, predication.verb.start).is_finite()
}

/// Returns whether a row begins with a word whose antecedent is unknown, such as "it" or "their house".
pub(super) fn is_loose(row: &str) -> bool {
    let first = row.split([' ', '’', '\'']).next().unwrap_or_default();
    lists::UNKNOWN_SUBJECTS.contains_any_case(first)
}
