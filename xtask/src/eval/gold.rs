//! Gold set: stories with careful manual annotations. `tests/gold/README.md` describes the format. This module converts
//! the words quoted in annotations to spans in the text.

mod anchor;
mod file;

use anyhow::{Context, bail};
use dateline_analysis::{EntityKind, QuoteKind, Status, TimexKind};
use dateline_core::text::Span;
use jiff::civil::Date;
use std::fs;
use std::path::Path;

/// A story and its annotations. Spans are in bytes of `text`.
#[derive(Clone, Debug)]
pub(super) struct Story {
    /// Base name of the two files of the story.
    pub name: String,
    /// Kind of story, such as politics, courts or sport.
    pub kind: String,
    /// Reference date for the times in the story.
    pub published: Date,
    /// Body of the story, verbatim.
    pub text: String,
    /// Quotes in the story.
    pub quotes: Vec<GoldQuote>,
    /// Named entities of the story.
    pub entities: Vec<GoldEntity>,
    /// Time expressions of the story.
    pub times: Vec<GoldTime>,
    /// Dated events of the story.
    pub events: Vec<GoldEvent>,
}

/// A quote in the gold set.
#[derive(Clone, Debug)]
pub(super) struct GoldQuote {
    /// Span of the content, without quotation marks and without a final full stop or comma.
    pub span: Span,
    /// Kind of quote: direct, mixed or indirect.
    pub kind: QuoteKind,
    /// Span of the words in the attribution that name the speaker.
    pub speaker: Option<Span>,
    /// Full name of the speaker. If the speaker is unnamed, the words that mention the speaker. Empty if there is no
    /// speaker.
    pub name: String,
}

/// A named entity in the gold set.
#[derive(Clone, Debug)]
pub(super) struct GoldEntity {
    /// Type of entity.
    pub kind: EntityKind,
    /// Spans of all mentions by name, in text order.
    pub mentions: Vec<Span>,
}

/// A time expression in the gold set.
#[derive(Clone, Debug)]
pub(super) struct GoldTime {
    /// Span of the time expression.
    pub span: Span,
    /// TIMEX3 type of the time expression.
    pub kind: TimexKind,
    /// TIMEX3 value of the time expression.
    pub value: String,
}

/// A dated event in the gold set.
#[derive(Clone, Debug)]
pub(super) struct GoldEvent {
    /// Span of the core words in the event's clause.
    pub span: Span,
    /// First day of the event.
    pub begin: Date,
    /// Status of the event: past, scheduled, habitual or hypothetical.
    pub status: Status,
}

/// Reads all stories in a folder, sorted by name.
///
/// # Errors
/// Returns an error if a file cannot be read, or if the words of an annotation do not occur at a unique position in the
/// story.
pub(super) fn load(folder: &Path) -> anyhow::Result<Vec<Story>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            names.push(path);
        }
    }
    names.sort();
    names.iter().map(|path| story(path).with_context(|| format!("in {}", path.display()))).collect()
}

fn story(path: &Path) -> anyhow::Result<Story> {
    let text = fs::read_to_string(path)?;
    let notes: file::Notes = toml::from_str(&fs::read_to_string(path.with_extension("toml"))?)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    resolve(name, text, &notes)
}

fn resolve(name: String, text: String, notes: &file::Notes) -> anyhow::Result<Story> {
    let quotes = notes.quote.iter().map(|quote| self::quote(&text, quote)).collect::<anyhow::Result<_>>()?;
    let entities = entities(&text, &notes.entity)?;
    let times = notes.time.iter().map(|time| self::time(&text, time)).collect::<anyhow::Result<_>>()?;
    let events = notes.event.iter().map(|event| self::event(&text, event)).collect::<anyhow::Result<_>>()?;
    Ok(Story {
        name,
        kind: notes.kind.clone(),
        published: notes.published.parse()?,
        text,
        quotes,
        entities,
        times,
        events,
    })
}

