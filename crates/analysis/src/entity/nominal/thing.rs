//! Entities to which a common noun can refer: a company, a country, a city, or a name that contains the noun.

use super::super::{Entity, EntityKind};
use crate::document::Document;
use crate::hash::folded;
use crate::lexicon::names::{DescriptionKind, Kinds};

/// Properties of a place or organisation for comparison with descriptions.
#[derive(Debug, Default)]
pub(super) struct Thing {
    /// Kind of description that can refer to the entity. `None` for entities other than places and organisations.
    is: Option<DescriptionKind>,
    /// Folded hashes of the words of the entity's name.
    words: Vec<u64>,
}

impl Thing {
    /// Determines the properties of an entity from its name and type.
    pub(super) fn new(document: &Document<'_>, entity: &Entity) -> Self {
        let lists = document.resources.names();
        let words: Vec<u64> = entity.name.split_whitespace().map(folded).collect();
        let kinds = words.iter().fold(Kinds::default(), |all, word| all | lists.word(*word));
        let whole = match words.as_slice() {
            [_] => kinds,
            [first, ..] => lists.phrase(lists.word(*first), words.iter().copied()).map_or(kinds, |(_, kinds)| kinds),
            [] => Kinds::default(),
        };
        let is = match entity.kind {
            EntityKind::Organization => {
                Some(if is_company(entity, kinds) { DescriptionKind::Company } else { DescriptionKind::Own })
            }
            EntityKind::Place if whole.any(Kinds::COUNTRY) => Some(DescriptionKind::Country),
            EntityKind::Place if whole.any(Kinds::CITY) => Some(DescriptionKind::City),
            EntityKind::Place => Some(DescriptionKind::Own),
            _ => None,
        };
        Self { is, words }
    }

    /// Returns the kind of description that can refer to the entity.
    pub(super) const fn kind(&self) -> Option<DescriptionKind> {
        self.is
    }

    /// Returns whether `noun`, a description of the kind `wanted`, can refer to the entity.
    pub(super) fn fits(&self, wanted: DescriptionKind, noun: &str) -> bool {
        match (self.is, wanted) {
            (Some(_), DescriptionKind::Own) => self.words.len() > 1 && self.words.contains(&folded(noun)),
            (is, wanted) => is == Some(wanted),
        }
    }
}

/// Returns whether an organisation is a company, judging by its name. The name is listed as a company, has a company
/// suffix, or has no other known kind.
fn is_company(entity: &Entity, kinds: Kinds) -> bool {
    const OTHER_KINDS: Kinds =
        Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::AGENCY.0 | Kinds::TEAM.0 | Kinds::MEDIA.0 | Kinds::PLACE.0);
    let acronym = entity.name.len() < 6 && entity.name.chars().all(|letter| letter.is_uppercase() || letter == '.');
    kinds.any(Kinds(Kinds::COMPANY.0 | Kinds::COMPANY_SUFFIX.0)) || !kinds.any(OTHER_KINDS) && !acronym
}
