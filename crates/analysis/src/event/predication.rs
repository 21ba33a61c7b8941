//! Finds the predications of a sentence, as tokens: the subject, the verb and its complements up to the first
//! trailing clause. Uses word classes and clauses only; does not format rows.

use super::governing_clause::GoverningClause;
use super::participle::{inserted, participle};
use super::phrase::{Reach, class, is_mark, names_something, phrase_start, trimmed};
use super::predicate::{Predication, has, intransitive, is_auxiliary, stop};
use super::subject::{self, Arguments};
use crate::clause::{self, Clause};
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

impl Predication {
    /// Replaces a bare reporting clause by the content before it: "she died, her son said".
    pub(super) fn or_content(self, document: &Document<'_>, sentence: &Range<usize>) -> Self {
        let says =
            |index: usize| has(document, index, Trait::Reporting) || matches!(document.word(index), "showed" | "show");
        let says = self.verb.clone().any(says);
        let content_end = self.arguments.subject.start.saturating_sub(1);
        let led = class(document, self.complement.start) == WordClass::Preposition && document.word(content_end) == ",";
        let empty = led
            || !self.complement.clone().any(|index| {
                names_something(document, index..index + 1)
                    && !document.senses.get(index).is_some_and(|senses| senses.has(Trait::Calendar))
            });
        let content = trimmed(document, sentence.start..self.arguments.subject.start.max(sentence.start));
        let clauses = clause::clauses(document, content.clone());
        // "A man who fled on Monday gave himself up, police said": not the clause that identifies the man.
        let main = |clause: &Clause| {
            class(document, clause.tokens.start) != WordClass::Subordinator
                && subject::complementizer_of(document, clause).is_none()
        };
        let at = clauses.iter().position(main).unwrap_or(0);
        let Some(first) = clauses.get(at).filter(|_| says && empty && content.len() > 3) else { return self };
        let nowhere = content.end..content.end;
        finite(document, &clauses, at, &nowhere).filter(|_| first.verb < content.end).unwrap_or(self)
    }
}

/// Returns the predication of `governing` in the sentence at tokens `sentence`; `None` when its verb has no subject.
pub(super) fn predication(
    document: &Document<'_>,
    sentence: &Range<usize>,
    governing: &GoverningClause,
    time: &Range<usize>,
    ahead: bool,
) -> Option<Predication> {
    let clauses = clause::clauses(document, sentence.clone());
    let verb = governing.shared.map(|(verb, _)| verb).or(governing.verb)?;
    let predication = of_verb(document, &clauses, verb, time, ahead)?;
    let Some((_, other)) = governing.shared else { return Some(predication) };
    let own = |index: usize| !time.contains(&index) && class(document, index).is_noun();
    // Words that only repeat the verb ("and again in 2023") take their complement from the words before the other
    // date.
    let before =
        (predication.complement.start..other).rev().find(|index| class(document, *index) != WordClass::Preposition);
    let repeated = predication.complement.start..before.map_or(predication.complement.start, |last| last + 1);
    let complement = if governing.tokens.clone().any(own) { governing.tokens.clone() } else { repeated };
    let first = governing.tokens.start;
    let verbal = document.senses.get(first).is_some_and(|senses| senses.may_be(WordClass::VerbPresent));
    if verbal && class(document, first).is_noun() && complement.start == first {
        // "and hopes to report in May": a separate verb.
        return Some(Predication { verb: first..first + 1, complement: first + 1..complement.end, ..predication });
    }
    Some(Predication { complement, ..predication })
}

/// Returns the predication of `verb` in a sentence with `clauses`.
fn of_verb(
    document: &Document<'_>,
    clauses: &[Clause],
    verb: usize,
    time: &Range<usize>,
    ahead: bool,
) -> Option<Predication> {
    match clauses.iter().position(|clause| clause.verb == verb) {
        Some(at) => finite(document, clauses, at, time),
        None => participle(document, clauses, verb, time, ahead),
    }
}

