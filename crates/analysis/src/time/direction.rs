//! Determines the direction (past or future) of a time expression from the tense of its governing verb and from words
//! such as "due" or "until".

use super::evidence::Evidence;
use super::finding::{Direction, Finding};
use super::table::table;
use super::vocabulary::Class;
use crate::document::Document;
use crate::lexicon::lists;
use crate::pos::PennTag;
use crate::word_class::{Trait, WordClass};
use dateline_core::article::BlockKind;
use std::ops::Range;

/// Returns the direction shown by words next to the expression.
pub(super) fn by_words(document: &Document<'_>, sentence: &Range<usize>, expression: &Range<usize>) -> Option<Finding> {
    if is_put_off(document, sentence, expression.start) {
        return Some(Finding::ahead(Evidence::PutOff));
    }
    if is_appointed(document, expression) {
        return Some(Finding::ahead(Evidence::Plan));
    }
    let direction = by_neighbour(document, sentence, expression.start)
        .or_else(|| by_possessive(document, sentence, expression))
        .or_else(|| by_clause(document, sentence, expression.end))?;
    Some(Finding { direction, evidence: Evidence::Neighbour })
}

/// Returns the direction of the nearest verb.
pub(super) fn by_nearest_verb(document: &Document<'_>, sentence: &Range<usize>, expression: &Range<usize>) -> Finding {
    let Some(verb) = nearest_verb(document, sentence, expression) else { return Finding::UNKNOWN };
    let ahead = is_appointment(document, sentence, expression, verb) || is_condition(document, sentence, verb);
    let direction = if ahead { Direction::Future } else { of_verb(document, sentence, verb) };
    Finding { direction, evidence: Evidence::Nearest }
}

/// Returns the past direction if the expression is a possessive after a word such as "after", as in "after Friday's
/// attack".
fn by_possessive(document: &Document<'_>, sentence: &Range<usize>, expression: &Range<usize>) -> Option<Direction> {
    let lead = expression.start.checked_sub(1).filter(|lead| *lead >= sentence.start)?;
    let possessive = matches!(document.word(expression.end), "'s" | "’s");
    let after = ["after", "following", "since"].iter().any(|word| document.word(lead).eq_ignore_ascii_case(word));
    (possessive && after).then_some(Direction::Past)
}

/// Returns whether the expression is a weekday after "for", as in "called a strike for Saturday" but not in "blamed for
/// Saturday's defeat".
fn is_appointed(document: &Document<'_>, expression: &Range<usize>) -> bool {
    let led = expression.start.checked_sub(1).is_some_and(|lead| document.word(lead).eq_ignore_ascii_case("for"));
    let possessive = matches!(document.word(expression.end), "'s" | "’s" | "'" | "’");
    let named = |index: usize| table().vocabulary.interpretations(document.word(index)).value(Class::Weekday).is_some();
    led && !possessive && expression.clone().any(named)
}

/// Returns the direction of a "when" clause after the expression, as in "the price on Friday, when the talks were
/// reported".
fn by_clause(document: &Document<'_>, sentence: &Range<usize>, end: usize) -> Option<Direction> {
    /// Maximum distance from "when" to its verb, in tokens.
    const MAX_DISTANCE: usize = 12;
    let when = end + usize::from(document.word(end) == ",");
    let opened = when < sentence.end && document.word(when) == "when";
    let verb =
        (when..sentence.end).take(MAX_DISTANCE).find(|index| class(document, *index).is_finite()).filter(|_| opened)?;
    (class(document, verb) == WordClass::VerbPast).then_some(Direction::Past)
}

/// Returns the direction shown by one of the words just before the expression.
fn by_neighbour(document: &Document<'_>, sentence: &Range<usize>, at: usize) -> Option<Direction> {
    let from = at.saturating_sub(3).max(sentence.start);
    (from..at).rev().find_map(|index| {
        let word = document.word(index);
        if word.eq_ignore_ascii_case("until") && has_lasted(document, sentence, index) {
            return Some(Direction::Past);
        }
        if word.eq_ignore_ascii_case("until") && is_denied(document, sentence, index) {
            // After a negated past tense, "until" introduces a past time, as in "had never played until Monday".
            return Some(Direction::Past);
        }
        let next = document.word(index + 1);
        let before = index.checked_sub(1).map_or("", |before| document.word(before));
        let ahead = word.eq_ignore_ascii_case("ahead") && next == "of";
        let not_before = word == "before" && matches!(before, "not" | "Not")
            || next == "than" && matches!(word, "earlier" | "later" | "sooner") && matches!(before, "no" | "not");
        if ahead || not_before && index + 2 >= at {
            return Some(Direction::Future);
        }
        if word.eq_ignore_ascii_case("earlier") && index + 1 == at {
            return Some(Direction::Past);
        }
        if lists::LOOKING_AHEAD.contains_any_case(word) && !gives_cause(document, index) && !is_routine(document, index)
        {
            return Some(Direction::Future);
        }
        word.eq_ignore_ascii_case("since").then_some(Direction::Past)
    })
}

