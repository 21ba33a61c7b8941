//! Entities: everything that a story names, each once, with all of its mentions.

mod assemble;
mod cluster;
mod demonym;
mod gender;
mod name_mention;
mod nominal;
mod role;

use super::document::Document;
pub(crate) use super::kind::EntityKind;
use super::name::Name;
use dateline_core::Named;
use dateline_core::text::Span;
use name_mention::NameMention;
use role::Roles;
use serde::{Deserialize, Serialize};

/// A person or thing that the story names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The fullest name, with white space folded.
    pub name: String,
    /// Span of the fullest name.
    pub canonical: Span,
    /// Type of the entity.
    pub kind: EntityKind,
    /// Other names in order of first use, each once, without `name`.
    pub aliases: Vec<String>,
    /// Role or description as worded in the text ("Ministry of Health spokeswoman").
    pub role: Option<Span>,
    /// Gender according to titles, given names and pronouns.
    pub gender: Gender,
    /// Every mention in order.
    pub mentions: Vec<Mention>,
    /// For a demonym group ("Norwegians"): index of its place entity, if the story names it.
    #[serde(default)]
    pub demonym_of: Option<usize>,
}

/// One mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Byte span.
    pub span: Span,
    /// Kind of mention.
    pub kind: MentionKind,
}

/// Form of a mention: name, description or pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// By name.
    Name,
    /// By a description: "the minister".
    Nominal,
    /// By a pronoun.
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

/// The pronoun that refers to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
    /// No evidence.
    #[default]
    Unknown,
}

impl Entity {
    /// Returns the number of name mentions.
    #[must_use]
    pub fn named(&self) -> usize {
        self.mentions.iter().filter(|mention| mention.kind == MentionKind::Name).count()
    }

    /// Returns the span that introduces the entity: the first mention of its fullest name.
    #[must_use]
    pub const fn introduction(&self) -> Span {
        self.canonical
    }
}

/// Finds all entities of a document, in order of first mention. Skips names in the blocks of `unrelated_captions` and
/// in picture credits.
#[must_use]
pub(crate) fn find(document: &Document<'_>, names: &[Name], unrelated_captions: &[usize]) -> Vec<Entity> {
    let mentions: Vec<NameMention<'_>> = names
        .iter()
        .filter(|name| of_story(document, name.span, unrelated_captions))
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
    let mut entities: Vec<Entity> =
        members.iter().filter_map(|cluster| assemble::entity(document, &roles, cluster)).collect();
    demonym::link(document.resources.names(), &mut entities);
    nominal::link(document, &mut entities, unrelated_captions);
    entities
}

/// Returns whether a name belongs to the story, rather than to another story's caption or to a credit.
fn of_story(document: &Document<'_>, span: Span, unrelated_captions: &[usize]) -> bool {
    let Some(index) = document.article.block_at(span.start) else { return true };
    let credit = document.article.blocks.get(index).and_then(|block| block.credit.as_ref()?.span);
    !unrelated_captions.contains(&index) && !credit.is_some_and(|credit| credit.overlaps(span))
}

#[cfg(test)]
mod tests;
