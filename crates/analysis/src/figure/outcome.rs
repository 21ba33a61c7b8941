//! Finds what happened to the things counted: "killed 12 people", "12 people were killed", "12 dead".

use super::words::{Class, WORDS, lower};
use crate::document::Document;
use crate::word_class::WordClass;

/// Maximum distance in tokens from the things counted to what happened to them.
const FAR: usize = 10;
/// Maximum length in tokens of an insertion between commas or dashes.
const LONG_INSERTION: usize = 16;

fn class(document: &Document<'_>, at: usize) -> WordClass {
    document.classes.get(at).copied().unwrap_or(WordClass::Mark)
}

/// Returns what happened to counted things, from the words of a figure: "dead" for "watchmen dead". `None` if the words
/// name no known outcome.
pub(crate) fn known_outcome(counted: &str) -> Option<&'static str> {
    let outcome = |word| [Class::State, Class::Act].into_iter().find_map(|class| WORDS.word(word, class));
    counted.split_whitespace().rev().find_map(outcome).map(|phrase| phrase.value)
}

/// Returns whether a word means people in general, whatever they did.
pub(crate) fn counts_people(word: &str) -> bool {
    WORDS.word(word, Class::Person).is_some()
}

/// Returns the outcome of the verb right before token `start`: "killing 12 people", "claimed the lives of 12 people".
pub(super) fn before(document: &Document<'_>, start: usize, from: usize) -> Option<&'static str> {
    if let Some((_, phrase)) = WORDS.before(document, start, Class::Lives) {
        return Some(phrase.value);
    }
    // "killed another 12 people" and "wounded about the same": adverbs and quantifiers were read as limits.
    let adverb = start.checked_sub(1).is_some_and(|at| at > from && class(document, at) == WordClass::Adverb);
    let act = |end: usize| WORDS.before(document, end, Class::Act).filter(|(verb, _)| *verb >= from);
    let (verb, phrase) = act(start).or_else(|| act(start - usize::from(adverb)))?;
    let passive = (from..verb)
        .rev()
        .find(|at| class(document, *at) != WordClass::Adverb)
        .is_some_and(|lead| WORDS.at(document, lead, Class::Linking).is_some_and(|(_, linking)| linking.value == "be"));
    (!(passive && phrase.passive)).then_some(phrase.value)
}

/// Returns the outcome after the things counted, which end before token `at`: "were killed", "who died", "missing".
pub(super) fn after(document: &Document<'_>, at: usize, limit: usize) -> Option<&'static str> {
    let mut index = skip_insertion(document, at, limit);
    let (mut be, mut have) = (false, false);
    let end = limit.min(index + FAR);
    while index < end {
        if class(document, index) == WordClass::Negation {
            return None;
        }
        if let Some((_, state)) = WORDS.at(document, index, Class::State) {
            return Some(state.value);
        }
        if let Some((_, doer)) = WORDS.at(document, index, Class::Doer).filter(|_| !be) {
            return Some(doer.value);
        }
        if let Some((next, act)) = WORDS.at(document, index, Class::Act).filter(|(_, act)| act.passive) {
            let free = be || !have && !opens_object(document, next);
            return free.then_some(act.value);
        }
        let Some((next, linking)) = WORDS.at(document, index, Class::Linking) else {
            if class(document, index) != WordClass::Adverb {
                return None;
            }
            index += 1;
            continue;
        };
        be |= linking.value == "be";
        have |= linking.value == "have";
        index = next;
    }
    None
}

/// Returns whether an object begins at token `at`, so that the verb before it is active: "officers arrested a man".
fn opens_object(document: &Document<'_>, at: usize) -> bool {
    let class = class(document, at);
    class.is_noun() || class.is_modifier() || class == WordClass::Pronoun
}

/// Returns the index after an insertion at token `at`, or `at` if there is none: "Seventeen people, including four
/// children, were killed".
fn skip_insertion(document: &Document<'_>, at: usize, limit: usize) -> usize {
    let mark = document.word(at);
    if !matches!(mark, "," | "-" | "–" | "—") {
        return at;
    }
    let auxiliary = |index: usize| {
        WORDS.at(document, index, Class::Linking).is_some_and(|(_, linking)| matches!(linking.value, "be" | "have"))
    };
    if auxiliary(at + 1) {
        return at + 1;
    }
    let close = (at + 1..limit.min(at + LONG_INSERTION)).filter(|index| document.word(*index) == mark);
    let verb = |index: usize| auxiliary(index) || WORDS.at(document, index, Class::State).is_some();
    close.map(|comma| comma + 1).find(|next| verb(*next)).unwrap_or(at)
}

/// Returns the things counted by a number without a noun of its own: "The death toll rose to 58".
pub(super) fn toll(document: &Document<'_>, start: usize, from: usize) -> Option<&'static str> {
    /// Maximum distance in tokens from the noun to the number.
    const NEAR: usize = 9;
    let lead = lower(document, start.checked_sub(1)?);
    let leads = matches!(&*lead, "to" | "at" | "of" | "by" | "was" | "is" | "reached" | "hit" | "passed" | "now");
    if !leads && WORDS.word(&lead, Class::Level).is_none() {
        return None;
    }
    let near = from.max(start.saturating_sub(NEAR))..start;
    let mut found = near.clone().filter_map(|at| WORDS.at(document, at, Class::Toll));
    let (end, phrase) = found.next()?;
    let clear = (end..start).all(|at| !matches!(document.word(at), "," | ";" | ":" | "and"));
    clear.then_some(phrase.value)
}
