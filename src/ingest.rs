//! Bytes to articles: charset, format, limits. One file a format. Knows nothing of analysis.

pub mod address;
pub mod byline;
mod charset;
pub mod credit;
pub mod date_line;
pub mod dateline;
pub mod dump;
mod gzip;
pub mod html;
mod language;
pub mod page_words;
pub mod record;
pub mod story;

use crate::article::Article;
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
    /// Packed data that is damaged or grows past the limit.
    #[error("{0}")]
    Packed(String),
    /// A JSON record that is none.
    #[error("not a JSON record: {0}")]
    Record(String),
}

/// The formats that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text scraped from a page.
    Dump,
    /// One JSON record a line, its text taken verbatim.
    JsonLines,
}

/// The most bytes of one source that are read; news is far below it.
pub const MOST_BYTES: usize = 32 << 20;

/// Reads the articles of one source. `id` names it.
///
/// # Errors
/// When the bytes are no text or hold nothing.
pub fn articles(id: &str, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    let unpacked = gzip::unpacked(bytes)?;
    let bytes = unpacked.as_ref();
    let (read, cut) = match bytes.get(..MOST_BYTES) {
        Some(head) if head.len() < bytes.len() => (head, true),
        _ => (bytes, false),
    };
    let (text, mut notes) = charset::decode(read)?;
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    if cut {
        notes.push(format!("Only its first {} MB were read.", MOST_BYTES >> 20));
    }
    let mut articles = if html::is_page(&text) { vec![html::article(id, &text)?] } else { dump::articles(id, &text) };
    for article in &mut articles {
        article.notes.extend(notes.iter().cloned());
    }
    Ok(articles)
}

/// The entries of a word list: one a line, `#` begins a comment, blank lines are passed over.
fn lexicon_lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}
