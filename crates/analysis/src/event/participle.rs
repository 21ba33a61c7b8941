//! Analyses verb forms that can be a participle or a past tense. Decides between the two, and finds the noun that a
//! participle describes. Uses only word classes and clauses.

use super::phrase::{self, Reach, trimmed};
use super::predicate::{Predication, has, intransitive, is_auxiliary, stop};
use super::subject::{self, Arguments};
use crate::clause::{self, Clause};
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Returns the predication of a participle that is in an insertion between commas and looks like a past tense, as in
/// "The audit, released on Wednesday, found …".
pub(super) fn inserted(
    document: &Document<'_>,
    clauses: &[Clause],
    at: usize,
    time: &Range<usize>,
) -> Option<Predication> {
    let clause = clauses.get(at)?;
    let comma = |index: usize| index.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    let both = document.senses.get(clause.verb).is_some_and(|senses| senses.may_be(WordClass::VerbParticiple));
    let past = |index: &usize| {
        phrase::class(document, *index) == WordClass::VerbParticiple
            && comma(*index)
            && document.senses.get(*index).is_some_and(|senses| senses.may_be(WordClass::VerbPast))
    };
    let resumes = clauses.get(at + 1).is_some_and(|next| comma(next.verb))
        || (time.end.max(clause.verb + 1)..clause.tokens.end).any(|index| past(&index));
    if !(both && comma(clause.verb) && resumes) || intransitive(document, clause.verb) {
        return None;
    }
    let noun = described(document, clause.tokens.start, clause.verb, Reach::Of);
    let group = clause::group_end(document, clause.verb, clause.tokens.end);
    let complement = group..stop(document, group, clause.tokens.end, false, time);
    Some(Predication {
        arguments: Arguments::subject(noun)?,
        complementizer: None,
        auxiliaries: Vec::new(),
        describes: true,
        verb: clause.verb..group,
        complement,
        omitted: None,
        margin: 0,
    })
}

/// Returns the predication of a participle and the noun that it describes, as in "the treaty, signed in 1994".
pub(super) fn participle(
    document: &Document<'_>,
    clauses: &[Clause],
    verb: usize,
    time: &Range<usize>,
) -> Option<Predication> {
    let at = clauses.iter().position(|clause| clause.tokens.contains(&verb))?;
    let clause = clauses.get(at)?;
    let limit = clauses.first()?.tokens.start;
    let group = clause::group_end(document, verb, clause.tokens.end);
    let follows = clause.verb > verb;
    let joined = coordinated(document, clause, verb).filter(|_| follows);
    let end = joined.unwrap_or(if follows { clause.verb } else { clause.tokens.end });
    let end = stop(document, group, end, false, time);
    let reported = (end == clause.tokens.end).then(|| spoken_end(document, clauses, at, time)).flatten();
    let complement = group..reported.unwrap_or(end);
    let plain = |arguments| {
        Some(Predication { arguments, verb: verb..group, complement: complement.clone(), ..Predication::default() })
    };
    if is_finite(document, clause, clauses, verb, time) {
        let first = clauses.first().filter(|_| !follows && document.word(verb.saturating_sub(1)) == ",");
        if let Some((first, complementizer)) =
            first.and_then(|first| Some((first, subject::complementizer_of(document, first)?)))
        {
            // The subject precedes a relative clause, as in "The bishop, whose diocese ends there, announced …".
            return plain(Arguments::subject(subject::interrupted(document, clauses, first, complementizer, verb))?);
        }
        if follows || document.word(clause.verb.saturating_sub(1)) == "," {
            return plain(subject::before(document, clause.tokens.start..verb, time).and_then(Arguments::subject)?);
        }
        let from = if clause.verb < verb { clause.verb + 1 } else { limit };
        return plain(Arguments::subject(described(
            document,
            from,
            before_insertion(document, from, verb),
            Reach::Places,
        ))?);
    }
    if let Some(auxiliary) = passive_auxiliary(document, clause, verb) {
        let arguments = subject::of(document, clauses, at, time)?;
        return Some(Predication {
            arguments,
            auxiliaries: vec![auxiliary],
            verb: verb..group,
            complement,
            ..Predication::default()
        });
    }
    let mut noun = described(document, limit, verb, Reach::Of);
    // A gerund after a comma shares the subject of the preceding clause, as in ", graduating in 1974".
    let trails = !follows && clause.verb < verb && document.word(verb.saturating_sub(1)) == ",";
    if trails
        && phrase::class(document, verb) == WordClass::VerbGerund
        && let Some(arguments) = subject::of(document, clauses, at, time)
    {
        noun = arguments.subject;
    }
    if !noun
        .clone()
        .any(|index| phrase::class(document, index).is_noun() || phrase::class(document, index) == WordClass::Pronoun)
    {
        // The noun follows a participle at the start of the sentence, as in "Founded in 1887, the bank …".
        let leads = follows && !phrase::names_something(document, limit..verb);
        let region = (verb..clause.verb).find(|index| document.word(*index) == ",").map(|comma| comma + 1..clause.verb);
        noun = region.filter(|_| leads).and_then(|region| subject::before(document, region, time))?;
    }
    let describes = phrase::class(document, verb) != WordClass::VerbGerund;
    let once = matches!(document.word(verb.saturating_sub(1)), "first" | "last") && verb > limit;
    let verb = verb - usize::from(once);
    Some(Predication {
        arguments: Arguments::subject(noun)?,
        complementizer: None,
        auxiliaries: Vec::new(),
        describes,
        verb: verb..group,
        complement,
        omitted: None,
        margin: 0,
    })
}

