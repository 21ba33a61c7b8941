//! Acronyms introduced in brackets after the full name. Every occurrence of such an acronym is marked.

use super::insert::put;
use crate::document::Document;
use crate::hash::{Map, exact};
use crate::kind::EntityKind;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;

/// Marks the occurrences of every acronym that the document introduces.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let acronyms = bracketed(extractor, names);
    if !acronyms.is_empty() {
        spread(extractor, &acronyms, names);
    }
}

/// Finds acronyms in brackets after a name with the same initials: "World Health Organization (WHO)".
fn bracketed(extractor: &FeatureExtractor<'_>, names: &[Name]) -> Map<EntityKind> {
    let document = extractor.document;
    let mut found: Map<EntityKind> = Map::default();
    for name in names {
        let acronym = document.word(name.tokens.end + 1);
        let enclosed = document.word(name.tokens.end) == "(" && document.word(name.tokens.end + 2) == ")";
        if enclosed
            && name.tokens.len() > 1
            && name.kind != EntityKind::Person
            && initials_match(document, name, acronym)
        {
            found.insert(exact(acronym), name.kind);
        }
    }
    found
}

/// Returns whether most capitals of an acronym are initials of the name's words, in the same order.
fn initials_match(document: &Document<'_>, name: &Name, acronym: &str) -> bool {
    let capitals = acronym.chars().filter(|letter| letter.is_uppercase()).count();
    if capitals < 2 || acronym.chars().count() > 8 {
        return false;
    }
    let mut initials = name.tokens.clone().filter_map(|index| document.word(index).chars().next());
    let mut letters = acronym.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_uppercase);
    let matched = letters.clone().filter(|letter| initials.any(|initial| initial.to_uppercase().eq([*letter]))).count();
    matched >= 2 && letters.next().is_some() && 2 * matched > capitals
}

/// Marks every occurrence of the given acronyms.
fn spread(extractor: &FeatureExtractor<'_>, acronyms: &Map<EntityKind>, names: &mut Vec<Name>) {
    let document = extractor.document;
    for index in 0..document.tokens.len() {
        if extractor.forms.get(index).is_some_and(|form| form.capital)
            && let Some(kind) = acronyms.get(&exact(document.word(index)))
        {
            put(document, names, index..index + 1, *kind);
        }
    }
}
