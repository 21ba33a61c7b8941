//! Nouns for events that have already happened, such as "win" or "warning". A time that belongs to such a noun is in
//! the past, whatever the tense of the clause around it.

use super::evidence::Evidence;
use super::finding::Finding;
use crate::document::Document;
use crate::lexicon::lists;
use crate::pos::PennTag;
use crate::syntax::{Clause, Mood, Parsed, Tense};
use std::ops::Range;

/// Returns the past direction if the expression belongs to a noun for a past happening, as in "Saturday's win will help
/// them" or "thanks to his win on Saturday".
pub(super) fn direction(document: &Document<'_>, parsed: &Parsed, expression: &Range<usize>) -> Option<Finding> {
    let at = expression.start.checked_sub(parsed.tokens.start)?;
    let clause = parsed.syntax().clause_at(at).and_then(|index| parsed.syntax().clauses.get(index));
    let noun = if matches!(document.word(expression.end), "'s" | "’s") {
        possessed(document, parsed, expression.end + 1)?
    } else {
        let noun = described(document, parsed, expression.start)?;
        let subject = clause.is_some_and(|clause| clause.verbs.start > at);
        let defined = noun + 1 == expression.start && matches!(document.word(expression.end), "of" | "by" | "that");
        (subject || defined || is_given(document, parsed, noun)).then_some(noun)?
    };
    is_over(document, noun, clause).then(|| Finding::back(Evidence::Participle))
}

/// Returns whether the noun at token `noun` names something that has happened. A publication may also be planned, so
/// its clause must not be about the future.
fn is_over(document: &Document<'_>, noun: usize, clause: Option<&Clause>) -> bool {
    let word = document.word(noun);
    let open = clause.is_some_and(|clause| clause.tense == Tense::Future || clause.mood != Mood::Indicative);
    lists::OUTCOMES.contains_any_case(word) || !open && lists::PUBLICATIONS.contains_any_case(word)
}

/// Returns whether a token is tagged as a noun.
fn is_noun(document: &Document<'_>, index: usize) -> bool {
    matches!(document.penn(index), PennTag::Nn | PennTag::Nns | PennTag::Nnp | PennTag::Nnps)
}

/// Returns the head of the noun phrase that begins at token `from`, after a possessive.
fn possessed(document: &Document<'_>, parsed: &Parsed, from: usize) -> Option<usize> {
    let inside = |index: &usize| {
        is_noun(document, *index) || matches!(document.penn(*index), PennTag::Jj | PennTag::Cd | PennTag::Jjr)
    };
    (from..parsed.tokens.end).take_while(inside).filter(|index| is_noun(document, *index)).last()
}

/// Returns the noun for a happening or publication that precedes token `at`, with only its own phrases between, as in
/// "victories in Ostrel and Vell on Tuesday".
fn described(document: &Document<'_>, parsed: &Parsed, at: usize) -> Option<usize> {
    /// Maximum distance from the time back to the noun, in tokens.
    const MAX_DISTANCE: usize = 9;
    let from = at.saturating_sub(MAX_DISTANCE).max(parsed.tokens.start);
    let name = |index: usize| matches!(document.penn(index), PennTag::Nnp | PennTag::Nnps);
    let inside = |index: &usize| match document.penn(*index) {
        PennTag::Comma => *index > 0 && name(index - 1) && name(index + 1),
        PennTag::In | PennTag::Dt | PennTag::Jj | PennTag::Cd | PennTag::Cc | PennTag::PrpPossessive | PennTag::Pos => {
            true
        }
        _ => is_noun(document, *index),
    };
    let known = |index: &usize| {
        let word = document.word(*index);
        is_noun(document, *index)
            && (lists::OUTCOMES.contains_any_case(word) || lists::PUBLICATIONS.contains_any_case(word))
    };
    (from..at).rev().take_while(inside).find(known)
}

/// Returns whether a preposition such as "despite" before the noun phrase of `noun` shows that it has happened.
fn is_given(document: &Document<'_>, parsed: &Parsed, noun: usize) -> bool {
    let inside = |index: &usize| {
        is_noun(document, *index)
            || matches!(
                document.penn(*index),
                PennTag::Dt | PennTag::Jj | PennTag::Cd | PennTag::PrpPossessive | PennTag::Pos | PennTag::Vbg
            )
    };
    let before = (parsed.tokens.start..noun).rev().find(|index| !inside(index));
    let Some(before) = before else { return false };
    let lead = before.checked_sub(1).map_or("", |lead| document.word(lead));
    lists::GIVEN.contains_any_case(document.word(before))
        || matches!((lead, document.word(before)), ("thanks" | "Thanks", "to") | ("because" | "wake", "of"))
}
