//! What the row of an event tells, as tokens: who, the verb, and what belongs to it up to the first
//! trailing clause. Knows word classes and clauses; nothing of how a row is written out.

use super::host::{Host, trimmed};
use super::subject::{self, Actors, Reach, class, is_mark, names_something};
use crate::analysis::clause::{self, Clause};
use crate::analysis::document::Document;
use crate::analysis::word_class::{Trait, WordClass};
use std::ops::Range;

/// A row in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Who or what, and whose.
    pub actors: Actors,
    /// The word that makes a condition of it: "if".
    pub opener: Option<usize>,
    /// An auxiliary that a participle lacks: "was".
    pub link: &'static str,
    /// The verb group.
    pub verb: Range<usize>,
    /// What belongs to the verb.
    pub rest: Range<usize>,
}

impl Telling {
    /// What was said instead of the bare words that report it after it: "she died, her son said".
    pub fn or_content(self, document: &Document<'_>, sentence: &Range<usize>) -> Self {
        let says = self.verb.clone().any(|index| has(document, index, Trait::Reporting));
        let empty = !self.rest.clone().any(|index| {
            names_something(document, index..index + 1)
                && !document.senses.get(index).is_some_and(|senses| senses.has(Trait::Calendar))
        });
        let content = trimmed(document, sentence.start..self.actors.subject.start.max(sentence.start));
        let clauses = clause::clauses(document, content.clone());
        let Some(first) = clauses.first().filter(|_| says && empty && content.len() > 3) else { return self };
        let nowhere = content.end..content.end;
        finite(document, &clauses, 0, &nowhere).filter(|_| first.verb < content.end).unwrap_or(self)
    }
}

/// What `host` tells about the sentence at tokens `sentence`; none when its verb has no subject.
pub fn telling(
    document: &Document<'_>,
    sentence: &Range<usize>,
    host: &Host,
    time: &Range<usize>,
    ahead: bool,
) -> Option<Telling> {
    let clauses = clause::clauses(document, sentence.clone());
    let verb = host.shared.map(|(verb, _)| verb).or(host.verb)?;
    let telling = of_verb(document, &clauses, verb, time, ahead)?;
    let Some((_, other)) = host.shared else { return Some(telling) };
    let own = |index: usize| !time.contains(&index) && class(document, index).is_noun();
    // What only repeats the verb, "and again in 2023", is told by the words before the other date.
    let before = (telling.rest.start..other).rev().find(|index| class(document, *index) != WordClass::Preposition);
    let rest = match host.tokens.clone().any(own) {
        true => host.tokens.clone(),
        false => telling.rest.start..before.map_or(telling.rest.start, |last| last + 1),
    };
    Some(Telling { rest, ..telling })
}

/// What the verb of a sentence with `clauses` tells.
fn of_verb(
    document: &Document<'_>,
    clauses: &[Clause],
    verb: usize,
    time: &Range<usize>,
    ahead: bool,
) -> Option<Telling> {
    match clauses.iter().position(|clause| clause.verb == verb) {
        Some(at) => finite(document, clauses, at, time),
        None => participle(document, clauses, verb, time, ahead),
    }
}

/// A clause with its finite verb.
fn finite(document: &Document<'_>, clauses: &[Clause], at: usize, time: &Range<usize>) -> Option<Telling> {
    let clause = clauses.get(at)?;
    if let Some(telling) = inserted(document, clauses, at) {
        return Some(telling);
    }
    let actors = subject::of(document, clauses, at, time)?;
    let group = clause::group_end(document, clause.verb, clause.tokens.end);
    let end = stop(document, group, clause.tokens.end, is_auxiliary(document, group - 1));
    let end = if end == clause.tokens.end { content_end(document, clauses, at).unwrap_or(end) } else { end };
    let rest = group..end.max(group);
    let verb = with_adverbs(document, clause);
    let object = actors.object.clone().filter(|_| takes_object(document, &rest, time));
    let opener = (clause.tokens.start..clause.verb).take(2).find(|index| is_condition(document.word(*index)));
    Some(Telling { actors: Actors { object, ..actors }, opener, link: "", verb: verb..group, rest })
}

