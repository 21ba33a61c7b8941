//! Decides whether a time that describes a noun also dates the verb: "spoke in a 2014 interview", "lost the 1998 election".

use super::governing_clause::GoverningClause;
use super::phrase::class;
use super::predicate::Predication;
use crate::document::Document;
use crate::lexicon::lists;
use crate::syntax::{ClauseForm, ClauseKind, Parsed, Tense};
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Maximum distance from a time to the words that it depends on, in tokens.
const NEAR: usize = 5;

/// Queries for a time before a noun.
impl Parsed {
    /// Returns whether the expression at tokens `time`, which describes a noun, also dates the verb of its clause. It
    /// does if the verb says that its subject took part in the event that the noun names, or if the noun is the
    /// occasion.
    pub(super) fn shares_date(&self, document: &Document<'_>, time: &Range<usize>) -> bool {
        let Some(noun) = head(document, time) else { return false };
        let Some(lead) = lead(document, self.tokens.start, time) else { return false };
        let word = document.word(lead);
        let happening = lists::HAPPENINGS.contains_any_case(document.word(noun));
        let occasion = lists::OCCASION_PREPOSITIONS.contains_any_case(word)
            && (happening || lists::OCCASIONS.contains_any_case(document.word(noun)));
        let before = || lead.checked_sub(1).map_or("", |before| document.word(before));
        let takes_part =
            lists::PARTICIPATION.contains_any_case(word) || word == "to" && lists::APPROACH.contains_any_case(before());
        // Example: "was the winner of Tuesday's primary".
        let part = happening
            && word == "of"
            && lists::PARTICIPANTS.contains_any_case(before())
            && self.is_predicate(document, lead);
        occasion && self.is_in_past(document, time) || happening && takes_part || part
    }

    /// Returns whether token `at` is in the predicate of a form of "be" in the past tense.
    fn is_predicate(&self, document: &Document<'_>, at: usize) -> bool {
        self.governing(document, &(at..at + 1)).is_some_and(|clause| {
            let be = document.senses.get(self.tokens.start + clause.head).is_some_and(|senses| senses.has(Trait::Be));
            be && clause.tense == Tense::Past && self.tokens.start + clause.verbs.end <= at
        })
    }

    /// Returns whether the clause around the expression is in the past tense.
    fn is_in_past(&self, document: &Document<'_>, time: &Range<usize>) -> bool {
        self.governing(document, time).is_some_and(|clause| {
            let first = self.tokens.start + clause.verbs.start;
            let perfect = document.senses.get(first).is_some_and(|senses| senses.has(Trait::Have))
                && clause.verbs.len() > 1
                && document.word(first) != "had";
            clause.form == ClauseForm::Finite && clause.tense == Tense::Past && !perfect
        })
    }

    /// Returns the relative clause that says what happened at the event that the described noun names: "the 1953 flood,
    /// in which 300 people drowned", "a 2005 video in which he spoke of it".
    pub(super) fn at_occasion(
        &self,
        document: &Document<'_>,
        time: &Range<usize>,
    ) -> Option<(GoverningClause, Predication)> {
        let noun = head(document, time)?;
        let after = noun + 1 + usize::from(document.word(noun + 1) == ",");
        let led = lists::OCCASION_PREPOSITIONS.contains_any_case(document.word(after));
        let opener = after + usize::from(led);
        let opens = if led { document.word(opener) == "which" } else { document.word(opener) == "where" };
        let clause = self.syntax().clauses.iter().find(|clause| {
            clause.opener.is_some_and(|at| self.tokens.start + at == opener)
                && clause.form == ClauseForm::Finite
                && clause.kind == ClauseKind::Relative
                && clause.tense == Tense::Past
        });
        self.row(document, clause.filter(|_| opens)?, time)
    }
}

/// Returns the main noun of the phrase that the expression at tokens `time` describes: "primary" in "Tuesday's Wyoming
/// Republican primary".
fn head(document: &Document<'_>, time: &Range<usize>) -> Option<usize> {
    let owned = matches!(document.word(time.end), "'s" | "’s" | "’");
    let start = time.end + usize::from(owned);
    let inside = |index: &usize| {
        let class = class(document, *index);
        class.is_noun() || class == WordClass::Adjective
    };
    (start..start + NEAR).take_while(inside).filter(|index| class(document, *index).is_noun()).last()
}

/// Returns the preposition or verb before the noun phrase that begins with the expression at tokens `time`.
fn lead(document: &Document<'_>, limit: usize, time: &Range<usize>) -> Option<usize> {
    let inside = |index: usize| {
        let class = class(document, index);
        matches!(class, WordClass::Determiner | WordClass::Possessive | WordClass::Adjective | WordClass::Adverb)
            || matches!(document.word(index), "'s" | "’s")
            || class == WordClass::Proper
    };
    let start = time.start.saturating_sub(NEAR).max(limit);
    (start..time.start).rev().find(|index| !inside(*index))
}
