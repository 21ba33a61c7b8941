//! Finds the extent of reported content: to the end of the sentence, unless the reporter's own words resume earlier.

use super::place::Place;
use crate::lexicon::lists;
use crate::quote::cue::CueForm;
use crate::word_class::WordClass;
use std::ops::Range;

/// Returns the index after the last word of the content that begins at token `start`.
pub(super) fn end(place: &Place<'_>, start: usize) -> usize {
    let mut depth = 0_usize;
    let mut index = start;
    let mut last_break = None;
    while index < place.limit {
        if let Some(quotation) = place.masked.quotation_at(index) {
            if let Some(earlier) = last_break.filter(|at| is_anothers(place, quotation, *at)) {
                return earlier;
            }
            index = place.masked.after(index);
            continue;
        }
        match place.word(index) {
            "(" | "[" => depth += 1,
            ")" | "]" if depth == 0 => return index,
            ")" | "]" => depth -= 1,
            ":" if place.masked.quotation_at(index + 1).is_some() => return index,
            _ if depth == 0 && index > start && hands_back(place, start, index) => return index,
            "," | "and" | "but" | "while" | "although" | "though" if depth == 0 && place.has_finite(start..index) => {
                last_break = Some(index);
            }
            _ => {}
        }
        index += 1;
    }
    place.limit
}

/// Returns whether `quotation` is attributed to another cue after token `from`.
fn is_anothers(place: &Place<'_>, quotation: usize, from: usize) -> bool {
    let cue = place.attributed.get(quotation).and_then(Option::as_ref).and_then(|found| found.cue.as_ref());
    cue.is_some_and(|cue| cue.start > from && cue.start < place.limit && *cue != place.cue.tokens)
}

/// Returns whether the reporter's own words resume at token `index`: at a comma, dash, conjunction or "according",
/// when the words after it are the reporter's.
fn hands_back(place: &Place<'_>, start: usize, index: usize) -> bool {
    match place.word(index) {
        "according" if place.word(index + 1) == "to" => place.has_finite(start..index),
        "," => after_comma(place, start, index + 1),
        "—" | "–" | "--" => after_dash(place, start, index + 1),
        _ if place.class(index) == WordClass::Conjunction => after_conjunction(place, start, index + 1),
        _ => false,
    }
}

fn after_comma(place: &Place<'_>, start: usize, at: usize) -> bool {
    if place.masked.quotation_at(at).is_some() {
        return true;
    }
    let whole = place.has_finite(start..at);
    if place.word(at) == "according" {
        return whole;
    }
    if lists::CONTRASTS.contains(place.word(at)) {
        return whole;
    }
    match place.class(at) {
        WordClass::VerbGerund => place.is_reporting(at),
        WordClass::Conjunction => after_conjunction(place, start, at + 1),
        WordClass::VerbPast | WordClass::VerbParticiple if place.class(start) == WordClass::To => true,
        WordClass::VerbPast | WordClass::Modal => whole,
        WordClass::VerbPresent => whole && !place.is_bare(at),
        _ => begins_cue(place, at),
    }
}

/// Returns whether a dash closes an insertion that contains the cue, or the reporter's sentence continues after it.
fn after_dash(place: &Place<'_>, start: usize, at: usize) -> bool {
    let opened =
        (place.analysis.sentence.tokens.start..start).any(|index| matches!(place.masked.word(index), "—" | "–" | "--"));
    opened || place.class(at).is_finite() || begins_cue(place, at) || place.class(at) == WordClass::VerbGerund
}

/// Returns whether the reporter's subject continues: "and added", "but said".
fn after_conjunction(place: &Place<'_>, start: usize, mut at: usize) -> bool {
    if begins_cue(place, at) {
        return true;
    }
    while place.class(at) == WordClass::Adverb {
        at += 1;
    }
    let past = matches!(place.class(at), WordClass::VerbPast | WordClass::VerbParticiple);
    // "denies the charge and was released": a noun phrase as content has no verb to coordinate with.
    if (past || place.class(at).is_finite()) && !place.has_finite(start..at) {
        return true;
    }
    if !past || place.masked.class(place.cue.tokens.start) != WordClass::VerbPast {
        return false;
    }
    // "said she likes it and praised him": after a present tense, a past tense belongs to the reporter.
    let finite =
        (start..at).filter(|index| place.class(*index).is_finite()).map(|index| place.class(index)).next_back();
    place.is_reporting(at) || place.class(at) == WordClass::VerbPast && finite != Some(WordClass::VerbPast)
}

/// Returns whether another cue with its speaker begins at token `at`.
fn begins_cue(place: &Place<'_>, at: usize) -> bool {
    place.analysis.cues.iter().skip(place.index + 1).any(|cue| {
        let near = cue.speaker.as_ref().is_some_and(|speaker| {
            cue.tokens.start <= speaker.tokens.end + 3 && speaker.tokens.start <= cue.tokens.end + 1
        });
        cue.extent.start == at
            && near
            && place.class(cue.tokens.start).is_finite()
            && matches!(cue.form, CueForm::SubjectFirst | CueForm::Inverted)
    })
}

/// Returns the first word of the content that ends before a cue; words before a single dash or a semicolon are left
/// out.
pub(super) fn start(place: &Place<'_>, tokens: Range<usize>) -> usize {
    let outside = |index: &usize| place.masked.quotation_at(*index).is_none();
    let is_dash = |index: &usize| matches!(place.masked.word(*index), "—" | "–" | "--");
    let mut dashes = tokens.clone().filter(|index| outside(index) && is_dash(index));
    let dash = dashes.next().filter(|_| dashes.next().is_none());
    let semicolon = tokens.clone().rev().find(|index| outside(index) && place.masked.word(*index) == ";");
    dash.max(semicolon).map_or(tokens.start, |mark| mark + 1)
}
