//! Classifies words that can be verbs: past tense or participle, verb or noun.

use super::WordClass::{
    self, Adjective, Conjunction, Determiner, Mark, Noun, NounPlural, Number, Possessive, Pronoun, Proper,
    Subordinator, To, VerbBase, VerbGerund, VerbParticiple, VerbPast, VerbPresent, Wh,
};
use super::senses::{Senses, Trait};
use super::state::{AfterComma, Tagger};
use crate::lexicon::lists;

/// Returns the class of a word that can be a verb, based on its clause.
pub(super) fn decide(tagger: &Tagger<'_>, index: usize, sense: Senses) -> Option<WordClass> {
    if sense.may_be(VerbPast) && sense.may_be(VerbParticiple) {
        return Some(past_or_participle(tagger, index, sense));
    }
    if sense.may_be(VerbPast) && sense.may_be_any(&[Noun, Adjective, VerbBase]) {
        return Some(past_or_other(tagger, index, sense));
    }
    if sense.may_be(VerbPresent) && sense.may_be_any(&[Noun, NounPlural]) {
        return Some(verb_or_noun(tagger, index, sense));
    }
    if sense.may_be(VerbPresent) && sense.may_be(Adjective) {
        let subject = is_plural_subject(tagger, index);
        return Some(if subject && !tagger.finite { VerbPresent } else { Adjective });
    }
    if sense.may_be(VerbPresent) && sense.may_be(VerbBase) {
        return Some(if tagger.subject && !is_coordinated_base(tagger, index) { VerbPresent } else { VerbBase });
    }
    if sense.may_be(VerbGerund) && sense.may_be(Noun) {
        return Some(gerund_or_noun(tagger, index, sense));
    }
    if sense.may_be(Adjective) && sense.may_be(Noun) {
        return Some(adjective_or_noun(tagger, index));
    }
    None
}

/// Returns whether a word is a noun inside a compound, which is possible only if the clause already has its verb: "cut
/// its profit forecast for the year".
fn is_compound_noun(tagger: &Tagger<'_>, index: usize, sense: Senses) -> bool {
    let noun = index.checked_sub(1).is_some_and(|before| matches!(tagger.classes[before], Noun | Adjective));
    tagger.finite && noun && sense.may_be(Noun) && lists::COMPOUND_NOUNS.contains(tagger.word(index))
}

/// Disambiguates words like "accused": the main verb of the clause, or a participle that modifies a noun.
fn past_or_participle(tagger: &Tagger<'_>, index: usize, sense: Senses) -> WordClass {
    let next = tagger.sense(index + 1);
    let noun_phrase = opens_phrase(next) && !next.has(Trait::Calendar);
    let reporting = sense.has(Trait::Reporting);
    if is_compound_noun(tagger, index, sense) && !noun_phrase {
        return Noun;
    }
    match tagger.governing(index) {
        Pronoun | Wh => VerbPast,
        _ if tagger.ends_relative(index) => VerbPast,
        Conjunction => match tagger.last_verb {
            Some(VerbParticiple) if !noun_phrase => VerbParticiple,
            Some(VerbPast | VerbPresent) => VerbPast,
            _ if tagger.finite && !noun_phrase => VerbParticiple,
            _ => VerbPast,
        },
        _ if is_passive_agent(tagger, index) => VerbParticiple,
        Noun | NounPlural | Proper | Number => {
            // A main verb: "Police arrested a man", "The judge ruled the law was void".
            if noun_phrase && (reporting || !tagger.finite) || reporting && tagger.after_comma == AfterComma::Subject {
                VerbPast
            } else if tagger.finite || tagger.has_finite_ahead(index + 1) && !reporting {
                // A participle, with the main verb ahead: "The man arrested on Tuesday was charged".
                VerbParticiple
            } else {
                VerbPast
            }
        }
        Mark => {
            // A participle between commas: "A ferry, promised in 2019, is to sail".
            let adjunct = !reporting || next.likeliest() == WordClass::Preposition;
            if index == 0 || !tagger.subject && !reporting || adjunct && tagger.closes_before_verb(index + 1) {
                VerbParticiple
            } else if tagger.last_verb == Some(VerbPast) && takes_object(next) && !is_naming(tagger.word(index)) {
                // A series of main verbs: "approved it in 2026, halved its budget and left".
                VerbPast
            } else if !tagger.finite || reporting && noun_phrase {
                VerbPast
            } else {
                VerbParticiple
            }
        }
        Subordinator => VerbParticiple,
        _ => {
            if reporting && noun_phrase {
                VerbPast
            } else {
                VerbParticiple
            }
        }
    }
}

/// Returns whether "by" with an agent follows: "arrested by police", but not "rose by 5 percent".
fn is_passive_agent(tagger: &Tagger<'_>, index: usize) -> bool {
    tagger.word(index + 1) == "by" && !tagger.sense(index + 2).may_be(Number)
}

/// Disambiguates "found", "left" and "saw": the past of one verb, the base form of another, or a noun.
fn past_or_other(tagger: &Tagger<'_>, index: usize, sense: Senses) -> WordClass {
    if tagger.subject && !tagger.finite {
        return VerbPast;
    }
    match tagger.governing(index) {
        Pronoun | Wh | Conjunction | Noun | NounPlural | Proper => VerbPast,
        Mark if tagger.last_verb == Some(VerbPast) && takes_object(tagger.sense(index + 1)) => VerbPast,
        _ if sense.may_be(Noun) => Noun,
        _ if sense.may_be(Adjective) => Adjective,
        _ => VerbPast,
    }
}

