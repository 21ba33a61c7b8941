//! Reads stories with annotated quotes, from the gold set or from records.

use dateline_core::text::Span;
use serde::Deserialize;
use std::error::Error;
use std::fs;
use std::path::Path;

/// A story and its annotated quotes.
pub(super) struct Story {
    /// Body of the story, verbatim.
    pub text: String,
    /// Annotated quotes and reports.
    pub quotes: Vec<Gold>,
}

/// An annotated quote. Spans are in bytes.
pub(super) struct Gold {
    /// Span of the quoted words.
    pub content: Span,
    /// Span of the words that name the speaker.
    pub speaker: Option<Span>,
    /// Whether the words are a report without quotation marks.
    pub indirect: bool,
    /// Whether the program may find the quote or not.
    pub optional: bool,
}

impl Gold {
    /// Returns whether `found` is this quote. The two must share at least four fifths of the longer one.
    pub(super) fn is_same(&self, found: Span) -> bool {
        let shared = self.shared(found);
        shared > 0 && shared * 5 >= found.len().max(self.content.len()) * 4
    }

    /// Returns whether this quote covers at least half of `found`.
    pub(super) fn covers_half(&self, found: Span) -> bool {
        self.shared(found) * 2 >= found.len()
    }

    fn shared(&self, found: Span) -> usize {
        found.end.min(self.content.end).saturating_sub(found.start.max(self.content.start))
    }
}

#[derive(Deserialize)]
struct Record {
    text: String,
    quotes: Vec<RecordQuote>,
}

#[derive(Deserialize)]
struct RecordQuote {
    start: usize,
    end: usize,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
struct Notes {
    #[serde(default)]
    quote: Vec<Note>,
}

#[derive(Deserialize)]
struct Note {
    kind: String,
    text: String,
    nth: Option<usize>,
    #[serde(default)]
    speaker: String,
}

/// Reads stories from a file of records.
pub(super) fn records(path: &Path) -> Result<Vec<Story>, Box<dyn Error>> {
    let mut out = Vec::new();
    for line in fs::read_to_string(path)?.lines().filter(|line| !line.trim().is_empty()) {
        let record: Record = serde_json::from_str(line)?;
        let mut bytes: Vec<usize> = record.text.char_indices().map(|(at, _)| at).collect();
        bytes.push(record.text.len());
        let span = |start: usize, end: usize| Some(Span::new(*bytes.get(start)?, *bytes.get(end)?));
        let quotes = record.quotes.iter().filter_map(|quote| {
            let speaker = quote.speaker_start.zip(quote.speaker_end).and_then(|(start, end)| span(start, end));
            let indirect = quote.kind == "indirect";
            Some(Gold { content: span(quote.start, quote.end)?, speaker, indirect, optional: quote.optional })
        });
        out.push(Story { quotes: quotes.collect(), text: record.text });
    }
    Ok(out)
}

/// Reads stories from a folder in the format of the gold set.
pub(super) fn gold(folder: &Path) -> Result<Vec<Story>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let notes: Notes = toml::from_str(&fs::read_to_string(&path)?)?;
        let Ok(text) = fs::read_to_string(path.with_extension("txt")) else { continue };
        let quotes = notes.quote.iter().filter_map(|note| place(&text, note)).collect();
        out.push(Story { text, quotes });
    }
    Ok(out)
}

/// Finds the words of an annotation in the text, and the nearest mention of the speaker.
fn place(text: &str, note: &Note) -> Option<Gold> {
    let (start, words) = text.match_indices(note.text.as_str()).nth(note.nth.unwrap_or(1).saturating_sub(1))?;
    let content = Span::new(start, start + words.len());
    let distance = |at: usize| if at < start { start - at } else { at.saturating_sub(content.end) };
    let speaker = (!note.speaker.is_empty())
        .then(|| {
            let words = text.match_indices(note.speaker.as_str()).map(|(at, _)| at).filter(|at| {
                let letter = |character: char| character.is_alphanumeric();
                !text[..*at].ends_with(letter) && !text[at + note.speaker.len()..].starts_with(letter)
            });
            words.min_by_key(|at| distance(*at))
        })
        .flatten()
        .map(|at| Span::new(at, at + note.speaker.len()));
    Some(Gold { content, speaker, indirect: note.kind == "indirect", optional: false })
}
