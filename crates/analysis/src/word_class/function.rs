//! Function words whose class depends on their neighbours: "that", "her", "as", "'s" …

use super::WordClass::{
    self, Adjective, Adverb, Conjunction, Determiner, Interjection, Mark, Modal, Noun, NounPlural, Number, Possessive,
    Preposition, Pronoun, Proper, Subordinator, VerbGerund, VerbParticiple, VerbPast, VerbPresent, Wh,
};
use super::senses::{Senses, Trait};
use super::state::{Expected, Tagger};

/// Returns the class of the function word at `index`. Returns `None` if the word has only one class or follows the
/// rules for content words.
pub(super) fn decide(tagger: &Tagger<'_>, index: usize, sense: Senses) -> Option<WordClass> {
    if !sense.has(Trait::Function) || sense.is_only(sense.likeliest()) {
        return None;
    }
    let word = tagger.word(index);
    if is_clitic_s(word) {
        return Some(clitic_s(tagger, index));
    }
    if sense.may_be(Subordinator) && sense.may_be(Determiner) {
        return Some(that(tagger, index));
    }
    if sense.may_be(Possessive) {
        let possessed = is_nominal(tagger.sense(index + 1));
        return Some(if possessed { Possessive } else { Pronoun });
    }
    if sense.may_be(Determiner) {
        return Some(determiner(tagger, index, sense));
    }
    if sense.may_be(Subordinator) {
        return Some(subordinator(tagger, index, sense));
    }
    if sense.may_be(Modal) {
        return Some(modal(tagger, index, sense));
    }
    if sense.may_be(Preposition) && sense.may_be(Adverb) {
        return Some(particle(tagger, index, sense));
    }
    if sense.likeliest() == Preposition && sense.may_be(WordClass::VerbBase) {
        return Some(like(tagger, index));
    }
    if sense.may_be(Adverb) && sense.may_be(Pronoun) {
        let there = tagger.sense(index + 1);
        return Some(if there.has(Trait::Be) || there.is_only(Modal) { Pronoun } else { Adverb });
    }
    if sense.may_be(Conjunction) && sense.may_be(Adverb) {
        let opens =
            matches!(tagger.word(index.wrapping_sub(1)), "," | ";") && !tagger.sense(index + 1).may_be(Adjective);
        return Some(if opens { Conjunction } else { Adverb });
    }
    if sense.may_be(Interjection) && sense.likeliest() == Interjection {
        let alone = tagger.before(index) == Mark || tagger.sense(index + 1).is_only(Mark);
        return Some(if alone { Interjection } else { sense_without_interjection(sense) });
    }
    if sense.is_auxiliary() && sense.likeliest() == WordClass::VerbBase {
        let bare = tagger.expected == Expected::Base;
        return Some(if bare { WordClass::VerbBase } else { VerbPresent });
    }
    if sense.has(Trait::Have) && sense.may_be(VerbPast) {
        return Some(if tagger.expected == Expected::Participle { VerbParticiple } else { VerbPast });
    }
    None
}

fn sense_without_interjection(sense: Senses) -> WordClass {
    [Adjective, Noun, WordClass::VerbBase].into_iter().find(|class| sense.may_be(*class)).unwrap_or(Interjection)
}

/// Returns whether a word is "'s" with a straight or curly apostrophe.
fn is_clitic_s(word: &str) -> bool {
    let mut letters = word.chars();
    matches!(letters.next(), Some('\'' | '’')) && matches!(letters.next(), Some('s' | 'S'))
}

/// Returns whether the word can continue a noun phrase.
pub(super) fn is_nominal(sense: Senses) -> bool {
    if sense.has(Trait::Function) {
        return sense.may_be_any(&[Noun, Number]) || sense.is_only(Adjective) || sense.likeliest() == Adjective;
    }
    sense.may_be_any(&[Noun, NounPlural, Proper, Adjective, Number, VerbGerund, VerbParticiple])
}

/// Returns whether the word, after a subject, can only be a finite verb.
#[inline]
fn is_verb(sense: Senses) -> bool {
    sense.is_surely_finite() || sense.is_auxiliary() || sense.likeliest() == Modal
}

/// Returns whether the word opens a noun phrase that can be a subject.
fn opens_subject(sense: Senses) -> bool {
    sense.has(Trait::Subject)
        || matches!(sense.likeliest(), Determiner | Possessive | Pronoun | Proper | Number | NounPlural)
}