/// Disambiguates words like "claims" and "report", which are verbs only if the clause still lacks a verb and the
/// subject agrees.
fn verb_or_noun(tagger: &Tagger<'_>, index: usize, sense: Senses) -> WordClass {
    let noun = if sense.may_be(NounPlural) && !sense.may_be(Noun) { NounPlural } else { Noun };
    let third = !sense.may_be(VerbBase);
    let at = tagger.governor(index);
    let subject_pronoun = at.is_some_and(|at| tagger.sense(at).has(Trait::Subject) || tagger.classes[at] == Wh);
    if subject_pronoun {
        return VerbPresent;
    }
    if is_coordinated_base(tagger, index) && sense.may_be(VerbBase) && sense.likeliest() != Noun {
        return VerbBase;
    }
    let agrees = match at.map(|at| tagger.classes[at]) {
        Some(Noun) => third,
        Some(Pronoun) => true,
        Some(NounPlural) => !third,
        Some(Proper) => third || at.is_some_and(|at| tagger.sense(at).may_be(NounPlural)),
        Some(Mark) => tagger.subject && index > 0,
        Some(Conjunction) => tagger.last_verb == Some(VerbPresent),
        _ => false,
    };
    if !agrees || tagger.finite && at.is_none_or(|at| tagger.classes[at] != Conjunction) {
        let imperative = at.is_none() && !sense.likeliest().is_noun() && sense.may_be(VerbBase);
        return if imperative { VerbBase } else { noun };
    }
    let next = tagger.sense(index + 1);
    // A name before a possible verb may be a modifier or the subject: "The Voyager probes showed it", "two former
    // Voyager engineers left", "Voyager pilots said".
    let name = at.filter(|at| tagger.classes[*at] == Proper);
    let led = |at: usize| at > 0 && matches!(tagger.classes[at - 1], Determiner | Number | Adjective);
    let named = name.is_some_and(|at| led(at) || next.has(Trait::Reporting));
    let relative = tagger.word(index + 1) == "," && matches!(tagger.word(index + 2), "who" | "which" | "whose");
    if next.is_surely_finite() || next.is_auxiliary() || named && next.may_be(VerbPast) || name.is_some() && relative {
        return noun;
    }
    // A destination is not an object: "Ferry services to five islands were cancelled".
    let place = next.likeliest() == To && matches!(tagger.sense(index + 2).likeliest(), Number | Determiner | Proper);
    let object = opens_phrase(next) || matches!(next.likeliest(), To | Subordinator | Wh | WordClass::Adverb) && !place;
    let verb_ahead = tagger.has_finite_ahead(index + 1) || tagger.resumes_after_insertion(index + 1);
    // A verb with its object: "The minister plans to resign", "Officials report that …", "Odell pilots the ferry".
    if object || !verb_ahead { VerbPresent } else { noun }
}

/// Disambiguates words like "building", which are nouns after the first word of a noun phrase, and participles
/// everywhere else.
fn gerund_or_noun(tagger: &Tagger<'_>, index: usize, sense: Senses) -> WordClass {
    let next = tagger.sense(index + 1);
    let object = matches!(next.likeliest(), Determiner | Possessive | Pronoun | Subordinator | To);
    match tagger.governing(index) {
        Mark | Subordinator | VerbPast | VerbPresent if object => VerbGerund,
        Noun | Adjective | Number | Possessive | Determiner if sense.likeliest() == Noun => Noun,
        _ if sense.likeliest() == Noun && !object => Noun,
        _ => VerbGerund,
    }
}

fn adjective_or_noun(tagger: &Tagger<'_>, index: usize) -> WordClass {
    let next = tagger.sense(index + 1);
    let noun_ahead = next.may_be_any(&[Noun, NounPlural, Proper]) && !next.has(Trait::Function);
    let after_be = tagger.governor(index).is_some_and(|at| tagger.sense(at).has(Trait::Be));
    if noun_ahead || after_be { Adjective } else { Noun }
}

/// Returns whether the word opens a noun phrase, which shows that an object follows.
fn opens_phrase(sense: Senses) -> bool {
    matches!(sense.likeliest(), Determiner | Possessive | Pronoun | Proper)
        || sense.likeliest() == Subordinator && sense.may_be(Determiner)
}

/// Returns whether the word can only open an object.
fn takes_object(sense: Senses) -> bool {
    matches!(sense.likeliest(), Determiner | Possessive)
}

/// Returns whether the participle introduces a name: "a man, called the Wolf".
fn is_naming(word: &str) -> bool {
    matches!(word, "called" | "named" | "dubbed" | "nicknamed" | "titled" | "entitled")
}

/// Returns whether the word is coordinated with a bare verb: "to stop and search".
fn is_coordinated_base(tagger: &Tagger<'_>, index: usize) -> bool {
    tagger.governing(index) == Conjunction && tagger.last_verb == Some(VerbBase)
}

fn is_plural_subject(tagger: &Tagger<'_>, index: usize) -> bool {
    let Some(at) = tagger.governor(index) else { return false };
    matches!(tagger.classes[at], NounPlural | Pronoun)
        || tagger.sense(at).may_be(NounPlural) && tagger.classes[at] == Proper
}
