//! Two names taken for one are parted: "Japan's Toyo Corp", "Ruiz to Novak", "the EU and Norway".

use super::Name;
use super::feature::Reading;
use super::form::Form;
use crate::analysis::entity::EntityKind;
use crate::analysis::lexicon::names::Kinds;
use std::ops::Range;

/// Cuts what is two names: "Japan's Toyo Corp", "Ruiz to Novak", "Spain for Portugal".
pub fn apply(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let mut parted = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let Some(joint) = joint(reading, &name) else {
            parted.push(name);
            continue;
        };
        let after = if reading.document.word(joint + 1) == "the" { joint + 2 } else { joint + 1 };
        for tokens in [name.tokens.start..joint, after..name.tokens.end] {
            let forms = reading.forms.get(tokens.clone()).unwrap_or_default();
            let kind = if forms.iter().all(is_place) { EntityKind::Place } else { name.kind };
            let span = reading.document.span(tokens.clone());
            parted.push(Name { span, tokens, kind, confidence: name.confidence });
        }
    }
    *names = parted;
}

fn is_place(form: &Form) -> bool {
    form.phrase.any(Kinds::PLACE) || form.kinds.any(Kinds::PLACE)
}

/// The token that joins two names inside a name, if the lists know no such whole. Persons are joined
/// by no small word but particles; elsewhere what stands before must be known as a place, and
/// before "and" and "'s" as a place or an organisation, or be an acronym beside another.
fn joint(reading: &Reading<'_>, name: &Name) -> Option<usize> {
    let inner = name.tokens.start + 1..name.tokens.end.saturating_sub(1);
    inner.filter(|index| reading.forms.get(*index).is_some_and(|form| form.phrase_place == 0)).find(|index| {
        let (before, after) = (name.tokens.start..*index, index + 1..name.tokens.end);
        let joins = match reading.document.word(*index) {
            "and" => {
                is_whole(reading, before.clone()) && is_whole(reading, after) || are_acronyms(reading, name, *index)
            }
            "'s" | "’s" => name.kind != EntityKind::Person && is_whole(reading, before.clone()),
            "to" | "for" | "in" | "at" | "on" => false,
            _ => return false,
        };
        let forms = reading.forms.get(before).unwrap_or_default();
        joins
            || name.kind == EntityKind::Person && !matches!(reading.document.word(*index), "'s" | "’s")
            || forms.iter().all(is_place)
    })
}

/// Whether the lists know these words, an article aside, as a place or an organisation.
fn is_whole(reading: &Reading<'_>, tokens: Range<usize>) -> bool {
    const KNOWN: Kinds = Kinds(Kinds::PLACE.0 | Kinds::ORGANISATION.0);
    let start = if reading.document.word(tokens.start) == "the" { tokens.start + 1 } else { tokens.start };
    match reading.forms.get(start..tokens.end) {
        Some([only]) => only.kinds.any(KNOWN),
        Some(forms @ [first, .., last]) => {
            first.phrase_place == 1
                && last.phrase_place == 3
                && forms.iter().all(|form| form.phrase == first.phrase)
                && first.phrase.any(KNOWN)
        }
        _ => false,
    }
}

/// "BA and IAG".
fn are_acronyms(reading: &Reading<'_>, name: &Name, joint: usize) -> bool {
    let shouted = |index: usize| reading.forms.get(index).is_some_and(|form| form.all_capitals);
    name.tokens == (joint - 1..joint + 2) && shouted(joint - 1) && shouted(joint + 1)
}
