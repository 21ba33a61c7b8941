//! Words in a noun phrase, whose class follows from the determiner, preposition or adjective before them.

use super::WordClass::{
    self, Adjective, Determiner, Noun, NounPlural, Number, Possessive, Preposition, Proper, VerbGerund, VerbParticiple,
    VerbPresent,
};
use super::senses::Senses;
use super::state::Tagger;

/// Returns the class of the word at `index`, or `None` if the word is not inside a noun phrase.
pub(super) fn decide(tagger: &Tagger<'_>, index: usize, sense: Senses) -> Option<WordClass> {
    let before = tagger.governing(index);
    let inside = match before {
        Determiner | Possessive | Preposition | WordClass::To => true,
        Adjective => tagger.is_attributive(index),
        Number => sense.may_be_any(&[NounPlural, Noun, Adjective]),
        _ => false,
    };
    // A year may precede the verb: "A loss in 2009 led to it".
    let year = before == Number
        && tagger.subject
        && !tagger.finite
        && tagger.word(index - 1).len() == 4
        && index > 1
        && tagger.before(index - 1) == Preposition;
    if !inside
        || year && sense.may_be(WordClass::VerbPast) && !sense.may_be(Noun)
        || before == Number && sense.may_be(WordClass::VerbPast) && tagger.ends_relative(index)
    {
        return None;
    }
    let next = tagger.sense(index + 1);
    let noun_ahead = next.may_be_any(&[Noun, NounPlural, Proper])
        && !next.has(super::Trait::Function)
        && !(sense.may_be(Noun) && tagger.is_verb_with_complement(index + 1));
    let second = tagger.sense(index + 2);
    let adjective_ahead = !next.has(super::Trait::Function)
        && (next.likeliest() == Adjective
            || next.may_be(Adjective) && second.may_be_any(&[Noun, NounPlural]) && !second.has(super::Trait::Function));
    if sense.may_be(Adjective) && (noun_ahead || adjective_ahead) && !is_sentence_verb(next) {
        return Some(Adjective);
    }
    if sense.may_be(VerbGerund) && before == Preposition && sense.likeliest() != Noun {
        return Some(VerbGerund);
    }
    if sense.may_be(VerbGerund) && matches!(before, Determiner | Possessive | Adjective) {
        return Some(if noun_ahead && sense.likeliest() != Noun { Adjective } else { Noun });
    }
    let nouns = if sense.may_be(NounPlural) && !sense.may_be(Noun) { NounPlural } else { Noun };
    if sense.may_be(nouns) {
        return Some(nouns);
    }
    if sense.may_be(VerbParticiple) {
        return Some(if before == Preposition { VerbParticiple } else { Adjective });
    }
    if sense.may_be(WordClass::VerbBase) && matches!(tagger.word(index.wrapping_sub(1)), "a" | "an") {
        // A bare verb cannot follow an article, so the word is a noun: "in a skip".
        return Some(Noun);
    }
    sense.may_be(Adjective).then_some(Adjective)
}

/// Returns whether the next word is more likely the verb of the sentence than a noun.
fn is_sentence_verb(next: Senses) -> bool {
    next.likeliest() == VerbPresent
}

impl Tagger<'_> {
    /// Returns whether the word at `index`, which can be a plural noun or a verb, is a verb because it has a
    /// complement: "plans to", "claims the".
    fn is_verb_with_complement(&self, index: usize) -> bool {
        let next = self.sense(index + 1);
        let complement = matches!(
            next.likeliest(),
            WordClass::To | Determiner | Possessive | WordClass::Pronoun | WordClass::Subordinator
        );
        self.sense(index).may_be(VerbPresent)
            && self.sense(index).may_be(NounPlural)
            && complement
            && !self.finite
            && !self.has_finite_ahead(index + 1)
    }

    /// Returns whether the adjective before `index` is part of a noun phrase and not the predicate of "be".
    fn is_attributive(&self, index: usize) -> bool {
        let Some(at) = self.governor(index) else { return false };
        let mut first = at;
        while first > 0 && matches!(self.classes[first - 1], Adjective | WordClass::Adverb | Noun) {
            first -= 1;
        }
        let opener = self.before(first);
        !matches!(opener, VerbPresent | WordClass::VerbPast | WordClass::VerbBase | VerbParticiple)
            || self.sense(index).may_be_any(&[Noun, NounPlural])
    }
}
