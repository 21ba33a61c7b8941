//! Types of named entities, shared by name recognition and mention clustering so that neither depends on the other.

use dateline_core::Named;
use serde::{Deserialize, Serialize};

/// Type of a named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// Human being.
    Person,
    /// Company, party, agency, team, court, school …
    Organization,
    /// Country, city, region, river, building …
    Place,
    /// Nationality, faith, people or political group.
    Group,
    /// Book, film, law, song …
    Work,
    /// Event, ship, or another named thing.
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