/// Returns whether the verb before the "until" at token `until` describes something completed, as in "it took them
/// until Sunday".
fn has_lasted(document: &Document<'_>, sentence: &Range<usize>, until: usize) -> bool {
    let verb = (sentence.start..until).rev().take(8).find(|index| class(document, *index).is_verb());
    verb.is_some_and(|verb| {
        class(document, verb) == WordClass::VerbPast && lists::LASTED.contains_any_case(document.word(verb))
    })
}

/// Returns whether the participle at token `index` describes the noun after it or is in the past perfect, as in "made a
/// scheduled stop on Sunday" or "had been scheduled to speak". The time is then not necessarily ahead.
fn is_routine(document: &Document<'_>, index: usize) -> bool {
    let before = |distance: usize| index.checked_sub(distance).map_or("", |before| document.word(before));
    let article = matches!(before(1), "a" | "the" | "its" | "their" | "his" | "her");
    article || before(1) == "been" && before(2).eq_ignore_ascii_case("had")
}

/// Returns whether the "due" at token `index` introduces a cause, as in "due to its loss" but not in "due to meet".
fn gives_cause(document: &Document<'_>, index: usize) -> bool {
    document.word(index).eq_ignore_ascii_case("due")
        && document.word(index + 1) == "to"
        && class(document, index + 2) != WordClass::VerbBase
}

/// Returns the word class of the token at `index`.
#[inline]
fn class(document: &Document<'_>, index: usize) -> WordClass {
    crate::steps::step();
    document.classes.get(index).copied().unwrap_or(WordClass::Mark)
}

/// Returns whether the word at token `index` has the trait `wanted`.
#[inline]
pub(super) fn has(document: &Document<'_>, index: usize, wanted: Trait) -> bool {
    document.senses.get(index).is_some_and(|senses| senses.has(wanted))
}

/// Returns whether a nearby verb in the past tense before token `at` is denied, as in "did not meet until", "was not
/// found until" or "had never played until".
fn is_denied(document: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
    /// Maximum distance back to the negation, in tokens.
    const MAX_DISTANCE: usize = 12;
    let past = |index: usize| class(document, index) == WordClass::VerbPast;
    (at.saturating_sub(MAX_DISTANCE).max(sentence.start + 1)..at)
        .filter(|index| lists::NEGATIONS.contains_any_case(document.word(*index)))
        .any(|index| past(index - 1) || past(index + 1))
}

/// Finds the last verb before an expression, or else the first finite verb after it.
fn nearest_verb(document: &Document<'_>, sentence: &Range<usize>, expression: &Range<usize>) -> Option<usize> {
    let is_verb = |index: &usize| class(document, *index).is_verb();
    let before = (sentence.start..expression.start).rev().take(30).find(is_verb);
    before.or_else(|| (expression.end..sentence.end).take(30).find(|index| class(document, *index).is_finite()))
}

/// Returns whether the expression is the date of an appointment, as in "The vote is Friday" or "The hearing is on
/// Tuesday".
pub(super) fn is_appointment(
    document: &Document<'_>,
    sentence: &Range<usize>,
    expression: &Range<usize>,
    verb: usize,
) -> bool {
    let on = expression.start.checked_sub(1).filter(|lead| document.word(*lead).eq_ignore_ascii_case("on"));
    // Check the tag last, because it is the most expensive test: the tagger has to process the whole sentence.
    has(document, verb, Trait::Be)
        && next_in_group(document, sentence, verb) == Some(on.unwrap_or(expression.start))
        && matches!(document.penn(verb), PennTag::Vbz | PennTag::Vbp)
}

