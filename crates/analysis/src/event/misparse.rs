//! Corrects subjects that the clause parser took from the wrong words.

use super::phrase::{Reach, class, names_something, phrase_start};
use super::subject;
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::WordClass;
use std::ops::Range;

/// Returns the subject of the verb group `verbs`, which the parser took to be `own`. Returns `None` if the words do not
/// precede the verb, as in the question "Should they go?". Tokens before `limit` are not examined.
pub(super) fn corrected(
    document: &Document<'_>,
    limit: usize,
    own: Range<usize>,
    verbs: &Range<usize>,
) -> Option<Range<usize>> {
    if own.start >= verbs.start {
        // The noun after the verb stays there, because a row keeps the order of the text: "There were lobsters".
        let there = verbs.start.checked_sub(1).filter(|there| document.word(*there).eq_ignore_ascii_case("there"));
        return match there {
            Some(there) => Some(there..there + 1),
            None => (!verbs.contains(&own.start)).then_some(own),
        };
    }
    if let Some(speaker) = speaker_before(document, &own, verbs) {
        return Some(speaker);
    }
    let comma = own.start.checked_sub(1).filter(|comma| *comma > limit && document.word(*comma) == ",");
    if class(document, own.start) == WordClass::Wh && comma.is_some() {
        // A relative clause is not the subject: "Vale, who chairs the board, on Monday resigned".
        return Some(subject::antecedent(document, limit, own.start, false)).filter(|noun| !noun.is_empty());
    }
    let head = document.word(own.end.saturating_sub(1));
    let day = own.clone().any(|index| lists::TIME_NOUNS.contains(document.word(index)));
    if comma.is_some() && day && own.len() <= 2 && lists::TIME_NOUNS.contains(head) && own.end < verbs.start {
        // The noun is an apposition to a date: "on May 19, the day after a storm came, one barge sank".
        let start = phrase_start(document, own.end, verbs.start, Reach::Any);
        return Some(start..verbs.start).filter(|noun| names_something(document, noun.clone()));
    }
    Some(own)
}

/// Returns the name before an apposition that ends at a verb of speech: "Ines Vale" in "The port will close, Ines Vale, its
/// chair, said".
fn speaker_before(document: &Document<'_>, own: &Range<usize>, verbs: &Range<usize>) -> Option<Range<usize>> {
    /// Maximum length of an apposition, in tokens.
    const LONG: usize = 16;
    let close = verbs.start.checked_sub(1).filter(|close| document.word(*close) == ",")?;
    if !lists::PLAIN_SPEECH.contains_any_case(document.word(verbs.start)) || own.end == close {
        return None;
    }
    let comma = (own.end.max(close.saturating_sub(LONG))..close).rev().find(|index| document.word(*index) == ",")?;
    let start = phrase_start(document, own.end, comma, Reach::Noun);
    let name = (start..comma).all(|index| class(document, index) == WordClass::Proper);
    (name && start < comma && document.word(start - 1) == ",").then_some(start..comma)
}
