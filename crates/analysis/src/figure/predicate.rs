//! Reads the words of a sentence that say what the counted things are or do: "are open", "backed the plan", "built".

use super::noun_phrase::NounPhrase;
use super::words::{Class, WORDS, lower};
use crate::document::Document;
use crate::word_class::WordClass;
use dateline_core::text::folded;

fn class(document: &Document<'_>, at: usize) -> WordClass {
    document.classes.get(at).copied().unwrap_or(WordClass::Mark)
}

/// Main word of a predicate and the auxiliaries before it.
struct Main {
    /// Token of the verb or adjective.
    at: usize,
    /// Whether a form of "be" precedes it.
    be: bool,
}

/// Finds the main word of the predicate at token `at`. Returns `None` for a negated one, whose things are others.
fn main(document: &Document<'_>, at: usize, limit: usize) -> Option<Main> {
    let (mut be, mut auxiliary, mut index) = (false, false, at);
    while index < limit {
        let form = WORDS.at(document, index, Class::Linking).map_or("-", |(_, linking)| linking.value);
        match class(document, index) {
            WordClass::Negation => return None,
            WordClass::Adverb => {}
            WordClass::Modal => auxiliary = true,
            _ if form == "be" => be = true,
            _ if form == "have" => auxiliary = true,
            WordClass::Adjective | WordClass::VerbGerund if be => return Some(Main { at: index, be }),
            WordClass::VerbParticiple | WordClass::VerbPast | WordClass::VerbPresent => {
                return Some(Main { at: index, be });
            }
            WordClass::VerbBase if auxiliary => return Some(Main { at: index, be }),
            _ => return None,
        }
        index += 1;
    }
    None
}

/// Returns the end of the short object or complement at token `at`, or `at` if the predicate ends there. Returns `None`
/// if another clause follows, because the verb means nothing without it: "are expected to rise".
fn end_of_rest(document: &Document<'_>, at: usize, limit: usize) -> Option<usize> {
    let phrase = |at: usize| {
        let first = at + usize::from(matches!(class(document, at), WordClass::Determiner | WordClass::Possessive));
        NounPhrase::read(document, first, limit).filter(|phrase| phrase.start == first).map(|phrase| phrase.end)
    };
    if at >= limit {
        return Some(at);
    }
    let end = match class(document, at) {
        WordClass::Mark | WordClass::Conjunction => Some(at),
        WordClass::Preposition | WordClass::To if at + 1 >= limit => Some(at),
        WordClass::Preposition | WordClass::To => phrase(at + 1),
        // "gave the debate to Odell"
        _ => phrase(at).and_then(|end| match class(document, end) {
            WordClass::Preposition | WordClass::To if end < limit => phrase(end + 1),
            _ => Some(end),
        }),
    };
    // "said the mayor would resign": the noun is the subject of a clause of its own.
    end.filter(|end| *end == at || *end >= limit || !class(document, *end).is_finite())
}

/// Returns what the subject that ends before token `at` is or does: "open", "backed the plan", "went to women".
pub(super) fn clause(document: &Document<'_>, at: usize, limit: usize) -> Option<String> {
    let main = main(document, at, limit)?;
    let end = end_of_rest(document, main.at + 1, limit)?;
    Some(folded(document.span(main.at..end).of(document.text)))
}

/// Returns the participle that says what was done to the things that end before token `at`: "inspected" in "230 bridges
/// inspected in spring" and in "230 bridges were inspected".
pub(super) fn participle(document: &Document<'_>, at: usize, limit: usize) -> Option<String> {
    let main = main(document, at, limit).filter(|main| class(document, main.at) == WordClass::VerbParticiple)?;
    let reported = WORDS.at(document, main.at, Class::Linking).is_some();
    let next = class(document, main.at + 1);
    let object = next.is_noun() || next.is_modifier() || next == WordClass::Pronoun;
    if reported || object || !main.be && main.at != at {
        return None;
    }
    end_of_rest(document, main.at + 1, limit)?;
    Some(lower(document, main.at).into_owned())
}