fn quote(text: &str, quote: &file::Quote) -> anyhow::Result<GoldQuote> {
    let span = anchor::place(text, &quote.text, quote.nth)?;
    let kind = match quote.kind.as_str() {
        "direct" => QuoteKind::Direct,
        "mixed" => QuoteKind::Mixed,
        "indirect" => QuoteKind::Indirect,
        other => bail!("{other:?} is not a kind of quote"),
    };
    let speaker = match quote.speaker.as_str() {
        "" => None,
        words => Some(anchor::near(text, words, quote.speaker_nth, span)?),
    };
    Ok(GoldQuote { span, kind, speaker, name: quote.name.clone() })
}

fn entities(text: &str, entities: &[file::Entity]) -> anyhow::Result<Vec<GoldEntity>> {
    let places = anchor::mentions(text, entities);
    entities
        .iter()
        .zip(places)
        .map(|(entity, mentions)| {
            let kind = match entity.kind.as_str() {
                "person" => EntityKind::Person,
                "organization" => EntityKind::Organization,
                "place" => EntityKind::Place,
                "group" => EntityKind::Group,
                "work" => EntityKind::Work,
                "other" => EntityKind::Other,
                other => bail!("{other:?} is not a type of entity"),
            };
            if mentions.is_empty() {
                bail!("{:?} is nowhere mentioned", entity.name);
            }
            Ok(GoldEntity { kind, mentions })
        })
        .collect()
}

fn time(text: &str, time: &file::Time) -> anyhow::Result<GoldTime> {
    let kind = match time.kind.as_str() {
        "DATE" => TimexKind::Date,
        "TIME" => TimexKind::Time,
        "DURATION" => TimexKind::Duration,
        "SET" => TimexKind::Set,
        other => bail!("{other:?} is not a type of time expression"),
    };
    Ok(GoldTime { span: anchor::place(text, &time.text, time.nth)?, kind, value: time.value.clone() })
}

fn event(text: &str, event: &file::Event) -> anyhow::Result<GoldEvent> {
    let status = match event.status.as_str() {
        "past" => Status::Past,
        "scheduled" => Status::Scheduled,
        "habitual" => Status::Habitual,
        "hypothetical" => Status::Hypothetical,
        other => bail!("{other:?} is not a status of an event"),
    };
    Ok(GoldEvent { span: anchor::place(text, &event.text, event.nth)?, begin: event.begin.parse()?, status })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_places() {
        let text = "Ana Ruiz opened Ruiz Street on Monday.\n\n“Mind the step,” Ruiz said. She paused.";
        let notes = r#"
            headline = "A street opens"
            published = "2024-05-14"
            kind = "local"
            [[quote]]
            kind = "direct"
            text = "Mind the step"
            cue = "said"
            speaker = "Ruiz"
            name = "Ana Ruiz"
            [[entity]]
            name = "Ana Ruiz"
            type = "person"
            mentions = ["Ana Ruiz", "Ruiz"]
            [[entity]]
            name = "Ruiz Street"
            type = "place"
            mentions = ["Ruiz Street"]
            [[time]]
            text = "Monday"
            type = "DATE"
            value = "2024-05-13"
        "#;
        let story = resolve("street".into(), text.into(), &toml::from_str(notes).unwrap()).unwrap();
        assert_eq!(story.quotes[0].span.of(text), "Mind the step");
        let speaker = story.quotes[0].speaker.unwrap();
        assert_eq!((speaker.of(text), speaker.start > story.quotes[0].span.end), ("Ruiz", true));
        let mentions =
            |index: usize| story.entities[index].mentions.iter().map(|span| span.of(text)).collect::<Vec<_>>();
        assert_eq!(mentions(0), ["Ana Ruiz", "Ruiz"]);
        assert_eq!(mentions(1), ["Ruiz Street"]);
        assert_eq!(story.times[0].span.of(text), "Monday");
    }
}