/// Returns whether the verb is in the present tense within a condition, as in "If the river rises on Friday".
fn is_condition(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> bool {
    /// Maximum distance from a verb back to the opening word of its clause, in tokens.
    const MAX_DISTANCE: usize = 12;
    let mut before = (sentence.start..verb).rev().take(MAX_DISTANCE);
    let found = before.find(|index| {
        class(document, *index).is_finite()
            || matches!(document.word(*index), "," | ";" | "if" | "If" | "unless" | "Unless")
    });
    let opened =
        found.is_some_and(|index| ["if", "unless"].iter().any(|word| document.word(index).eq_ignore_ascii_case(word)));
    let perfect = has(document, verb, Trait::Have)
        && next_in_group(document, sentence, verb)
            .is_some_and(|next| class(document, next) == WordClass::VerbParticiple);
    opened && class(document, verb) == WordClass::VerbPresent && !perfect
}

/// Returns the direction of the verb group around a verb.
fn of_verb(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> Direction {
    if is_foreseen(document, sentence, verb) {
        return Direction::Future;
    }
    match class(document, verb) {
        WordClass::Modal => of_modal(document, sentence, verb),
        WordClass::VerbPast => of_past(document, sentence, verb),
        WordClass::VerbPresent => of_present(document, sentence, verb),
        WordClass::VerbBase => of_bare(document, sentence, verb),
        WordClass::VerbParticiple => of_participle(document, sentence, verb),
        // A participle such as "arriving" in "arriving Tuesday" has the direction of the verb on which it depends.
        _ => outer(document, sentence, verb).unwrap_or(Direction::Past),
    }
}

/// Returns whether a verb is in a temporal clause after a forecast, as in "would weaken as it moved inland".
pub(super) fn is_foreseen(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> bool {
    if !matches!(class(document, verb), WordClass::VerbPast | WordClass::VerbPresent) {
        return false;
    }
    let from = verb.saturating_sub(6).max(sentence.start);
    let opener = (from..verb).rev().find(|index| lists::MEANWHILE.contains_any_case(document.word(*index)));
    let Some(opener) = opener else { return false };
    if (opener..verb).any(|index| class(document, index).is_finite() || document.word(index) == ",") {
        return false;
    }
    let before = (sentence.start..opener).rev().take(20).find(|index| class(document, *index).is_finite());
    // Only "would" allows a past tense in the temporal clause. After "will", a past tense is about the past, as in
    // "will resit after they were handed the wrong paper".
    let past = class(document, verb) == WordClass::VerbPast;
    before.is_some_and(|before| {
        let modal = document.word(before);
        lists::FORESEEING_MODALS.contains_any_case(modal)
            && !has(document, before + 1, Trait::Have)
            && !(past && modal.ends_with("ll"))
    })
}

/// Returns the direction of the nearest verb before `verb`.
fn outer(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> Option<Direction> {
    let before = (sentence.start..verb).rev().take(20).find(|index| class(document, *index).is_verb())?;
    Some(of_verb(document, sentence, before))
}

/// Finds the next word of the verb group after `verb`. Adverbs, negations and punctuation are skipped.
fn next_in_group(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> Option<usize> {
    (verb + 1..sentence.end)
        .find(|index| !matches!(class(document, *index), WordClass::Adverb | WordClass::Negation | WordClass::Mark))
}

/// Returns the direction of a modal, as in "will meet" or "would have met".
fn of_modal(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> Direction {
    let have = next_in_group(document, sentence, verb).filter(|next| has(document, *next, Trait::Have));
    let perfect = have
        .and_then(|have| next_in_group(document, sentence, have))
        .is_some_and(|next| document.penn(next) == PennTag::Vbn);
    if perfect { Direction::Past } else { Direction::Future }
}

/// Returns the direction of a verb in the past tense, as in "met", "was scheduled" or "was to meet".
pub(super) fn of_past(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> Direction {
    let next = next_in_group(document, sentence, verb);
    let undone =
        next.is_some_and(|next| class(document, next) == WordClass::To && has(document, next + 1, Trait::Have));
    let planned = has(document, verb, Trait::Be)
        && !undone
        && next.is_some_and(|next| is_planned(document, next) || is_infinitive(document, next));
    if planned && !is_called_off(document, sentence, verb) { Direction::Future } else { Direction::Past }
}

/// Returns whether the token at `index` is a participle that describes a plan, as in "set for May" but not in "set up
/// in May" or in "a record set on 3 May".
fn is_planned(document: &Document<'_>, index: usize) -> bool {
    let next = document.word(index + 1);
    let done = document.word(index) == "set" && document.penn(index + 1) == PennTag::In && next != "for";
    lists::PLANNED.contains_any_case(document.word(index)) && document.penn(index + 1) != PennTag::Rp && !done
}

/// Returns whether a plan was cancelled, as in "was due to speak on Wednesday but cancelled".
pub(super) fn is_called_off(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> bool {
    let but = (verb..sentence.end).find(|index| document.word(*index) == "but");
    but.is_some_and(|but| lists::CALLED_OFF.contains_any_case(document.word(but + 1)))
}

/// Returns whether the expression is the new time of a postponed event, as in "postponed to September" or "put back
/// until May".
fn is_put_off(document: &Document<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let leads = at > sentence.start && matches!(document.word(at - 1), "to" | "until" | "till" | "for");
    let from = at.saturating_sub(4).max(sentence.start);
    leads
        && (from..at - 1).any(|index| {
            let pair = |verb: &str, particle: &str| {
                document.word(index).starts_with(verb) && document.word(index + 1) == particle
            };
            lists::PUT_OFF.contains_any_case(document.word(index))
                || [("put", "back"), ("put", "off"), ("pushed", "back"), ("brought", "forward"), ("moved", "to")]
                    .iter()
                    .any(|(verb, particle)| pair(verb, particle))
        })
}

/// Returns whether the "to" at token `index` introduces an infinitive, as in "was to meet" but not in "was off to a
/// bright start".
fn is_infinitive(document: &Document<'_>, index: usize) -> bool {
    class(document, index) == WordClass::To && class(document, index + 1) != WordClass::Determiner
}

/// Returns the direction of a verb in the present tense, as in "has met", "is scheduled", "is meeting" or "is to meet".
pub(super) fn of_present(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> Direction {
    let Some(next) = next_in_group(document, sentence, verb) else { return Direction::Unknown };
    let after = class(document, next);
    if has(document, verb, Trait::Have) {
        return if after == WordClass::VerbParticiple { Direction::Past } else { Direction::Unknown };
    }
    if has(document, verb, Trait::Be) {
        let ahead = matches!(after, WordClass::VerbGerund | WordClass::To)
            || lists::PLANNED.contains_any_case(document.word(next));
        return if ahead { Direction::Future } else { Direction::Unknown };
    }
    if lists::PLANS.contains_any_case(document.word(verb)) {
        return Direction::Future;
    }
    // A reporting verb in the present tense is about the past, and so is a verb in a caption, which describes a past
    // moment. In contrast, "The council meets on Tuesday" is about the future.
    if has(document, verb, Trait::Reporting) || in_caption(document, verb) {
        return Direction::Past;
    }
    if lists::TIMETABLE.contains_any_case(document.word(verb)) { Direction::Future } else { Direction::Unknown }
}

/// Returns whether a token is in a caption, or in a block before the story such as the headline.
fn in_caption(document: &Document<'_>, index: usize) -> bool {
    let block = document.tokens.get(index).and_then(|token| document.article.block_at(token.span.start));
    let block = block.and_then(|index| document.article.blocks.get(index));
    block.is_some_and(|block| block.kind == BlockKind::Caption || block.kind.is_front())
}

/// Returns the direction of a verb in its base form, as in "to meet", "will meet" or "did not meet".
pub(super) fn of_bare(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> Direction {
    let perfect = has(document, verb, Trait::Have) && class(document, verb + 1) == WordClass::VerbParticiple;
    if perfect && verb > sentence.start && class(document, verb - 1) == WordClass::To {
        // Perfect infinitive, as in "were to have ended on Monday".
        return Direction::Past;
    }
    let from = verb.saturating_sub(4).max(sentence.start);
    let lead = (from..verb).rev().find(|index| {
        !matches!(
            class(document, *index),
            WordClass::Adverb | WordClass::Negation | WordClass::VerbBase | WordClass::Mark
        )
    });
    let Some(lead) = lead else { return Direction::Unknown };
    match class(document, lead) {
        WordClass::To => {
            let head = lead.checked_sub(1).filter(|head| *head >= sentence.start);
            let Some(head) = head else { return Direction::Future };
            if lists::DONE.contains_any_case(document.word(head)) {
                return Direction::Past;
            }
            let planned = (head.saturating_sub(4).max(sentence.start)..=head).any(|index| {
                lists::PLANNING.contains_any_case(document.word(index))
                    || (index == head && has(document, index, Trait::Be))
            });
            // The purpose of a past action is also in the past, as in "flew to Geneva to meet them on Monday".
            let past = outer(document, sentence, lead) == Some(Direction::Past);
            let planned = planned && !is_called_off(document, sentence, verb);
            if past && !planned { Direction::Past } else { Direction::Future }
        }
        WordClass::Modal => of_modal(document, sentence, lead),
        class if class.is_finite() => of_verb(document, sentence, lead),
        _ => outer(document, sentence, verb).unwrap_or(Direction::Unknown),
    }
}

/// Returns the direction of a participle, as in "has been met", "will be met", "scheduled" or "a letter published".
pub(super) fn of_participle(document: &Document<'_>, sentence: &Range<usize>, verb: usize) -> Direction {
    if is_planned(document, verb) {
        return Direction::Future;
    }
    let from = verb.saturating_sub(5).max(sentence.start);
    for index in (from..verb).rev() {
        match class(document, index) {
            WordClass::Modal => return of_modal(document, sentence, index),
            WordClass::To => return of_bare(document, sentence, index + 1),
            WordClass::VerbPresent if has(document, index, Trait::Be) => return Direction::Unknown,
            class if class.is_finite() => return Direction::Past,
            WordClass::Adverb | WordClass::Negation | WordClass::VerbParticiple | WordClass::VerbBase => {}
            _ => break,
        }
    }
    Direction::Past
}
