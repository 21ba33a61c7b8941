//! Records of the JSON interface. The order of the fields is the order of the output.

use dateline_analysis::Correction;
use serde::Serialize;
use serde_json::Number;

/// Article with its annotations. Each list has a type of its own, because its items are created while it is serialised.
#[derive(Serialize)]
pub(super) struct Story<'a, Blocks, Links, Quotes, Entities, Times, Events, Figures> {
    #[serde(flatten)]
    pub front: Front<'a>,
    pub text: &'a str,
    pub blocks: Blocks,
    pub links: Links,
    pub quotes: Quotes,
    pub entities: Entities,
    pub times: Times,
    pub events: Events,
    pub figures: Figures,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub corrections: &'a [Correction],
}

/// Front matter and metadata of an article.
#[derive(Serialize)]
pub(super) struct Front<'a> {
    pub schema: u32,
    pub id: &'a str,
    pub headline: Option<&'a str>,
    pub kicker: Option<&'a str>,
    pub standfirst: Option<&'a str>,
    pub section: &'a [String],
    pub byline: Vec<&'a str>,
    pub dateline: Option<Dateline<'a>>,
    pub publisher: Option<&'a str>,
    pub url: Option<&'a str>,
    pub language: Option<&'a str>,
    pub published: Option<String>,
    pub published_source: Option<&'static str>,
    pub modified: Option<String>,
    pub media: &'a [String],
    pub notes: Vec<String>,
}

/// Place and date at the beginning of an agency report.
#[derive(Serialize)]
pub(super) struct Dateline<'a> {
    pub place: Option<&'a str>,
    pub date: Option<&'a str>,
}

/// Block of the text, with the fields that only some kinds have.
#[derive(Serialize)]
pub(super) struct Block<'a> {
    pub kind: &'static str,
    pub start: usize,
    pub end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<&'a str>,
    /// Whether the block is a caption of another story.
    #[serde(skip_serializing_if = "is_false")]
    pub stray: bool,
}

/// Hyperlink in the text.
#[derive(Serialize)]
pub(super) struct Link<'a> {
    pub start: usize,
    pub end: usize,
    pub url: &'a str,
}

/// Span with its words.
#[derive(Serialize)]
pub(super) struct Words<'a> {
    pub start: usize,
    pub end: usize,
    pub text: &'a str,
}

/// Quotation with its speaker.
#[derive(Serialize)]
pub(super) struct Quote<'a> {
    pub start: usize,
    pub end: usize,
    pub kind: &'static str,
    pub text: &'a str,
    pub cue: Option<Words<'a>>,
    pub speaker: Option<Speaker<'a>>,
    pub polarity: &'static str,
    pub confidence: f64,
}

/// Speaker of a quotation.
#[derive(Serialize)]
pub(super) struct Speaker<'a> {
    #[serde(flatten)]
    pub words: Words<'a>,
    pub name: &'a str,
    pub role: Option<String>,
    pub entity: Option<usize>,
}

/// Entity with its mentions in the body.
#[derive(Serialize)]
pub(super) struct Entity<'a, Mentions> {
    pub id: usize,
    pub name: &'a str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub aliases: &'a [String],
    pub role: Option<String>,
    pub mentions: Mentions,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demonym_of: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_id: Option<&'a str>,
}

/// Mention of an entity.
#[derive(Serialize)]
pub(super) struct Mention {
    pub start: usize,
    pub end: usize,
    pub kind: &'static str,
}

/// First and last day of a time, as dates of ISO 8601.
#[derive(Serialize)]
pub(super) struct Interval {
    pub begin: Option<String>,
    pub end_date: Option<String>,
}

/// Time expression.
#[derive(Serialize)]
pub(super) struct Time<'a> {
    #[serde(flatten)]
    pub words: Words<'a>,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub value: &'a str,
    #[serde(flatten)]
    pub interval: Interval,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// Row of the timeline.
#[derive(Serialize)]
pub(super) struct Event<'a> {
    pub start: usize,
    pub end: usize,
    pub summary: &'a str,
    /// Index of the time in the list of times.
    pub time: usize,
    #[serde(flatten)]
    pub interval: Interval,
    pub granularity: &'static str,
    pub status: &'static str,
    pub confidence: f64,
    #[serde(skip_serializing_if = "is_false")]
    pub folded: bool,
    pub entities: &'a [usize],
}

/// Span of the text, in code points.
#[derive(Serialize)]
pub(super) struct Ends {
    pub start: usize,
    pub end: usize,
}

/// Number with what it counts.
#[derive(Serialize)]
pub(super) struct Figure<'a> {
    #[serde(flatten)]
    pub words: Words<'a>,
    pub value: Option<Number>,
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub unit: Option<&'a str>,
    pub counted: &'a str,
    /// Index of the quote in the list of quotes.
    pub quote: Option<usize>,
    /// Index of the time in the list of times.
    pub time: Option<usize>,
    /// Name of who claims the number; `None` for the publisher.
    pub source: Option<&'a str>,
    /// Words that say what is counted; `None` in annotations of older versions.
    pub clause: Option<Ends>,
    /// Words before that the clause refers to.
    pub context: Option<Ends>,
    pub confidence: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}
