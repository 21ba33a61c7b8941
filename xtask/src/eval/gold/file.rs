//! Annotation file of a story in the gold set, as written.

use serde::Deserialize;

/// Those parts of an annotation file that are used for scoring.
#[derive(Debug, Deserialize)]
pub(super) struct Notes {
    /// Reference date for the times in the story.
    pub published: String,
    /// Kind of story, such as politics, courts or sport.
    pub kind: String,
    /// Quotes in the story.
    #[serde(default)]
    pub quote: Vec<Quote>,
    /// Named entities in the story.
    #[serde(default)]
    pub entity: Vec<Entity>,
    /// Time expressions in the story.
    #[serde(default)]
    pub time: Vec<Time>,
    /// Dated events in the story.
    #[serde(default)]
    pub event: Vec<Event>,
}

/// Table `[[quote]]`, which describes a quote.
#[derive(Debug, Deserialize)]
pub(super) struct Quote {
    /// Kind of quote: direct, mixed or indirect.
    pub kind: String,
    /// Content of the quote.
    pub text: String,
    /// Number of the occurrence of the content in the text, from 1.
    pub nth: Option<usize>,
    /// Words in the attribution that name the speaker.
    pub speaker: String,
    /// Number of the occurrence of the speaker's words in the text, from 1. By default, this is the occurrence nearest
    /// to the content.
    pub speaker_nth: Option<usize>,
    /// Fullest name of the speaker in the story.
    #[serde(default)]
    pub name: String,
}

/// Table `[[entity]]`, which describes a named entity.
#[derive(Debug, Deserialize)]
pub(super) struct Entity {
    /// Fullest name of the entity in the story.
    pub name: String,
    /// Type of the entity.
    #[serde(rename = "type")]
    pub kind: String,
    /// All surface forms of the entity in the story.
    pub mentions: Vec<String>,
    /// Passages of the text in which a surface form refers to something else.
    #[serde(default)]
    pub except: Vec<String>,
}

/// Table `[[time]]`, which describes a time expression.
#[derive(Debug, Deserialize)]
pub(super) struct Time {
    /// Words of the time expression.
    pub text: String,
    /// Number of the occurrence of these words in the text, from 1.
    pub nth: Option<usize>,
    /// TIMEX3 type of the time expression.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value of the time expression.
    pub value: String,
}

/// Table `[[event]]`, which describes a dated event.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    /// Core of the event's clause.
    pub text: String,
    /// Number of the occurrence of the core in the text, from 1.
    pub nth: Option<usize>,
    /// First day of the event.
    pub begin: String,
    /// Status of the event: past, scheduled, habitual or hypothetical.
    pub status: String,
}
