//! What common nouns can stand for: a company, a country, a city, or a name that holds the noun itself.

use super::super::{Entity, EntityKind};
use crate::document::Document;
use crate::hash::folded;
use crate::lexicon::names::{Described, Kinds};

/// A place or organisation as descriptions see it.
#[derive(Debug, Default)]
pub(super) struct Thing {
    /// What alone it can be; nothing for a person or a group.
    is: Option<Described>,
    /// The folded hashes of the words of its name.
    words: Vec<u64>,
}

impl Thing {
    /// Reads the names of an entity.
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
                Some(if is_company(entity, kinds) { Described::Company } else { Described::Own })
            }
            EntityKind::Place if whole.any(Kinds::COUNTRY) => Some(Described::Country),
            EntityKind::Place if whole.any(Kinds::CITY) => Some(Described::City),
            EntityKind::Place => Some(Described::Own),
            _ => None,
        };
        Self { is, words }
    }

    /// Whether `noun`, which wants this, can stand for it.
    pub(super) fn fits(&self, wanted: Described, noun: &str) -> bool {
        match (self.is, wanted) {
            (Some(_), Described::Own) => self.words.len() > 1 && self.words.contains(&folded(noun)),
            (is, wanted) => is == Some(wanted),
        }
    }
}

/// Whether an organisation is a company as far as its name tells: one of the list, or closed by what closes
/// companies' names, or nothing else known of it.
fn is_company(entity: &Entity, kinds: Kinds) -> bool {
    const ELSE: Kinds =
        Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::AGENCY.0 | Kinds::TEAM.0 | Kinds::MEDIA.0 | Kinds::PLACE.0);
    let acronym = entity.name.len() < 6 && entity.name.chars().all(|letter| letter.is_uppercase() || letter == '.');
    kinds.any(Kinds(Kinds::COMPANY.0 | Kinds::COMPANY_SUFFIX.0)) || !kinds.any(ELSE) && !acronym
}
