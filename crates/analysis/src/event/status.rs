//! Decides whether an event happened, will happen, happens regularly or might happen.

use super::host::GoverningClause;
use super::{Granularity, Status};
use crate::clause::Tense;
use crate::document::Document;
use crate::lexicon::lists::{self, WordList};
use crate::word_class::{Trait, WordClass};
use jiff::civil::Date;
use std::ops::Range;

/// Returns the status of the event in `host`.
pub(super) fn status(
    document: &Document<'_>,
    host: &GoverningClause,
    interval: Option<(Date, Date)>,
    reference: Option<Date>,
) -> Status {
    let placed = interval.zip(reference);
    let ahead = placed.is_some_and(|(interval, reference)| interval.0 > reference);
    let future = host.tense == Some(Tense::Future);
    if says_any(document, &host.tokens, &lists::OPEN) && !host.says && (ahead || host.tense == Some(Tense::Conditional))
    {
        return Status::Hypothetical;
    }
    if denied(document, host) {
        return Status::Hypothetical;
    }
    let open_end = placed.is_none_or(|(interval, reference)| interval.1 >= reference);
    if ahead || (open_end && future) || (open_end && host.tense == Some(Tense::Conditional) && !host.says) {
        return Status::Scheduled;
    }
    if host.tense == Some(Tense::Present) && says_any(document, &host.tokens, &lists::HABITS) {
        return Status::Habitual;
    }
    Status::Past
}

/// Returns whether a range contains one of the words. Skips "May", because it is usually the month.
fn says_any(document: &Document<'_>, tokens: &Range<usize>, words: &WordList) -> bool {
    let month = |index: usize| document.word(index) == "May";
    tokens.clone().any(|index| !month(index) && words.contains_any_case(document.word(index)))
}

/// Returns whether a word of denial introduces the clause: "denied that it had fired on Monday".
fn denied(document: &Document<'_>, host: &GoverningClause) -> bool {
    let from = host.tokens.start.saturating_sub(4);
    !host.says && says_any(document, &(from..host.tokens.start), &lists::DENYING)
}

/// Returns whether the clause describes a state at the time of writing rather than an event: "is the third storm this
/// month".
pub(super) fn is_standing(
    document: &Document<'_>,
    host: &GoverningClause,
    interval: Option<(Date, Date)>,
    granularity: Granularity,
    reference: Option<Date>,
) -> bool {
    let Some(verb) = host.verb else { return false };
    let current = interval.zip(reference).is_some_and(|((begin, end), now)| begin <= now && now <= end);
    let be = document.senses.get(verb).is_some_and(|senses| senses.has(Trait::Be));
    let passive = (verb + 1..verb + 4)
        .any(|index| matches!(document.classes.get(index), Some(WordClass::VerbParticiple | WordClass::VerbGerund)));
    // "expires at the end of the year".
    let ends = (host.tokens.start..host.tokens.end).any(|index| document.word(index) == "end") && !be;
    let state = !ends && host.tense == Some(Tense::Present) && current && granularity != Granularity::Range;
    // A bare clock time in the present tense describes a habit: "the bus leaves at noon".
    state && (granularity > Granularity::Day || granularity == Granularity::Time || (be && !passive))
}
