//! Properties of a person that a description can mention: roles, ages and places of origin.

use super::super::{Entity, EntityKind, Gender};
use crate::document::Document;
use crate::hash::folded;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::token::TokenKind;

/// Maximum distance from an age to the name after it, in tokens: "a 41-year-old former bus driver, Ana Ruiz".
const AGE_WITHIN: usize = 6;

/// Properties of a person that are compared with descriptions. They are empty for all other entities.
#[derive(Debug, Default)]
pub(super) struct Person {
    /// Folded hashes of the role nouns in the person's description.
    pub roles: Vec<u64>,
    /// Ages of the person as written in the story.
    pub ages: Vec<String>,
    /// Places whose demonyms occur in the person's description, each as the folded hashes of its words.
    pub places: Vec<Vec<u64>>,
    /// Gender of the person, judging by titles and given names.
    pub gender: Gender,
}

impl Person {
    /// Collects the properties of an entity from the words around its names.
    pub(super) fn new(document: &Document<'_>, entity: &Entity) -> Self {
        if entity.kind != EntityKind::Person {
            return Self::default();
        }
        let lists = document.resources.names();
        let role = entity.role.map_or(0..0, |role| document.tokens_in(role));
        let head = role.clone().take_while(|index| !lists::AFTER_ROLE_HEAD.contains(document.word(*index)));
        let words = head.map(|index| document.word(index));
        let roles = words.filter(|word| lists.of(word).any(Kinds(Kinds::ROLE.0 | Kinds::TITLE.0))).map(folded);
        let places = role.flat_map(|index| lists.demonyms().places(document.word(index)).iter().cloned());
        Self { roles: roles.collect(), ages: ages(document, entity), places: places.collect(), gender: entity.gender }
    }
}

/// Finds ages right after a name of the entity ("Ana Ruiz, 41,", "Ana Ruiz (41)") or before it ("the 41-year-old driver
/// Ana Ruiz").
fn ages(document: &Document<'_>, entity: &Entity) -> Vec<String> {
    let mut ages = Vec::new();
    for mention in &entity.mentions {
        let tokens = document.tokens_in(mention.span);
        if matches!(document.word(tokens.end), "," | "(") {
            let at = if document.word(tokens.end + 1) == "aged" { tokens.end + 2 } else { tokens.end + 1 };
            let number = document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
            let age = document.word(at);
            if number && age.len() < 4 && matches!(document.word(at + 1), "," | ")" | "." | ";") {
                ages.push(age.to_owned());
            }
        }
        let before = (tokens.start.saturating_sub(AGE_WITHIN)..tokens.start).rev();
        let near = before.take_while(|index| !matches!(document.word(*index), "." | ";" | ":" | "and" | "said"));
        ages.extend(near.filter_map(|index| document.word(index).strip_suffix("-year-old")).map(str::to_owned));
    }
    ages
}