/// Returns whether a form that looks like a participle is the finite verb of its clause.
fn is_finite(document: &Document<'_>, clause: &Clause, clauses: &[Clause], verb: usize, time: &Range<usize>) -> bool {
    if phrase::class(document, verb) == WordClass::VerbGerund {
        return false;
    }
    let group = clause::group_end(document, verb, clause.tokens.end);
    let comma = |index: usize| index.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    let past = document.senses.get(verb).is_some_and(|senses| senses.may_be(WordClass::VerbPast));
    let opens = |index: usize| matches!(phrase::class(document, index), WordClass::Subordinator | WordClass::Wh);
    // The finite verb after this verb belongs to a subordinate clause, so this verb must be the main one.
    let main = clause.verb > verb && past && (verb..clause.verb).any(opens);
    let main = main || (past && coordinated(document, clause, verb).is_some());
    // A passive verb takes no object, so a verb with an object is active, as in "a cable shut down three lines".
    let particle = |index: &usize| matches!(phrase::class(document, *index), WordClass::Adverb);
    let object = (group..clause.tokens.end).find(|index| !particle(index)).is_some_and(|index| {
        let class = phrase::class(document, index);
        let opens = matches!(class, WordClass::Determiner | WordClass::Possessive | WordClass::Number);
        opens && !time.contains(&index)
    });
    let main = main || (past && object && !comma(verb) && clause.verb <= verb);
    let after = comma(verb) && clause.verb < verb && past;
    // No other verb resumes the main clause after the relative clause, as in "The bishop, whose diocese ends there,
    // announced …".
    let relative = after
        && clauses.first().is_some_and(|first| subject::complementizer_of(document, first).is_some())
        && !clauses.iter().any(|other| other.verb > verb && comma(other.verb));
    // The main clause resumes after an insertion, as in "The audit, released on Wednesday, found …".
    let resumed = after && comma(clause.verb);
    // A reporting verb after a comma is finite if its subject or its content follows.
    let says = comma(verb) && has(document, verb, Trait::Reporting) && speaks(document, group, time);
    intransitive(document, verb) || main || relative || resumed || says
}

