//! Development files, which contain one JSON record per line, with a text and its annotations. Offsets are in code
//! points.

use crate::eval::names::Name;
use crate::eval::quotes::{Mention, Unit, units};
use crate::eval::times::Time;
use anyhow::Context;
use dateline_analysis::{EntityKind, QuoteKind, TimexKind};
use dateline_core::text::{CodePoints, Span};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A text and its annotations, as in a development file.
#[derive(Debug, Deserialize)]
pub(super) struct Record {
    id: Value,
    /// Text of the record, verbatim.
    pub text: String,
    published: Option<String>,
    dct: Option<String>,
    #[serde(default)]
    quotes: Vec<Quote>,
    #[serde(default)]
    entities: Vec<Entity>,
    #[serde(default)]
    timexes: Vec<Timex>,
    #[serde(default)]
    clusters: Vec<Cluster>,
}

#[derive(Debug, Deserialize)]
struct Quote {
    start: usize,
    end: usize,
    kind: String,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
    canonical: Option<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Debug, Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Deserialize)]
struct Timex {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: Option<String>,
    value: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Cluster {
    mentions: Vec<Place>,
}

#[derive(Debug, Deserialize)]
struct Place {
    start: usize,
    end: usize,
}

/// Reads all records in a file.
///
/// # Errors
/// Returns an error if the file cannot be read or a line is not a record.
pub(super) fn load<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let file = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), index + 1))
        })
        .collect()
}

impl Record {
    /// Returns the ID of the record as text.
    #[must_use]
    pub(super) fn id(&self) -> String {
        self.id.as_str().map_or_else(|| self.id.to_string(), ToOwned::to_owned)
    }

    /// Returns the reference date of the record.
    #[must_use]
    pub(super) fn date(&self) -> Option<Date> {
        self.published.as_ref().or(self.dct.as_ref())?.get(..10)?.parse().ok()
    }

    /// Returns the gold quotes in the form used for comparison.
    #[must_use]
    pub(super) fn quotes(&self) -> Vec<Unit<'_>> {
        let bytes = Bytes::new(&self.text);
        let quotes = self.quotes.iter().map(|quote| {
            let mention = quote.speaker_start.zip(quote.speaker_end).map(|(start, end)| bytes.span(start, end));
            let kind = match quote.kind.as_str() {
                "direct" => QuoteKind::Direct,
                "mixed" => QuoteKind::Mixed,
                _ => QuoteKind::Indirect,
            };
            Unit {
                kind,
                optional: quote.optional,
                mention: mention.map(|span| Mention { span, words: span.of(&self.text) }),
                name: quote.canonical.as_deref(),
                ..Unit::new(bytes.span(quote.start, quote.end))
            }
        });
        units(&self.text, quotes)
    }

    /// Returns the gold names of people, organisations and places.
    #[must_use]
    pub(super) fn names(&self) -> BTreeSet<Name> {
        let bytes = Bytes::new(&self.text);
        let kind = |kind: &str| match kind.to_uppercase().as_str() {
            "PER" | "PERSON" => Some(EntityKind::Person),
            "ORG" | "ORGANIZATION" => Some(EntityKind::Organization),
            "LOC" | "LOCATION" | "PLACE" | "GPE" | "FAC" => Some(EntityKind::Place),
            _ => None,
        };
        let entities = self.entities.iter();
        entities.filter_map(|entity| Some((bytes.span(entity.start, entity.end), kind(&entity.kind)?))).collect()
    }

    /// Returns the gold time expressions.
    #[must_use]
    pub(super) fn times(&self) -> Vec<Time<'_>> {
        let bytes = Bytes::new(&self.text);
        let kind = |kind: &str| match kind {
            "DATE" => Some(TimexKind::Date),
            "TIME" => Some(TimexKind::Time),
            "DURATION" => Some(TimexKind::Duration),
            "SET" => Some(TimexKind::Set),
            _ => None,
        };
        let times = self.timexes.iter().map(|time| Time {
            span: bytes.span(time.start, time.end),
            kind: time.kind.as_deref().and_then(kind),
            value: time.value.as_deref().unwrap_or_default(),
        });
        times.collect()
    }

    /// Returns the gold clusters of named mentions, one per entity.
    #[must_use]
    pub(super) fn clusters(&self) -> Vec<Vec<Span>> {
        let bytes = Bytes::new(&self.text);
        let cluster =
            |cluster: &Cluster| cluster.mentions.iter().map(|place| bytes.span(place.start, place.end)).collect();
        self.clusters.iter().map(cluster).collect()
    }
}

/// Converter from code-point offsets to byte offsets.
struct Bytes<'a>(CodePoints<'a>);

impl<'a> Bytes<'a> {
    fn new(text: &'a str) -> Self {
        Self(CodePoints::new(text))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.0.byte(start), self.0.byte(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_become_bytes() {
        let line = r#"{"id": 7, "text": "“Oui,” José said in May.", "dct": "2024-05-14",
            "quotes": [{"start": 1, "end": 5, "kind": "direct", "speaker_start": 7, "speaker_end": 11}],
            "entities": [{"start": 7, "end": 11, "type": "PER"}, {"start": 0, "end": 1, "type": "MISC"}],
            "timexes": [{"start": 20, "end": 23, "type": "DATE", "value": "2024-05"}],
            "clusters": [{"mentions": [{"start": 7, "end": 11}]}]}"#;
        let record: Record = serde_json::from_str(line).unwrap();
        let words = |span: Span| span.of(&record.text);
        assert_eq!((record.id().as_str(), record.date().unwrap().day()), ("7", 14));
        assert_eq!(words(record.quotes()[0].span), "Oui");
        assert_eq!(record.quotes()[0].mention.unwrap().words, "José");
        assert_eq!(record.names().len(), 1);
        assert_eq!(words(record.times()[0].span), "May");
        assert_eq!(words(record.clusters()[0][0]), "José");
    }
}