/// Disambiguates "'s". It is a verb in "it's" and "he's done". After nouns it is a possessive, unless the next word
/// cannot begin a noun phrase.
fn clitic_s(tagger: &Tagger<'_>, index: usize) -> WordClass {
    let next = tagger.sense(index + 1);
    match tagger.before(index) {
        Pronoun | Wh | Determiner => {
            let indefinite = tagger.word(index - 1).len() > 5 && is_nominal(next) && !next.may_be(VerbParticiple);
            if indefinite { Possessive } else { VerbPresent }
        }
        Adverb if tagger.sense(index - 1).has(Trait::Function) => VerbPresent,
        Subordinator => VerbPresent,
        _ => {
            let complement = next.has(Trait::Function)
                && matches!(
                    next.likeliest(),
                    Determiner | Adverb | WordClass::Negation | Preposition | VerbGerund | VerbParticiple
                )
                && !next.may_be(Adjective);
            let progressive = next.is_only(VerbGerund) && tagger.sense(index + 2).likeliest() != Noun;
            if complement || progressive && !tagger.finite { VerbPresent } else { Possessive }
        }
    }
}

/// Decides whether "that" is a determiner, pronoun, relative or subordinator.
fn that(tagger: &Tagger<'_>, index: usize) -> WordClass {
    let next = tagger.sense(index + 1);
    let verb =
        next.is_surely_finite() || next.is_auxiliary() || next.is_only(Modal) || is_clitic_s(tagger.word(index + 1));
    let singular = next.may_be(Noun) && !next.may_be(NounPlural);
    match tagger.before(index) {
        Preposition => {
            if is_nominal(next) && !verb {
                Determiner
            } else {
                Pronoun
            }
        }
        Mark | Conjunction if !is_after_report(tagger, index) => {
            if verb && !next.may_be(Noun) {
                if tagger.word(index.wrapping_sub(1)) == "," { Wh } else { Pronoun }
            } else if singular && !opens_subject(next) {
                Determiner
            } else {
                Subordinator
            }
        }
        Noun | NounPlural | Proper | Pronoun => {
            let relative = verb || is_verb_of_relative(tagger, index + 1);
            if relative { Wh } else { Subordinator }
        }
        class if class.is_verb() || class == Adverb => {
            let reporting = tagger.governor(index).is_some_and(|at| tagger.sense(at).has(Trait::Reporting));
            let object = singular && !next.may_be(Adjective) && !reporting && !tagger.has_finite_ahead(index + 2);
            if verb && !reporting {
                Pronoun
            } else if object {
                Determiner
            } else {
                Subordinator
            }
        }
        _ => Subordinator,
    }
}

/// Returns whether the first non-adverb from `from` on is the verb of a relative clause rather than its subject.
fn is_verb_of_relative(tagger: &Tagger<'_>, from: usize) -> bool {
    let at = (from..from + 3).find(|at| tagger.sense(*at).likeliest() != Adverb).unwrap_or(from);
    let (word, next) = (tagger.sense(at), tagger.sense(at + 1));
    let next_finite = is_verb(next);
    let past = word.may_be(VerbPast) && (next.has(Trait::Function) || !is_nominal(next) || next.is_only(Number));
    let third = word.may_be(VerbPresent) && !word.may_be(Noun);
    // A plural noun before a preposition is a subject: "the claim that groups of …".
    let third = third && !(word.likeliest() == NounPlural && next.likeliest() == Preposition);
    is_verb(word) || (past || third) && !next_finite
}

/// Returns whether a conjunction at `index - 1` follows a subordinator in the same sentence: "said that … and that …".
fn is_after_report(tagger: &Tagger<'_>, index: usize) -> bool {
    tagger.before(index) == Conjunction && tagger.classes[..index].contains(&Subordinator)
}

fn determiner(tagger: &Tagger<'_>, index: usize, sense: Senses) -> WordClass {
    let next = tagger.sense(index + 1);
    let verb = is_verb(next);
    // The next word is a verb if its object follows: "another left some 500 dead".
    let object = matches!(tagger.sense(index + 2).likeliest(), Determiner | Possessive | Pronoun);
    let another = tagger.word(index).eq_ignore_ascii_case("another");
    if another && next.may_be(VerbPast) && !next.may_be(VerbPresent) && object {
        return Pronoun;
    }
    if sense.may_be(Adverb) && matches!(next.likeliest(), Adjective | Adverb) && !next.may_be(Noun) {
        return Adverb;
    }
    // A singular determiner cannot precede a plural noun: "this means" is a pronoun and its verb.
    let disagrees = matches!(tagger.word(index), "this" | "This" | "that" | "That" | "each" | "either")
        && next.may_be(VerbPresent)
        && next.may_be(NounPlural)
        && !next.may_be(Noun);
    if !verb
        && !disagrees
        && (is_nominal(next) || next.may_be_any(&[Determiner, Possessive]) && !sense.is_only(Determiner))
    {
        return Determiner;
    }
    if next.may_be(Noun) && !verb {
        return Determiner;
    }
    [Pronoun, Adverb].into_iter().find(|class| sense.may_be(*class)).unwrap_or(Determiner)
}

