//! Finds predications: the tokens of a subject, its verb, and the complements up to the first trailing clause. Uses
//! only word classes and clauses. Another module formats the rows.

use super::governing_clause::GoverningClause;
use super::participle::{inserted, participle};
use super::phrase::{class, names_something};
use super::predicate::{Predication, has};
use crate::clause::{self, Clause};
use crate::document::Document;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

impl Predication {
    /// Returns whether this is a reporting clause without its own content, as in "her son said on Monday".
    pub(super) fn reports_nothing(&self, document: &Document<'_>) -> bool {
        let says =
            |index: usize| has(document, index, Trait::Reporting) || matches!(document.word(index), "showed" | "show");
        let before = self.arguments.subject.start.saturating_sub(1);
        let led = class(document, self.complement.start) == WordClass::Preposition && document.word(before) == ",";
        let named = |index: usize| {
            names_something(document, index..index + 1)
                && !document.senses.get(index).is_some_and(|senses| senses.has(Trait::Calendar))
        };
        self.verb.clone().any(says) && (led || !self.complement.clone().any(named))
    }
}

/// Returns the predication of the clause `governing`. This is `read`, which the clause parser found, or else the
/// predication of a participle in the sentence at tokens `sentence`. Returns `None` if the verb has no subject.
pub(super) fn predication(
    document: &Document<'_>,
    sentence: &Range<usize>,
    governing: &GoverningClause,
    time: &Range<usize>,
    read: Option<Predication>,
) -> Option<Predication> {
    let verb = governing.shared.map(|(verb, _)| verb).or(governing.verb)?;
    let predication = read.or_else(|| {
        let clauses = clause::clauses(document, sentence.clone());
        of_verb(document, &clauses, verb, time)
    })?;
    let Some((_, other)) = governing.shared else { return Some(predication) };
    let own = |index: usize| !time.contains(&index) && class(document, index).is_noun();
    // If the words around the second date contain no noun, as in "and again in 2023", the complement before the first
    // date is used.
    let before =
        (predication.complement.start..other).rev().find(|index| class(document, *index) != WordClass::Preposition);
    let repeated = predication.complement.start..before.map_or(predication.complement.start, |last| last + 1);
    let complement = if governing.tokens.clone().any(own) { governing.tokens.clone() } else { repeated };
    let first = governing.tokens.start;
    let verbal = document.senses.get(first).is_some_and(|senses| senses.may_be(WordClass::VerbPresent));
    if verbal && class(document, first).is_noun() && complement.start == first {
        // A second verb follows a conjunction, as in "and hopes to report in May".
        return Some(Predication { verb: first..first + 1, complement: first + 1..complement.end, ..predication });
    }
    Some(Predication { complement, ..predication })
}

/// Returns the predication of the participle at token `verb` in a sentence with `clauses`.
fn of_verb(document: &Document<'_>, clauses: &[Clause], verb: usize, time: &Range<usize>) -> Option<Predication> {
    match clauses.iter().position(|clause| clause.verb == verb) {
        Some(at) => inserted(document, clauses, at, time),
        None => participle(document, clauses, verb, time),
    }
}

/// Returns whether the verb can still take an object, because its complements are empty or begin with another kind of
/// word.
pub(super) fn takes_object(document: &Document<'_>, complement: &Range<usize>, time: &Range<usize>) -> bool {
    let next = if time.start == complement.start { time.end } else { complement.start };
    next >= complement.end
        || matches!(class(document, next), WordClass::Preposition | WordClass::Mark | WordClass::Adverb | WordClass::To)
}

/// Returns whether a word begins a condition.
pub(super) fn is_condition(word: &str) -> bool {
    ["if", "unless"].iter().any(|condition| word.eq_ignore_ascii_case(condition))
}
