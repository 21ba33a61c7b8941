//! Role of a time expression in the narrative. A time such as "in May 2019" moves the scene to that time, but a time in
//! an aside does not.

use super::value::Unit;
use crate::document::Document;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Role of a time expression in the narrative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The time moves the scene.
    Scene,
    /// The time refers back to the scene, as in "that February" or "that autumn".
    Anaphor,
    /// A "when" clause follows the time and describes it, as in "in 2021, when it was moved to May".
    Described,
    /// The time is in an aside and does not move the scene, as in "the 2021 election", ", founded in 1621," or "had
    /// paid in 2022".
    Background,
}

/// Returns the role of a time that does not refer back to the scene. `unit` is the length of the time, and `time` and
/// `sentence` are the tokens of the time and of its sentence.
pub(super) fn role(document: &Document<'_>, sentence: &Range<usize>, time: &Range<usize>, unit: Unit) -> Role {
    if document.word(time.end) == "," && document.word(time.end + 1) == "when" {
        return Role::Described;
    }
    let aside = unit == Unit::Year && describes_noun(document, time) || is_participial(document, sentence, time);
    if aside || is_perfect(document, sentence, time) { Role::Background } else { Role::Scene }
}

/// Returns whether a year describes the noun after it, as in "the 2021 election".
fn describes_noun(document: &Document<'_>, time: &Range<usize>) -> bool {
    let class = |index: usize| document.classes.get(index).copied();
    let before = time.start.checked_sub(1).and_then(class);
    matches!(before, Some(WordClass::Determiner | WordClass::Possessive))
        && class(time.end).is_some_and(WordClass::is_noun)
}

/// Returns whether the time is in a participle phrase between commas, as in "Vell, founded in 1621, was".
fn is_participial(document: &Document<'_>, sentence: &Range<usize>, time: &Range<usize>) -> bool {
    /// Maximum length of the phrase before the time, in tokens.
    const MAX_LENGTH: usize = 6;
    let from = time.start.saturating_sub(MAX_LENGTH).max(sentence.start + 1);
    let comma = (from..time.start).rev().find(|index| document.word(*index) == ",");
    let participle = |comma: usize| document.classes.get(comma + 1) == Some(&WordClass::VerbParticiple);
    document.word(time.end) == "," && comma.is_some_and(participle)
}

/// Returns whether the nearest finite verb is in the past perfect, which looks back from the scene, as in "In 2022 the
/// firm had paid".
fn is_perfect(document: &Document<'_>, sentence: &Range<usize>, time: &Range<usize>) -> bool {
    let says = |index: &usize| document.senses.get(*index).is_some_and(|senses| senses.has(Trait::Reporting));
    let finite = |index: &usize| document.classes.get(*index).is_some_and(|class| class.is_finite()) && !says(index);
    let before = (sentence.start..time.start).rev().find(finite);
    let verb = before.or_else(|| (time.end..sentence.end).find(finite));
    verb.is_some_and(|verb| {
        document.word(verb) == "had" && {
            let next = (verb + 1..sentence.end).find(|index| document.classes.get(*index) != Some(&WordClass::Adverb));
            next.is_some_and(|next| document.classes.get(next) == Some(&WordClass::VerbParticiple))
        }
    })
}
