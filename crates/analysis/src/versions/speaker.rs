//! Compares the speakers of two quotes from different versions.

use super::Version;
use crate::{EntityKind, Quote};
use dateline_core::text::fold;

/// Relation between the speakers of two quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Both quotes have the same speaker.
    Same,
    /// The quotes have different persons as their speakers.
    Different,
    /// A speaker is unknown, or at least one of them is a body or an office.
    Unclear,
}

/// Returns the relation between the speakers of two quotes, each in its version.
pub(super) fn relation(one: (&Version<'_>, &Quote), other: (&Version<'_>, &Quote)) -> Relation {
    let (names, other_names) = (names(one.0, one.1), names(other.0, other.1));
    if names.is_empty() || other_names.is_empty() {
        return Relation::Unclear;
    }
    if names.iter().any(|name| other_names.contains(name)) {
        return Relation::Same;
    }
    let persons = is_person(one.0, one.1) && is_person(other.0, other.1);
    let last = |name: &String| name.rsplit(' ').next().unwrap_or_default().to_owned();
    if persons && names.iter().any(|name| other_names.iter().any(|other| last(name) == last(other))) {
        return Relation::Same;
    }
    // Names that share a word can be two spellings of one name: "Mara Odell-Finch", "Mara Finch".
    let shares_word =
        |other: &String| names.iter().any(|name| name.split([' ', '-']).any(|word| has_word(other, word)));
    if persons && !other_names.iter().any(shares_word) { Relation::Different } else { Relation::Unclear }
}

fn has_word(name: &str, word: &str) -> bool {
    word.len() > 1 && name.split([' ', '-']).any(|other| other == word)
}

/// Returns the folded names of the speaker of a quote; the list is empty if the speaker is unknown.
fn names(version: &Version<'_>, quote: &Quote) -> Vec<String> {
    let Some(speaker) = &quote.speaker else { return Vec::new() };
    let entity = speaker.entity.and_then(|index| version.analysis.entities.get(index));
    let aliases = entity.into_iter().flat_map(|entity| entity.aliases.iter().chain([&entity.name]));
    aliases.chain([&speaker.name]).map(|name| fold(name)).collect()
}

/// Returns whether the speaker of a quote is a person with a name.
pub(super) fn is_person(version: &Version<'_>, quote: &Quote) -> bool {
    let index = quote.speaker.as_ref().and_then(|speaker| speaker.entity);
    let entity = index.and_then(|index| version.analysis.entities.get(index));
    entity.is_some_and(|entity| entity.kind == EntityKind::Person)
}

/// Returns whether the attribution of a quote gives the name of a person. The person that a pronoun refers to is less
/// certain.
pub(super) fn is_named(version: &Version<'_>, quote: &Quote) -> bool {
    let mention = quote.speaker.as_ref().map(|speaker| fold(speaker.mention.of(&version.article.text)));
    let in_mention = |name: &String| {
        let last = name.rsplit(' ').next().unwrap_or_default();
        mention.as_ref().is_some_and(|mention| has_word(mention, last))
    };
    is_person(version, quote) && names(version, quote).iter().any(in_mention)
}