/// Returns the predication of a clause with its finite verb.
fn finite(document: &Document<'_>, clauses: &[Clause], at: usize, time: &Range<usize>) -> Option<Predication> {
    let clause = clauses.get(at)?;
    if let Some(predication) = inserted(document, clauses, at, time) {
        return Some(predication);
    }
    let arguments = subject::of(document, clauses, at, time)?;
    let group = clause::group_end(document, clause.verb, clause.tokens.end);
    let end = stop(document, group, clause.tokens.end, is_auxiliary(document, group - 1), time);
    let end = if end == clause.tokens.end { content_end(document, clauses, at, time).unwrap_or(end) } else { end };
    let complement = spoken(document, clauses, at, group..end.max(group), time);
    let verb = with_adverbs(document, clause, time);
    let contact = || contact_object(document, clause, &arguments.subject);
    let object = arguments.object.clone().or_else(contact).filter(|_| takes_object(document, &complement, time));
    let complementizer = (clause.tokens.start..clause.verb).take(2).find(|index| is_condition(document.word(*index)));
    Some(Predication {
        arguments: Arguments { object, ..arguments },
        complementizer,
        auxiliary: "",
        verb: verb..group,
        complement,
    })
}

/// Returns the content of a reporting verb when only its date precedes an insertion: "said on Monday, after the vote,
/// that …".
fn spoken(
    document: &Document<'_>,
    clauses: &[Clause],
    at: usize,
    complement: Range<usize>,
    time: &Range<usize>,
) -> Range<usize> {
    let Some((clause, next)) = clauses.get(at).zip(clauses.get(at + 1)) else { return complement };
    let plain = |index: usize| time.contains(&index) || class(document, index) == WordClass::Preposition;
    let says = has(document, clause.verb, Trait::Reporting) && complement.clone().all(plain);
    if !says || document.word(next.tokens.start) != "that" {
        return complement;
    }
    let group = clause::group_end(document, next.verb, next.tokens.end);
    next.tokens.start..stop(document, group, next.tokens.end, is_auxiliary(document, group - 1), time)
}

/// Returns where a verb group begins, including the adverbs before it, because without them it may say the opposite:
/// "almost never met".
fn with_adverbs(document: &Document<'_>, clause: &Clause, time: &Range<usize>) -> usize {
    let adverb = |index: &usize| {
        !time.contains(index) && matches!(class(document, *index), WordClass::Adverb | WordClass::Negation)
    };
    (clause.tokens.start..clause.verb).rev().take_while(adverb).last().unwrap_or(clause.verb)
}

/// Returns the antecedent of a relative clause without a relative word: "the budget I presented in October".
fn contact_object(document: &Document<'_>, clause: &Clause, subject: &Range<usize>) -> Option<Range<usize>> {
    let noun = subject.start.checked_sub(1).filter(|noun| *noun >= clause.tokens.start)?;
    let own = subject.len() == 1 && has(document, subject.start, Trait::Subject);
    let named = class(document, noun).is_noun() && !has(document, noun, Trait::Calendar);
    (own && named && !intransitive(document, clause.verb))
        .then(|| phrase_start(document, clause.tokens.start, subject.start, Reach::Of)..subject.start)
}

/// Returns whether the verb lacks an object.
fn takes_object(document: &Document<'_>, complement: &Range<usize>, time: &Range<usize>) -> bool {
    let next = if time.start == complement.start { time.end } else { complement.start };
    next >= complement.end
        || matches!(class(document, next), WordClass::Preposition | WordClass::Mark | WordClass::Adverb | WordClass::To)
}

/// Returns the end of the complement clause of the verb at `at`: "found that …".
fn content_end(document: &Document<'_>, clauses: &[Clause], at: usize, time: &Range<usize>) -> Option<usize> {
    let clause = clauses.get(at)?;
    let next = clauses.get(at + 1)?;
    let opens = next.tokens.start;
    let group = clause::group_end(document, clause.verb, clause.tokens.end);
    let says = has(document, clause.verb, Trait::Reporting);
    let that =
        class(document, opens) == WordClass::Subordinator && lists::CONTENT_OPENERS.contains(document.word(opens));
    let what = class(document, opens) == WordClass::Wh && opens <= group + usize::from(says);
    let opened = is_mark(document, opens)
        || matches!(class(document, opens), WordClass::Conjunction | WordClass::Wh | WordClass::Subordinator);
    // A verb that follows immediately is not the verb of a new clause: "made her more worried".
    let own = opens + 1 >= next.verb && subject::complementizer_of(document, clause).is_none();
    if !(that || what || !opened && (says || own)) {
        return None;
    }
    let group = clause::group_end(document, next.verb, next.tokens.end);
    let end = stop(document, group, next.tokens.end, is_auxiliary(document, group - 1), time);
    if end < next.tokens.end { Some(end) } else { content_end(document, clauses, at + 1, time).or(Some(end)) }
}

/// Returns whether a word makes a condition of what follows.
pub(super) fn is_condition(word: &str) -> bool {
    ["if", "unless"].iter().any(|condition| word.eq_ignore_ascii_case(condition))
}
