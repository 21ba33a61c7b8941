//! The annotation file of a story as it is written.

use serde::Deserialize;

/// Everything in the file that scoring reads.
#[derive(Debug, Deserialize)]
pub(super) struct Notes {
    /// The reference date.
    pub published: String,
    /// The kind of story.
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
    /// direct, mixed or indirect.
    pub kind: String,
    /// The content.
    pub text: String,
    /// Which occurrence of the content, from 1.
    pub nth: Option<usize>,
    /// The words that name the speaker.
    pub speaker: String,
    /// Which occurrence of those words in the story, when it is not the nearest.
    pub speaker_nth: Option<usize>,
    /// The speaker's fullest name.
    #[serde(default)]
    pub name: String,
}

/// An `[[entity]]`.
#[derive(Debug, Deserialize)]
pub(super) struct Entity {
    /// The fullest name.
    pub name: String,
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// All surfaces.
    pub mentions: Vec<String>,
    /// Pieces of text in which a surface means something else.
    #[serde(default)]
    pub except: Vec<String>,
}

/// A `[[time]]`.
#[derive(Debug, Deserialize)]
pub(super) struct Time {
    /// The extent.
    pub text: String,
    /// Which occurrence.
    pub nth: Option<usize>,
    /// The TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The TIMEX3 value.
    pub value: String,
}

/// An `[[event]]`.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    /// The heart of the clause.
    pub text: String,
    /// Which occurrence.
    pub nth: Option<usize>,
    /// The first day.
    pub begin: String,
    /// past, scheduled, habitual or hypothetical.
    pub status: String,
}