/// Returns the token of the auxiliary that a participle shares with a preceding participle, as in "was sold in 1934,
/// stolen in 1960 and found".
fn passive_auxiliary(document: &Document<'_>, clause: &Clause, verb: usize) -> Option<usize> {
    let auxiliary = Some(clause.verb).filter(|index| lists::FINITE_BE.contains(document.word(*index)))?;
    let participle = |index: usize| phrase::class(document, index) == WordClass::VerbParticiple;
    let joint = verb.checked_sub(1)?;
    let conjunction = |index: usize| phrase::class(document, index) == WordClass::Conjunction;
    let listed = document.word(joint) == ","
        && (verb + 1..clause.tokens.end).any(|index| conjunction(index) && participle(index + 1));
    let first = (clause.verb + 1..joint).any(participle);
    (clause.verb < joint && first && participle(verb) && (listed || conjunction(joint))).then_some(auxiliary)
}

/// Returns the conjunction between the verb at token `verb` and another verb or clause, as in "left in 1991 and was
/// replaced".
fn coordinated(document: &Document<'_>, clause: &Clause, verb: usize) -> Option<usize> {
    let comma = |index: usize| index.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    if comma(verb) || comma(clause.verb) || clause.verb < verb {
        return None;
    }
    (verb..clause.verb).find(|index| phrase::class(document, *index) == WordClass::Conjunction)
}

/// Returns the end of the words before `verb`, excluding an insertion between commas, as in "his wife, Margaret, died".
fn before_insertion(document: &Document<'_>, from: usize, verb: usize) -> usize {
    if document.word(verb - 1) != "," {
        return verb;
    }
    (from..verb - 1).rev().find(|index| document.word(*index) == ",").unwrap_or(verb)
}

/// Returns the end of the reported content if the next clause after index `at` begins with "that".
fn spoken_end(document: &Document<'_>, clauses: &[Clause], at: usize, time: &Range<usize>) -> Option<usize> {
    let next = clauses.get(at + 1)?;
    let that = phrase::class(document, next.tokens.start) == WordClass::Subordinator
        && document.word(next.tokens.start) == "that";
    let group = clause::group_end(document, next.verb, next.tokens.end);
    that.then(|| stop(document, group, next.tokens.end, is_auxiliary(document, group - 1), time))
}

/// Returns whether the word after a reporting verb shows that the verb is finite.
fn speaks(document: &Document<'_>, after: usize, time: &Range<usize>) -> bool {
    let next = if time.start <= after + 1 && time.end > after { time.end } else { after };
    phrase::class(document, next) == WordClass::Subordinator
        || phrase::class(document, next).is_noun()
        || phrase::class(document, next).is_modifier()
        || phrase::class(document, next) == WordClass::Pronoun
}

/// Returns the noun phrase described by a participle, or an empty range if there is none.
pub(super) fn described(document: &Document<'_>, limit: usize, verb: usize, reach: Reach) -> Range<usize> {
    let mut end = verb;
    let skipped = |index: usize| {
        phrase::class(document, index) == WordClass::Adverb
            || matches!(document.word(index), "," | "first" | "last" | "First" | "Last")
    };
    while end > limit && skipped(end - 1) {
        end -= 1;
    }
    let noun = trimmed(document, phrase::phrase_start(document, limit, end, reach)..end);
    let indefinite = matches!(document.word(noun.start), "a" | "an");
    let comma = noun.start.checked_sub(1).filter(|comma| *comma > limit && indefinite && document.word(*comma) == ",");
    // The apposition describes a name, so the participle describes that name too, as in "Mayor Kowalczyk, a Democrat
    // first elected in 2017".
    let apposed = comma.filter(|comma| phrase::class(document, *comma - 1) == WordClass::Proper);
    apposed.map_or(noun, |comma| trimmed(document, phrase::phrase_start(document, limit, comma, Reach::Of)..comma))
}
