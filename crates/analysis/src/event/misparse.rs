//! Corrects subjects that the clause parser took from the wrong words.

use super::phrase::{Reach, class, names_something, phrase_start};
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::WordClass;
use std::ops::Range;

/// Returns the subject of the verb group `verbs`, which the parser took to be `own`. Returns `None` if the words are not
/// a subject before its verb, as in the question "Should they go?".
pub(super) fn corrected(document: &Document<'_>, own: Range<usize>, verbs: &Range<usize>) -> Option<Range<usize>> {
    if own.start >= verbs.start {
        // The noun after the verb stays there, because a row keeps the order of the text: "There were lobsters".
        let there = verbs.start.checked_sub(1).filter(|there| document.word(*there).eq_ignore_ascii_case("there"));
        return match there {
            Some(there) => Some(there..there + 1),
            None => (!verbs.contains(&own.start)).then_some(own),
        };
    }
    let own = without_pieces(document, own);
    let head = document.word(own.end.saturating_sub(1));
    let comma = own.start.checked_sub(1).is_some_and(|comma| document.word(comma) == ",");
    let day = own.clone().any(|index| lists::TIME_NOUNS.contains(document.word(index)));
    if comma && day && own.len() <= 2 && lists::TIME_NOUNS.contains(head) && own.end < verbs.start {
        // The noun is an apposition to a date: "on May 19, the day after a storm came, one barge sank".
        let start = phrase_start(document, own.end, verbs.start, Reach::Any);
        return Some(start..verbs.start).filter(|noun| names_something(document, noun.clone()));
    }
    Some(own)
}

/// Removes the end of a compound ("-based") and the end of a date ("in '75 and I") from the start of a subject.
fn without_pieces(document: &Document<'_>, own: Range<usize>) -> Range<usize> {
    let compound = document.word(own.start).trim_start_matches('-').eq_ignore_ascii_case("based");
    let dated = class(document, own.start) == WordClass::Number
        && document.word(own.start + 1) == "and"
        && class(document, own.start + 2) == WordClass::Pronoun;
    let start = own.start + usize::from(compound) + 2 * usize::from(dated);
    if start < own.end { start..own.end } else { own }
}