/// Where a verb begins with the adverbs before it, without which it may say the contrary: "almost never met".
fn with_adverbs(document: &Document<'_>, clause: &Clause) -> usize {
    let adverb = |index: &usize| matches!(class(document, *index), WordClass::Adverb | WordClass::Negation);
    (clause.tokens.start..clause.verb).rev().take_while(adverb).last().unwrap_or(clause.verb)
}

/// A participle that looks like a past between the commas of an insertion: "The audit, released on
/// Wednesday, found …".
fn inserted(document: &Document<'_>, clauses: &[Clause], at: usize) -> Option<Telling> {
    let (clause, next) = (clauses.get(at)?, clauses.get(at + 1)?);
    let comma = |index: usize| index.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    let both = document.senses.get(clause.verb).is_some_and(|senses| senses.may_be(WordClass::VerbParticiple));
    if !(both && comma(clause.verb) && comma(next.verb)) || intransitive(document, clause.verb) {
        return None;
    }
    let noun = described(document, clause.tokens.start, clause.verb);
    let group = clause::group_end(document, clause.verb, clause.tokens.end);
    let link = link(document, &noun, false);
    let rest = group..stop(document, group, clause.tokens.end, false);
    Some(Telling { actors: Actors::subject(noun)?, opener: None, link, verb: clause.verb..group, rest })
}

/// Whether a verb has no object.
fn intransitive(document: &Document<'_>, verb: usize) -> bool {
    INTRANSITIVE.iter().any(|word| document.word(verb).eq_ignore_ascii_case(word))
}