/// Disambiguates "as", "after", "since" and "for". Each opens a clause if a finite verb follows before the next
/// punctuation mark.
fn subordinator(tagger: &Tagger<'_>, index: usize, sense: Senses) -> WordClass {
    if !sense.may_be(Preposition) {
        let lone =
            sense.may_be(Adverb) && (tagger.sense(index + 1).is_only(Mark) || !opens_subject(tagger.sense(index + 1)));
        return if lone { Adverb } else { Subordinator };
    }
    let next = tagger.sense(index + 1);
    if sense.likeliest() == Preposition && tagger.word(index).eq_ignore_ascii_case("for") || next.is_only(VerbGerund) {
        return Preposition;
    }
    // "He left after the council voted" contains a clause, but "He left after the vote" does not.
    if next.has(Trait::Subject) || tagger.has_subject_after(index + 1) {
        return Subordinator;
    }
    Preposition
}

fn modal(tagger: &Tagger<'_>, index: usize, sense: Senses) -> WordClass {
    let nominal = sense.may_be(Noun) && (tagger.before(index).is_modifier() || tagger.before(index) == Possessive);
    if nominal {
        return Noun;
    }
    if is_clitic_d(tagger.word(index))
        && tagger.sense(index + 1).may_be(VerbParticiple)
        && !tagger.sense(index + 1).may_be(WordClass::VerbBase)
    {
        return VerbPast;
    }
    Modal
}

fn is_clitic_d(word: &str) -> bool {
    word.ends_with(['d', 'D']) && word.starts_with(['\'', '’'])
}

/// Disambiguates "like": a verb after a subject pronoun or where the verb group requires one, and a preposition
/// everywhere else.
fn like(tagger: &Tagger<'_>, index: usize) -> WordClass {
    let subject = index.checked_sub(1).is_some_and(|before| tagger.sense(before).has(Trait::Subject));
    match tagger.expected {
        Expected::Base => WordClass::VerbBase,
        Expected::Nothing if subject || tagger.before(index) == Wh => VerbPresent,
        _ => Preposition,
    }
}

/// Disambiguates "up", "in" and "over": a preposition before a noun phrase, and a particle everywhere else.
fn particle(tagger: &Tagger<'_>, index: usize, sense: Senses) -> WordClass {
    let next = tagger.sense(index + 1);
    let after_verb = tagger.before(index).is_verb();
    let phrase = is_nominal(next) || opens_subject(next) || matches!(next.likeliest(), Wh | VerbGerund);
    if phrase && !(after_verb && sense.likeliest() == Adverb) { Preposition } else { Adverb }
}

impl Tagger<'_> {
    /// Returns whether a subject and its finite verb follow before the next punctuation mark or clause.
    pub(super) fn has_subject_after(&self, from: usize) -> bool {
        let mut noun = false;
        for index in from..self.senses.len() {
            let sense = self.sense(index);
            if sense.is_only(Mark) && self.word(index) != "-"
                || matches!(sense.likeliest(), Subordinator | Wh) && index > from
            {
                return false;
            }
            let finite = sense.is_surely_finite() || sense.is_auxiliary();
            let past = sense.may_be(VerbPast)
                && index > from
                && is_after_noun(self.sense(index - 1))
                && !is_by(self.word(index + 1));
            if noun && (finite || past) {
                return true;
            }
            noun |= sense.may_be_any(&[Noun, NounPlural, Proper, Pronoun]);
        }
        false
    }
}

fn is_after_noun(sense: Senses) -> bool {
    sense.may_be_any(&[Noun, NounPlural, Proper, Pronoun])
        && !sense.may_be(Determiner)
        && sense.likeliest() != Adjective
}

fn is_by(word: &str) -> bool {
    word.eq_ignore_ascii_case("by")
}
