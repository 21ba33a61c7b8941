//! Entities of a story: the people and things that it names, each with all its mentions.

mod assemble;
mod cluster;
mod demonym;
mod gender;
mod name_mention;
mod nominal;
mod role;
mod story_part;

use super::document::Document;
pub(crate) use super::kind::EntityKind;
use super::name::Name;
use dateline_core::Named;
use dateline_core::text::Span;
use name_mention::NameMention;
use role::Roles;
use serde::{Deserialize, Serialize};

/// A person or thing that a story names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Fullest name of the entity, with runs of white space folded.
    pub name: String,
    /// Byte span of the first mention by the fullest name.
    pub canonical: Span,
    /// Type of the entity: a person, place, organisation and so on.
    pub kind: EntityKind,
    /// Distinct other names of the entity, in order of first use.
    pub aliases: Vec<String>,
    /// Byte span of a person's role or description in the text: "Ministry of Health spokeswoman".
    pub role: Option<Span>,
    /// Gender of a person, judging by titles, given names and pronouns.
    pub gender: Gender,
    /// All mentions of the entity, in text order.
    pub mentions: Vec<Mention>,
    /// For a demonym group such as "Norwegians", the index of the entity for its place, if the story names the place.
    #[serde(default)]
    pub demonym_of: Option<usize>,
    /// Identifier that one of the user's own lists gives to the entity, such as "Q64".
    #[serde(default)]
    pub id: Option<String>,
}

/// One mention of an entity in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Byte span of the mention.
    pub span: Span,
    /// Form of the mention: name, description or pronoun.
    pub kind: MentionKind,
}

/// Form of a mention: name, description or pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A mention by name.
    Name,
    /// A mention by a definite description: "the minister".
    Nominal,
    /// A mention by a pronoun.
    Pronoun,
}

impl Named for MentionKind {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

/// Gender of the pronouns that refer to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// A person referred to as "she".
    Female,
    /// A person referred to as "he".
    Male,
    /// A person whose gender is not evident, or an entity that is not a person.
    #[default]
    Unknown,
}

impl Entity {
    /// Returns the number of mentions by name.
    #[must_use]
    pub fn named(&self) -> usize {
        self.mentions.iter().filter(|mention| mention.kind == MentionKind::Name).count()
    }

    /// Returns the byte span where the entity is introduced: its first mention by the fullest name.
    #[must_use]
    pub(crate) const fn introduction(&self) -> Span {
        self.canonical
    }
}

/// Finds the entities of a document, in order of first mention. Skips names that do not belong to the story, such as
/// those in picture credits and in the caption blocks `unrelated_captions`.
#[must_use]
pub(crate) fn find(document: &Document<'_>, names: &[Name], unrelated_captions: &[usize]) -> Vec<Entity> {
    let mentions: Vec<NameMention<'_>> = names
        .iter()
        .filter(|name| story_part::is_of_story(document, name.span, unrelated_captions))
        .map(|name| NameMention::new(document, name))
        .collect();
    let clusters = cluster::cluster(document, &mentions);
    let mut members: Vec<Vec<&NameMention<'_>>> = Vec::new();
    for (mention, number) in mentions.iter().zip(clusters) {
        if members.len() <= number {
            members.resize(number + 1, Vec::new());
        }
        members[number].push(mention);
    }
    let roles = Roles::new(document, names);
    let in_story = |cluster: &&Vec<&NameMention<'_>>| {
        cluster.iter().any(|mention| !story_part::is_of_publication(document, mention.span))
    };
    let mut entities: Vec<Entity> =
        members.iter().filter(in_story).filter_map(|cluster| assemble::entity(document, &roles, cluster)).collect();
    demonym::link(document.resources.names(), &mut entities);
    nominal::link(document, &mut entities, unrelated_captions);
    entities
}

/// Returns the indices of the entities whose type is doubtful: those with at most two mentions by name, all of them
/// recognised with a confidence of less than one half. Names in the user's own lists are certain.
#[must_use]
pub(crate) fn doubtful_types(entities: &[Entity], names: &[Name]) -> Vec<usize> {
    const MAX_MENTIONS: usize = 2;
    const CLEAR: f32 = 0.5;
    let is_doubtful = |mention: &Mention| {
        let at = names.partition_point(|name| name.span.start < mention.span.start);
        names.get(at).is_some_and(|name| name.span == mention.span && name.confidence < CLEAR)
    };
    let named = |entity: &Entity| {
        let named = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        entity.named() <= MAX_MENTIONS && named.clone().all(is_doubtful)
    };
    (0..entities.len()).filter(|index| named(&entities[*index])).collect()
}

#[cfg(test)]
mod tests;
