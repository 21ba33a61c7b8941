//! When a short name is a form of a longer one, persons aside.

use super::super::EntityKind;
use super::super::surface::Surface;
use crate::analysis::document::Document;
use crate::analysis::hash::folded;
use crate::analysis::lexicon::names::Kinds;

/// Whether `short` is a form of `long`. `kinds` is what the lists say of the words of `short`.
pub fn same_thing(document: &Document<'_>, short: &Surface<'_>, long: &Surface<'_>, kinds: &[Kinds]) -> bool {
    if short.kind != long.kind {
        return false;
    }
    match short.kind {
        EntityKind::Organization => {
            is_initials(short, long) || is_tail(short, long, kinds) || is_head(short, long, kinds)
        }
        EntityKind::Place => {
            is_initials(short, long) || is_hyphen_tail(short, long) || is_other_name(document, short, long)
        }
        EntityKind::Work | EntityKind::Other => is_initials(short, long),
        EntityKind::Person | EntityKind::Group => false,
    }
}

/// "UN" for "United Nations", "ICRC" for "International Committee of the Red Cross".
fn is_initials(short: &Surface<'_>, long: &Surface<'_>) -> bool {
    if !short.is_acronym() || long.words.len() < 2 {
        return false;
    }
    let Some(word) = short.texts.first() else { return false };
    let wanted: String = word.chars().filter(|letter| letter.is_alphabetic()).collect::<String>().to_uppercase();
    let agree = |words: &[&str]| {
        let first = |word: &&str| word.chars().next().filter(|letter| letter.is_alphabetic());
        let capitals: String = words.iter().filter_map(first).filter(|letter| letter.is_uppercase()).collect();
        let all: String = words.iter().filter_map(first).flat_map(char::to_uppercase).collect();
        wanted == capitals || wanted == all
    };
    // "UN World Food Programme": the mother's initials stand before the name and are no part of its own.
    let without_mother = match long.texts.as_slice() {
        [mother, own @ ..] if own.len() > 1 && mother.chars().all(|letter| letter.is_uppercase() || letter == '.') => {
            own
        }
        whole => whole,
    };
    agree(&long.texts) || agree(without_mother)
}

/// "the Red Cross" for "International Committee of the Red Cross", "Ministry of Defence" for the
/// "Russian Ministry of Defence": two words at least, one of them no common word of organisations.
fn is_tail(short: &Surface<'_>, long: &Surface<'_>, kinds: &[Kinds]) -> bool {
    let specific = kinds.iter().any(|kinds| !kinds.any(Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::CONNECTOR.0)));
    short.words.len() >= 2 && long.words.len() > short.words.len() && specific && long.words.ends_with(&short.words)
}

/// "Goldman" for "Goldman Sachs", "Deutsche Bank" for "Deutsche Bank Securities": the first words,
/// unless they are a place, a nationality or a common word of organisations.
fn is_head(short: &Surface<'_>, long: &Surface<'_>, kinds: &[Kinds]) -> bool {
    const VAGUE: Kinds =
        Kinds(Kinds::PLACE.0 | Kinds::DEMONYM.0 | Kinds::ORGANISATION_WORD.0 | Kinds::COMMON.0 | Kinds::PLACE_WORD.0);
    let vague = short.words.len() == 1 && kinds.iter().all(|kinds| kinds.any(VAGUE));
    !vague && long.words.len() > short.words.len() && long.words.starts_with(&short.words)
}

/// "Karabakh" for "Nagorno-Karabakh".
fn is_hyphen_tail(short: &Surface<'_>, long: &Surface<'_>) -> bool {
    let ([_], [long]) = (short.texts.as_slice(), long.texts.as_slice()) else { return false };
    long.rsplit_once('-').is_some_and(|(_, tail)| tail.len() > 3 && short.words.first() == Some(&folded(tail)))
}

/// "US" for "United States", and "Everest" for "Mount Everest".
fn is_other_name(document: &Document<'_>, short: &Surface<'_>, long: &Surface<'_>) -> bool {
    let lists = document.lexicon.names();
    let (one, other) = (lists.same_place(&short.words), lists.same_place(&long.words));
    if one.is_some() && one == other {
        return true;
    }
    let generic = long
        .texts
        .first()
        .is_some_and(|word| lists.of(word).any(Kinds::PLACE_WORD) && lists.of(word).0 & Kinds::PLACE.0 == 0)
        && !long.texts.first().is_some_and(|word| DIRECTIONS.contains(word));
    generic && long.words.len() == 2 && long.words.get(1..) == Some(short.words.as_slice())
}

/// Words that make another place of a place.
const DIRECTIONS: [&str; 13] = [
    "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Upper", "Lower",
    "Greater", "Port",
];
