//! Annotation file of a story, as written.

use serde::Deserialize;

/// The parts of the file used for scoring.
#[derive(Debug, Deserialize)]
pub(super) struct Notes {
    /// Reference date.
    pub published: String,
    /// Kind of story.
    pub kind: String,
    /// Quotes.
    #[serde(default)]
    pub quote: Vec<Quote>,
    /// Entities.
    #[serde(default)]
    pub entity: Vec<Entity>,
    /// Time expressions.
    #[serde(default)]
    pub time: Vec<Time>,
    /// Events.
    #[serde(default)]
    pub event: Vec<Event>,
}

/// A `[[quote]]`.
#[derive(Debug, Deserialize)]
pub(super) struct Quote {
    /// Kind: direct, mixed or indirect.
    pub kind: String,
    /// Content.
    pub text: String,
    /// Occurrence of the content, counted from 1.
    pub nth: Option<usize>,
    /// Words that name the speaker.
    pub speaker: String,
    /// Occurrence of those words in the story, if not the nearest one.
    pub speaker_nth: Option<usize>,
    /// Fullest name of the speaker.
    #[serde(default)]
    pub name: String,
}

/// An `[[entity]]`.
#[derive(Debug, Deserialize)]
pub(super) struct Entity {
    /// Fullest name.
    pub name: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: String,
    /// All surface forms.
    pub mentions: Vec<String>,
    /// Text passages in which a surface form means something else.
    #[serde(default)]
    pub except: Vec<String>,
}

/// A `[[time]]`.
#[derive(Debug, Deserialize)]
pub(super) struct Time {
    /// Extent.
    pub text: String,
    /// Occurrence of the extent, counted from 1.
    pub nth: Option<usize>,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
}

/// An `[[event]]`.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    /// Core of the clause.
    pub text: String,
    /// Occurrence of the core, counted from 1.
    pub nth: Option<usize>,
    /// First day.
    pub begin: String,
    /// Status: past, scheduled, habitual or hypothetical.
    pub status: String,
}
