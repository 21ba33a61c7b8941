//! Tagger that makes one pass over a sentence. Each word gets the class allowed by its left neighbours, the open verb
//! group and the following words.

use super::WordClass::{self, Adjective, Adverb, Mark, Noun, Proper, To, VerbBase, VerbGerund, VerbParticiple};
use super::senses::{Senses, Trait};
use super::state::{Expected, Tagger};
use super::{function, nominal, verbal};
use crate::token::Token;

/// Tags one sentence. `words`, `senses` and `classes` are parallel slices.
pub(super) fn tag(text: &str, words: &[Token], senses: &[Senses], classes: &mut [WordClass]) {
    let mut tagger = Tagger::new(text, words, senses, classes);
    for index in 0..words.len() {
        let class = decide(&tagger, index);
        tagger.classes[index] = class;
        tagger.step(index, class);
    }
}

/// Returns the class of the word at `index` according to the first rule that applies.
fn decide(tagger: &Tagger<'_>, index: usize) -> WordClass {
    let sense = tagger.sense(index);
    if tagger.is_may(index) {
        return Proper;
    }
    if let Some(class) = function::decide(tagger, index, sense) {
        return class;
    }
    if sense.likeliest() == Proper {
        return Proper;
    }
    if tagger.is_time_of_verb(index) {
        return Adverb;
    }
    if let Some(class) = expected_class(tagger, index, sense) {
        return class;
    }
    if sense.is_only(sense.likeliest()) {
        return sense.likeliest();
    }
    nominal::decide(tagger, index, sense)
        .or_else(|| verbal::decide(tagger, index, sense))
        .unwrap_or_else(|| sense.likeliest())
}

/// Returns the word class that the open verb group requires of the word at `index`. Returns `None` if no group is open
/// or the word cannot have the required class.
fn expected_class(tagger: &Tagger<'_>, index: usize, sense: Senses) -> Option<WordClass> {
    match tagger.expected {
        Expected::Nothing => None,
        Expected::Base => {
            let after_to = tagger.governing(index) == To;
            let compound = after_to && sense.likeliest() == Noun && tagger.sense(index + 1).is_only(Noun);
            let unlisted = !sense.has(Trait::Listed) && sense.likeliest() == Noun && tagger.is_complement(index + 1);
            (sense.may_be(VerbBase) && !compound || unlisted).then_some(VerbBase)
        }
        Expected::Participle => sense.may_be(VerbParticiple).then_some(VerbParticiple),
        Expected::Complement => [VerbParticiple, VerbGerund, Adjective]
            .into_iter()
            .find(|class| sense.may_be(*class) && !(*class == VerbGerund && sense.likeliest() == Noun))
            // A word that is more likely an adverb is an adjective only before punctuation, so "still" in "is still
            // bringing" is not.
            .filter(|_| sense.likeliest() != Adverb || tagger.sense(index + 1).is_only(Mark)),
    }
}
