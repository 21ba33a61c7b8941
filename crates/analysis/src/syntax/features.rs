//! Determines the tense, mood, voice and negation of verb groups.

use super::Tagged;
use super::clause::{ClauseForm, Mood, Tense};
use crate::lexicon::lists;
use crate::pos::PennTag;
use std::ops::Range;

/// Returns the tense and mood of the verb group at the tokens `verbs`.
pub(super) fn tense(sentence: &Tagged<'_>, verbs: &Range<usize>, form: ClauseForm) -> (Tense, Mood) {
    if form != ClauseForm::Finite {
        return (Tense::None, Mood::Indicative);
    }
    let first = verbs.start;
    let word = sentence.word(first);
    match sentence.tag(first) {
        PennTag::Md if lists::FUTURE_MODALS.contains_any_case(word) => (Tense::Future, Mood::Indicative),
        PennTag::Md => (Tense::Present, Mood::Conditional),
        PennTag::Vbd => (Tense::Past, Mood::Indicative),
        PennTag::Vb => (Tense::Present, Mood::Imperative),
        _ => {
            let perfect = lists::HAVE.contains_any_case(word)
                && verbs.clone().skip(1).any(|index| sentence.tag(index) == PennTag::Vbn);
            (if perfect { Tense::Past } else { Tense::Present }, Mood::Indicative)
        }
    }
}

/// Returns whether the verb group with the main verb at `head` is passive.
pub(super) fn is_passive(sentence: &Tagged<'_>, verbs: &Range<usize>, head: usize, form: ClauseForm) -> bool {
    if sentence.tag(head) != PennTag::Vbn {
        return false;
    }
    let auxiliary = verbs.clone().take_while(|index| *index < head).filter(|index| !sentence.is_adverb(*index)).last();
    match auxiliary {
        Some(auxiliary) => {
            let word = sentence.word(auxiliary);
            !lists::HAVE.contains_any_case(word) && !lists::HAVE_CLITICS.contains_any_case(word)
        }
        None => form == ClauseForm::Participle,
    }
}

/// Returns whether "not" or "never" occurs in or right before the verb group.
pub(super) fn is_negated(sentence: &Tagged<'_>, verbs: &Range<usize>) -> bool {
    (verbs.start.saturating_sub(1)..verbs.end).any(|index| lists::NEGATIONS.contains_any_case(sentence.word(index)))
}
