//! Completes names: an organisation extends over "of the" to the name that completes it, agencies in the lists are
//! organisations, and a word known only as a place is not a person.

use super::insert::add;
use crate::hash::Set;
use crate::kind::EntityKind;
use crate::lexicon::names::Kinds;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;

/// Corrects the extent and the type of names that the lists are certain about.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    for name in names.iter_mut() {
        if is_only_place(extractor, name) {
            name.kind = EntityKind::Place;
        } else if is_listed_agency(extractor, name) {
            name.kind = EntityKind::Organization;
        }
    }
    complete(extractor, names);
    short_forms(extractor, names);
}

/// Marks a single word that opens the name of an organisation as its short form, unless the lists know the word as
/// something else or the story uses it for a person: "Harrowgate" after "Harrowgate Services".
fn short_forms(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let long = names.iter().filter(|name| name.kind == EntityKind::Organization && name.tokens.len() > 1);
    let heads: Set = long
        .filter_map(|name| extractor.forms.get(name.tokens.start))
        .filter(|form| form.kinds.is_empty() && form.common == 0 && !form.all_capitals)
        .map(|form| form.folded)
        .filter(|word| {
            let usage = extractor.context.usage(*word);
            usage.small == 0 && !usage.titled && !usage.after_given && !usage.landmark
        })
        .collect();
    if heads.is_empty() {
        return;
    }
    let stands = |index: usize| {
        extractor
            .forms
            .get(index)
            .is_some_and(|form| form.capital && !form.all_capitals && heads.contains(&form.folded))
    };
    for name in names.iter_mut().filter(|name| name.tokens.len() == 1 && stands(name.tokens.start)) {
        name.kind = EntityKind::Organization;
    }
    add(extractor, names, EntityKind::Organization, stands);
}

/// Returns whether a word recognised as a person is known only as a place, and the story never gives it a title or a
/// given name. "Baku said" is not evidence of a person, because capitals speak for governments.
fn is_only_place(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    const OF_PERSONS: Kinds = Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0);
    let Some([form]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let usage = extractor.context.usage(form.folded);
    name.kind == EntityKind::Person
        && form.kinds.any(Kinds(Kinds::CITY.0 | Kinds::COUNTRY.0))
        && !form.kinds.any(OF_PERSONS)
        && !usage.titled
        && !usage.after_given
}

/// Returns whether the words are one phrase of the lists that names an agency and not a place.
fn is_listed_agency(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let Some([first, .., last]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let ends = first.phrase_place == 1 && last.phrase_place == 3;
    ends && first.phrase.any(Kinds::AGENCY) && first.phrase == last.phrase && !first.phrase.any(Kinds::PLACE)
}

/// Joins "International Committee" and "Red Cross" in "International Committee of the Red Cross".
fn complete(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let mut whole: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        match whole.last_mut() {
            Some(head) if completes(extractor, head, &name) => {
                head.tokens.end = name.tokens.end;
                head.span = extractor.document.span(head.tokens.clone());
            }
            _ => whole.push(name),
        }
    }
    *names = whole;
}

/// Returns whether `name` follows `head` after "of" or "of the", and `head` ends in a word such as "Committee" that
/// heads organisations' names.
fn completes(extractor: &FeatureExtractor<'_>, head: &Name, name: &Name) -> bool {
    let document = extractor.document;
    let last = head.tokens.end.checked_sub(1).and_then(|last| extractor.forms.get(last));
    let between = head.tokens.end..name.tokens.start;
    let of = document.word(head.tokens.end) == "of"
        && (between.len() == 1 || between.len() == 2 && document.word(head.tokens.end + 1) == "the");
    of && head.kind == EntityKind::Organization
        && matches!(name.kind, EntityKind::Place | EntityKind::Organization | EntityKind::Other)
        && last.is_some_and(|form| form.kinds.any(Kinds::ORGANISATION_WORD))
}
