//! Recognises rows that say nothing when read by themselves, without the preceding sentences.

use super::phrase::class;
use super::predicate::{Predication, has};
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};

/// Returns whether a predication describes a speaker or things in general rather than an event, as in "Asked about the
/// fees on Monday, Vale" or "every boat built in 2010".
pub(super) fn describes_no_event(document: &Document<'_>, predication: &Predication) -> bool {
    let subject = &predication.arguments.subject;
    let leads = predication.verb.end <= subject.start;
    let generic = lists::GENERIC_DETERMINERS.contains_any_case(document.word(subject.start));
    predication.describes && (leads && is_reporting(document, predication) || generic)
}

/// Returns whether a predication lacks a part without which its row says nothing. The part may be a finite verb, as in
/// "the pact, signed on Monday", or the words that were said, as in "Vale says". `content` is `true` if the complements
/// contain words other than the time.
pub(super) fn is_scrap(document: &Document<'_>, predication: &Predication, content: bool) -> bool {
    let arguments = &predication.arguments;
    // A condition without its consequence reports nothing: "If they come in October".
    if content {
        return predication.complementizer.is_some() || says_nothing(document, predication);
    }
    if predication.describes {
        // A name with a date is enough, as in "Vell, founded in 1621".
        return !arguments.subject.clone().any(|index| class(document, index) == WordClass::Proper);
    }
    let finite = class(document, predication.verb.start).is_finite();
    // The subject of a passive is the content: "A visit was proposed".
    let be = |index: usize| has(document, index, Trait::Be);
    let passive = predication.verb.len() > 1 && predication.verb.clone().any(be);
    finite && !passive && arguments.object.is_none() && is_reporting(document, predication)
}

/// Returns whether a predication has complements but no content: "Vale said in a call with investors".
fn says_nothing(document: &Document<'_>, predication: &Predication) -> bool {
    let complement = &predication.complement;
    let first = complement.start;
    let spoken = predication.verb.clone().all(|index| lists::PLAIN_SPEECH.contains_any_case(document.word(index)));
    let opens = |index: usize| {
        matches!(class(document, index), WordClass::Subordinator | WordClass::Wh | WordClass::To | WordClass::Mark)
            || class(document, index).is_finite()
    };
    // Example: "said Ines Vale", cut before an apposition to the subject of the content.
    let unfinished = ["said", "says"].contains(&document.word(predication.verb.end - 1));
    let bare = unfinished || matches!(document.word(first), "in" | "at" | "during" | "by" | "on");
    let bare = bare && !complement.clone().any(opens);
    spoken && bare
}

/// Returns whether the verb of a predication is one of speech.
fn is_reporting(document: &Document<'_>, predication: &Predication) -> bool {
    predication.verb.clone().any(|index| has(document, index, Trait::Reporting))
}

/// Returns whether a row begins with a word whose antecedent is unknown, such as "it" or "their house".
pub(super) fn is_loose(row: &str) -> bool {
    let first = row.split([' ', '’', '\'']).next().unwrap_or_default();
    lists::UNKNOWN_SUBJECTS.contains_any_case(first)
}
