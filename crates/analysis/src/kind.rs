//! Types of named entities, shared by name recognition and mention clustering so that neither depends on the other.

use dateline_core::Named;
use serde::{Deserialize, Serialize};

/// The types of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, party, agency, team, court, school …
    Organization,
    /// A country, city, region, river, building …
    Place,
    /// A nationality, faith, people or political group.
    Group,
    /// A book, film, law, song, ship …
    Work,
    /// An event or another named thing.
    Other,
}

impl Named for EntityKind {
    fn name(self) -> &'static str {
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
