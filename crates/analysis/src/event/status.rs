//! Decides whether an event happened, will happen, happens regularly or might happen.

use super::governing_clause::GoverningClause;
use super::{Granularity, Status};
use crate::clause::Tense;
use crate::document::Document;
use crate::lexicon::lists::{self, WordList};
use crate::pos::PennTag;
use crate::word_class::{Trait, WordClass};
use jiff::civil::Date;
use std::ops::Range;

/// Returns the status of the event in the clause `governing`, whose verb shares the tokens `auxiliaries` with the verb
/// before it.
pub(super) fn status(
    document: &Document<'_>,
    governing: &GoverningClause,
    auxiliaries: &[usize],
    interval: Option<(Date, Date)>,
    reference: Option<Date>,
) -> Status {
    let placed = interval.zip(reference);
    let ahead = placed.is_some_and(|(interval, reference)| interval.0 > reference);
    let future = governing.tense == Some(Tense::Future) || is_arranged(document, governing);
    let open = auxiliaries.iter().any(|index| lists::OPEN.contains(document.word(*index)))
        || says_any(document, &governing.tokens, &lists::OPEN);
    if open && !governing.says && (ahead || governing.tense == Some(Tense::Conditional)) {
        return Status::Hypothetical;
    }
    if denied(document, governing) || is_unreal(document, governing) || is_abandoned(document, governing) {
        return Status::Hypothetical;
    }
    let open_end = placed.is_none_or(|(interval, reference)| interval.1 >= reference);
    if ahead || (open_end && future) || (open_end && governing.tense == Some(Tense::Conditional) && !governing.says) {
        return Status::Scheduled;
    }
    // A verb of expectation in the present tense, as in "The city expects a million visitors this year."
    let planned = governing.verb.is_some_and(|verb| lists::PLANS.contains_any_case(document.word(verb)));
    if open_end && planned && governing.tense == Some(Tense::Present) {
        return Status::Scheduled;
    }
    if governing.tense == Some(Tense::Present) && says_any(document, &governing.tokens, &lists::HABITS) {
        return Status::Habitual;
    }
    Status::Past
}

/// Returns whether the verb is a modal before a perfect, such as "would have spoken". This form is used for events that
/// did not happen or may not have happened.
fn is_unreal(document: &Document<'_>, governing: &GoverningClause) -> bool {
    /// Maximum distance, in tokens, between a modal and "have", as in "could not possibly have".
    const NEAR: usize = 3;
    let Some(verb) = governing.verb.filter(|_| governing.tense == Some(Tense::Conditional)) else { return false };
    let have = (verb + 1..=verb + NEAR).find(|index| document.word(*index) == "have");
    let perfect = have.is_some_and(|have| document.penn(have + 1) == PennTag::Vbn);
    perfect && lists::UNREAL_WITH_HAVE.contains_any_case(document.word(verb))
}

/// Returns whether the verb says that an arrangement was made and did not last: "had been set for Friday", "was to have
/// spoken".
fn is_abandoned(document: &Document<'_>, governing: &GoverningClause) -> bool {
    let Some(verb) = governing.verb else { return false };
    let words = [0, 1, 2, 3].map(|steps| document.word(verb + steps));
    let had_been = words[0] == "had" && words[1] == "been";
    let arranged = had_been && lists::INTENDED.contains(words[2]);
    let infinitive = matches!(words[0], "was" | "were") && words[1] == "to" && words[2] == "have";
    arranged || infinitive && document.penn(verb + 3) == PennTag::Vbn
}

/// Returns whether the verb is a form of "be" before an infinitive, which expresses an arrangement: "was to reopen".
fn is_arranged(document: &Document<'_>, governing: &GoverningClause) -> bool {
    let be = |verb: usize| document.senses.get(verb).is_some_and(|senses| senses.has(Trait::Be));
    let infinitive = |verb: usize| document.word(verb + 1) == "to" && document.penn(verb + 2) == PennTag::Vb;
    governing.verb.is_some_and(|verb| be(verb) && infinitive(verb))
}

/// Returns whether a range contains one of the words. Skips "May", because it is usually the month.
fn says_any(document: &Document<'_>, tokens: &Range<usize>, words: &WordList) -> bool {
    let month = |index: usize| document.word(index) == "May";
    // In "would decide whether to stay", the decision is certain and only its content is open.
    let content = |index: usize| document.word(index) == "whether" && index > tokens.start;
    tokens.clone().any(|index| !month(index) && !content(index) && words.contains_any_case(document.word(index)))
}

/// Returns whether a word of denial introduces the clause, as in "denied that it had fired on Monday".
fn denied(document: &Document<'_>, governing: &GoverningClause) -> bool {
    let from = governing.tokens.start.saturating_sub(4);
    !governing.says && says_any(document, &(from..governing.tokens.start), &lists::DENYING)
}

/// Returns whether the clause describes a state at the time of writing rather than an event, as in "is the third storm
/// this month".
pub(super) fn is_standing(
    document: &Document<'_>,
    governing: &GoverningClause,
    time: &Range<usize>,
    interval: Option<(Date, Date)>,
    granularity: Granularity,
    reference: Option<Date>,
) -> bool {
    let Some(verb) = governing.verb else { return false };
    // A verb of expectation reports an event, as in "The city expects six million visitors this year."
    if lists::PLANS.contains_any_case(document.word(verb)) {
        return false;
    }
    let current = interval.zip(reference).is_some_and(|((begin, end), now)| begin <= now && now <= end);
    let be = document.senses.get(verb).is_some_and(|senses| senses.has(Trait::Be));
    let passive = (verb + 1..verb + 4)
        .any(|index| matches!(document.classes.get(index), Some(WordClass::VerbParticiple | WordClass::VerbGerund)));
    // The end of a period is an event, as in "expires at the end of the year".
    let ends = (governing.tokens.start..governing.tokens.end).any(|index| document.word(index) == "end") && !be;
    let state = !ends && governing.tense == Some(Tense::Present) && current && granularity != Granularity::Range;
    // A time of day with the present tense describes a habit, as in "the bus leaves at noon". At the start of a
    // sentence, "today" means "nowadays", as in "Today about 900 people speak it".
    let nowadays =
        time.len() == 1 && document.word(time.start).eq_ignore_ascii_case("today") && time.end <= verb && !passive;
    state && (nowadays || granularity > Granularity::Day || granularity == Granularity::Time || (be && !passive))
}
