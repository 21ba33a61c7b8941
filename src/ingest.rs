//! Bytes to articles: charset, format, limits. One file a format. Knows nothing of analysis.

pub mod address;
pub mod byline;
mod calendar_names;
mod charset;
pub mod credit;
pub mod date_line;
pub mod dateline;
pub mod declared;
pub mod dump;
pub mod encoding;
mod epub;
mod feed;
pub mod html;
mod json;
mod language;
mod lines;
mod mail;
mod markdown;
mod mbox;
mod moment;
mod news;
mod opml;
mod packed;
pub mod page_words;
pub mod record;
mod sniff;
pub mod story;
mod warc;
mod xml;
mod zip;

pub use feed::{drop_cut_item, is_feed};

use crate::article::Article;
use packed::Source;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use thiserror::Error;

/// Why an input could not be read. The message is one sentence without the input's name.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// Not text at all.
    #[error("it is not text (found {0})")]
    NotText(&'static str),
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// It cannot be read from where it lies, or what packs it is damaged.
    #[error("{0}")]
    Unreadable(String),
    /// A JSON record that is none.
    #[error("not a JSON record: {0}")]
    Record(String),
    /// It is what it says it is, and there is no article in it, or none that may be taken out.
    #[error("{0}")]
    Refused(String),
    /// A loader gave up in a way that it should not.
    #[error("it is damaged in a way that its reader does not know")]
    Lost,
}

/// The formats that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text scraped from a page.
    Dump,
    /// A saved page.
    Html,
    /// RSS, RDF, Atom.
    Feed,
    /// JSON: our own, JSON Feed, ninjs, schema.org, arrays of records.
    Json,
    /// One JSON record a line, its text taken verbatim.
    JsonLines,
    /// Markdown, with front matter or without.
    Markdown,
    /// One mail, or a page saved as one (MHTML).
    Mail,
    /// A folder of mails in one file.
    Mbox,
    /// A book.
    Epub,
    /// A list of feeds.
    Opml,
    /// NITF or NewsML-G2, as agencies deliver.
    News,
    /// A crawl.
    Warc,
}

impl Format {
    /// Whether its articles come one by one, so that a source of any length can be read.
    #[must_use]
    pub const fn is_stream(self) -> bool {
        matches!(self, Self::JsonLines | Self::Mbox | Self::Warc)
    }
}

/// The most bytes of one source that are read, and of one article of a stream; news is far below it.
pub const MOST_BYTES: usize = 32 << 20;

/// Reads the articles of one source. `id` names it.
///
/// # Errors
/// When the bytes are no text or hold nothing.
pub fn articles(id: &str, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    let mut out = Vec::new();
    let mut refused = None;
    read(id, None, bytes, &mut |article| {
        match article {
            Ok(article) => out.push(article),
            Err(error) => refused = Some(error),
        }
        true
    })?;
    match refused {
        Some(error) if out.is_empty() => Err(error),
        _ => Ok(out),
    }
}

/// Reads a source of any length, in the format named or the one that its content shows, and hands
/// each article to `sink` until that returns false. What of a stream could not be read is handed on
/// as the reason; the rest follows.
///
/// # Errors
/// When the source as a whole cannot be read.
pub fn read(
    id: &str,
    format: Option<Format>,
    source: impl Read,
    sink: &mut dyn FnMut(Result<Article, Error>) -> bool,
) -> Result<(), Error> {
    let source: Source<'_> = Box::new(io::BufReader::new(source));
    let source = packed::opened(source).map_err(|error| unreadable(&error))?;
    let (head, source) = packed::peeked(source, sniff::HEAD).map_err(|error| unreadable(&error))?;
    let format = format.or_else(|| sniff::by_bytes(&head));
    let format = match format {
        Some(format) => format,
        // A book with something before it is one all the same.
        None if charset::is_binary(&head) && id.to_ascii_lowercase().ends_with(".epub") => Format::Epub,
        None if charset::is_binary(&head) => return Err(Error::NotText(sniff::binary(&head).unwrap_or("a zero byte"))),
        None => sniff::by_text(id, &charset::decode(&head)?.0),
    };
    if format.is_stream() {
        return stream(id, format, source, sink);
    }
    if format == Format::Feed {
        return feed::long::each(id, source, sink);
    }
    let mut bytes = Vec::new();
    source.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    undivided(id, format, bytes, sink)
}

/// Hands on the articles of a source that is read as a whole, as far as a source is read.
fn undivided(
    id: &str,
    format: Format,
    mut bytes: Vec<u8>,
    sink: &mut dyn FnMut(Result<Article, Error>) -> bool,
) -> Result<(), Error> {
    let cut = bytes.len() > MOST_BYTES;
    bytes.truncate(MOST_BYTES);
    for mut article in whole(id, format, &bytes)? {
        if cut {
            article.notes.push(format!("Only the first {} MB of its file were read.", MOST_BYTES >> 20));
        }
        if !sink(Ok(article)) {
            break;
        }
    }
    Ok(())
}

/// Reads a source of articles that come one by one.
fn stream(
    id: &str,
    format: Format,
    source: Source<'_>,
    sink: &mut dyn FnMut(Result<Article, Error>) -> bool,
) -> Result<(), Error> {
    match format {
        Format::Warc => warc::each(id, source, sink),
        Format::Mbox => mbox::each(id, source, sink),
        _ => lines::each(id, source, sink),
    }
}

/// Reads a source that is at hand as a whole. A loader that panics loses this source and no other.
fn whole(id: &str, format: Format, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    guarded(|| match format {
        Format::Epub => epub::articles(id, bytes),
        Format::Mail => Ok(vec![mail::article(id, bytes)?]),
        _ => text(id, format, bytes),
    })
}

/// Calls a loader of other people's making; one that panics loses what it was reading and no more.
fn guarded<T>(loader: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(loader)).unwrap_or(Err(Error::Lost))
}

/// Reads a source that is text.
fn text(id: &str, format: Format, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    let (text, notes) = charset::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    if matches!(format, Format::Html | Format::Feed | Format::Opml | Format::News) {
        refused_markup(&text)?;
    }
    let mut articles = match format {
        Format::Html => vec![html::article(id, &text)?],
        Format::Feed => feed::articles(id, &text)?,
        Format::Json => json::articles(id, &text)?,
        Format::Markdown => vec![markdown::article(id, &text)?],
        Format::Opml => vec![opml::article(id, &text)?],
        Format::News => news::articles(id, &text)?,
        _ => dump::articles(id, &text),
    };
    for article in &mut articles {
        article.notes.extend(notes.iter().cloned());
    }
    Ok(articles)
}

/// Refuses markup that declares what must not be resolved.
fn refused_markup(text: &str) -> Result<(), Error> {
    match xml::dangerous_entity(text) {
        Some(kind) => Err(Error::Refused(format!("it declares {kind}, and such are never resolved"))),
        None => Ok(()),
    }
}

/// The reason of the system, or of the decoder, in one sentence.
fn unreadable(error: &io::Error) -> Error {
    Error::Unreadable(match error.kind() {
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    })
}

/// The entries of a word list: one a line, `#` begins a comment, blank lines are passed over.
fn lexicon_lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}
