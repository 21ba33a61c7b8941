//! Entities: everything named in a story, each once, with all of its mentions.

mod assemble;
mod cluster;
mod demonym;
mod gender;
mod nominal;
mod role;
mod surface;

use super::document::Document;
pub use super::kind::EntityKind;
use super::name::Name;
use dateline_core::text::Span;
use role::Roles;
use serde::{Deserialize, Serialize};
use surface::Surface;

/// Somebody or something that the story names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The fullest name, white space folded.
    pub name: String,
    /// Where the fullest name stands.
    pub canonical: Span,
    /// What it is.
    pub kind: EntityKind,
    /// Other names in the order of their first use, each once; without `name`.
    pub aliases: Vec<String>,
    /// The role or description as the text words it ("Ministry of Health spokeswoman").
    pub role: Option<Span>,
    /// Grammatical gender as titles, given names and pronouns tell.
    pub gender: Gender,
    /// Every mention in order.
    pub mentions: Vec<Mention>,
    /// Of a group: the index of the place that it is the people of, when the story names it.
    #[serde(default)]
    pub demonym_of: Option<usize>,
}

/// One place where an entity is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Its bytes.
    pub span: Span,
    /// How it is spoken of.
    pub kind: MentionKind,
}

/// How a mention speaks of its entity.
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

impl MentionKind {
    /// The name in the JSON interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

/// Which pronoun speaks of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
    /// Nothing tells.
    #[default]
    Unknown,
}

impl Entity {
    /// How often it is spoken of by name.
    #[must_use]
    pub fn named(&self) -> usize {
        self.mentions.iter().filter(|mention| mention.kind == MentionKind::Name).count()
    }

    /// Where the entity is introduced: its fullest name's first mention in the story.
    #[must_use]
    pub const fn introduction(&self) -> Span {
        self.canonical
    }
}

/// All entities of a document in order of their first mention. Names in the blocks of `stray` and
/// in credits of pictures are passed over.
#[must_use]
pub fn find(document: &Document<'_>, names: &[Name], stray: &[usize]) -> Vec<Entity> {
    let surfaces: Vec<Surface<'_>> = names
        .iter()
        .filter(|name| of_story(document, name.span, stray))
        .map(|name| Surface::new(document, name))
        .collect();
    let clusters = cluster::cluster(document, &surfaces);
    let mut members: Vec<Vec<&Surface<'_>>> = Vec::new();
    for (surface, number) in surfaces.iter().zip(clusters) {
        if members.len() <= number {
            members.resize(number + 1, Vec::new());
        }
        members[number].push(surface);
    }
    let roles = Roles::new(document, names);
    let mut entities: Vec<Entity> =
        members.iter().filter_map(|cluster| assemble::entity(document, &roles, cluster)).collect();
    demonym::link(document.resources.names(), &mut entities);
    nominal::link(document, &mut entities, stray);
    entities
}

/// Whether a name belongs to the story: not to another story's caption, not to a credit.
fn of_story(document: &Document<'_>, span: Span, stray: &[usize]) -> bool {
    let Some(index) = document.article.block_at(span.start) else { return true };
    let credit = document.article.blocks.get(index).and_then(|block| block.credit.as_ref()?.span);
    !stray.contains(&index) && !credit.is_some_and(|credit| credit.overlaps(span))
}

#[cfg(test)]
mod tests;