/// The form of "be" that goes with a noun phrase.
fn link(document: &Document<'_>, noun: &Range<usize>, ahead: bool) -> &'static str {
    let own = noun.clone().take_while(|index| class(document, *index) != WordClass::Preposition);
    let head = own.filter(|index| class(document, *index).is_noun()).last();
    let many = head.is_some_and(|head| class(document, head) == WordClass::NounPlural)
        || noun.clone().any(|index| class(document, index) == WordClass::Conjunction);
    match (ahead, many) {
        (true, false) => "is",
        (true, true) => "are",
        (false, false) => "was",
        (false, true) => "were",
    }
}

/// Whether the verb lacks what it acts on.
fn takes_object(document: &Document<'_>, rest: &Range<usize>, time: &Range<usize>) -> bool {
    let next = if time.start == rest.start { time.end } else { rest.start };
    next >= rest.end
        || matches!(class(document, next), WordClass::Preposition | WordClass::Mark | WordClass::Adverb | WordClass::To)
}

/// Where the clause ends that tells what the verb of the clause at `at` is about: "found that …".
fn content_end(document: &Document<'_>, clauses: &[Clause], at: usize) -> Option<usize> {
    let clause = clauses.get(at)?;
    let next = clauses.get(at + 1)?;
    let opens = next.tokens.start;
    let group = clause::group_end(document, clause.verb, clause.tokens.end);
    let says = has(document, clause.verb, Trait::Reporting);
    let that = class(document, opens) == WordClass::Subordinator && CONTENT.contains(&document.word(opens));
    let what = class(document, opens) == WordClass::Wh && opens <= group + usize::from(says);
    let opened = is_mark(document, opens)
        || matches!(class(document, opens), WordClass::Conjunction | WordClass::Wh | WordClass::Subordinator);
    // A verb that follows without any word between is no verb of its own: "made her more worried".
    let own = opens + 1 >= next.verb && subject::opener_of(document, clause).is_none();
    if !(that || what || !opened && (says || own)) {
        return None;
    }
    let group = clause::group_end(document, next.verb, next.tokens.end);
    let end = stop(document, group, next.tokens.end, is_auxiliary(document, group - 1));
    if end < next.tokens.end { Some(end) } else { content_end(document, clauses, at + 1).or(Some(end)) }
}

/// Subordinators that open what a verb is about.
const CONTENT: [&str; 4] = ["that", "whether", "how", "than"];

/// A participle with the noun that it describes: "the treaty, signed in 1994".
fn participle(
    document: &Document<'_>,
    clauses: &[Clause],
    verb: usize,
    time: &Range<usize>,
    ahead: bool,
) -> Option<Telling> {
    let at = clauses.iter().position(|clause| clause.tokens.contains(&verb))?;
    let clause = clauses.get(at)?;
    let limit = clauses.first()?.tokens.start;
    let group = clause::group_end(document, verb, clause.tokens.end);
    let follows = clause.verb > verb;
    let end = if follows { clause.verb } else { clause.tokens.end };
    let end = stop(document, group, end, false);
    let told = (end == clause.tokens.end).then(|| spoken_end(document, clauses, at)).flatten();
    let rest = group..told.unwrap_or(end);
    let plain = |actors| Some(Telling { actors, opener: None, link: "", verb: verb..group, rest: rest.clone() });
    if is_finite(document, clause, at == 0, verb, time) {
        let opener = subject::opener_of(document, clause).filter(|_| !follows);
        if let Some(opener) = opener.filter(|_| document.word(verb.saturating_sub(1)) == ",") {
            // "The bishop, whose diocese ends there, announced …".
            return plain(Actors::subject(subject::antecedent(document, limit, opener))?);
        }
        if follows || document.word(clause.verb.saturating_sub(1)) == "," {
            return plain(subject::before(document, clause.tokens.start..verb, time).and_then(Actors::subject)?);
        }
        return plain(Actors::subject(described(document, clause.verb + 1, before_insertion(document, clause, verb)))?);
    }
    let mut noun = described(document, limit, verb);
    if !noun.clone().any(|index| class(document, index).is_noun() || class(document, index) == WordClass::Pronoun) {
        // "Founded in 1887, the bank …": what it describes follows.
        let leads = follows && !names_something(document, limit..verb);
        let region = (verb..clause.verb).find(|index| document.word(*index) == ",").map(|comma| comma + 1..clause.verb);
        noun = region.filter(|_| leads).and_then(|region| subject::before(document, region, time))?;
    }
    let passive = class(document, verb) != WordClass::VerbGerund;
    let link = if passive { link(document, &noun, ahead) } else { "" };
    Some(Telling { actors: Actors::subject(noun)?, opener: None, link, verb: verb..group, rest })
}

/// Whether a form that looks like a participle is the verb of its clause after all.
fn is_finite(document: &Document<'_>, clause: &Clause, first: bool, verb: usize, time: &Range<usize>) -> bool {
    if class(document, verb) == WordClass::VerbGerund {
        return false;
    }
    let group = clause::group_end(document, verb, clause.tokens.end);
    let comma = |index: usize| index.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    let past = document.senses.get(verb).is_some_and(|senses| senses.may_be(WordClass::VerbPast));
    let opens = |index: usize| matches!(class(document, index), WordClass::Subordinator | WordClass::Wh);
    let main = clause.verb > verb && past && (verb..clause.verb).any(opens);
    let after = comma(verb) && clause.verb < verb && past;
    let relative = after && first && subject::opener_of(document, clause).is_some();
    let resumed = after && comma(clause.verb);
    let says = comma(verb) && has(document, verb, Trait::Reporting) && speaks(document, group, time);
    intransitive(document, verb) || main || relative || resumed || says
}

/// The end of the words before `verb` without an insertion: "his wife, Margaret, died".
fn before_insertion(document: &Document<'_>, clause: &Clause, verb: usize) -> usize {
    if document.word(verb - 1) != "," {
        return verb;
    }
    (clause.verb + 1..verb - 1).rev().find(|index| document.word(*index) == ",").unwrap_or(verb)
}

/// Where the clause ends that tells what the participle after the clause at `at` reports.
fn spoken_end(document: &Document<'_>, clauses: &[Clause], at: usize) -> Option<usize> {
    let next = clauses.get(at + 1)?;
    let that =
        class(document, next.tokens.start) == WordClass::Subordinator && document.word(next.tokens.start) == "that";
    let group = clause::group_end(document, next.verb, next.tokens.end);
    that.then(|| stop(document, group, next.tokens.end, is_auxiliary(document, group - 1)))
}

/// Whether what follows a verb of speech shows that it is the verb of its clause.
fn speaks(document: &Document<'_>, after: usize, time: &Range<usize>) -> bool {
    let next = if time.start <= after + 1 && time.end > after { time.end } else { after };
    class(document, next) == WordClass::Subordinator
        || class(document, next).is_noun()
        || class(document, next).is_modifier()
        || class(document, next) == WordClass::Pronoun
}

/// The noun phrase that a participle describes; empty when there is none.
fn described(document: &Document<'_>, limit: usize, verb: usize) -> Range<usize> {
    let mut end = verb;
    let skipped = |index: usize| {
        class(document, index) == WordClass::Adverb
            || matches!(document.word(index), "," | "first" | "last" | "First" | "Last")
    };
    while end > limit && skipped(end - 1) {
        end -= 1;
    }
    let noun = trimmed(document, subject::phrase_start(document, limit, end, Reach::Of)..end);
    let indefinite = matches!(document.word(noun.start), "a" | "an");
    let comma = noun.start.checked_sub(1).filter(|comma| *comma > limit && indefinite && document.word(*comma) == ",");
    // "Mayor Kowalczyk, a Democrat first elected in 2017": she was elected.
    let apposed = comma.filter(|comma| class(document, *comma - 1) == WordClass::Proper);
    apposed.map_or(noun, |comma| trimmed(document, subject::phrase_start(document, limit, comma, Reach::Of)..comma))
}

/// Verbs without an object: their participle describes no noun, so they tell what happened.
const INTRANSITIVE: [&str; 32] = [
    "died",
    "resigned",
    "arrived",
    "happened",
    "occurred",
    "appeared",
    "disappeared",
    "collapsed",
    "emerged",
    "erupted",
    "retired",
    "soured",
    "survived",
    "vanished",
    "landed",
    "lasted",
    "remained",
    "expired",
    "departed",
    "escaped",
    "returned",
    "started",
    "ended",
    "crashed",
    "exploded",
    "failed",
    "met",
    "came",
    "went",
    "said",
    "told",
    "added",
];

/// Whether a word makes a condition of what follows.
pub fn is_condition(word: &str) -> bool {
    ["if", "unless"].iter().any(|condition| word.eq_ignore_ascii_case(condition))
}

/// Whether token `index` has a trait.
fn has(document: &Document<'_>, index: usize, wanted: Trait) -> bool {
    document.senses.get(index).is_some_and(|senses| senses.has(wanted))
}

/// Whether token `index` is a verb that says nothing alone.
fn is_auxiliary(document: &Document<'_>, index: usize) -> bool {
    class(document, index) == WordClass::Modal || document.senses.get(index).is_some_and(|senses| senses.is_auxiliary())
}

/// Where what belongs to the verb group that ends before `from` stops: at a mark or at a clause of
/// its own. `bare` verbs want a word after them.
fn stop(document: &Document<'_>, from: usize, limit: usize, bare: bool) -> usize {
    let told =
        |index: usize| index > from + usize::from(bare) || index > from && names_something(document, from..index);
    (from..limit)
        .find(|index| match class(document, *index) {
            WordClass::Mark => {
                matches!(document.word(*index), "," | ";" | ":" | "–" | "—" | "--" | "(" | "." | "?" | "!")
                    && (!bare || told(*index))
            }
            WordClass::Wh => told(*index),
            WordClass::Subordinator => {
                let rough = document.word(*index) == "as" && class(document, *index - 1) == WordClass::Adverb;
                !rough && !CONTENT.contains(&document.word(*index)) && (!bare || told(*index))
            }
            _ => false,
        })
        .unwrap_or(limit)
}
