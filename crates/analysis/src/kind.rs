//! Types of named entities: shared by the recogniser of names and the clustering of mentions, so that neither
//! needs the other for them.

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
