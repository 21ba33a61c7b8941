//! Distinguishes the name of a town from the names of its court, police and schools.

use crate::hash::{Set, mix};
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::lexicon::word_index::WordLists;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use std::ops::Range;

/// Types the name of a listed place as a place if the story also names a public body of that place: "Karsk" beside
/// "Karsk Crown Court". Skips places that also begin the name of another organisation, because "Karsk" may then be the
/// club "Karsk Rovers".
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut [Name]) {
    let hash = |tokens: Range<usize>| {
        let forms = extractor.forms.get(tokens).unwrap_or_default();
        forms.iter().fold(0, |hash, form| mix(hash, form.folded))
    };
    let (mut seats, mut others) = (Set::default(), Set::default());
    for name in names.iter().filter(|name| name.kind == EntityKind::Organization) {
        let Some(place) = place(extractor, &name.tokens).filter(|place| place.end < name.tokens.end) else { continue };
        let is_public = lists::TOWN_BODIES.contains(extractor.document.word(name.tokens.end - 1));
        let owners = if is_public { &mut seats } else { &mut others };
        owners.insert(hash(place));
    }
    let is_seat = |name: &Name| {
        let key = hash(name.tokens.clone());
        name.kind == EntityKind::Organization && seats.contains(&key) && !others.contains(&key)
    };
    for name in names.iter_mut().filter(|name| is_seat(name)) {
        name.kind = EntityKind::Place;
    }
}

/// Returns the tokens of the listed place at the beginning of a name, with a direction before it: "Greater Karsk" in
/// "Greater Karsk Police".
fn place(extractor: &FeatureExtractor<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    let end = |start: usize| {
        let forms = extractor.forms.get(start..name.end)?;
        let first = forms.first()?;
        if first.phrase_place == 1 && first.phrase.any(Kinds::PLACE) {
            return Some(start + forms.iter().position(|form| form.phrase_place == 3)? + 1);
        }
        let is_town = first.lists.any(WordLists::TOWN) && !first.all_capitals;
        (first.kinds.any(Kinds::PLACE) || is_town).then_some(start + 1)
    };
    let directed = lists::DIRECTIONS.contains(extractor.document.word(name.start));
    let end = end(name.start).or_else(|| end(name.start + 1).filter(|_| directed))?;
    Some(name.start..end)
}
